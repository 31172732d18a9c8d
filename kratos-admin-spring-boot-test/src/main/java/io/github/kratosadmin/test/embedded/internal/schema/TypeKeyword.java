package io.github.kratosadmin.test.embedded.internal.schema;

import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The keyword {@code type} as in the validator of Kratos. {@code 3.0} is not an integer.
 */
final class TypeKeyword extends ValueKeyword {

	TypeKeyword() {
		super("type");
	}

	@Override
	@Nullable String problem(JsonNode types, JsonNode value) {
		return fits(types, value) ? null
				: "expected " + String.join(" or ", names(types)) + ", but got " + typeOf(value);
	}

	/**
	 * Whether a value has one of the types of a schema, or the schema names no type.
	 */
	static boolean fits(JsonNode types, JsonNode value) {
		return types.isMissingNode() || names(types).contains(typeOf(value))
				|| (value.isIntegralNumber() && names(types).contains("integer"));
	}

	private static List<String> names(JsonNode types) {
		return types.isArray() ? types.valueStream().map((type) -> type.asString("")).toList()
				: List.of(types.asString(""));
	}

	private static String typeOf(JsonNode value) {
		return value.getNodeType().name().toLowerCase(Locale.ROOT);
	}

}
