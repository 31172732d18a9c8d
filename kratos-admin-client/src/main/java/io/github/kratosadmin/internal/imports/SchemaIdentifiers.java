package io.github.kratosadmin.internal.imports;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import tools.jackson.databind.JsonNode;

/**
 * Finds the traits that an identity signs in with. The identity schema marks them with
 * {@code "ory.sh/kratos": {"credentials": {"password": {"identifier": true}}}}.
 */
final class SchemaIdentifiers {

	/** Schemas may refer to themselves. */
	private static final int MAX_DEPTH = 50;

	private static final Pattern NO_DIGIT = Pattern.compile("\\D");

	private final JsonNode schema;

	private final Map<String, Set<String>> found = new LinkedHashMap<>();

	private SchemaIdentifiers(JsonNode schema) {
		this.schema = schema;
	}

	/**
	 * Returns the types of credentials by the identifiers in traits. Kratos stores a
	 * phone number without spaces and punctuation, and finds it only so. It is therefore
	 * returned in both forms.
	 */
	static Map<String, Set<String>> of(JsonNode schema, JsonNode traits) {
		SchemaIdentifiers identifiers = new SchemaIdentifiers(schema);
		identifiers.collect(schema.path("properties").path("traits"), traits, 0);
		return identifiers.found;
	}

	private void collect(JsonNode schema, JsonNode value, int depth) {
		if (depth > MAX_DEPTH || value.isMissingNode()) {
			return;
		}
		if (value.isString() && !value.stringValue().isBlank()) {
			add(schema.path("ory.sh/kratos").path("credentials"), value.stringValue());
		}
		String reference = schema.path("$ref").asString("");
		if (reference.startsWith("#/")) {
			collect(this.schema.at(reference.substring(1)), value, depth + 1);
		}
		for (String parts : new String[] { "allOf", "anyOf", "oneOf" }) {
			schema.path(parts).valueStream().forEach((part) -> collect(part, value, depth + 1));
		}
		schema.path("properties")
			.propertyStream()
			.forEach((property) -> collect(property.getValue(), value.path(property.getKey()), depth + 1));
		if (value.isArray()) {
			value.valueStream().forEach((item) -> collect(schema.path("items"), item, depth + 1));
		}
	}

	private void add(JsonNode types, String value) {
		types.propertyStream().filter((type) -> type.getValue().path("identifier").asBoolean(false)).forEach((type) -> {
			add(type.getKey(), value);
			if (value.startsWith("+") && "sms".equals(type.getValue().path("via").asString(""))) {
				add(type.getKey(), "+" + NO_DIGIT.matcher(value).replaceAll(""));
			}
		});
	}

	private void add(String type, String identifier) {
		this.found.computeIfAbsent(identifier, (any) -> new LinkedHashSet<>()).add(type);
	}

}
