package io.github.kratosadmin.autoconfigure;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

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
	 * errors and schemas. Unless set, the redirects to it are followed.
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

	private final Pool pool = new Pool();

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

	public Pool getPool() {
		return this.pool;
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

}
