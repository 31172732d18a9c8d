package io.github.kratosadmin.session;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.kratosadmin.error.KratosException;
import io.github.kratosadmin.error.KratosNotFoundException;
import io.github.kratosadmin.error.KratosSessionsDrainException;
import io.github.kratosadmin.error.KratosSessionsNotDeletedException;
import io.github.kratosadmin.error.KratosUnreadableResponseException;
import io.github.kratosadmin.error.KratosUnsupportedException;

/**
 * Ends the sessions of many identities with as few requests as the server allows.
 */
final class ManySessions {

	private static final String OPERATION = "manageSessions";

	private static final int NOT_FOUND = 404;

	private static final int METHOD_NOT_ALLOWED = 405;

	/**
	 * Far fewer sessions than Kratos processes in one call.
	 */
	private static final long FEW = 100;

	private final SessionApi sessions;

	private final Map<String, RuntimeException> failures = new LinkedHashMap<>();

	private boolean oneByOne;

	ManySessions(SessionApi sessions) {
		this.sessions = sessions;
	}

	/**
	 * Repeats a request while there may be more sessions.
	 * <p>
	 * Kratos says that there are none if it has processed fewer than it looked up, which
	 * is also the case if another request has deleted one of them in the meantime. The
	 * end is a call that processes few: those may be of users who sign in meanwhile.
	 * @return the number of sessions that were processed
	 */
	long drain(ManageSessions request) {
		long processed = 0;
		long most = 0;
		try {
			boolean more = true;
			while (more) {
				ManageSessionsResult result = this.sessions.manageSessions(request);
				processed += result.processed();
				most = Math.max(most, result.processed());
				more = result.more() || result.processed() > Math.max(FEW, most / 2);
				if (more && result.processed() == 0) {
					// Otherwise this would go on forever.
					throw new KratosUnreadableResponseException(OPERATION, 200,
							"there are more sessions, but none was processed");
				}
			}
			return processed;
		}
		catch (RuntimeException ex) {
			if (processed == 0) {
				throw ex;
			}
			String operation = (ex instanceof KratosException failure) ? failure.getOperation() : OPERATION;
			throw new KratosSessionsDrainException(operation, processed, ex);
		}
	}

	/**
	 * Deletes the sessions of identities. A failure does not stop the deletion of others.
	 */
	void delete(List<String> identityIds) {
		for (int from = 0; from < identityIds.size(); from += ManageSessions.MAX_IDS) {
			deleteChunk(identityIds.subList(from, Math.min(from + ManageSessions.MAX_IDS, identityIds.size())));
		}
		if (!this.failures.isEmpty()) {
			RuntimeException first = this.failures.values().iterator().next();
			throw new KratosSessionsNotDeletedException(
					(first instanceof KratosException failure) ? failure.getOperation() : OPERATION, this.failures);
		}
	}

	private void deleteChunk(List<String> identityIds) {
		try {
			if (!this.oneByOne) {
				this.sessions.manageSessions(ManageSessions.ofIdentities(ManageSessionsAction.DELETE, identityIds));
				return;
			}
		}
		catch (KratosUnsupportedException ex) {
			this.oneByOne = true;
		}
		catch (RuntimeException ex) {
			this.oneByOne = lacksOperation(ex);
			if (!this.oneByOne) {
				identityIds.forEach((id) -> this.failures.put(id, ex));
				return;
			}
		}
		identityIds.forEach(this::deleteOne);
	}

	/**
	 * Whether the server or a gateway in front of it does not accept the request. Kratos
	 * never responds so if it has the operation. An old server does, if its version is
	 * unknown.
	 */
	private static boolean lacksOperation(RuntimeException ex) {
		return ex instanceof KratosException failure
				&& (failure.getStatus() == NOT_FOUND || failure.getStatus() == METHOD_NOT_ALLOWED);
	}

	private void deleteOne(String identityId) {
		try {
			this.sessions.deleteIdentitySessions(identityId);
		}
		catch (KratosUnsupportedException ex) {
			// No other call would be sent either.
			throw ex;
		}
		catch (KratosNotFoundException ex) {
			// It has no sessions, or the request did not reach Kratos.
			if (!ex.isAbsent()) {
				this.failures.put(identityId, ex);
			}
		}
		catch (RuntimeException ex) {
			this.failures.put(identityId, ex);
		}
	}

}
