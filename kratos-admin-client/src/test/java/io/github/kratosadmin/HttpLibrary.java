package io.github.kratosadmin;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;

import org.springframework.http.client.ClientHttpRequestFactory;

/**
 * The HTTP clients that there are to send with, for tests that must hold for each.
 */
enum HttpLibrary {

	HTTP_COMPONENTS(HttpComponents::requestFactory), JDK(RequestFactories::jdk);

	private static final RequestFactories.Settings SETTINGS = new RequestFactories.Settings(Duration.ofSeconds(2),
			Duration.ofSeconds(10), 50, Duration.ofMinutes(5), Duration.ofSeconds(2));

	private final Function<RequestFactories.Settings, ClientHttpRequestFactory> requestFactory;

	HttpLibrary(Function<RequestFactories.Settings, ClientHttpRequestFactory> requestFactory) {
		this.requestFactory = requestFactory;
	}

	KratosAdmin connect(String baseUrl) {
		return connect(baseUrl, SETTINGS.readTimeout());
	}

	KratosAdmin connect(String baseUrl, Duration readTimeout) {
		return connect(baseUrl, readTimeout, SETTINGS.connectTimeout());
	}

	KratosAdmin connect(String baseUrl, Duration readTimeout, Duration connectTimeout) {
		RequestFactories.Settings settings = new RequestFactories.Settings(connectTimeout, readTimeout,
				SETTINGS.maxConnections(), SETTINGS.connectionTimeToLive(), SETTINGS.acquireTimeout());
		Routes routes = new Routes(URI.create(baseUrl), null);
		return new FeignKratosAdmin(routes, new HttpTransport(this.requestFactory.apply(settings),
				new PrefixFinder(routes, ""), new AdminHeaders(Map.of(), () -> "admin-token")));
	}

}
