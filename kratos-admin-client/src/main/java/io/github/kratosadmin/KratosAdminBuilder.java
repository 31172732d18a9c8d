package io.github.kratosadmin;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

import io.github.kratosadmin.connection.BearerTokenProvider;
import io.github.kratosadmin.connection.TlsSettings;
import io.github.kratosadmin.interceptor.KratosAdminInterceptor;
import io.github.kratosadmin.internal.feign.FeignClients;
import io.github.kratosadmin.internal.feign.OperationObserver;
import io.github.kratosadmin.internal.http.AdminHeaders;
import io.github.kratosadmin.internal.http.ApacheHttpSender;
import io.github.kratosadmin.internal.http.ConfiguredToken;
import io.github.kratosadmin.internal.http.HttpSender;
import io.github.kratosadmin.internal.http.HttpSettings;
import io.github.kratosadmin.internal.http.HttpTransport;
import io.github.kratosadmin.internal.http.PrefixFinder;
import io.github.kratosadmin.internal.http.ProxyServer;
import io.github.kratosadmin.internal.http.ResponseBody;
import io.github.kratosadmin.internal.json.KratosJson;
import io.github.kratosadmin.internal.operation.ActiveCalls;
import io.github.kratosadmin.internal.operation.ClientCounters;
import io.github.kratosadmin.internal.operation.HttpUrl;
import io.github.kratosadmin.internal.operation.Retries;
import io.github.kratosadmin.internal.operation.Routes;
import io.github.kratosadmin.observation.KratosAdminObservationConvention;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.util.unit.DataSize;

/**
 * Builds {@link KratosAdmin} clients. A builder can build several clients. It is not
 * thread-safe.
 */
public final class KratosAdminBuilder {

	/** Temporary conditions: too many requests, and gateway errors. */
	private static final Set<Integer> RETRY_STATUSES = Set.of(429, 502, 503, 504);

	/** Prevents an overflow in a sum of nanoseconds. */
	private static final Duration LONGEST = Duration.ofDays(36_500);

	private String name = "kratos";

	private URI baseUrl = URI.create("http://localhost:4434");

	private @Nullable URI publicUrl;

	private @Nullable String pathPrefix;

	private @Nullable BearerTokenProvider bearerTokenProvider;

	private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

	private @Nullable String userAgent;

	private Duration connectTimeout = Duration.ofSeconds(2);

	private Duration readTimeout = Duration.ofSeconds(10);

	private int maxConnections = 50;

	private Duration connectionTimeToLive = Duration.ofMinutes(5);

	private Duration acquireTimeout = Duration.ofSeconds(2);

	private Duration callTimeout = Duration.ofMinutes(1);

	private DataSize maxResponseSize = ResponseBody.DEFAULT_MAX_SIZE;

	private int maxNesting = KratosJson.MAX_NESTING;

	private int maxRetries;

	private Duration retryDelay = Duration.ofMillis(100);

	private double retryMultiplier = 2;

	private Duration retryMaxDelay = Duration.ofSeconds(2);

	private Duration retryJitter = Duration.ofMillis(50);

	private Set<Integer> retryStatuses = RETRY_STATUSES;

	private Duration maxRetryAfter = Duration.ofSeconds(10);

	private @Nullable Supplier<TlsSettings> tls;

	private @Nullable URI proxyUrl;

	private ProxyServer.@Nullable Credentials proxyCredentials;

	private ObservationRegistry observationRegistry = ObservationRegistry.NOOP;

	private @Nullable KratosAdminObservationConvention observationConvention;

	private final List<KratosAdminInterceptor> interceptors = new ArrayList<>();

	private @Nullable Executor executor;

	KratosAdminBuilder() {
	}

	/**
	 * Copies a builder, as a client is assembled when it is used for the first time.
	 */
	KratosAdminBuilder(KratosAdminBuilder other) {
		this.name = other.name;
		this.baseUrl = other.baseUrl;
		this.publicUrl = other.publicUrl;
		this.pathPrefix = other.pathPrefix;
		this.bearerTokenProvider = other.bearerTokenProvider;
		this.userAgent = other.userAgent;
		this.connectTimeout = other.connectTimeout;
		this.readTimeout = other.readTimeout;
		this.maxConnections = other.maxConnections;
		this.connectionTimeToLive = other.connectionTimeToLive;
		this.acquireTimeout = other.acquireTimeout;
		this.callTimeout = other.callTimeout;
		this.maxResponseSize = other.maxResponseSize;
		this.maxNesting = other.maxNesting;
		this.maxRetries = other.maxRetries;
		this.retryDelay = other.retryDelay;
		this.retryMultiplier = other.retryMultiplier;
		this.retryMaxDelay = other.retryMaxDelay;
		this.retryJitter = other.retryJitter;
		this.retryStatuses = other.retryStatuses;
		this.maxRetryAfter = other.maxRetryAfter;
		this.tls = other.tls;
		this.proxyUrl = other.proxyUrl;
		this.proxyCredentials = other.proxyCredentials;
		this.observationRegistry = other.observationRegistry;
		this.observationConvention = other.observationConvention;
		this.executor = other.executor;
		this.headers.putAll(other.headers);
		this.interceptors.addAll(other.interceptors);
	}

