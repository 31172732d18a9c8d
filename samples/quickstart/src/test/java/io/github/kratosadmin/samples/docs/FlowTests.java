package io.github.kratosadmin.samples.docs;

import java.time.Instant;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.test.embedded.EmbeddedKratos;
import io.github.kratosadmin.test.embedded.EmbeddedKratosExtension;
import io.github.kratosadmin.test.embedded.FlowClient;
import io.github.kratosadmin.test.embedded.FlowKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

class FlowTests {

	@RegisterExtension
	static EmbeddedKratosExtension embedded = new EmbeddedKratosExtension();

	@Test
	void readsAFlow() {
		EmbeddedKratos kratos = embedded.kratos();
		String id = kratos.createFlow(FlowKind.LOGIN, FlowClient.API);
		try (KratosAdmin client = KratosAdmin.builder().baseUrl(kratos.adminUrl().toString()).build()) {
			assertThat(client.selfService().getSelfServiceLoginFlow(id).expiresAt()).isAfter(Instant.now());
		}
	}

}
