package io.github.kratosadmin;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The body of an answer, which remembers how it began: to show it where it cannot be
 * read.
 */
class AnswerBody extends FilterInputStream {

	private static final int EXCERPT_CHARS = 512;

	/** No UTF-8 character has more than four bytes. */
	private static final int EXCERPT_BYTES = 4 * EXCERPT_CHARS;

	/** A string, possibly cut off, with the colon after it if it is a field's name. */
	private static final Pattern JSON_STRING = Pattern
		.compile("(?s)\"[^\"\\\\]*+(?:\\\\.?[^\"\\\\]*+)*+(?:\"|$)(\\s*:)?");

	private final byte[] beginning = new byte[EXCERPT_BYTES];

	private int remembered;

	AnswerBody(InputStream body) {
		super(body);
	}

	@Override
	public int read() throws IOException {
		byte[] single = new byte[1];
		return (read(single, 0, 1) != -1) ? single[0] & 0xff : -1;
	}

	@Override
	public int read(byte[] bytes, int offset, int length) throws IOException {
		int count = super.read(bytes, offset, length);
		if (count > 0 && this.remembered < EXCERPT_BYTES) {
			int more = Math.min(count, EXCERPT_BYTES - this.remembered);
			System.arraycopy(bytes, offset, this.beginning, this.remembered, more);
			this.remembered += more;
		}
		return count;
	}

	boolean isEmpty() throws IOException {
		return readNBytes(EXCERPT_BYTES).length == 0;
	}

	String readText() throws IOException {
		return new String(readAllBytes(), StandardCharsets.UTF_8);
	}

	/**
	 * How the body began, for a message: at most 512 characters, in one line. What stands
	 * in quotes is left out, except in HTML: the strings in JSON may be secrets.
	 */
	String excerpt() {
		if (this.remembered == 0) {
			return "; the body is empty";
		}
		String text = new String(this.beginning, 0, this.remembered, StandardCharsets.UTF_8);
		text = text.substring(0, Math.min(text.length(), EXCERPT_CHARS));
		if (!text.stripLeading().startsWith("<")) {
			text = JSON_STRING.matcher(text).replaceAll(AnswerBody::withoutValue);
		}
		return "; it begins with: " + text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Z}]+", " ").strip();
	}

	private static String withoutValue(MatchResult string) {
		boolean fieldName = string.group(1) != null;
		return fieldName ? Matcher.quoteReplacement(string.group()) : "\"***\"";
	}

}
