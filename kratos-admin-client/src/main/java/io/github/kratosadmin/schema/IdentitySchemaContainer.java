package io.github.kratosadmin.schema;

import java.util.Map;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.kratosadmin.json.KratosJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import static com.fasterxml.jackson.annotation.JsonProperty.Access.WRITE_ONLY;

/**
 * An identity schema with its id.
 * <p>
 * The constructor is not API: it gains a parameter whenever Kratos gains a field. Obtain
 * instances from the client, in tests from the builders in the test module.
 *
 * @param id the id, such as {@code default}
 * @param schema the JSON schema as it is
 * @param additionalProperties what this version of the client does not know, by name;
 * kept out of {@link #toString()}
 */
public record IdentitySchemaContainer(@JsonProperty("id") String id, @JsonProperty("schema") @Nullable JsonNode schema,
		@JsonAnySetter @JsonProperty(access = WRITE_ONLY) Map<String, JsonNode> additionalProperties) {

	/**
	 * Reads what Kratos sent.
	 */
	public IdentitySchemaContainer {
		id = KratosJson.required(id, "id");
		schema = KratosJson.orNull(schema);
		additionalProperties = KratosJson.mapOf(additionalProperties);
	}

	/**
	 * Shows no secret: not the schema, which may have one as a default.
	 */
	@Override
	public String toString() {
		return "IdentitySchemaContainer[id=" + this.id + "]";
	}

}