	/**
	 * Sets the name of the client. Observations and meters have it as
	 * {@code client.name}. Give each client its own name.
	 * @param name the name, {@code kratos} by default
	 * @return this builder
	 * @throws IllegalArgumentException if it is blank
	 */
	public KratosAdminBuilder name(String name) {
		if (name.isBlank()) {
			throw new IllegalArgumentException("The name must not be blank");
		}
		this.name = name;
		return this;
	}

	/**
	 * Sets the base URL of the admin API, without the path prefix.
	 * @param baseUrl an http or https URL, {@code http://localhost:4434} by default; its
	 * path comes before the path prefix
	 * @return this builder
	 * @throws IllegalArgumentException if it is not an http or https URL, or has user
	 * information, a query or a fragment
	 */
	public KratosAdminBuilder baseUrl(String baseUrl) {
		this.baseUrl = HttpUrl.parseBase("The base URL", baseUrl);
		return this;
	}

	/**
	 * Sets the base URL of the public API. The client sends requests for flows, their
	 * errors and schemas there, without the admin credentials. Without this URL, the
	 * client follows the redirect of Kratos 0.7 and later to the public API.
	 * <p>
	 * Kratos 0.6 serves these requests at both APIs. Its public API requires the session
	 * for a settings flow, and responds with 403 for an unknown error.
	 * @param publicUrl an http or https URL, or {@code null} (the default) to follow
	 * redirects
	 * @return this builder
	 * @throws IllegalArgumentException if it is not an http or https URL, or has user
	 * information, a query or a fragment
	 */
	public KratosAdminBuilder publicUrl(@Nullable String publicUrl) {
		this.publicUrl = (publicUrl != null) ? HttpUrl.parseBase("The public URL", publicUrl) : null;
		return this;
	}

	/**
	 * Sets the prefix of the paths of the admin API. By default, the first call detects
	 * it with a request for {@code /admin/version}. It is detected again if the version
	 * of the server changes: Kratos 0.9 and later has {@code /admin}, older versions have
	 * no prefix.
	 * <p>
	 * Set it for Ory Network ({@code /admin}), and for a gateway that has its own prefix
	 * or hides the version: without a version, each call tries to detect the prefix
	 * again.
	 * @param pathPrefix a path such as {@code /admin}, empty for none, or {@code null}
	 * (the default) to detect it
	 * @return this builder
	 * @throws IllegalArgumentException if it is not a path
	 */
	public KratosAdminBuilder pathPrefix(@Nullable String pathPrefix) {
		this.pathPrefix = (pathPrefix != null) ? HttpUrl.checkPath("The path prefix", pathPrefix) : null;
		return this;
	}

	/**
	 * Sets the bearer token for the admin API, which Ory Network or a gateway requires.
	 * @param bearerToken the token, without {@code Bearer}, or {@code null} for none
	 * @return this builder
	 * @throws IllegalArgumentException if the token is blank, has characters other than
	 * visible ASCII, or has an unresolved placeholder such as <code>${TOKEN}</code>
	 */
	public KratosAdminBuilder bearerToken(@Nullable String bearerToken) {
		if (bearerToken == null) {
			return bearerTokenProvider(null);
		}
		AdminHeaders.checkToken(bearerToken);
		return bearerTokenProvider(new ConfiguredToken(bearerToken));
	}

	/**
	 * Sets the provider of the bearer token for the admin API, for a token that changes.
	 * @param bearerTokenProvider the provider, called for each request, or {@code null}
	 * (the default) for no token
	 * @return this builder
	 */
	public KratosAdminBuilder bearerTokenProvider(@Nullable BearerTokenProvider bearerTokenProvider) {
		this.bearerTokenProvider = bearerTokenProvider;
		return this;
	}

