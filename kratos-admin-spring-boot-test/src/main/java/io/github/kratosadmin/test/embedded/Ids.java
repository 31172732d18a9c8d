package io.github.kratosadmin.test.embedded;

import java.util.Locale;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Ids are UUIDs.
 */
final class Ids {

	private static final Pattern UUID = Pattern
		.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

	private Ids() {
	}

	/**
	 * The id that a text stands for. None if it is malformed, which Kratos treats as an
	 * id that nothing has.
	 */
	static @Nullable String parse(String text) {
		return UUID.matcher(text).matches() ? text.toLowerCase(Locale.ROOT) : null;
	}

	/**
	 * Why a text is no id, in Go's words.
	 */
	static String problem(String text) {
		return (text.length() == 36) ? "uuid: incorrect UUID format in string \"" + text + "\""
				: "uuid: incorrect UUID length " + text.length() + " in string \"" + text + "\"";
	}

}
