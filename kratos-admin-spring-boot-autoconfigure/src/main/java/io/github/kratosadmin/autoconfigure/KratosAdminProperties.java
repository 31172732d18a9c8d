package io.github.kratosadmin.autoconfigure;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import io.github.kratosadmin.health.HealthCheck;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * Configuration properties for a Kratos admin client: for the one without a name, and for
 * each one below {@code kratos.admin.clients}.
 */
@ConfigurationProperties("kratos.admin")
public class KratosAdminProperties {

	/**
	 * Whether to enable the Kratos admin client.
	 */
	private boolean enabled = true;

	/**
	 * Name of the client in observations, metrics and info.
	 */
	private String name = "kratos";

	/**
	 * Base URL of the admin API, without user info, query or fragment.
	 */
	private String baseUrl = "http://localhost:4434";

	/**
	 * Base URL of the public API, for flows, errors and schemas with Kratos 0.7 and
	 * later. If not set, redirects to the public API are followed, without the session
	 * token if the host differs.
	 */
	private @Nullable String publicUrl;

	/**
	 * Path prefix of the admin API, such as '/admin'. If not set, the first call detects
	 * the prefix.
	 */
	private @Nullable String pathPrefix;

	/**
	 * Bearer token for the admin API, such as for Ory Network or a gateway. A
	 * BearerTokenProvider bean takes precedence.
	 */
	private @Nullable String bearerToken;

	/**
	 * Headers to add to each request to the admin API. Not sent to the public API.
	 */
	private final Map<String, String> headers = new LinkedHashMap<>();

	/**
	 * User-Agent of all requests. If not set, the name of this project and its version.
	 */
	private @Nullable String userAgent;

	/**
	 * Connect timeout.
	 */
	private Duration connectTimeout = Duration.ofSeconds(2);

	/**
	 * Read timeout for the whole response.
	 */
	private Duration readTimeout = Duration.ofSeconds(10);

	/**
	 * Timeout of a whole call, including connecting, redirects and retries.
	 */
	private Duration callTimeout = Duration.ofMinutes(1);

	/**
	 * Maximum size of a response body.
	 */
	private DataSize maxResponseSize = DataSize.ofMegabytes(64);

	/**
	 * Maximum nesting depth of the JSON in a response.
	 */
	private int maxNesting = 500;

	/**
	 * Name of the Executor bean for imports and read-ahead. If not set, virtual threads
	 * if 'spring.threads.virtual.enabled' is true, otherwise threads of the client.
	 */
	private @Nullable String executor;

	private final Pool pool = new Pool();

	private final Retry retry = new Retry();

	private final Ssl ssl = new Ssl();

	private final Proxy proxy = new Proxy();

	private final Oauth2 oauth2 = new Oauth2();

	private final Health health = new Health();

	/**
	 * Resets everything that a client below {@code kratos.admin.clients} does not
	 * inherit: its name and what says where to connect, with which credentials and
	 * headers.
	 */
	void resetConnection() {
		KratosAdminProperties defaults = new KratosAdminProperties();
		this.enabled = defaults.enabled;
		this.name = defaults.name;
		this.baseUrl = defaults.baseUrl;
		this.publicUrl = null;
		this.pathPrefix = null;
		this.bearerToken = null;
		this.headers.clear();
		this.ssl.bundle = null;
		this.proxy.url = null;
		this.proxy.username = null;
		this.proxy.password = null;
		this.oauth2.registration = null;
	}

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	public String getName() {
		return this.name;
	}

	public void setName(String name) {
		this.name = name;
	}

	public String getBaseUrl() {
		return this.baseUrl;
	}

	public void setBaseUrl(String baseUrl) {
		this.baseUrl = baseUrl;
	}

	public @Nullable String getPublicUrl() {
		return this.publicUrl;
	}

	public void setPublicUrl(@Nullable String publicUrl) {
		this.publicUrl = publicUrl;
	}

	public @Nullable String getPathPrefix() {
		return this.pathPrefix;
	}

	public void setPathPrefix(@Nullable String pathPrefix) {
		this.pathPrefix = pathPrefix;
	}

	public @Nullable String getBearerToken() {
		return this.bearerToken;
	}

	public void setBearerToken(@Nullable String bearerToken) {
		this.bearerToken = bearerToken;
	}

	public Map<String, String> getHeaders() {
		return this.headers;
	}

	public @Nullable String getUserAgent() {
		return this.userAgent;
	}

	public void setUserAgent(@Nullable String userAgent) {
		this.userAgent = userAgent;
	}

	public Duration getConnectTimeout() {
		return this.connectTimeout;
	}

	public void setConnectTimeout(Duration connectTimeout) {
		this.connectTimeout = connectTimeout;
	}

	public Duration getReadTimeout() {
		return this.readTimeout;
	}

	public void setReadTimeout(Duration readTimeout) {
		this.readTimeout = readTimeout;
	}

	public Duration getCallTimeout() {
		return this.callTimeout;
	}

	public void setCallTimeout(Duration callTimeout) {
		this.callTimeout = callTimeout;
	}

	public DataSize getMaxResponseSize() {
		return this.maxResponseSize;
	}

	public void setMaxResponseSize(DataSize maxResponseSize) {
		this.maxResponseSize = maxResponseSize;
	}

	public int getMaxNesting() {
		return this.maxNesting;
	}

	public void setMaxNesting(int maxNesting) {
		this.maxNesting = maxNesting;
	}

	public @Nullable String getExecutor() {
		return this.executor;
	}

	public void setExecutor(@Nullable String executor) {
		this.executor = executor;
	}

	public Pool getPool() {
		return this.pool;
	}

	public Retry getRetry() {
		return this.retry;
	}

