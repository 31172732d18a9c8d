package io.github.kratosadmin.test.embedded.internal.identity;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

import io.github.kratosadmin.test.embedded.internal.text.GoText;
import io.github.kratosadmin.test.embedded.internal.text.GoTime;
import io.github.kratosadmin.test.embedded.internal.text.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A credential of an identity.
 *
 * @param type such as {@code password}
 * @param identifiers the identifiers, in the order in which they were found
 * @param config the secrets
 * @param createdAt when it was first stored, {@link GoTime#ZERO} if it is not stored yet
 * @param updatedAt when it was last stored
 */
record Credential(String type, List<String> identifiers, JsonNode config, Instant createdAt, Instant updatedAt) {

	static final String PASSWORD = "password";

	static final String OIDC = "oidc";

	static final String SAML = "saml";

	static final String WEBAUTHN = "webauthn";

	static final String CODE = "code";

	static final String TOTP = "totp";

	static final String LOOKUP_SECRET = "lookup_secret";

	static final String PASSKEY = "passkey";

	static final String DEVICE = "deviceauthn";

	/**
	 * Creates a credential that is not stored yet.
	 */
	static Credential of(String type, List<String> identifiers, JsonNode config) {
		return new Credential(type, List.copyOf(identifiers), config, GoTime.ZERO, GoTime.ZERO);
	}

	/**
	 * The identifier that links an identity to another provider.
	 */
	static String linkOf(String provider, String subject) {
		return provider + ":" + subject;
	}

	/**
	 * Whether it links to other providers, whose identifiers are stored unchanged.
	 */
	boolean isLink() {
		return this.type.equals(OIDC) || this.type.equals(SAML);
	}

	boolean isStored() {
		return !this.createdAt.equals(GoTime.ZERO);
	}

	/**
	 * The identifiers in the order of the database.
	 */
	List<String> sortedIdentifiers() {
		return this.identifiers.stream().sorted().toList();
	}

	/**
	 * Returns a copy with other identifiers.
	 */
	Credential identifiedBy(List<String> identifiers) {
		return new Credential(this.type, List.copyOf(identifiers), this.config, this.createdAt, this.updatedAt);
	}

	/**
	 * Returns a copy with trimmed identifiers, as the database stores them. Those of
	 * passkeys are binary data.
	 */
	Credential trimmed() {
		return (isLink() || this.type.equals(PASSKEY)) ? this
				: identifiedBy(this.identifiers.stream().map(GoText::trim).toList());
	}

	Credential withConfig(JsonNode config) {
		return new Credential(this.type, this.identifiers, config, this.createdAt, this.updatedAt);
	}

	/**
	 * Returns a copy as Kratos migrates it when it reads it: security keys get a user
	 * handle, and a missing list of them gets an element.
	 */
	Credential upgraded(String identityId) {
		if (!this.type.equals(WEBAUTHN)) {
			return this;
		}
		ObjectNode upgraded = this.config.isObject() ? (ObjectNode) this.config.deepCopy() : Json.object();
		if (upgraded.path("credentials").isNull()) {
			upgraded.putArray("credentials").addObject().put("is_passwordless", false);
		}
		if (upgraded.path("user_handle").asString("").isEmpty()) {
			UUID id = UUID.fromString(identityId);
			byte[] handle = ByteBuffer.allocate(16)
				.putLong(id.getMostSignificantBits())
				.putLong(id.getLeastSignificantBits())
				.array();
			upgraded.put("user_handle", Base64.getEncoder().encodeToString(handle));
		}
		return withConfig(upgraded);
	}

	/**
	 * Returns a copy with the identifier that one-time passwords and lookup secrets get
	 * if they have none.
	 */
	Credential identifiedIn(String identityId) {
		boolean identified = !this.identifiers.isEmpty()
				|| !(this.type.equals(TOTP) || this.type.equals(LOOKUP_SECRET));
		return identified ? this : identifiedBy(List.of(identityId));
	}

	Credential storedAt(Instant now) {
		return new Credential(this.type, this.identifiers, this.config, isStored() ? this.createdAt : now, now);
	}

	boolean hasSameContent(Credential other) {
		return this.config.equals(other.config) && sortedIdentifiers().equals(other.sortedIdentifiers());
	}

	/**
	 * The providers to which it links.
	 */
	List<JsonNode> providers() {
		List<JsonNode> providers = new ArrayList<>();
		this.config.path("providers").forEach(providers::add);
		return providers;
	}

	@Override
	public String toString() {
		return "Credential[type=" + this.type + ", identifiers=" + this.identifiers + "]";
	}

}
