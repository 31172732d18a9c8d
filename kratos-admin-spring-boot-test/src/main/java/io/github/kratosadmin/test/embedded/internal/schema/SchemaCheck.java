package io.github.kratosadmin.test.embedded.internal.schema;

import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.kratosadmin.test.embedded.KratosEra;
import tools.jackson.databind.JsonNode;

/**
 * Checks the requirements of Kratos for an identity schema. If a schema does not meet
 * them, Kratos does not start, or fails for every identity.
 */
final class SchemaCheck {

	private static final List<String> VERIFIED_FORMATS = List.of("email", "tel", "date", "time", "date-time",
			"no-validate");

	/** Keywords in which Kratos does not look for properties. */
	private static final List<String> ELSEWHERE = List.of("$ref", "allOf", "anyOf", "oneOf");

	private SchemaCheck() {
	}

	/**
	 * Checks a schema.
	 * @throws IllegalArgumentException if it does not meet the requirements of the era
	 */
	static void check(JsonNode schema, KratosEra era) {
		if (SchemaRules.checksSchemasAtStart(era)) {
			checkTraits(schema.at("/properties/traits"), era);
		}
		if (SchemaRules.checksSchemaExtensions(era)) {
			checkExtensions(schema, "#", SchemaRules.schemaExtension(era));
		}
	}

	private static void checkTraits(JsonNode traits, KratosEra era) {
		if (namesNone(traits)) {
			// Kratos requires a trait, but a test may not need one.
			return;
		}
		JsonNode properties = traits.path("properties");
		if (!properties.isObject() || properties.isEmpty()) {
			throw new IllegalArgumentException("#/properties/traits/properties must name the traits");
		}
		if (!traits.path("type").asString("object").equals("object") || traits.path("type").isContainer()) {
			throw new IllegalArgumentException("#/properties/traits/type must be object");
		}
		properties.forEachEntry((name, trait) -> {
			if (!trait.isObject()) {
				throw new IllegalArgumentException("#/properties/traits/properties/" + name + " must be an object");
			}
			String format = trait.path("format").asString("email");
			if (SchemaRules.verifiesByFormat(era) && trait.path(SchemaExtension.NAME).has("verification")
					&& !VERIFIED_FORMATS.contains(format)) {
				throw new IllegalArgumentException("the trait " + name + " is verified, so its format must be one of "
						+ String.join(", ", VERIFIED_FORMATS) + ", but is " + format);
			}
		});
	}

	private static boolean namesNone(JsonNode traits) {
		JsonNode properties = traits.path("properties");
		return traits.isMissingNode() || (traits.isObject() && properties.isEmpty()
				&& (properties.isMissingNode() || properties.isObject()) && ELSEWHERE.stream().noneMatch(traits::has));
	}

	/**
	 * Searches objects only, as Kratos does.
	 */
	private static void checkExtensions(JsonNode schema, String location, Map<String, Set<String>> allowed) {
		schema.propertyStream().forEach((property) -> {
			String inner = location + "/" + property.getKey();
			if (property.getKey().equals(SchemaExtension.NAME)) {
				checkExtension(property.getValue(), "", inner, allowed);
			}
			checkExtensions(property.getValue(), inner, allowed);
		});
	}

	private static void checkExtension(JsonNode value, String path, String location, Map<String, Set<String>> allowed) {
		Set<String> values = allowed.get(path);
		boolean fits = (values != null) ? values.contains(value.toString())
				: value.isObject() && allowed.keySet().stream().anyMatch((known) -> known.startsWith(path + "/"));
		if (!fits) {
			throw new IllegalArgumentException(location + path + " has an unsupported value: " + value);
		}
		if (values == null) {
			value.forEachEntry((name, field) -> checkExtension(field, path + "/" + name, location, allowed));
		}
	}

}
