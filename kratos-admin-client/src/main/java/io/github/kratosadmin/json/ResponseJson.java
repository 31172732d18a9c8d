package io.github.kratosadmin.json;

import io.github.kratosadmin.internal.json.JsonErrors;
import io.github.kratosadmin.internal.json.KratosJson;
import tools.jackson.core.JacksonException;

/**
 * Reads JSON of Kratos outside of a call, such as a recorded response in a test.
 */
public final class ResponseJson {

	private ResponseJson() {
	}

	/**
	 * Reads JSON as the client reads a response. Unknown fields are kept where the type
	 * has {@code additionalProperties}, and ignored elsewhere.
	 * @param <T> the type of the result
	 * @param json the body of the response
	 * @param type the type of the result, such as
	 * {@link io.github.kratosadmin.identity.Identity}
	 * @return the result
	 * @throws IllegalArgumentException if the JSON does not fit the type
	 */
	public static <T> T read(String json, Class<T> type) {
		T result;
		try {
			result = KratosJson.mapper().readValue(json, type);
		}
		catch (JacksonException ex) {
			throw new IllegalArgumentException(
					"The JSON cannot be read as " + type.getName() + ": " + JsonErrors.describe(ex), ex);
		}
		if (result == null) {
			throw new IllegalArgumentException("The JSON cannot be read as " + type.getName() + ": it is null");
		}
		return result;
	}

}
