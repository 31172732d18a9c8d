package io.github.kratosadmin.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.origin.Origin;
import org.springframework.core.env.Environment;

/**
 * {@link AbstractFailureAnalyzer} for {@link InvalidKratosAdminConfigurationException}.
 * Shows where each property is set. Unlike the analyzer of Spring Boot for invalid
 * properties, it does not show a password in the value.
 */
class InvalidKratosAdminConfigurationFailureAnalyzer
		extends AbstractFailureAnalyzer<InvalidKratosAdminConfigurationException> {

	private final @Nullable Environment environment;

	InvalidKratosAdminConfigurationFailureAnalyzer(@Nullable Environment environment) {
		this.environment = environment;
	}

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidKratosAdminConfigurationException cause) {
		StringBuilder description = new StringBuilder("Failed to configure the Kratos admin client with "
				+ cause.getSource() + ":\n\n    " + cause.getProblem() + ".\n");
		for (String property : cause.getProperties()) {
			Origin origin = origin(property);
			if (origin != null) {
				description.append("\n    Origin of '").append(property).append("': ").append(origin);
			}
		}
		return new FailureAnalysis(description.toString().stripTrailing(), cause.getAction(), cause);
	}

	/**
	 * Returns the origin of the value in use, or {@code null} if the property is not set.
	 */
	private @Nullable Origin origin(String property) {
		if (this.environment == null) {
			return null;
		}
		ConfigurationPropertyName name = ConfigurationPropertyName.adapt(property, '.');
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(this.environment)) {
			ConfigurationProperty found = source.getConfigurationProperty(name);
			if (found != null) {
				return found.getOrigin();
			}
		}
		return null;
	}

}
