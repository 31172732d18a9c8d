package io.github.kratosadmin.identity;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.kratosadmin.identity.ImportCredentials.LookupSecretCode;
import io.github.kratosadmin.internal.json.JsonComparison;
import io.github.kratosadmin.internal.operation.Uuids;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import org.springframework.util.StringUtils;

/**
 * Compares a request to create an identity with an identity.
 */
final class IdentityDifferences {

	private static final Pattern PHONE = Pattern.compile("\\+[^\\p{L}]+");

	private static final Pattern NORMALIZED_PHONE = Pattern.compile("\\+\\d+");

	private final CreateIdentity wanted;

	private final Identity identity;

	private IdentityDifferences(CreateIdentity wanted, Identity identity) {
		this.wanted = wanted;
		this.identity = identity;
	}

	/**
	 * Returns the names of the fields that differ.
	 */
	static List<String> of(CreateIdentity wanted, Identity identity) {
		IdentityDifferences differences = new IdentityDifferences(wanted, identity);
		Map<String, Boolean> same = new LinkedHashMap<>();
		same.put("schema_id",
				!StringUtils.hasLength(wanted.schemaId()) || Objects.equals(wanted.schemaId(), identity.schemaId()));
		same.put("traits", JsonComparison.isSame(wanted.traits(), identity.traits(), IdentityDifferences::isSameTrait));
		same.put("state", identity.state() == null
				|| identity.state().equals((wanted.state() != null) ? wanted.state() : IdentityState.ACTIVE));
		same.put("metadata_public", isSame(wanted.metadataPublic(), identity.metadataPublic()));
		same.put("metadata_admin", isSame(wanted.metadataAdmin(), identity.metadataAdmin()));
		same.put("external_id", text(wanted.externalId()).equals(text(identity.externalId())));
		same.put("organization_id", Uuids.areSame(text(wanted.organizationId()), text(identity.organizationId())));
		same.put("verifiable_addresses", differences.hasVerifiableAddresses());
		same.put("recovery_addresses", differences.hasRecoveryAddresses());
		same.put("credentials", differences.hasCredentials());
		List<String> names = new ArrayList<>(same.keySet());
		names.removeIf(same::get);
		return List.copyOf(names);
	}

	private static boolean isSame(@Nullable JsonNode sent, @Nullable JsonNode stored) {
		return JsonComparison.isSame(sent, stored, String::equals);
	}

	/**
	 * After 26.2, Kratos writes phone numbers without punctuation and without the zero
	 * before the area code.
	 */
	private static boolean isSameTrait(String sent, String stored) {
		if (sent.equals(stored)) {
			return true;
		}
		if (!PHONE.matcher(sent).matches() || !NORMALIZED_PHONE.matcher(stored).matches()) {
			return false;
		}
		String digits = sent.replaceAll("\\D", "");
		String wanted = stored.substring(1);
		return digits.equals(wanted) || IntStream.range(0, digits.length())
			.filter((i) -> digits.charAt(i) == '0')
			.anyMatch((i) -> wanted.equals(digits.substring(0, i) + digits.substring(i + 1)));
	}

	private boolean hasVerifiableAddresses() {
		return stream(this.wanted.verifiableAddresses()).allMatch((address) -> this.identity.verifiableAddresses()
			.stream()
			.anyMatch((other) -> isSameAddress(address.via(), address.value(), other.via(), other.value())
					&& (other.verified() || !address.verified())));
	}

	private boolean hasRecoveryAddresses() {
		return stream(this.wanted.recoveryAddresses()).allMatch((address) -> this.identity.recoveryAddresses()
			.stream()
			.anyMatch((other) -> isSameAddress(address.via(), address.value(), other.via(), other.value())));
	}

	/**
	 * Kratos writes addresses in lower case and without spaces around them.
	 */
	private static boolean isSameAddress(@Nullable String via, @Nullable String value, @Nullable String otherVia,
			@Nullable String otherValue) {
		String wanted = text(value).strip();
		String other = text(otherValue).strip();
		return Objects.equals(via, otherVia) && (wanted.equalsIgnoreCase(other) || isSameTrait(wanted, other));
	}

	private boolean hasCredentials() {
		ImportCredentials wanted = this.wanted.credentials();
		if (wanted == null) {
			return true;
		}
		StoredCredentials stored = new StoredCredentials(this.identity);
		return hasAccounts(wanted)
				&& has(CredentialsType.PASSWORD, wanted.password(), stored::password, IdentityDifferences::hash)
				&& has(CredentialsType.TOTP, wanted.totp(), stored::totp, List::of)
				&& has(CredentialsType.LOOKUP_SECRET, wanted.lookupSecret(), stored::lookupSecret,
						(secret) -> secret.config().codes().stream().map(LookupSecretCode::code).toList())
				&& has(CredentialsType.WEBAUTHN, wanted.webauthn(), () -> stored.webAuthn(CredentialsType.WEBAUTHN),
						IdentityDifferences::ids)
				&& has(CredentialsType.PASSKEY, wanted.passkey(), () -> stored.webAuthn(CredentialsType.PASSKEY),
						IdentityDifferences::ids);
	}

	/**
	 * A clear password cannot be compared with its hash, and a user whose password was
	 * migrated by the web hook has another hash: without a hash, nothing is compared.
	 */
	private static List<?> hash(ImportCredentials.Password password) {
		return Stream.ofNullable(password.config().hashedPassword()).toList();
	}

	private boolean hasAccounts(ImportCredentials wanted) {
		ImportCredentials.Oidc oidc = wanted.oidc();
		ImportCredentials.Saml saml = wanted.saml();
		return (oidc == null || oidc.config()
			.providers()
			.stream()
			.allMatch((account) -> hasAccount(CredentialsType.OIDC, account.provider(), account.subject())))
				&& (saml == null || saml.config()
					.providers()
					.stream()
					.allMatch((account) -> hasAccount(CredentialsType.SAML, account.provider(), account.subject())));
	}

	/**
	 * An account is an identifier, which every response with credentials shows.
	 */
	private boolean hasAccount(CredentialsType type, String provider, String subject) {
		IdentityCredentials credentials = this.identity.credentials().get(type.value());
		return credentials != null && credentials.identifiers().contains(provider + ":" + subject);
	}

	/**
	 * Returns whether the identity has credentials of a type, and the secrets that are
	 * wanted among them if it was read with them. It may have been, and have none: a
	 * password without a hash, for example.
	 */
	private <T> boolean has(CredentialsType type, @Nullable T wanted, Supplier<@Nullable T> stored,
			Function<T, List<?>> secrets) {
		if (wanted == null) {
			return true;
		}
		IdentityCredentials credentials = this.identity.credentials().get(type.value());
		if (credentials == null || credentials.config() == null) {
			return credentials != null;
		}
		T read = stored.get();
		return ((read != null) ? secrets.apply(read) : List.of()).containsAll(secrets.apply(wanted));
	}

	private static List<?> ids(ImportCredentials.WebAuthn keys) {
		return keys.config().credentials().stream().map(WebAuthnCredential::id).toList();
	}

	private static <T> Stream<T> stream(@Nullable List<T> list) {
		return (list != null) ? list.stream() : Stream.empty();
	}

	private static String text(@Nullable String text) {
		return (text != null) ? text : "";
	}

}
