package io.github.kratosadmin.autoconfigure.oauth2;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.github.kratosadmin.autoconfigure.OAuth2BearerTokenProviders;
import io.github.kratosadmin.connection.BearerTokenProvider;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.oauth2.client.endpoint.OAuth2AccessTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.OAuth2ClientCredentialsGrantRequest;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;

/**
 * Creates a provider for each client registration, so that clients with the same one
 * share its token.
 */
class RegistrationTokenProviders implements OAuth2BearerTokenProviders, DisposableBean {

	/** What the client of Spring Security supports by default. */
	private static final Set<ClientAuthenticationMethod> METHODS = Set.of(
			ClientAuthenticationMethod.CLIENT_SECRET_BASIC, ClientAuthenticationMethod.CLIENT_SECRET_POST,
			ClientAuthenticationMethod.NONE);

	private final Function<String, @Nullable ClientRegistration> registrations;

	private final Object repository;

	private final ObjectProvider<OAuth2AccessTokenResponseClient<OAuth2ClientCredentialsGrantRequest>> client;

	private final Map<String, BearerTokenProvider> providers = new ConcurrentHashMap<>();

	private final List<TokenEndpoint> endpoints = new CopyOnWriteArrayList<>();

	/**
	 * Creates an instance.
	 * @param registrations returns a registration by its id
	 * @param repository the repository of the registrations
	 * @param client requests the tokens; if there is none, that of Spring Security does
	 */
	RegistrationTokenProviders(Function<String, @Nullable ClientRegistration> registrations, Object repository,
			ObjectProvider<OAuth2AccessTokenResponseClient<OAuth2ClientCredentialsGrantRequest>> client) {
		this.registrations = registrations;
		this.repository = repository;
		this.client = client;
	}

	@Override
	public BearerTokenProvider forRegistration(String registrationId) {
		// Only now, as an application that uses no registration may have several clients.
		OAuth2AccessTokenResponseClient<OAuth2ClientCredentialsGrantRequest> client = this.client.getIfAvailable();
		check(registration(registrationId), client != null);
		return this.providers.computeIfAbsent(registrationId, (id) -> {
			TokenEndpoint endpoint = new TokenEndpoint(client);
			this.endpoints.add(endpoint);
			return new CachedTokenProvider(id, () -> endpoint.requestToken(id, () -> registration(id)),
					Clock.systemUTC());
		});
	}

	@Override
	public void destroy() throws Exception {
		for (TokenEndpoint endpoint : this.endpoints) {
			endpoint.close();
		}
	}

	/**
	 * Looks a registration up each time, as its secret may change.
	 */
	private ClientRegistration registration(String id) {
		ClientRegistration registration = this.registrations.apply(id);
		if (registration == null) {
			throw new IllegalArgumentException("There is no OAuth2 client registration '" + id + "'" + known());
		}
		return registration;
	}

	private static void check(ClientRegistration registration, boolean ownClient) {
		String id = registration.getRegistrationId();
		AuthorizationGrantType grantType = registration.getAuthorizationGrantType();
		if (!AuthorizationGrantType.CLIENT_CREDENTIALS.equals(grantType)) {
			throw new IllegalArgumentException("The OAuth2 client registration '" + id
					+ "' must have the grant type 'client_credentials', as there is no user, but has '"
					+ grantType.getValue() + "'");
		}
		ClientAuthenticationMethod method = registration.getClientAuthenticationMethod();
		if (!ownClient && !METHODS.contains(method)) {
			throw new IllegalArgumentException(
					"The OAuth2 client registration '" + id + "' has the client authentication method '"
							+ method.getValue() + "', which requires a bean of the type "
							+ "OAuth2AccessTokenResponseClient<OAuth2ClientCredentialsGrantRequest>");
		}
	}

	private String known() {
		List<String> ids = new ArrayList<>();
		if (this.repository instanceof Iterable<?> all) {
			all.forEach((registration) -> {
				if (registration instanceof ClientRegistration known) {
					ids.add(known.getRegistrationId());
				}
			});
		}
		return ids.isEmpty() ? ""
				: ids.stream().sorted().collect(Collectors.joining("', '", ": the application has '", "'"));
	}

}
