package io.github.kratosadmin.test.embedded.internal.text;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.kratosadmin.test.embedded.KratosEra;

/**
 * Normalizes identifiers and addresses as Kratos does.
 */
public final class Identifiers {

	private static final String ATOMS = "[\\w!#$%&'*+/=?^`{|}~\\x{80}-\\x{10FFFF}-]++"
			+ "(?:\\.[\\w!#$%&'*+/=?^`{|}~\\x{80}-\\x{10FFFF}-]++)*+";

	private static final Pattern EMAIL = Pattern.compile("(" + ATOMS + "|\"(?:[^\"\\\\]|\\\\.)++\")@(" + ATOMS + ")");

	private Identifiers() {
	}

	/**
	 * Normalizes any identifier, and drops characters that it must not have.
	 */
	public static String normalize(String text, KratosEra era) {
		if (!normalizesCharacters(era)) {
			return GoText.normalize(text);
		}
		String canonical = canonical(text);
		return PhoneNumbers.isValid(canonical) ? PhoneNumbers.format(canonical) : canonical(canonical);
	}

	/**
	 * Whether identifiers are normalized beyond their case and the spaces around them.
	 */
	public static boolean normalizesCharacters(KratosEra era) {
		return era.isAtLeast(KratosEra.NEXT);
	}

	/**
	 * Normalizes an address of a channel.
	 * @param channel {@code sms}, or another one for email
	 * @throws IllegalArgumentException if it has a character that it must not have, or is
	 * not an address
	 */
	public static String address(String channel, String text) {
		String trimmed = GoText.trim(text);
		if (!channel.equals("sms")) {
			return email(strict(trimmed));
		}
		String folded = foldWidth(trimmed);
		if (!Precis.isFreeform(folded)) {
			throw disallowed();
		}
		return PhoneNumbers.format(folded);
	}

	/**
	 * The address in a text, without the quotes of its local part.
	 */
	private static String email(String text) {
		Matcher email = EMAIL.matcher(text);
		if (!email.matches()) {
			throw new IllegalArgumentException("mail: no address");
		}
		String local = email.group(1);
		return (local.startsWith("\"") ? local.substring(1, local.length() - 1).replaceAll("\\\\(.)", "$1") : local)
				+ "@" + email.group(2);
	}

	private static String canonical(String text) {
		String trimmed = GoText.trim(text);
		try {
			return strict(trimmed);
		}
		catch (IllegalArgumentException ex) {
			StringBuilder kept = new StringBuilder();
			Normalizer.normalize(trimmed, Normalizer.Form.NFKC)
				.codePoints()
				.filter(Precis::isFreeform)
				.forEach(kept::appendCodePoint);
			return kept.toString().toLowerCase(Locale.ROOT);
		}
	}

	private static String strict(String text) {
		String normalized = Normalizer.normalize(lower(text), Normalizer.Form.NFKC);
		if (!isAscii(text) && !Precis.keepsDirection(normalized)) {
			throw new IllegalArgumentException("bidirule: failed Bidi Rule");
		}
		if (normalized.isEmpty()) {
			throw new IllegalArgumentException("precis: transformation resulted in empty string");
		}
		if (!Precis.isFreeform(normalized)) {
			throw disallowed();
		}
		return normalized;
	}

	private static IllegalArgumentException disallowed() {
		return new IllegalArgumentException("precis: disallowed rune encountered");
	}

	private static boolean isAscii(String text) {
		return text.chars().allMatch((character) -> character < 0x80);
	}

	/**
	 * Converts a text to lower case. Unlike in {@link GoText#lower(String)} a dotted
	 * capital I keeps its dot. A sigma at the end has no other form.
	 */
	private static String lower(String text) {
		return GoText.lower(text.replace("\u0130", "i\u0307"));
	}

	/**
	 * Replaces wide and narrow characters, such as digits, by the usual ones.
	 */
	private static String foldWidth(String text) {
		StringBuilder folded = new StringBuilder();
		text.codePoints()
			.mapToObj(Character::toString)
			.forEach((character) -> folded.append((character.equals("\u3000") || character.compareTo("\uff00") > 0)
					? Normalizer.normalize(character, Normalizer.Form.NFKC) : character));
		return folded.toString();
	}

}
