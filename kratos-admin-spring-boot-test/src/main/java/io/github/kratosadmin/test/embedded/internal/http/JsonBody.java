package io.github.kratosadmin.test.embedded.internal.http;

import java.util.Locale;

/**
 * Decodes the body of a request after a check of its headers, as some operations of
 * Kratos do.
 */
public final class JsonBody {

	private JsonBody() {
	}

	/**
	 * Reads a body.
	 * @param struct the name of Go's struct, for messages
	 * @param request the request
	 * @param reader reads the fields
	 * @throws ErrorResponseException if there is no body, or it is not JSON, or a field
	 * has the wrong type
	 */
	public static <T> T read(String struct, AdminRequest request, Reader<T> reader) {
		if (request.body().length == 0) {
			throw ErrorResponseException
				.badRequest("Unable to decode HTTP Request Body because its HTTP Header \"Content-Length\" is zero.");
		}
		String contentType = (request.contentType() != null) ? request.contentType() : "";
		if (!contentType.split(";")[0].strip().toLowerCase(Locale.ROOT).equals("application/json")) {
			throw ErrorResponseException.badRequest("HTTP " + request.method() + " Request used unknown HTTP Header "
					+ "\"Content-Type: " + contentType + "\", only [application/json] are supported.");
		}
		try {
			return reader.read(BodyDecoder.decode(struct, request.body()));
		}
		catch (MalformedBodyException ex) {
			throw ErrorResponseException.badRequest("Unable to decode JSON payload: " + ex.text());
		}
	}

	/**
	 * Reads the fields of a body.
	 *
	 * @param <T> the type of the result
	 */
	public interface Reader<T> {

		T read(BodyDecoder body) throws MalformedBodyException;

	}

}
