package io.github.kratosadmin;

import java.util.Objects;
import java.util.function.Supplier;

import io.github.kratosadmin.error.KratosConflictException;
import io.github.kratosadmin.error.KratosError;
import io.github.kratosadmin.identity.BatchPatchIdentitiesResult;
import io.github.kratosadmin.identity.BatchPatchIdentitiesResult.IdentityPatchResult;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether a batch was created of which Kratos says so. Where one identity
 * conflicts with another one, 1.3 rolls back the transaction of the whole batch, and
 * tells all the same of the others that they were created, with ids that nobody has.
 */
class BatchReader {

	private static final int CONFLICT = 409;

	private static final KratosVersion MENDED = new KratosVersion(25, 4);

	private final Supplier<@Nullable KratosVersion> version;

	BatchReader(Supplier<@Nullable KratosVersion> version) {
		this.version = version;
	}

	BatchPatchIdentitiesResult read(String operation, BatchPatchIdentitiesResult result) {
		KratosError conflict = result.identities()
			.stream()
			.map(IdentityPatchResult::error)
			.filter(Objects::nonNull)
			.filter((error) -> error.code() == CONFLICT)
			.findFirst()
			.orElse(null);
		if (conflict != null) {
			KratosVersion server = this.version.get();
			if (server != null && server.compareTo(MENDED) < 0) {
				throw new KratosConflictException(operation, CONFLICT, conflict);
			}
		}
		return result;
	}

}
