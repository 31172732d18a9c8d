package io.github.kratosadmin.test.embedded.internal.session;

import java.time.Clock;
import java.util.Set;
import java.util.function.Function;

import io.github.kratosadmin.test.embedded.KratosEra;
import io.github.kratosadmin.test.embedded.internal.http.Urls;
import io.github.kratosadmin.test.embedded.internal.identity.IdentityJson;
import io.github.kratosadmin.test.embedded.internal.identity.IdentityStore;
import io.github.kratosadmin.test.embedded.internal.identity.StoredIdentity;
import io.github.kratosadmin.test.embedded.internal.text.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes sessions as JSON. The identity and the devices depend on the operation.
 */
final class SessionJson {

	private final KratosEra era;

	private final IdentityStore identities;

	private final IdentityJson json;

	private final Clock clock;

	SessionJson(KratosEra era, IdentityStore identities, Urls urls, Clock clock) {
		this.era = era;
		this.identities = identities;
		this.json = new IdentityJson(era, urls);
		this.clock = clock;
	}

	/**
	 * An element of the list of all sessions. Parts that the request does not expand are
	 * null.
	 */
	ObjectNode listed(StoredSession session, Set<String> expand) {
		ObjectNode json = write(session, expand.contains("identity") ? this::withoutAddresses : null);
		json.set("devices", expand.contains("devices") ? devices(session) : Json.nothing());
		return json;
	}

	/**
	 * An element of the list of the sessions of an identity.
	 */
	ObjectNode listedOfIdentity(StoredSession session) {
		if (!SessionRules.hasDevices(this.era)) {
			return extended(session);
		}
		// Kratos leaves the URL empty.
		ObjectNode json = write(session, (identity) -> withoutAddresses(identity).put("schema_url", ""));
		json.set("devices", devices(session));
		return json;
	}

	/**
	 * The response to a read. It has devices only if the request expands them.
	 */
	ObjectNode read(StoredSession session, Set<String> expand) {
		return read(session, expand, (identity) -> withAdminMetadata(identity, this.json.own(identity)));
	}

	private ObjectNode read(StoredSession session, Set<String> expand, Function<StoredIdentity, ObjectNode> writer) {
		ObjectNode json = write(session, expand.contains("identity") ? writer : null);
		if (SessionRules.hasDevices(this.era)) {
			json.set("devices", expand.contains("devices") ? devices(session) : Json.array());
		}
		return json;
	}

	/**
	 * The response to an extension.
	 */
	ObjectNode extended(StoredSession session) {
		return read(session, SessionRules.showsIdentityOfExtendedSession(this.era) ? Set.of("identity") : Set.of(),
				this.json::own);
	}

	private ObjectNode withoutAddresses(StoredIdentity identity) {
		return withAdminMetadata(identity, this.json.withoutAddresses(identity));
	}

	private ObjectNode withAdminMetadata(StoredIdentity identity, ObjectNode json) {
		if (SessionRules.showsAdminMetadata(this.era)) {
			this.json.addAdminMetadata(identity, json);
		}
		return json;
	}

	/**
	 * Writes all fields but the devices. An inactive identity makes the session inactive
	 * only if the identity is included. The identity is null if it was just deleted.
	 */
	private ObjectNode write(StoredSession session, @Nullable Function<StoredIdentity, ObjectNode> writer) {
		StoredIdentity identity = (writer != null) ? this.identities.find(session.identityId()) : null;
		ObjectNode json = Json.object();
		json.put("id", session.id());
		json.put("active",
				SessionRules.calculatesActivityOfSessions(this.era)
						? session.isActive(this.clock.instant()) && (identity == null || identity.isActive())
						: session.active());
		json.put("expires_at", Json.timestamp(session.expiresAt()));
		json.put("authenticated_at", Json.timestamp(session.issuedAt()));
		json.put("authenticator_assurance_level", "aal1");
		json.putArray("authentication_methods")
			.addObject()
			.put("method", "password")
			.put("aal", "aal1")
			.put("completed_at", Json.timestamp(session.issuedAt()));
		json.put("issued_at", Json.timestamp(session.issuedAt()));
		json.set("identity", (writer != null && identity != null) ? writer.apply(identity) : Json.nothing());
		return json;
	}

	private static ArrayNode devices(StoredSession session) {
		ArrayNode devices = Json.array();
		devices.addObject()
			.put("id", session.deviceId())
			.put("ip_address", "127.0.0.1:50000")
			.put("user_agent", "EmbeddedKratos")
			.put("location", "");
		return devices;
	}

}
