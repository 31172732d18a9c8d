package io.github.kratosadmin;

import java.time.Duration;
import java.util.function.Function;

import org.springframework.http.client.ClientHttpRequestFactory;

/**
 * The HTTP clients that there are to send with, for tests that must hold for each.
 */
enum HttpLibrary {

	HTTP_COMPONENTS(HttpComponents::requestFactory), JDK(RequestFactories::jdk);

	private final Function<RequestFactories.Settings, ClientHttpRequestFactory> requestFactory;

	HttpLibrary(Function<RequestFactories.Settings, ClientHttpRequestFactory> requestFactory) {
		this.requestFactory = requestFactory;
	}

	KratosAdmin connect(String baseUrl) {
		return build(builder(baseUrl));
	}

	KratosAdmin connect(String baseUrl, Duration readTimeout) {
		return build(builder(baseUrl).readTimeout(readTimeout));
	}

	KratosAdmin connect(String baseUrl, Duration readTimeout, Duration connectTimeout) {
		return build(builder(baseUrl).readTimeout(readTimeout).connectTimeout(connectTimeout));
	}

	KratosAdmin build(KratosAdminBuilder builder) {
		return builder.build(this.requestFactory);
	}

	ClientHttpRequestFactory requestFactory(RequestFactories.Settings settings) {
		return this.requestFactory.apply(settings);
	}

	private static KratosAdminBuilder builder(String baseUrl) {
		return KratosAdmin.builder().baseUrl(baseUrl).pathPrefix("").bearerToken("admin-token");
	}

}
