package io.github.kratosadmin.internal.response;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The part of an identifier or another text that is the same in every form in which
 * Kratos and its database write it.
 */
public final class IdentifierForm {

	private static final int PHONE_DIGITS = 4;

	private static final Pattern PHONE = Pattern.compile("\\d{" + PHONE_DIGITS + ",}");

	private IdentifierForm() {
	}

	/**
	 * Reduces a trait to its {@link #essence}, and a phone number to its last digits:
	 * after 26.2, Kratos writes it in the international form, without the trunk zero.
	 */
	public static String of(String trait) {
		String essence = essence(trait);
		return PHONE.matcher(essence).matches() ? essence.substring(essence.length() - PHONE_DIGITS) : essence;
	}

	/**
	 * Reduces a text to its letters and digits.
	 */
	static String essence(String text) {
		return collated(text).replaceAll("[^\\p{L}\\p{N}]", "");
	}

	/**
	 * Normalizes a text like MySQL and MariaDB in comparisons: case, accents and trailing
	 * spaces do not matter.
	 */
	static String collated(String text) {
		String base = Normalizer.normalize(text, Normalizer.Form.NFKD).replaceAll("\\p{M}", "");
		return base.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT).strip();
	}

}
