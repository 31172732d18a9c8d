package io.github.kratosadmin;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

import io.github.kratosadmin.connection.BearerTokenProvider;
import io.github.kratosadmin.connection.TlsSettings;
import io.github.kratosadmin.internal.feign.FeignGroups;
import io.github.kratosadmin.internal.http.AdminHeaders;
import io.github.kratosadmin.internal.http.HttpComponents;
import io.github.kratosadmin.internal.http.HttpSender;
import io.github.kratosadmin.internal.http.HttpSettings;
import io.github.kratosadmin.internal.http.HttpTransport;
import io.github.kratosadmin.internal.http.PrefixFinder;
import io.github.kratosadmin.internal.http.ProxyServer;
import io.github.kratosadmin.internal.http.ReadLimits;
import io.github.kratosadmin.internal.json.KratosJson;
import io.github.kratosadmin.internal.operation.Calls;
import io.github.kratosadmin.internal.operation.HttpUrl;
import io.github.kratosadmin.internal.operation.Retries;
import io.github.kratosadmin.internal.operation.Routes;
import org.jspecify.annotations.Nullable;

import org.springframework.util.unit.DataSize;

/**
 * Builds a {@link KratosAdmin}. Not safe for use by many threads; may be used for more
 * than one build.
 */
public final class KratosAdminBuilder {

	/** So that there is no overflow in a sum of nanoseconds. */
	private static final Duration LONGEST = Duration.ofDays(36_500);

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

	private Duration callTimeout = Duration.ofMinutes(1);

	private DataSize maxResponseSize = ReadLimits.MAX_SIZE;

	private int maxNesting = KratosJson.MAX_NESTING;

	private int maxRetries;

	private Duration retryDelay = Duration.ofMillis(100);

	private double retryMultiplier = 2;

	private Duration retryMaxDelay = Duration.ofSeconds(2);

	private Duration retryJitter = Duration.ofMillis(50);

	private Set<Integer> retryStatuses = Retries.STATUSES;

	private Duration maxRetryAfter = Duration.ofSeconds(10);

	private @Nullable Supplier<TlsSettings> tls;

	private @Nullable URI proxyUrl;

	private ProxyServer.@Nullable Credentials proxyCredentials;

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
	 * own or hides the version: nothing but a version settles the prefix, and until then
	 * each call asks again.
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
	 * characters, or has a placeholder that was not resolved, such as
	 * <code>${TOKEN}</code>
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
	 * @throws IllegalArgumentException if the name or value cannot be a header's, the
	 * header is one that the client sets itself or that is for single calls only, or the
	 * value has a placeholder that was not resolved, such as <code>${KEY}</code>
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
	 * @throws IllegalArgumentException if it is less than a millisecond, or more than
	 * 36,500 days
	 */
	public KratosAdminBuilder connectTimeout(Duration connectTimeout) {
		this.connectTimeout = atLeastOneMilli("The connect timeout", connectTimeout);
		return this;
	}

	/**
	 * How long to wait for the answer to begin, and for all of its body.
	 * @param readTimeout the time, 10 seconds unless set
	 * @return this builder
	 * @throws IllegalArgumentException if it is less than a millisecond, or more than
	 * 36,500 days
	 */
	public KratosAdminBuilder readTimeout(Duration readTimeout) {
		this.readTimeout = atLeastOneMilli("The read timeout", readTimeout);
		return this;
	}

	/**
	 * How many connections there are at most.
	 * @param maxConnections the number, 50 unless set
	 * @return this builder
	 * @throws IllegalArgumentException if it is not positive
	 */
	public KratosAdminBuilder maxConnections(int maxConnections) {
		this.maxConnections = positive("The number of connections", maxConnections);
		return this;
	}

	/**
	 * How long a connection is used at most.
	 * @param connectionTimeToLive the time, 5 minutes unless set
	 * @return this builder
	 * @throws IllegalArgumentException if it is less than a millisecond, or more than
	 * 36,500 days
	 */
	public KratosAdminBuilder connectionTimeToLive(Duration connectionTimeToLive) {
		this.connectionTimeToLive = atLeastOneMilli("The connections' time to live", connectionTimeToLive);
		return this;
	}

	/**
	 * How long to wait for a connection to be free.
	 * @param acquireTimeout the time, 2 seconds unless set
	 * @return this builder
	 * @throws IllegalArgumentException if it is less than a millisecond, or more than
	 * 36,500 days
	 */
	public KratosAdminBuilder acquireTimeout(Duration acquireTimeout) {
		this.acquireTimeout = atLeastOneMilli("The acquire timeout", acquireTimeout);
		return this;
	}

