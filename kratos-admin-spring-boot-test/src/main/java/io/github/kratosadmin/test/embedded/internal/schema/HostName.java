package io.github.kratosadmin.test.embedded.internal.schema;

import java.util.regex.Pattern;

/**
 * Checks host names as Kratos does.
 */
final class HostName {

	private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9-]{0,62}[A-Za-z0-9]");

	private HostName() {
	}

	static boolean isHostName(String value) {
		String name = value.endsWith(".") ? value.substring(0, value.length() - 1) : value;
		// Only the first label must not begin with a hyphen.
		if (name.length() > 253 || name.startsWith("-")) {
			return false;
		}
		for (String label : name.split("\\.", -1)) {
			if (!LABEL.matcher(label).matches()) {
				return false;
			}
		}
		return true;
	}

}
