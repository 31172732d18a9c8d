package io.github.kratosadmin;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;

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
import io.github.kratosadmin.json.KratosJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;

import org.springframework.http.HttpHeaders;

/**
 * Makes exceptions of answers that tell of a failure. The status decides, whatever the
 * body says: Kratos up to 1.0 answers a malformed body with 400 and a {@code code} of
 * 500.
 */
final class Failures {

	/** Kratos 0.7 has been seen to send two JSON documents in one body. */
	private static final ObjectReader READER = KratosJson.mapper()
		.reader()
		.without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

	private Failures() {
	}

	static KratosException of(String operation, Response response, AnswerBody body) throws IOException {
		int status = response.status();
		KratosError error = error(body);
		return switch (status) {
			case 400 -> new KratosBadRequestException(operation, status, error);
			case 401 -> new KratosUnauthorizedException(operation, status, error);
			case 403 -> new KratosForbiddenException(operation, status, error);
			case 404 -> new KratosNotFoundException(operation, status, error);
			case 409 -> new KratosConflictException(operation, status, error);
			case 410 -> new KratosFlowExpiredException(operation, status, error);
			case 429 -> new KratosRateLimitedException(operation, status, error, retryAfter(response));
			default -> (status >= 500) ? new KratosServerException(operation, status, error, retryAfter(response))
					: new KratosException(operation, status, error);
		};
	}

	private static KratosError error(AnswerBody body) throws IOException {
		String text = body.readShortText();
		try {
			JsonNode error = READER.readTree(text).path("error");
			if (error.isObject()) {
				return READER.treeToValue(error, KratosError.class);
			}
		}
		catch (JacksonException | NumberFormatException ex) {
			// Not Kratos's: what it says is shown below.
		}
		return describe("the answer is not Kratos's" + body.excerpt());
	}

	static KratosError describe(String message) {
		return new KratosError(null, 0, null, null, message, null, null, null);
	}

	private static @Nullable Duration retryAfter(Response response) {
		Collection<String> values = response.headers().getOrDefault(HttpHeaders.RETRY_AFTER, List.of());
		for (String value : values) {
			try {
				return value.matches("\\d{1,9}") ? Duration.ofSeconds(Long.parseLong(value)) : until(value);
			}
			catch (DateTimeException ex) {
				// Neither seconds nor a date: the answer does not say when to come back.
			}
		}
		return null;
	}

	private static Duration until(String date) {
		Instant then = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
		Duration wait = Duration.between(Instant.now(), then);
		return wait.isNegative() ? Duration.ZERO : wait;
	}

}
