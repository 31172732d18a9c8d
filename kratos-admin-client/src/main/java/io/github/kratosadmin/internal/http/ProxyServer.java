package io.github.kratosadmin.internal.http;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

import org.jspecify.annotations.Nullable;

/**
 * The HTTP proxy that connections go through.
 *
 * @param host the host
 * @param port the port
 * @param credentials the credentials for the proxy, or {@code null} for none
 */
public record ProxyServer(String host, int port, @Nullable Credentials credentials) {

	public static ProxyServer of(URI url, @Nullable Credentials credentials) {
		return new ProxyServer(url.getHost(), (url.getPort() != -1) ? url.getPort() : 80, credentials);
	}

	/**
	 * A username and password for HTTP's Basic scheme.
	 *
	 * @param username the username
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
