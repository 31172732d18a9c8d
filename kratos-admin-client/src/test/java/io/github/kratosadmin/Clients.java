package io.github.kratosadmin;

import java.time.Duration;

/**
 * Clients that need not find out a prefix, with a bearer token.
 */
final class Clients {

	private Clients() {
	}

	static KratosAdmin connect(String baseUrl) {
		return builder(baseUrl).build();
	}

	static KratosAdmin connect(String baseUrl, Duration readTimeout) {
		return builder(baseUrl).readTimeout(readTimeout).build();
	}

	static KratosAdmin connect(String baseUrl, Duration readTimeout, Duration connectTimeout) {
		return builder(baseUrl).readTimeout(readTimeout).connectTimeout(connectTimeout).build();
	}

	private static KratosAdminBuilder builder(String baseUrl) {
		return KratosAdmin.builder().baseUrl(baseUrl).pathPrefix("").bearerToken("admin-token");
	}

}
