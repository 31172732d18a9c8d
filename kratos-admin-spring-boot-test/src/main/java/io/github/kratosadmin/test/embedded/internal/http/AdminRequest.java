package io.github.kratosadmin.test.embedded.internal.http;

import java.net.URI;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A request to either port.
 *
 * @param method the HTTP method
 * @param uri the path and query as sent
 * @param path the path as sent, but without the prefix of the admin API once the port has
 * removed it
 * @param parameters the values of the parameters in the path, once the route is known
 * @param contentType the {@code Content-Type}
 * @param requestId the {@code X-Request-ID}
 * @param sessionToken the {@code X-Session-Token}, or else the bearer token
 * @param body the body, empty if there was none
 */
public record AdminRequest(String method, URI uri, String path, List<String> parameters, @Nullable String contentType,
		@Nullable String requestId, @Nullable String sessionToken, byte[] body) {

	AdminRequest withPath(String path) {
		return new AdminRequest(this.method, this.uri, path, this.parameters, this.contentType, this.requestId,
				this.sessionToken, this.body);
	}

	AdminRequest withParameters(List<String> parameters) {
		return new AdminRequest(this.method, this.uri, this.path, parameters, this.contentType, this.requestId,
				this.sessionToken, this.body);
	}

	public Query query() {
		return Query.parse(this.uri.getRawQuery());
	}

	/**
	 * The path and query as sent.
	 */
	public String target() {
		String query = this.uri.getRawQuery();
		return this.uri.getRawPath() + ((query != null) ? "?" + query : "");
	}

}
