package io.github.kratosadmin.internal.imports;

import java.time.Instant;
import java.util.UUID;

import io.github.kratosadmin.identity.BatchPatchIdentities.IdentityPatch;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.identity.ImportCredentials;
import io.github.kratosadmin.identity.ImportResult;
import io.github.kratosadmin.identity.ImportResult.Outcome;
import io.github.kratosadmin.identity.UnknownRow;
import org.jspecify.annotations.Nullable;

/**
 * An identity to create. Its JSON is written once, however often the row is sent.
 */
final class ImportRow {

	private final long number;

	private final IdentityPatch patch;

	private final String patchId;

	private final byte[] json;

	private final boolean clearPassword;

	/**
	 * Creates a row.
	 * @param importId the id that distinguishes the rows of an import from those of
	 * others
	 * @param number the number of the row, counted from 0
	 * @param identity the identity
	 * @param json the identity as JSON
	 */
	ImportRow(long importId, long number, CreateIdentity identity, byte[] json) {
		this.number = number;
		this.patchId = new UUID(importId, number).toString();
		this.patch = new IdentityPatch(identity, this.patchId);
		this.json = json;
		this.clearPassword = hasClearPassword(identity.credentials());
	}

	private static boolean hasClearPassword(@Nullable ImportCredentials credentials) {
		return credentials != null && credentials.password() != null
				&& credentials.password().config().password() != null;
	}

	long number() {
		return this.number;
	}

	CreateIdentity identity() {
		return this.patch.create();
	}

	/**
	 * Returns an id of the row that is unique across imports, as a response may belong to
	 * a request of another import. Kratos requires a UUID.
	 */
	String patchId() {
		return this.patchId;
	}

	/**
	 * Returns the row as a part of a batch.
	 */
	IdentityPatch patch() {
		return this.patch;
	}

	/**
	 * Returns the identity as JSON.
	 */
	byte[] json() {
		return this.json;
	}

	boolean hasClearPassword() {
		return this.clearPassword;
	}

	ImportResult created(String id) {
		return new ImportResult(this.number, Outcome.CREATED, id, null, null);
	}

	/**
	 * Returns the result of a row that may have been created.
	 * @param failure the reason why this is not known
	 * @param from the time before the row was sent
	 * @param until the time after the request
	 */
	ImportResult unknown(RuntimeException failure, Instant from, Instant until) {
		return new ImportResult(this.number, Outcome.UNKNOWN, null, failure,
				new UnknownRow(this.number, identity(), from, until));
	}

	ImportResult notCreated(Outcome outcome, RuntimeException failure) {
		return new ImportResult(this.number, outcome, null, failure, null);
	}

}
