package io.github.kratosadmin.test.embedded;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import com.google.re2j.PatternSyntaxException;
import com.networknt.schema.AbsoluteIri;
import com.networknt.schema.Error;
import com.networknt.schema.ExecutionContextCustomizer;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An identity schema.
 */
final class IdentitySchema {

	/**
	 * The drafts that Kratos knows, the one for a schema without {@code $schema} first.
	 */
	private static final List<String> DRAFTS = List.of("http://json-schema.org/draft-07/schema#",
			"http://json-schema.org/draft-06/schema#", "http://json-schema.org/draft-04/schema#");

	private static final List<Dialect> DIALECTS = Stream
		.of(Dialects.getDraft7(), Dialects.getDraft6(), Dialects.getDraft4())
		.map((draft) -> Dialect.builder(draft)
			.keyword(new SchemaExtension())
			.keyword(new TypeKeyword())
			.keyword(new MultipleOfKeyword())
			.formats(Map::clear)
			.formats((formats) -> SchemaFormats.ALL.forEach((format) -> formats.put(format.getName(), format)))
			.build())
		.toList();

	private static final List<String> VERIFIED_FORMATS = List.of("email", "tel", "date", "time", "date-time",
			"no-validate");

	/** What a relative {@code $id} is relative to. */
	private static final SchemaLocation BASE = SchemaLocation.of("https://kratos.invalid/identity.schema.json");

	private final String id;

	private final String json;

	private final JsonNode node;

	private final Schema validator;

	private final boolean alternatives;

	/**
	 * Reads a schema.
	 * @throws IllegalArgumentException if it is no JSON schema
	 */
	IdentitySchema(String id, String json) {
		this.id = id;
		this.json = json;
		this.node = Json.readArgument("Schema '" + id + "'", json);
		this.validator = compile(id, this.node);
		this.alternatives = Stream.of("oneOf", "not", "if")
			.anyMatch((keyword) -> !this.node.findValues(keyword).isEmpty());
	}

	private static Schema compile(String id, JsonNode node) {
		SchemaRegistryConfig config = SchemaRegistryConfig.builder()
			.formatAssertionsEnabled(true)
			.regularExpressionFactory(new Re2Expressions())
			.locale(Locale.ENGLISH)
			.build();
		// A registry of its own: registries remember schemas by "$id", and nothing keeps
		// two schemas from carrying the same.
		SchemaRegistry registry = SchemaRegistry.withDialects(DIALECTS,
				(builder) -> builder.defaultDialectId(DIALECTS.get(0).getId())
					.schemaRegistryConfig(config)
					.schemaLoader((loader) -> loader.allow(IdentitySchema::isDraft)));
		try {
			check(registry, node);
			Schema schema = registry.getSchema(BASE, node);
			schema.initializeValidators();
			return schema;
		}
		catch (SchemaException | PatternSyntaxException | IllegalArgumentException ex) {
			throw new IllegalArgumentException("Schema '" + id + "' is none that Kratos can use: " + ex.getMessage(),
					ex);
		}
	}

	/**
	 * Refuses what Kratos does not start with, or fails with for every identity.
	 */
	private static void check(SchemaRegistry registry, JsonNode node) {
		String draft = node.path("$schema").asString(DRAFTS.get(0));
		if (!DRAFTS.contains(draft)) {
			throw new IllegalArgumentException(
					"its $schema must be one of " + String.join(", ", DRAFTS) + ", but is " + draft);
		}
		List<Error> problems = registry.getSchema(SchemaLocation.of(draft)).validate(node);
		if (!problems.isEmpty()) {
			Error first = problems.get(0);
			throw new IllegalArgumentException("#" + first.getInstanceLocation() + " " + first.getMessage());
		}
		node.at("/properties/traits/properties").forEachEntry((name, trait) -> {
			String format = trait.path("format").asString("");
			if (trait.path(SchemaExtension.NAME).has("verification") && !format.isEmpty()
					&& !VERIFIED_FORMATS.contains(format)) {
				throw new IllegalArgumentException(
						"the trait " + name + " is to be verified, and its format must be one of "
								+ String.join(", ", VERIFIED_FORMATS) + ", but is " + format);
			}
		});
	}

	/**
	 * Nothing else is loaded, neither from the network nor from the class path.
	 */
	private static boolean isDraft(AbsoluteIri iri) {
		return DRAFTS.contains(iri + (iri.toString().endsWith("#") ? "" : "#"));
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
	ExtensionValues validate(JsonNode traits, KratosEra era) {
		ObjectNode document = Json.object();
		document.set("traits", traits);
		ExtensionValues values = new ExtensionValues(era);
		check(document, (context, schemaContext) -> SchemaExtension.collect(context, values));
		if (this.alternatives) {
			// Kratos validates without the extension too, which may decide for another
			// one.
			check(document, (context, schemaContext) -> {
			});
		}
		return values;
	}

	private void check(JsonNode document, ExecutionContextCustomizer customizer) {
		List<String> problems = this.validator.validate(document, customizer)
			.stream()
			.map((error) -> "I[#%s] S[#%s] %s".formatted(error.getInstanceLocation(),
					error.getSchemaLocation().getFragment(), error.getMessage()))
			.toList();
		if (!problems.isEmpty()) {
			throw KratosError.badRequest((problems.size() == 1) ? problems.get(0)
					: "I[#] S[#] validation failed\n  " + String.join("\n  ", problems));
		}
	}

}
