package io.github.kratosadmin.internal.redaction;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A text as it reads once it is decoded, which knows where each of its characters is in
 * the text as it came.
 */
final class DecodedText {

	/** Such as HTML of a JSON string with a URL in it. */
	private static final int MAX_DEPTH = 3;

	private final String text;

	/** Where each character begins in the text as it came, and where that ends. */
	private final int[] places;

	private DecodedText(String text, int[] places) {
		this.text = text;
		this.places = places;
	}

	/**
	 * All that a text may read as: nobody knows how what came was encoded, nor whether it
	 * was at all.
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
		if (this.text.indexOf(escape.start()) == -1) {
			return this;
		}
		StringBuilder decoded = new StringBuilder(this.text.length());
		int[] places = new int[this.text.length() + 1];
		int at = 0;
		while (at < this.text.length()) {
			int before = decoded.length();
			int length = (this.text.charAt(at) == escape.start()) ? escape.read(this.text, at, decoded) : 0;
			if (length == 0) {
				decoded.append(this.text.charAt(at));
				length = 1;
			}
			Arrays.fill(places, before, decoded.length(), this.places[at]);
			at += length;
		}
		places[decoded.length()] = this.places[at];
		return new DecodedText(decoded.toString(), places);
	}

	/**
	 * A text with what nobody keeps apart: upper and lower case; and a space, any number
	 * of them, of other white space and of control characters, and a {@code +}, as which
	 * forms write one.
	 */
	static String fold(String text) {
		return plain(text).fold().text;
	}

	DecodedText fold() {
		StringBuilder folded = new StringBuilder(this.text.length());
		int[] places = new int[this.text.length() + 1];
		for (int i = 0; i < this.text.length(); i++) {
			char character = this.text.charAt(i);
			boolean space = isSpace(character);
			if (!space || folded.isEmpty() || folded.charAt(folded.length() - 1) != ' ') {
				places[folded.length()] = this.places[i];
				folded.append(space ? ' ' : Character.toLowerCase(Character.toUpperCase(character)));
			}
		}
		places[folded.length()] = this.places[this.text.length()];
		return new DecodedText(folded.toString(), places);
	}

	private static boolean isSpace(char character) {
		return character == '+' || Character.isWhitespace(character) || Character.isSpaceChar(character)
				|| Character.isISOControl(character) || Character.getType(character) == Character.FORMAT;
	}

	String text() {
		return this.text;
	}

	/**
	 * Where a character begins in the text as it came.
	 */
	int place(int index) {
		return this.places[index];
	}

}
