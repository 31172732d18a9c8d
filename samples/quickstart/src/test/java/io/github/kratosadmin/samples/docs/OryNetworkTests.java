package io.github.kratosadmin.samples.docs;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.error.KratosUnauthorizedException;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.identity.Identity;
import io.github.kratosadmin.identity.ImportIdentities;
import io.github.kratosadmin.identity.ImportSummary;
import io.github.kratosadmin.test.embedded.FlowClient;
import io.github.kratosadmin.test.embedded.FlowKind;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for the configuration in docs/ory-network.md.
 */
class OryNetworkTests {

	@AutoClose
	private final PretendedOryNetwork network = new PretendedOryNetwork();

	@Test
	void callsBothApisOfTheProject() {
		try (ConfigurableApplicationContext context = start(PretendedOryNetwork.API_KEY)) {
			KratosAdmin kratos = context.getBean(KratosAdmin.class);
			String ada = kratos.identities().createIdentity(row("ada")).id();
			assertThat(kratos.identities().findByCredentialsIdentifier("ada@example.com")).map(Identity::id)
				.contains(ada);
			assertThat(kratos.identities().streamIdentities()).extracting(Identity::id).containsExactly(ada);
			assertThat(kratos.schemas().listIdentitySchemas().items()).isNotEmpty();
			String flow = this.network.kratos().createFlow(FlowKind.LOGIN, FlowClient.API);
			assertThat(kratos.selfService().getSelfServiceLoginFlow(flow).id()).isEqualTo(flow);
		}
		assertThat(this.network.requests()).containsExactly("POST /admin/identities", "GET /admin/version",
				"GET /admin/identities", "GET /admin/identities", "GET /admin/version", "GET /schemas",
				"GET /self-service/login/flows");
	}

	@Test
	void theHealthCheckNeedsNeitherHealthNorVersion() {
		try (ConfigurableApplicationContext context = start(PretendedOryNetwork.API_KEY)) {
			assertThat(health(context)).isEqualTo(Status.UP);
		}
		assertThat(this.network.requests()).singleElement().asString().startsWith("GET /admin/identities/");
	}

	@Test
	void aWrongApiKeyIsDown() {
		try (ConfigurableApplicationContext context = start("ory_pat_revoked")) {
			assertThat(health(context)).isEqualTo(Status.DOWN);
			assertThatExceptionOfType(KratosUnauthorizedException.class)
				.isThrownBy(() -> context.getBean(KratosAdmin.class).identities().listIdentities())
				.withMessageNotContaining("ory_pat_revoked");
		}
	}

	@Test
	void aReadThatIsLimitedIsRetriedAfterTheReset() {
		try (ConfigurableApplicationContext context = start(PretendedOryNetwork.API_KEY)) {
			this.network.limitNext(1);
			assertThat(context.getBean(KratosAdmin.class).identities().listIdentities().items()).isEmpty();
		}
		assertThat(this.network.requests()).containsExactly("GET /admin/identities", "GET /admin/identities");
	}

	@Test
	void anImportThatIsLimitedLosesNoRow() {
		try (ConfigurableApplicationContext context = start(PretendedOryNetwork.API_KEY)) {
			this.network.limitNext(2);
			List<CreateIdentity> rows = IntStream.range(0, 30).mapToObj((i) -> row("person" + i)).toList();
			ImportSummary summary = context.getBean(KratosAdmin.class)
				.importIdentities(rows.stream(), ImportIdentities.builder().chunkSize(10).concurrency(1).build(),
						(result) -> {
						});
			assertThat(summary).isEqualTo(new ImportSummary(30, 0, 0, 0));
		}
	}

	private ConfigurableApplicationContext start(String apiKey) {
		return new SpringApplicationBuilder(DocsApplication.class).web(WebApplicationType.NONE)
			.profiles("ory-network")
			.run("--ORY_API_KEY=" + apiKey, "--kratos.admin.base-url=" + this.network.url(),
					"--kratos.admin.public-url=" + this.network.url(), "--kratos.admin.health.timeout=1m");
	}

	private static Status health(ConfigurableApplicationContext context) {
		return context.getBean("kratosHealthContributor", HealthIndicator.class).health().getStatus();
	}

	private static CreateIdentity row(String name) {
		return CreateIdentity.builder().traits(Map.of("email", name + "@example.com")).build();
	}

}
