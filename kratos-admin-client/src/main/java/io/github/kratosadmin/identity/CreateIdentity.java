package io.github.kratosadmin.identity;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.kratosadmin.json.KratosJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An identity to create. Only what is set is sent.
 *
 * @param schemaId the id of the identity schema, or {@code null} for the default one
 * @param traits what the identity schema describes
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CreateIdentity(@JsonProperty("schema_id") @Nullable String schemaId,
		@JsonProperty("traits") JsonNode traits) {

	/**
	 * Starts an identity to create.
	 * @return the builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Shows no personal data.
	 */
	@Override
	public String toString() {
		return "CreateIdentity[schemaId=" + this.schemaId + "]";
	}

	/**
	 * Builds {@link CreateIdentity}.
	 */
	public static final class Builder {

		private @Nullable String schemaId;

		private @Nullable JsonNode traits;

		private Builder() {
		}

		/**
		 * The identity schema.
		 * @param schemaId the schema's id, or {@code null} for the default one
		 * @return this builder
		 */
		public Builder schemaId(@Nullable String schemaId) {
			this.schemaId = schemaId;
			return this;
		}

		/**
		 * The traits.
		 * @param traits an object of the application's, a map, or a JSON tree
		 * @return this builder
		 * @throws IllegalArgumentException if the object cannot be written as JSON
		 */
		public Builder traits(Object traits) {
			this.traits = KratosJson.write(traits, "traits");
			return this;
		}

		/**
		 * Builds the identity to create.
		 * @return the identity to create
		 * @throws IllegalArgumentException if the traits are missing
		 */
		public CreateIdentity build() {
			return new CreateIdentity(this.schemaId, KratosJson.required(this.traits, "traits"));
		}

	}

}
