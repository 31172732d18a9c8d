package io.github.kratosadmin.schema;

import java.util.Base64;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.kratosadmin.internal.json.KratosJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

import static com.fasterxml.jackson.annotation.JsonProperty.Access.WRITE_ONLY;

/**
 * An identity schema with its id.
 * <p>
 * The constructor is not API: it gains a parameter whenever Kratos gains a field. Obtain
 * instances from the client, in tests from the fixtures in the test module.
 *
 * @param id the id, such as {@code default}
 * @param schema the JSON schema
 * @param additionalProperties the fields that this version of the client does not know,
 * by name; not shown by {@link #toString()}
 */
public record IdentitySchemaContainer(@JsonProperty("id") String id, @JsonProperty("schema") @Nullable JsonNode schema,
		@JsonAnySetter @JsonProperty(access = WRITE_ONLY) Map<String, JsonNode> additionalProperties) {

	/**
	 * Reads a response of Kratos. Kratos 0.11 sends the schema as Base64, which is
	 * decoded.
	 */
	public IdentitySchemaContainer {
		id = KratosJson.required(id, "id");
		schema = KratosJson.orNull(decode(schema));
		additionalProperties = KratosJson.mapOf(additionalProperties);
	}

	/**
	 * A schema is an object or a boolean. A string is its JSON in Base64.
	 */
	private static @Nullable JsonNode decode(@Nullable JsonNode schema) {
		if (schema == null || !schema.isString()) {
			return schema;
		}
		String problem = "the schema is a text, but not JSON in Base64";
		try {
			JsonNode decoded = KratosJson.mapper().readTree(Base64.getDecoder().decode(schema.stringValue()));
			if (decoded.isObject() || decoded.isBoolean()) {
				return decoded;
			}
		}
		catch (JacksonException | IllegalArgumentException ex) {
			throw new IllegalArgumentException(problem);
		}
		throw new IllegalArgumentException(problem);
	}

	/**
	 * Does not show the schema: a default value in it may be a secret.
	 */
	@Override
	public String toString() {
		return "IdentitySchemaContainer[id=" + this.id + "]";
	}

}
