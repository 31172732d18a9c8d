package io.github.kratosadmin.identity;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.kratosadmin.internal.json.KratosJson;
import io.github.kratosadmin.version.SinceKratos;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

import org.springframework.util.StringUtils;

import static com.fasterxml.jackson.annotation.JsonProperty.Access.WRITE_ONLY;

/**
 * A request to create an identity. Fields that are {@code null} are not sent.
 * <p>
 * JSON from any mapper other than that of the client lacks the secrets: the admin
 * metadata and the passwords.
 *
 * @param schemaId the id of the identity schema, or {@code null} for the default schema
 * @param traits the traits, which the identity schema describes
 * @param state whether the identity may sign in, or {@code null} for active
 * @param metadataPublic data that the identity may read but not change, or {@code null}
 * for none
 * @param metadataAdmin data that only the admin API shows, or {@code null} for none
 * @param credentials the credentials to sign in with, or {@code null} for none
 * @param verifiableAddresses the status of verifiable addresses in the traits, or
 * {@code null} for none
 * @param recoveryAddresses the recovery addresses in the traits, or {@code null} for none
 * @param externalId the id of the identity in another system, or {@code null} for none
 * @param organizationId the id of the organization, a UUID, or {@code null} for none
 * @param region the region of Ory Network to hold the data, or {@code null} for the
 * default of the project
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CreateIdentity(@JsonProperty("schema_id") @Nullable String schemaId,
		@JsonProperty("traits") JsonNode traits,
		@SinceKratos("0.8") @JsonProperty("state") @Nullable IdentityState state,
		@SinceKratos("0.10") @JsonProperty("metadata_public") @Nullable JsonNode metadataPublic,
		@SinceKratos("0.10") @JsonProperty(value = "metadata_admin",
				access = WRITE_ONLY) @Nullable JsonNode metadataAdmin,
		@SinceKratos("0.9") @JsonProperty("credentials") @Nullable ImportCredentials credentials,
		@SinceKratos("0.9") @JsonProperty("verifiable_addresses") @Nullable List<VerifiableAddress> verifiableAddresses,
		@SinceKratos("0.9") @JsonProperty("recovery_addresses") @Nullable List<RecoveryAddress> recoveryAddresses,
		@SinceKratos("25.4") @JsonProperty("external_id") @Nullable String externalId,
		@SinceKratos("25.4") @JsonProperty("organization_id") @Nullable String organizationId,
		@SinceKratos("after 26.2") @JsonProperty("region") @Nullable IdentityRegion region) {

	/**
	 * Creates a request. The addresses are copied without unknown fields: a version of
	 * Kratos that does not have these fields would reject them.
	 */
	public CreateIdentity {
		verifiableAddresses = (verifiableAddresses != null)
				? verifiableAddresses.stream().map(VerifiableAddress::known).toList() : null;
		recoveryAddresses = (recoveryAddresses != null)
				? recoveryAddresses.stream().map(RecoveryAddress::known).toList() : null;
	}

	/**
	 * Returns a builder of a request to create an identity.
	 * @return the builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Returns a builder with what can be created again of an identity, for example on
	 * another server. It has the schema id, the traits, the state, the metadata, the
	 * external id, the organization, the region, and the addresses with the status of
	 * their verification.
	 * <p>
	 * It has only the credentials that the identity was
	 * {@linkplain ListIdentities.Builder#includeCredential(CredentialsType...) listed} or
	 * {@linkplain IdentityApi#getIdentity(String, List) read} with: the hash of the
	 * password, and the accounts with OpenID Connect, OAuth 2 and SAML providers. It also
	 * has the authenticator app, the recovery codes, the security keys and the passkeys
	 * if they were included, but no release up to Kratos 26.2 imports them.
	 * <p>
	 * Kratos sets a new id and new times. These are not carried over: sessions, the
	 * tokens of providers, keys that are bound to a device, and fields that this version
	 * of the client does not know. Kratos finds the identifiers, and the addresses for
	 * codes to sign in with, in the traits. Read the identity from Kratos: an identity
	 * from a JSON cache lacks the admin metadata and the credentials.
	 * @param identity the identity as Kratos sent it
	 * @return the builder
	 * @throws IllegalArgumentException if credentials are not as Kratos stores them; the
	 * message has no secrets
	 */
	public static Builder from(Identity identity) {
		Builder builder = new Builder();
		builder.schemaId = identity.schemaId();
		builder.traits = identity.traits();
		builder.state = identity.state();
		builder.metadataPublic = identity.metadataPublic();
		builder.metadataAdmin = identity.metadataAdmin();
		builder.credentials = StoredCredentials.read(identity);
		identity.verifiableAddresses().forEach((address) -> builder.verifiableAddress(address.toCreate()));
		identity.recoveryAddresses().forEach((address) -> builder.recoveryAddress(address.toCreate()));
		builder.externalId = StringUtils.hasLength(identity.externalId()) ? identity.externalId() : null;
		builder.organizationId = StringUtils.hasLength(identity.organizationId()) ? identity.organizationId() : null;
		builder.region = identity.region();
		return builder;
	}

	/**
	 * Compares an identity with this request, for example to verify an import. Kratos may
	 * have written the values in another notation: an e-mail address in lower case, and
	 * after 26.2 a phone number without punctuation.
	 * <ul>
	 * <li>{@code schema_id}, {@code traits}, {@code state}, {@code metadata_public},
	 * {@code metadata_admin}, {@code external_id} and {@code organization_id} differ if
	 * they are not those of this request. A request without a schema id is for the
	 * default schema, which only the server knows: any schema is then the same.</li>
	 * <li>{@code verifiable_addresses} and {@code recovery_addresses} differ if an
	 * address of this request is missing, or is not verified although it should be. Other
	 * addresses do not matter.</li>
	 * <li>{@code credentials} differ if credentials of this request are missing. Others
	 * do not matter. Secrets, such as the hash of the password, are compared only if the
	 * identity was {@linkplain IdentityApi#getIdentity(String, List) read} with them, and
	 * a clear password never. Kratos may replace the hash when the user signs in. The
	 * response must show the types of the credentials, as {@link IdentityApi#getIdentity}
	 * and {@link IdentityApi#findByCredentialsIdentifier} do: otherwise all are
	 * missing.</li>
	 * </ul>
	 * The region is not compared.
	 * @param identity the identity as Kratos sent it
	 * @return the names of the fields that differ, as Kratos spells them and without
	 * their values; empty if the identity is as this request wants it
	 * @throws IllegalArgumentException if credentials are not as Kratos stores them; the
	 * message has no secrets
	 */
	public List<String> differences(Identity identity) {
		return IdentityDifferences.of(this, identity);
	}

	/**
	 * Does not show personal data.
	 */
	@Override
	public String toString() {
		return "CreateIdentity[schemaId=" + this.schemaId + ", state=" + this.state + "]";
	}

	/**
	 * Builds a {@link CreateIdentity}.
	 */
	public static final class Builder {

		private @Nullable String schemaId;

		private @Nullable JsonNode traits;

		private @Nullable IdentityState state;

		private @Nullable JsonNode metadataPublic;

		private @Nullable JsonNode metadataAdmin;

		private @Nullable ImportCredentials credentials;

		private @Nullable List<VerifiableAddress> verifiableAddresses;

		private @Nullable List<RecoveryAddress> recoveryAddresses;

		private @Nullable String externalId;

		private @Nullable String organizationId;

		private @Nullable IdentityRegion region;

		private Builder() {
		}

		/**
		 * Sets the identity schema.
		 * @param schemaId the id of the schema, or {@code null} for the default schema
		 * @return this builder
		 */
		public Builder schemaId(@Nullable String schemaId) {
			this.schemaId = schemaId;
			return this;
		}

		/**
		 * Sets the traits.
		 * @param traits an object of the application, a map, or a JSON tree
		 * @return this builder
		 * @throws IllegalArgumentException if the object cannot be written as JSON
		 */
		public Builder traits(Object traits) {
			return traits(traits, ValueMapper.DEFAULT);
		}

		/**
		 * Sets the traits, written with a mapper of the application. Use it for Kotlin
		 * data classes, modules and naming strategies. Fields without a value are not
		 * sent, as without a mapper.
		 * @param traits an object of the application, a map, or a JSON tree
		 * @param mapper the application's mapper
		 * @return this builder
		 * @throws IllegalArgumentException if the object cannot be written as JSON; the
		 * message names the field
		 */
		public Builder traits(Object traits, ObjectMapper mapper) {
			return traits(traits, ValueMapper.of(mapper));
		}

		private Builder traits(Object traits, ValueMapper mapper) {
			this.traits = mapper.write(traits, "traits");
			return this;
		}

		/**
		 * Sets whether the identity may sign in.
		 * @param state the state, or {@code null} for active
		 * @return this builder
		 */
		@SinceKratos("0.8")
		public Builder state(@Nullable IdentityState state) {
			this.state = state;
			return this;
		}

		/**
		 * Sets the public metadata: data that the identity may read but not change.
		 * @param metadataPublic an object of the application, a map, a JSON tree, or
		 * {@code null} for none
		 * @return this builder
		 * @throws IllegalArgumentException if the object cannot be written as JSON
		 */
		@SinceKratos("0.10")
		public Builder metadataPublic(@Nullable Object metadataPublic) {
			return metadataPublic(metadataPublic, ValueMapper.DEFAULT);
		}

		/**
		 * Sets the public metadata, written with a mapper of the application as
		 * {@link #traits(Object, ObjectMapper)} does.
		 * @param metadataPublic an object of the application, a map, a JSON tree, or
		 * {@code null} for none
		 * @param mapper the application's mapper
		 * @return this builder
		 * @throws IllegalArgumentException if the object cannot be written as JSON; the
		 * message names the field
		 */
		@SinceKratos("0.10")
		public Builder metadataPublic(@Nullable Object metadataPublic, ObjectMapper mapper) {
			return metadataPublic(metadataPublic, ValueMapper.of(mapper));
		}

		private Builder metadataPublic(@Nullable Object metadataPublic, ValueMapper mapper) {
			this.metadataPublic = (metadataPublic != null) ? mapper.write(metadataPublic, "metadataPublic") : null;
			return this;
		}

		/**
		 * Sets the admin metadata: data that only the admin API shows.
		 * @param metadataAdmin an object of the application, a map, a JSON tree, or
		 * {@code null} for none
		 * @return this builder
		 * @throws IllegalArgumentException if the object cannot be written as JSON
		 */
		@SinceKratos("0.10")
		public Builder metadataAdmin(@Nullable Object metadataAdmin) {
			return metadataAdmin(metadataAdmin, ValueMapper.DEFAULT);
		}

		/**
		 * Sets the admin metadata, written with a mapper of the application as
		 * {@link #traits(Object, ObjectMapper)} does.
		 * @param metadataAdmin an object of the application, a map, a JSON tree, or
		 * {@code null} for none
		 * @param mapper the application's mapper
		 * @return this builder
		 * @throws IllegalArgumentException if the object cannot be written as JSON; the
		 * message names the field
		 */
		@SinceKratos("0.10")
		public Builder metadataAdmin(@Nullable Object metadataAdmin, ObjectMapper mapper) {
			return metadataAdmin(metadataAdmin, ValueMapper.of(mapper));
		}

		private Builder metadataAdmin(@Nullable Object metadataAdmin, ValueMapper mapper) {
			this.metadataAdmin = (metadataAdmin != null) ? mapper.write(metadataAdmin, "metadataAdmin") : null;
			return this;
		}

		/**
		 * Sets the credentials to sign in with.
		 * @param credentials the credentials, or {@code null} for none
		 * @return this builder
		 */
		@SinceKratos("0.9")
		public Builder credentials(@Nullable ImportCredentials credentials) {
			this.credentials = credentials;
			return this;
		}

		/**
		 * Adds the status of a verifiable address in the traits.
		 * @param address the address, for example from
		 * {@link VerifiableAddress#email(String, boolean)}
		 * @return this builder
		 */
		@SinceKratos("0.9")
		public Builder verifiableAddress(VerifiableAddress address) {
			if (this.verifiableAddresses == null) {
				this.verifiableAddresses = new ArrayList<>();
			}
			this.verifiableAddresses.add(address);
			return this;
		}

		/**
		 * Adds a recovery address in the traits.
		 * @param address the address, from {@link RecoveryAddress#email(String)}
		 * @return this builder
		 */
		@SinceKratos("0.9")
		public Builder recoveryAddress(RecoveryAddress address) {
			if (this.recoveryAddresses == null) {
				this.recoveryAddresses = new ArrayList<>();
			}
			this.recoveryAddresses.add(address);
			return this;
		}

		/**
		 * Sets the id of the identity in another system.
		 * @param externalId the id, or {@code null} for none
		 * @return this builder
		 */
		@SinceKratos("25.4")
		public Builder externalId(@Nullable String externalId) {
			this.externalId = externalId;
			return this;
		}

		/**
		 * Sets the organization of the identity.
		 * @param organizationId the id of the organization, a UUID, or {@code null} for
		 * none
		 * @return this builder
		 */
		@SinceKratos("25.4")
		public Builder organizationId(@Nullable String organizationId) {
			this.organizationId = organizationId;
			return this;
		}

		/**
		 * Sets the region of Ory Network that holds the data of the identity. Servers of
		 * your own accept it, but do not store it.
		 * @param region the region, or {@code null} for the default of the project
		 * @return this builder
		 */
		@SinceKratos("after 26.2")
		public Builder region(@Nullable IdentityRegion region) {
			this.region = region;
			return this;
		}

		/**
		 * Builds the request.
		 * @return the request
		 * @throws IllegalArgumentException if the traits are missing
		 */
		public CreateIdentity build() {
			return new CreateIdentity(this.schemaId, KratosJson.required(this.traits, "traits"), this.state,
					this.metadataPublic, this.metadataAdmin, this.credentials, this.verifiableAddresses,
					this.recoveryAddresses, this.externalId, this.organizationId, this.region);
		}

	}

}
