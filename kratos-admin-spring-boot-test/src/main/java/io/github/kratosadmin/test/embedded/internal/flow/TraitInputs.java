package io.github.kratosadmin.test.embedded.internal.flow;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import io.github.kratosadmin.test.embedded.KratosEra;
import io.github.kratosadmin.test.embedded.internal.text.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/**
 * Creates the inputs of a form for the traits of an identity schema.
 */
final class TraitInputs {

	private static final List<String> BRANCHES = List.of("not", "if", "then", "else");

	private static final List<String> BRANCH_LISTS = List.of("allOf", "anyOf", "oneOf");

	/**
	 * The value of {@code autocomplete}, by the format of the trait.
	 */
	private static final Map<String, String> COMPLETED = Map.of("email", "email", "uri", "url");

	private final JsonNode schema;

	private final TreeMap<String, Trait> paths = new TreeMap<>();

	private TraitInputs(JsonNode schema) {
		this.schema = schema;
	}

	/**
	 * Creates the inputs for the traits of a schema, ordered by name.
	 * @param schema the schema
	 * @param group the group of the inputs
	 * @param era the era
	 * @throws IllegalArgumentException if the schema refers to itself
	 */
	static List<FormNode> inputs(JsonNode schema, String group, KratosEra era) {
		return collect(schema).entrySet()
			.stream()
			.map((path) -> path.getValue().toInput(era, group, path.getKey()))
			.toList();
	}

	/**
	 * The label of the input for the identifier. It is the title of the trait if a single
	 * trait is an identifier.
	 */
	static FormText identifierLabel(JsonNode schema, KratosEra era) {
		List<Map.Entry<String, Trait>> identifiers = collect(schema).entrySet()
			.stream()
			.filter((path) -> path.getValue().isIdentifier())
			.toList();
		FormText label = (identifiers.size() == 1)
				? identifiers.get(0).getValue().label(era, identifiers.get(0).getKey()) : null;
		return (label != null) ? label : FormText.ID;
	}

	private static Map<String, Trait> collect(JsonNode schema) {
		TraitInputs paths = new TraitInputs(schema);
		paths.collect(schema, "", false, Collections.newSetFromMap(new IdentityHashMap<>()));
		return paths.paths;
	}

	/**
	 * The names of the properties in the order of the schema, for sorting inputs.
	 */
	static List<String> keysInOrder(JsonNode schema) {
		List<String> keys = new ArrayList<>();
		collectKeys(schema, "", keys);
		return keys;
	}

	private static void collectKeys(JsonNode schema, String path, List<String> keys) {
		if (!schema.path("type").asString("").equals("object")) {
			keys.add(path);
			return;
		}
		schema.path("properties")
			.forEachEntry((name, property) -> collectKeys(property, join(path, name.replace(".", "\\.")), keys));
	}

	private void collect(JsonNode schema, String path, boolean required, Set<JsonNode> ancestors) {
		if (!ancestors.add(schema)) {
			throw new IllegalArgumentException("detected circular dependency in schema path: " + path);
		}
		if (!path.isEmpty() && isInput(schema)) {
			this.paths.merge(path, new Trait(schema, required),
					(first, next) -> first.schema.has("default") ? first : next);
		}
		JsonNode referenced = resolve(schema);
		if (referenced != null) {
			collect(referenced, path, required, ancestors);
		}
		for (String branch : BRANCHES) {
			if (schema.path(branch).isObject()) {
				collect(schema.path(branch), path, required, ancestors);
			}
		}
		for (String list : BRANCH_LISTS) {
			schema.path(list).forEach((branch) -> collect(branch, path, required, ancestors));
		}
		schema.path("properties")
			.forEachEntry((name, property) -> collect(property, join(path, name), isRequired(schema, name), ancestors));
		ancestors.remove(schema);
	}

	private @Nullable JsonNode resolve(JsonNode schema) {
		String reference = schema.path("$ref").asString("");
		if (!reference.startsWith("#")) {
			return null;
		}
		JsonNode referenced = this.schema.at(JsonPointer.compile(reference.substring(1)));
		return referenced.isMissingNode() ? null : referenced;
	}

	/**
	 * Objects, and arrays of objects or arrays, have no input.
	 */
	private boolean isInput(JsonNode schema) {
		if (schema.has("const")) {
			return schema.path("const").isValueNode() && !schema.path("const").isNull();
		}
		return switch (type(schema)) {
			case "object" -> false;
			case "array" -> isInputList(schema.path("items"));
			case "", "null" -> schema.has("default") && schema.path("type").size() <= 2;
			default -> true;
		};
	}

	private boolean isInputList(JsonNode items) {
		JsonNode referenced = resolve(items);
		String type = type((referenced != null) ? referenced : items);
		return !type.equals("object") && !type.equals("array");
	}

	/**
	 * The type of a schema, empty if it has none or several.
	 */
	private static String type(JsonNode schema) {
		JsonNode type = schema.path("type");
		return (type.size() == 1) ? type.path(0).asString("") : type.asString("");
	}

	private static boolean isRequired(JsonNode schema, String property) {
		for (JsonNode required : schema.path("required")) {
			if (required.asString("").equals(property)) {
				return true;
			}
		}
		return false;
	}

	private static String inputType(JsonNode schema) {
		return switch (schema.path("format").asString("")) {
			case "date-time" -> "datetime-local";
			case "email" -> "email";
			case "date" -> "date";
			case "uri" -> "url";
			case "regex" -> "text";
			default -> inputTypeOfValue(schema);
		};
	}

	private static String inputTypeOfValue(JsonNode schema) {
		JsonNode constant = schema.path("const");
		String type = type(schema);
		if (constant.isNumber() || type.equals("number") || type.equals("integer")) {
			return "number";
		}
		return (constant.isBoolean() || type.equals("boolean")) ? "checkbox" : "text";
	}

	private static String join(String path, String name) {
		return path.isEmpty() ? name : path + "." + name;
	}

	/**
	 * A trait with an input.
	 *
	 * @param schema its schema
	 * @param required whether it is required
	 */
	private record Trait(JsonNode schema, boolean required) {

		boolean isIdentifier() {
			return this.schema.path("ory.sh/kratos").at("/credentials/password/identifier").asBoolean(false);
		}

		FormNode toInput(KratosEra era, String group, String name) {
			FormNode input = FormNode.input(group, name, inputType(this.schema)).labelled(label(era, name));
			if (this.required && FormRules.marksRequiredTraits(era)) {
				input = input.required();
			}
			String completed = COMPLETED.get(this.schema.path("format").asString(""));
			if (completed != null) {
				input = input.completedAs(era, completed);
			}
			String pattern = this.schema.path("pattern").asString("");
			return pattern.isEmpty() ? input : input.with("pattern", Json.text(pattern));
		}

		@Nullable FormText label(KratosEra era, String name) {
			String title = this.schema.path("title").asString("");
			return title.isEmpty() ? null : FormText.trait(era, name, title);
		}

	}

}
