package io.github.kratosadmin.internal.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

import feign.Response;

import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.util.unit.DataSize;

/**
 * The body of a response, with a maximum size.
 */
public class ResponseBody extends BulkInputStream {

	/** More than any error, readiness or version has. */
	private static final DataSize MAX_SHORT_SIZE = DataSize.ofMegabytes(1);

	private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

	private final DataSize maxSize;

	private long size;

	private boolean ended;

	/**
	 * Creates a body that should be short, as far as it is looked at.
	 * @param body the body
	 */
	public ResponseBody(InputStream body) {
		this(body, ResponseLimits.MAX_SIZE);
	}

	/**
	 * Creates a body.
	 * @param body the body
	 * @param maxSize how much of it is read before it fails
	 */
	public ResponseBody(InputStream body, DataSize maxSize) {
		super(body);
		this.maxSize = maxSize;
	}

	@Override
	public int read(byte[] bytes, int offset, int length) throws IOException {
		int count = this.in.read(bytes, offset, length);
		this.size += Math.max(count, 0);
		if (this.size > this.maxSize.toBytes()) {
			throw new TooLongException(this.maxSize);
		}
		this.ended |= (count == -1);
		return count;
	}

	boolean isEmpty() throws IOException {
		return read() == -1;
	}

	public String readText() throws IOException {
		return new String(readAllBytes(), StandardCharsets.UTF_8);
	}

	/**
	 * A body that should be short, such as an error's; a long one is cut off.
	 */
	public String readShortText() throws IOException {
		return new String(readNBytes((int) MAX_SHORT_SIZE.toBytes()), StandardCharsets.UTF_8);
	}

	/**
	 * What a response is like whose body cannot be shown, as nobody knows what is in it:
	 * its content type and length.
	 */
	public String describe(Response response) {
		if (this.ended && this.size == 0) {
			return "(empty)";
		}
		String contentType = response.headers()
			.getOrDefault(HttpHeaders.CONTENT_TYPE, List.of())
			.stream()
			.findFirst()
			.map(ResponseBody::contentType)
			.orElse("no content type");
		return "(" + contentType + ", " + length(response) + " bytes)";
	}

	private String length(Response response) {
		return response.headers()
			.getOrDefault(HttpHeaders.CONTENT_LENGTH, List.of())
			.stream()
			.filter(NUMBER.asMatchPredicate())
			.findFirst()
			.orElse((this.ended ? "" : "at least ") + this.size);
	}

	private static String contentType(String header) {
		try {
			MediaType type = MediaType.parseMediaType(header);
			return type.getType() + "/" + type.getSubtype();
		}
		catch (InvalidMediaTypeException ex) {
			return "unreadable content type";
		}
	}

	/**
	 * The body is longer than the maximum size.
	 */
	public static final class TooLongException extends IOException {

		TooLongException(DataSize maxSize) {
			super("it is longer than " + text(maxSize));
		}

		private static String text(DataSize size) {
			boolean megabytes = size.toMegabytes() > 0 && DataSize.ofMegabytes(size.toMegabytes()).equals(size);
			return megabytes ? size.toMegabytes() + " MB" : size.toBytes() + " bytes";
		}

	}

}
