package io.github.kratosadmin.test.embedded.internal.schema;

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
 * The JSON Schema keyword {@code ory.sh/kratos}. The validator calls it wherever a
 * subschema with the keyword applies, including arrays, references and alternatives.
 */
final class SchemaExtension extends AbstractKeyword {

	static final String NAME = "ory.sh/kratos";

	SchemaExtension() {
		super(NAME);
	}

	static void collect(ExecutionContext context, ExtensionValues values) {
		context.getCollectorContext().put(NAME, values);
	}

	@Override
	public KeywordValidator newValidator(SchemaLocation schemaLocation, JsonNode schemaNode, Schema parentSchema,
			SchemaContext schemaContext) {
		return new Validator(this, schemaNode, schemaLocation, parentSchema, schemaContext);
	}

	private static final class Validator extends BaseKeywordValidator {

		private final JsonNode format;

		private final JsonNode type;

		Validator(SchemaExtension keyword, JsonNode schemaNode, SchemaLocation schemaLocation, Schema parentSchema,
				SchemaContext schemaContext) {
			super(keyword, schemaNode, schemaLocation, parentSchema, schemaContext);
			this.format = parentSchema.getSchemaNode().path("format");
			this.type = parentSchema.getSchemaNode().path("type");
		}

		@Override
		public void validate(ExecutionContext context, JsonNode value, JsonNode root, NodePath location) {
			ExtensionValues values = context.getCollectorContext().get(NAME);
			// Kratos stops at a schema whose type does not match.
			if (values == null || !TypeKeyword.fits(this.type, value)) {
				return;
			}
			values.add(getSchemaNode(), this.format, value, location.toString(),
					(problem) -> context.addError(error().instanceNode(value)
						.instanceLocation(location)
						.evaluationPath(context.getEvaluationPath())
						.message("{0}")
						.arguments(problem)
						.build()));
		}

	}

}
