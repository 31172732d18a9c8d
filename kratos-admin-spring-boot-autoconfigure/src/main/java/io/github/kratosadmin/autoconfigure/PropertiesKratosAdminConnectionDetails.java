package io.github.kratosadmin.autoconfigure;

import org.jspecify.annotations.Nullable;

/**
 * Adapts {@link KratosAdminProperties} to {@link KratosAdminConnectionDetails}. An empty
 * value, for example from <code>${KRATOS_TOKEN:}</code>, counts as unset. An empty path
 * prefix means no prefix.
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
		return textOrNull(this.properties.getPublicUrl());
	}

	@Override
	public @Nullable String getPathPrefix() {
		return this.properties.getPathPrefix();
	}

	@Override
	public @Nullable String getBearerToken() {
		return textOrNull(this.properties.getBearerToken());
	}

	@Override
	public @Nullable String getOAuth2Registration() {
		return textOrNull(this.properties.getOauth2().getRegistration());
	}

	private static @Nullable String textOrNull(@Nullable String value) {
		return (value != null && !value.isEmpty()) ? value : null;
	}

}
