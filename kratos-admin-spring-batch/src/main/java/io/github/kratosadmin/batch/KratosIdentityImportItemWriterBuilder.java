package io.github.kratosadmin.batch;

import io.github.kratosadmin.identity.ImportIdentities;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link KratosIdentityImportItemWriter}.
 */
public final class KratosIdentityImportItemWriterBuilder
		extends OutcomeItemWriterBuilder<KratosIdentityImportItemWriterBuilder> {

	private ImportIdentities options = ImportIdentities.builder().build();

	private @Nullable String marker;

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
	 * Sets the name of the import, by which the writer recognises the identities that it
	 * has created. It adds an entry {@code kratos_admin_import} with the value
	 * {@code <importName>:<row>} to the admin metadata of each row without an external
	 * id. Without a name, such rows are refused.
	 * @param importName the name, which must be the same after a restart, and another one
	 * for each input
	 * @return this builder
	 */
	public KratosIdentityImportItemWriterBuilder marker(String importName) {
		this.marker = importName;
		return this;
	}

	/**
	 * Builds the writer.
	 * @return the writer
	 * @throws IllegalStateException if the name or the client is missing
	 */
	public KratosIdentityImportItemWriter build() {
		return new KratosIdentityImportItemWriter(this);
	}

	ImportIdentities options() {
		return this.options;
	}

	@Nullable String marker() {
		return this.marker;
	}

}
