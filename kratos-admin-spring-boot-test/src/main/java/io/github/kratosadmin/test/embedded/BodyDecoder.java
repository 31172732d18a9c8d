package io.github.kratosadmin.test.embedded;

import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Decodes a request body as Go decodes JSON into a struct.
 */
final class BodyDecoder {

	private final String struct;

	private final JsonNode body;

	private BodyDecoder(String struct, JsonNode body) {
		this.struct = struct;
		this.body = body;
	}

	/**
	 * Decodes a body.
	 * @param struct the name of Go's struct, for messages
	 * @param body the body
	 * @return what reads the fields
	 * @throws MalformedBodyException if the body is no JSON object
	 */
	static BodyDecoder decode(String struct, byte[] body) throws MalformedBodyException {
		JsonNode node = parse(body);
		if (node.isMissingNode()) {
			throw new MalformedBodyException("EOF");
		}
		if (node.isNull()) {
			return new BodyDecoder(struct, Json.object());
		}
		if (!node.isObject()) {
			throw new MalformedBodyException(
					"json: cannot unmarshal " + kind(node) + " into Go value of type " + struct);
		}
		return new BodyDecoder(struct, node);
	}

	private static JsonNode parse(byte[] body) throws MalformedBodyException {
		try {
			return Json.read(body);
		}
		catch (UnexpectedEndOfInputException ex) {
			throw new MalformedBodyException("unexpected EOF");
		}
		catch (JacksonException ex) {
			throw new MalformedBodyException("invalid JSON: " + ex.getOriginalMessage());
		}
	}

	private static String kind(JsonNode node) {
		return switch (node.getNodeType()) {
			case ARRAY -> "array";
			case BOOLEAN -> "bool";
			case NUMBER -> "number";
			case STRING -> "string";
			default -> "object";
		};
	}

	/**
	 * Checks that there are no other fields.
	 * @throws MalformedBodyException if there is one
	 */
	BodyDecoder onlyFields(Set<String> fields) throws MalformedBodyException {
		for (String field : this.body.propertyNames()) {
			if (!fields.contains(field)) {
				throw new MalformedBodyException("json: unknown field \"" + field + "\"");
			}
		}
		return this;
	}

	/**
	 * Forgets all other fields.
	 */
	BodyDecoder keepFields(Set<String> fields) {
		ObjectNode kept = Json.object();
		this.body.forEachEntry((name, value) -> {
			if (fields.contains(name)) {
				kept.set(name, value);
			}
		});
		return new BodyDecoder(this.struct, kept);
	}

	/**
	 * Reads a string field, empty if it is absent.
	 * @throws MalformedBodyException if it is no string
	 */
	String string(String field) throws MalformedBodyException {
		JsonNode value = this.body.path(field);
		if (value.isMissingNode() || value.isNull()) {
			return "";
		}
		if (!value.isString()) {
			throw new MalformedBodyException("json: cannot unmarshal " + kind(value) + " into Go struct field "
					+ this.struct + "." + field + " of type string");
		}
		return value.asString();
	}

	/**
	 * Reads a field of any type.
	 */
	@Nullable JsonNode raw(String field) {
		return this.body.get(field);
	}

}
