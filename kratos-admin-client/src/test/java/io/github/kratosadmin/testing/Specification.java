package io.github.kratosadmin.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.github.kratosadmin.internal.operation.KratosVersion;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;

/**
 * The OpenAPI document of a version of Kratos: its file {@code spec/api.json}, unchanged.
 *
 * @param name the name of the file, which starts with the version
 * @param document the document
 */
public record Specification(String name, JsonNode document) {

	private static final String SUFFIX = ".api.json";

	/**
	 * The operations of the public API that the client has, by their names in Kratos.
	 */
	private static final Map<String, String> RENAMED = Map.of("getFlowError", "getSelfServiceError", "getLoginFlow",
			"getSelfServiceLoginFlow", "getRegistrationFlow", "getSelfServiceRegistrationFlow", "getRecoveryFlow",
			"getSelfServiceRecoveryFlow", "getSettingsFlow", "getSelfServiceSettingsFlow", "getVerificationFlow",
			"getSelfServiceVerificationFlow", "createRecoveryLinkForIdentity", "createRecoveryLink",
			"getIdentitySchema", "getSchema");

	/**
	 * Reads all files in the directory {@code specification} of the test resources.
	 */
	public static List<Specification> all() {
		try {
			URI directory = Specification.class.getResource("/specification").toURI();
			try (Stream<Path> files = Files.list(Path.of(directory))) {
				return files.filter((file) -> file.toString().endsWith(SUFFIX))
					.sorted()
					.map(Specification::read)
					.toList();
			}
		}
		catch (URISyntaxException | IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Specification read(Path file) {
		try {
			String name = file.getFileName().toString();
			return new Specification(name.substring(0, name.length() - SUFFIX.length()),
					new JsonMapper().readTree(Files.readString(file)));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Returns the version, or {@code null} for a branch.
	 */
	public KratosVersion version() {
		return KratosVersion.parse(this.name);
	}

	/**
	 * Returns the operations of the admin API, and those of the public API that the
	 * client has, by their names in the client.
	 */
	public Map<String, SpecifiedOperation> operations() {
		Map<String, SpecifiedOperation> operations = new TreeMap<>();
		this.document.path("paths").forEachEntry((path, methods) -> methods.forEachEntry((method, operation) -> {
			String id = operation.path("operationId").asString("");
			boolean isPublic = operation.path("tags")
				.valueStream()
				.anyMatch((tag) -> tag.asString().equals("frontend"));
			if (!isPublic || RENAMED.containsKey(id)) {
				operations.put(RENAMED.getOrDefault(id, id),
						new SpecifiedOperation(this, method, path.replaceFirst("^/admin", ""), operation));
			}
		}));
		return operations;
	}

	/**
	 * Returns a schema of the document by its name.
	 */
	public JsonNode schema(String name) {
		return this.document.at("/components/schemas/" + name);
	}

	/**
	 * Follows references.
	 */
	public JsonNode resolve(JsonNode node) {
		JsonNode reference = node.path("$ref");
		return reference.isMissingNode() ? node : resolve(this.document.at(reference.asString().substring(1)));
	}

	/**
	 * Returns the fields of a schema, also those of its alternatives.
	 */
	public Map<String, JsonNode> fields(JsonNode schema) {
		JsonNode resolved = resolve(schema);
		Map<String, JsonNode> fields = new TreeMap<>();
		Stream.of("oneOf", "allOf", "anyOf")
			.flatMap((key) -> resolved.path(key).valueStream())
			.forEach((part) -> fields(part).forEach((name, field) -> fields.merge(name, field, Specification::either)));
		resolved.path("properties").forEachEntry(fields::put);
		return fields;
	}

	private static JsonNode either(JsonNode schema, JsonNode other) {
		return JsonNodeFactory.instance.objectNode()
			.set("oneOf", JsonNodeFactory.instance.arrayNode().add(schema).add(other));
	}

	@Override
	public String toString() {
		return this.name;
	}

	/**
	 * An operation.
	 *
	 * @param specification the document
	 * @param method the HTTP method, in lower case
	 * @param path the path, without the prefix
	 * @param operation the operation in the document
	 */
	public record SpecifiedOperation(Specification specification, String method, String path, JsonNode operation) {

		/**
		 * Returns the schemas of the parameters of the query by their names.
		 */
		public Map<String, JsonNode> query() {
			Map<String, JsonNode> query = new TreeMap<>();
			this.operation.path("parameters")
				.valueStream()
				.map(this.specification::resolve)
				.filter((parameter) -> parameter.path("in").asString().equals("query"))
				.forEach((parameter) -> query.put(parameter.path("name").asString(), parameter.path("schema")));
			return query;
		}

		/**
		 * Returns the schema of the request body, missing if there is none.
		 */
		public JsonNode body() {
			return content(this.operation.path("requestBody"));
		}

		/**
		 * Returns the schema of the response to a successful request, missing if there is
		 * none.
		 */
		public JsonNode response() {
			return Stream.of("200", "201")
				.map((status) -> content(this.operation.path("responses").path(status)))
				.filter((schema) -> !schema.isMissingNode())
				.findFirst()
				.orElse(MissingNode.getInstance());
		}

		private JsonNode content(JsonNode message) {
			return this.specification.resolve(message).at("/content/application~1json/schema");
		}

	}

}
