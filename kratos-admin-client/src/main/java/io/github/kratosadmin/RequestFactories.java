package io.github.kratosadmin;

import java.net.http.HttpClient;
import java.time.Duration;

import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.util.ClassUtils;

/**
 * Makes the HTTP client: Apache HttpClient 5 where it is there, otherwise the JDK's.
 * Neither repeats a change, follows a redirect, keeps a cookie or uses a proxy. The JDK's
 * sends a {@code GET} once more if its connection is closed before the answer begins,
 * which cannot be switched off for a single client.
 */
final class RequestFactories {

	private static final boolean HTTP_COMPONENTS = ClassUtils
		.isPresent("org.apache.hc.client5.http.impl.classic.HttpClients", RequestFactories.class.getClassLoader());

	private RequestFactories() {
	}

	static ClientHttpRequestFactory create(Settings settings) {
		return HTTP_COMPONENTS ? HttpComponents.requestFactory(settings) : jdk(settings);
	}

	static ClientHttpRequestFactory jdk(Settings settings) {
		HttpClient client = HttpClient.newBuilder()
			.version(HttpClient.Version.HTTP_1_1)
			.followRedirects(HttpClient.Redirect.NEVER)
			// Otherwise http.proxyHost decides who gets the credentials.
			.proxy(HttpClient.Builder.NO_PROXY)
			.connectTimeout(settings.connectTimeout())
			.build();
		JdkClientHttpRequestFactory requestFactory = new JdkClientHttpRequestFactory(client);
		requestFactory.setReadTimeout(settings.readTimeout());
		requestFactory.enableCompression(false);
		return requestFactory;
	}

	record Settings(Duration connectTimeout, Duration readTimeout, int maxConnections, Duration connectionTimeToLive,
			Duration acquireTimeout) {

	}

}
