package io.github.kratosadmin.internal.imports;

import java.util.LinkedHashSet;
import java.util.Set;

import tools.jackson.databind.JsonNode;

/**
 * Finds the traits that an identity signs in with. The identity schema marks them with
 * {@code "ory.sh/kratos": {"credentials": {"password": {"identifier": true}}}}.
 */
final class SchemaIdentifiers {

	/** Schemas may refer to themselves. */
	private static final int MAX_DEPTH = 50;

	private final JsonNode schema;

	private final Set<String> found = new LinkedHashSet<>();

	private SchemaIdentifiers(JsonNode schema) {
		this.schema = schema;
	}

	/**
	 * Returns the identifiers in traits.
	 */
	static Set<String> of(JsonNode schema, JsonNode traits) {
		SchemaIdentifiers identifiers = new SchemaIdentifiers(schema);
		identifiers.collect(schema.path("properties").path("traits"), traits, 0);
		return identifiers.found;
	}

	private void collect(JsonNode schema, JsonNode value, int depth) {
		if (depth > MAX_DEPTH || value.isMissingNode()) {
			return;
		}
		if (isIdentifier(schema) && value.isString() && !value.stringValue().isBlank()) {
			this.found.add(value.stringValue());
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

	private static boolean isIdentifier(JsonNode schema) {
		return schema.path("ory.sh/kratos")
			.path("credentials")
			.valueStream()
			.anyMatch((type) -> type.path("identifier").asBoolean(false));
	}

}
