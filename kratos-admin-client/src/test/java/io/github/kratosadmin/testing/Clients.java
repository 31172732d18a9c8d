package io.github.kratosadmin.testing;

import java.time.Duration;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.KratosAdminBuilder;

/**
 * Creates clients with a fixed path prefix and a bearer token.
 */
public final class Clients {

	private Clients() {
	}

	public static KratosAdmin connect(String baseUrl) {
		return builder(baseUrl).build();
	}

	public static KratosAdmin connect(String baseUrl, Duration readTimeout) {
		return builder(baseUrl).readTimeout(readTimeout).build();
	}

	public static KratosAdmin connect(String baseUrl, Duration readTimeout, Duration connectTimeout) {
		return builder(baseUrl).readTimeout(readTimeout).connectTimeout(connectTimeout).build();
	}

	private static KratosAdminBuilder builder(String baseUrl) {
		return KratosAdmin.builder().baseUrl(baseUrl).pathPrefix("").bearerToken("admin-token");
	}

}
