package io.github.kratosadmin.internal.redaction;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.web.util.HtmlUtils;

import static java.util.Map.entry;

/**
 * A kind of escape sequence that servers use when they quote a request.
 */
enum Escape {

	/**
	 * {@code %22}, of URLs and forms; their {@code +} is handled by {@link DecodedText}.
	 */
	PERCENT('%') {

		@Override
		int read(String text, int at, StringBuilder to) {
			int first = octet(text, at);
			if (first == -1) {
				return 0;
			}
			int length = (first < 0xc0) ? 1 : (first < 0xe0) ? 2 : (first < 0xf0) ? 3 : 4;
			byte[] octets = new byte[length];
			for (int i = 0; i < length; i++) {
				int octet = octet(text, at + 3 * i);
				if (octet == -1 || (i > 0 && (octet & 0xc0) != 0x80)) {
					// Not UTF-8.
					to.append((char) first);
					return 3;
				}
				octets[i] = (byte) octet;
			}
			to.append(new String(octets, StandardCharsets.UTF_8));
			return 3 * length;
		}

		private static int octet(String text, int at) {
			return (at < text.length() && text.charAt(at) == '%') ? number(text, at + 1, at + 3, 16) : -1;
		}

	},

	/**
	 * A backslash, as in JSON, Go and JavaScript.
	 */
	BACKSLASH('\\') {

		@Override
		int read(String text, int at, StringBuilder to) {
			char kind = (at + 1 < text.length()) ? text.charAt(at + 1) : 0;
			int digits = (kind == 'u' || kind == 'U') ? 4 : (kind == 'x' || kind == 'X') ? 2 : 0;
			if (digits > 0) {
				int code = number(text, at + 2, at + 2 + digits, 16);
				if (code == -1) {
					return 0;
				}
				to.append((char) code);
				return 2 + digits;
			}
			int place = "\"\\/'nrtbfva".indexOf(kind);
			if (place == -1) {
				return 0;
			}
			to.append("\"\\/'\n\r\t\b\f\u000b\u0007".charAt(place));
			return 2;
		}

	},

	/**
	 * {@code &quot;}, {@code &#34;} and {@code &#x22;}, of HTML and XML.
	 */
	ENTITY('&') {

		@Override
		int read(String text, int at, StringBuilder to) {
			if (text.startsWith("&#", at)) {
				return readNumber(text, at, to);
			}
			int end = text.substring(at, Math.min(text.length(), at + LONGEST_ENTITY)).indexOf(';');
			if (end == -1) {
				return 0;
			}
			String name = text.substring(at + 1, at + end);
			String character = character(name);
			if (character == null) {
				character = character(name.toLowerCase(Locale.ROOT));
			}
			if (character == null) {
				return 0;
			}
			to.append(character);
			return end + 1;
		}

		private static @Nullable String character(String name) {
			String entity = "&" + name + ";";
			String character = ENTITIES.getOrDefault(name, HtmlUtils.htmlUnescape(entity));
			return character.equals(entity) ? null : character;
		}

		private static int readNumber(String text, int at, StringBuilder to) {
			boolean hex = text.regionMatches(true, at + 2, "x", 0, 1);
			int radix = hex ? 16 : 10;
			int start = at + (hex ? 3 : 2);
			int end = start;
			while (end < text.length() && end < start + 8 && Character.digit(text.charAt(end), radix) != -1) {
				end++;
			}
			int code = number(text, start, end, radix);
			if (code == -1 || !Character.isValidCodePoint(code)) {
				return 0;
			}
			to.appendCodePoint(code);
			return end - at + ((end < text.length() && text.charAt(end) == ';') ? 1 : 0);
		}

	};

	/** Longer names in HTML stand for characters other than ASCII. */
	private static final int LONGEST_ENTITY = 12;

	/** The names of ASCII characters in HTML 5 that Spring does not support. */
	private static final Map<String, String> ENTITIES = Map.ofEntries(entry("apos", "'"), entry("excl", "!"),
			entry("num", "#"), entry("dollar", "$"), entry("percnt", "%"), entry("lpar", "("), entry("rpar", ")"),
			entry("ast", "*"), entry("plus", "+"), entry("comma", ","), entry("period", "."), entry("sol", "/"),
			entry("colon", ":"), entry("semi", ";"), entry("equals", "="), entry("quest", "?"), entry("commat", "@"),
			entry("lsqb", "["), entry("lbrack", "["), entry("bsol", "\\"), entry("rsqb", "]"), entry("rbrack", "]"),
			entry("Hat", "^"), entry("lowbar", "_"), entry("grave", "`"), entry("lcub", "{"), entry("lbrace", "{"),
			entry("verbar", "|"), entry("vert", "|"), entry("rcub", "}"), entry("rbrace", "}"), entry("Tab", "\t"),
			entry("NewLine", "\n"));

	private final char start;

	Escape(char start) {
		this.start = start;
	}

	/**
	 * Returns the first character of the escape sequence.
	 */
	char start() {
		return this.start;
	}

	/**
	 * Reads an escape sequence.
	 * @param text the text
	 * @param at the position of the sequence
	 * @param to the builder to add the decoded character to
	 * @return the length of the sequence, or 0 if there is none
	 */
	abstract int read(String text, int at, StringBuilder to);

	private static int number(String text, int start, int end, int radix) {
		if (end > text.length() || start == end) {
			return -1;
		}
		int number = 0;
		for (int i = start; i < end; i++) {
			int digit = Character.digit(text.charAt(i), radix);
			if (digit == -1) {
				return -1;
			}
			number = number * radix + digit;
		}
		return (number >= 0) ? number : -1;
	}

}