	/**
	 * Adds a header to each request to the admin API. It is not sent to the public API.
	 * @param name the name of the header
	 * @param value the value, or {@code null} to remove the header
	 * @return this builder
	 * @throws IllegalArgumentException if the name or value is not valid in a header, the
	 * client sets the header itself, the header suits only some requests, or the value
	 * has an unresolved placeholder such as <code>${KEY}</code>
	 */
	public KratosAdminBuilder header(String name, @Nullable String value) {
		if (value == null) {
			this.headers.remove(name);
			return this;
		}
		AdminHeaders.check(name, value);
		this.headers.put(name, value);
		return this;
	}

	/**
	 * Sets the {@code User-Agent} of all requests. A {@linkplain #header(String, String)
	 * header} of this name takes precedence at the admin API.
	 * @param userAgent the user agent, or {@code null} (the default) for
	 * {@code kratos-admin-spring-boot} and its version
	 * @return this builder
	 * @throws IllegalArgumentException if it is blank, not valid in a header, or has an
	 * unresolved placeholder such as <code>${NAME}</code>
	 */
	public KratosAdminBuilder userAgent(@Nullable String userAgent) {
		if (userAgent != null) {
			if (userAgent.isBlank()) {
				throw new IllegalArgumentException("The user agent must not be blank");
			}
			AdminHeaders.check("User-Agent", userAgent);
		}
		this.userAgent = userAgent;
		return this;
	}

	/**
	 * Sets the timeout for opening a connection.
	 * @param connectTimeout the timeout, 2 seconds by default
	 * @return this builder
	 * @throws IllegalArgumentException if it is less than a millisecond, or more than
	 * 36,500 days
	 */
	public KratosAdminBuilder connectTimeout(Duration connectTimeout) {
		this.connectTimeout = atLeastOneMilli("The connect timeout", connectTimeout);
		return this;
	}

	/**
	 * Sets the timeout from sending a request to the end of its response.
	 * @param readTimeout the timeout, 10 seconds by default
	 * @return this builder
	 * @throws IllegalArgumentException if it is less than a millisecond, or more than
	 * 36,500 days
	 */
	public KratosAdminBuilder readTimeout(Duration readTimeout) {
		this.readTimeout = atLeastOneMilli("The read timeout", readTimeout);
		return this;
	}

	/**
	 * Sets the maximum number of connections.
	 * @param maxConnections the number, 50 by default
	 * @return this builder
	 * @throws IllegalArgumentException if it is not positive
	 */
	public KratosAdminBuilder maxConnections(int maxConnections) {
		this.maxConnections = positive("The number of connections", maxConnections);
		return this;
	}

	/**
	 * Sets the maximum lifetime of a connection.
	 * @param connectionTimeToLive the time, 5 minutes by default
	 * @return this builder
	 * @throws IllegalArgumentException if it is less than a millisecond, or more than
	 * 36,500 days
	 */
	public KratosAdminBuilder connectionTimeToLive(Duration connectionTimeToLive) {
		this.connectionTimeToLive = atLeastOneMilli("The connections' time to live", connectionTimeToLive);
		return this;
	}

	/**
	 * Sets the timeout for a free connection if all are in use.
	 * @param acquireTimeout the timeout, 2 seconds by default
	 * @return this builder
	 * @throws IllegalArgumentException if it is less than a millisecond, or more than
	 * 36,500 days
	 */
	public KratosAdminBuilder acquireTimeout(Duration acquireTimeout) {
		this.acquireTimeout = atLeastOneMilli("The acquire timeout", acquireTimeout);
		return this;
	}

	/**
	 * Sets the timeout for a whole call: the wait for a connection, opening it,
	 * redirects, detecting the prefix and version of the server, the
	 * {@link BearerTokenProvider}, and retries. It does not interrupt a DNS lookup. For
	 * methods that call several operations, such as streams, it applies to each of these
	 * calls.
	 * @param callTimeout the timeout, 1 minute by default; should be longer than the read
	 * timeout
	 * @return this builder
	 * @throws IllegalArgumentException if it is less than a millisecond, or more than
	 * 36,500 days
	 */
	public KratosAdminBuilder callTimeout(Duration callTimeout) {
		this.callTimeout = atLeastOneMilli("The call timeout", callTimeout);
		return this;
	}

