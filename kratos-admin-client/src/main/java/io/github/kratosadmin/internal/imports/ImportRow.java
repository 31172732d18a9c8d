package io.github.kratosadmin.internal.imports;

import java.util.UUID;

import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.identity.ImportCredentials;
import io.github.kratosadmin.identity.ImportResult;
import io.github.kratosadmin.identity.ImportResult.Outcome;
import io.github.kratosadmin.internal.json.KratosJson;

/**
 * An identity to create.
 *
 * @param importId the id that distinguishes the rows of an import from those of others
 * @param number the number of the row, counted from 0
 * @param identity the identity
 * @param bytes the length of the row as JSON
 */
record ImportRow(long importId, long number, CreateIdentity identity, int bytes) {

	/** The JSON around an identity, mainly its {@code patch_id}. */
	private static final int ROW_BYTES = 70;

	ImportRow(long importId, long number, CreateIdentity identity) {
		this(importId, number, identity, KratosJson.mapper().writeValueAsBytes(identity).length + ROW_BYTES);
	}

	boolean hasClearPassword() {
		ImportCredentials credentials = this.identity.credentials();
		return credentials != null && credentials.password() != null
				&& credentials.password().config().password() != null;
	}

	/**
	 * Returns an id of the row that is unique across imports, as a response may belong to
	 * a request of another import. Kratos requires a UUID.
	 */
	String patchId() {
		return new UUID(this.importId, this.number).toString();
	}

	ImportResult created(String id) {
		return new ImportResult(this.number, Outcome.CREATED, id, null);
	}

	ImportResult notCreated(Outcome outcome, RuntimeException failure) {
		return new ImportResult(this.number, outcome, null, failure);
	}

}
