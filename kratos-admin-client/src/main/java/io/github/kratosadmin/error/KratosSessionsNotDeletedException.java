package io.github.kratosadmin.error;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The sessions of many identities were to be deleted, but sessions of some may remain.
 * The sessions of the other identities are deleted. The status and the error are those of
 * the first failed request.
 */
public class KratosSessionsNotDeletedException extends KratosException {

	private final Map<String, RuntimeException> failures;

	/**
	 * Creates the exception.
	 * @param operation the Kratos operation that failed first
	 * @param failures the failures by the id of the identity, at least one
	 */
	public KratosSessionsNotDeletedException(String operation, Map<String, RuntimeException> failures) {
		this(operation, failures, failures.values().iterator().next());
	}

	private KratosSessionsNotDeletedException(String operation, Map<String, RuntimeException> failures,
			RuntimeException first) {
		super(operation, (first instanceof KratosException failure) ? failure.getStatus() : 0,
				(first instanceof KratosException failure) ? failure.getError() : KratosError.NONE,
				"the sessions of " + failures.size() + " identities may remain: " + first.getMessage(), first);
		this.failures = Collections.unmodifiableMap(new LinkedHashMap<>(failures));
	}

	/**
	 * Returns the failures by the id of the identity. Identities of the same request have
	 * the same failure.
	 * @return the failures, in the order of the ids
	 */
	public Map<String, RuntimeException> getFailures() {
		return this.failures;
	}

}