	public Ssl getSsl() {
		return this.ssl;
	}

	public Oauth2 getOauth2() {
		return this.oauth2;
	}

	public Proxy getProxy() {
		return this.proxy;
	}

	public Health getHealth() {
		return this.health;
	}

	/**
	 * Connection pool properties.
	 */
	public static class Pool {

		/**
		 * Maximum number of connections.
		 */
		private int maxConnections = 50;

		/**
		 * Maximum lifetime of a connection.
		 */
		private Duration timeToLive = Duration.ofMinutes(5);

		/**
		 * Timeout for acquiring a connection from the pool.
		 */
		private Duration acquireTimeout = Duration.ofSeconds(2);

		public int getMaxConnections() {
			return this.maxConnections;
		}

		public void setMaxConnections(int maxConnections) {
			this.maxConnections = maxConnections;
		}

		public Duration getTimeToLive() {
			return this.timeToLive;
		}

		public void setTimeToLive(Duration timeToLive) {
			this.timeToLive = timeToLive;
		}

		public Duration getAcquireTimeout() {
			return this.acquireTimeout;
		}

		public void setAcquireTimeout(Duration acquireTimeout) {
			this.acquireTimeout = acquireTimeout;
		}

	}

	/**
	 * Retry properties. Only reads are retried.
	 */
	public static class Retry {

		/**
		 * Maximum number of retries of a read.
		 */
		private int maxRetries;

		/**
		 * Delay before the first retry.
		 */
		private Duration delay = Duration.ofMillis(100);

		/**
		 * Multiplier applied to the previous delay before each further retry.
		 */
		private double multiplier = 2;

		/**
		 * Maximum delay before a retry.
		 */
		private Duration maxDelay = Duration.ofSeconds(2);

		/**
		 * Random time added to or subtracted from the first delay. Grows with the delay.
		 */
		private Duration jitter = Duration.ofMillis(50);

		/**
		 * Response statuses after which a read is retried, 429 or 5xx. A read without a
		 * response is also retried.
		 */
		private @Nullable Set<Integer> statuses;

		/**
		 * Maximum delay that a response may request. If it requests a longer delay, the
		 * read is not retried.
		 */
		private Duration maxRetryAfter = Duration.ofSeconds(10);

		public int getMaxRetries() {
			return this.maxRetries;
		}

		public void setMaxRetries(int maxRetries) {
			this.maxRetries = maxRetries;
		}

		public Duration getDelay() {
			return this.delay;
		}

		public void setDelay(Duration delay) {
			this.delay = delay;
		}

		public double getMultiplier() {
			return this.multiplier;
		}

		public void setMultiplier(double multiplier) {
			this.multiplier = multiplier;
		}

		public Duration getMaxDelay() {
			return this.maxDelay;
		}

		public void setMaxDelay(Duration maxDelay) {
			this.maxDelay = maxDelay;
		}

		public Duration getJitter() {
			return this.jitter;
		}

		public void setJitter(Duration jitter) {
			this.jitter = jitter;
		}

		public @Nullable Set<Integer> getStatuses() {
			return this.statuses;
		}

		public void setStatuses(@Nullable Set<Integer> statuses) {
			this.statuses = statuses;
		}

		public Duration getMaxRetryAfter() {
			return this.maxRetryAfter;
		}

		public void setMaxRetryAfter(Duration maxRetryAfter) {
			this.maxRetryAfter = maxRetryAfter;
		}

	}

	/**
	 * TLS properties.
	 */
	public static class Ssl {

		/**
		 * SSL bundle with the trusted certificates and, for mutual TLS, the client
		 * certificate. After a reload, new connections use the new bundle.
		 */
		private @Nullable String bundle;

		public @Nullable String getBundle() {
			return this.bundle;
		}

		public void setBundle(@Nullable String bundle) {
			this.bundle = bundle;
		}

	}

	/**
	 * OAuth2 properties.
	 */
	public static class Oauth2 {

		/**
		 * ID of the OAuth2 client registration of Spring Security whose client
		 * credentials get the bearer token for the admin API.
		 */
		private @Nullable String registration;

		public @Nullable String getRegistration() {
			return this.registration;
		}

		public void setRegistration(@Nullable String registration) {
			this.registration = registration;
		}

	}

	/**
	 * Proxy properties.
	 */
	public static class Proxy {

		/**
		 * URL of the HTTP proxy, such as 'http://proxy:3128'. System properties such as
		 * http.proxyHost are ignored.
		 */
		private @Nullable String url;

		/**
		 * Username for the proxy.
		 */
		private @Nullable String username;

		/**
		 * Password for the proxy.
		 */
		private @Nullable String password;

		public @Nullable String getUrl() {
			return this.url;
		}

		public void setUrl(@Nullable String url) {
			this.url = url;
		}

		public @Nullable String getUsername() {
			return this.username;
		}

		public void setUsername(@Nullable String username) {
			this.username = username;
		}

		public @Nullable String getPassword() {
			return this.password;
		}

		public void setPassword(@Nullable String password) {
			this.password = password;
		}

	}

	/**
	 * Health check properties.
	 */
	public static class Health {

		/**
		 * Request of the health check: 'ready' for '/health/ready', 'identity' for an
		 * identity that does not exist, as Ory Network has no '/health/ready'.
		 */
		private HealthCheck check = HealthCheck.READY;

		/**
		 * Timeout of the health check.
		 */
		private Duration timeout = Duration.ofSeconds(1);

		public HealthCheck getCheck() {
			return this.check;
		}

		public void setCheck(HealthCheck check) {
			this.check = check;
		}

		public Duration getTimeout() {
			return this.timeout;
		}

		public void setTimeout(Duration timeout) {
			this.timeout = timeout;
		}

	}

}
