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
 * The body of a response, with a maximum size. Closing it gives the connection back.
 */
public final class ResponseBody extends InputStream {

	/**
	 * The maximum size by default: more than a page of a thousand identities has.
	 */
	public static final DataSize DEFAULT_MAX_SIZE = DataSize.ofMegabytes(64);

	/** More than any error, readiness or version has. */
	private static final DataSize MAX_SHORT_SIZE = DataSize.ofMegabytes(1);

	/** The rest of a body that is read in order to keep its connection. */
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
	 * @param in the body as it is received
	 * @param length its length, negative if that is not known
	 * @param maxSize the size after which a read fails
	 * @param disconnect closes the connection
	 */
	ResponseBody(InputStream in, long length, DataSize maxSize, Runnable disconnect) {
		this.in = in;
		this.length = length;
		this.maxSize = maxSize;
		this.disconnect = disconnect;
	}

	/**
	 * Creates a body that is in memory already.
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
	 * Gives the connection back, or closes it if more than a short rest of the body is
	 * left: HttpClient would read all of it, however long it takes.
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
	 * A body that should be short, such as an error's; a long one is cut off.
	 */
	public String readShortText() throws IOException {
		return new String(readNBytes((int) Math.min(MAX_SHORT_SIZE.toBytes(), this.maxSize.toBytes())),
				StandardCharsets.UTF_8);
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
