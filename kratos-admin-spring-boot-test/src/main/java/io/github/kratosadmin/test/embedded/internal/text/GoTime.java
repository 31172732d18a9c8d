package io.github.kratosadmin.test.embedded.internal.text;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parses times of RFC 3339 as Go does. Letters must be in upper case. There can be any
 * number of fractional digits, a comma before them, and an hour of one digit.
 */
public final class GoTime {

	/**
	 * The zero time of Go, for a missing time.
	 */
	public static final Instant ZERO = Instant.parse("0001-01-01T00:00:00Z");

	private static final String DATE = "(?<year>[0-9]{4})-(?<month>[0-9]{2})-(?<day>[0-9]{2})";

	private static final String TIME = "(?<hour>[0-9]{1,2}):(?<minute>[0-9]{2}):(?<second>[0-9]{2})(?:[.,][0-9]+)?"
			+ "(?:Z|[+-](?<offsetHour>[0-9]{2}):(?<offsetMinute>[0-9]{2}))";

	private static final Pattern DATE_PATTERN = Pattern.compile(DATE);

	private static final Pattern TIME_PATTERN = Pattern.compile(TIME);

	private static final Pattern DATE_TIME_PATTERN = Pattern.compile(DATE + "T" + TIME);

	private GoTime() {
	}

	public static boolean isDateTime(String value) {
		Matcher matcher = DATE_TIME_PATTERN.matcher(value);
		return matcher.matches() && hasDate(matcher) && hasTime(matcher);
	}

	public static boolean isDate(String value) {
		Matcher matcher = DATE_PATTERN.matcher(value);
		return matcher.matches() && hasDate(matcher);
	}

	public static boolean isTime(String value) {
		Matcher matcher = TIME_PATTERN.matcher(value);
		return matcher.matches() && hasTime(matcher);
	}

	private static boolean hasDate(Matcher matcher) {
		try {
			LocalDate.of(number(matcher, "year"), number(matcher, "month"), number(matcher, "day"));
			return true;
		}
		catch (DateTimeException ex) {
			return false;
		}
	}

	private static boolean hasTime(Matcher matcher) {
		return number(matcher, "hour") < 24 && number(matcher, "minute") < 60 && number(matcher, "second") < 60
				&& number(matcher, "offsetHour") <= 24 && number(matcher, "offsetMinute") <= 60;
	}

	private static int number(Matcher matcher, String group) {
		String digits = matcher.group(group);
		return (digits != null) ? Integer.parseInt(digits) : 0;
	}

}
