package io.github.kratosadmin.internal.operation;

import java.util.function.Supplier;

import io.github.kratosadmin.error.KratosException;
import io.github.kratosadmin.error.KratosRateLimitedException;
import io.github.kratosadmin.error.KratosUnreadableResponseException;
import org.jspecify.annotations.Nullable;

/**
 * The version of the server, asked for when it is first needed, and again when the prefix
 * of its paths has changed. Only a version that was read where the calls go is
 * remembered: one that was read while the prefix is a guess may be that of something
 * else.
 */
public class ServerVersion {

	private final Supplier<String> lookup;

	private final Supplier<@Nullable Routes> routes;

	private volatile @Nullable Answer known;

	/**
	 * Creates a version.
	 * @param lookup asks the server
	 * @param routes where the server is, or {@code null} while that is not certain
	 */
	public ServerVersion(Supplier<String> lookup, Supplier<@Nullable Routes> routes) {
		this.lookup = lookup;
		this.routes = routes;
	}

	/**
	 * The version as far as it is known without asking.
	 * @return the version, or {@code null} if it was not asked for or does not tell
	 */
	@Nullable KratosVersion known() {
		Answer answer = this.known;
		return (answer != null && answer.routes().equals(this.routes.get())) ? answer.version() : null;
	}

	/**
	 * The version.
	 * @return the version, or {@code null} if the server's answer does not tell
	 */
	public @Nullable KratosVersion get() {
		Answer answer = this.known;
		return (answer != null && answer.routes().equals(this.routes.get())) ? answer.version() : ask();
	}

	/**
	 * The version, asked for again.
	 * @return the version, or {@code null} if the server's answer does not tell
	 */
	public @Nullable KratosVersion ask() {
		try {
			KratosVersion version = KratosVersion.parse(this.lookup.get());
			Routes routes = this.routes.get();
			this.known = (routes != null) ? new Answer(version, routes) : null;
			return version;
		}
		catch (KratosUnreadableResponseException ex) {
			return null;
		}
		catch (KratosException ex) {
			// A gateway need not let everybody see the version.
			if (ex.getStatus() >= 400 && ex.getStatus() < 500 && !(ex instanceof KratosRateLimitedException)) {
				return null;
			}
			throw ex;
		}
	}

	private record Answer(@Nullable KratosVersion version, Routes routes) {

	}

}
