package io.github.kratosadmin.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Creates certificates with the tool of the JDK, as stored certificates would expire.
 */
public final class Certificates {

	private static final String PASSWORD = "changeit";

	private Certificates() {
	}

	/**
	 * Creates a key with a self-signed certificate.
	 * @param folder the folder of the file
	 * @param name the name of the owner
	 * @param hosts the hosts of the certificate, such as {@code dns:localhost}
	 */
	public static KeyStore create(Path folder, String name, String... hosts) throws Exception {
		Path file = folder.resolve(name + ".p12");
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias",
						"key", "-keyalg", "EC", "-dname", "CN=" + name, "-validity", "1", "-storetype", "PKCS12",
						"-keystore", file.toString(), "-storepass", PASSWORD));
		if (hosts.length > 0) {
			command.addAll(List.of("-ext", "san=" + String.join(",", hosts)));
		}
		Process keytool = new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(folder.resolve(name + ".log").toFile())
			.start();
		assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
		assertThat(keytool.exitValue()).as(Files.readString(folder.resolve(name + ".log"))).isZero();
		try (InputStream in = Files.newInputStream(file)) {
			KeyStore keys = KeyStore.getInstance("PKCS12");
			keys.load(in, PASSWORD.toCharArray());
			return keys;
		}
	}

	/**
	 * Creates a TLS context.
	 * @param own the key and certificate to present, or {@code null} for none
	 * @param trusted the certificates to trust
	 */
	public static SSLContext context(@Nullable KeyStore own, KeyStore... trusted) throws Exception {
		TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		trust.init(certificates(trusted));
		return context(own, trust.getTrustManagers());
	}

	public static SSLContext context(@Nullable KeyStore own, TrustManager... trust) throws Exception {
		KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
		keys.init(own, PASSWORD.toCharArray());
		SSLContext context = SSLContext.getInstance("TLS");
		context.init((own != null) ? keys.getKeyManagers() : null, trust, null);
		return context;
	}

	private static KeyStore certificates(KeyStore... owners) throws GeneralSecurityException, IOException {
		KeyStore certificates = KeyStore.getInstance("PKCS12");
		certificates.load(null, null);
		for (int i = 0; i < owners.length; i++) {
			certificates.setCertificateEntry("trusted-" + i, owners[i].getCertificate("key"));
		}
		return certificates;
	}

}
