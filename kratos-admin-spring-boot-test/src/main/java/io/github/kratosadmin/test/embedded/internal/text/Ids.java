package io.github.kratosadmin.test.embedded.internal.text;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.kratosadmin.test.embedded.KratosEra;
import org.jspecify.annotations.Nullable;

/**
 * Parses ids, which are UUIDs.
 */
public final class Ids {

	private static final Pattern UUID = Pattern
		.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

	/** Kratos accepts these forms too. */
	private static final Pattern OTHER_FORM = Pattern
		.compile("(?:urn:uuid:)?([0-9a-fA-F]{32})|urn:uuid:(" + UUID + ")|\\{(" + UUID + "|[0-9a-fA-F]{32})}");

	private static final Pattern DASHES = Pattern.compile(".{8}-.{4}-.{4}-.{4}-.{12}");

	private static final Pattern OTHER_THAN_HEX = Pattern.compile("[^-0-9a-fA-F]");

	private static final Pattern OTHER_THAN_HEX_DIGITS = Pattern.compile("[^0-9a-f]");

	private static final int LENGTH = 36;

	private Ids() {
	}

	/**
	 * Parses an id. Returns null if it is malformed. Kratos treats a malformed id as an
	 * unknown one.
	 */
	public static @Nullable String parse(String text) {
		String lower = text.toLowerCase(Locale.ROOT);
		if (UUID.matcher(text).matches()) {
			return lower;
		}
		if (!OTHER_FORM.matcher(text).matches()) {
			return null;
		}
		String digits = OTHER_THAN_HEX_DIGITS.matcher(lower.replace("urn:uuid:", "")).replaceAll("");
		return digits.replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5");
	}

	/**
	 * The error for a malformed id in the newest era.
	 */
	public static String problem(String text) {
		return explain(text, KratosEra.V26);
	}

	/**
	 * The error for a malformed id.
	 */
	public static String explain(String text, KratosEra era) {
		boolean quoted = era.isAtLeast(KratosEra.V0_10);
		if (text.length() != LENGTH) {
			return quoted ? "uuid: incorrect UUID length " + text.getBytes(StandardCharsets.UTF_8).length
					+ " in string " + Json.text(text) : "uuid: incorrect UUID length: " + text;
		}
		if (!DASHES.matcher(text).matches()) {
			return "uuid: incorrect UUID format " + (quoted ? "in string " + Json.text(text) : text);
		}
		Matcher digit = OTHER_THAN_HEX.matcher(text);
		if (namesWrongDigitsOfIds(era) && digit.find()) {
			return "encoding/hex: invalid byte: U+%04X '%s'".formatted((int) digit.group().charAt(0), digit.group());
		}
		return "uuid: invalid UUID format";
	}

	private static boolean namesWrongDigitsOfIds(KratosEra era) {
		return !era.isAtLeast(KratosEra.V1_3);
	}

}
