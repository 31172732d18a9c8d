package io.github.kratosadmin.samples.migrating;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.error.KratosConflictException;
import io.github.kratosadmin.error.KratosUnavailableException;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.identity.IdentityPath;
import io.github.kratosadmin.identity.ImportCredentials;
import io.github.kratosadmin.samples.migrating.StubServer.Response;
import io.github.kratosadmin.test.embedded.EmbeddedKratos;
import io.github.kratosadmin.test.embedded.FlowClient;
import io.github.kratosadmin.test.embedded.FlowKind;
import io.github.kratosadmin.test.embedded.KratosEra;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sh.ory.kratos.ApiClient;
import sh.ory.kratos.ApiException;
import sh.ory.kratos.api.FrontendApi;
import sh.ory.kratos.api.IdentityApi;
import sh.ory.kratos.api.MetadataApi;
import sh.ory.kratos.model.CreateIdentityBody;
import sh.ory.kratos.model.IdentityWithCredentials;
import sh.ory.kratos.model.IdentityWithCredentialsPassword;
import sh.ory.kratos.model.IdentityWithCredentialsPasswordConfig;
import sh.ory.kratos.model.JsonPatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests the differences between the official client and this one.
 */
class OfficialClientTests {

	private static final String ID = "12345678-9abc-4def-8123-456789abcdef";

	private static final String IDENTITY = """
			{"id":"%s","schema_id":"default","schema_url":"","state":"%s","traits":{"customer":%s}}""";

	private StubServer stub = new StubServer((request) -> Response.json(200, identity("active", "1")));

	private KratosAdmin kratos = KratosAdmin.builder().baseUrl(this.stub.url()).build();

	private IdentityApi official = official(this.stub);

	@AfterEach
	void close() {
		this.kratos.close();
		this.stub.close();
	}

	private void respond(Response response) {
		close();
		this.stub = new StubServer((request) -> response);
		this.kratos = KratosAdmin.builder().baseUrl(this.stub.url()).build();
		this.official = official(this.stub);
	}

	private static IdentityApi official(StubServer stub) {
		return new IdentityApi(new ApiClient().setBasePath(stub.url()));
	}

	private static String identity(String state, String number) {
		return IDENTITY.formatted(ID, state, number);
	}

