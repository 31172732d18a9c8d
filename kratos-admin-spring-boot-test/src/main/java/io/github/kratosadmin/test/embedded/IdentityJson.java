package io.github.kratosadmin.test.embedded;

import java.time.Instant;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes identities. What is shown of one depends on the era and on the request.
 */
final class IdentityJson {

	/**
	 * Go's zero time.
	 */
	private static final Instant NEVER = Instant.parse("0001-01-01T00:00:00Z");

	private final KratosEra era;

	private final Urls urls;

	IdentityJson(KratosEra era, Urls urls) {
		this.era = era;
		this.urls = urls;
	}

	/**
	 * The answer to a request to create it.
	 */
	ObjectNode created(Identity identity) {
		ObjectNode json = write(identity, this.urls.schema(identity.schemaId()));
		if (this.era.showsCredentialsOfChanges()) {
			PasswordCredential password = identity.password();
			boolean dated = this.era.datesNewCredentials();
			addCredentials(json, password, dated ? password.createdAt() : NEVER, dated ? password.updatedAt() : NEVER,
					false);
			addAdminMetadata(json, identity.details().metadataAdmin());
		}
		return json;
	}

	/**
	 * The answer to a request to update it.
	 * @param identity the identity as it is now
	 * @param before the identity as it was before
	 */
	ObjectNode updated(Identity identity, Identity before) {
		// The URL is the one from before the update; the next read has the new one.
		ObjectNode json = write(identity, this.urls.schema(before.schemaId()));
		if (this.era.showsCredentialsOfChanges()) {
			// So are the times.
			addCredentials(json, identity.password(), before.password().createdAt(), before.password().updatedAt(),
					false);
			addAdminMetadata(json, identity.details().metadataAdmin());
		}
		return json;
	}

	/**
	 * The answer to a request for it.
	 * @param identity the identity
	 * @param declassify whether to show the hash of its password
	 */
	ObjectNode read(Identity identity, boolean declassify) {
		ObjectNode json = own(identity);
		if (this.era.showsCredentials()) {
			addCredentials(json, identity, declassify);
		}
		if (this.era.hasMetadata()) {
			addAdminMetadata(json, orNull(identity.details().metadataAdmin()));
		}
		return json;
	}

	/**
	 * What it is in a list.
	 * @param identity the identity
	 * @param credentials whether to show its credentials
	 * @param declassify whether to show the hash of its password
	 */
	ObjectNode listed(Identity identity, boolean credentials, boolean declassify) {
		ObjectNode json = own(identity);
		if (credentials) {
			addCredentials(json, identity, declassify);
		}
		if (this.era.listsAdminMetadata()) {
			addAdminMetadata(json, orNull(identity.details().metadataAdmin()));
		}
		return json;
	}

	/**
	 * What the identity itself may see.
	 */
	ObjectNode own(Identity identity) {
		return write(identity, this.urls.schema(identity.schemaId()));
	}

	private ObjectNode write(Identity identity, String schemaUrl) {
		ObjectNode json = Json.object();
		Identity.Details details = identity.details();
		json.put("id", identity.id());
		if (details.externalId() != null) {
			json.put("external_id", details.externalId());
		}
		json.put("schema_id", identity.schemaId());
		json.put("schema_url", schemaUrl);
		if (this.era.hasStates()) {
			json.put("state", identity.state().value());
			json.put("state_changed_at", Json.timestamp(identity.state().changedAt()));
		}
		json.set("traits", identity.traits());
		if (!identity.verifiableAddresses().isEmpty()) {
			ArrayNode addresses = json.putArray("verifiable_addresses");
			identity.verifiableAddresses().forEach((address) -> addresses.add(write(address)));
		}
		if (!identity.recoveryAddresses().isEmpty()) {
			ArrayNode addresses = json.putArray("recovery_addresses");
			identity.recoveryAddresses().forEach((address) -> addresses.add(write(address)));
		}
		if (this.era.hasMetadata()) {
			json.set("metadata_public", orNull(details.metadataPublic()));
		}
		json.put("created_at", Json.timestamp(identity.createdAt()));
		json.put("updated_at", Json.timestamp(identity.updatedAt()));
		if (this.era.hasOrganizations()) {
			json.put("organization_id", details.organizationId());
		}
		return json;
	}

	private ObjectNode write(VerifiableAddress address) {
		ObjectNode json = Json.object();
		json.put("id", address.id());
		json.put("value", address.value());
		json.put("verified", address.verified());
		json.put("via", "email");
		json.put("status", address.status());
		if (address.verifiedAt() != null) {
			json.put("verified_at", Json.timestamp(address.verifiedAt()));
		}
		else if (this.era.showsThatAddressesAreNotVerified()) {
			json.putNull("verified_at");
		}
		json.put("created_at", Json.timestamp(address.createdAt()));
		json.put("updated_at", Json.timestamp(address.updatedAt()));
		return json;
	}

	private static ObjectNode write(RecoveryAddress address) {
		ObjectNode json = Json.object();
		json.put("id", address.id());
		json.put("value", address.value());
		json.put("via", "email");
		json.put("created_at", Json.timestamp(address.createdAt()));
		json.put("updated_at", Json.timestamp(address.updatedAt()));
		return json;
	}

	private void addCredentials(ObjectNode json, Identity identity, boolean declassify) {
		PasswordCredential password = identity.password();
		addCredentials(json, password, password.createdAt(), password.updatedAt(), declassify);
	}

	private void addCredentials(ObjectNode json, PasswordCredential password, Instant createdAt, Instant updatedAt,
			boolean declassify) {
		if (password.identifiers().isEmpty()) {
			return;
		}
		ObjectNode credential = json.putObject("credentials").putObject("password");
		credential.put("type", "password");
		ArrayNode identifiers = credential.putArray("identifiers");
		password.identifiers().forEach(identifiers::add);
		if (declassify) {
			ObjectNode config = credential.putObject("config");
			if (password.hash() != null) {
				config.put("hashed_password", password.hash());
			}
		}
		if (this.era.versionsCredentials()) {
			credential.put("version", 0);
		}
		credential.put("created_at", Json.timestamp(createdAt));
		credential.put("updated_at", Json.timestamp(updatedAt));
	}

	private static void addAdminMetadata(ObjectNode json, @Nullable JsonNode metadata) {
		if (metadata != null) {
			json.set("metadata_admin", metadata);
		}
	}

	private static JsonNode orNull(@Nullable JsonNode node) {
		return (node != null) ? node : Json.nothing();
	}

}
