package io.github.kratosadmin.autoconfigure;

import io.github.kratosadmin.BearerTokenProvider;
import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.KratosAdminBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Applies connection details and properties to a {@link KratosAdminBuilder}.
 */
class KratosAdminConfigurer {

	private final KratosAdminProperties properties;

	private final KratosAdminConnectionDetails connectionDetails;

	KratosAdminConfigurer(KratosAdminProperties properties, KratosAdminConnectionDetails connectionDetails) {
		this.properties = properties;
		this.connectionDetails = connectionDetails;
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
		KratosAdminProperties.Pool pool = this.properties.getPool();
		apply(property("pool.max-connections"), () -> builder.maxConnections(pool.getMaxConnections()));
		apply(property("pool.time-to-live"), () -> builder.connectionTimeToLive(pool.getTimeToLive()));
		apply(property("pool.acquire-timeout"), () -> builder.acquireTimeout(pool.getAcquireTimeout()));
		return builder;
	}

	private String connection(String name) {
		return (this.connectionDetails instanceof PropertiesKratosAdminConnectionDetails) ? property(name)
				: "the connection details of " + this.connectionDetails.getClass().getName();
	}

	private static String property(String name) {
		return "the property 'kratos.admin." + name + "'";
	}

	static void apply(String source, Runnable setting) {
		try {
			setting.run();
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidKratosAdminConfigurationException(source, ex);
		}
	}

}
