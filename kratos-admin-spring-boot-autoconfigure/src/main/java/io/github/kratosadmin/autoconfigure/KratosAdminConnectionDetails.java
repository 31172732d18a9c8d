package io.github.kratosadmin.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;

/**
 * Where the admin API of a Kratos is, and what it asks for. A bean of this type takes the
 * place of the properties.
 */
public interface KratosAdminConnectionDetails extends ConnectionDetails {

	/**
	 * The address of the admin API.
	 * @return an http or https URL
	 */
	String getBaseUrl();

	/**
	 * The address of the public API.
	 * @return an http or https URL, or {@code null} to follow redirects to it
	 */
	default @Nullable String getPublicUrl() {
		return null;
	}

	/**
	 * What goes before the paths of the admin API.
	 * @return a path such as {@code /admin}, empty for none, or {@code null} to find it
	 * out
	 */
	default @Nullable String getPathPrefix() {
		return null;
	}

	/**
	 * The bearer token for the admin API, unless there is a
	 * {@link io.github.kratosadmin.connection.BearerTokenProvider} bean.
	 * @return the token, or {@code null} for none
	 */
	default @Nullable String getBearerToken() {
		return null;
	}

}
