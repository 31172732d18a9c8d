package io.github.kratosadmin.test.embedded.internal.flow;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import tools.jackson.databind.JsonNode;

/**
 * Fills in and sorts the nodes of a form as Kratos does.
 */
final class FormNodes {

	private FormNodes() {
	}

	/**
	 * Fills in traits. Adds an input for a value without one, such as an element of an
	 * array.
	 */
	static List<FormNode> withTraits(List<FormNode> nodes, JsonNode traits, String group) {
		Map<String, JsonNode> values = new LinkedHashMap<>();
		flatten("traits", traits, values);
		List<FormNode> filled = new ArrayList<>();
		for (FormNode node : nodes) {
			JsonNode value = values.remove(node.name());
			filled.add((value != null && !value.isNull()) ? node.value(value) : node);
		}
		values.forEach((name, value) -> filled
			.add(FormNode.input(group, name, inputType(value)).value(value.isNull() ? null : value)));
		return filled;
	}

	private static void flatten(String path, JsonNode node, Map<String, JsonNode> values) {
		if (node.isObject()) {
			node.forEachEntry((name, value) -> flatten(path + "." + name.replace(".", "\\."), value, values));
		}
		else if (node.isArray()) {
			for (int i = 0; i < node.size(); i++) {
				flatten(path + "." + i, node.path(i), values);
			}
		}
		else {
			values.put(path, node);
		}
	}

	private static String inputType(JsonNode value) {
		if (value.isNumber()) {
			return "number";
		}
		return value.isBoolean() ? "checkbox" : "text";
	}

	/**
	 * Sorts inputs by group, then by the position of their name, then by their value.
	 * @param nodes the inputs
	 * @param groups the groups in their order
	 * @param keys names, or their beginnings, in their order
	 */
	static List<FormNode> sort(List<FormNode> nodes, List<String> groups, List<String> keys) {
		return nodes.stream()
			.sorted(Comparator.comparingInt((FormNode node) -> groups.indexOf(node.group()))
				.thenComparingInt((node) -> position(node, keys, nodes.size()))
				.thenComparing((node) -> {
					JsonNode value = node.attributes().get("value");
					return (value != null) ? value.asString("") : "<nil>";
				}))
			.toList();
	}

	private static int position(FormNode node, List<String> keys, int nodes) {
		if (node.name().equals("method")) {
			return nodes + 1;
		}
		for (int i = 0; i < keys.size(); i++) {
			if (node.name().startsWith(keys.get(i))) {
				return i;
			}
		}
		return keys.size();
	}

}
