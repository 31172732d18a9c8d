package io.github.kratosadmin.internal.response;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.IntStream;

import io.github.kratosadmin.error.KratosConflictException;
import io.github.kratosadmin.error.KratosError;
import io.github.kratosadmin.error.KratosNotFoundException;
import io.github.kratosadmin.error.KratosUnreadableResponseException;
import io.github.kratosadmin.identity.BatchPatchIdentitiesResult;
import io.github.kratosadmin.identity.BatchPatchIdentitiesResult.IdentityPatchResult;
import io.github.kratosadmin.identity.Identity;
import io.github.kratosadmin.internal.operation.KratosVersion;
import io.github.kratosadmin.internal.operation.ServerVersion;
import org.jspecify.annotations.Nullable;

/**
 * Checks whether a batch was really created. Kratos 1.3, and no other version, rolls back
 * the whole batch if one identity conflicts, but still reports the others as created,
 * with ids that do not exist.
 */
public class BatchCheck {

	private static final String OPERATION = "batchPatchIdentities";

	private static final int OK = 200;

	private static final int CONFLICT = 409;

	private static final KratosVersion ROLLS_BACK = new KratosVersion(1, 3);

	/**
	 * The maximum number of identities to look up. Either all or none were created, but a
	 * few may have been deleted since.
	 */
	private static final int MAX_LOOK_UPS = 10;

	private final ServerVersion version;

	private final Function<String, Identity> identities;

	public BatchCheck(ServerVersion version, Function<String, Identity> identities) {
		this.version = version;
		this.identities = identities;
	}

	/**
	 * Checks the result of a batch.
	 * @param before the version of the server when the batch was sent, {@code null} if
	 * unknown
	 * @return the result, if the identities in it were created
	 * @throws KratosConflictException if no identity was created because of a conflict
	 * @throws KratosUnreadableResponseException if it is unknown whether they were
	 * created
	 */
	public BatchPatchIdentitiesResult check(BatchPatchIdentitiesResult result, @Nullable KratosVersion before) {
		KratosError conflict = result.identities()
			.stream()
			.map(IdentityPatchResult::error)
			.filter(Objects::nonNull)
			.filter((error) -> error.code() == CONFLICT)
			.findFirst()
			.orElse(null);
		List<String> created = result.identities()
			.stream()
			.map(IdentityPatchResult::identity)
			.filter(Objects::nonNull)
			.toList();
		if (conflict == null || created.isEmpty() || isNewer(before)) {
			return result;
		}
		// Before 1.3 there is no such response: the server must have been replaced.
		KratosVersion after = askVersion();
		if (before != null && after != null && !rollsBack(before) && !rollsBack(after)) {
			return result;
		}
		List<String> sample = sample(created);
		long existing = sample.stream().filter(this::exists).count();
		if (existing == sample.size()) {
			// All identities exist, so the version does not matter.
			return result;
		}
		if (existing == 0 && rollsBack(before) && rollsBack(after)) {
			throw new KratosConflictException(OPERATION, CONFLICT, conflict);
		}
		String version = (before == null || after == null) ? "the version of the server is unknown, and " : "";
		throw unknown(version + existing + " of " + sample.size() + " identities looked up exist", null);
	}

	private static boolean isNewer(@Nullable KratosVersion version) {
		return version != null && version.compareTo(ROLLS_BACK) > 0 && !rollsBack(version);
	}

	private static boolean rollsBack(@Nullable KratosVersion version) {
		return version != null && version.hasSameMinor(ROLLS_BACK);
	}

	private @Nullable KratosVersion askVersion() {
		try {
			return this.version.ask();
		}
		catch (RuntimeException ex) {
			throw unknown(String.valueOf(ex.getMessage()), ex);
		}
	}

	/**
	 * Selects ids from the first to the last, evenly spaced.
	 */
	private static List<String> sample(List<String> ids) {
		int size = Math.min(ids.size(), MAX_LOOK_UPS);
		return IntStream.range(0, size)
			.mapToObj((i) -> ids.get((size > 1) ? i * (ids.size() - 1) / (size - 1) : 0))
			.toList();
	}

	private boolean exists(String id) {
		try {
			this.identities.apply(id);
			return true;
		}
		catch (KratosNotFoundException ex) {
			if (ex.isFromKratos()) {
				return false;
			}
			throw unknown(String.valueOf(ex.getMessage()), ex);
		}
		catch (RuntimeException ex) {
			// The batch was sent, so this failure must not hide that.
			throw unknown(String.valueOf(ex.getMessage()), ex);
		}
	}

	private static KratosUnreadableResponseException unknown(String reason, @Nullable RuntimeException cause) {
		KratosUnreadableResponseException unknown = new KratosUnreadableResponseException(OPERATION, OK,
				"there is a conflict, and it is unknown whether the others were created: " + reason);
		if (cause != null) {
			unknown.addSuppressed(cause);
		}
		return unknown;
	}

}
