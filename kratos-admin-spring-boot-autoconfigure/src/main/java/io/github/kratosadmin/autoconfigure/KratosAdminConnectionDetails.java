package io.github.kratosadmin.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;

/**
 * Details required to establish a connection to Kratos. A bean of this type replaces the
 * properties for these details: those of the client without a name or, with the name of a
 * client as its qualifier, those of this client.
 */
public interface KratosAdminConnectionDetails extends ConnectionDetails {

	/**
	 * Base URL of the admin API.
	 * @return an http or https URL
	 */
	String getBaseUrl();

	/**
	 * Base URL of the public API.
	 * @return an http or https URL, or {@code null} to follow redirects to the public API
	 */
	default @Nullable String getPublicUrl() {
		return null;
	}

	/**
	 * Path prefix of the admin API.
	 * @return a path such as {@code /admin}, empty for none, or {@code null} to detect it
	 */
	default @Nullable String getPathPrefix() {
		return null;
	}

	/**
	 * Bearer token for the admin API. A
	 * {@link io.github.kratosadmin.connection.BearerTokenProvider} bean takes precedence.
	 * @return the token, or {@code null} for none
	 */
	default @Nullable String getBearerToken() {
		return null;
	}

	/**
	 * ID of the OAuth2 client registration for the bearer token. The application does not
	 * start if there is also a {@linkplain #getBearerToken() bearer token}, or a
	 * {@link io.github.kratosadmin.connection.BearerTokenProvider} bean for the client.
	 * @return the id, or {@code null} for none
	 * @see OAuth2BearerTokenProviders
	 */
	default @Nullable String getOAuth2Registration() {
		return null;
	}

}
