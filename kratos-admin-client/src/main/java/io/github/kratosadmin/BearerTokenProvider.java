package io.github.kratosadmin;

/**
 * Gives the bearer token for the admin API, as Ory Network or a gateway asks for. Asked
 * at every call, from the calling thread, so that a token may change: whoever fetches one
 * from elsewhere keeps it as long as it is good.
 */
@FunctionalInterface
public interface BearerTokenProvider {

	/**
	 * The token to send.
	 * @return the token, without {@code Bearer}
	 */
	String getToken();

}