	/**
	 * How long a call takes at most, with all that it consists of: waiting for a
	 * connection, making it, redirects, finding out the prefix and version of the server,
	 * repeats. Only looking up the address of a host, and a {@link BearerTokenProvider},
	 * cannot be stopped. Operations that consist of many calls, such as streams, have the
	 * time for each of them.
	 * @param callTimeout the time, 1 minute unless set; longer than the read timeout
	 * @return this builder
	 * @throws IllegalArgumentException if it is less than a millisecond, or more than
	 * 36,500 days
	 */
	public KratosAdminBuilder callTimeout(Duration callTimeout) {
		this.callTimeout = atLeastOneMilli("The call timeout", callTimeout);
		return this;
	}

	/**
	 * How large the body of an answer may be. A larger one is read no further.
	 * @param maxResponseSize the size, 64 MB unless set: more than a page of a thousand
	 * identities has
	 * @return this builder
	 * @throws IllegalArgumentException if it is not positive
	 */
	public KratosAdminBuilder maxResponseSize(DataSize maxResponseSize) {
		if (maxResponseSize.toBytes() < 1) {
			throw new IllegalArgumentException(
					"The response size must be positive, but was " + maxResponseSize.toBytes() + " bytes");
		}
		this.maxResponseSize = maxResponseSize;
		return this;
	}

	/**
	 * How deep the JSON of an answer may be nested.
	 * @param maxNesting the number of arrays and objects within each other, 500 unless
	 * set
	 * @return this builder
	 * @throws IllegalArgumentException if it is not positive
	 */
	public KratosAdminBuilder maxNesting(int maxNesting) {
		this.maxNesting = positive("The nesting", maxNesting);
		return this;
	}

	/**
	 * Sets the maximum number of retries of a read that gets no response, or one with a
	 * status of {@link #retryStatuses(Set)}. A read is an operation for which Kratos has
	 * a {@code GET}. No other request is retried.
	 * @param maxRetries the number of retries after the first request, 0 by default
	 * @return this builder
	 * @throws IllegalArgumentException if it is negative
	 */
	public KratosAdminBuilder maxRetries(int maxRetries) {
		if (maxRetries < 0) {
			throw new IllegalArgumentException("The number of retries must not be negative, but was " + maxRetries);
		}
		this.maxRetries = maxRetries;
		return this;
	}

	/**
	 * Sets the delays between the requests of a read. A retry is left out if its delay is
	 * longer than the time that remains of the call.
	 * @param delay the delay before the first retry, 100 ms by default
	 * @param multiplier the factor by which each further delay is longer, 2 by default
	 * @param maxDelay the longest delay, 2 seconds by default
	 * @param jitter the random part of the first delay, added or subtracted, so that many
	 * clients do not come back at once; it grows with the delay; 50 ms by default
	 * @return this builder
	 * @throws IllegalArgumentException if the delay is less than a millisecond, the
	 * longest delay is shorter than the first, the multiplier is less than 1, or the
	 * jitter is negative or more than the delay
	 */
	public KratosAdminBuilder retryDelay(Duration delay, double multiplier, Duration maxDelay, Duration jitter) {
		atLeastOneMilli("The retry delay", delay);
		if (!(multiplier >= 1 && multiplier <= Double.MAX_VALUE)) {
			throw new IllegalArgumentException("The multiplier must be at least 1, but was " + multiplier);
		}
		if (maxDelay.compareTo(delay) < 0) {
			throw new IllegalArgumentException("The longest retry delay must not be shorter than the first, which is "
					+ delay + ", but was " + maxDelay);
		}
		notTooLong("The longest retry delay", maxDelay);
		if (jitter.isNegative() || jitter.compareTo(delay) > 0) {
			throw new IllegalArgumentException("The jitter must not be negative or more than the retry delay, which is "
					+ delay + ", but was " + jitter);
		}
		this.retryDelay = delay;
		this.retryMultiplier = multiplier;
		this.retryMaxDelay = maxDelay;
		this.retryJitter = jitter;
		return this;
	}

	/**
	 * The statuses of an answer after which a read is repeated.
	 * @param retryStatuses the statuses, 429, 502, 503 and 504 unless set
	 * @return this builder
	 * @throws IllegalArgumentException if one of them is neither 429 nor 5xx
	 */
	public KratosAdminBuilder retryStatuses(Set<Integer> retryStatuses) {
		for (int status : retryStatuses) {
			if (status != 429 && (status < 500 || status > 599)) {
				throw new IllegalArgumentException(
						"The statuses to retry after must be 429 or 5xx, as others do not pass, but one was " + status);
			}
		}
		this.retryStatuses = Set.copyOf(retryStatuses);
		return this;
	}

