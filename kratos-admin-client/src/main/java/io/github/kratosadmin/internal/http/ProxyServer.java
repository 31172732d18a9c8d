package io.github.kratosadmin.internal.http;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

import org.jspecify.annotations.Nullable;

/**
 * The HTTP proxy that connections go through.
 *
 * @param host its host
 * @param port its port
 * @param credentials who we are to it, or {@code null} if it does not ask
 */
public record ProxyServer(String host, int port, @Nullable Credentials credentials) {

	public static ProxyServer of(URI url, @Nullable Credentials credentials) {
		return new ProxyServer(url.getHost(), (url.getPort() != -1) ? url.getPort() : 80, credentials);
	}

	/**
	 * Name and password, for HTTP's Basic scheme.
	 *
	 * @param username the name
	 * @param password the password
	 */
	public record Credentials(String username, String password) {

		public String header() {
			String both = this.username + ":" + this.password;
			return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
		}

		@Override
		public String toString() {
			return "Credentials[username=" + this.username + "]";
		}

	}

}
