package io.github.kratosadmin.internal.http;

import java.io.ByteArrayInputStream;
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
 * The body of a response, with a maximum size. Closing it releases the connection.
 */
public final class ResponseBody extends InputStream {

	/**
	 * The default maximum size, larger than a page of a thousand identities.
	 */
	public static final DataSize DEFAULT_MAX_SIZE = DataSize.ofMegabytes(64);

	/** Larger than any error, readiness or version. */
	private static final DataSize MAX_SHORT_SIZE = DataSize.ofMegabytes(1);

	/** The maximum rest of a body that is read to keep the connection. */
	private static final int MAX_REST = 4096;

	private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

	private final InputStream in;

	private final long length;

	private final DataSize maxSize;

	private final Runnable disconnect;

	private long size;

	private boolean ended;

	/**
	 * Creates a body.
	 * @param in the received body
	 * @param length the length, negative if unknown
	 * @param maxSize the maximum size
	 * @param disconnect closes the connection
	 */
	ResponseBody(InputStream in, long length, DataSize maxSize, Runnable disconnect) {
		this.in = in;
		this.length = length;
		this.maxSize = maxSize;
		this.disconnect = disconnect;
	}

	/**
	 * Creates a body from a text.
	 */
	static ResponseBody ofText(String text) {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		return new ResponseBody(new ByteArrayInputStream(bytes), bytes.length, DEFAULT_MAX_SIZE, () -> {
		});
	}

	/**
	 * The body of a response of {@link HttpTransport}.
	 */
	public static ResponseBody of(Response response) throws IOException {
		return (ResponseBody) response.body().asInputStream();
	}

	@Override
	public int read() throws IOException {
		byte[] single = new byte[1];
		return (read(single, 0, 1) != -1) ? single[0] & 0xff : -1;
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

	@Override
	public int available() throws IOException {
		return this.in.available();
	}

	/**
	 * Closes the connection instead of keeping it for the next request. This has no
	 * effect once the end of the body has been read.
	 */
	public void discardConnection() {
		this.disconnect.run();
	}

	/**
	 * Releases the connection, or closes it unless the rest of the body is short and has
	 * arrived: HttpClient would read all of the rest, no matter how long that takes.
	 */
	@Override
	public void close() {
		try {
			if (this.ended || hasArrived()) {
				this.in.close();
			}
			else {
				this.disconnect.run();
			}
		}
		catch (IOException ex) {
			// HttpClient has closed the connection.
		}
	}

	private boolean hasArrived() throws IOException {
		long rest = this.length - this.size;
		return rest >= 0 && rest <= MAX_REST && this.in.available() >= rest;
	}

	public String readText() throws IOException {
		return new String(readAllBytes(), StandardCharsets.UTF_8);
	}

	/**
	 * Reads a body that should be short, such as an error, and cuts off a long one.
	 */
	public String readShortText() throws IOException {
		return new String(readNBytes((int) Math.min(MAX_SHORT_SIZE.toBytes(), this.maxSize.toBytes())),
				StandardCharsets.UTF_8);
	}

	/**
	 * Describes a response by its content type and length. The body is not shown, as its
	 * content is unknown.
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
