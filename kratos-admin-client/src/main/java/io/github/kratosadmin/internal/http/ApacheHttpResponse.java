package io.github.kratosadmin.internal.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.stream.Stream;

import io.github.kratosadmin.internal.httpclient.core5.http.ClassicHttpResponse;
import io.github.kratosadmin.internal.httpclient.core5.http.Header;
import io.github.kratosadmin.internal.httpclient.core5.http.HttpEntity;
import io.github.kratosadmin.internal.httpclient.core5.http.io.entity.EntityUtils;
import org.jspecify.annotations.Nullable;

/**
 * A response received by Apache HttpClient.
 */
class ApacheHttpResponse implements HttpResponse {

	private final ClassicHttpResponse response;

	private final @Nullable Runnable disconnect;

	/**
	 * Creates a response.
	 * @param response the response
	 * @param disconnect closes the connection, as long as the end of the body was not
	 * read
	 */
	ApacheHttpResponse(ClassicHttpResponse response, @Nullable Runnable disconnect) {
		this.response = response;
		this.disconnect = disconnect;
	}

	@Override
	public int status() {
		return this.response.getCode();
	}

	@Override
	public List<String> headers(String name) {
		Header[] headers = this.response.getHeaders(name);
		return (headers.length > 0) ? Stream.of(headers).map(Header::getValue).toList() : List.of();
	}

	@Override
	public InputStream body() throws IOException {
		HttpEntity entity = this.response.getEntity();
		return (entity != null) ? entity.getContent() : InputStream.nullInputStream();
	}

	@Override
	public void discardConnection() {
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
