package io.github.kratosadmin;

import java.io.IOException;

import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;

/**
 * Apache HttpClient 5, in a class of its own because it may be missing.
 */
final class HttpComponents {

	private HttpComponents() {
	}

	static ClientHttpRequestFactory requestFactory(RequestFactories.Settings settings) {
		ConnectionConfig connections = ConnectionConfig.custom()
			.setConnectTimeout(Timeout.of(settings.connectTimeout()))
			.setSocketTimeout(Timeout.of(settings.readTimeout()))
			.setTimeToLive(TimeValue.of(settings.connectionTimeToLive()))
			.build();
		RequestConfig requests = RequestConfig.custom()
			.setConnectionRequestTimeout(Timeout.of(settings.acquireTimeout()))
			.setResponseTimeout(Timeout.of(settings.readTimeout()))
			// Otherwise plain HTTP requests ask to change to TLS, which proxies refuse.
			.setProtocolUpgradeEnabled(false)
			.build();
		// Otherwise headers may be as long as the sender likes.
		Http1Config heads = Http1Config.custom().setMaxLineLength(64 * 1024).setMaxHeaderCount(500).build();
		return new HttpComponentsClientHttpRequestFactory(HttpClientBuilder.create()
			.setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
				.setConnectionFactory(ManagedHttpClientConnectionFactory.builder().http1Config(heads).build())
				.setDefaultConnectionConfig(connections)
				.setMaxConnTotal(settings.maxConnections())
				.setMaxConnPerRoute(settings.maxConnections())
				.build())
			.setDefaultRequestConfig(requests)
			.disableAutomaticRetries()
			.disableRedirectHandling()
			.disableCookieManagement()
			.disableAuthCaching()
			.disableContentCompression()
			// After what waits for a connection: that has timeouts of its own.
			.addExecInterceptorAfter(ChainElement.CONNECT.name(), "bounded",
					(request, scope, chain) -> bounded(request, scope, chain, settings))
			.build());
	}

	private static ClassicHttpResponse bounded(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain,
			RequestFactories.Settings settings) throws IOException, HttpException {
		long start = System.nanoTime();
		ClassicHttpResponse response = chain.proceed(request, scope);
		HttpEntity entity = response.getEntity();
		if (entity != null) {
			response.setEntity(
					new BoundedEntity(entity, start, settings.readTimeout(), scope.execRuntime::discardEndpoint));
		}
		return response;
	}

}
