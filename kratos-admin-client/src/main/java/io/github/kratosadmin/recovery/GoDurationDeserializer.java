package io.github.kratosadmin.recovery;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;

/**
 * Reads a duration that {@link GoDurationSerializer} has written.
 */
class GoDurationDeserializer extends StdDeserializer<Duration> {

	GoDurationDeserializer() {
		super(Duration.class);
	}

	@Override
	public @Nullable Duration deserialize(JsonParser parser, DeserializationContext context) {
		if (parser.hasToken(JsonToken.VALUE_STRING)) {
			Duration duration = GoDurationSerializer.parse(parser.getString());
			if (duration != null) {
				return duration;
			}
		}
		return (Duration) context.handleUnexpectedToken(Duration.class, parser);
	}

}
