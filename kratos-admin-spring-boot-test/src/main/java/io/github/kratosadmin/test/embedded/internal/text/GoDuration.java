package io.github.kratosadmin.test.embedded.internal.text;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Durations in the notation of Go, such as {@code 1h30m}.
 */
public final class GoDuration {

	private static final Map<String, Long> NANOS = Map.of("ns", 1L, "us", 1_000L, "\u00b5s", 1_000L, "\u03bcs", 1_000L,
			"ms", 1_000_000L, "s", 1_000_000_000L, "m", 60_000_000_000L, "h", 3_600_000_000_000L);

	private static final Pattern PART = Pattern
		.compile("\\G(\\d++(?:\\.\\d*+)?|\\.\\d++)(ns|us|\u00b5s|\u03bcs|ms|s|m|h)");

	private GoDuration() {
	}

	/**
	 * Parses a duration.
	 * @return the duration, or null if the text is not one
	 */
	public static @Nullable Duration parse(String text) {
		boolean signed = text.startsWith("-") || text.startsWith("+");
		String size = signed ? text.substring(1) : text;
		if (size.equals("0")) {
			return Duration.ZERO;
		}
		BigDecimal total = BigDecimal.ZERO;
		Matcher part = PART.matcher(size);
		int end = 0;
		while (part.find()) {
			Long unit = NANOS.get(part.group(2));
			total = total.add(new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf((unit != null) ? unit : 0)));
			end = part.end();
		}
		if (end == 0 || end < size.length()) {
			return null;
		}
		if (total.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
			return null;
		}
		Duration duration = Duration.ofNanos(total.longValue());
		return text.startsWith("-") ? duration.negated() : duration;
	}

	/**
	 * Formats a duration as Go does, to the millisecond.
	 */
	public static String format(Duration duration) {
		Duration size = duration.abs();
		String sign = duration.isNegative() ? "-" : "";
		BigDecimal seconds = BigDecimal.valueOf(size.toSecondsPart() * 1000L + size.toMillisPart(), 3)
			.stripTrailingZeros();
		if (size.compareTo(Duration.ofSeconds(1)) < 0) {
			return size.isZero() ? "0s" : sign + size.toMillis() + "ms";
		}
		if (size.toMinutes() == 0) {
			return sign + seconds.toPlainString() + "s";
		}
		String minutes = size.toMinutesPart() + "m" + seconds.toPlainString() + "s";
		return sign + ((size.toHours() > 0) ? size.toHours() + "h" : "") + minutes;
	}

}
