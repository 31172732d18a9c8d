package io.github.kratosadmin.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * {@link AbstractFailureAnalyzer} for {@link InvalidKratosAdminConfigurationException}.
 * Unlike the analyzer of Spring Boot for invalid properties, it does not show a password
 * in the value.
 */
class InvalidKratosAdminConfigurationFailureAnalyzer
		extends AbstractFailureAnalyzer<InvalidKratosAdminConfigurationException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidKratosAdminConfigurationException cause) {
		return new FailureAnalysis("Failed to configure the Kratos admin client with " + cause.getSource() + ":\n\n    "
				+ cause.getProblem() + ".", "Correct " + cause.getSource() + ".", cause);
	}

}
