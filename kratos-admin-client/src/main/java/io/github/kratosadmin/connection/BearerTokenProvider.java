package io.github.kratosadmin.connection;

/**
 * Provides the bearer token for the admin API, which Ory Network or a gateway requires.
 * The client calls it for each request, so that the token can change. A provider that
 * fetches tokens should cache them.
 * <p>
 * The client asks for the token in the thread of the caller, for imports and exports too.
 * If the provider throws an exception, nothing is sent, and the call fails with a
 * {@link io.github.kratosadmin.error.KratosUnavailableException} that has this exception
 * among its causes. The call timeout includes the time of the provider: when the call is
 * over, the thread of the provider is interrupted. A provider that ignores the
 * interruption delays the end of the call.
 */
@FunctionalInterface
public interface BearerTokenProvider {

	/**
	 * Returns the token to send.
	 * @return the token, without {@code Bearer}
	 * @throws BearerTokenException if there is no token; its message is shown in the
	 * exception of the call, unlike that of any other exception
	 */
	String getToken();

	/**
	 * Notifies this provider that the admin API, or a gateway in front of it, has refused
	 * a token with status 401. A provider that caches tokens should remove this one, but
	 * keep a newer one: several requests with the same token may be refused.
	 * <p>
	 * A read then asks for a token again, once per call, and is sent again if that token
	 * is another one. A change is not sent again. The client calls this method in the
	 * thread that has sent the request, which for imports and exports can be one of the
	 * client or of its executor. An exception of this method is logged and has no other
	 * effect. By default, this method does nothing.
	 * @param token the refused token, without {@code Bearer}
	 */
	default void invalidateToken(String token) {
	}

}
