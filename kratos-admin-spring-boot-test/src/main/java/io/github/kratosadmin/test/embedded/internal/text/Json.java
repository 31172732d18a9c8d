package io.github.kratosadmin.test.embedded.internal.text;

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
public final class Json {

	private static final JsonMapper MAPPER = JsonMapper.builder()
		// Go reads one value and ignores the rest.
		.disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
		.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
		.build();

	private Json() {
	}

	public static ObjectNode object() {
		return MAPPER.createObjectNode();
	}

	public static ArrayNode array() {
		return MAPPER.createArrayNode();
	}

	public static JsonNode nothing() {
		return MAPPER.nullNode();
	}

	public static JsonNode yes() {
		return MAPPER.getNodeFactory().booleanNode(true);
	}

	public static JsonNode number(int number) {
		return MAPPER.getNodeFactory().numberNode(number);
	}

	public static JsonNode text(String text) {
		return MAPPER.stringNode(text);
	}

	/**
	 * Reads the first JSON value; the node is missing if there is none.
	 * @throws JacksonException if it is malformed
	 */
	public static JsonNode read(byte[] json) {
		try (JsonParser parser = MAPPER.createParser(json)) {
			JsonNode node = parser.readValueAsTree();
			return (node != null) ? node : MAPPER.missingNode();
		}
	}

	/**
	 * Reads JSON and refuses trailing content; the node is missing if there is none.
	 * @throws JacksonException if it is malformed
	 */
	public static JsonNode readWhole(byte[] json) {
		return MAPPER.reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).readTree(json);
	}

	/**
	 * Reads an argument of the Java API.
	 * @throws IllegalArgumentException if it is malformed or empty
	 */
	public static JsonNode readArgument(String name, String json) {
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

	public static byte[] write(JsonNode node) {
		return MAPPER.writeValueAsBytes(node);
	}

	/**
	 * Reads a time as {@link #timestamp(Instant)} writes it.
	 * @param node the node
	 * @param fallback the result if the node is not a time, or is the zero time of Go
	 */
	public static Instant instant(JsonNode node, Instant fallback) {
		try {
			Instant instant = OffsetDateTime.parse(node.asString("")).toInstant();
			return instant.equals(GoTime.ZERO) ? fallback : instant;
		}
		catch (DateTimeParseException ex) {
			return fallback;
		}
	}

	/**
	 * Formats a time by RFC 3339 as Go does, without trailing zeros in the fraction.
	 */
	public static String timestamp(Instant instant) {
		return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(instant.atOffset(ZoneOffset.UTC));
	}

}
