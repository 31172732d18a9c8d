package io.github.kratosadmin.test.autoconfigure;

import io.github.kratosadmin.autoconfigure.KratosAdminConnectionDetails;
import io.github.kratosadmin.test.embedded.EmbeddedKratos;
import io.github.kratosadmin.test.embedded.KratosEra;

import org.springframework.core.env.Environment;

/**
 * The factory methods of the beans for each client.
 */
final class EmbeddedKratosBeans {

	private EmbeddedKratosBeans() {
	}

	static EmbeddedKratos server(Environment environment) {
		KratosEra era = environment.getProperty(EmbeddedKratosAutoConfiguration.PREFIX + ".era", KratosEra.class,
				KratosEra.V26);
		return EmbeddedKratos.builder().era(era).start();
	}

	static KratosAdminConnectionDetails connectionDetails(EmbeddedKratos kratos) {
		return new EmbeddedKratosConnectionDetails(kratos);
	}

	private record EmbeddedKratosConnectionDetails(EmbeddedKratos kratos) implements KratosAdminConnectionDetails {

		@Override
		public String getBaseUrl() {
			return this.kratos.adminUrl().toString();
		}

		@Override
		public String getPublicUrl() {
			return this.kratos.publicUrl().toString();
		}

	}

}
