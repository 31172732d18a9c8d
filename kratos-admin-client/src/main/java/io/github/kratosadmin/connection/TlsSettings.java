package io.github.kratosadmin.connection;

import java.util.List;

import javax.net.ssl.SSLContext;

import org.jspecify.annotations.Nullable;

/**
 * What connections by https are made with. That the certificate is the host's is always
 * checked, whatever the context trusts.
 *
 * @param context has the trusted certificates, and for mutual TLS the client's own
 * certificate and key
 * @param protocols the versions of TLS to speak, or {@code null} for the usual ones
 * @param ciphers the cipher suites to use, or {@code null} for the usual ones
 */
public record TlsSettings(SSLContext context, @Nullable List<String> protocols, @Nullable List<String> ciphers) {

	/**
	 * Settings with the usual versions and cipher suites.
	 * @param context has the trusted certificates, and for mutual TLS the client's own
	 * certificate and key
	 * @return the settings
	 */
	public static TlsSettings of(SSLContext context) {
		return new TlsSettings(context, null, null);
	}

}
