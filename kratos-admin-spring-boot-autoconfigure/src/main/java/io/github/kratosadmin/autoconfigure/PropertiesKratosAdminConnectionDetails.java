package io.github.kratosadmin.autoconfigure;

import org.jspecify.annotations.Nullable;

/**
 * Adapts {@link KratosAdminProperties} to {@link KratosAdminConnectionDetails}.
 */
class PropertiesKratosAdminConnectionDetails implements KratosAdminConnectionDetails {

	private final KratosAdminProperties properties;

	PropertiesKratosAdminConnectionDetails(KratosAdminProperties properties) {
		this.properties = properties;
	}

	@Override
	public String getBaseUrl() {
		return this.properties.getBaseUrl();
	}

	@Override
	public @Nullable String getPublicUrl() {
		return this.properties.getPublicUrl();
	}

	@Override
	public @Nullable String getPathPrefix() {
		return this.properties.getPathPrefix();
	}

	@Override
	public @Nullable String getBearerToken() {
		return this.properties.getBearerToken();
	}

}
