package io.github.kratosadmin.internal.http;

import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.util.Collection;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Sends single requests, each at most once, and follows no redirect.
 */
public interface HttpSender extends Closeable {

	/**
	 * Sends a request.
	 * @param method the HTTP method
	 * @param url where it goes
	 * @param headers its headers; with {@code Connection: close} it is sent on a new
	 * connection
	 * @param body its body, or {@code null} for none
	 * @return the response, to be closed
	 */
	HttpResponse send(String method, URI url, Map<String, Collection<String>> headers, byte @Nullable [] body)
			throws IOException;

	@Override
	void close();

}
