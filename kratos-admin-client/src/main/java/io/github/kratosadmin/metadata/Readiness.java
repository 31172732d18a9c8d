package io.github.kratosadmin.metadata;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Whether a Kratos is ready to serve.
 *
 * @param ready whether it is
 * @param errors the checks that say it is not, such as {@code database}, and why; empty
 * where Kratos names none, as from 0.11 on. The texts may name hosts and users of the
 * database.
 * @param message why it is not ready, in one text for all checks (since Kratos 0.11); may
 * name hosts and users of the database
 */
public record Readiness(boolean ready, Map<String, String> errors, @Nullable String message) {

	/**
	 * Copies the errors.
	 */
	public Readiness {
		errors = Map.copyOf(errors);
	}

}
