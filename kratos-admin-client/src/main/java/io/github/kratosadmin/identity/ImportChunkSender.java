package io.github.kratosadmin.identity;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

import io.github.kratosadmin.error.KratosBadRequestException;
import io.github.kratosadmin.error.KratosConflictException;
import io.github.kratosadmin.error.KratosError;
import io.github.kratosadmin.error.KratosException;
import io.github.kratosadmin.error.KratosNotFoundException;
import io.github.kratosadmin.error.KratosPoolExhaustedException;
import io.github.kratosadmin.error.KratosServerException;
import io.github.kratosadmin.error.KratosUnreadableAnswerException;
import io.github.kratosadmin.error.KratosUnsupportedException;
import io.github.kratosadmin.identity.BatchPatchIdentities.IdentityPatch;
import io.github.kratosadmin.identity.BatchPatchIdentitiesResult.IdentityPatchResult;
import io.github.kratosadmin.identity.IdentityImport.Row;
import org.jspecify.annotations.Nullable;

/**
 * Sends the chunks of an import. A chunk is sent a second time only where Kratos has said
 * that nothing of it was done.
 */
final class ImportChunkSender {

	private static final String BATCH = "batchPatchIdentities";

	private static final int REQUEST_TIMEOUT = 408;

	private final IdentityApi identities;

	private final BooleanSupplier stopped;

	/**
	 * Creates a sender.
	 * @param identities creates identities
	 * @param stopped whether no more calls are to be made
	 */
	ImportChunkSender(IdentityApi identities, BooleanSupplier stopped) {
		this.identities = identities;
		this.stopped = stopped;
	}

	/**
	 * Sends a chunk.
	 * @return a result for each row that was sent: all, unless the import is stopped
	 * after a first call
	 */
	List<ImportResult> send(List<Row> rows) {
		BatchPatchIdentities batch = new BatchPatchIdentities(
				rows.stream().map((row) -> new IdentityPatch(row.identity(), row.patchId())).toList());
		try {
			return results(rows, this.identities.batchPatchIdentities(batch));
		}
		catch (KratosUnsupportedException ex) {
			// Not sent: the server has no batches, or lacks what only some rows have.
			return rows.stream().takeWhile((row) -> !this.stopped.getAsBoolean()).map(this::create).toList();
		}
		catch (RuntimeException ex) {
			if (rows.size() > 1 && isRefusedAsAWhole(ex)) {
				int half = rows.size() / 2;
				return Stream.of(rows.subList(0, half), rows.subList(half, rows.size()))
					.takeWhile((part) -> !this.stopped.getAsBoolean())
					.flatMap((part) -> send(part).stream())
					.toList();
			}
			return rows.stream().map((row) -> failed(row, ex)).toList();
		}
	}

	private ImportResult create(Row row) {
		try {
			return row.created(this.identities.createIdentity(row.identity()).id());
		}
		catch (RuntimeException ex) {
			return failed(row, ex);
		}
	}

	/**
	 * Whether one row has kept Kratos from creating any: it creates a batch in one
	 * transaction, and reads all of it before. Up to 1.2 any failure is one of the whole
	 * batch, in 1.3 a conflict, later what cannot be read.
	 */
	private static boolean isRefusedAsAWhole(RuntimeException ex) {
		return ex instanceof KratosException failure && failure.isFromKratos()
				&& (failure instanceof KratosBadRequestException || failure instanceof KratosConflictException
						|| failure instanceof KratosNotFoundException);
	}

	private static ImportResult failed(Row row, RuntimeException ex) {
		int status = (ex instanceof KratosException failure) ? failure.getStatus() : 0;
		boolean refused = isNotSent(ex) || ex instanceof KratosUnsupportedException
				|| ex instanceof KratosPoolExhaustedException
				|| (status >= 400 && status < 500 && status != REQUEST_TIMEOUT);
		return refused ? row.failed(ex) : row.unknown(ex);
	}

	/**
	 * Whether nothing was sent: it is the question for the version that failed, or there
	 * was no connection.
	 */
	private static boolean isNotSent(RuntimeException ex) {
		return ex instanceof KratosException failure && (failure.getOperation().equals("getVersion")
				|| ex.getCause() instanceof ConnectException || ex.getCause() instanceof UnknownHostException);
	}

	private static List<ImportResult> results(List<Row> rows, BatchPatchIdentitiesResult answer) {
		Map<String, IdentityPatchResult> byPatchId = new HashMap<>();
		for (IdentityPatchResult result : answer.identities()) {
			if (result.patchId() != null) {
				byPatchId.put(result.patchId(), result);
			}
		}
		return rows.stream().map((row) -> result(row, byPatchId.get(row.patchId()))).toList();
	}

	private static ImportResult result(Row row, @Nullable IdentityPatchResult result) {
		if (result != null && "create".equals(result.action()) && result.identity() != null) {
			return row.created(result.identity());
		}
		if (result != null && "error".equals(result.action())) {
			return row.failed(failure((result.error() != null) ? result.error() : KratosError.NONE));
		}
		return row.unknown(
				new KratosUnreadableAnswerException(BATCH, 200, "it does not say what became of row " + row.number()));
	}

	private static KratosException failure(KratosError error) {
		return switch (error.code()) {
			case 400 -> new KratosBadRequestException(BATCH, 400, error);
			case 404 -> new KratosNotFoundException(BATCH, 404, error);
			case 409 -> new KratosConflictException(BATCH, 409, error);
			default -> (error.code() >= 500) ? new KratosServerException(BATCH, error.code(), error)
					: new KratosException(BATCH, error.code(), error);
		};
	}

}
