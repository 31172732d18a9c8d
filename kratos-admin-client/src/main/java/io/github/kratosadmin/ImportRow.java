package io.github.kratosadmin;

import java.util.UUID;

import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.identity.ImportCredentials;
import io.github.kratosadmin.identity.ImportResult;
import io.github.kratosadmin.identity.ImportResult.Outcome;
import io.github.kratosadmin.json.KratosJson;

/**
 * An identity to create.
 *
 * @param number which one, counted from 0
 * @param identity the identity
 * @param bytes how long it is as JSON
 */
record ImportRow(long number, CreateIdentity identity, int bytes) {

	/** What is around a row, its {@code patch_id} above all. */
	private static final int ROW_BYTES = 70;

	ImportRow(long number, CreateIdentity identity) {
		this(number, identity, KratosJson.mapper().writeValueAsBytes(identity).length + ROW_BYTES);
	}

	boolean hasClearPassword() {
		ImportCredentials credentials = this.identity.credentials();
		return credentials != null && credentials.password() != null
				&& credentials.password().config().password() != null;
	}

	/**
	 * What tells this row from the others of the import, as the UUID that Kratos wants.
	 */
	String patchId() {
		return new UUID(0, this.number).toString();
	}

	ImportResult created(String id) {
		return new ImportResult(this.number, Outcome.CREATED, id, null);
	}

	ImportResult notCreated(Outcome outcome, RuntimeException failure) {
		return new ImportResult(this.number, outcome, null, failure);
	}

}
