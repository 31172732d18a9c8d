package io.github.kratosadmin.test.embedded.internal.identity;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.kratosadmin.test.embedded.KratosEra;
import io.github.kratosadmin.test.embedded.internal.http.BodyDecoder;
import io.github.kratosadmin.test.embedded.internal.http.ErrorResponseException;
import io.github.kratosadmin.test.embedded.internal.http.MalformedBodyException;
import io.github.kratosadmin.test.embedded.internal.text.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The one-time passwords, lookup secrets, security keys and passkeys in a request.
 */
final class FactorsInput {

	static final FactorsInput NONE = new FactorsInput();

	private static final String CREDENTIALS = "credentials";

	private static final String USER_HANDLE = "user_handle";

	private static final String CODES = "recovery_codes";

	private static final Set<String> KEY = Set.of("id", "public_key", "attestation_type", "authenticator",
			"display_name", "added_at", "is_passwordless", "flags", "transport", "attestation");

	private static final List<String> FLAGS = List.of("user_present", "user_verified", "backup_eligible",
			"backup_state");

	private static final List<String> ATTESTATION = List.of("client_dataJSON", "client_data_hash",
			"authenticator_data");

	private final Map<String, ObjectNode> configs = new LinkedHashMap<>();

	private FactorsInput() {
	}

	/**
	 * Reads the credentials of these types.
	 * @param credentials the credentials of the body
	 * @param era the era
	 * @throws MalformedBodyException if a field has the wrong type or is unknown
	 */
	static FactorsInput read(BodyDecoder credentials, KratosEra era) throws MalformedBodyException {
		FactorsInput input = new FactorsInput();
		if (IdentityBodyRules.importsFactors(era)) {
			input.readKeys(credentials, Credential.WEBAUTHN, "WebAuthn");
			input.readKeys(credentials, Credential.PASSKEY, "Passkey");
			input.readCodes(credentials);
			input.readTotp(credentials);
		}
		return input;
	}

	private static @Nullable BodyDecoder config(BodyDecoder credentials, String type, String name, String... fields)
			throws MalformedBodyException {
		String struct = "AdminIdentityImportCredentials" + name;
		BodyDecoder credential = credentials.object(type, struct, Set.of("config"));
		if (credential == null) {
			return null;
		}
		BodyDecoder config = credential.object("config", struct + "Config", Set.of(fields));
		return (config != null) ? config : BodyDecoder.of(struct + "Config", Json.object());
	}

	private void readTotp(BodyDecoder credentials) throws MalformedBodyException {
		BodyDecoder config = config(credentials, Credential.TOTP, "TOTP", "totp_url");
		if (config != null) {
			this.configs.put(Credential.TOTP, Json.object().put("totp_url", config.string("totp_url")));
		}
	}

	private void readCodes(BodyDecoder credentials) throws MalformedBodyException {
		BodyDecoder config = config(credentials, Credential.LOOKUP_SECRET, "LookupSecret", "codes");
		if (config == null) {
			return;
		}
		ArrayNode codes = Json.array();
		for (BodyDecoder code : config.objects("codes", "RecoveryCode", Set.of("code", "used_at"))) {
			code.checkTime("used_at");
			ObjectNode json = Json.object().put("code", code.string("code"));
			JsonNode usedAt = code.raw("used_at");
			json.set("used_at", (usedAt != null) ? usedAt : Json.nothing());
			codes.add(json);
		}
		this.configs.put(Credential.LOOKUP_SECRET, withCodes(codes));
	}

	private static ObjectNode withCodes(ArrayNode codes) {
		return Json.object().set(CODES, codes.isEmpty() ? Json.nothing() : codes);
	}

	private void readKeys(BodyDecoder credentials, String type, String name) throws MalformedBodyException {
		BodyDecoder config = config(credentials, type, name, CREDENTIALS, USER_HANDLE);
		if (config == null) {
			return;
		}
		ArrayNode keys = Json.array();
		for (BodyDecoder key : config.objects(CREDENTIALS, "CredentialWebAuthn", "identity.CredentialsWebAuthn", KEY)) {
			keys.add(readKey(key));
		}
		JsonNode given = config.raw(CREDENTIALS);
		ObjectNode json = Json.object();
		json.set(CREDENTIALS, (given == null || given.isNull()) ? Json.nothing() : keys);
		json.set(USER_HANDLE, config.bytes(USER_HANDLE));
		this.configs.put(type, json);
	}

