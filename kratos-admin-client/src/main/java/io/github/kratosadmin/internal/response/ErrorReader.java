package io.github.kratosadmin.internal.response;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;

import feign.Response;
import io.github.kratosadmin.error.KratosBadRequestException;
import io.github.kratosadmin.error.KratosConflictException;
import io.github.kratosadmin.error.KratosError;
import io.github.kratosadmin.error.KratosException;
import io.github.kratosadmin.error.KratosFlowExpiredException;
import io.github.kratosadmin.error.KratosForbiddenException;
import io.github.kratosadmin.error.KratosNotFoundException;
import io.github.kratosadmin.error.KratosRateLimitedException;
import io.github.kratosadmin.error.KratosServerException;
import io.github.kratosadmin.error.KratosUnauthorizedException;
import io.github.kratosadmin.internal.http.ResponseBody;
import io.github.kratosadmin.internal.http.RetryAfter;
import io.github.kratosadmin.internal.json.KratosJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;

/**
 * Turns error responses into exceptions. The HTTP status alone decides: Kratos up to 1.0
 * responds to a malformed body with status 400 and a {@code code} of 500.
 */
public final class ErrorReader {

	/** Kratos 0.7 may send two JSON documents in one body. */
	private static final ObjectReader READER = KratosJson.mapper()
		.reader()
		.without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

	private ErrorReader() {
	}

	public static KratosException read(String operation, Response response, ResponseBody body) throws IOException {
		int status = response.status();
		return exception(operation, status, error(response, body), RetryAfter.of(status, response.headers()));
	}

	public static KratosException exception(String operation, int status, KratosError error,
			@Nullable Duration retryAfter) {
		return switch (status) {
			case 400 -> new KratosBadRequestException(operation, status, error);
			case 401 -> new KratosUnauthorizedException(operation, status, error);
			case 403 -> new KratosForbiddenException(operation, status, error);
			case 404 -> new KratosNotFoundException(operation, status, error);
			case 409 -> new KratosConflictException(operation, status, error);
			case 410 -> new KratosFlowExpiredException(operation, status, error);
			case 429 -> new KratosRateLimitedException(operation, status, error, retryAfter);
			default -> (status >= 500) ? new KratosServerException(operation, status, error, retryAfter)
					: new KratosException(operation, status, error, retryAfter);
		};
	}

	private static KratosError error(Response response, ResponseBody body) throws IOException {
		String text = body.readShortText();
		try {
			JsonNode error = READER.readTree(text).path("error");
			if (error.isObject()) {
				return READER.treeToValue(error, KratosError.class);
			}
		}
		catch (JacksonException | NumberFormatException ex) {
			// Not from Kratos. The cause may quote secrets.
		}
		return error("the response is not from Kratos " + body.describe(response));
	}

	public static KratosError error(String message) {
		return new KratosError(null, 0, null, null, message, null, null, null, Map.of());
	}

}
