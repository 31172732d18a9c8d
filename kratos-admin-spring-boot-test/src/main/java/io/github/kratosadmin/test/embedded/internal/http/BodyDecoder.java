package io.github.kratosadmin.test.embedded.internal.http;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.kratosadmin.test.embedded.internal.text.GoTime;
import io.github.kratosadmin.test.embedded.internal.text.Ids;
import io.github.kratosadmin.test.embedded.internal.text.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Decodes a request body as Go decodes JSON into a struct.
 */
public final class BodyDecoder {

	private static final Pattern BASE64 = Pattern
		.compile("(?:[A-Za-z0-9+/]{4})*+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?");

	private static final Pattern BASE64_PREFIX = Pattern.compile("[A-Za-z0-9+/]*+");

	private final String struct;

	/**
	 * The path of the struct in the body, with a dot at the end; empty for the whole
	 * body.
	 */
	private final String path;

	private final JsonNode body;

	private final boolean strict;

	private BodyDecoder(String struct, String path, JsonNode body, boolean strict) {
		this.struct = struct;
		this.path = path;
		this.body = body;
		this.strict = strict;
	}

	/**
	 * Decodes a body.
	 * @param struct the name of Go's struct, for messages
	 * @param body the body
	 * @return a decoder for the fields
	 * @throws MalformedBodyException if the body is not a JSON object
	 */
	public static BodyDecoder decode(String struct, byte[] body) throws MalformedBodyException {
		return decode(struct, "identity", body);
	}

	/**
	 * Decodes a body.
	 * @param struct the name of Go's struct, for messages
	 * @param goPackage the name of Go's package of the struct, for messages
	 * @param body the body
	 * @return a decoder for the fields
	 * @throws MalformedBodyException if the body is not a JSON object
	 */
	public static BodyDecoder decode(String struct, String goPackage, byte[] body) throws MalformedBodyException {
		JsonNode node = parse(body);
		if (node.isMissingNode()) {
			throw new MalformedBodyException("EOF");
		}
		if (node.isNull()) {
			return new BodyDecoder(struct, "", Json.object(), false);
		}
		if (!node.isObject()) {
			throw new MalformedBodyException("json: cannot unmarshal " + kind(node) + " into Go value of type "
					+ (struct.contains(".") ? struct : goPackage + "." + struct));
		}
		return new BodyDecoder(struct, "", node, false);
	}

	/**
	 * Decodes a JSON object.
	 * @param struct the name of Go's struct, for messages
	 * @param object the object
	 */
	public static BodyDecoder of(String struct, ObjectNode object) {
		return new BodyDecoder(struct, "", object, false);
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

	public static String kind(JsonNode node) {
		return switch (node.getNodeType()) {
			case ARRAY -> "array";
			case BOOLEAN -> "bool";
			case NUMBER -> "number";
			case STRING -> "string";
			default -> "object";
		};
	}

	/**
	 * Refuses unknown fields, here and in nested structs.
	 * @throws MalformedBodyException if there is an unknown field
	 */
	public BodyDecoder onlyFields(Set<String> fields) throws MalformedBodyException {
		for (String field : this.body.propertyNames()) {
			if (!fields.contains(field)) {
				throw new MalformedBodyException("json: unknown field \"" + field + "\"");
			}
		}
		return new BodyDecoder(this.struct, this.path, this.body, true);
	}

	/**
	 * Drops unknown fields.
	 */
	public BodyDecoder keepFields(Set<String> fields) {
		ObjectNode kept = Json.object();
		this.body.forEachEntry((name, value) -> {
			if (fields.contains(name)) {
				kept.set(name, value);
			}
		});
		return new BodyDecoder(this.struct, this.path, kept, false);
	}

	/**
	 * Reads a string field, empty if it is absent.
	 * @throws MalformedBodyException if it is not a string
	 */
	public String string(String field) throws MalformedBodyException {
		return string(field, "string");
	}

	/**
	 * Reads a string field of a named type, empty if it is absent.
	 * @throws MalformedBodyException if it is not a string
	 */
	public String string(String field, String type) throws MalformedBodyException {
		JsonNode value = this.body.path(field);
		if (isAbsent(value)) {
			return "";
		}
		if (!value.isString()) {
			throw mismatch(value, field, type);
		}
		return value.asString();
	}

	/**
	 * Reads a boolean field, false if it is absent.
	 * @throws MalformedBodyException if it is not a boolean
	 */
	public boolean bool(String field) throws MalformedBodyException {
		JsonNode value = this.body.path(field);
		if (isAbsent(value)) {
			return false;
		}
		if (!value.isBoolean()) {
			throw mismatch(value, field, "bool");
		}
		return value.asBoolean();
	}

	/**
	 * Reads an integer field, 0 if it is absent.
	 * @param field the field
	 * @param type the name of Go's type, for messages
	 * @param min the least value of the type
	 * @param max the greatest value of the type
	 * @throws MalformedBodyException if it is not an integer of the type
	 */
	public long integer(String field, String type, long min, long max) throws MalformedBodyException {
		JsonNode value = this.body.path(field);
		if (isAbsent(value)) {
			return 0;
		}
		if (!value.isNumber()) {
			throw mismatch(value, field, type);
		}
		if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < min
				|| value.longValue() > max) {
			throw mismatch("number " + value, field, type);
		}
		return value.longValue();
	}

