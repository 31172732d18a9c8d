package io.github.kratosadmin.internal.imports;

import java.io.Closeable;

import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.internal.json.KratosJson;
import tools.jackson.core.util.ByteArrayBuilder;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SequenceWriter;

/**
 * Writes identities as JSON, one after another. A generator for each of them would take
 * longer than the identity.
 */
final class RowWriter implements Closeable {

	private static final ObjectWriter WRITER = KratosJson.mapper()
		.writerFor(CreateIdentity.class)
		.withRootValueSeparator("");

	private final ByteArrayBuilder out = new ByteArrayBuilder();

	private final SequenceWriter writer = WRITER.writeValues(this.out);

	/**
	 * Writes an identity. After a failure, this writer must not be used any more.
	 */
	byte[] write(CreateIdentity identity) {
		// It also flushes.
		this.writer.write(identity);
		byte[] json = this.out.toByteArray();
		this.out.reset();
		return json;
	}

	@Override
	public void close() {
		this.writer.close();
	}

}