	/**
	 * Sets the maximum size of the body of a response. A larger body is not read
	 * completely, and the call fails.
	 * @param maxResponseSize the size, 64 MB by default, more than a page of 1000
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
	 * Sets the maximum nesting of the JSON of a response.
	 * @param maxNesting the number of nested arrays and objects, 500 by default
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
	 * Sets the delays between the requests of a read. There is no retry if its delay
	 * exceeds the remaining time of the call.
	 * @param delay the delay before the first retry, 100 ms by default
	 * @param multiplier the factor by which each further delay is longer, 2 by default
	 * @param maxDelay the longest delay, 2 seconds by default
	 * @param jitter the random part of the first delay, added or subtracted, so that many
	 * clients do not retry at once; it grows with the delay; 50 ms by default
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
	 * Sets the statuses of a response after which a read is retried.
	 * @param retryStatuses the statuses; 429, 502, 503 and 504 by default
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
	 * Sets the maximum delay that a response may request with {@code Retry-After} or the
	 * headers of a rate limit. If it requests a longer delay, the read is not retried.
	 * @param maxRetryAfter the delay, 10 seconds by default
	 * @return this builder
	 * @throws IllegalArgumentException if it is negative, or more than 36,500 days
	 */
	public KratosAdminBuilder maxRetryAfter(Duration maxRetryAfter) {
		if (maxRetryAfter.isNegative()) {
			throw new IllegalArgumentException(
					"The maximum Retry-After must not be negative, but was " + maxRetryAfter);
		}
		this.maxRetryAfter = notTooLong("The maximum Retry-After", maxRetryAfter);
		return this;
	}

	/**
	 * Sets the TLS settings of https connections. The client always checks the name of
	 * the host.
	 * @param tls the supplier of the settings, called for each new connection, so that
	 * they can change while running calls keep the old ones; {@code null} (the default)
	 * to trust the certificates of the JDK
	 * @return this builder
	 */
	public KratosAdminBuilder tls(@Nullable Supplier<TlsSettings> tls) {
		this.tls = tls;
		return this;
	}

	/**
	 * Sets the HTTP proxy. The settings of the JDK, such as {@code http.proxyHost}, are
	 * ignored.
	 * @param proxyUrl an http URL without a path, or {@code null} (the default) for no
	 * proxy
	 * @return this builder
	 * @throws IllegalArgumentException if it is not an http URL without a path
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
	 * Sets the credentials for the proxy.
	 * @param username the user name, without a colon, or {@code null} (the default) for
	 * no credentials
	 * @param password the password, {@code null} if it is empty
	 * @return this builder
	 * @throws IllegalArgumentException if the user name has a colon, or one of both has
	 * an unresolved placeholder such as <code>${PASSWORD}</code>
	 */
	public KratosAdminBuilder proxyCredentials(@Nullable String username, @Nullable String password) {
		if (username == null) {
			this.proxyCredentials = null;
			return this;
		}
		if (username.contains(":")) {
			throw new IllegalArgumentException("The proxy's user name must not have a colon");
		}
		AdminHeaders.checkResolved("The proxy's user name", username);
		String secret = (password != null) ? password : "";
		AdminHeaders.checkResolved("The proxy's password", secret);
		this.proxyCredentials = new ProxyServer.Credentials(username, secret);
		return this;
	}

	/**
	 * Sets the registry of the observations. Each call of an operation is one
	 * observation. Retries, redirects and requests for the version are its events.
	 * Methods that call several operations, such as streams, have an observation for each
	 * of these calls.
	 * @param observationRegistry the registry, or {@code null} (the default) for no
	 * observations
	 * @return this builder
	 */
	public KratosAdminBuilder observationRegistry(@Nullable ObservationRegistry observationRegistry) {
		this.observationRegistry = (observationRegistry != null) ? observationRegistry : ObservationRegistry.NOOP;
		return this;
	}

	/**
	 * Sets the convention of the observations: their name and keys.
	 * @param observationConvention the convention, or {@code null} (the default) for a
	 * global convention of the registry or, if there is none, the default convention
	 * @return this builder
	 */
	public KratosAdminBuilder observationConvention(@Nullable KratosAdminObservationConvention observationConvention) {
		this.observationConvention = observationConvention;
		return this;
	}

	/**
	 * Adds an interceptor of operations. Interceptors are called in the order in which
	 * they are added.
	 * @param interceptor the interceptor
	 * @return this builder
	 */
	public KratosAdminBuilder interceptor(KratosAdminInterceptor interceptor) {
		this.interceptors.add(interceptor);
		return this;
	}

