package io.github.kratosadmin.samples.docs;

import java.util.List;
import java.util.Map;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.courier.CourierApi;
import io.github.kratosadmin.courier.ListCourierMessages;
import io.github.kratosadmin.identity.BatchPatchIdentities;
import io.github.kratosadmin.identity.BatchPatchIdentities.IdentityPatch;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.identity.CredentialsType;
import io.github.kratosadmin.identity.Identity;
import io.github.kratosadmin.identity.IdentityApi;
import io.github.kratosadmin.identity.IdentityPath;
import io.github.kratosadmin.identity.IdentityState;
import io.github.kratosadmin.identity.ImportCredentials;
import io.github.kratosadmin.identity.JsonPatch;
import io.github.kratosadmin.identity.ListIdentities;
import io.github.kratosadmin.identity.UpdateIdentity;
import io.github.kratosadmin.metadata.MetadataApi;
import io.github.kratosadmin.recovery.CreateRecoveryCode;
import io.github.kratosadmin.recovery.CreateRecoveryLink;
import io.github.kratosadmin.recovery.RecoveryApi;
import io.github.kratosadmin.schema.ListIdentitySchemas;
import io.github.kratosadmin.schema.SchemaApi;
import io.github.kratosadmin.selfservice.SelfServiceApi;
import io.github.kratosadmin.session.ListIdentitySessions;
import io.github.kratosadmin.session.ListSessions;
import io.github.kratosadmin.session.SessionApi;
import io.github.kratosadmin.test.embedded.EmbeddedKratos;
import io.github.kratosadmin.test.embedded.EmbeddedKratosExtension;
import io.github.kratosadmin.test.embedded.FlowClient;
import io.github.kratosadmin.test.embedded.FlowKind;
import io.github.kratosadmin.test.embedded.IssuedSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the examples in the table of operations.
 */
class OperationExamplesTests {

	@RegisterExtension
	static EmbeddedKratosExtension embedded = new EmbeddedKratosExtension();

	private KratosAdmin kratos;

	private IdentityApi identities;

	private SessionApi sessions;

	private String id;

	@BeforeEach
	void createIdentity() {
		this.kratos = KratosAdmin.builder().baseUrl(embedded.kratos().adminUrl().toString()).build();
		this.identities = this.kratos.identities();
		this.sessions = this.kratos.sessions();
		this.id = this.identities.createIdentity(CreateIdentity.builder()
			.traits(Map.of("email", "alice@example.test"))
			.externalId("crm-4711")
			.credentials(
					ImportCredentials.builder().password("correct horse battery staple").oidc("github", "4711").build())
			.build()).id();
	}

	@AfterEach
	void close() {
		this.kratos.close();
	}

	@Test
	void identities() {
		IdentityApi identities = this.identities;
		String id = this.id;
		CreateIdentity bob = CreateIdentity.builder().traits(Map.of("email", "bob@example.test")).build();
		assertThat(identities.createIdentity(bob).id()).isNotBlank();
		assertThat(identities.getIdentity(id).traits().path("email").asString()).isEqualTo("alice@example.test");
		assertThat(identities.getIdentityByExternalID("crm-4711").id()).isEqualTo(id);
		assertThat(identities.listIdentities(ListIdentities.builder().build()).items()).hasSize(2);
		Identity alice = identities.getIdentity(id);
		identities.updateIdentity(id, UpdateIdentity.from(alice).externalId("crm-4712").build());
		assertThat(identities.getIdentity(id).externalId()).isEqualTo("crm-4712");
		identities.deleteIdentity(id);
		assertThat(identities.listIdentities(ListIdentities.builder().build()).items()).hasSize(1);
	}