	@Test
	void exceptionsQuoteTheResponse() {
		respond(Response.json(409, "{\"error\":{\"code\":409,\"message\":\"alice@example.test exists\"}}"));
		Map<String, String> traits = Map.of("email", "alice@example.test");
		assertThatExceptionOfType(ApiException.class)
			.isThrownBy(() -> this.official.createIdentity(new CreateIdentityBody().schemaId("default").traits(traits)))
			.withMessageContaining("alice@example.test");
		assertThatExceptionOfType(KratosConflictException.class)
			.isThrownBy(() -> this.kratos.identities().createIdentity(CreateIdentity.builder().traits(traits).build()))
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("alice"))
			.satisfies((ex) -> assertThat(ex.getError().message()).contains("alice"));
	}

	@Test
	void nullsAreSent() throws Exception {
		Map<String, Object> traits = new HashMap<>(Collections.singletonMap("nickname", null));
		this.official.createIdentity(new CreateIdentityBody().schemaId("default").traits(traits));
		this.official.patchIdentity(ID, List.of(new JsonPatch().op("replace").path("/metadata_admin").value(null)));
		this.kratos.identities().createIdentity(CreateIdentity.builder().schemaId("default").traits(traits).build());
		this.kratos.identities()
			.patchIdentity(ID,
					io.github.kratosadmin.identity.JsonPatch.builder()
						.replace(IdentityPath.metadataAdmin(), null)
						.build());
		assertThat(this.stub.requests()).extracting((request) -> request.body().contains("null"))
			.containsExactly(false, false, true, true);
	}

	@Test
	void numbersStayExact() throws Exception {
		respond(Response.json(200, identity("active", "12345678901234567")));
		Map<?, ?> traits = (Map<?, ?>) this.official.getIdentity(ID, null).getTraits();
		assertThat(traits.get("customer")).isEqualTo(1.2345678901234568E16);
		assertThat(this.kratos.identities().getIdentity(ID).traits().get("customer").asLong())
			.isEqualTo(12345678901234567L);
	}

	@Test
	void unknownValuesAreRead() {
		respond(Response.json(200, identity("suspended", "1")));
		assertThatIllegalArgumentException().isThrownBy(() -> this.official.getIdentity(ID, null))
			.withMessage("Unexpected value 'suspended'");
		assertThat(this.kratos.identities().getIdentity(ID).state().toString()).isEqualTo("suspended");
	}

	@Test
	void requestsHideSecrets() {
		CreateIdentityBody body = new CreateIdentityBody()
			.credentials(new IdentityWithCredentials().password(new IdentityWithCredentialsPassword()
				.config(new IdentityWithCredentialsPasswordConfig().password("correct horse"))));
		assertThat(body.toString()).contains("correct horse");
		CreateIdentity identity = CreateIdentity.builder()
			.traits(Map.of())
			.credentials(ImportCredentials.builder().password("correct horse").build())
			.build();
		assertThat(identity.toString()).doesNotContain("correct horse");
	}

	@Test
	void aChangeIsSentOnce() throws Exception {
		close();
		this.stub = new StubServer(
				(request) -> request.method().equals("GET") ? Response.json(200, identity("active", "1")) : null);
		this.kratos = KratosAdmin.builder().baseUrl(this.stub.url()).build();
		this.official = official(this.stub);
		this.official.getIdentity(ID, null);
		assertThatExceptionOfType(ApiException.class).isThrownBy(
				() -> this.official.createIdentity(new CreateIdentityBody().schemaId("default").traits(Map.of())));
		assertThat(posts()).isEqualTo(2);
		this.stub.requests().clear();
		this.kratos.identities().getIdentity(ID);
		assertThatExceptionOfType(KratosUnavailableException.class).isThrownBy(
				() -> this.kratos.identities().createIdentity(CreateIdentity.builder().traits(Map.of()).build()));
		assertThat(posts()).isEqualTo(1);
	}

	private long posts() {
		return this.stub.requests().stream().filter((request) -> request.method().equals("POST")).count();
	}

	@Test
	void thereIsATimeoutForTheWholeCall() {
		assertThat(new ApiClient().getReadTimeout()).isEqualTo(10_000);
		assertThat(new ApiClient().getHttpClient().callTimeoutMillis()).isZero();
	}

	@Test
	void readinessIsAResult() {
		try (EmbeddedKratos server = EmbeddedKratos.start();
				KratosAdmin client = KratosAdmin.builder().baseUrl(server.adminUrl().toString()).build()) {
			server.notReady("database", "connection refused");
			MetadataApi metadata = new MetadataApi(new ApiClient().setBasePath(server.adminUrl().toString()));
			assertThatExceptionOfType(ApiException.class).isThrownBy(metadata::isReady);
			assertThat(client.metadata().isReady().ready()).isFalse();
		}
	}

	@Test
	void anExtendedSessionMayBeMissing() throws Exception {
		try (EmbeddedKratos server = EmbeddedKratos.builder().extendSessionsSilently().start();
				KratosAdmin client = KratosAdmin.builder().baseUrl(server.adminUrl().toString()).build()) {
			String session = server.register("{\"email\":\"alice@example.test\"}").id();
			IdentityApi identities = new IdentityApi(new ApiClient().setBasePath(server.adminUrl().toString()));
			assertThat(identities.extendSession(session)).isNull();
			assertThat(client.sessions().extendSession(session)).isEmpty();
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "V0_6", "V0_7" })
	void oldPathsAreFound(KratosEra era) {
		try (EmbeddedKratos server = EmbeddedKratos.builder().era(era).start();
				KratosAdmin client = KratosAdmin.builder().baseUrl(server.adminUrl().toString()).build()) {
			IdentityApi identities = new IdentityApi(new ApiClient().setBasePath(server.adminUrl().toString()));
			assertThatExceptionOfType(ApiException.class)
				.isThrownBy(() -> identities.createIdentity(new CreateIdentityBody().schemaId("default")))
				.withMessageContaining("404 page not found");
			assertThat(client.identities().listIdentities().items()).isEmpty();
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "V0_6", "V0_7", "V0_10", "V1_0" })
	void oldFlowsAreRead(KratosEra era) {
		try (EmbeddedKratos server = EmbeddedKratos.builder().era(era).start();
				KratosAdmin client = KratosAdmin.builder().baseUrl(server.adminUrl().toString()).build()) {
			FrontendApi frontend = new FrontendApi(new ApiClient().setBasePath(server.adminUrl().toString()));
			String flow = server.createFlow(FlowKind.LOGIN, FlowClient.API);
			assertThatIllegalArgumentException().isThrownBy(() -> frontend.getLoginFlow(flow, null))
				.withMessageContaining("The required field `state` is not found");
			assertThat(client.selfService().getSelfServiceLoginFlow(flow).id()).isEqualTo(flow);
		}
	}

}
