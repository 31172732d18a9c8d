package io.github.kratosadmin.test.embedded.internal.text;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import tools.jackson.databind.JsonNode;

/**
 * Formats and normalizes texts as Go does.
 */
public final class GoText {

	private GoText() {
	}

	/**
	 * Formats a value as Go does if it expects a text.
	 */
	public static String of(JsonNode value) {
		if (value.isArray()) {
			return value.valueStream().map(GoText::of).collect(Collectors.joining(" ", "[", "]"));
		}
		if (value.isObject()) {
			return new TreeMap<>(
					value.propertyStream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)))
				.entrySet()
				.stream()
				.map((entry) -> entry.getKey() + ":" + of(entry.getValue()))
				.collect(Collectors.joining(" ", "map[", "]"));
		}
		if (value.isBoolean()) {
			return "%!s(bool=" + value.booleanValue() + ")";
		}
		return value.isNull() ? "%!s(<nil>)" : value.asString();
	}

	/**
	 * Converts a text to lower case and trims it, as Kratos does with identifiers and
	 * addresses.
	 */
	public static String normalize(String text) {
		return lower(trim(text));
	}

	/**
	 * Converts a text to lower case, character by character.
	 */
	public static String lower(String text) {
		return text.codePoints()
			.map(Character::toLowerCase)
			.collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
			.toString();
	}

	/**
	 * Trims a text.
	 */
	public static String trim(String text) {
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
