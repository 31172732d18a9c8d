package io.github.kratosadmin.test.embedded.internal.text;

import java.util.Locale;

/**
 * The names of constants in requests and responses.
 */
public final class Names {

	private Names() {
	}

	/**
	 * The name of a constant in lower case.
	 */
	public static String of(Enum<?> constant) {
		return constant.name().toLowerCase(Locale.ROOT);
	}

}
