package io.github.kratosadmin.test.embedded;

/**
 * Changes texts as Go does, each character by itself.
 */
final class GoText {

	private GoText() {
	}

	/**
	 * In lower case, and without spaces around it: how Kratos keeps identifiers and
	 * addresses.
	 */
	static String normalize(String text) {
		return lower(trim(text));
	}

	static String lower(String text) {
		return text.codePoints()
			.map(Character::toLowerCase)
			.collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
			.toString();
	}

	private static String trim(String text) {
		int start = 0;
		int end = text.length();
		while (start < end && isSpace(text.charAt(start))) {
			start++;
		}
		while (end > start && isSpace(text.charAt(end - 1))) {
			end--;
		}
		return text.substring(start, end);
	}

	private static boolean isSpace(char character) {
		return Character.isSpaceChar(character) || (character >= '\t' && character <= '\r') || character == 0x85;
	}

}
