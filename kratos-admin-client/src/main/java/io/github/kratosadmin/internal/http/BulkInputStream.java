package io.github.kratosadmin.internal.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A stream that reads single bytes like blocks, so that a subclass overrides one method.
 */
abstract class BulkInputStream extends FilterInputStream {

	BulkInputStream(InputStream in) {
		super(in);
	}

	@Override
	public final int read() throws IOException {
		byte[] single = new byte[1];
		return (read(single, 0, 1) != -1) ? single[0] & 0xff : -1;
	}

	@Override
	public abstract int read(byte[] bytes, int offset, int length) throws IOException;

}
