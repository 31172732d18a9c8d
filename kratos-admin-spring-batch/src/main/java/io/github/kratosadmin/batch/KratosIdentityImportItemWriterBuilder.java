package io.github.kratosadmin.batch;

import io.github.kratosadmin.identity.ImportIdentities;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Builds a {@link KratosIdentityImportItemWriter}.
 */
public final class KratosIdentityImportItemWriterBuilder
		extends OutcomeItemWriterBuilder<KratosIdentityImportItemWriterBuilder> {

	private ImportIdentities options = ImportIdentities.builder().build();

	private @Nullable String marker;

	private boolean skippable;

	/**
	 * Creates a builder.
	 */
	public KratosIdentityImportItemWriterBuilder() {
	}

	/**
	 * Sets the options of the import of each chunk. A chunk of the step is sent in
	 * requests of {@link ImportIdentities#chunkSize()} rows: for several requests at the
	 * same time, it must have several times as many rows.
	 * @param options the options, those of {@link ImportIdentities#builder()} by default
	 * @return this builder
	 */
	public KratosIdentityImportItemWriterBuilder options(ImportIdentities options) {
		this.options = options;
		return this;
	}

	/**
	 * Sets the name of the import, by which the writer recognizes the identities that it
	 * has created. It adds an entry {@code kratos_admin_import} with the value
	 * {@code <importName>:<row>} to the admin metadata of each row without an external
	 * id, and replaces the entry of an earlier import. Without a name, such rows are
	 * refused.
	 * @param importName the name, which must be the same after a restart, and another one
	 * for each input
	 * @return this builder
	 */
	public KratosIdentityImportItemWriterBuilder marker(String importName) {
		this.marker = importName;
		return this;
	}

	/**
	 * Sets whether Spring Batch is to skip rows that fail, so that its skip listeners and
	 * skip limit apply. The writer then throws a {@link RowsFailedException} for a chunk
	 * with such rows, which a fault-tolerant step must skip. It costs much: Spring Batch
	 * logs an error, rolls the chunk back and writes each of its rows again, alone and in
	 * a transaction of its own, with at least one request each. The rows that the first
	 * attempt created then count as already done, and those that fail neither reach the
	 * listener and the dead-letter writer nor the counts.
	 * @param skippable whether to throw an exception for failed rows, {@code false} by
	 * default
	 * @return this builder
	 */
	public KratosIdentityImportItemWriterBuilder skippable(boolean skippable) {
		this.skippable = skippable;
		return this;
	}

	/**
	 * Builds the writer.
	 * @return the writer
	 * @throws IllegalStateException if the name or the client is missing, or the name of
	 * the import is blank
	 */
	public KratosIdentityImportItemWriter build() {
		Assert.state(this.marker == null || !this.marker.isBlank(), "marker is blank: set the name of the import");
		return new KratosIdentityImportItemWriter(this);
	}

	ImportIdentities options() {
		return this.options;
	}

	@Nullable String marker() {
		return this.marker;
	}

	boolean skippable() {
		return this.skippable;
	}

}
