package io.github.kratosadmin;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

import javax.net.ssl.SSLParameters;

import io.github.kratosadmin.Calls.Call;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.util.ReflectionUtils;

/**
 * Makes requests with the JDK's HTTP client. Its timeout is for all of a request, so that
 * none is given more than what is left of its call.
 */
class JdkRequestFactory implements ClientHttpRequestFactory, DisposableBean {

	/** Since Java 21; before, what is idle closes by itself. */
	private static final @Nullable Method SHUTDOWN = ReflectionUtils.findMethod(HttpClient.class, "shutdownNow");

	private final RequestFactories.Settings settings;

	private @Nullable TlsSettings tls;

	private HttpClient client;

	JdkRequestFactory(RequestFactories.Settings settings) {
		this.settings = settings;
		Supplier<TlsSettings> tls = settings.tls();
		this.tls = (tls != null) ? tls.get() : null;
		this.client = client(settings, this.tls);
	}

	@Override
	public ClientHttpRequest createRequest(URI url, HttpMethod method) throws IOException {
		JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(client());
		requests.setReadTimeout(timeout());
		requests.enableCompression(false);
		ClientHttpRequest request = requests.createRequest(url, method);
		ProxyServer proxy = this.settings.proxy();
		if (proxy != null && proxy.credentials() != null) {
			request.getHeaders().set(HttpHeaders.PROXY_AUTHORIZATION, proxy.credentials().header());
		}
		return request;
	}

	private Duration timeout() throws IOException {
		Call call = this.settings.calls().current();
		Duration left = (call != null) ? call.timeLeft() : this.settings.readTimeout();
		if (left.toMillis() == 0) {
			throw new SocketTimeoutException("The call has no time left");
		}
		// A millisecond more than is left, so that it is the call that ends.
		return (left.compareTo(this.settings.readTimeout()) < 0) ? left.plusMillis(1) : this.settings.readTimeout();
	}

	/**
	 * The client, a new one if the TLS settings have changed: it cannot change its own.
	 * Calls that are under way keep the old one.
	 */
	private synchronized HttpClient client() {
		Supplier<TlsSettings> tls = this.settings.tls();
		TlsSettings now = (tls != null) ? tls.get() : null;
		if (now != this.tls) {
			this.client = client(this.settings, now);
			this.tls = now;
		}
		return this.client;
	}

	private static HttpClient client(RequestFactories.Settings settings, @Nullable TlsSettings tls) {
		HttpClient.Builder builder = HttpClient.newBuilder()
			.version(HttpClient.Version.HTTP_1_1)
			.followRedirects(HttpClient.Redirect.NEVER)
			.connectTimeout(settings.connectTimeout());
		ProxyServer proxy = settings.proxy();
		// Otherwise http.proxyHost decides who gets the credentials.
		builder.proxy((proxy != null) ? ProxySelector.of(new InetSocketAddress(proxy.host(), proxy.port()))
				: HttpClient.Builder.NO_PROXY);
		if (tls != null) {
			builder.sslContext(tls.context()).sslParameters(parameters(tls));
		}
		return builder.build();
	}

	private static SSLParameters parameters(TlsSettings tls) {
		SSLParameters parameters = tls.context().getDefaultSSLParameters();
		List<String> protocols = tls.protocols();
		if (protocols != null) {
			parameters.setProtocols(protocols.toArray(String[]::new));
		}
		List<String> ciphers = tls.ciphers();
		if (ciphers != null) {
			parameters.setCipherSuites(ciphers.toArray(String[]::new));
		}
		return parameters;
	}

	@Override
	public synchronized void destroy() {
		if (SHUTDOWN != null) {
			ReflectionUtils.invokeMethod(SHUTDOWN, this.client);
		}
	}

}
