package io.github.kratosadmin.internal.redaction;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A decoded text with the position of each character in the original text.
 */
final class DecodedText {

	/** Enough for HTML with a JSON string with a URL. */
	private static final int MAX_DEPTH = 3;

	/** The folded ASCII characters, computed once: texts have few others. */
	private static final char[] ASCII = new char[128];

	static {
		for (char character = 0; character < ASCII.length; character++) {
			ASCII[character] = foldAny(character);
		}
	}

	private final String text;

	/** The position of each character in the original text, and the end of that text. */
	private final int[] places;

	private DecodedText(String text, int[] places) {
		this.text = text;
		this.places = places;
	}

	/**
	 * Returns all decodings of a text: whether and how it was encoded is unknown.
	 */
	static Collection<DecodedText> allOf(String text) {
		Map<String, DecodedText> all = new LinkedHashMap<>();
		List<DecodedText> layer = List.of(plain(text));
		for (int depth = 0; depth <= MAX_DEPTH; depth++) {
			List<DecodedText> next = new ArrayList<>();
			for (DecodedText decoded : layer) {
				if (all.putIfAbsent(decoded.text, decoded) == null && depth < MAX_DEPTH) {
					Arrays.stream(Escape.values()).map(decoded::decode).forEach(next::add);
				}
			}
			layer = next;
		}
		return all.values();
	}

	private static DecodedText plain(String text) {
		int[] places = new int[text.length() + 1];
		Arrays.setAll(places, (i) -> i);
		return new DecodedText(text, places);
	}

	private DecodedText decode(Escape escape) {
		int next = this.text.indexOf(escape.start());
		if (next == -1) {
			return this;
		}
		StringBuilder decoded = new StringBuilder(this.text.length());
		int[] places = new int[this.text.length() + 1];
		int at = 0;
		while (next != -1) {
			System.arraycopy(this.places, at, places, decoded.length(), next - at);
			decoded.append(this.text, at, next);
			int before = decoded.length();
			int length = escape.read(this.text, next, decoded);
			if (length == 0) {
				decoded.append(escape.start());
				length = 1;
			}
			Arrays.fill(places, before, decoded.length(), this.places[next]);
			at = next + length;
			next = this.text.indexOf(escape.start(), at);
		}
		System.arraycopy(this.places, at, places, decoded.length(), this.text.length() + 1 - at);
		decoded.append(this.text, at, this.text.length());
		return new DecodedText(decoded.toString(), places);
	}

	/**
	 * Folds a text to ignore differences between upper and lower case, and between
	 * spaces: one or several spaces, other white space, control characters, and a
	 * {@code +}, which stands for a space in forms.
	 */
	static String fold(String text) {
		return plain(text).fold().text;
	}

	DecodedText fold() {
		char[] folded = new char[this.text.length()];
		int[] places = new int[this.text.length() + 1];
		int length = 0;
		for (int i = 0; i < this.text.length(); i++) {
			char character = fold(this.text.charAt(i));
			if (character != ' ' || length == 0 || folded[length - 1] != ' ') {
				places[length] = this.places[i];
				folded[length++] = character;
			}
		}
		places[length] = this.places[this.text.length()];
		return new DecodedText(new String(folded, 0, length), places);
	}

	private static char fold(char character) {
		return (character < ASCII.length) ? ASCII[character] : foldAny(character);
	}

	private static char foldAny(char character) {
		return isSpace(character) ? ' ' : Character.toLowerCase(Character.toUpperCase(character));
	}

	private static boolean isSpace(char character) {
		return character == '+' || Character.isWhitespace(character) || Character.isSpaceChar(character)
				|| Character.isISOControl(character) || Character.getType(character) == Character.FORMAT;
	}

	String text() {
		return this.text;
	}

	/**
	 * Returns the position of a character in the original text.
	 */
	int place(int index) {
		return this.places[index];
	}

}
