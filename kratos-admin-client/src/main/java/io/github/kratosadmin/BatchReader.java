package io.github.kratosadmin;

import java.util.Objects;
import java.util.function.Function;

import io.github.kratosadmin.error.KratosConflictException;
import io.github.kratosadmin.error.KratosError;
import io.github.kratosadmin.error.KratosException;
import io.github.kratosadmin.error.KratosNotFoundException;
import io.github.kratosadmin.error.KratosUnreadableAnswerException;
import io.github.kratosadmin.identity.BatchPatchIdentitiesResult;
import io.github.kratosadmin.identity.BatchPatchIdentitiesResult.IdentityPatchResult;
import io.github.kratosadmin.identity.Identity;

/**
 * Finds out whether a batch was created of which Kratos says so. Where one identity
 * conflicts with another one, 1.3 rolls back the transaction of the whole batch, and
 * tells all the same of the others that they were created, with ids that nobody has. The
 * version does not tell: while servers are replaced it may be that of another one, and
 * what was created would be sent again.
 */
class BatchReader {

	private static final int OK = 200;

	private static final int CONFLICT = 409;

	private final Function<String, Identity> identities;

	BatchReader(Function<String, Identity> identities) {
		this.identities = identities;
	}

	BatchPatchIdentitiesResult read(String operation, BatchPatchIdentitiesResult result) {
		KratosError conflict = result.identities()
			.stream()
			.map(IdentityPatchResult::error)
			.filter(Objects::nonNull)
			.filter((error) -> error.code() == CONFLICT)
			.findFirst()
			.orElse(null);
		String created = result.identities()
			.stream()
			.map(IdentityPatchResult::identity)
			.filter(Objects::nonNull)
			.findFirst()
			.orElse(null);
		if (conflict != null && created != null && !exists(operation, created)) {
			throw new KratosConflictException(operation, CONFLICT, conflict);
		}
		return result;
	}

	private boolean exists(String operation, String id) {
		try {
			this.identities.apply(id);
			return true;
		}
		catch (KratosNotFoundException ex) {
			if (ex.isFromKratos()) {
				return false;
			}
			throw unknown(operation, ex);
		}
		catch (KratosException | IllegalArgumentException ex) {
			// What was sent as an id need not be one.
			throw unknown(operation, ex);
		}
	}

	private static KratosUnreadableAnswerException unknown(String operation, RuntimeException ex) {
		return new KratosUnreadableAnswerException(operation, OK,
				"there is a conflict, and whether the others were created cannot be seen: " + ex.getMessage());
	}

}
