package io.github.kratosadmin.test.embedded;

import java.util.regex.Pattern;

/**
 * What Kratos takes for an email address. The schema validator's own opinion is stricter:
 * it knows the top-level domains and refuses {@code example.test}.
 */
final class Email {

	private static final Pattern LOCAL_PART = Pattern
		.compile("[\\w!#$%&'*+/=?^`{|}~\\u0080-\\uFFFF-]+(\\.[\\w!#$%&'*+/=?^`{|}~\\u0080-\\uFFFF-]+)*|\"[^\"\\\\]+\"");

	private static final Pattern HOST_NAME = Pattern
		.compile("[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*\\.?");

	private Email() {
	}

	static boolean isEmail(String value) {
		int at = value.lastIndexOf('@');
		if (value.length() > 254 || at < 1 || at > 64) {
			return false;
		}
		return LOCAL_PART.matcher(value.substring(0, at)).matches()
				&& HOST_NAME.matcher(value.substring(at + 1)).matches();
	}

}
