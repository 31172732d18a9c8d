package io.github.kratosadmin.autoconfigure;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.KratosAdminBuilder;
import io.github.kratosadmin.connection.BearerTokenProvider;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * Applies connection details and properties to a {@link KratosAdminBuilder}, one by one,
 * so that a failure names the invalid one. Uses no lambda for a property, as each would
 * add to the startup time.
 */
class PropertiesApplier {

	private static final String INHERITED = "kratos.admin.";

	private final String prefix;

	private final Environment environment;

	private final KratosAdminProperties properties;

	private final KratosAdminConnectionDetails connectionDetails;

	private final SslBundleTlsSettings tls;

	private final ClientExecutors executors;

	private final ObjectProvider<OAuth2BearerTokenProviders> oauth2;

	/** The names of the properties being applied, without the prefix. */
	private String[] applying = {};

	/**
	 * Creates an instance.
	 * @param prefix the prefix of the properties, with a dot at its end
	 * @param environment tells which properties are set
	 * @param properties the properties
	 * @param connectionDetails the connection details
	 * @param tls creates TLS settings from SSL bundles
	 * @param executors finds the executor
	 * @param oauth2 provides bearer tokens for OAuth2 client registrations
	 */
	PropertiesApplier(String prefix, Environment environment, KratosAdminProperties properties,
			KratosAdminConnectionDetails connectionDetails, SslBundleTlsSettings tls, ClientExecutors executors,
			ObjectProvider<OAuth2BearerTokenProviders> oauth2) {
		this.prefix = prefix;
		this.environment = environment;
		this.properties = properties;
		this.connectionDetails = connectionDetails;
		this.tls = tls;
		this.executors = executors;
		this.oauth2 = oauth2;
	}

	void apply(KratosAdminBuilder builder, @Nullable BearerTokenProvider bearerTokenProvider) {
		try {
			configureConnection(builder, bearerTokenProvider);
		}
		catch (IllegalArgumentException ex) {
			throw connectionFailure(ex);
		}
		try {
			configureRequests(builder);
			configurePool(builder);
			configureRetry(builder);
			configureProxy(builder);
			configureTls(builder);
		}
		catch (IllegalArgumentException ex) {
			throw propertyFailure(ex);
		}
	}

	/**
	 * Checks the base URL together with the path prefix, for which it builds a client.
	 * Not left to the bean that builds its client, which may be one of the application.
	 * @param builder the builder after the customizers, as they may set one of both
	 */
	void checkPathPrefix(KratosAdminBuilder builder) {
		try {
			builder.build();
		}
		catch (IllegalArgumentException ex) {
			boolean fromProperties = this.connectionDetails instanceof PropertiesKratosAdminConnectionDetails;
			throw new InvalidKratosAdminConfigurationException(pathPrefixSource(fromProperties),
					fromProperties ? List.of(this.prefix + "base-url", this.prefix + "path-prefix") : List.of(),
					String.valueOf(ex.getMessage()),
					"Remove the path prefix from the base URL. If the paths of the server have it twice, also set "
							+ "the path prefix to both, such as '/admin/admin'.",
					ex);
		}
	}

	private String pathPrefixSource(boolean fromProperties) {
		try {
			KratosAdmin.builder()
				.baseUrl(this.connectionDetails.getBaseUrl())
				.pathPrefix(this.connectionDetails.getPathPrefix())
				.build();
			return "the KratosAdminBuilderCustomizer beans";
		}
		catch (IllegalArgumentException ex) {
			return fromProperties ? "the base URL and the path prefix" : describeConnectionDetails();
		}
	}

	private void configureConnection(KratosAdminBuilder builder, @Nullable BearerTokenProvider bearerTokenProvider) {
		applying("base-url");
		builder.baseUrl(this.connectionDetails.getBaseUrl());
		applying("public-url");
		builder.publicUrl(this.connectionDetails.getPublicUrl());
		applying("path-prefix");
		builder.pathPrefix(this.connectionDetails.getPathPrefix());
		applying("bearer-token");
		String bearerToken = this.connectionDetails.getBearerToken();
		String registration = this.connectionDetails.getOAuth2Registration();
		if (registration != null) {
			applying("oauth2.registration");
			builder.bearerTokenProvider(oauth2(registration, bearerToken, bearerTokenProvider));
		}
		else if (bearerTokenProvider != null) {
			builder.bearerTokenProvider(bearerTokenProvider);
		}
		else if (bearerToken != null) {
			builder.bearerToken(bearerToken);
		}
	}