	@Test
	void changes() {
		IdentityApi identities = this.identities;
		String id = this.id;
		JsonPatch patch = JsonPatch.builder().replace(IdentityPath.state(), IdentityState.INACTIVE).build();
		identities.patchIdentity(id, patch);
		assertThat(identities.getIdentity(id).state()).isEqualTo(IdentityState.INACTIVE);
		CreateIdentity bob = CreateIdentity.builder().traits(Map.of("email", "bob@example.test")).build();
		BatchPatchIdentities batch = new BatchPatchIdentities(List.of(new IdentityPatch(bob, null)));
		assertThat(identities.batchPatchIdentities(batch).identities()).hasSize(1);
		identities.deleteIdentityCredentials(id, CredentialsType.OIDC, "github:4711");
		assertThat(identities.getIdentity(id).credentials().get("oidc").identifiers()).isEmpty();
	}

	@Test
	void sessions() {
		SessionApi sessions = this.sessions;
		String id = this.id;
		IssuedSession session = embedded.kratos().createSession(id);
		String sessionId = session.id();
		assertThat(sessions.listSessions(ListSessions.builder().active(true).build()).items()).hasSize(1);
		assertThat(sessions.listIdentitySessions(id, ListIdentitySessions.builder().build()).items()).hasSize(1);
		assertThat(sessions.getSession(sessionId).active()).isTrue();
		assertThat(sessions.extendSession(sessionId)).isPresent();
		sessions.disableSession(sessionId);
		assertThat(sessions.getSession(sessionId).active()).isFalse();
		sessions.deleteIdentitySessions(id);
		assertThat(sessions.listSessions(ListSessions.builder().build()).items()).isEmpty();
	}

	@Test
	void recovery() {
		RecoveryApi recovery = this.kratos.recovery();
		String id = this.id;
		assertThat(recovery.createRecoveryLink(new CreateRecoveryLink(id)).recoveryLink()).contains("token=");
		assertThat(recovery.createRecoveryCodeForIdentity(new CreateRecoveryCode(id)).recoveryCode()).isNotBlank();
	}

	@Test
	void schemas() {
		SchemaApi schemas = this.kratos.schemas();
		assertThat(schemas.getSchema("default").path("title").asString()).isEqualTo("Person");
		assertThat(schemas.listIdentitySchemas(ListIdentitySchemas.builder().build()).items()).hasSize(1);
	}

	@Test
	void courier() {
		CourierApi courier = this.kratos.courier();
		String messageId = embedded.kratos().addCourierMessage("alice@example.test", "Hello", "Welcome");
		assertThat(courier.listCourierMessages(ListCourierMessages.builder().build()).items()).hasSize(1);
		assertThat(courier.getCourierMessage(messageId).subject()).isEqualTo("Hello");
	}

	@Test
	void selfService() {
		SelfServiceApi selfService = this.kratos.selfService();
		EmbeddedKratos server = embedded.kratos();
		IssuedSession session = server.createSession(this.id);
		String error = server.addError("{\"code\": 500}");
		assertThat(selfService.getSelfServiceError(error).id()).isEqualTo(error);
		String flowId = server.createFlow(FlowKind.LOGIN, FlowClient.API);
		assertThat(selfService.getSelfServiceLoginFlow(flowId).id()).isEqualTo(flowId);
		flowId = server.createFlow(FlowKind.REGISTRATION, FlowClient.API);
		assertThat(selfService.getSelfServiceRegistrationFlow(flowId).id()).isEqualTo(flowId);
		flowId = server.createFlow(FlowKind.RECOVERY, FlowClient.API);
		assertThat(selfService.getSelfServiceRecoveryFlow(flowId).id()).isEqualTo(flowId);
		flowId = server.createFlow(FlowKind.VERIFICATION, FlowClient.API);
		assertThat(selfService.getSelfServiceVerificationFlow(flowId).id()).isEqualTo(flowId);
		flowId = server.createSettingsFlow(FlowClient.API, session);
		String sessionToken = session.token();
		assertThat(selfService.getSelfServiceSettingsFlow(flowId, sessionToken).id()).isEqualTo(flowId);
	}

	@Test
	void metadata() {
		MetadataApi metadata = this.kratos.metadata();
		assertThat(metadata.isAlive().status()).isEqualTo("ok");
		assertThat(metadata.isReady().ready()).isTrue();
		assertThat(metadata.getVersion().version()).isEqualTo(embedded.kratos().era().version());
		assertThat(metadata.prometheus()).contains("# TYPE");
	}

}
