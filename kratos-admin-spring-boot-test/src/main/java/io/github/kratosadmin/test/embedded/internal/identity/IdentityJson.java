package io.github.kratosadmin.test.embedded.internal.identity;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

import io.github.kratosadmin.test.embedded.KratosEra;
import io.github.kratosadmin.test.embedded.internal.http.Urls;
import io.github.kratosadmin.test.embedded.internal.schema.SchemaStore;
import io.github.kratosadmin.test.embedded.internal.text.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes identities as JSON. The fields depend on the era and on the request.
 */
public final class IdentityJson {

	private final KratosEra era;

	private final Urls urls;

	public IdentityJson(KratosEra era, Urls urls) {
		this.era = era;
		this.urls = urls;
	}

	/**
	 * The response to a create.
	 */
	ObjectNode created(StoredIdentity identity) {
		ObjectNode json = write(identity, schemaUrl(identity));
		if (IdentityRules.showsCredentialsOfChanges(this.era)) {
			addCredentials(json, identity.credentials(),
					(credential) -> write(credential, !credential.identifiers().isEmpty(),
							IdentityRules.showsTimesOfNewCredentials(this.era) ? credential
									: Credential.of(credential.type(), List.of(), Json.nothing()),
							false));
			addAdminMetadata(json, identity.details().metadataAdmin());
		}
		return json;
	}

	/**
	 * The response to an update.
	 * @param identity the identity as it is now
	 * @param before the identity as it was before
	 */
	ObjectNode updated(StoredIdentity identity, StoredIdentity before) {
		// The response has the URL from before the update; the next read has the new one.
		ObjectNode json = write(identity, schemaUrl(before));
		if (IdentityRules.showsCredentialsOfChanges(this.era)) {
			// Before they were migrated, the times were from before the update too.
			addCredentials(json, identity.credentials(), (credential) -> {
				if (IdentityRules.upgradesCredentials(this.era)) {
					return write(credential, true, credential, true);
				}
				Credential stored = before.credentials().find(credential.type());
				boolean isNew = stored == null || !stored.createdAt().equals(credential.createdAt());
				boolean identified = !isNew || !IdentityRules.rewritesCredentialsOnUpdate(this.era)
						|| !credential.identifiers().isEmpty();
				return write(credential, identified, (stored == null || isNew)
						? Credential.of(credential.type(), List.of(), Json.nothing()) : stored, true);
			});
			addAdminMetadata(json, identity.details().metadataAdmin());
		}
		return json;
	}

	/**
	 * The response to a read.
	 * @param identity the identity
	 * @param declassified the types of the credentials whose secrets to show
	 */
	ObjectNode read(StoredIdentity identity, Set<String> declassified) {
		ObjectNode json = own(identity);
		if (IdentityRules.showsCredentials(this.era)) {
			addCredentials(json, identity, declassified);
		}
		if (IdentityRules.hasMetadata(this.era)) {
			addAdminMetadata(json, orNull(identity.details().metadataAdmin()));
		}
		return json;
	}

	/**
	 * An element of a list.
	 * @param identity the identity
	 * @param credentials whether to show its credentials
	 * @param declassified the types of the credentials whose secrets to show
	 */
	ObjectNode listed(StoredIdentity identity, boolean credentials, Set<String> declassified) {
		ObjectNode json = own(identity);
		if (credentials) {
			addCredentials(json, identity, declassified);
		}
		if (IdentityRules.listsAdminMetadata(this.era)) {
			addAdminMetadata(json, orNull(identity.details().metadataAdmin()));
		}
		return json;
	}

	/**
	 * The document to which a patch is applied.
	 */
	ObjectNode document(StoredIdentity identity) {
		ObjectNode json = own(identity);
		addAdminMetadata(json, orNull(identity.details().metadataAdmin()));
		if (IdentityRules.replacesPatchedIdentities(this.era)) {
			addCredentials(json, identity.credentials(), (credential) -> {
				ObjectNode written = write(credential, true, credential, true);
				written.set("config", credential.config().deepCopy());
				return written;
			});
		}
		return json.deepCopy();
	}

	/**
	 * The identity without credentials and without metadata for administrators.
	 */
	public ObjectNode own(StoredIdentity identity) {
		return write(identity, schemaUrl(identity));
	}

	private String schemaUrl(StoredIdentity identity) {
		return this.urls.schema(identity.schemaId().isEmpty() ? SchemaStore.DEFAULT_ID : identity.schemaId());
	}

	/**
	 * The identity in a list of sessions.
	 */
	public ObjectNode withoutAddresses(StoredIdentity identity) {
		ObjectNode json = own(identity);
		json.remove("verifiable_addresses");
		json.remove("recovery_addresses");
		return json;
	}

