package io.github.kratosadmin.test.embedded.internal.identity;

import java.util.ArrayList;
import java.util.List;

import io.github.kratosadmin.test.embedded.KratosEra;
import io.github.kratosadmin.test.embedded.internal.http.ErrorResponseException;
import io.github.kratosadmin.test.embedded.internal.text.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/**
 * Deletes a credential or a part of it, unless it is the last that can sign in.
 */
final class CredentialDeletion {

	private final KratosEra era;

	private final String type;

	private final String identifier;

	/**
	 * Creates a deletion.
	 * @param era the era
	 * @param type the type of the credential
	 * @param identifier the part to delete, empty if the request has none
	 */
	CredentialDeletion(KratosEra era, String type, String identifier) {
		this.era = era;
		this.type = type;
		this.identifier = identifier;
	}

	/**
	 * Checks the request, before the identity is known.
	 * @throws ErrorResponseException if it does not name the key of a device
	 */
	void check() {
		if (deletesKeyOfDevice() && this.identifier.isEmpty()) {
			throw withoutIdentifier();
		}
	}

	private boolean deletesKeyOfDevice() {
		return this.type.equals(Credential.DEVICE) && IdentityRules.deletesKeysOfDevices(this.era);
	}

	private static ErrorResponseException withoutIdentifier() {
		return ErrorResponseException.badRequest("You must provide an identifier to delete this credential.");
	}

	/**
	 * Applies the deletion.
	 * @return the remaining credentials
	 * @throws ErrorResponseException if there is no such credential, or it cannot be
	 * deleted
	 */
	Credentials apply(Credentials credentials) {
		Credential credential = credentials.find(this.type);
		if (deletesKeyOfDevice()) {
			if (credential == null) {
				throw ErrorResponseException.noSuchRow();
			}
			return credentials.with(withoutKey(credential));
		}
		if (credential == null) {
			throw new ErrorResponseException(404, "The requested resource could not be found")
				.withReason("You tried to remove a %1$s but this user have no %1$s set up.".formatted(this.type));
		}
		return switch (this.type) {
			case "lookup_secret", "totp", "webauthn" -> credentials.without(this.type);
			case Credential.PASSWORD -> credentials.with(withoutPassword(credentials, credential));
			case Credential.OIDC, Credential.SAML -> credentials.with(withoutLink(credentials, credential));
			default -> throw refusalOfType();
		};
	}

	private ErrorResponseException refusalOfType() {
		if (deletesFirstFactors()) {
			return ErrorResponseException.badRequest("Credentials type " + this.type + " cannot be deleted.");
		}
		return this.type.equals(Credential.CODE) ? refusal()
				: ErrorResponseException.badRequest("Unknown credentials type " + this.type + ".");
	}

	private Credential withoutPassword(Credentials credentials, Credential password) {
		if (!deletesFirstFactors()) {
			throw refusal();
		}
		requireAnother(credentials);
		return password.withConfig(Json.object());
	}

	private ErrorResponseException refusal() {
		return ErrorResponseException.badRequest(deletesLinks() ? "You cannot remove first factor credentials."
				: "You can't remove first factor credentials.");
	}

	private static void requireAnother(Credentials credentials) {
		if (credentials.countFirstFactors() < 2) {
			throw ErrorResponseException.badRequest("You cannot remove the last first factor credential.");
		}
	}

	private Credential withoutLink(Credentials credentials, Credential credential) {
		if (!deletesLinks()) {
			throw refusal();
		}
		if (deletesFirstFactors()) {
			requireAnother(credentials);
		}
		if (this.identifier.isEmpty()) {
			throw withoutIdentifier();
		}
		List<JsonNode> providers = new ArrayList<>(credential.providers());
		if (!providers.removeIf((provider) -> linkOf(provider).equals(this.identifier))) {
			throw new ErrorResponseException(404, "The requested resource could not be found")
				.withReason("The identifier `" + this.identifier + "` was not found among OIDC credentials.");
		}
		boolean noList = providers.isEmpty() && !deletesFirstFactors();
		return credential.identifiedBy(providers.stream().map(CredentialDeletion::linkOf).toList())
			.withConfig(
					noList ? Json.object().set("providers", Json.nothing()) : CredentialsInput.providersOf(providers));
	}

	private Credential withoutKey(Credential credential) {
		ArrayNode keys = Json.array();
		credential.config().path("credentials").forEach(keys::add);
		List<String> ids = new ArrayList<>();
		int size = keys.size();
		keys.removeIf((key) -> key.path("client_key_id").asString("").equals(this.identifier));
		if (keys.size() == size) {
			throw new ErrorResponseException(404, "The requested resource could not be found")
				.withReason("The identifier `" + this.identifier + "` was not found among deviceauthn credentials.");
		}
		keys.forEach((key) -> ids.add(key.path("client_key_id").asString("")));
		return credential.identifiedBy(ids).withConfig(Json.object().set("credentials", keys));
	}

	private static String linkOf(JsonNode provider) {
		return Credential.linkOf(provider.path("provider").asString(""), provider.path("subject").asString(""));
	}

	private boolean deletesLinks() {
		return this.era.isAtLeast(KratosEra.V1_3);
	}

	private boolean deletesFirstFactors() {
		return this.era.isAtLeast(KratosEra.V26);
	}

}
