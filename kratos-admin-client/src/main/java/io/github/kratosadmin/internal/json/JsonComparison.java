package io.github.kratosadmin.internal.json;

import java.util.function.BiPredicate;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Compares a JSON tree that was sent with the one that Kratos has stored.
 */
public final class JsonComparison {

	private JsonComparison() {
	}

	/**
	 * Returns whether two trees have the same content. Kratos and its database may change
	 * the notation of numbers and the order of fields, and do not tell an empty object
	 * from none.
	 * @param sent the tree that was sent, or {@code null} for none
	 * @param stored the tree in a response, or {@code null} for none
	 * @param sameText whether the stored text is the one that was sent
	 * @return whether they have the same content
	 */
	public static boolean isSame(@Nullable JsonNode sent, @Nullable JsonNode stored,
			BiPredicate<String, String> sameText) {
		JsonNode one = parsed(sent);
		JsonNode other = parsed(stored);
		return (one != null && other != null) ? isSameNode(one, other, sameText) : one == other;
	}

	private static boolean isSameNode(JsonNode sent, JsonNode stored, BiPredicate<String, String> sameText) {
		if (sent.isString() && stored.isString()) {
			return sameText.test(sent.stringValue(), stored.stringValue());
		}
		if (sent.isNumber() && stored.isNumber()) {
			return sent.decimalValue().compareTo(stored.decimalValue()) == 0;
		}
		if (sent.isObject() && stored.isObject()) {
			return sent.size() == stored.size() && sent.propertyStream()
				.allMatch((property) -> isSameNode(property.getValue(), stored.path(property.getKey()), sameText));
		}
		if (sent.isArray() && stored.isArray()) {
			boolean same = sent.size() == stored.size();
			for (int i = 0; same && i < sent.size(); i++) {
				same = isSameNode(sent.get(i), stored.get(i), sameText);
			}
			return same;
		}
		return sent.equals(stored);
	}

	/**
	 * Returns whether a tree has no content: it is missing, a JSON {@code null} or an
	 * empty object.
	 * @param tree the tree, or {@code null}
	 * @return whether it has no content
	 */
	public static boolean isEmpty(@Nullable JsonNode tree) {
		return tree == null || tree.isNull() || tree.isMissingNode() || (tree.isObject() && tree.isEmpty());
	}

	/**
	 * Parses a tree again: a value from Java does not equal the same value in a response.
	 */
	private static @Nullable JsonNode parsed(@Nullable JsonNode tree) {
		return (tree == null || isEmpty(tree)) ? null
				: KratosJson.mapper().readTree(KratosJson.mapper().writeValueAsBytes(tree));
	}

}
