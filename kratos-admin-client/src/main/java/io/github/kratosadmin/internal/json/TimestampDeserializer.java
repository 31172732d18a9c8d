package io.github.kratosadmin.internal.json;

import java.time.DateTimeException;
import java.time.Instant;

import com.ethlo.time.ITU;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.ext.javatime.deser.InstantDeserializer;

/**
 * Reads RFC 3339 timestamps. Go's zero time means no time and is read as {@code null}.
 * Does not use the JDK's formatters, as Jackson does: they would take most of the time
 * needed to read a list.
 */
class TimestampDeserializer extends StdDeserializer<Instant> {

	private static final Instant GO_ZERO_TIME = Instant.parse("0001-01-01T00:00:00Z");

	TimestampDeserializer() {
		super(Instant.class);
	}

	@Override
	public @Nullable Instant deserialize(JsonParser parser, DeserializationContext context) {
		Instant instant = read(parser, context);
		return GO_ZERO_TIME.equals(instant) ? null : instant;
	}

	private static @Nullable Instant read(JsonParser parser, DeserializationContext context) {
		if (parser.hasToken(JsonToken.VALUE_STRING)) {
			try {
				return ITU.parseDateTime(parser.getString()).toInstant();
			}
			catch (DateTimeException ex) {
				// Jackson reads it, or reports the error.
			}
		}
		return InstantDeserializer.INSTANT.deserialize(parser, context);
	}

}
