package io.github.kratosadmin.test.embedded;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/**
 * The paths of an identity schema that become inputs of a form.
 */
final class SchemaPaths {

	private static final List<String> BRANCHES = List.of("not", "if", "then", "else");

	private static final List<String> BRANCH_LISTS = List.of("allOf", "anyOf", "oneOf");

	private final JsonNode schema;

	private final TreeMap<String, JsonNode> paths = new TreeMap<>();

	private SchemaPaths(JsonNode schema) {
		this.schema = schema;
	}

	/**
	 * The inputs for the traits of a schema, by name.
	 * @param schema the schema
	 * @param group the group of the inputs
	 * @throws IllegalArgumentException if the schema refers to itself
	 */
	static List<UiNode> inputs(JsonNode schema, String group) {
		SchemaPaths paths = new SchemaPaths(schema);
		paths.collect(schema, "", Collections.newSetFromMap(new IdentityHashMap<>()));
		return paths.paths.entrySet().stream().map((path) -> input(group, path.getKey(), path.getValue())).toList();
	}

	/**
	 * The names of the properties of a schema in its own order, for sorting inputs.
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

	private void collect(JsonNode schema, String path, Set<JsonNode> ancestors) {
		if (!ancestors.add(schema)) {
			throw new IllegalArgumentException("detected circular dependency in schema path: " + path);
		}
		if (!path.isEmpty() && isInput(schema)) {
			this.paths.merge(path, schema, (first, next) -> first.has("default") ? first : next);
		}
		JsonNode referenced = resolve(schema);
		if (referenced != null) {
			collect(referenced, path, ancestors);
		}
		for (String branch : BRANCHES) {
			if (schema.path(branch).isObject()) {
				collect(schema.path(branch), path, ancestors);
			}
		}
		for (String list : BRANCH_LISTS) {
			schema.path(list).forEach((branch) -> collect(branch, path, ancestors));
		}
		schema.path("properties").forEachEntry((name, property) -> collect(property, join(path, name), ancestors));
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
	 * Objects, and arrays of anything but scalars, have no input of their own.
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

	private static UiNode input(String group, String name, JsonNode schema) {
		String title = schema.path("title").asString("");
		String pattern = schema.path("pattern").asString("");
		return new UiNode(group, name, inputType(schema), null, false, pattern.isEmpty() ? null : pattern,
				title.isEmpty() ? null : UiText.title(title));
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

}
