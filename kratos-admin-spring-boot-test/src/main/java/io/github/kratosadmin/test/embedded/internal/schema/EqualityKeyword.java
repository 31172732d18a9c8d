package io.github.kratosadmin.test.embedded.internal.schema;

import java.util.List;
import java.util.function.BiPredicate;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The keywords that compare values, as in the validator of Kratos. {@code 1.0} equals
 * {@code 1}, in lists and objects too.
 */
final class EqualityKeyword extends ValueKeyword {

	static final ValueKeyword CONST = new EqualityKeyword("const", EqualityKeyword::same);

	static final ValueKeyword ENUM = new EqualityKeyword("enum",
			(values, value) -> values.valueStream().anyMatch((candidate) -> same(candidate, value)));

	static final ValueKeyword UNIQUE_ITEMS = new EqualityKeyword("uniqueItems",
			(unique, value) -> !unique.booleanValue(false) || !hasEqualItems(value));

	private final BiPredicate<JsonNode, JsonNode> fits;

	private EqualityKeyword(String name, BiPredicate<JsonNode, JsonNode> fits) {
		super(name);
		this.fits = fits;
	}

	@Override
	@Nullable String problem(JsonNode keyword, JsonNode value) {
		return this.fits.test(keyword, value) ? null : getValue() + " failed: " + keyword;
	}

	private static boolean hasEqualItems(JsonNode value) {
		List<JsonNode> items = value.isArray() ? value.valueStream().toList() : List.of();
		for (int i = 1; i < items.size(); i++) {
			JsonNode item = items.get(i);
			if (items.subList(0, i).stream().anyMatch((before) -> same(before, item))) {
				return true;
			}
		}
		return false;
	}

	private static boolean same(JsonNode first, JsonNode second) {
		return first.equals(EqualityKeyword::compare, second);
	}

	private static int compare(JsonNode first, JsonNode second) {
		if (first.isNumber() && second.isNumber()) {
			return first.decimalValue().compareTo(second.decimalValue());
		}
		return first.equals(second) ? 0 : 1;
	}

}
