package io.github.kratosadmin;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.springframework.util.unit.DataSize;

/**
 * The body of an answer, which remembers how it began: to show it where it cannot be
 * read.
 */
class AnswerBody extends FilterInputStream {

	private static final int EXCERPT_CHARS = 512;

	/** No UTF-8 character has more than four bytes. */
	private static final int EXCERPT_BYTES = 4 * EXCERPT_CHARS;

	/** More than any error, readiness or version has. */
	private static final DataSize MAX_SHORT_SIZE = DataSize.ofMegabytes(1);

	/**
	 * What may be secret: a string in quotes, possibly cut off, unless the colon after it
	 * makes it a field's name; a header, as of a request that is shown; what follows the
	 * name of a scheme of authentication; the value of a parameter; and what is long like
	 * a token.
	 */
	private static final Pattern SECRET = Pattern.compile("(?s)\"[^\"\\\\]*+(?:\\\\.?[^\"\\\\]*+)*+(?:\"|$)(\\s*:)?"
			+ "|((?i:authorization|cookie|[a-z]\\w{0,40}(?:-\\w{1,40}){1,8}):[ \\t]{1,8}|(?i:\\b(?:bearer|basic)\\s{1,8}))"
			+ "(?:(?<=:[ \\t]{1,8})[^\\r\\n<]+|[^\\s\"<>]+)"
			+ "|(?<==)[^\\s\"<>&;,]+|(?=[A-Za-z_+/.~-]*\\d)[\\w+/.~-]{24,}");

	private final byte[] beginning = new byte[EXCERPT_BYTES];

	private int remembered;

	private final DataSize maxSize;

	private long size;

	/**
	 * Creates a body that should be short, as far as it is looked at.
	 * @param body the body
	 */
	AnswerBody(InputStream body) {
		this(body, ReadLimits.MAX_SIZE);
	}

	/**
	 * Creates a body.
	 * @param body the body
	 * @param maxSize how much of it is read before it fails
	 */
	AnswerBody(InputStream body, DataSize maxSize) {
		super(body);
		this.maxSize = maxSize;
	}

	@Override
	public int read() throws IOException {
		byte[] single = new byte[1];
		return (read(single, 0, 1) != -1) ? single[0] & 0xff : -1;
	}

	@Override
	public int read(byte[] bytes, int offset, int length) throws IOException {
		int count = super.read(bytes, offset, length);
		this.size += Math.max(count, 0);
		if (this.size > this.maxSize.toBytes()) {
			throw new TooLongException(this.maxSize);
		}
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
	 * A body that should be short, such as an error's; a long one is cut off.
	 */
	String readShortText() throws IOException {
		return new String(readNBytes((int) MAX_SHORT_SIZE.toBytes()), StandardCharsets.UTF_8);
	}

	/**
	 * How the body began, for a message: at most 512 characters, in one line, without
	 * what may be secret.
	 */
	String excerpt() {
		if (this.remembered == 0) {
			return "; the body is empty";
		}
		String text = new String(this.beginning, 0, this.remembered, StandardCharsets.UTF_8);
		text = SECRET.matcher(text).replaceAll(AnswerBody::withoutSecret);
		text = text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Z}]+", " ").strip();
		return "; it begins with: " + text.substring(0, Math.min(text.length(), EXCERPT_CHARS));
	}

	private static String withoutSecret(MatchResult found) {
		if (found.group(1) != null) {
			return Matcher.quoteReplacement(found.group());
		}
		if (found.group(2) != null) {
			return Matcher.quoteReplacement(found.group(2)) + "***";
		}
		return found.group().startsWith("\"") ? "\"***\"" : "***";
	}

	/**
	 * There is more than an answer of Kratos has.
	 */
	static final class TooLongException extends IOException {

		TooLongException(DataSize maxSize) {
			super("it is longer than " + text(maxSize));
		}

		private static String text(DataSize size) {
			boolean megabytes = size.toMegabytes() > 0 && DataSize.ofMegabytes(size.toMegabytes()).equals(size);
			return megabytes ? size.toMegabytes() + " MB" : size.toBytes() + " bytes";
		}

	}

}
