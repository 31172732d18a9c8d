package io.github.kratosadmin.recovery;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * Writes a duration in the format of Kratos: a whole number of one unit, such as
 * {@code 90m}.
 */
class GoDurationSerializer extends StdSerializer<Duration> {

	/** Go counts nanoseconds in 64 bits. */
	private static final Duration MAX = Duration.ofNanos(Long.MAX_VALUE);

	private static final Pattern TEXT = Pattern.compile("(\\d{1,18})([a-z]{1,2})");

	private static final Map<String, Duration> UNITS = new LinkedHashMap<>();
	static {
		UNITS.put("h", Duration.ofHours(1));
		UNITS.put("m", Duration.ofMinutes(1));
		UNITS.put("s", Duration.ofSeconds(1));
		UNITS.put("ms", Duration.ofMillis(1));
		UNITS.put("us", Duration.ofNanos(1000));
		UNITS.put("ns", Duration.ofNanos(1));
	}

	GoDurationSerializer() {
		super(Duration.class);
	}

	static void check(Duration duration) {
		if (duration.isZero() || duration.isNegative() || duration.compareTo(MAX) > 0) {
			throw new IllegalArgumentException(
					"expiresIn must be positive and no longer than 292 years, but was " + duration);
		}
	}

	@Override
	public void serialize(Duration duration, JsonGenerator json, SerializationContext context) {
		json.writeString(format(duration));
	}

	static String format(Duration duration) {
		long nanos = duration.toNanos();
		return UNITS.entrySet()
			.stream()
			.filter((unit) -> nanos % unit.getValue().toNanos() == 0)
			.map((unit) -> nanos / unit.getValue().toNanos() + unit.getKey())
			.findFirst()
			.orElseThrow();
	}

	/**
	 * Parses a duration that was written.
	 * @return the duration, or {@code null} if the text is not a duration
	 */
	static @Nullable Duration parse(String text) {
		Matcher matcher = TEXT.matcher(text);
		Duration unit = matcher.matches() ? UNITS.get(matcher.group(2)) : null;
		return (unit != null) ? unit.multipliedBy(Long.parseLong(matcher.group(1))) : null;
	}

}
