package io.github.kratosadmin.test.embedded.internal.schema;

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
import io.github.kratosadmin.test.embedded.KratosEra;
import io.github.kratosadmin.test.embedded.internal.http.ErrorResponseException;
import io.github.kratosadmin.test.embedded.internal.text.Identifiers;
import io.github.kratosadmin.test.embedded.internal.text.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An identity schema.
 */
public final class IdentitySchema {

	/**
	 * The drafts that Kratos supports. The first is the default for a schema without
	 * {@code $schema}.
	 */
	private static final List<String> DRAFTS = List.of("http://json-schema.org/draft-07/schema#",
			"http://json-schema.org/draft-06/schema#", "http://json-schema.org/draft-04/schema#");

	private static final String LATEST = "http://json-schema.org/schema#";

	private static final List<ValueKeyword> KEYWORDS = List.of(new TypeKeyword(), new MultipleOfKeyword(),
			EqualityKeyword.CONST, EqualityKeyword.ENUM, EqualityKeyword.UNIQUE_ITEMS, new ContentEncodingKeyword());

	private static final List<Dialect> DIALECTS = Stream
		.of(Dialects.getDraft7(), Dialects.getDraft6(), Dialects.getDraft4())
		.map((draft) -> Dialect.builder(draft)
			.keyword(new SchemaExtension())
			.keywords((known) -> KEYWORDS.forEach((keyword) -> known.replace(keyword.getValue(), keyword)))
			.formats(Map::clear)
			.formats((formats) -> SchemaFormats.ALL.forEach((format) -> formats.put(format.getName(), format)))
			.build())
		.toList();

	/** The URL of the schema. No {@code $ref} refers to it. */
	private static final SchemaLocation BASE = SchemaLocation.of("https://kratos.invalid/-/-");

	private final String id;

	private final String json;

	private final JsonNode node;

	private final Schema validator;

	private final boolean alternatives;

	private final boolean phones;

	/**
	 * Reads a schema.
	 * @throws IllegalArgumentException if Kratos of the era cannot use it
	 */
	IdentitySchema(String id, String json, KratosEra era) {
		this.id = id;
		this.json = json;
		this.node = Json.readArgument("Schema '" + id + "'", json);
		try {
			String draft = draftOf(this.node);
			SchemaRegistry registry = registry(draft);
			check(registry, draft, this.node, era);
			this.validator = registry.getSchema(BASE,
					SchemaReferences.rewrite(this.node, draft.equals(DRAFTS.get(2)) ? "id" : "$id"));
			this.validator.initializeValidators();
		}
		catch (SchemaException | PatternSyntaxException | IllegalArgumentException ex) {
			Throwable problem = (ex.getCause() != null) ? ex.getCause() : ex;
			throw new IllegalArgumentException("Schema '" + id + "' cannot be used by Kratos: " + problem.getMessage(),
					ex);
		}
		this.alternatives = Stream.of("oneOf", "not", "if")
			.anyMatch((keyword) -> !this.node.findValues(keyword).isEmpty());
		this.phones = this.node.findValues("via").stream().anyMatch((via) -> via.asString("").equals("sms"));
	}

	private static String draftOf(JsonNode schema) {
		String draft = schema.path("$schema").asString(LATEST);
		if (draft.equals(LATEST)) {
			return DRAFTS.get(0);
		}
		if (!DRAFTS.contains(draft)) {
			throw new IllegalArgumentException(
					"its $schema must be one of " + String.join(", ", DRAFTS) + ", but is " + draft);
		}
		return draft;
	}

	private static SchemaRegistry registry(String draft) {
		SchemaRegistryConfig config = SchemaRegistryConfig.builder()
			.formatAssertionsEnabled(true)
			.regularExpressionFactory(new Re2Expressions())
			.locale(Locale.ENGLISH)
			.build();
		return SchemaRegistry.withDialects(DIALECTS,
				(builder) -> builder.defaultDialectId(draft)
					.schemaRegistryConfig(config)
					.schemaLoader((loader) -> loader.allow(IdentitySchema::isDraft)));
	}