	/**
	 * Changes the list of interceptors, for example to remove those that were added
	 * before.
	 * @param interceptors a function that changes the list
	 * @return this builder
	 */
	public KratosAdminBuilder interceptors(Consumer<List<KratosAdminInterceptor>> interceptors) {
		interceptors.accept(this.interceptors);
		return this;
	}

	/**
	 * Sets the executor that runs the requests of imports, and those of streams that read
	 * ahead. All other calls run in the thread of the caller. If the executor rejects a
	 * request, or has not started it when the calling thread has to wait for it, that
	 * thread sends it. Thus the executor may have few threads, and even be the one that
	 * runs the caller. Its method {@code execute} must not block: with a concurrency
	 * limit, Spring's {@code SimpleAsyncTaskExecutor} does.
	 * <p>
	 * The client does not shut the executor down. The thread that ends calls after the
	 * {@linkplain #callTimeout(Duration) call timeout} is always one of the client, as it
	 * must run even if the executor is busy.
	 * @param executor the executor, or {@code null} (the default) for threads of the
	 * client, which end soon after the last request
	 * @return this builder
	 */
	public KratosAdminBuilder executor(@Nullable Executor executor) {
		this.executor = executor;
		return this;
	}

	private static int positive(String name, int number) {
		if (number < 1) {
			throw new IllegalArgumentException(name + " must be positive, but was " + number);
		}
		return number;
	}

	private static Duration atLeastOneMilli(String name, Duration duration) {
		// HTTP clients count milliseconds, and 0 means no limit.
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
	 * Builds the client. This sends nothing. The HTTP client is created with the first
	 * call of a method such as {@link KratosAdmin#identities()}, which takes a moment.
	 * @return the client; close it after use
	 * @throws IllegalArgumentException if the base URL ends with the path prefix, so that
	 * the paths of requests would have it twice
	 */
	public KratosAdmin build() {
		// A method reference would load the classes of the HTTP client at startup.
		return build((settings) -> new ApacheHttpSender(settings));
	}

	KratosAdmin build(Function<HttpSettings, HttpSender> http) {
		checkPrefix();
		KratosAdminBuilder copy = new KratosAdminBuilder(this);
		return new DefaultKratosAdmin(() -> copy.assemble(http));
	}

	private ClientParts assemble(Function<HttpSettings, HttpSender> http) {
		Routes routes = new Routes(this.baseUrl, this.publicUrl);
		ActiveCalls calls = new ActiveCalls(this.callTimeout);
		ProxyServer proxy = (this.proxyUrl != null) ? ProxyServer.of(this.proxyUrl, this.proxyCredentials) : null;
		HttpSettings settings = new HttpSettings(this.connectTimeout, this.readTimeout, this.maxConnections,
				this.connectionTimeToLive, this.acquireTimeout, this.maxResponseSize, this.tls, proxy, this.userAgent,
				calls);
		PrefixFinder prefix = new PrefixFinder(routes, this.pathPrefix);
		ClientCounters counters = new ClientCounters();
		AdminHeaders headers = new AdminHeaders(this.headers, this.bearerTokenProvider, this.observationRegistry, calls,
				this.executor);
		Retries retries = new Retries(new Retries.Settings(this.maxRetries, this.retryDelay, this.retryMultiplier,
				this.retryMaxDelay, this.retryJitter, this.retryStatuses, this.maxRetryAfter), counters);
		OperationObserver observer = new OperationObserver(this.name, this.observationRegistry,
				this.observationConvention, this.interceptors, headers);
		FeignClients groups = new FeignClients(routes, prefix::known,
				() -> new HttpTransport(http.apply(settings), prefix, headers, calls, counters), headers.context(),
				calls, observer, retries, this.maxNesting, secrets());
		return new ClientParts(groups, calls, headers.context(),
				new StatisticsReader(this.name, this.maxConnections, prefix, counters));
	}

	/**
	 * Not checked by the setters, which may be called in any order.
	 */
	private void checkPrefix() {
		String prefix = this.pathPrefix;
		String url = this.baseUrl.toString();
		if (prefix != null && !prefix.isEmpty() && this.baseUrl.getRawPath().endsWith(prefix)) {
			throw new IllegalArgumentException("The base URL must not end with the path prefix '" + prefix
					+ "', which the client adds: it must be '" + url.substring(0, url.length() - prefix.length())
					+ "', but was '" + url + "'");
		}
	}

	private List<String> secrets() {
		ProxyServer.Credentials proxy = this.proxyCredentials;
		return (proxy != null) ? List.of(proxy.password(), proxy.header()) : List.of();
	}

}
