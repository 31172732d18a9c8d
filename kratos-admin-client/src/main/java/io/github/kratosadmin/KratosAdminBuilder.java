package io.github.kratosadmin;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import org.springframework.http.client.ClientHttpRequestFactory;

/**
 * Builds a {@link KratosAdmin}. Not safe for use by many threads; may be used for more
 * than one build.
 */
public final class KratosAdminBuilder {

	private URI baseUrl = URI.create("http://localhost:4434");

	private @Nullable URI publicUrl;

	private @Nullable String pathPrefix;

	private @Nullable BearerTokenProvider bearerTokenProvider;

	private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

	private Duration connectTimeout = Duration.ofSeconds(2);

	private Duration readTimeout = Duration.ofSeconds(10);

	private int maxConnections = 50;

	private Duration connectionTimeToLive = Duration.ofMinutes(5);

	private Duration acquireTimeout = Duration.ofSeconds(2);

	KratosAdminBuilder() {
	}

	/**
	 * The address of the admin API.
	 * @param baseUrl an http or https URL, {@code http://localhost:4434} unless set; its
	 * path goes before the path prefix
	 * @return this builder
	 * @throws IllegalArgumentException if it is no http or https URL, or has user info, a
	 * query or a fragment
	 */
	public KratosAdminBuilder baseUrl(String baseUrl) {
		this.baseUrl = HttpUrl.parseBase("The base URL", baseUrl);
		return this;
	}

	/**
	 * The address of the public API, which Kratos from 0.7 on sends the calls for flows,
	 * their errors and schemas to. With it they go there directly, without the admin
	 * credentials; without it the redirect is followed. Kratos 0.6 answers them at both
	 * addresses; at the public one it wants the session of a settings flow, and answers
	 * 403 for an error that it does not know.
	 * @param publicUrl an http or https URL, or {@code null} to follow redirects
	 * @return this builder
	 * @throws IllegalArgumentException if it is no http or https URL, or has user info, a
	 * query or a fragment
	 */
	public KratosAdminBuilder publicUrl(@Nullable String publicUrl) {
		this.publicUrl = (publicUrl != null) ? HttpUrl.parseBase("The public URL", publicUrl) : null;
		return this;
	}

	/**
	 * What goes before the paths of the admin API. Unless set, the first call finds it
	 * out by asking for {@code /admin/version}, and again if the server is replaced by
	 * one of another version: Kratos up to 0.8 has none, later it is {@code /admin}. To
	 * be set for Ory Network ({@code /admin}), and where a gateway has a prefix of its
	 * own.
	 * @param pathPrefix a path such as {@code /admin}, empty for none, or {@code null} to
	 * find it out
	 * @return this builder
	 * @throws IllegalArgumentException if it is not a path
	 */
	public KratosAdminBuilder pathPrefix(@Nullable String pathPrefix) {
		this.pathPrefix = (pathPrefix != null) ? HttpUrl.checkPath("The path prefix", pathPrefix) : null;
		return this;
	}

	/**
	 * A bearer token for the admin API, as Ory Network or a gateway asks for.
	 * @param bearerToken the token, without {@code Bearer}
	 * @return this builder
	 * @throws IllegalArgumentException if the token is blank or not of visible ASCII
	 * characters
	 */
	public KratosAdminBuilder bearerToken(String bearerToken) {
		AdminHeaders.checkToken(bearerToken);
		return bearerTokenProvider(() -> bearerToken);
	}

	/**
	 * Where the bearer token for the admin API comes from, for tokens that change.
	 * @param bearerTokenProvider asked at every call, or {@code null} for no token
	 * @return this builder
	 */
	public KratosAdminBuilder bearerTokenProvider(@Nullable BearerTokenProvider bearerTokenProvider) {
		this.bearerTokenProvider = bearerTokenProvider;
		return this;
	}

	/**
	 * A header for every call to the admin API; it is not sent to the public one.
	 * @param name the name of the header
	 * @param value the value
	 * @return this builder
	 * @throws IllegalArgumentException if the name or value cannot be a header's
	 */
	public KratosAdminBuilder header(String name, String value) {
		AdminHeaders.check(name, value);
		this.headers.put(name, value);
		return this;
	}

	/**
	 * How long to wait for a connection to be made.
	 * @param connectTimeout the time, 2 seconds unless set
	 * @return this builder
	 * @throws IllegalArgumentException if it is less than a millisecond
	 */
	public KratosAdminBuilder connectTimeout(Duration connectTimeout) {
		this.connectTimeout = atLeastOneMilli("The connect timeout", connectTimeout);
		return this;
	}

	/**
	 * How long to wait for the answer to begin, and for all of its body.
	 * @param readTimeout the time, 10 seconds unless set
	 * @return this builder
	 * @throws IllegalArgumentException if it is less than a millisecond
	 */
	public KratosAdminBuilder readTimeout(Duration readTimeout) {
		this.readTimeout = atLeastOneMilli("The read timeout", readTimeout);
		return this;
	}

	/**
	 * How many connections there are at most. Needs Apache HttpClient 5.
	 * @param maxConnections the number, 50 unless set
	 * @return this builder
	 * @throws IllegalArgumentException if it is not positive
	 */
	public KratosAdminBuilder maxConnections(int maxConnections) {
		if (maxConnections < 1) {
			throw new IllegalArgumentException("The number of connections must be positive, but was " + maxConnections);
		}
		this.maxConnections = maxConnections;
		return this;
	}

	/**
	 * How long a connection is used at most. Needs Apache HttpClient 5.
	 * @param connectionTimeToLive the time, 5 minutes unless set
	 * @return this builder
	 * @throws IllegalArgumentException if it is less than a millisecond
	 */
	public KratosAdminBuilder connectionTimeToLive(Duration connectionTimeToLive) {
		this.connectionTimeToLive = atLeastOneMilli("The connections' time to live", connectionTimeToLive);
		return this;
	}

	/**
	 * How long to wait for a connection to be free. Needs Apache HttpClient 5.
	 * @param acquireTimeout the time, 2 seconds unless set
	 * @return this builder
	 * @throws IllegalArgumentException if it is less than a millisecond
	 */
	public KratosAdminBuilder acquireTimeout(Duration acquireTimeout) {
		this.acquireTimeout = atLeastOneMilli("The acquire timeout", acquireTimeout);
		return this;
	}

	private static Duration atLeastOneMilli(String name, Duration duration) {
		// HTTP clients count milliseconds, and none of them means no limit.
		if (duration.compareTo(Duration.ofMillis(1)) < 0) {
			throw new IllegalArgumentException(name + " must be positive, at least 1 ms, but was " + duration);
		}
		return duration;
	}

	/**
	 * Builds the client. Nothing is sent.
	 * @return the client, to be closed when it is no longer used
	 */
	public KratosAdmin build() {
		Routes routes = new Routes(this.baseUrl, this.publicUrl);
		ClientHttpRequestFactory requestFactory = RequestFactories
			.create(new RequestFactories.Settings(this.connectTimeout, this.readTimeout, this.maxConnections,
					this.connectionTimeToLive, this.acquireTimeout));
		return new FeignKratosAdmin(routes, new HttpTransport(requestFactory, new PrefixFinder(routes, this.pathPrefix),
				new AdminHeaders(this.headers, this.bearerTokenProvider)));
	}

}
