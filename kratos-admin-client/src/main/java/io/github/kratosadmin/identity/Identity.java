package io.github.kratosadmin.identity;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.kratosadmin.internal.json.KratosJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.NullNode;

import static com.fasterxml.jackson.annotation.JsonProperty.Access.WRITE_ONLY;

/**
 * An identity: one user account. Fields missing from the response are {@code null} or
 * empty.
 * <p>
 * The constructor is not API: it gains a parameter whenever Kratos gains a field. Obtain
 * instances from the client, in tests from the fixtures in the test module.
 *
 * @param id the id, a UUID
 * @param schemaId the id of the identity schema of the traits
 * @param schemaUrl the URL of the identity schema
 * @param state whether the identity may sign in (since Kratos 0.7)
 * @param stateChangedAt the time of the last change of the state (since Kratos 0.7)
 * @param traits the traits, such as the e-mail address, which the identity schema
 * describes; a JSON {@code null} if the response has none
 * @param verifiableAddresses the addresses that can be verified
 * @param recoveryAddresses the addresses to recover the account with
 * @param metadataPublic data that the identity may read but not change (since Kratos
 * 0.10)
 * @param metadataAdmin data that only the admin API shows (since Kratos 0.10)
 * @param credentials the credentials to sign in with, by type such as {@code password}
 * (since Kratos 0.7, not in every response)
 * @param externalId the id of the identity in another system (since Kratos 25.4)
 * @param organizationId the id of the organization, a UUID (since Kratos 1.1)
 * @param region the region of Ory Network that holds the data of the identity (since a
 * Kratos after 26.2); servers of your own do not store it
 * @param createdAt the time of its creation
 * @param updatedAt the time of the last change
 * @param additionalProperties the fields that this version of the client does not know,
 * by name; not shown by {@link #toString()}
 */
