package io.github.kratosadmin.autoconfigure;

import java.time.Duration;
import java.util.Set;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.KratosAdminBuilder;
import io.github.kratosadmin.connection.BearerTokenProvider;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * Applies connection details and properties to a {@link KratosAdminBuilder}.
 */
class KratosAdminConfigurer {

	private final KratosAdminProperties properties;

	private final KratosAdminConnectionDetails connectionDetails;

	private final SslBundleTlsSettings tls;

	KratosAdminConfigurer(KratosAdminProperties properties, KratosAdminConnectionDetails connectionDetails,
			SslBundleTlsSettings tls) {
		this.properties = properties;
		this.connectionDetails = connectionDetails;
		this.tls = tls;
	}

	KratosAdminBuilder configure(@Nullable BearerTokenProvider bearerTokenProvider) {
		KratosAdminBuilder builder = KratosAdmin.builder();
		apply(connection("base-url"), () -> builder.baseUrl(this.connectionDetails.getBaseUrl()));
		apply(connection("public-url"), () -> builder.publicUrl(this.connectionDetails.getPublicUrl()));
		apply(connection("path-prefix"), () -> builder.pathPrefix(this.connectionDetails.getPathPrefix()));
		String bearerToken = this.connectionDetails.getBearerToken();
		if (bearerTokenProvider != null) {
			builder.bearerTokenProvider(bearerTokenProvider);
		}
		else if (bearerToken != null) {
			apply(connection("bearer-token"), () -> builder.bearerToken(bearerToken));
		}
		this.properties.getHeaders()
			.forEach((name, value) -> apply(property("headers." + name), () -> builder.header(name, value)));
		apply(property("connect-timeout"), () -> builder.connectTimeout(this.properties.getConnectTimeout()));
		apply(property("read-timeout"), () -> builder.readTimeout(this.properties.getReadTimeout()));
		apply(property("call-timeout"), () -> builder.callTimeout(this.properties.getCallTimeout()));
		apply(property("max-response-size"), () -> builder.maxResponseSize(this.properties.getMaxResponseSize()));
		apply(property("max-nesting"), () -> builder.maxNesting(this.properties.getMaxNesting()));
		configurePool(builder);
		configureRetry(builder);
		configureProxy(builder);
		String bundle = this.properties.getSsl().getBundle();
		if (StringUtils.hasText(bundle)) {
			apply(property("ssl.bundle"), () -> builder.tls(this.tls.of(bundle)));
		}
		return builder;
	}

	private void configurePool(KratosAdminBuilder builder) {
		KratosAdminProperties.Pool pool = this.properties.getPool();
		apply(property("pool.max-connections"), () -> builder.maxConnections(pool.getMaxConnections()));
		apply(property("pool.time-to-live"), () -> builder.connectionTimeToLive(pool.getTimeToLive()));
		apply(property("pool.acquire-timeout"), () -> builder.acquireTimeout(pool.getAcquireTimeout()));
	}

	private void configureRetry(KratosAdminBuilder builder) {
		KratosAdminProperties.Retry retry = this.properties.getRetry();
		apply(property("retry.max-retries"), () -> builder.maxRetries(retry.getMaxRetries()));
		configureDelays(builder, retry);
		Set<Integer> statuses = retry.getStatuses();
		if (statuses != null) {
			apply(property("retry.statuses"), () -> builder.retryStatuses(statuses));
		}
		apply(property("retry.max-retry-after"), () -> builder.maxRetryAfter(retry.getMaxRetryAfter()));
	}

	/**
	 * Applies the properties one by one, so that a failure names the invalid one.
	 */
	private static void configureDelays(KratosAdminBuilder builder, KratosAdminProperties.Retry retry) {
		KratosAdminProperties.Retry defaults = new KratosAdminProperties.Retry();
		Duration delay = retry.getDelay();
		Duration maxDelay = retry.getMaxDelay();
		Duration jitter = retry.getJitter();
		double multiplier = retry.getMultiplier();
		String delayProperty = withDefault("delay", delay, defaults.getDelay());
		apply("the property " + delayProperty, () -> builder.retryDelay(delay, 1, delay, Duration.ZERO));
		apply(property("retry.multiplier"), () -> builder.retryDelay(delay, multiplier, delay, Duration.ZERO));
		apply("the properties " + delayProperty + " and " + withDefault("max-delay", maxDelay, defaults.getMaxDelay()),
				() -> builder.retryDelay(delay, multiplier, maxDelay, Duration.ZERO));
		apply("the properties " + delayProperty + " and " + withDefault("jitter", jitter, defaults.getJitter()),
				() -> builder.retryDelay(delay, multiplier, maxDelay, jitter));
	}

	private static String withDefault(String name, Duration value, Duration byDefault) {
		String property = "'kratos.admin.retry." + name + "'";
		return value.equals(byDefault) ? property + " (" + byDefault + " by default)" : property;
	}

	private void configureProxy(KratosAdminBuilder builder) {
		KratosAdminProperties.Proxy proxy = this.properties.getProxy();
		String url = proxy.getUrl();
		if (!StringUtils.hasText(url)) {
			return;
		}
		apply(property("proxy.url"), () -> builder.proxy(url));
		String username = proxy.getUsername();
		if (StringUtils.hasText(username)) {
			String password = (proxy.getPassword() != null) ? proxy.getPassword() : "";
			apply(property("proxy.username"), () -> builder.proxyCredentials(username, ""));
			apply(property("proxy.password"), () -> builder.proxyCredentials(username, password));
		}
	}

	private String connection(String name) {
		return (this.connectionDetails instanceof PropertiesKratosAdminConnectionDetails) ? property(name)
				: "the connection details of " + this.connectionDetails.getClass().getName();
	}

	private static String property(String name) {
		return "the property 'kratos.admin." + name + "'";
	}

	private static void apply(String source, Runnable setting) {
		try {
			setting.run();
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidKratosAdminConfigurationException(source, ex);
		}
	}

}
