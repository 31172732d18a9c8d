package io.github.kratosadmin.test.embedded;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import com.networknt.schema.ExecutionContext;
import com.networknt.schema.ExecutionContextCustomizer;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.format.Format;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An identity schema.
 */
final class IdentitySchema {

	/**
	 * The drafts that Kratos knows, the one for a schema without {@code $schema} first.
	 */
	private static final List<Dialect> DIALECTS = Stream
		.of(Dialects.getDraft7(), Dialects.getDraft6(), Dialects.getDraft4())
		.map((draft) -> Dialect.builder(draft).keyword(new SchemaExtension()).format(new EmailFormat()).build())
		.toList();

	private final String id;

	private final String json;

	private final JsonNode node;

	private final Schema validator;

	/**
	 * Reads a schema.
	 * @throws IllegalArgumentException if it is no JSON schema
	 */
	IdentitySchema(String id, String json) {
		this.id = id;
		this.json = json;
		this.node = Json.readArgument("Schema '" + id + "'", json);
		this.validator = compile(id, this.node);
	}

	private static Schema compile(String id, JsonNode node) {
		SchemaRegistryConfig config = SchemaRegistryConfig.builder()
			.formatAssertionsEnabled(true)
			.locale(Locale.ENGLISH)
			.build();
		// A registry of its own: registries remember schemas by "$id", and nothing keeps
		// two schemas from carrying the same.
		SchemaRegistry registry = SchemaRegistry.withDialects(DIALECTS,
				(builder) -> builder.defaultDialectId(DIALECTS.get(0).getId()).schemaRegistryConfig(config));
		try {
			Schema schema = registry.getSchema(node);
			schema.initializeValidators();
			return schema;
		}
		catch (SchemaException ex) {
			throw new IllegalArgumentException("Schema '" + id + "' is no JSON schema: " + ex.getMessage(), ex);
		}
	}

	String id() {
		return this.id;
	}

	/**
	 * The schema as it was added.
	 */
	String json() {
		return this.json;
	}

	JsonNode node() {
		return this.node;
	}

	/**
	 * Validates traits.
	 * @return what the schema's extension finds in them
	 * @throws KratosError if they are not valid
	 */
	ExtensionValues validate(JsonNode traits) {
		ObjectNode document = Json.object();
		document.set("traits", traits);
		ExtensionValues values = new ExtensionValues();
		ExecutionContextCustomizer customizer = (context, schemaContext) -> SchemaExtension.collect(context, values);
		List<String> problems = new ArrayList<>();
		this.validator.validate(document, customizer)
			.forEach((error) -> problems.add("I[#%s] S[#%s] %s".formatted(error.getInstanceLocation(),
					error.getSchemaLocation().getFragment(), error.getMessage())));
		problems.addAll(values.problems());
		if (!problems.isEmpty()) {
			throw KratosError.badRequest((problems.size() == 1) ? problems.get(0)
					: "I[#] S[#] validation failed\n  " + String.join("\n  ", problems));
		}
		return values;
	}

	private static final class EmailFormat implements Format {

		@Override
		public String getName() {
			return "email";
		}

		@Override
		public String getMessageKey() {
			return "format.email";
		}

		@Override
		public boolean matches(ExecutionContext context, String value) {
			return Email.isEmail(value);
		}

	}

}
