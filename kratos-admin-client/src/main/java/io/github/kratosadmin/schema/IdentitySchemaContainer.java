package io.github.kratosadmin.schema;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.kratosadmin.json.KratosJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An identity schema with its id.
 *
 * @param id the id, such as {@code default}
 * @param schema the JSON schema as it is
 */
public record IdentitySchemaContainer(@JsonProperty("id") String id,
		@JsonProperty("schema") @Nullable JsonNode schema) {

	/**
	 * Reads what Kratos sent.
	 */
	public IdentitySchemaContainer {
		id = KratosJson.required(id, "id");
		schema = KratosJson.orNull(schema);
	}

	/**
	 * Shows no secret: not the schema, which may have one as a default.
	 */
	@Override
	public String toString() {
		return "IdentitySchemaContainer[id=" + this.id + "]";
	}

}
