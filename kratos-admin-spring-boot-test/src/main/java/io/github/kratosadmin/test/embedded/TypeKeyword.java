package io.github.kratosadmin.test.embedded;

import java.util.List;
import java.util.Locale;

import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaContext;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.keyword.AbstractKeyword;
import com.networknt.schema.keyword.BaseKeywordValidator;
import com.networknt.schema.keyword.KeywordValidator;
import com.networknt.schema.path.NodePath;
import tools.jackson.databind.JsonNode;

/**
 * The keyword {@code type} as Kratos's validator takes it: {@code 3.0} is no integer.
 */
final class TypeKeyword extends AbstractKeyword {

	private static final String NAME = "type";

	TypeKeyword() {
		super(NAME);
	}

	@Override
	public KeywordValidator newValidator(SchemaLocation schemaLocation, JsonNode schemaNode, Schema parentSchema,
			SchemaContext schemaContext) {
		return new Validator(this, schemaNode, schemaLocation, parentSchema, schemaContext);
	}

	/**
	 * Whether a value is of one of the types of a schema, or the schema names none.
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

	private static final class Validator extends BaseKeywordValidator {

		Validator(TypeKeyword keyword, JsonNode schemaNode, SchemaLocation schemaLocation, Schema parentSchema,
				SchemaContext schemaContext) {
			super(keyword, schemaNode, schemaLocation, parentSchema, schemaContext);
		}

		@Override
		public void validate(ExecutionContext context, JsonNode value, JsonNode root, NodePath location) {
			if (!fits(getSchemaNode(), value)) {
				context.addError(error().instanceNode(value)
					.instanceLocation(location)
					.evaluationPath(context.getEvaluationPath())
					.message("{0}")
					.arguments("expected " + String.join(" or ", names(getSchemaNode())) + ", but got " + typeOf(value))
					.build());
			}
		}

	}

}
