package io.github.kratosadmin.test.contract;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import io.github.kratosadmin.test.embedded.EmbeddedKratos;

/**
 * The suite on an embedded Kratos: in every build.
 */
class EmbeddedKratosContractTests extends ContractSuite {

	@Override
	ContractTarget connect() throws IOException {
		return new EmbeddedTarget(EmbeddedKratos.builder()
			.schema("default", schema("person"))
			.schema("customer", schema("customer"))
			.flowLifespan(Duration.ofSeconds(12))
			.recoveryLinkLifespan(Duration.ofSeconds(12))
			.start());
	}

	private static String schema(String name) throws IOException {
		try (InputStream schema = EmbeddedKratosContractTests.class.getResourceAsStream("/" + name + ".schema.json")) {
			return new String(schema.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

}
