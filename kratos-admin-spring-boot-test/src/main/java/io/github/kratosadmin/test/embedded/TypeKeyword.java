package io.github.kratosadmin.test.embedded;

import java.util.ArrayList;
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

	private static final class Validator extends BaseKeywordValidator {

		private final List<String> types = new ArrayList<>();

		Validator(TypeKeyword keyword, JsonNode schemaNode, SchemaLocation schemaLocation, Schema parentSchema,
				SchemaContext schemaContext) {
			super(keyword, schemaNode, schemaLocation, parentSchema, schemaContext);
			if (schemaNode.isArray()) {
				schemaNode.forEach((type) -> this.types.add(type.asString("")));
			}
			else {
				this.types.add(schemaNode.asString(""));
			}
		}

		@Override
		public void validate(ExecutionContext context, JsonNode value, JsonNode root, NodePath location) {
			String type = value.getNodeType().name().toLowerCase(Locale.ROOT);
			boolean integer = value.isIntegralNumber() && this.types.contains("integer");
			if (!integer && !this.types.contains(type)) {
				context.addError(error().instanceNode(value)
					.instanceLocation(location)
					.evaluationPath(context.getEvaluationPath())
					.message("expected " + String.join(" or ", this.types) + ", but got " + type)
					.build());
			}
		}

	}

}