	/**
	 * Accepts no second source of tokens, as the token of the wrong one would be sent.
	 */
	private BearerTokenProvider oauth2(String registration, @Nullable String bearerToken,
			@Nullable BearerTokenProvider bearerTokenProvider) {
		if (bearerToken != null) {
			throw new IllegalArgumentException("There is also a bearer token. Remove one of both");
		}
		if (bearerTokenProvider != null) {
			throw new IllegalArgumentException("There is also a BearerTokenProvider bean for the client, "
					+ bearerTokenProvider.getClass().getName() + ". Remove one of both");
		}
		OAuth2BearerTokenProviders oauth2 = this.oauth2.getIfAvailable();
		if (oauth2 == null) {
			throw new IllegalArgumentException("The application has no OAuth2 client registrations: it has neither "
					+ "properties for them, with Spring Boot's OAuth2 client, nor a single ClientRegistrationRepository bean");
		}
		return oauth2.forRegistration(registration);
	}

	private void configureRequests(KratosAdminBuilder builder) {
		applying("name");
		builder.name(this.properties.getName());
		for (Map.Entry<String, String> header : this.properties.getHeaders().entrySet()) {
			applying("headers." + header.getKey());
			builder.header(header.getKey(), header.getValue());
		}
		applying("user-agent");
		builder.userAgent(this.properties.getUserAgent());
		applying("connect-timeout");
		builder.connectTimeout(this.properties.getConnectTimeout());
		applying("read-timeout");
		builder.readTimeout(this.properties.getReadTimeout());
		applying("call-timeout");
		builder.callTimeout(this.properties.getCallTimeout());
		applying("max-response-size");
		builder.maxResponseSize(this.properties.getMaxResponseSize());
		applying("max-nesting");
		builder.maxNesting(this.properties.getMaxNesting());
		applying("executor");
		builder.executor(this.executors.get(this.properties.getExecutor()));
	}

	private void configurePool(KratosAdminBuilder builder) {
		KratosAdminProperties.Pool pool = this.properties.getPool();
		applying("pool.max-connections");
		builder.maxConnections(pool.getMaxConnections());
		applying("pool.time-to-live");
		builder.connectionTimeToLive(pool.getTimeToLive());
		applying("pool.acquire-timeout");
		builder.acquireTimeout(pool.getAcquireTimeout());
	}

	private void configureRetry(KratosAdminBuilder builder) {
		KratosAdminProperties.Retry retry = this.properties.getRetry();
		applying("retry.max-retries");
		builder.maxRetries(retry.getMaxRetries());
		configureDelays(builder, retry);
		Set<Integer> statuses = retry.getStatuses();
		if (statuses != null) {
			applying("retry.statuses");
			builder.retryStatuses(statuses);
		}
		applying("retry.max-retry-after");
		builder.maxRetryAfter(retry.getMaxRetryAfter());
	}

	private void configureDelays(KratosAdminBuilder builder, KratosAdminProperties.Retry retry) {
		Duration delay = retry.getDelay();
		double multiplier = retry.getMultiplier();
		applying("retry.delay");
		builder.retryDelay(delay, 1, delay, Duration.ZERO);
		applying("retry.multiplier");
		builder.retryDelay(delay, multiplier, delay, Duration.ZERO);
		applying("retry.delay", "retry.max-delay");
		builder.retryDelay(delay, multiplier, retry.getMaxDelay(), Duration.ZERO);
		applying("retry.delay", "retry.jitter");
		builder.retryDelay(delay, multiplier, retry.getMaxDelay(), retry.getJitter());
	}

