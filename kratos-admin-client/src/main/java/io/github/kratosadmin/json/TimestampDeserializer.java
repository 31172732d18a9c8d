package io.github.kratosadmin.json;

import java.time.Instant;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.ext.javatime.deser.InstantDeserializer;

/**
 * Reads RFC 3339 timestamps. Go's zero time stands for "none" and reads as {@code null}.
 */
class TimestampDeserializer extends StdDeserializer<Instant> {

	private static final Instant GO_ZERO_TIME = Instant.parse("0001-01-01T00:00:00Z");

	TimestampDeserializer() {
		super(Instant.class);
	}

	@Override
	public @Nullable Instant deserialize(JsonParser parser, DeserializationContext context) {
		Instant instant = InstantDeserializer.INSTANT.deserialize(parser, context);
		return GO_ZERO_TIME.equals(instant) ? null : instant;
	}

}