	private static ObjectNode readKey(BodyDecoder body) throws MalformedBodyException {
		ObjectNode key = Json.object();
		key.set("id", body.bytes("id"));
		key.set("public_key", body.bytes("public_key"));
		key.put("attestation_type", body.string("attestation_type"));
		BodyDecoder authenticator = body.object("authenticator", "AuthenticatorWebAuthn",
				Set.of("aaguid", "sign_count", "clone_warning"));
		if (authenticator != null) {
			ObjectNode json = key.putObject("authenticator");
			json.set("aaguid", authenticator.bytes("aaguid"));
			json.put("sign_count", authenticator.integer("sign_count", "uint32", 0, 0xFFFFFFFFL));
			json.put("clone_warning", authenticator.bool("clone_warning"));
		}
		key.put("display_name", body.string("display_name"));
		body.checkTime("added_at");
		JsonNode addedAt = body.raw("added_at");
		key.put("added_at", (addedAt != null) ? addedAt.asString("0001-01-01T00:00:00Z") : "0001-01-01T00:00:00Z");
		key.put("is_passwordless", body.bool("is_passwordless"));
		BodyDecoder flags = body.object("flags", "CredentialWebAuthnFlags", Set.copyOf(FLAGS));
		if (flags != null) {
			ObjectNode json = key.putObject("flags");
			for (String flag : FLAGS) {
				json.put(flag, flags.bool(flag));
			}
		}
		List<String> transport = body.strings("transport", "protocol.AuthenticatorTransport");
		if (!transport.isEmpty()) {
			transport.forEach(key.putArray("transport")::add);
		}
		readAttestation(body, key);
		return key;
	}

	private static void readAttestation(BodyDecoder body, ObjectNode key) throws MalformedBodyException {
		BodyDecoder attestation = body.object("attestation", "CredentialWebAuthnAttestation",
				Set.of("client_dataJSON", "client_data_hash", "authenticator_data", "public_key_algorithm", "object"));
		if (attestation != null) {
			ObjectNode json = key.putObject("attestation");
			for (String field : ATTESTATION) {
				json.set(field, attestation.bytes(field));
			}
			json.put("public_key_algorithm",
					attestation.integer("public_key_algorithm", "int64", Long.MIN_VALUE, Long.MAX_VALUE));
			json.set("object", attestation.bytes("object"));
		}
	}

	/**
	 * Adds these credentials to existing ones. Keys and lookup secrets are added to those
	 * of the identity, and a one-time password replaces the existing one. Identifiers
	 * that come from the identity are missing.
	 * @throws ErrorResponseException if a passkey could not be used
	 */
	Credentials addTo(Credentials existing) {
		Credentials all = existing;
		for (Map.Entry<String, ObjectNode> entry : this.configs.entrySet()) {
			String type = entry.getKey();
			Credential before = existing.find(type);
			all = all.with(switch (type) {
				case Credential.TOTP -> Credential.of(type, List.of(), entry.getValue());
				case Credential.LOOKUP_SECRET -> addCodes(before, entry.getValue());
				default -> addKeys(type, before, entry.getValue());
			});
		}
		return all;
	}

	private static Credential addCodes(@Nullable Credential before, ObjectNode added) {
		ArrayNode codes = Json.array();
		if (before != null) {
			before.config().path(CODES).forEach(codes::add);
		}
		added.path(CODES).forEach(codes::add);
		return Credential.of(Credential.LOOKUP_SECRET, List.of(), withCodes(codes));
	}

	private static Credential addKeys(String type, @Nullable Credential before, ObjectNode added) {
		List<String> identifiers = new ArrayList<>((before != null) ? before.identifiers() : List.of());
		JsonNode keys = (before != null) ? merge(before.config().path(CREDENTIALS), added.path(CREDENTIALS))
				: added.path(CREDENTIALS);
		JsonNode userHandle = added.path(USER_HANDLE);
		boolean given = !userHandle.asString("").isEmpty();
		if (!given && before != null) {
			userHandle = before.config().path(USER_HANDLE);
		}
		if (type.equals(Credential.PASSKEY)) {
			String identifier = new String(Base64.getDecoder().decode(userHandle.asString("")), StandardCharsets.UTF_8);
			check(identifier, keys);
			if (given && !identifiers.contains(identifier)) {
				identifiers.add(identifier);
			}
		}
		ObjectNode config = Json.object();
		config.set(CREDENTIALS, keys);
		config.set(USER_HANDLE, userHandle);
		return Credential.of(type, identifiers, config);
	}

	private static void check(String userHandle, JsonNode keys) {
		if (userHandle.isEmpty()) {
			throw ErrorResponseException.badRequest("Passkey credential import requires a non-empty user_handle. It "
					+ "must match the WebAuthn user handle stored on the authenticator.");
		}
		if (keys.isEmpty()) {
			throw ErrorResponseException.badRequest("Passkey credential import requires at least one entry in "
					+ "credentials.passkey.config.credentials.");
		}
	}

	/**
	 * Adds keys. A key with the id of an existing one replaces it.
	 */
	private static ArrayNode merge(JsonNode existing, JsonNode added) {
		ArrayNode keys = Json.array();
		existing.forEach(keys::add);
		for (JsonNode key : added) {
			int index = 0;
			while (index < existing.size() && !existing.path(index).path("id").equals(key.path("id"))) {
				index++;
			}
			if (index < existing.size()) {
				keys.set(index, key);
			}
			else {
				keys.add(key);
			}
		}
		return keys;
	}

	Set<String> types() {
		return this.configs.keySet();
	}

}
