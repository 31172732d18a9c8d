package io.github.kratosadmin.test.embedded;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * A request to the admin API.
 *
 * @param method the HTTP method
 * @param uri the path and query
 * @param contentType the {@code Content-Type}
 * @param requestId the {@code X-Request-ID}
 * @param body the body, empty if there was none
 */
record AdminRequest(String method, URI uri, @Nullable String contentType, @Nullable String requestId, byte[] body) {

	/**
	 * The decoded path.
	 */
	String path() {
		return this.uri.getPath();
	}

	ReceivedRequest toReceivedRequest() {
		String query = this.uri.getRawQuery();
		return new ReceivedRequest(this.method, this.uri.getRawPath() + ((query != null) ? "?" + query : ""));
	}

	/**
	 * The first value of a query parameter, empty if there is none.
	 */
	String query(String name) {
		String query = this.uri.getRawQuery();
		if (query != null) {
			for (String pair : query.split("&")) {
				int equals = pair.indexOf('=');
				String key = (equals >= 0) ? pair.substring(0, equals) : pair;
				if (name.equals(decode(key))) {
					return (equals >= 0) ? decode(pair.substring(equals + 1)) : "";
				}
			}
		}
		return "";
	}

	private static String decode(String text) {
		try {
			return URLDecoder.decode(text, StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			// Go drops what it cannot decode.
			return "";
		}
	}

}
