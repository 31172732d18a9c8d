package io.github.kratosadmin.test.embedded.internal.identity;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An identity. What an era does not have stays as it is after creation.
 *
 * @param id the id
 * @param schemaId the id of its schema
 * @param traits its traits
 * @param state whether it is active, with the time of the last change
 * @param details what others than Kratos know about it
 * @param credentials what it signs in with
 * @param verifiableAddresses its verifiable addresses
 * @param recoveryAddresses its recovery addresses
 * @param createdAt when it was created
 * @param updatedAt when it was last updated, where the era tells
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
	 * As the database keeps it.
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
	 * @param changedAt since when
	 */
	record State(String value, Instant changedAt) {

		static final String ACTIVE = "active";

		static boolean isKnown(String value) {
			return value.equals(ACTIVE) || value.equals("inactive");
		}

	}

	/**
	 * What others than Kratos know about an identity.
	 *
	 * @param metadataPublic metadata for the identity to see
	 * @param metadataAdmin metadata for administrators only
	 * @param externalId its id elsewhere
	 * @param organizationId the id of its organization
	 */
	record Details(@Nullable JsonNode metadataPublic, @Nullable JsonNode metadataAdmin, @Nullable String externalId,
			@Nullable String organizationId) {

		static final Details NONE = new Details(null, null, null, null);

		/**
		 * The organization is no part of an update.
		 */
		Details inOrganization(@Nullable String organizationId) {
			return new Details(this.metadataPublic, this.metadataAdmin, this.externalId, organizationId);
		}

	}

}
