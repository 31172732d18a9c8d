package io.github.kratosadmin.test.embedded.internal.schema;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Checks email addresses as Kratos does. The check of the schema validator is stricter:
 * it accepts only known top-level domains, and refuses {@code example.test}.
 */
final class Email {

	private static final int MAX_BYTES = 254;

	private static final int MAX_LOCAL_BYTES = 64;

	/** Leading spaces are ignored. */
	private static final Pattern LOCAL_PART = Pattern.compile("[ \\t]*+(?:[\\w!#$%&'*+/=?^`{|}~\\x{80}-\\x{10FFFF}-]++"
			+ "(?:\\.[\\w!#$%&'*+/=?^`{|}~\\x{80}-\\x{10FFFF}-]++)*+"
			+ "|\"(?:[^\\x00-\\x08\\x0A-\\x1F\\x7F\"\\\\]|\\\\[^\\x00-\\x08\\x0A-\\x1F\\x7F])++\")");

	private Email() {
	}

	static boolean isEmail(String value) {
		int at = value.lastIndexOf('@');
		// A host name may end with a dot, but not in an address.
		return at > 0 && bytes(value) <= MAX_BYTES && bytes(value.substring(0, at)) <= MAX_LOCAL_BYTES
				&& HostName.isHostName(value.substring(at + 1)) && !value.endsWith(".")
				&& LOCAL_PART.matcher(value.substring(0, at)).matches();
	}

	private static int bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8).length;
	}

}
