package io.github.kratosadmin.internal.imports;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;

import org.jspecify.annotations.Nullable;

/**
 * How far the clock of the server is ahead of that of this application.
 *
 * @param min the minimum difference, negative if the server is behind
 * @param max the maximum difference
 * @param known whether the difference is known
 */
record ServerClock(Duration min, Duration max, boolean known) {

	private static final ServerClock UNKNOWN = new ServerClock(Duration.ofDays(-1), Duration.ofDays(1), false);

	/**
	 * Calculates the difference from the {@code Date} header of a response, in seconds.
	 * @param before the time before the request, by the clock of this application
	 * @param after the time after the response
	 * @param date the header, or {@code null} if there is none
	 */
	static ServerClock of(Instant before, Instant after, @Nullable String date) {
		if (date == null) {
			return UNKNOWN;
		}
		try {
			Instant second = DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from);
			return new ServerClock(Duration.between(after, second), Duration.between(before, second.plusSeconds(1)),
					true);
		}
		catch (DateTimeException ex) {
			return UNKNOWN;
		}
	}

}
