package io.github.kratosadmin.test.embedded;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads and writes JSON.
 */
final class Json {

	private static final JsonMapper MAPPER = JsonMapper.builder()
		// Go reads one value and leaves what follows it.
		.disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
		.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
		.build();

	private Json() {
	}

	static ObjectNode object() {
		return MAPPER.createObjectNode();
	}

	static ArrayNode array() {
		return MAPPER.createArrayNode();
	}

	static JsonNode nothing() {
		return MAPPER.nullNode();
	}

	static JsonNode yes() {
		return MAPPER.getNodeFactory().booleanNode(true);
	}

	static JsonNode number(int number) {
		return MAPPER.getNodeFactory().numberNode(number);
	}

	static JsonNode text(String text) {
		return MAPPER.stringNode(text);
	}

	/**
	 * Reads the first JSON value; a missing node if there is none.
	 * @throws JacksonException if it is malformed
	 */
	static JsonNode read(byte[] json) {
		try (JsonParser parser = MAPPER.createParser(json)) {
			JsonNode node = parser.readValueAsTree();
			return (node != null) ? node : MAPPER.missingNode();
		}
	}

	/**
	 * Reads JSON that nothing follows; a missing node if there is none.
	 * @throws JacksonException if it is malformed
	 */
	static JsonNode readWhole(byte[] json) {
		return MAPPER.reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).readTree(json);
	}

	/**
	 * Reads JSON that the user of the Java API passed.
	 * @throws IllegalArgumentException if it is malformed or empty
	 */
	static JsonNode readArgument(String name, String json) {
		try {
			JsonNode node = MAPPER.readTree(json);
			if (node.isMissingNode()) {
				throw new IllegalArgumentException(name + " must be JSON but is empty");
			}
			return node;
		}
		catch (JacksonException ex) {
			throw new IllegalArgumentException(name + " must be JSON: " + ex.getOriginalMessage(), ex);
		}
	}

	static byte[] write(JsonNode node) {
		return MAPPER.writeValueAsBytes(node);
	}

	/**
	 * Reads a time as {@link #timestamp(Instant)} writes it.
	 * @param node what is to be one
	 * @param fallback the time if it is none, or Go's zero time
	 */
	static Instant instant(JsonNode node, Instant fallback) {
		try {
			Instant instant = OffsetDateTime.parse(node.asString("")).toInstant();
			return instant.equals(Credential.NEVER) ? fallback : instant;
		}
		catch (DateTimeParseException ex) {
			return fallback;
		}
	}

	/**
	 * RFC 3339 as Go writes it: no trailing zeros in the fraction.
	 */
	static String timestamp(Instant instant) {
		return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(instant.atOffset(ZoneOffset.UTC));
	}

}
