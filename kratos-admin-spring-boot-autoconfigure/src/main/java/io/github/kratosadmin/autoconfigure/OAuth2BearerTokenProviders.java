package io.github.kratosadmin.autoconfigure;

import io.github.kratosadmin.connection.BearerTokenProvider;

/**
 * Provides bearer tokens for OAuth2 client registrations, for the property
 * {@code oauth2.registration} of a client. A bean of this type replaces the one that uses
 * the OAuth2 client of Spring Security.
 */
@FunctionalInterface
public interface OAuth2BearerTokenProviders {

	/**
	 * Returns the provider of the tokens of a client registration. Sends no request.
	 * @param registrationId the id of the registration
	 * @return the provider
	 * @throws IllegalArgumentException if there is no such registration, or it cannot be
	 * used without a user; the message is shown at startup
	 */
	BearerTokenProvider forRegistration(String registrationId);

}
