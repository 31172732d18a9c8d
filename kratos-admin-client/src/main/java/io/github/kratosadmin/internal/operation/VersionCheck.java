package io.github.kratosadmin.internal.operation;

import java.util.List;

import io.github.kratosadmin.error.KratosUnsupportedException;
import org.jspecify.annotations.Nullable;

/**
 * Rejects calls that need a newer server, before anything is sent: old servers ignore
 * unknown fields and parameters without an error. A server whose version cannot be read
 * counts as the newest.
 */
public class VersionCheck {

	private final ServerVersion server;

	public VersionCheck(ServerVersion server) {
		this.server = server;
	}

	/**
	 * Checks the requirements of a call.
	 * @param operation the name of the operation
	 * @param needed the features that the server must support
	 * @return the version of the server, {@code null} if unknown
	 * @throws KratosUnsupportedException if the server is too old
	 */
	public @Nullable KratosVersion check(String operation, List<Since> needed) {
		boolean ignored = needed.stream().anyMatch(Since::ignored);
		// A cached version is not enough if an old server would ignore the feature
		// without an error: the server may have been replaced since.
		KratosVersion known = ignored ? this.server.ask() : this.server.get();
		boolean tooOld = needed.stream().anyMatch((since) -> since.isAfter(known));
		// The server may have been replaced by a newer one.
		KratosVersion version = (tooOld && !ignored) ? this.server.ask() : known;
		for (Since since : needed) {
			if (version != null && since.isAfter(version)) {
				throw new KratosUnsupportedException(operation, since.feature(), since.text(), version.toString());
			}
		}
		return version;
	}

}
