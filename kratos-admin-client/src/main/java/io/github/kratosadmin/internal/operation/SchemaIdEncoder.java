package io.github.kratosadmin.internal.operation;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Encodes ids of identity schemas for paths. An id may be any text, such as
 * {@code preset://email}, but servers do not find an id with a slash. Kratos 0.9 and
 * later also accept ids in base64url, unless a schema has exactly that name.
 */
final class SchemaIdEncoder {

	private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._~-]*");

	private static final KratosVersion ENCODED = new KratosVersion(0, 9);

	private SchemaIdEncoder() {
	}

	/**
	 * Whether an id contains special characters.
	 */
	static boolean isSpecial(String id) {
		return !PLAIN.matcher(id).matches();
	}

	/**
	 * Encodes an id with special characters.
	 * @param id the id
	 * @param prepared the id, encoded as part of a path
	 * @param version the server's version, or {@code null} if unknown
	 */
	static @Nullable Object encode(String id, @Nullable Object prepared, @Nullable KratosVersion version) {
		boolean encoded = version == null || version.compareTo(ENCODED) >= 0;
		return encoded ? Base64.getUrlEncoder().withoutPadding().encodeToString(id.getBytes(StandardCharsets.UTF_8))
				: prepared;
	}

}
