package io.github.kratosadmin;

import java.io.IOException;
import java.net.URI;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestFactory;

/**
 * Makes the HTTP client for the first request: its classes are a good part of what this
 * project would otherwise add to an application's start.
 */
final class LazyRequestFactory implements ClientHttpRequestFactory, DisposableBean {

	private final Supplier<ClientHttpRequestFactory> supplier;

	private volatile @Nullable ClientHttpRequestFactory requestFactory;

	private boolean destroyed;

	/**
	 * Creates a factory.
	 * @param supplier makes the HTTP client
	 */
	LazyRequestFactory(Supplier<ClientHttpRequestFactory> supplier) {
		this.supplier = supplier;
	}

	@Override
	public ClientHttpRequest createRequest(URI url, HttpMethod method) throws IOException {
		ClientHttpRequestFactory made = this.requestFactory;
		return ((made != null) ? made : make()).createRequest(url, method);
	}

	private synchronized ClientHttpRequestFactory make() {
		if (this.destroyed) {
			// What is made now would never be closed.
			throw new IllegalStateException("closed");
		}
		ClientHttpRequestFactory made = this.requestFactory;
		if (made == null) {
			made = this.supplier.get();
			this.requestFactory = made;
		}
		return made;
	}

	@Override
	public synchronized void destroy() throws Exception {
		this.destroyed = true;
		if (this.requestFactory instanceof DisposableBean disposable) {
			disposable.destroy();
		}
	}

}
