package io.github.kratosadmin.test.embedded;

import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaContext;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.keyword.AbstractKeyword;
import com.networknt.schema.keyword.AbstractKeywordValidator;
import com.networknt.schema.keyword.KeywordValidator;
import com.networknt.schema.path.NodePath;
import tools.jackson.databind.JsonNode;

/**
 * The JSON Schema keyword {@code ory.sh/kratos}. The validator calls it wherever a
 * subschema with the keyword applies, so arrays, references and alternatives need no walk
 * of our own.
 */
final class SchemaExtension extends AbstractKeyword {

	private static final String NAME = "ory.sh/kratos";

	SchemaExtension() {
		super(NAME);
	}

	static void collect(ExecutionContext context, ExtensionValues values) {
		context.getCollectorContext().put(NAME, values);
	}

	@Override
	public KeywordValidator newValidator(SchemaLocation schemaLocation, JsonNode schemaNode, Schema parentSchema,
			SchemaContext schemaContext) {
		return new Validator(this, schemaNode, schemaLocation);
	}

	private static final class Validator extends AbstractKeywordValidator {

		Validator(SchemaExtension keyword, JsonNode schemaNode, SchemaLocation schemaLocation) {
			super(keyword, schemaNode, schemaLocation);
		}

		@Override
		public void validate(ExecutionContext context, JsonNode value, JsonNode root, NodePath location) {
			ExtensionValues values = context.getCollectorContext().get(NAME);
			values.add(getSchemaNode(), value, "I[#" + location + "] S[#" + getSchemaLocation().getFragment() + "]");
		}

	}

}