	/**
	 * Reads a field that is an array of strings, empty if it is absent. A null element
	 * counts as an empty string.
	 * @param field the field
	 * @param type the name of Go's type of the elements, for messages
	 * @throws MalformedBodyException if it is not an array of strings
	 */
	public List<String> strings(String field, String type) throws MalformedBodyException {
		List<String> strings = new ArrayList<>();
		JsonNode value = this.body.path(field);
		if (!isAbsent(value) && !value.isArray()) {
			throw mismatch(value, field, "[]" + type);
		}
		for (JsonNode element : value) {
			if (!element.isString() && !element.isNull()) {
				throw mismatch(element, field, type);
			}
			strings.add(element.asString(""));
		}
		return strings;
	}

	/**
	 * Reads a field with binary data, in base 64 or as an array of numbers.
	 * @return a string in base 64, or null if it is absent
	 * @throws MalformedBodyException if it is neither
	 */
	public JsonNode bytes(String field) throws MalformedBodyException {
		JsonNode value = this.body.path(field);
		if (isAbsent(value)) {
			return Json.nothing();
		}
		if (value.isString()) {
			String text = value.asString();
			if (!BASE64.matcher(text).matches()) {
				Matcher prefix = BASE64_PREFIX.matcher(text);
				throw new MalformedBodyException(
						"illegal base64 data at input byte " + (prefix.lookingAt() ? prefix.end() : 0));
			}
			return value;
		}
		if (!value.isArray()) {
			throw mismatch(value, field, "[]uint8");
		}
		byte[] bytes = new byte[value.size()];
		for (int i = 0; i < bytes.length; i++) {
			bytes[i] = toByte(value.path(i), field);
		}
		return Json.text(Base64.getEncoder().encodeToString(bytes));
	}

	private byte toByte(JsonNode element, String field) throws MalformedBodyException {
		if (!element.isNumber()) {
			throw mismatch(element, field, "uint8");
		}
		if (!element.isIntegralNumber() || !element.canConvertToInt() || element.intValue() < 0
				|| element.intValue() > 255) {
			throw mismatch("number " + element, field, "uint8");
		}
		return (byte) element.intValue();
	}