	/**
	 * Refuses a schema if Kratos would not start with it or would fail for every
	 * identity.
	 */
	private static void check(SchemaRegistry registry, String draft, JsonNode schema, KratosEra era) {
		Stream<String> drafts = SchemaRules.checksSchemasAtStart(era) ? Stream.of(DRAFTS.get(0), draft)
				: Stream.of(draft);
		drafts.flatMap((meta) -> registry.getSchema(SchemaLocation.of(meta)).validate(schema).stream())
			.findFirst()
			.ifPresent((problem) -> {
				throw new IllegalArgumentException("#" + problem.getInstanceLocation() + " " + problem.getMessage());
			});
		SchemaCheck.check(schema, era);
	}

	/**
	 * Allows only the drafts to be loaded, nothing else from the network or the class
	 * path.
	 */
	private static boolean isDraft(AbsoluteIri iri) {
		if (DRAFTS.contains(iri + (iri.toString().endsWith("#") ? "" : "#"))) {
			return true;
		}
		throw new IllegalArgumentException("Kratos would have to download " + iri
				+ ", even if that is its own $id: a $ref must start with # or be the $id of a subschema");
	}

	String id() {
		return this.id;
	}

	/**
	 * The text of the schema as it was added.
	 */
	String json() {
		return this.json;
	}

	public JsonNode node() {
		return this.node;
	}

	/**
	 * Validates traits.
	 * @return the identifiers and addresses in them, and the traits
	 * @throws ErrorResponseException if they are not valid
	 */
	public ExtensionValues validate(JsonNode traits, KratosEra era) {
		JsonNode document = Json.object().set("traits", traits);
		if (this.phones && Identifiers.normalizesCharacters(era)) {
			document = withNormalizedPhones(document, era);
		}
		ExtensionValues values = new ExtensionValues(era);
		values.setTraits(document.path("traits"));
		check(document, (context, schemaContext) -> SchemaExtension.collect(context, values));
		if (this.alternatives) {
			// Kratos also validates without the extension, and another alternative can
			// match then.
			check(document, (context, schemaContext) -> {
			});
		}
		return values;
	}

	/**
	 * Replaces the phone numbers. Problems are found when the result is validated.
	 */
	private JsonNode withNormalizedPhones(JsonNode document, KratosEra era) {
		ExtensionValues values = new ExtensionValues(era);
		validate(document, (context, schemaContext) -> SchemaExtension.collect(context, values));
		JsonNode normalized = document.deepCopy();
		values.phones().forEach((location, phone) -> {
			JsonPointer pointer = JsonPointer.compile(location);
			JsonNode parent = normalized.at(pointer.head());
			if (parent instanceof ObjectNode object) {
				object.put(pointer.last().getMatchingProperty(), phone);
			}
			else if (parent instanceof ArrayNode array) {
				array.set(pointer.last().getMatchingIndex(), Json.text(phone));
			}
		});
		return normalized;
	}

	private void check(JsonNode document, ExecutionContextCustomizer customizer) {
		List<String> problems = validate(document, customizer).stream()
			.map((error) -> "I[#%s] S[#%s] %s".formatted(error.getInstanceLocation(),
					error.getSchemaLocation().getFragment(), error.getMessage()))
			.toList();
		if (!problems.isEmpty()) {
			throw ErrorResponseException.badRequest((problems.size() == 1) ? problems.get(0)
					: "I[#] S[#] validation failed\n  " + String.join("\n  ", problems));
		}
	}

	private List<Error> validate(JsonNode document, ExecutionContextCustomizer customizer) {
		try {
			return this.validator.validate(document, customizer);
		}
		catch (JacksonException ex) {
			// The library cannot convert the number to an integer.
			throw ErrorResponseException.badRequest("I[#] S[#] " + ex.getOriginalMessage());
		}
	}

}
