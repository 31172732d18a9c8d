package io.github.kratosadmin.test.embedded.internal.text;

import java.lang.Character.UnicodeScript;
import java.util.Arrays;
import java.util.Set;
import java.util.function.IntPredicate;

/**
 * The class of texts without invisible characters, {@code FreeformClass} of RFC 8264, and
 * the rule for texts in two directions of RFC 5893.
 */
final class Precis {

	/** Characters that have no width, but are letters or marks. */
	private static final Set<Integer> INVISIBLE = Set.of(0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180C, 0x180D,
			0x3164, 0xFFA0);

	private static final Set<Integer> REFUSED = Set.of(0x0640, 0x07FA, 0x302E, 0x302F, 0x3031, 0x3032, 0x3033, 0x3034,
			0x3035, 0x303B);

	private static final int MIDDLE_DOT = 0x00B7;

	private static final int GREEK_NUMERAL_SIGN = 0x0375;

	private static final int KATAKANA_MIDDLE_DOT = 0x30FB;

	private Precis() {
	}

	/**
	 * Whether all characters of a text belong to the class, or are allowed by those
	 * around them.
	 */
	static boolean isFreeform(String text) {
		int[] characters = text.codePoints().toArray();
		for (int i = 0; i < characters.length; i++) {
			if (!isFreeform(characters[i]) && !fitsContext(characters, i)) {
				return false;
			}
		}
		return !contains(characters, (character) -> character == KATAKANA_MIDDLE_DOT)
				|| contains(characters, Precis::isJapanese);
	}

	/**
	 * Whether a character belongs to the class wherever it stands.
	 */
	static boolean isFreeform(int character) {
		if (INVISIBLE.contains(character) || REFUSED.contains(character) || needsContext(character)
				|| isOldHangul(character) || isBetween(character, 0xFE00, 0xFE0F)
				|| isBetween(character, 0xE0100, 0xE01EF)) {
			return false;
		}
		return switch (Character.getType(character)) {
			case Character.CONTROL, Character.FORMAT, Character.PRIVATE_USE, Character.SURROGATE, Character.UNASSIGNED,
					Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
				false;
			default -> true;
		};
	}

	private static boolean isBetween(int character, int first, int last) {
		return character >= first && character <= last;
	}

	private static boolean isOldHangul(int character) {
		return isBetween(character, 0x1100, 0x11FF) || isBetween(character, 0xA960, 0xA97C)
				|| isBetween(character, 0xD7B0, 0xD7C6) || isBetween(character, 0xD7CB, 0xD7FB);
	}

	private static boolean needsContext(int character) {
		return character == MIDDLE_DOT || character == GREEK_NUMERAL_SIGN || isHebrewSign(character)
				|| isArabicDigit(character) || isExtendedArabicDigit(character);
	}

	private static boolean isHebrewSign(int character) {
		return isBetween(character, 0x05F3, 0x05F4);
	}

	private static boolean isArabicDigit(int character) {
		return isBetween(character, 0x0660, 0x0669);
	}

	private static boolean isExtendedArabicDigit(int character) {
		return isBetween(character, 0x06F0, 0x06F9);
	}

	/**
	 * The rules of RFC 5892, appendix A, except those for joiners, which are invisible.
	 */
	private static boolean fitsContext(int[] text, int index) {
		int before = (index > 0) ? text[index - 1] : 0;
		int after = (index < text.length - 1) ? text[index + 1] : 0;
		int character = text[index];
		if (character == MIDDLE_DOT) {
			return before == 'l' && after == 'l';
		}
		if (character == GREEK_NUMERAL_SIGN) {
			return UnicodeScript.of(after) == UnicodeScript.GREEK;
		}
		if (isHebrewSign(character)) {
			return UnicodeScript.of(before) == UnicodeScript.HEBREW;
		}
		if (isArabicDigit(character)) {
			return !contains(text, Precis::isExtendedArabicDigit);
		}
		return isExtendedArabicDigit(character) && !contains(text, Precis::isArabicDigit);
	}

	private static boolean contains(int[] text, IntPredicate wanted) {
		return Arrays.stream(text).anyMatch(wanted);
	}

	private static boolean isJapanese(int character) {
		return switch (UnicodeScript.of(character)) {
			case HIRAGANA, KATAKANA, HAN -> true;
			default -> false;
		};
	}

	/**
	 * Whether a text keeps the rule for labels in one direction. Kratos applies it to
	 * texts that are not a label, such as an address.
	 */
	static boolean keepsDirection(String text) {
		if (text.isEmpty()) {
			return true;
		}
		boolean leftToRight = directionOf(text.codePointAt(0)) == Character.DIRECTIONALITY_LEFT_TO_RIGHT;
		if (!leftToRight && !isRightToLeft(directionOf(text.codePointAt(0)))) {
			return false;
		}
		boolean ends = false;
		boolean european = false;
		boolean arabic = false;
		for (int character : text.codePoints().toArray()) {
			byte direction = directionOf(character);
			european = european || direction == Character.DIRECTIONALITY_EUROPEAN_NUMBER;
			arabic = arabic || direction == Character.DIRECTIONALITY_ARABIC_NUMBER;
			if (endsText(direction, leftToRight)) {
				ends = true;
			}
			else if (direction != Character.DIRECTIONALITY_NONSPACING_MARK) {
				ends = false;
				if (!isNeutral(direction)) {
					return false;
				}
			}
		}
		return ends && !(european && arabic);
	}

	private static byte directionOf(int character) {
		return Character.getDirectionality(character);
	}

	private static boolean isRightToLeft(byte direction) {
		return direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT
				|| direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC;
	}

	private static boolean endsText(byte direction, boolean leftToRight) {
		if (direction == Character.DIRECTIONALITY_EUROPEAN_NUMBER) {
			return true;
		}
		return leftToRight ? direction == Character.DIRECTIONALITY_LEFT_TO_RIGHT
				: isRightToLeft(direction) || direction == Character.DIRECTIONALITY_ARABIC_NUMBER;
	}

	private static boolean isNeutral(byte direction) {
		return switch (direction) {
			case Character.DIRECTIONALITY_EUROPEAN_NUMBER_SEPARATOR,
					Character.DIRECTIONALITY_EUROPEAN_NUMBER_TERMINATOR,
					Character.DIRECTIONALITY_COMMON_NUMBER_SEPARATOR, Character.DIRECTIONALITY_OTHER_NEUTRALS,
					Character.DIRECTIONALITY_BOUNDARY_NEUTRAL ->
				true;
			default -> false;
		};
	}

}
