package io.github.kratosadmin.internal.imports;

import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

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

import org.springframework.util.function.SingletonSupplier;

/**
 * Determines from the response or failure of a request whether its rows were created.
 */
final class ImportOutcome {

	private static final String BATCH = "batchPatchIdentities";

	private static final int REQUEST_TIMEOUT = 408;

	private static final int TOO_LARGE = 413;

	private static final int NOT_IMPLEMENTED = 501;

	private ImportOutcome() {
	}

	/**
	 * Returns whether Kratos created none of the rows because of one of them: it reads a
	 * batch completely, and then creates it in one transaction.
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
	 * Returns whether the server failed: no response, an unreadable one, 408 or 5xx.
	 */
	static boolean isServerFailure(RuntimeException ex) {
		return !(ex instanceof KratosUnsupportedException) && !isRefusal(ex);
	}

	/**
	 * Returns whether a readiness check shows that the server is not ready. A response
	 * that does not come from Kratos shows nothing.
	 */
	static boolean isNotReady(RuntimeException ex) {
		return isServerFailure(ex) && !(ex instanceof KratosUnreadableResponseException)
				&& status(ex) != NOT_IMPLEMENTED;
	}

	/**
	 * Returns whether a gateway in front of Kratos refused the request, for example while
	 * Kratos is being deployed or after the token has expired: it would refuse the next
	 * request too. Gateways may use the error format of Kratos, but Kratos itself refuses
	 * to create identities with only a few statuses.
	 */
	static boolean isRefusedByGateway(RuntimeException ex) {
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
	 * Returns whether the rows can be sent again later, as they certainly did not reach a
	 * server: it was down, or had no free connection.
	 */
	static boolean isNotSent(RuntimeException ex) {
		return ex instanceof KratosException failure && !failure.isRequestSent() && isServerFailure(ex);
	}

	/**
	 * Returns the outcome of all rows of a failed request.
	 */
	static Outcome of(RuntimeException ex) {
		boolean sent = !(ex instanceof KratosException failure) || failure.isRequestSent();
		return (isRefusal(ex) || !sent) ? Outcome.FAILED : Outcome.UNKNOWN;
	}

	/**
	 * Returns a function from each row of a batch to its result. It is fastest in the
	 * order of the rows, which is that of the response.
	 * @param from the time before the request
	 * @param until the time after it
	 */
	static Function<ImportRow, ImportResult> of(BatchPatchIdentitiesResult response, Instant from, Instant until) {
		Iterator<IdentityPatchResult> inOrder = response.identities().iterator();
		Supplier<Map<String, IdentityPatchResult>> byPatchId = SingletonSupplier
			.of(() -> byPatchId(response.identities()));
		return (row) -> {
			IdentityPatchResult next = inOrder.hasNext() ? inOrder.next() : null;
			boolean same = next != null && row.patchId().equals(next.patchId());
			ImportResult result = of(row, same ? next : byPatchId.get().get(row.patchId()));
			return (result != null) ? result : row.unknown(new KratosUnreadableResponseException(BATCH, 200,
					"it does not say whether row " + row.number() + " was created"), from, until);
		};
	}

	private static Map<String, IdentityPatchResult> byPatchId(List<IdentityPatchResult> results) {
		Map<String, IdentityPatchResult> byPatchId = new HashMap<>();
		for (IdentityPatchResult result : results) {
			if (result.patchId() != null) {
				byPatchId.put(result.patchId(), result);
			}
		}
		return byPatchId;
	}

	private static @Nullable ImportResult of(ImportRow row, @Nullable IdentityPatchResult result) {
		if (result != null && "create".equals(result.action()) && result.identity() != null) {
			return row.created(result.identity());
		}
		if (result != null && "error".equals(result.action())) {
			KratosError error = (result.error() != null) ? result.error() : KratosError.NONE;
			return row.notCreated(Outcome.FAILED, ErrorReader.exception(BATCH, error.code(), error, null));
		}
		return null;
	}

}
