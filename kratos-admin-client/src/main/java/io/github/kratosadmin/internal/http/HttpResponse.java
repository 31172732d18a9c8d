package io.github.kratosadmin.internal.http;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * A response, whose body has not been read yet.
 */
public interface HttpResponse extends Closeable {

	int status();

	/**
	 * The values of a header.
	 * @param name its name in any case
	 * @return the values, empty if there is no such header
	 */
	List<String> headers(String name);

	/**
	 * The body, which can be read once.
	 */
	InputStream body() throws IOException;

	/**
	 * Closes the connection, rather than keeping it for another request. That is too late
	 * where the end of the body was read.
	 */
	void discardConnection();

	/**
	 * Gives the connection back.
	 */
	@Override
	void close();

}