	private void configureProxy(KratosAdminBuilder builder) {
		KratosAdminProperties.Proxy proxy = this.properties.getProxy();
		String url = proxy.getUrl();
		if (!StringUtils.hasText(url)) {
			return;
		}
		applying("proxy.url");
		builder.proxy(url);
		String username = proxy.getUsername();
		if (StringUtils.hasText(username)) {
			applying("proxy.username");
			builder.proxyCredentials(username, "");
			applying("proxy.password");
			builder.proxyCredentials(username, (proxy.getPassword() != null) ? proxy.getPassword() : "");
		}
	}

	private void configureTls(KratosAdminBuilder builder) {
		String bundle = this.properties.getSsl().getBundle();
		if (StringUtils.hasText(bundle)) {
			applying("ssl.bundle");
			builder.tls(this.tls.of(bundle, this.prefix + "ssl.bundle"));
		}
	}

	private void applying(String... names) {
		this.applying = names;
	}

	private InvalidKratosAdminConfigurationException connectionFailure(IllegalArgumentException cause) {
		if (this.connectionDetails instanceof PropertiesKratosAdminConnectionDetails) {
			return propertyFailure(cause);
		}
		String source = describeConnectionDetails();
		return new InvalidKratosAdminConfigurationException(source, List.of(), String.valueOf(cause.getMessage()),
				"Correct " + source + ".", cause);
	}

	private String describeConnectionDetails() {
		return "the connection details of " + this.connectionDetails.getClass().getName();
	}

	private InvalidKratosAdminConfigurationException propertyFailure(IllegalArgumentException cause) {
		String source = ((this.applying.length == 1) ? "the property " : "the properties ")
				+ Arrays.stream(this.applying).map(this::describe).collect(Collectors.joining(" and "));
		List<String> names = Arrays.stream(this.applying).map(this::property).toList();
		return new InvalidKratosAdminConfigurationException(source, names, String.valueOf(cause.getMessage()),
				"Correct " + source + example(this.applying[0]), cause);
	}

	private String example(String name) {
		String value = switch (name) {
			case "base-url" -> "http://localhost:4434";
			case "public-url" -> "http://localhost:4433";
			case "path-prefix" -> "/admin";
			case "proxy.url" -> "http://proxy:3128";
			case "oauth2.registration" -> """
					kratos
					    spring.security.oauth2.client.registration.kratos.authorization-grant-type=client_credentials
					    spring.security.oauth2.client.registration.kratos.client-id=accounts
					    spring.security.oauth2.client.registration.kratos.client-secret=${CLIENT_SECRET}
					    spring.security.oauth2.client.registration.kratos.provider=gateway
					    spring.security.oauth2.client.provider.gateway.token-uri=https://gateway/oauth2/token""";
			default -> null;
		};
		return (value != null) ? ", for example:\n\n    " + property(name) + "=" + value : ".";
	}

	private String describe(String name) {
		KratosAdminProperties.Retry retry = this.properties.getRetry();
		KratosAdminProperties.Retry defaults = new KratosAdminProperties.Retry();
		return switch (name) {
			case "retry.delay" -> describe(name, retry.getDelay(), defaults.getDelay());
			case "retry.max-delay" -> describe(name, retry.getMaxDelay(), defaults.getMaxDelay());
			case "retry.jitter" -> describe(name, retry.getJitter(), defaults.getJitter());
			default -> "'" + property(name) + "'";
		};
	}

	/**
	 * Includes a default value, which may conflict with another property.
	 */
	private String describe(String name, Duration value, Duration byDefault) {
		String property = "'" + property(name) + "'";
		return value.equals(byDefault) ? property + " (" + byDefault + " by default)" : property;
	}

	/**
	 * Returns the full name of a property, which a client below
	 * {@code kratos.admin.clients} may inherit.
	 */
	private String property(String name) {
		boolean inherited = this.prefix.startsWith(ClientNames.PREFIX + ".")
				&& !this.environment.containsProperty(this.prefix + name)
				&& this.environment.containsProperty(INHERITED + name);
		return (inherited ? INHERITED : this.prefix) + name;
	}

}
