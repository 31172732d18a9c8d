package io.github.kratosadmin.internal.http;

import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.util.Collection;
import java.util.Map;

import feign.Request;
import feign.Response;
import io.github.kratosadmin.statistics.ConnectionStatistics;

/**
 * Sends a request at most once, without following redirects.
 */
public interface HttpSender extends Closeable {

	/**
	 * Sends a request.
	 * @param url the URL to use instead of that of the request
	 * @param headers the headers to use instead of those of the request; with
	 * {@code Connection: close}, the request gets a new connection
	 * @param request the method and the body
	 * @return the response, with a {@link ResponseBody} to close
	 */
	Response send(URI url, Map<String, Collection<String>> headers, Request request) throws IOException;

	/**
	 * The connections now, also after the sender is closed.
	 */
	ConnectionStatistics connections();

	@Override
	void close();

}