	/**
	 * Checks that a field, if present, is a time.
	 * @throws MalformedBodyException if it is not a time
	 */
	public void checkTime(String field) throws MalformedBodyException {
		JsonNode value = this.body.path(field);
		if (isAbsent(value)) {
			return;
		}
		if (!value.isString()) {
			throw new MalformedBodyException("Time.UnmarshalJSON: input is not a JSON string");
		}
		if (!GoTime.isDateTime(value.asString())) {
			throw new MalformedBodyException("parsing time \"" + value.asString()
					+ "\" as \"2006-01-02T15:04:05Z07:00\": cannot parse \"" + value.asString() + "\" as \"2006\"");
		}
	}

	/**
	 * Reads an id.
	 * @return the id, or null if it is absent
	 * @throws MalformedBodyException if it is not a UUID
	 */
	public @Nullable String uuid(String field) throws MalformedBodyException {
		JsonNode value = this.body.path(field);
		if (isAbsent(value)) {
			return null;
		}
		String text = string(field);
		String id = Ids.parse(text);
		if (id == null) {
			throw new MalformedBodyException(Ids.problem(text));
		}
		return id;
	}

	/**
	 * Reads a field that is a struct.
	 * @param field the field
	 * @param struct the name of Go's struct, for messages
	 * @param fields its fields
	 * @return a decoder for them, or null if it is absent
	 * @throws MalformedBodyException if it is not an object
	 */
	public @Nullable BodyDecoder object(String field, String struct, Set<String> fields) throws MalformedBodyException {
		JsonNode value = this.body.path(field);
		return isAbsent(value) ? null : nested(value, field, struct, "identity." + struct, fields);
	}

	/**
	 * Reads a field that is an array of structs. A null element counts as an empty
	 * struct.
	 * @param field the field
	 * @param struct the name of Go's struct, for messages
	 * @param fields its fields
	 * @return decoders for them, empty if it is absent
	 * @throws MalformedBodyException if it is not an array of objects
	 */
	public List<BodyDecoder> objects(String field, String struct, Set<String> fields) throws MalformedBodyException {
		return objects(field, struct, "[]identity." + struct, fields);
	}

	/**
	 * Reads a field that is an array of structs with a type of its own.
	 * @param field the field
	 * @param struct the name of Go's struct, for messages
	 * @param type the name of Go's type of the array, for messages
	 * @param fields its fields
	 * @return decoders for them, empty if it is absent
	 * @throws MalformedBodyException if it is not an array of objects
	 */
	public List<BodyDecoder> objects(String field, String struct, String type, Set<String> fields)
			throws MalformedBodyException {
		List<BodyDecoder> objects = new ArrayList<>();
		JsonNode value = this.body.path(field);
		if (isAbsent(value)) {
			return objects;
		}
		if (!value.isArray()) {
			throw mismatch(value, field, type);
		}
		for (JsonNode element : value) {
			objects
				.add(nested(element.isNull() ? Json.object() : element, field, struct, "identity." + struct, fields));
		}
		return objects;
	}

	private BodyDecoder nested(JsonNode value, String field, String struct, String type, Set<String> fields)
			throws MalformedBodyException {
		if (!value.isObject()) {
			throw mismatch(value, field, type);
		}
		BodyDecoder nested = new BodyDecoder(struct, this.path + field + ".", value, this.strict);
		return this.strict ? nested.onlyFields(fields) : nested.keepFields(fields);
	}

	private static boolean isAbsent(JsonNode value) {
		return value.isMissingNode() || value.isNull();
	}

	private MalformedBodyException mismatch(JsonNode value, String field, String type) {
		return mismatch(kind(value), field, type);
	}

	private MalformedBodyException mismatch(String value, String field, String type) {
		return new MalformedBodyException("json: cannot unmarshal " + value + " into Go struct field " + this.struct
				+ "." + this.path + field + " of type " + type);
	}

	/**
	 * The whole struct.
	 */
	public JsonNode node() {
		return this.body;
	}

	/**
	 * Reads a field of any type.
	 */
	public @Nullable JsonNode raw(String field) {
		return this.body.get(field);
	}

}
