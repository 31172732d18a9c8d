package io.github.kratosadmin.internal.http;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * Reads the time to wait before a retry from the headers of a response: {@code
 * Retry-After}, or the rate limit headers of Ory Network and gateways.
 */
public final class RetryAfter {

	/** A list of limits, each with the remaining requests and the time of its reset. */
	private static final String RATE_LIMIT = "RateLimit";

	private static final List<String> RESET = List.of("RateLimit-Reset", "X-RateLimit-Reset", "X-Rate-Limit-Reset");

	private static final List<String> REMAINING = List.of("RateLimit-Remaining", "X-RateLimit-Remaining",
			"X-Rate-Limit-Remaining");

	/** The headers that are read. */
	public static final List<String> HEADERS = Stream
		.of(List.of(HttpHeaders.RETRY_AFTER, HttpHeaders.DATE, RATE_LIMIT), RESET, REMAINING)
		.flatMap(List::stream)
		.toList();

	private static final int TOO_MANY_REQUESTS = 429;

	/** From this value on, a number is a time since 1970 rather than a duration. */
	private static final long FIRST_EPOCH_SECOND = 1_000_000_000;

	private static final long FIRST_EPOCH_MILLI = FIRST_EPOCH_SECOND * 100;

	private static final Pattern LEFT = Pattern.compile("\\b(?:r|remaining)=(\\d{1,9}(?:\\.\\d{1,9})?)");

	private static final Pattern SECONDS = Pattern.compile("\\b(?:t|reset)=(\\d{1,9}(?:\\.\\d{1,9})?)");

	private RetryAfter() {
	}

	/**
	 * Returns the time to wait, starting with the response.
	 * @param status the HTTP status of the response
	 * @param headers the headers of the response, by case-insensitive name
	 * @return the time to wait, or {@code null} if the response does not specify it
	 */
	public static @Nullable Duration of(int status, Map<String, Collection<String>> headers) {
		Instant now = first(headers, List.of(HttpHeaders.DATE), RetryAfter::date).orElseGet(Instant::now);
		// Other responses may describe a limit that is not reached.
		boolean limited = status == TOO_MANY_REQUESTS || first(headers, REMAINING, RetryAfter::number).orElse(0L) == 0;
		return first(headers, List.of(HttpHeaders.RETRY_AFTER), (value) -> retryAfter(value, now))
			.or(() -> first(headers, List.of(RATE_LIMIT), RetryAfter::longest))
			.or(() -> limited ? first(headers, RESET, (value) -> reset(value, now)) : Optional.empty())
			.orElse(null);
	}

	private static <T> Optional<T> first(Map<String, Collection<String>> headers, List<String> names,
			Function<String, Optional<T>> read) {
		return names.stream()
			.flatMap((name) -> headers.getOrDefault(name, List.of()).stream())
			.flatMap((value) -> read.apply(value.strip()).stream())
			.findFirst();
	}

	/**
	 * Parses a number and rounds it up: some gateways send fractions of a second.
	 */
	private static Optional<Long> number(String value) {
		return value.matches("\\d{1,15}(\\.\\d{1,9})?") ? Optional.of(roundedUp(value)) : Optional.empty();
	}

	private static long roundedUp(String number) {
		return new BigDecimal(number).setScale(0, RoundingMode.CEILING).longValueExact();
	}

	private static Optional<Instant> date(String value) {
		try {
			return Optional.of(ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
		}
		catch (DateTimeException ex) {
			return Optional.empty();
		}
	}

	private static Optional<Duration> retryAfter(String value, Instant now) {
		return number(value).filter((seconds) -> seconds < FIRST_EPOCH_SECOND)
			.map(Duration::ofSeconds)
			.or(() -> date(value).map((then) -> between(now, then)));
	}

	private static Optional<Duration> reset(String value, Instant now) {
		return number(value).map((number) -> {
			if (number < FIRST_EPOCH_SECOND) {
				return Duration.ofSeconds(number);
			}
			return between(now,
					(number < FIRST_EPOCH_MILLI) ? Instant.ofEpochSecond(number) : Instant.ofEpochMilli(number));
		}).or(() -> date(value).map((then) -> between(now, then)));
	}

	private static Duration between(Instant now, Instant then) {
		return then.isAfter(now) ? Duration.between(now, then) : Duration.ZERO;
	}

	/**
	 * Of the limits that are reached, returns the time until the last one is reset. The
	 * format is {@code "second";r=0;t=1, "minute";r=7;t=40}, or an older one with a
	 * single limit, {@code limit=10, remaining=0, reset=1}.
	 */
	private static Optional<Duration> longest(String value) {
		List<String> limits = value.contains("reset=") ? List.of(value) : List.of(value.split(","));
		return limits.stream()
			.filter((limit) -> LEFT.matcher(limit).results().allMatch((left) -> roundedUp(left.group(1)) == 0))
			.flatMap((limit) -> SECONDS.matcher(limit).results())
			.map((seconds) -> Duration.ofSeconds(roundedUp(seconds.group(1))))
			.max(Comparator.naturalOrder());
	}

}
