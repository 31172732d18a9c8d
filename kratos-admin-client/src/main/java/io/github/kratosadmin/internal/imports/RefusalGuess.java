package io.github.kratosadmin.internal.imports;

import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.identity.IdentityState;
import io.github.kratosadmin.identity.ImportCredentials;
import io.github.kratosadmin.identity.ImportCredentials.OidcProvider;
import io.github.kratosadmin.identity.ImportCredentials.PasswordConfig;
import io.github.kratosadmin.internal.operation.Uuids;
import org.jspecify.annotations.Nullable;

/**
 * Guesses for which row Kratos has refused a whole batch. Every row is sent nevertheless:
 * another version of Kratos may accept it. A wrong guess costs a few requests.
 */
final class RefusalGuess {

	/**
	 * The formats of hashes that Kratos 26.2 knows. It does not check what follows, but
	 * later versions also refuse hashes of bcrypt that were cut off.
	 */
	private static final Pattern HASH = Pattern
		.compile("\\$(2[abzy]?\\$[0-9]{2}\\$.{53}|(argon2id?|md5|md5-crypt|sha(1|256|512)|sha(256|512)-crypt"
				+ "|pbkdf2-sha[0-9]{1,3}|scrypt|firescrypt|hmac-(md4|md5|sha1|sha224|sha256|sha384|sha512))\\$)"
				+ "|\\{SSHA(256|512)?}");

	private RefusalGuess() {
	}

	static boolean isSuspect(CreateIdentity identity) {
		ImportCredentials credentials = identity.credentials();
		return !isKnown(identity.state()) || !isUuid(identity.organizationId())
				|| (credentials != null && !isAccepted(credentials));
	}

	private static boolean isKnown(@Nullable IdentityState state) {
		return state == null || state.equals(IdentityState.ACTIVE) || state.equals(IdentityState.INACTIVE);
	}

	private static boolean isAccepted(ImportCredentials credentials) {
		Stream<OidcProvider> providers = (credentials.oidc() != null) ? credentials.oidc().config().providers().stream()
				: Stream.empty();
		return (credentials.password() == null || isAccepted(credentials.password().config()))
				&& providers.map(OidcProvider::organization).allMatch(RefusalGuess::isUuid);
	}

	private static boolean isAccepted(PasswordConfig password) {
		String hash = password.hashedPassword();
		return Boolean.TRUE.equals(password.usePasswordMigrationHook()) || password.password() != null
				|| (hash != null && HASH.matcher(hash).lookingAt());
	}

	private static boolean isUuid(@Nullable String id) {
		return id == null || Uuids.isUuid(id);
	}

}
