package io.github.kratosadmin.batch;

import java.util.regex.Pattern;

import io.github.kratosadmin.batch.RowOutcome.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * Checks the ids of items. Kratos responds to an id that is not a UUID with 404, as if
 * the identity did not exist.
 */
final class IdentityIds {

	private static final Pattern UUID = Pattern
		.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

	private IdentityIds() {
	}

	/**
	 * Returns whether an id is a UUID, with dashes as Kratos writes it.
	 */
	static boolean isValid(@Nullable String id) {
		return id != null && UUID.matcher(id).matches();
	}

	/**
	 * Returns an id as logs may show it.
	 */
	static @Nullable String shown(@Nullable String id) {
		return (id == null || isValid(id)) ? id : "***";
	}

	/**
	 * Returns the outcome of an item whose id is not a UUID. It does not show the id,
	 * which may be an address.
	 */
	static RowOutcome invalid() {
		return new RowOutcome(null, null, Outcome.FAILED, "The id is not a UUID with dashes", null);
	}

}
