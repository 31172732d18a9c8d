package io.github.kratosadmin.connection;

import java.util.List;

import javax.net.ssl.SSLContext;

import org.jspecify.annotations.Nullable;

/**
 * The TLS settings of https connections. The client always checks that the certificate
 * belongs to the host.
 *
 * @param context the context with the trusted certificates, and for mutual TLS with the
 * certificate and key of the client
 * @param protocols the enabled versions of TLS, or {@code null} for the defaults
 * @param ciphers the enabled cipher suites, or {@code null} for the defaults
 */
public record TlsSettings(SSLContext context, @Nullable List<String> protocols, @Nullable List<String> ciphers) {

	/**
	 * Creates settings with the default versions and cipher suites.
	 * @param context the context with the trusted certificates, and for mutual TLS with
	 * the certificate and key of the client
	 * @return the settings
	 */
	public static TlsSettings of(SSLContext context) {
		return new TlsSettings(context, null, null);
	}

}
