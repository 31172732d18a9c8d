package io.github.kratosadmin.internal.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;

import io.github.kratosadmin.internal.httpclient.core5.http.HttpEntity;
import io.github.kratosadmin.internal.httpclient.core5.http.io.entity.HttpEntityWrapper;
import org.jspecify.annotations.Nullable;

/**
 * The body of a response, with a deadline for all of it. HttpClient's timeout begins anew
 * with each part of a body, and closing a body reads the rest: one that never ends would
 * be read forever.
 */
class DeadlineEntity extends HttpEntityWrapper {

	/** What is read to keep a connection, rather than to make another one. */
	private static final int MAX_REST = 4096;

	private final long deadline;

	private final Duration timeout;

	private final Runnable disconnect;

	private @Nullable InputStream content;

	/**
	 * Creates an entity.
	 * @param entity the entity as it comes
	 * @param start when the request was sent, in nanoseconds
	 * @param timeout how long the response may take
	 * @param disconnect closes the connection
	 */
	DeadlineEntity(HttpEntity entity, long start, Duration timeout, Runnable disconnect) {
		super(entity);
		this.deadline = start + timeout.toNanos();
		this.timeout = timeout;
		this.disconnect = disconnect;
	}

	@Override
	public InputStream getContent() throws IOException {
		InputStream content = this.content;
		if (content == null) {
			content = new Content(super.getContent(), getContentLength());
			this.content = content;
		}
		return content;
	}

	private final class Content extends BulkInputStream {

		private long rest;

		private boolean ended;

		Content(InputStream in, long length) {
			super(in);
			this.rest = length;
		}

		@Override
		public int read(byte[] bytes, int offset, int length) throws IOException {
			// What has come is read all the same, however long it took to get to it.
			if (available() == 0 && System.nanoTime() - DeadlineEntity.this.deadline > 0) {
				throw new SocketTimeoutException("The response was not complete after " + DeadlineEntity.this.timeout);
			}
			int count = this.in.read(bytes, offset, length);
			this.rest -= Math.max(count, 0);
			this.ended |= (count == -1);
			return count;
		}

		@Override
		public void close() throws IOException {
			boolean hasCome = this.rest >= 0 && this.rest <= MAX_REST && available() >= this.rest;
			if (!this.ended && !hasCome) {
				DeadlineEntity.this.disconnect.run();
				return;
			}
			super.close();
		}

	}

}
