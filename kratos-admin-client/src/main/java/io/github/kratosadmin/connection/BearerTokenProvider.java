package io.github.kratosadmin.connection;

/**
 * Provides the bearer token for the admin API, which Ory Network or a gateway requires.
 * The client calls it for each request, so that the token can change. A provider that
 * fetches tokens should cache them.
 * <p>
 * The client calls it in the thread of the caller, for imports and exports too. If it
 * throws an exception, nothing is sent, and the call fails with a
 * {@link io.github.kratosadmin.error.KratosUnavailableException} with that exception as
 * its cause.
 */
@FunctionalInterface
public interface BearerTokenProvider {

	/**
	 * Returns the token to send.
	 * @return the token, without {@code Bearer}
	 */
	String getToken();

}
