package io.github.kratosadmin;

import java.time.Duration;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.util.ClassUtils;

/**
 * Makes the HTTP client: Apache HttpClient 5 where it is there, otherwise the JDK's.
 * Neither repeats a change, follows a redirect, keeps a cookie or uses a proxy that it
 * was not given. The JDK's sends a {@code GET} once more if its connection is closed
 * before the answer begins, which cannot be switched off for a single client.
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
		return new JdkRequestFactory(settings);
	}

	/**
	 * What an HTTP client is made with.
	 *
	 * @param connectTimeout how long to wait for a connection to be made
	 * @param readTimeout how long to wait for an answer
	 * @param maxConnections how many connections there are at most
	 * @param connectionTimeToLive how long a connection is used at most
	 * @param acquireTimeout how long to wait for a connection to be free
	 * @param tls asked for each connection, or {@code null} for the JDK's defaults
	 * @param proxy the proxy, or {@code null} for none
	 * @param calls the calls that the requests are made for
	 */
	record Settings(Duration connectTimeout, Duration readTimeout, int maxConnections, Duration connectionTimeToLive,
			Duration acquireTimeout, @Nullable Supplier<TlsSettings> tls, @Nullable ProxyServer proxy, Calls calls) {

	}

}
