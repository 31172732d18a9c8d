package io.github.kratosadmin;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

import io.github.kratosadmin.internal.httpclient.core5.http.ClassicHttpResponse;
import io.github.kratosadmin.internal.httpclient.core5.http.Header;
import io.github.kratosadmin.internal.httpclient.core5.http.HttpEntity;
import io.github.kratosadmin.internal.httpclient.core5.http.io.entity.EntityUtils;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpResponse;

/**
 * A response of Apache HttpClient.
 */
class HttpComponentsResponse implements ClientHttpResponse {

	private final ClassicHttpResponse response;

	private final @Nullable Runnable disconnect;

	private @Nullable HttpHeaders headers;

	/**
	 * Creates a response.
	 * @param response the response
	 * @param disconnect closes the connection, as long as the end of the body was not
	 * read
	 */
	HttpComponentsResponse(ClassicHttpResponse response, @Nullable Runnable disconnect) {
		this.response = response;
		this.disconnect = disconnect;
	}

	@Override
	public HttpStatusCode getStatusCode() {
		return HttpStatusCode.valueOf(this.response.getCode());
	}

	@Override
	public String getStatusText() {
		return Objects.requireNonNullElse(this.response.getReasonPhrase(), "");
	}

	@Override
	public HttpHeaders getHeaders() {
		HttpHeaders headers = this.headers;
		if (headers == null) {
			headers = new HttpHeaders();
			for (Header header : this.response.getHeaders()) {
				headers.add(header.getName(), header.getValue());
			}
			this.headers = headers;
		}
		return headers;
	}

	@Override
	public InputStream getBody() throws IOException {
		HttpEntity entity = this.response.getEntity();
		return (entity != null) ? entity.getContent() : InputStream.nullInputStream();
	}

	/**
	 * Closes the connection, rather than keeping it for another request.
	 */
	void discardConnection() {
		if (this.disconnect != null) {
			this.disconnect.run();
		}
	}

	@Override
	public void close() {
		try (ClassicHttpResponse response = this.response) {
			EntityUtils.consume(response.getEntity());
		}
		catch (IOException ex) {
			// The connection is closed then, and what was read stays read.
		}
	}

}
