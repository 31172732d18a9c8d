package io.github.kratosadmin.internal.operation;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Encodes ids of identity schemas for paths. An id may be anything, such as {@code
 * preset://email}, but servers do not find one with a slash. Kratos 0.9 and later also
 * accept ids in base64url, unless a schema has that very name.
 */
public final class SchemaIdEncoder {

	private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._~-]*");

	private static final KratosVersion ENCODED = new KratosVersion(0, 9);

	private SchemaIdEncoder() {
	}

	/**
	 * Whether an id has something that a path does not carry as it is.
	 */
	public static boolean isSpecial(String id) {
		return !PLAIN.matcher(id).matches();
	}

	/**
	 * How to send a special id.
	 * @param id the id
	 * @param prepared the id, encoded as part of a path
	 * @param version the server's version, or {@code null} if it is not known
	 */
	public static @Nullable Object encode(String id, @Nullable Object prepared, @Nullable KratosVersion version) {
		boolean encoded = version == null || version.compareTo(ENCODED) >= 0;
		return encoded ? Base64.getUrlEncoder().withoutPadding().encodeToString(id.getBytes(StandardCharsets.UTF_8))
				: prepared;
	}

}
