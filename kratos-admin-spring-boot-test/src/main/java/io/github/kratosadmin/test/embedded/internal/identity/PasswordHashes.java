package io.github.kratosadmin.test.embedded.internal.identity;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.kratosadmin.test.embedded.KratosEra;
import io.github.kratosadmin.test.embedded.internal.http.ErrorResponseException;

/**
 * Checks the hashes of passwords that are imported. Kratos after 26.2 refuses hashes that
 * it cannot read, and those that are too expensive to compare.
 */
final class PasswordHashes {

	private static final String BASE64 = "(?:[A-Za-z0-9+/]{4})*+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?";

	private static final String UNPADDED = "(?:[A-Za-z0-9+/]{4})*+(?:[A-Za-z0-9+/]{2,3})?";

	private static final String NUMBER = "(\\d{1,10})";

	/**
	 * The formats with parameters. Each parameter has the least and the greatest value
	 * that is allowed.
	 */
	private static final List<Format> FORMATS = List.of(
			new Format("\\$2[abzy]?\\$", "\\$2[abzy]?\\$(0[4-9]|[12]\\d|3[01]).{53,}", new long[][] { { 4, 15 } }),
			new Format("\\$argon2id?\\$",
					"\\$argon2id?\\$v=19\\$m=" + NUMBER + ",t=" + NUMBER + ",p=" + NUMBER + "\\$" + UNPADDED + "\\$"
							+ UNPADDED,
					new long[][] { { 1, 1 << 20 }, { 1, 10 }, { 1, 16 } }),
			new Format("\\$pbkdf2-sha[0-9]{1,3}\\$",
					"\\$pbkdf2-sha[0-9]{1,3}\\$i=" + NUMBER + ",l=\\d{1,10}\\$" + UNPADDED + "\\$" + UNPADDED,
					new long[][] { { 1, 10_000_000 } }),
			new Format("\\$scrypt\\$",
					"\\$scrypt\\$ln=" + NUMBER + ",r=" + NUMBER + ",p=" + NUMBER + "\\$" + BASE64 + "\\$" + BASE64,
					new long[][] { { 1, 1 << 17 }, { 1, 8 }, { 1, 10 } }),
			new Format("\\$firescrypt\\$",
					"\\$firescrypt\\$ln=" + NUMBER + ",r=" + NUMBER + ",p=" + NUMBER + ("\\$" + BASE64).repeat(4),
					new long[][] { { 0, 17 }, { 1, 8 }, { 1, 10 } }));

	private PasswordHashes() {
	}

	/**
	 * Checks a hash.
	 * @throws ErrorResponseException if it cannot be imported
	 */
	static void check(String hash, KratosEra era) {
		boolean limited = IdentityBodyRules.limitsHashes(era);
		if (!IdentityBodyRules.hashFormats(era).matcher(hash).lookingAt()) {
			throw ErrorResponseException.badRequest("The imported password does not match any known hash format."
					+ (limited ? "" : " For more information see https://www.ory.sh/dr/2"));
		}
		if (limited) {
			FORMATS.stream()
				.filter((format) -> format.isOf(hash))
				.findFirst()
				.ifPresent((format) -> format.check(hash));
		}
	}

	private record Format(Pattern prefix, Pattern pattern, long[][] limits) {

		Format(String prefix, String pattern, long[][] limits) {
			this(Pattern.compile(prefix), Pattern.compile(pattern), limits);
		}

		boolean isOf(String hash) {
			return this.prefix.matcher(hash).lookingAt();
		}

		void check(String hash) {
			Matcher matcher = this.pattern.matcher(hash);
			if (!matcher.matches()) {
				throw ErrorResponseException.badRequest("The imported password hash could not be parsed.");
			}
			for (int i = 0; i < this.limits.length; i++) {
				long value = Long.parseLong(matcher.group(i + 1));
				if (value < this.limits[i][0] || value > this.limits[i][1]) {
					throw ErrorResponseException
						.badRequest("The imported password hash declares cost parameters that exceed the bounds "
								+ "enforced by Ory. Re-hash the password with a more conservative configuration "
								+ "before importing.");
				}
			}
		}

	}

}
