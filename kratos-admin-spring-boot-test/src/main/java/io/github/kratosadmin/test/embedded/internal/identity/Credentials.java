package io.github.kratosadmin.test.embedded.internal.identity;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The credentials of an identity, one of each type at most.
 *
 * @param all the credentials in the order of their types, as Go writes a map
 */
record Credentials(List<Credential> all) {

	static final Credentials NONE = new Credentials(List.of());

	@Nullable Credential find(String type) {
		for (Credential credential : this.all) {
			if (credential.type().equals(type)) {
				return credential;
			}
		}
		return null;
	}

	/**
	 * Returns a copy with a credential, which replaces the one of its type.
	 */
	Credentials with(Credential credential) {
		List<Credential> changed = new ArrayList<>(without(credential.type()).all);
		changed.add(credential);
		changed.sort(Comparator.comparing(Credential::type));
		return new Credentials(List.copyOf(changed));
	}

	Credentials without(String type) {
		return new Credentials(this.all.stream().filter((credential) -> !credential.type().equals(type)).toList());
	}

	Credentials map(UnaryOperator<Credential> change) {
		return new Credentials(this.all.stream().map(change).toList());
	}

	/**
	 * Counts the credentials that can sign in: a password, links to other providers,
	 * passkeys, and security keys that need no password. The open source server has no
	 * organizations and no SAML.
	 */
	int countFirstFactors() {
		int count = 0;
		Credential password = find(Credential.PASSWORD);
		if (password != null && !password.identifiers().isEmpty()
				&& !password.config().path("hashed_password").asString("").isEmpty()) {
			count++;
		}
		Credential oidc = find(Credential.OIDC);
		if (oidc != null) {
			for (JsonNode provider : oidc.providers()) {
				count += isFirstFactor(provider) ? 1 : 0;
			}
		}
		return count + countKeys(Credential.PASSKEY, (key) -> true)
				+ countKeys(Credential.WEBAUTHN, (key) -> key.path("is_passwordless").asBoolean(false));
	}

	private int countKeys(String type, Predicate<JsonNode> firstFactor) {
		Credential keys = find(type);
		if (keys == null || String.join("", keys.identifiers()).isEmpty()) {
			return 0;
		}
		return (int) keys.config().path("credentials").valueStream().filter(firstFactor).count();
	}

	private static boolean isFirstFactor(JsonNode provider) {
		return !provider.path("provider").asString("").isEmpty() && !provider.path("subject").asString("").isEmpty()
				&& provider.path("organization").asString("").isEmpty();
	}

}
