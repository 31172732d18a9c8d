package io.github.kratosadmin.test.contract;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import io.github.kratosadmin.test.embedded.EmbeddedKratos;
import io.github.kratosadmin.test.embedded.KratosEra;
import org.junit.jupiter.api.Nested;

/**
 * Runs the suite on an {@link EmbeddedKratos} of every era, in every build.
 */
class EmbeddedKratosContractTests {

	private static ContractTarget embedded(KratosEra era) {
		return embedded(EmbeddedKratos.builder().era(era));
	}

	private static ContractTarget embedded(EmbeddedKratos.Builder builder) {
		return new EmbeddedTarget(builder.schema("default", schema("person"))
			.schema("customer", schema("customer"))
			.schema("preset://email", schema("customer"))
			.flowLifespan(Duration.ofSeconds(12))
			.recoveryLinkLifespan(Duration.ofSeconds(12))
			.start());
	}

	private static String schema(String name) {
		try (InputStream schema = EmbeddedKratosContractTests.class.getResourceAsStream("/" + name + ".schema.json")) {
			return new String(schema.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Nested
	class Kratos06Tests extends NextContractSuite {

		@Override
		ContractTarget connect() {
			return embedded(KratosEra.V0_6);
		}

	}

	@Nested
	class Kratos07Tests extends NextContractSuite {

		@Override
		ContractTarget connect() {
			return embedded(KratosEra.V0_7);
		}

	}

	@Nested
	class Kratos010Tests extends NextContractSuite {

		@Override
		ContractTarget connect() {
			return embedded(KratosEra.V0_10);
		}

	}

	@Nested
	class Kratos10Tests extends NextContractSuite {

		@Override
		ContractTarget connect() {
			return embedded(KratosEra.V1_0);
		}

	}

	@Nested
	class Kratos13Tests extends NextContractSuite {

		@Override
		ContractTarget connect() {
			return embedded(KratosEra.V1_3);
		}

	}

	@Nested
	class Kratos26Tests extends NextContractSuite {

		@Override
		ContractTarget connect() {
			return embedded(KratosEra.V26);
		}

	}

	@Nested
	class Kratos26OnMySqlTests extends NextContractSuite {

		@Override
		ContractTarget connect() {
			return embedded(EmbeddedKratos.builder().era(KratosEra.V26).conflictsFailTheBatch());
		}

	}

	@Nested
	class KratosNextTests extends NextContractSuite {

		@Override
		ContractTarget connect() {
			return embedded(EmbeddedKratos.builder()
				.era(KratosEra.NEXT)
				.schema("phone", schema("phone"))
				.oidcProvider("google"));
		}

	}

}
