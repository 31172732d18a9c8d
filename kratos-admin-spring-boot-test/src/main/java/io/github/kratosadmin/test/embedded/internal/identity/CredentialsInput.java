package io.github.kratosadmin.test.embedded.internal.identity;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import io.github.kratosadmin.test.embedded.KratosEra;
import io.github.kratosadmin.test.embedded.internal.http.BodyDecoder;
import io.github.kratosadmin.test.embedded.internal.http.ErrorResponseException;
import io.github.kratosadmin.test.embedded.internal.http.MalformedBodyException;
import io.github.kratosadmin.test.embedded.internal.text.Json;
import io.github.kratosadmin.test.embedded.internal.text.Tokens;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The credentials in a request.
 */
final class CredentialsInput {

	static final CredentialsInput NONE = new CredentialsInput(null, false);

	private final @Nullable ObjectNode password;

	private final boolean plaintext;

	private final Map<String, List<ObjectNode>> links = new LinkedHashMap<>();

	private FactorsInput factors = FactorsInput.NONE;

	private CredentialsInput(@Nullable ObjectNode password, boolean plaintext) {
		this.password = password;
		this.plaintext = plaintext;
	}

	/**
	 * The password of a registration.
	 */
	static CredentialsInput ofRegistration() {
		return new CredentialsInput(hash(Tokens.passwordHash()), true);
	}

	/**
	 * Reads credentials.
	 * @param body the body
	 * @param era the era
	 * @throws MalformedBodyException if a field has the wrong type or is unknown
	 * @throws ErrorResponseException if the hash of a password has an unknown format
	 */
	static CredentialsInput read(BodyDecoder body, KratosEra era) throws MalformedBodyException {
		BodyDecoder credentials = body.object("credentials", "IdentityWithCredentials",
				IdentityBodyRules.credentialsToImport(era));
		if (credentials == null) {
			return NONE;
		}
		CredentialsInput input = readPassword(credentials, era);
		for (String type : List.of(Credential.OIDC, Credential.SAML)) {
			input.readLinks(credentials, type, era);
		}
		input.factors = FactorsInput.read(credentials, era);
		return input;
	}

	private static CredentialsInput readPassword(BodyDecoder credentials, KratosEra era) throws MalformedBodyException {
		BodyDecoder password = credentials.object(Credential.PASSWORD, "AdminIdentityImportCredentialsPassword",
				Set.of("config"));
		if (password == null) {
			return new CredentialsInput(null, false);
		}
		BodyDecoder config = password.object("config", "AdminIdentityImportCredentialsPasswordConfig",
				IdentityBodyRules.fieldsOfPassword(era));
		String plaintext = (config != null) ? config.string("password") : "";
		String hash = (config != null) ? config.string("hashed_password") : "";
		if (config != null && config.bool("use_password_migration_hook")) {
			return new CredentialsInput(hash("").put("use_password_migration_hook", true), !plaintext.isEmpty());
		}
		if (!plaintext.isEmpty()) {
			return new CredentialsInput(hash(Tokens.passwordHash()), true);
		}
		PasswordHashes.check(hash, era);
		return new CredentialsInput(hash(hash), false);
	}

	private static ObjectNode hash(String hash) {
		return Json.object().put("hashed_password", hash);
	}

	private void readLinks(BodyDecoder credentials, String type, KratosEra era) throws MalformedBodyException {
		String struct = "AdminIdentityImportCredentials" + type.toUpperCase(Locale.ROOT);
		BodyDecoder links = credentials.object(type, struct, Set.of("config"));
		if (links == null) {
			return;
		}
		BodyDecoder config = links.object("config", struct + "Config", IdentityBodyRules.fieldsOfLinks(era));
		List<ObjectNode> providers = new ArrayList<>();
		if (config != null) {
			for (BodyDecoder provider : config.objects("providers", IdentityBodyRules.nameOfProvider(era, type),
					IdentityBodyRules.fieldsOfProvider(era, type))) {
				providers.add(readProvider(provider));
			}
		}
		this.links.put(type, providers);
	}

	private static ObjectNode readProvider(BodyDecoder body) throws MalformedBodyException {
		ObjectNode provider = Json.object();
		provider.put("subject", body.string("subject"));
		provider.put("provider", body.string("provider"));
		String organization = body.uuid("organization");
		if (organization != null) {
			provider.put("organization", organization);
		}
		if (body.bool("use_auto_link")) {
			provider.put("use_auto_link", true);
		}
		return provider;
	}

	/**
	 * Whether there is a plaintext password, which a real server must hash.
	 */
	boolean hasPlaintextPassword() {
		return this.plaintext;
	}

	/**
	 * Adds these credentials to existing ones. A password replaces the existing one; its
	 * identifiers come from the traits.
	 */
	Credentials addTo(Credentials existing) {
		Credentials all = existing;
		if (this.password != null) {
			all = all.with(Credential.of(Credential.PASSWORD, List.of(), this.password));
		}
		for (Map.Entry<String, List<ObjectNode>> link : this.links.entrySet()) {
			all = all.with(addTo(existing.find(link.getKey()), link.getKey(), link.getValue()));
		}
		return this.factors.addTo(all);
	}

	private static Credential addTo(@Nullable Credential existing, String type, List<ObjectNode> added) {
		Credential credential = (existing != null) ? existing
				: Credential.of(type, List.of(), Json.object().set("providers", Json.nothing()));
		List<String> identifiers = new ArrayList<>(credential.sortedIdentifiers());
		List<JsonNode> providers = credential.providers();
		for (ObjectNode provider : added) {
			identifiers
				.add(Credential.linkOf(provider.path("provider").asString(), provider.path("subject").asString()));
			providers.add(provider);
		}
		JsonNode config = providers.isEmpty() ? credential.config() : providersOf(providers);
		return credential.identifiedBy(identifiers).withConfig(config);
	}

	/**
	 * The secrets of a credential with links to these providers.
	 */
	static JsonNode providersOf(List<JsonNode> providers) {
		ArrayNode array = Json.array();
		providers.forEach(array::add);
		return Json.object().set("providers", array);
	}

	@Override
	public String toString() {
		return "CredentialsInput[password=" + (this.password != null) + ", links=" + this.links.keySet() + ", factors="
				+ this.factors.types() + "]";
	}

}
