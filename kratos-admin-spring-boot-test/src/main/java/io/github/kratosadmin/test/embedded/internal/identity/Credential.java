package io.github.kratosadmin.test.embedded.internal.identity;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.github.kratosadmin.test.embedded.internal.text.GoText;
import io.github.kratosadmin.test.embedded.internal.text.GoTime;
import tools.jackson.databind.JsonNode;

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
	 * Returns a copy with trimmed identifiers, as the database stores them.
	 */
	Credential trimmed() {
		return isLink() ? this : identifiedBy(this.identifiers.stream().map(GoText::trim).toList());
	}

	Credential withConfig(JsonNode config) {
		return new Credential(this.type, this.identifiers, config, this.createdAt, this.updatedAt);
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
