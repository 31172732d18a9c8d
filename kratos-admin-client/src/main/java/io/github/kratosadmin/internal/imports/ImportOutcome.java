package io.github.kratosadmin.internal.imports;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

import io.github.kratosadmin.error.KratosBadRequestException;
import io.github.kratosadmin.error.KratosConflictException;
import io.github.kratosadmin.error.KratosError;
import io.github.kratosadmin.error.KratosException;
import io.github.kratosadmin.error.KratosNotFoundException;
import io.github.kratosadmin.error.KratosRateLimitedException;
import io.github.kratosadmin.error.KratosUnreadableResponseException;
import io.github.kratosadmin.error.KratosUnsupportedException;
import io.github.kratosadmin.identity.BatchPatchIdentitiesResult;
import io.github.kratosadmin.identity.BatchPatchIdentitiesResult.IdentityPatchResult;
import io.github.kratosadmin.identity.ImportResult;
import io.github.kratosadmin.identity.ImportResult.Outcome;
import io.github.kratosadmin.internal.response.ErrorReader;
import org.jspecify.annotations.Nullable;

/**
 * Determines from the response or failure of a call whether the rows were created.
 */
final class ImportOutcome {

	private static final String BATCH = "batchPatchIdentities";

	private static final int REQUEST_TIMEOUT = 408;

	private static final int TOO_LARGE = 413;

	private static final int NOT_IMPLEMENTED = 501;

	private ImportOutcome() {
	}

	/**
	 * Whether one row has kept Kratos from creating any: it creates a batch in one
	 * transaction, and reads all of it before.
	 */
	static boolean isRefusedAsAWhole(RuntimeException ex) {
		return ex instanceof KratosException failure && failure.isFromKratos()
				&& (failure instanceof KratosBadRequestException || failure instanceof KratosConflictException
						|| failure instanceof KratosNotFoundException);
	}

	static boolean isTooLarge(RuntimeException ex) {
		return status(ex) == TOO_LARGE;
	}

	/**
	 * Whether the server has not dealt with the call: no response, or 5xx.
	 */
	static boolean isFailureOfServer(RuntimeException ex) {
		return !(ex instanceof KratosUnsupportedException) && !isRefusal(ex);
	}

	/**
	 * Whether what was asked if it is ready has said that it is not. Something else may
	 * respond in the place of Kratos, which does not tell.
	 */
	static boolean isNotReady(RuntimeException ex) {
		return isFailureOfServer(ex) && !(ex instanceof KratosUnreadableResponseException)
				&& status(ex) != NOT_IMPLEMENTED;
	}

	/**
	 * Whether something in front of Kratos has refused the call, as a gateway does while
	 * Kratos is deployed or the token is no longer good: it would refuse the next one
	 * too. Gateways may use the form of Kratos's errors, but Kratos itself refuses to
	 * create identities with a few statuses only.
	 */
	static boolean isRefusedBeforeKratos(RuntimeException ex) {
		return isRefusal(ex) && !isRefusedAsAWhole(ex) && !isTooLarge(ex)
				&& !(ex instanceof KratosRateLimitedException);
	}

	private static boolean isRefusal(RuntimeException ex) {
		int status = status(ex);
		return status >= 400 && status < 500 && status != REQUEST_TIMEOUT;
	}

	private static int status(RuntimeException ex) {
		return (ex instanceof KratosException failure) ? failure.getStatus() : 0;
	}

	/**
	 * What became of the rows of a call that failed.
	 */
	static Outcome of(RuntimeException ex) {
		boolean sent = !(ex instanceof KratosException failure) || failure.isRequestSent();
		return (isRefusal(ex) || !sent) ? Outcome.FAILED : Outcome.UNKNOWN;
	}

	/**
	 * What became of each row of a batch.
	 */
	static Function<ImportRow, ImportResult> of(BatchPatchIdentitiesResult response) {
		Map<String, IdentityPatchResult> byPatchId = new HashMap<>();
		for (IdentityPatchResult result : response.identities()) {
			if (result.patchId() != null) {
				byPatchId.put(result.patchId(), result);
			}
		}
		return (row) -> of(row, byPatchId.get(row.patchId()));
	}

	private static ImportResult of(ImportRow row, @Nullable IdentityPatchResult result) {
		if (result != null && "create".equals(result.action()) && result.identity() != null) {
			return row.created(result.identity());
		}
		if (result != null && "error".equals(result.action())) {
			KratosError error = (result.error() != null) ? result.error() : KratosError.NONE;
			return row.notCreated(Outcome.FAILED, ErrorReader.exception(BATCH, error.code(), error, null));
		}
		return row.notCreated(Outcome.UNKNOWN, new KratosUnreadableResponseException(BATCH, 200,
				"it does not say what became of row " + row.number()));
	}

}
