package io.github.kratosadmin.identity;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.kratosadmin.internal.json.KratosJson;
import io.github.kratosadmin.version.SinceKratos;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

import static com.fasterxml.jackson.annotation.JsonProperty.Access.WRITE_ONLY;

/**
 * The new content of an identity. A PUT replaces the whole identity: missing fields are
 * deleted, except the schema, the state, the credentials and the region.
 * <p>
 * JSON from any mapper other than that of the client lacks the secrets: the admin
 * metadata and the passwords. Do not read such JSON back and send it: Kratos would delete
 * the admin metadata.
 *
 * @param schemaId the id of the identity schema, or {@code null} to keep the schema
 * @param traits the traits, which the identity schema describes
 * @param state whether the identity may sign in, or {@code null} to keep the state
 * @param metadataPublic data that the identity may read but not change, or {@code null}
 * for none
 * @param metadataAdmin data that only the admin API shows, or {@code null} for none
 * @param externalId the id of the identity in another system, or {@code null} for none
 * @param credentials the credentials to add or replace, or {@code null} to change none;
 * credentials of other types stay the same
 * @param region the region of Ory Network to hold the data, or {@code null} to keep the
 * region
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record UpdateIdentity(@JsonProperty("schema_id") @Nullable String schemaId,
		@JsonProperty("traits") JsonNode traits,
		@SinceKratos("0.7") @JsonProperty("state") @Nullable IdentityState state,
		@SinceKratos("0.10") @JsonProperty("metadata_public") @Nullable JsonNode metadataPublic,
		@SinceKratos("0.10") @JsonProperty(value = "metadata_admin",
				access = WRITE_ONLY) @Nullable JsonNode metadataAdmin,
		@SinceKratos(value = "25.4", ignoredBefore = true) @JsonProperty("external_id") @Nullable String externalId,
		@SinceKratos(value = "0.11",
				ignoredBefore = true) @JsonProperty("credentials") @Nullable ImportCredentials credentials,
		@SinceKratos(value = "after 26.2",
				ignoredBefore = true) @JsonProperty("region") @Nullable IdentityRegion region) {

	/**
	 * Returns a builder with the fields of the current identity, so that only the fields
	 * set here change. Read the identity from Kratos: an identity from a JSON cache lacks
	 * the admin metadata, and the update would delete it.
	 * @param identity the identity as Kratos sent it
	 * @return the builder
	 */
	public static Builder from(Identity identity) {
		Builder builder = new Builder();
		builder.schemaId = identity.schemaId();
		builder.from = identity;
		builder.traits = identity.traits();
		builder.state = identity.state();
		builder.metadataPublic = identity.metadataPublic();
		builder.metadataAdmin = identity.metadataAdmin();
		builder.externalId = identity.externalId();
		return builder;
	}

	/**
	 * Returns a builder without any fields. Fields that are not set are deleted, except
	 * the schema, the state, the credentials and the region.
	 * @return the builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Returns the same update without the state, which then stays the same.
	 */
	UpdateIdentity withoutState() {
		return new UpdateIdentity(this.schemaId, this.traits, null, this.metadataPublic, this.metadataAdmin,
				this.externalId, this.credentials, this.region);
	}

	/**
	 * Does not show personal data.
	 */
	@Override
	public String toString() {
		return "UpdateIdentity[schemaId=" + this.schemaId + ", state=" + this.state + "]";
	}

	/**
	 * Builds an {@link UpdateIdentity}.
	 */
	public static final class Builder {

		private @Nullable Identity from;

		private @Nullable String schemaId;

		private @Nullable JsonNode traits;

		private @Nullable IdentityState state;

		private @Nullable JsonNode metadataPublic;

		private @Nullable JsonNode metadataAdmin;

		private @Nullable String externalId;

		private @Nullable ImportCredentials credentials;

		private @Nullable IdentityRegion region;

		private Builder() {
		}

		/**
		 * Sets the identity schema.
		 * @param schemaId the id of the schema
		 * @return this builder
		 */
		public Builder schemaId(@Nullable String schemaId) {
			this.schemaId = schemaId;
			return this;
		}

		/**
		 * Sets the traits. A map or a JSON tree replaces all traits. An object of a class
		 * also does, unless the update starts {@link UpdateIdentity#from(Identity) from}
		 * an identity. It then replaces the traits that its class has, and removes those
		 * that it has no value for. Traits that the class does not have stay the same,
		 * also in nested objects. A {@code false} or 0 is not written for a trait that
		 * the identity lacks, if the class reads it as this value anyway. Traits stored
		 * under a name in Jackson's {@code @JsonAlias} are not removed.
		 * @param traits an object of the application, a map, or a JSON tree
		 * @return this builder
		 * @throws IllegalArgumentException if the object cannot be written as JSON, or
		 * traits that its class does not have cannot be kept: the traits of the identity
		 * cannot be read as that class, or these traits are in the elements of a changed
		 * list
		 */
		public Builder traits(Object traits) {
			return traits(traits, ValueMapper.DEFAULT);
		}

		/**
		 * Sets the traits as {@link #traits(Object)} does, read and written with a mapper
		 * of the application. Use it for Kotlin data classes, modules and naming
		 * strategies. A mapper that fails on unknown fields cannot keep them: the update
		 * is then rejected.
		 * @param traits an object of the application, a map, or a JSON tree
		 * @param mapper the application's mapper
		 * @return this builder
		 * @throws IllegalArgumentException if the object cannot be written as JSON, or
		 * fields that its class does not have cannot be kept; the message names the field
		 */
		public Builder traits(Object traits, ObjectMapper mapper) {
			return traits(traits, ValueMapper.of(mapper));
		}

		private Builder traits(Object traits, ValueMapper mapper) {
			this.traits = TypedWrite.over(mapper, (this.from != null) ? this.from.traits() : null, traits, "traits");
			return this;
		}

		/**
		 * Sets whether the identity may sign in. Kratos 0.7 stores an unknown state
		 * before it responds with 400; later versions store nothing.
		 * @param state the state, or {@code null} to keep it
		 * @return this builder
		 */
		@SinceKratos("0.7")
		public Builder state(@Nullable IdentityState state) {
			this.state = state;
			return this;
		}

		/**
		 * Sets the public metadata: data that the identity may read but not change.
		 * @param metadataPublic a map or a JSON tree, which replaces all metadata; an
		 * object of a class, which replaces the fields of the class as
		 * {@link #traits(Object)} does; or {@code null} for none
		 * @return this builder
		 * @throws IllegalArgumentException if the object cannot be written as JSON, or
		 * fields that its class does not have cannot be kept
		 */
		@SinceKratos("0.10")
		public Builder metadataPublic(@Nullable Object metadataPublic) {
			return metadataPublic(metadataPublic, ValueMapper.DEFAULT);
		}

		/**
		 * Sets the public metadata as {@link #metadataPublic(Object)} does, read and
		 * written with a mapper of the application.
		 * @param metadataPublic an object of the application, a map, a JSON tree, or
		 * {@code null} for none
		 * @param mapper the application's mapper
		 * @return this builder
		 * @throws IllegalArgumentException if the object cannot be written as JSON, or
		 * fields that its class does not have cannot be kept; the message names the field
		 */
		@SinceKratos("0.10")
		public Builder metadataPublic(@Nullable Object metadataPublic, ObjectMapper mapper) {
			return metadataPublic(metadataPublic, ValueMapper.of(mapper));
		}

		private Builder metadataPublic(@Nullable Object metadataPublic, ValueMapper mapper) {
			JsonNode base = (this.from != null) ? this.from.metadataPublic() : null;
			this.metadataPublic = (metadataPublic != null)
					? TypedWrite.over(mapper, base, metadataPublic, "metadataPublic") : null;
			return this;
		}

		/**
		 * Sets the admin metadata: data that only the admin API shows.
		 * @param metadataAdmin a map or a JSON tree, which replaces all metadata; an
		 * object of a class, which replaces the fields of the class as
		 * {@link #traits(Object)} does; or {@code null} for none
		 * @return this builder
		 * @throws IllegalArgumentException if the object cannot be written as JSON, or
		 * fields that its class does not have cannot be kept
		 */
		@SinceKratos("0.10")
		public Builder metadataAdmin(@Nullable Object metadataAdmin) {
			return metadataAdmin(metadataAdmin, ValueMapper.DEFAULT);
		}

		/**
		 * Sets the admin metadata as {@link #metadataAdmin(Object)} does, read and
		 * written with a mapper of the application.
		 * @param metadataAdmin an object of the application, a map, a JSON tree, or
		 * {@code null} for none
		 * @param mapper the application's mapper
		 * @return this builder
		 * @throws IllegalArgumentException if the object cannot be written as JSON, or
		 * fields that its class does not have cannot be kept; the message names the field
		 */
		@SinceKratos("0.10")
		public Builder metadataAdmin(@Nullable Object metadataAdmin, ObjectMapper mapper) {
			return metadataAdmin(metadataAdmin, ValueMapper.of(mapper));
		}

		private Builder metadataAdmin(@Nullable Object metadataAdmin, ValueMapper mapper) {
			JsonNode base = (this.from != null) ? this.from.metadataAdmin() : null;
			this.metadataAdmin = (metadataAdmin != null) ? TypedWrite.over(mapper, base, metadataAdmin, "metadataAdmin")
					: null;
			return this;
		}

		/**
		 * Sets the id of the identity in another system.
		 * @param externalId the id, or {@code null} for none
		 * @return this builder
		 */
		@SinceKratos(value = "25.4", ignoredBefore = true)
		public Builder externalId(@Nullable String externalId) {
			this.externalId = externalId;
			return this;
		}

		/**
		 * Sets the credentials to add or replace. Credentials of other types stay the
		 * same in any case.
		 * @param credentials the credentials, or {@code null} to change none
		 * @return this builder
		 */
		@SinceKratos(value = "0.11", ignoredBefore = true)
		public Builder credentials(@Nullable ImportCredentials credentials) {
			this.credentials = credentials;
			return this;
		}

		/**
		 * Sets the region of Ory Network that holds the data of the identity. Servers of
		 * your own accept it, but do not store it.
		 * @param region the region, or {@code null} to keep the region
		 * @return this builder
		 */
		@SinceKratos(value = "after 26.2", ignoredBefore = true)
		public Builder region(@Nullable IdentityRegion region) {
			this.region = region;
			return this;
		}

		/**
		 * Builds the update.
		 * @return the update
		 * @throws IllegalArgumentException if the traits are missing
		 */
		public UpdateIdentity build() {
			return new UpdateIdentity(this.schemaId, KratosJson.required(this.traits, "traits"), this.state,
					this.metadataPublic, this.metadataAdmin, this.externalId, this.credentials, this.region);
		}

	}

}