	private ObjectNode write(StoredIdentity identity, String schemaUrl) {
		ObjectNode json = Json.object();
		StoredIdentity.Details details = identity.details();
		json.put("id", identity.id());
		if (details.externalId() != null) {
			json.put("external_id", details.externalId());
		}
		json.put("schema_id", identity.schemaId());
		json.put("schema_url", schemaUrl);
		if (IdentityRules.hasStates(this.era)) {
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
		if (IdentityRules.hasMetadata(this.era)) {
			json.set("metadata_public", orNull(details.metadataPublic()));
		}
		json.put("created_at", Json.timestamp(identity.createdAt()));
		json.put("updated_at", Json.timestamp(identity.updatedAt()));
		if (IdentityRules.hasOrganizations(this.era)) {
			json.put("organization_id", details.organizationId());
		}
		return json;
	}

	private ObjectNode write(StoredVerifiableAddress address) {
		ObjectNode json = Json.object();
		json.put("id", address.id());
		json.put("value", address.value());
		json.put("verified", address.verified());
		json.put("via", address.via());
		json.put("status", address.status());
		if (address.verifiedAt() != null) {
			json.put("verified_at", Json.timestamp(address.verifiedAt()));
		}
		else if (IdentityRules.showsNullAsTimeOfVerification(this.era)) {
			json.putNull("verified_at");
		}
		json.put("created_at", Json.timestamp(address.createdAt()));
		json.put("updated_at", Json.timestamp(address.updatedAt()));
		return json;
	}

	private static ObjectNode write(StoredRecoveryAddress address) {
		ObjectNode json = Json.object();
		json.put("id", address.id());
		json.put("value", address.value());
		json.put("via", address.via());
		json.put("created_at", Json.timestamp(address.createdAt()));
		json.put("updated_at", Json.timestamp(address.updatedAt()));
		return json;
	}

	private void addCredentials(ObjectNode json, StoredIdentity identity, Set<String> declassified) {
		addCredentials(json, identity.credentials(), (credential) -> {
			ObjectNode written = write(credential.identifiedBy(credential.sortedIdentifiers()), true, credential, true);
			JsonNode config = declassified.contains(credential.type()) ? publish(credential) : null;
			if (config != null) {
				written.set("config", config);
			}
			return written;
		});
	}

	private static void addCredentials(ObjectNode json, Credentials credentials,
			Function<Credential, ObjectNode> writer) {
		if (credentials.all().isEmpty()) {
			return;
		}
		ObjectNode object = json.putObject("credentials");
		credentials.all().forEach((credential) -> object.set(credential.type(), writer.apply(credential)));
	}

	/**
	 * Writes a credential without its secrets.
	 * @param credential the credential
	 * @param identified whether no identifiers are written as an empty list instead of
	 * null
	 * @param dated the credential with the times
	 * @param stored whether it was read from the database
	 */
	private ObjectNode write(Credential credential, boolean identified, Credential dated, boolean stored) {
		ObjectNode json = Json.object();
		json.put("type", credential.type());
		if (identified) {
			credential.identifiers().forEach(json.putArray("identifiers")::add);
		}
		else {
			json.putNull("identifiers");
		}
		if (IdentityRules.hasCredentialVersions(this.era)) {
			json.put("version", version(credential.type(), stored));
		}
		json.put("created_at", Json.timestamp(dated.createdAt()));
		json.put("updated_at", Json.timestamp(dated.updatedAt()));
		return json;
	}

	private int version(String type, boolean stored) {
		boolean upgraded = stored && IdentityRules.upgradesCredentials(this.era)
				&& Set.of(Credential.PASSWORD, Credential.WEBAUTHN).contains(type);
		return (upgraded || type.equals(Credential.CODE)) ? 1 : 0;
	}

	/**
	 * The secrets of a credential, decrypted.
	 */
	private @Nullable JsonNode publish(Credential credential) {
		if (credential.type().equals(Credential.DEVICE)) {
			JsonNode config = credential.config().deepCopy();
			config.path("credentials").forEach((key) -> {
				if (key instanceof ObjectNode object) {
					object.remove("pin");
				}
			});
			return config;
		}
		if (!credential.isLink()) {
			return credential.config();
		}
		List<JsonNode> published = new ArrayList<>();
		for (JsonNode provider : credential.providers()) {
			published.add(publish(credential.type(), provider));
		}
		if (published.isEmpty() && credential.config().path("providers").isArray()) {
			return null;
		}
		// Without a list of providers Kratos finds one empty provider.
		return CredentialsInput
			.providersOf(published.isEmpty() ? List.of(publish(credential.type(), Json.object())) : published);
	}

	private ObjectNode publish(String type, JsonNode provider) {
		ObjectNode json = Json.object();
		if (type.equals(Credential.OIDC)) {
			json.put("initial_id_token", "").put("initial_access_token", "").put("initial_refresh_token", "");
		}
		json.put("subject", provider.path("subject").asString(""));
		json.put("provider", provider.path("provider").asString(""));
		if (IdentityRules.publishesEmptyOrganizations(this.era)) {
			json.put("organization", provider.path("organization").asString(""));
		}
		for (String optional : List.of("organization", "use_auto_link")) {
			if (provider.has(optional)) {
				json.set(optional, provider.path(optional));
			}
		}
		return json;
	}

	/**
	 * Adds the metadata for administrators, null if there is none.
	 */
	public void addAdminMetadata(StoredIdentity identity, ObjectNode json) {
		addAdminMetadata(json, orNull(identity.details().metadataAdmin()));
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