	/**
	 * The longest wait that a response may ask for, with {@code Retry-After} or the
	 * headers of a rate limit: if it asks for more, the read is not repeated.
	 * @param maxRetryAfter the time, 10 seconds unless set
	 * @return this builder
	 * @throws IllegalArgumentException if it is negative, or more than 36,500 days
	 */
	public KratosAdminBuilder maxRetryAfter(Duration maxRetryAfter) {
		if (maxRetryAfter.isNegative()) {
			throw new IllegalArgumentException(
					"The longest wait to accept must not be negative, but was " + maxRetryAfter);
		}
		this.maxRetryAfter = notTooLong("The longest wait to accept", maxRetryAfter);
		return this;
	}

	/**
	 * What connections by https are made with. The name of the host is checked whatever
	 * the settings say.
	 * @param tls asked for each new connection, so that settings can change while calls
	 * that are under way finish with the old ones; {@code null} for the certificates that
	 * the JDK trusts
	 * @return this builder
	 */
	public KratosAdminBuilder tls(@Nullable Supplier<TlsSettings> tls) {
		this.tls = tls;
		return this;
	}

	/**
	 * The HTTP proxy to reach Kratos by. The JDK's settings, such as
	 * {@code http.proxyHost}, are not looked at.
	 * @param proxyUrl an http URL without a path, or {@code null} for none
	 * @return this builder
	 * @throws IllegalArgumentException if it is no such URL
	 */
	public KratosAdminBuilder proxy(@Nullable String proxyUrl) {
		URI url = (proxyUrl != null) ? HttpUrl.parseBase("The proxy URL", proxyUrl) : null;
		if (url != null && (!url.getScheme().equals("http") || !url.getRawPath().isEmpty())) {
			throw new IllegalArgumentException("The proxy URL must be an http URL without a path, but was " + url);
		}
		this.proxyUrl = url;
		return this;
	}

	/**
	 * Who we are to the proxy.
	 * @param username the name, without a colon
	 * @param password the password
	 * @return this builder
	 * @throws IllegalArgumentException if the name has a colon, or one of both a
	 * placeholder that was not resolved, such as <code>${PASSWORD}</code>
	 */
	public KratosAdminBuilder proxyCredentials(String username, String password) {
		if (username.contains(":")) {
			throw new IllegalArgumentException("The proxy's user name must not have a colon");
		}
		AdminHeaders.checkResolved("The proxy's user name", username);
		AdminHeaders.checkResolved("The proxy's password", password);
		this.proxyCredentials = new ProxyServer.Credentials(username, password);
		return this;
	}

	private static int positive(String name, int number) {
		if (number < 1) {
			throw new IllegalArgumentException(name + " must be positive, but was " + number);
		}
		return number;
	}

	private static Duration atLeastOneMilli(String name, Duration duration) {
		// HTTP clients count milliseconds, and none of them means no limit.
		if (duration.compareTo(Duration.ofMillis(1)) < 0) {
			throw new IllegalArgumentException(name + " must be positive, at least 1 ms, but was " + duration);
		}
		return notTooLong(name, duration);
	}

	private static Duration notTooLong(String name, Duration duration) {
		if (duration.compareTo(LONGEST) > 0) {
			throw new IllegalArgumentException(
					name + " must be " + LONGEST.toDays() + " days at most, but was " + duration);
		}
		return duration;
	}

	/**
	 * Builds the client. Nothing is sent. What sends is made when a group of operations
	 * is asked for the first time, which takes a moment.
	 * @return the client, to be closed when it is no longer used
	 */
	public KratosAdmin build() {
		return build(HttpComponents::new);
	}

	KratosAdmin build(Function<HttpSettings, HttpSender> http) {
		Routes routes = new Routes(this.baseUrl, this.publicUrl);
		Calls calls = new Calls(this.callTimeout);
		ProxyServer proxy = (this.proxyUrl != null) ? ProxyServer.of(this.proxyUrl, this.proxyCredentials) : null;
		HttpSettings settings = new HttpSettings(this.connectTimeout, this.readTimeout, this.maxConnections,
				this.connectionTimeToLive, this.acquireTimeout, this.tls, proxy, calls);
		PrefixFinder prefix = new PrefixFinder(routes, this.pathPrefix);
		AdminHeaders headers = new AdminHeaders(this.headers, this.bearerTokenProvider);
		Supplier<HttpTransport> transport = () -> new HttpTransport(http.apply(settings), prefix, headers, calls);
		Retries retries = new Retries(new Retries.Settings(this.maxRetries, this.retryDelay, this.retryMultiplier,
				this.retryMaxDelay, this.retryJitter, this.retryStatuses, this.maxRetryAfter));
		FeignGroups groups = new FeignGroups(routes, prefix::known, transport, headers.context(), calls, retries,
				new ReadLimits(this.maxResponseSize, this.maxNesting), secrets());
		return new DefaultKratosAdmin(groups, calls, headers.context());
	}

	private List<String> secrets() {
		ProxyServer.Credentials proxy = this.proxyCredentials;
		return (proxy != null) ? List.of(proxy.password(), proxy.header()) : List.of();
	}

}
