package io.github.kratosadmin;

import java.util.List;
import java.util.function.Predicate;

import io.github.kratosadmin.error.KratosUnsupportedException;
import io.github.kratosadmin.identity.UpdateIdentity;
import org.jspecify.annotations.Nullable;

/**
 * What exists since which version of Kratos, if not in 0.6: the one place that says so. A
 * server that is too old may ignore what it does not know without a word, so that it is
 * refused here, before anything is sent. A server whose version cannot be read counts as
 * the newest.
 */
class Requirements {

	/**
	 * Older servers refuse what they do not know themselves. Where a server would ignore
	 * it, a version that was read earlier does not do: the server may have been replaced.
	 */
	private static final KratosVersion IGNORES_SINCE = new KratosVersion(0, 10);

	private static final List<Requirement> ALL = List.of(
			new Requirement("state", new KratosVersion(0, 7),
					(body) -> body instanceof UpdateIdentity update && update.state() != null),
			new Requirement("metadata_public", new KratosVersion(0, 10),
					(body) -> body instanceof UpdateIdentity update && update.metadataPublic() != null),
			new Requirement("metadata_admin", new KratosVersion(0, 10),
					(body) -> body instanceof UpdateIdentity update && update.metadataAdmin() != null),
			new Requirement("external_id", new KratosVersion(25, 4),
					(body) -> body instanceof UpdateIdentity update && update.externalId() != null));

	private final ServerVersion server;

	Requirements(ServerVersion server) {
		this.server = server;
	}

	/**
	 * Checks what an operation is called with.
	 * @throws KratosUnsupportedException if the server does not have it
	 */
	void check(String operation, @Nullable Object[] arguments) {
		for (Object argument : arguments) {
			for (Requirement requirement : ALL) {
				if (requirement.needed().test(argument)) {
					check(operation, requirement);
				}
			}
		}
	}

	private void check(String operation, Requirement requirement) {
		boolean ignored = requirement.since().compareTo(IGNORES_SINCE) > 0;
		KratosVersion version = ignored ? this.server.ask() : this.server.get();
		if (isTooOld(version, requirement) && !ignored) {
			// The server may have been replaced by a newer one.
			version = this.server.ask();
		}
		if (version != null && isTooOld(version, requirement)) {
			throw new KratosUnsupportedException(operation, requirement.feature(), requirement.since().toString(),
					version.toString());
		}
	}

	private static boolean isTooOld(@Nullable KratosVersion version, Requirement requirement) {
		return version != null && version.compareTo(requirement.since()) < 0;
	}

	private record Requirement(String feature, KratosVersion since, Predicate<@Nullable Object> needed) {

	}

}
