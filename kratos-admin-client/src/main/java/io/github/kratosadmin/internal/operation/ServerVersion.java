package io.github.kratosadmin.internal.operation;

import java.util.function.Supplier;

import io.github.kratosadmin.error.KratosException;
import io.github.kratosadmin.error.KratosRateLimitedException;
import io.github.kratosadmin.error.KratosUnreadableResponseException;
import org.jspecify.annotations.Nullable;

/**
 * The version of the server. It is requested when it is first needed, and again when the
 * path prefix has changed. It is cached only while the prefix is certain: a version read
 * from a guessed path may be that of another server.
 */
public class ServerVersion {

	private final Supplier<String> lookup;

	private final Supplier<@Nullable Routes> routes;

	private volatile @Nullable Known known;

	/**
	 * Creates an instance.
	 * @param lookup requests the version from the server
	 * @param routes the routes, or {@code null} while they are not certain
	 */
	public ServerVersion(Supplier<String> lookup, Supplier<@Nullable Routes> routes) {
		this.lookup = lookup;
		this.routes = routes;
	}

	/**
	 * The cached version.
	 * @return the version, or {@code null} if it is not cached or the server does not
	 * reveal it
	 */
	@Nullable KratosVersion known() {
		Known known = this.known;
		return (known != null && known.routes().equals(this.routes.get())) ? known.version() : null;
	}

	/**
	 * The version, requested unless it is cached.
	 * @return the version, or {@code null} if the server does not reveal it
	 */
	public @Nullable KratosVersion get() {
		Known known = this.known;
		return (known != null && known.routes().equals(this.routes.get())) ? known.version() : ask();
	}

	/**
	 * The version, requested again.
	 * @return the version, or {@code null} if the server does not reveal it
	 */
	public @Nullable KratosVersion ask() {
		try {
			KratosVersion version = KratosVersion.parse(this.lookup.get());
			Routes routes = this.routes.get();
			this.known = (routes != null) ? new Known(version, routes) : null;
			return version;
		}
		catch (KratosUnreadableResponseException ex) {
			return null;
		}
		catch (KratosException ex) {
			// A gateway may hide the version.
			if (ex.getStatus() >= 400 && ex.getStatus() < 500 && !(ex instanceof KratosRateLimitedException)) {
				return null;
			}
			throw ex;
		}
	}

	private record Known(@Nullable KratosVersion version, Routes routes) {

	}

}
