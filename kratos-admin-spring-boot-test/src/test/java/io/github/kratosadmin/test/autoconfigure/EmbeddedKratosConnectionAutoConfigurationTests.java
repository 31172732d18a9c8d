package io.github.kratosadmin.test.autoconfigure;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.autoconfigure.KratosAdminAutoConfiguration;
import io.github.kratosadmin.autoconfigure.KratosAdminConnectionDetails;
import io.github.kratosadmin.test.embedded.EmbeddedKratos;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link EmbeddedKratosConnectionAutoConfiguration}.
 */
class EmbeddedKratosConnectionAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner().withConfiguration(
			AutoConfigurations.of(KratosAdminAutoConfiguration.class, EmbeddedKratosConnectionAutoConfiguration.class));

	@Test
	void connectsToEmbeddedKratosBean() {
		this.contextRunner.withBean(EmbeddedKratos.class, EmbeddedKratos::start).run((context) -> {
			assertThat(context.getBean(KratosAdminConnectionDetails.class).getBaseUrl())
				.isEqualTo(context.getBean(EmbeddedKratos.class).adminUrl().toString());
			assertThat(context.getBean(KratosAdmin.class).metadata().isReady().ready()).isTrue();
		});
	}

	@Test
	void readsSchemasAtThePublicUrl() {
		this.contextRunner.withBean(EmbeddedKratos.class, EmbeddedKratos::start).run((context) -> {
			assertThat(context.getBean(KratosAdmin.class).schemas().getSchema("default").has("properties")).isTrue();
			assertThat(context.getBean(EmbeddedKratos.class).requests()).extracting("path")
				.containsExactly("/schemas/default");
		});
	}

	@Test
	void backsOffWithoutEmbeddedKratosBean() {
		this.contextRunner.run((context) -> assertThat(context.getBean(KratosAdminConnectionDetails.class).getBaseUrl())
			.isEqualTo("http://localhost:4434"));
	}

	@Test
	void stopsServerWithContext() throws IOException {
		// The port may belong to another server by then, but this connection cannot.
		try (Socket connection = new Socket()) {
			connection.setSoTimeout(30_000);
			this.contextRunner.withBean(EmbeddedKratos.class, EmbeddedKratos::start).run((context) -> {
				URI url = context.getBean(EmbeddedKratos.class).adminUrl();
				connection.connect(new InetSocketAddress(url.getHost(), url.getPort()));
			});
			assertThat(isEnded(connection)).isTrue();
		}
	}

	private static boolean isEnded(Socket connection) throws IOException {
		try {
			return connection.getInputStream().read() == -1;
		}
		catch (SocketException ex) {
			return true;
		}
	}

}
