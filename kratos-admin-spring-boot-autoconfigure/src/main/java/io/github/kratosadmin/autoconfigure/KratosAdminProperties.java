package io.github.kratosadmin.autoconfigure;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * Configuration properties for the client of Kratos's admin API.
 */
@ConfigurationProperties("kratos.admin")
public class KratosAdminProperties {

	/**
	 * Whether to configure a client for the admin API of Kratos.
	 */
	private boolean enabled = true;

	/**
	 * Address of the admin API: an http or https URL without user info, query or
	 * fragment.
	 */
	private String baseUrl = "http://localhost:4434";

	/**
	 * Address of the public API, where Kratos 0.7 and later answers calls for flows,
	 * errors and schemas. Unless set, the redirects to it are followed, but no session
	 * token goes to another host.
	 */
	private @Nullable String publicUrl;

	/**
	 * What goes before the paths of the admin API, such as '/admin'. Unless set, the
	 * first call finds it out.
	 */
	private @Nullable String pathPrefix;

	/**
	 * Bearer token for the admin API, as Ory Network or a gateway asks for. A
	 * BearerTokenProvider bean takes its place.
	 */
	private @Nullable String bearerToken;

	/**
	 * Headers for every call to the admin API. They are not sent to the public one.
	 */
	private final Map<String, String> headers = new LinkedHashMap<>();

	/**
	 * How long to wait for a connection to be made.
	 */
	private Duration connectTimeout = Duration.ofSeconds(2);

	/**
	 * How long to wait for the answer to begin, and for all of its body.
	 */
	private Duration readTimeout = Duration.ofSeconds(10);

	/**
	 * How long a call takes at most, with all that it consists of: connecting, redirects,
	 * repeats.
	 */
	private Duration callTimeout = Duration.ofMinutes(1);

	/**
	 * How large the body of an answer may be.
	 */
	private DataSize maxResponseSize = DataSize.ofMegabytes(64);

	/**
	 * How deep the JSON of an answer may be nested.
	 */
	private int maxNesting = 500;

	private final Pool pool = new Pool();

	private final Retry retry = new Retry();

	private final Ssl ssl = new Ssl();

	private final Proxy proxy = new Proxy();

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
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

	public Pool getPool() {
		return this.pool;
	}

	public Retry getRetry() {
		return this.retry;
	}

	public Ssl getSsl() {
		return this.ssl;
	}

	public Proxy getProxy() {
		return this.proxy;
	}

	/**
	 * Properties of the connections.
	 */
	public static class Pool {

		/**
		 * How many connections there are at most.
		 */
		private int maxConnections = 50;

		/**
		 * How long a connection is used at most.
		 */
		private Duration timeToLive = Duration.ofMinutes(5);

		/**
		 * How long to wait for a connection to be free.
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
	 * Properties of repeats. Only reads are repeated.
	 */
	public static class Retry {

		/**
		 * How often a read is sent at most. With 1 nothing is repeated.
		 */
		private int attempts = 1;

		private final Backoff backoff = new Backoff();

		/**
		 * Statuses after which a read is repeated, as it is after no answer: 429 and
		 * those of 5xx. 429, 502, 503 and 504 unless set.
		 */
		private @Nullable Set<Integer> statuses;

		/**
		 * The longest wait that a response may ask for. If it asks for more, the read is
		 * not repeated.
		 */
		private Duration maxRetryAfter = Duration.ofSeconds(10);

		public int getAttempts() {
			return this.attempts;
		}

		public void setAttempts(int attempts) {
			this.attempts = attempts;
		}

		public Backoff getBackoff() {
			return this.backoff;
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

		/**
		 * Properties of the waits before repeats.
		 */
		public static class Backoff {

			/**
			 * How long to wait before the first repeat.
			 */
			private Duration initial = Duration.ofMillis(100);

			/**
			 * How many times longer to wait before each further one.
			 */
			private double multiplier = 2;

			/**
			 * How long to wait at most.
			 */
			private Duration max = Duration.ofSeconds(2);

			/**
			 * By how much the first wait is made longer or shorter at random, and later
			 * ones accordingly.
			 */
			private Duration jitter = Duration.ofMillis(50);

			public Duration getInitial() {
				return this.initial;
			}

			public void setInitial(Duration initial) {
				this.initial = initial;
			}

			public double getMultiplier() {
				return this.multiplier;
			}

			public void setMultiplier(double multiplier) {
				this.multiplier = multiplier;
			}

			public Duration getMax() {
				return this.max;
			}

			public void setMax(Duration max) {
				this.max = max;
			}

			public Duration getJitter() {
				return this.jitter;
			}

			public void setJitter(Duration jitter) {
				this.jitter = jitter;
			}

		}

	}

	/**
	 * Properties of connections by https.
	 */
	public static class Ssl {

		/**
		 * SSL bundle with the certificates to trust and, for mutual TLS, that of the
		 * client. New connections use it as it is after a reload.
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
	 * Properties of the proxy.
	 */
	public static class Proxy {

		/**
		 * HTTP proxy to reach Kratos by, such as 'http://proxy:3128'. System properties
		 * such as http.proxyHost are not looked at.
		 */
		private @Nullable String url;

		/**
		 * User name for the proxy.
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

}
