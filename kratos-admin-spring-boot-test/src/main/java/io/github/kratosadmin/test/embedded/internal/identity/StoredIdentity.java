package io.github.kratosadmin.test.embedded.internal.identity;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An identity. Fields that an era does not have keep their first value.
 *
 * @param id the id
 * @param schemaId the id of its schema
 * @param traits its traits
 * @param state the state, with the time of its last change
 * @param details the data of other systems
 * @param credentials the credentials
 * @param verifiableAddresses its verifiable addresses
 * @param recoveryAddresses its recovery addresses
 * @param createdAt when it was created
 * @param updatedAt when it was last updated, in eras that record it
 */
public record StoredIdentity(String id, String schemaId, JsonNode traits, State state, Details details,
		Credentials credentials, List<StoredVerifiableAddress> verifiableAddresses,
		List<StoredRecoveryAddress> recoveryAddresses, Instant createdAt, Instant updatedAt) {

	public boolean isActive() {
		return this.state.value.equals(State.ACTIVE);
	}

	StoredIdentity withCredentials(Credentials credentials) {
		return new StoredIdentity(this.id, this.schemaId, this.traits, this.state, this.details, credentials,
				this.verifiableAddresses, this.recoveryAddresses, this.createdAt, this.updatedAt);
	}

	/**
	 * Returns a copy as the database stores it.
	 */
	StoredIdentity trimmed() {
		return withCredentials(this.credentials.map(Credential::trimmed));
	}

	StoredIdentity updatedAt(Instant now) {
		return new StoredIdentity(this.id, this.schemaId, this.traits, this.state, this.details, this.credentials,
				this.verifiableAddresses, this.recoveryAddresses, this.createdAt, now);
	}

	/**
	 * The state of an identity.
	 *
	 * @param value {@code active} or {@code inactive}
	 * @param changedAt when it last changed
	 */
	record State(String value, Instant changedAt) {

		static final String ACTIVE = "active";

		static boolean isKnown(String value) {
			return value.equals(ACTIVE) || value.equals("inactive");
		}

	}

	/**
	 * The data of other systems about an identity.
	 *
	 * @param metadataPublic the metadata that the identity can read
	 * @param metadataAdmin the metadata for administrators only
	 * @param externalId the id in another system
	 * @param organizationId the id of its organization
	 */
	record Details(@Nullable JsonNode metadataPublic, @Nullable JsonNode metadataAdmin, @Nullable String externalId,
			@Nullable String organizationId) {

		static final Details NONE = new Details(null, null, null, null);

		/**
		 * Returns a copy with an organization, which an update does not contain.
		 */
		Details inOrganization(@Nullable String organizationId) {
			return new Details(this.metadataPublic, this.metadataAdmin, this.externalId, organizationId);
		}

	}

}
