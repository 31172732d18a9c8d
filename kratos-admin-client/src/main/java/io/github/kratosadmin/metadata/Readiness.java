package io.github.kratosadmin.metadata;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Whether Kratos is ready to serve requests.
 *
 * @param ready whether Kratos is ready
 * @param errors the errors by the name of the failed check, such as {@code database} (up
 * to Kratos 0.10, empty later); may contain hosts and users of the database
 * @param message the error of all failed checks in one text (since Kratos 0.11), or
 * {@code null}; may contain hosts and users of the database
 */
public record Readiness(boolean ready, Map<String, String> errors, @Nullable String message) {

	/**
	 * Copies the errors.
	 */
	public Readiness {
		errors = Map.copyOf(errors);
	}

}