public record Identity(@JsonProperty("id") String id, @JsonProperty("schema_id") @Nullable String schemaId,
		@JsonProperty("schema_url") @Nullable String schemaUrl, @JsonProperty("state") @Nullable IdentityState state,
		@JsonProperty("state_changed_at") @Nullable Instant stateChangedAt, @JsonProperty("traits") JsonNode traits,
		@JsonProperty("verifiable_addresses") List<VerifiableAddress> verifiableAddresses,
		@JsonProperty("recovery_addresses") List<RecoveryAddress> recoveryAddresses,
		@JsonProperty("metadata_public") @Nullable JsonNode metadataPublic,
		@JsonProperty(value = "metadata_admin", access = WRITE_ONLY) @Nullable JsonNode metadataAdmin,
		@JsonProperty("credentials") Map<String, IdentityCredentials> credentials,
		@JsonProperty("external_id") @Nullable String externalId,
		@JsonProperty("organization_id") @Nullable String organizationId,
		@JsonProperty("region") @Nullable IdentityRegion region,
		@JsonProperty("created_at") @Nullable Instant createdAt,
		@JsonProperty("updated_at") @Nullable Instant updatedAt,
		@JsonAnySetter @JsonProperty(access = WRITE_ONLY) Map<String, JsonNode> additionalProperties) {

	/**
	 * Reads a response of Kratos: absent lists and credentials are empty.
	 */
	@SuppressWarnings("NullAway") // Kratos may leave out anything.
	public Identity {
		id = KratosJson.required(id, "id");
		traits = (traits != null) ? traits : NullNode.getInstance();
		verifiableAddresses = KratosJson.listOf(verifiableAddresses);
		recoveryAddresses = KratosJson.listOf(recoveryAddresses);
		metadataPublic = KratosJson.orNull(metadataPublic);
		metadataAdmin = KratosJson.orNull(metadataAdmin);
		credentials = KratosJson.mapOf(credentials);
		additionalProperties = KratosJson.mapOf(additionalProperties);
	}

	/**
	 * Reads the traits as a class of the application. Unknown fields are ignored.
	 * @param <T> the class
	 * @param type the class to read the traits as
	 * @return the traits
	 * @throws IllegalArgumentException if the traits do not fit the class; the message
	 * names the field
	 */
	public <T> T traitsAs(Class<T> type) {
		return traitsAs(type, ValueMapper.DEFAULT);
	}

	/**
	 * Reads the traits as a class of the application with a mapper of the application.
	 * Use it for Kotlin data classes, modules and naming strategies. Unknown fields are
	 * ignored unless the mapper fails on them.
	 * @param <T> the class
	 * @param type the class to read the traits as
	 * @param mapper the application's mapper
	 * @return the traits
	 * @throws IllegalArgumentException if the traits do not fit the class; the message
	 * names the field
	 */
	public <T> T traitsAs(Class<T> type, ObjectMapper mapper) {
		return traitsAs(type, ValueMapper.of(mapper));
	}

	private <T> T traitsAs(Class<T> type, ValueMapper mapper) {
		return mapper.read(this.traits, type, "The traits of identity " + this.id);
	}

	/**
	 * Reads the public metadata as a class of the application. Unknown fields are
	 * ignored.
	 * @param <T> the class
	 * @param type the class to read the metadata as
	 * @return the metadata, or {@code null} if there is none
	 * @throws IllegalArgumentException if the metadata does not fit the class; the
	 * message names the field
	 */
	public <T> @Nullable T metadataPublicAs(Class<T> type) {
		return metadataPublicAs(type, ValueMapper.DEFAULT);
	}

	/**
	 * Reads the public metadata as a class of the application with a mapper of the
	 * application. Use it for Kotlin data classes, modules and naming strategies. Unknown
	 * fields are ignored unless the mapper fails on them.
	 * @param <T> the class
	 * @param type the class to read the metadata as
	 * @param mapper the application's mapper
	 * @return the metadata, or {@code null} if there is none
	 * @throws IllegalArgumentException if the metadata does not fit the class; the
	 * message names the field
	 */
	public <T> @Nullable T metadataPublicAs(Class<T> type, ObjectMapper mapper) {
		return metadataPublicAs(type, ValueMapper.of(mapper));
	}

	private <T> @Nullable T metadataPublicAs(Class<T> type, ValueMapper mapper) {
		return (this.metadataPublic != null)
				? mapper.read(this.metadataPublic, type, "The public metadata of identity " + this.id) : null;
	}

	/**
	 * Reads the admin metadata as a class of the application. Unknown fields are ignored.
	 * @param <T> the class
	 * @param type the class to read the metadata as
	 * @return the metadata, or {@code null} if there is none
	 * @throws IllegalArgumentException if the metadata does not fit the class; the
	 * message names the field
	 */
	public <T> @Nullable T metadataAdminAs(Class<T> type) {
		return metadataAdminAs(type, ValueMapper.DEFAULT);
	}

	/**
	 * Reads the admin metadata as a class of the application with a mapper of the
	 * application. Use it for Kotlin data classes, modules and naming strategies. Unknown
	 * fields are ignored unless the mapper fails on them.
	 * @param <T> the class
	 * @param type the class to read the metadata as
	 * @param mapper the application's mapper
	 * @return the metadata, or {@code null} if there is none
	 * @throws IllegalArgumentException if the metadata does not fit the class; the
	 * message names the field
	 */
	public <T> @Nullable T metadataAdminAs(Class<T> type, ObjectMapper mapper) {
		return metadataAdminAs(type, ValueMapper.of(mapper));
	}

	private <T> @Nullable T metadataAdminAs(Class<T> type, ValueMapper mapper) {
		return (this.metadataAdmin != null)
				? mapper.read(this.metadataAdmin, type, "The admin metadata of identity " + this.id) : null;
	}

	/**
	 * Returns the same identity with its own copies of the JSON trees, which may be
	 * changed.
	 */
	Identity copy() {
		Map<String, IdentityCredentials> credentials = new LinkedHashMap<>(this.credentials);
		credentials.replaceAll((type, credential) -> credential.copy());
		return new Identity(this.id, this.schemaId, this.schemaUrl, this.state, this.stateChangedAt,
				this.traits.deepCopy(), this.verifiableAddresses, this.recoveryAddresses, copy(this.metadataPublic),
				copy(this.metadataAdmin), credentials, this.externalId, this.organizationId, this.region,
				this.createdAt, this.updatedAt, KratosJson.copyOf(this.additionalProperties));
	}

	private static @Nullable JsonNode copy(@Nullable JsonNode tree) {
		return (tree != null) ? tree.deepCopy() : null;
	}

	/**
	 * Does not show personal data: the traits, addresses and metadata.
	 */
	@Override
	public String toString() {
		return "Identity[id=" + this.id + ", schemaId=" + this.schemaId + ", state=" + this.state + "]";
	}

}
