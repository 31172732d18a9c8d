package io.github.kratosadmin.connection;

/**
 * Gives the bearer token for the admin API, as Ory Network or a gateway asks for. Asked
 * for every request that a call sends, and for every call of an import or page of an
 * export, so that a token may change: whoever fetches one from elsewhere keeps it as long
 * as it is good. Always asked in the thread of the caller. If it fails, so does the call,
 * with a {@link io.github.kratosadmin.error.KratosUnavailableException} that has the
 * failure as its cause, and nothing is sent.
 */
@FunctionalInterface
public interface BearerTokenProvider {

	/**
	 * The token to send.
	 * @return the token, without {@code Bearer}
	 */
	String getToken();

}
