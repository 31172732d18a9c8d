package io.github.kratosadmin.test.embedded.internal.schema;

import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaContext;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.keyword.AbstractKeyword;
import com.networknt.schema.keyword.BaseKeywordValidator;
import com.networknt.schema.keyword.KeywordValidator;
import com.networknt.schema.path.NodePath;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A keyword that depends only on the value, and that the validator of Kratos checks
 * differently from the library.
 */
abstract class ValueKeyword extends AbstractKeyword {

	ValueKeyword(String name) {
		super(name);
	}

	/**
	 * The problem of a value, or null if there is none.
	 * @param keyword the value of the keyword in the schema
	 * @param value the value
	 */
	abstract @Nullable String problem(JsonNode keyword, JsonNode value);

	@Override
	public KeywordValidator newValidator(SchemaLocation schemaLocation, JsonNode schemaNode, Schema parentSchema,
			SchemaContext schemaContext) {
		return new Validator(this, schemaNode, schemaLocation, parentSchema, schemaContext);
	}

	private static final class Validator extends BaseKeywordValidator {

		private final ValueKeyword keyword;

		Validator(ValueKeyword keyword, JsonNode schemaNode, SchemaLocation schemaLocation, Schema parentSchema,
				SchemaContext schemaContext) {
			super(keyword, schemaNode, schemaLocation, parentSchema, schemaContext);
			this.keyword = keyword;
		}

		@Override
		public void validate(ExecutionContext context, JsonNode value, JsonNode root, NodePath location) {
			String problem = this.keyword.problem(getSchemaNode(), value);
			if (problem != null) {
				context.addError(error().instanceNode(value)
					.instanceLocation(location)
					.evaluationPath(context.getEvaluationPath())
					.message("{0}")
					.arguments(problem)
					.build());
			}
		}

	}

}
