package io.github.kratosadmin.autoconfigure.oauth2;

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.regex.Pattern;

import javax.net.ssl.SSLException;

import io.github.kratosadmin.connection.BearerTokenException;
import org.jspecify.annotations.Nullable;

import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.security.oauth2.client.endpoint.OAuth2AccessTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.OAuth2ClientCredentialsGrantRequest;
import org.springframework.security.oauth2.client.endpoint.RestClientClientCredentialsTokenResponseClient;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientResponseException;

/**
 * Requests tokens with the client credentials of a registration. A failure has no cause:
 * causes may quote the response, with a token or the secret in it.
 */
class TokenEndpoint {

	private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

	private static final Duration READ_TIMEOUT = Duration.ofSeconds(10);

	/** An endpoint may send anything. */
	private static final Pattern ERROR_CODE = Pattern.compile("[a-z_]{1,40}");

	private final SingletonSupplier<OAuth2AccessTokenResponseClient<OAuth2ClientCredentialsGrantRequest>> client;

	private @Nullable HttpClient http;

	private boolean closed;

	/**
	 * Creates an instance.
	 * @param client requests the tokens, {@code null} for the client of Spring Security,
	 * created for the first request
	 */
	TokenEndpoint(@Nullable OAuth2AccessTokenResponseClient<OAuth2ClientCredentialsGrantRequest> client) {
		this.client = (client != null) ? SingletonSupplier.of(client) : SingletonSupplier.of(this::client);
	}

	/**
	 * Spring Security's client, with timeouts: without them, a request might never end.
	 */
	private OAuth2AccessTokenResponseClient<OAuth2ClientCredentialsGrantRequest> client() {
		JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(http());
		requests.setReadTimeout(READ_TIMEOUT);
		RestClientClientCredentialsTokenResponseClient client = new RestClientClientCredentialsTokenResponseClient();
		client.setRestClient(RestClient.builder().requestFactory(requests).configureMessageConverters((converters) -> {
			converters.addCustomConverter(new FormHttpMessageConverter());
			converters.addCustomConverter(new OAuth2AccessTokenResponseHttpMessageConverter());
		}).defaultStatusHandler(new OAuth2ErrorResponseErrorHandler()).build());
		return client;
	}

	private synchronized HttpClient http() {
		if (this.closed) {
			throw new IllegalStateException("The application context is closed");
		}
		this.http = HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();
		return this.http;
	}

	/**
	 * Requests a token.
	 * @param registrationId the id of the registration
	 * @param registration reads the registration
	 * @throws BearerTokenException if there is none
	 */
	OAuth2AccessToken requestToken(String registrationId, Supplier<ClientRegistration> registration) {
		try {
			return this.client.obtain()
				.getTokenResponse(new OAuth2ClientCredentialsGrantRequest(registration.get()))
				.getAccessToken();
		}
		catch (RuntimeException ex) {
			throw new BearerTokenException(
					"The OAuth2 client registration '" + registrationId + "' got no token: " + describe(ex), null);
		}
	}

	/**
	 * Ends the threads and connections of the client of Spring Security. Up to Java 20,
	 * its HTTP client cannot be closed, and ends with its garbage collection.
	 */
	synchronized void close() throws Exception {
		this.closed = true;
		if (this.http instanceof AutoCloseable closeable) {
			boolean interrupted = Thread.interrupted();
			// Otherwise it waits for a request in progress.
			Thread.currentThread().interrupt();
			try {
				closeable.close();
			}
			finally {
				if (!interrupted) {
					Thread.interrupted();
				}
			}
		}
	}

	private static String describe(RuntimeException failure) {
		Throwable root = failure;
		// The cause of a failed connection, such as a closed channel, says less.
		while (root.getCause() != null && !isConnectionFailure(root)) {
			root = root.getCause();
		}
		if (root instanceof OAuth2AuthorizationException ex) {
			String code = ex.getError().getErrorCode();
			return "the token endpoint responded with "
					+ (ERROR_CODE.matcher(code).matches() ? "the error " + code : "an error");
		}
		if (root instanceof RestClientResponseException ex) {
			return "the token endpoint responded with status " + ex.getStatusCode().value();
		}
		boolean shown = isConnectionFailure(root) && root.getMessage() != null;
		return root.getClass().getName() + (shown ? ": " + root.getMessage() : "");
	}

	private static boolean isConnectionFailure(Throwable failure) {
		return failure instanceof ConnectException || failure instanceof UnknownHostException
				|| failure instanceof SSLException || failure instanceof SocketTimeoutException
				|| failure instanceof HttpTimeoutException;
	}

}
