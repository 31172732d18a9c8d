package io.github.kratosadmin.internal.operation;

import java.lang.reflect.Method;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.courier.CourierApi;
import io.github.kratosadmin.courier.ListCourierMessages;
import io.github.kratosadmin.identity.BatchPatchIdentities;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.identity.CredentialsType;
import io.github.kratosadmin.identity.IdentityApi;
import io.github.kratosadmin.identity.IdentityPath;
import io.github.kratosadmin.identity.JsonPatch;
import io.github.kratosadmin.identity.ListIdentities;
import io.github.kratosadmin.identity.UpdateIdentity;
import io.github.kratosadmin.metadata.MetadataApi;
import io.github.kratosadmin.recovery.CreateRecoveryCode;
import io.github.kratosadmin.recovery.CreateRecoveryLink;
import io.github.kratosadmin.recovery.RecoveryApi;
import io.github.kratosadmin.schema.ListIdentitySchemas;
import io.github.kratosadmin.schema.SchemaApi;
import io.github.kratosadmin.selfservice.CreateTestLoginFlow;
import io.github.kratosadmin.selfservice.SelfServiceApi;
import io.github.kratosadmin.session.ListIdentitySessions;
import io.github.kratosadmin.session.ListSessions;
import io.github.kratosadmin.session.ManageSessions;
import io.github.kratosadmin.session.ManageSessions.Confirmation;
import io.github.kratosadmin.session.ManageSessionsAction;
import io.github.kratosadmin.session.SessionApi;
import io.github.kratosadmin.testing.TestServer;
import io.github.kratosadmin.testing.TestServer.Request;
import io.github.kratosadmin.testing.TestServer.StubResponse;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class RoutesTests {

	private static final String RESPONSE = "{\"id\":\"x\",\"external_id\":\"x\",\"status\":\"ok\",\"version\":\"x\",\"recovery_link\":\"x\","
			+ "\"recovery_code\":\"x\",\"processed\":1,\"more\":false," + "\"test_context\":{\"provider_id\":\"x\"}}";

	@AutoClose
	private final TestServer adminServer = new TestServer().version("v26.2.1-next").otherwise(RoutesTests::respond);

	@AutoClose
	private final TestServer publicServer = new TestServer().version("v26.2.1-next").otherwise(RoutesTests::respond);

	private static StubResponse respond(Request request) {
		if (request.method().equals("DELETE")) {
			return StubResponse.empty(204);
		}
		return StubResponse
			.json(request.path().matches(".*/(identities|sessions|messages|schemas)") && request.method().equals("GET")
					? "[]" : RESPONSE);
	}

	static Stream<Arguments> publicCalls() {
		return Stream.of(
				call("GET /self-service/errors?error=x", (admin) -> admin.selfService().getSelfServiceError("x")),
				call("GET /self-service/login/flows?id=x", (admin) -> admin.selfService().getSelfServiceLoginFlow("x")),
				call("GET /self-service/registration/flows?id=x",
						(admin) -> admin.selfService().getSelfServiceRegistrationFlow("x")),
				call("GET /self-service/recovery/flows?id=x",
						(admin) -> admin.selfService().getSelfServiceRecoveryFlow("x")),
				call("GET /self-service/settings/flows?id=x",
						(admin) -> admin.selfService().getSelfServiceSettingsFlow("x", "session-token")),
				call("GET /self-service/verification/flows?id=x",
						(admin) -> admin.selfService().getSelfServiceVerificationFlow("x")),
				call("GET /schemas/x", (admin) -> admin.schemas().getSchema("x")), call("GET /schemas?per_page=250",
						(admin) -> admin.schemas().listIdentitySchemas(ListIdentitySchemas.builder().build())));
	}

	static Stream<Arguments> adminCalls() {
		CreateIdentity identity = CreateIdentity.builder().traits(Map.of()).build();
		UpdateIdentity update = UpdateIdentity.builder().traits(Map.of()).build();
		JsonPatch patch = JsonPatch.builder().replace(IdentityPath.state(), "active").build();
		CreateRecoveryLink link = CreateRecoveryLink.builder("x").expiresIn(Duration.ofHours(1)).build();
		return Stream.of(call("POST /admin/identities", (admin) -> admin.identities().createIdentity(identity)),
				call("GET /admin/identities/x", (admin) -> admin.identities().getIdentity("x")),
				call("GET /admin/identities?per_page=250&page_size=250",
						(admin) -> admin.identities().listIdentities(ListIdentities.builder().build())),
				call("PUT /admin/identities/x", (admin) -> admin.identities().updateIdentity("x", update)),
				call("DELETE /admin/identities/x", (admin) -> admin.identities().deleteIdentity("x")),
				call("GET /admin/identities/by/external/x", (admin) -> admin.identities().getIdentityByExternalID("x")),
				call("PATCH /admin/identities/x", (admin) -> admin.identities().patchIdentity("x", patch)),
				call("PATCH /admin/identities",
						(admin) -> admin.identities().batchPatchIdentities(new BatchPatchIdentities(List.of()))),
				call("DELETE /admin/identities/x/credentials/totp",
						(admin) -> admin.identities().deleteIdentityCredentials("x", CredentialsType.TOTP, null)),
				call("GET /admin/sessions?page_size=250",
						(admin) -> admin.sessions().listSessions(ListSessions.builder().build())),
				call("GET /admin/sessions/x", (admin) -> admin.sessions().getSession("x")),
				call("DELETE /admin/sessions/x", (admin) -> admin.sessions().disableSession("x")),
				call("PATCH /admin/sessions/x/extend", (admin) -> admin.sessions().extendSession("x")),
				call("GET /admin/identities/x/sessions?per_page=1000",
						(admin) -> admin.sessions().listIdentitySessions("x", ListIdentitySessions.builder().build())),
				call("DELETE /admin/identities/x/sessions", (admin) -> admin.sessions().deleteIdentitySessions("x")),
				call("POST /admin/sessions",
						(admin) -> admin.sessions()
							.manageSessions(ManageSessions.ofEverybody(ManageSessionsAction.DISABLE,
									Confirmation.SIGN_OUT_EVERYBODY))),
				call("POST /admin/test-login-flows",
						(admin) -> admin.selfService().createTestLoginFlow(new CreateTestLoginFlow("x"))),
				call("GET /admin/courier/messages?per_page=250&page_size=250",
						(admin) -> admin.courier().listCourierMessages(ListCourierMessages.builder().build())),
				call("GET /admin/courier/messages/x", (admin) -> admin.courier().getCourierMessage("x")),
				call("POST /admin/recovery/link", (admin) -> admin.recovery().createRecoveryLink(link)),
				call("POST /admin/recovery/code",
						(admin) -> admin.recovery().createRecoveryCodeForIdentity(new CreateRecoveryCode("x"))),
				call("GET /admin/health/alive", (admin) -> admin.metadata().isAlive()),
				call("GET /admin/health/ready", (admin) -> admin.metadata().isReady()),
				call("GET /admin/metrics/prometheus", (admin) -> admin.metadata().prometheus()));
	}

	private static Arguments call(String request, Consumer<KratosAdmin> call) {
		return arguments(request, call);
	}

	@Test
	void thereIsACallForEachOperation() {
		Set<String> operations = Stream
			.of(IdentityApi.class, SessionApi.class, RecoveryApi.class, SchemaApi.class, CourierApi.class,
					SelfServiceApi.class, MetadataApi.class)
			.flatMap((group) -> Stream.of(group.getMethods()))
			.filter((method) -> !method.isDefault())
			.map(Method::getName)
			.collect(Collectors.toSet());
		assertThat(publicCalls().count() + adminCalls().count()).as("all but getVersion")
			.isEqualTo(operations.size() - 1)
			.isEqualTo(32);
	}

	@Test
	void theVersionIsThatOfTheAdminUrl() {
		try (TestServer server = new TestServer().respond(StubResponse.json(RESPONSE));
				KratosAdmin admin = KratosAdmin.builder()
					.baseUrl(server.url())
					.pathPrefix("/admin")
					.publicUrl(this.publicServer.url())
					.bearerToken("admin-token")
					.build()) {
			admin.metadata().getVersion();
			assertThat(server.request()).hasToString("GET /admin/version");
			assertThat(server.request().header("Authorization")).isEqualTo("Bearer admin-token");
			assertThat(this.publicServer.requests()).isEmpty();
		}
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("publicCalls")
	void publicOperationsUseThePublicUrlWithoutPrefixAndCredentials(String request, Consumer<KratosAdmin> call) {
		perform(call, this.publicServer.url());
		assertThat(this.publicServer.request()).hasToString(request);
		assertThat(this.publicServer.request().headers()).doesNotContainKeys("Authorization", "X-Api-Key");
		assertThat(this.publicServer.request().header("X-Session-Token"))
			.isEqualTo(request.contains("settings") ? "session-token" : null);
		assertThat(this.adminServer.requests()).isEmpty();
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("publicCalls")
	void publicOperationsHaveNoCredentialsEvenWithTheSameOrigin(String request, Consumer<KratosAdmin> call) {
		try (KratosAdmin admin = KratosAdmin.builder()
			.pathPrefix("")
			.baseUrl(this.adminServer.url())
			.publicUrl(this.adminServer.url())
			.bearerToken("admin-token")
			.build()) {
			call.accept(admin);
		}
		assertThat(this.adminServer.request()).hasToString(request);
		assertThat(this.adminServer.request().header("Authorization")).isNull();
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("adminCalls")
	void adminOperationsUseTheAdminUrlEvenWithAPublicUrl(String request, Consumer<KratosAdmin> call) {
		perform(call, this.publicServer.url());
		checkAdminRequest(request);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("adminCalls")
	void adminOperationsHaveCredentialsEvenWithTheSameOrigin(String request, Consumer<KratosAdmin> call) {
		perform(call, this.adminServer.url());
		checkAdminRequest(request);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource({ "adminCalls", "publicCalls" })
	void withoutAPublicUrlAllOperationsUseTheAdminUrl(String request, Consumer<KratosAdmin> call) {
		perform(call, null);
		checkAdminRequest(request.replaceFirst(" (/admin)?/", " /admin/"));
	}

	@Test
	void aPathOfThePublicUrlIsKept() {
		try (KratosAdmin admin = KratosAdmin.builder()
			.pathPrefix("")
			.baseUrl(this.adminServer.url() + "/kratos")
			.publicUrl(this.adminServer.url() + "/kratos/public/")
			.bearerToken("admin-token")
			.build()) {
			admin.schemas().getSchema("x");
			admin.identities().getIdentity("x");
		}
		assertThat(this.adminServer.requests()).extracting(Request::path)
			.containsExactly("/kratos/public/schemas/x", "/kratos/identities/x");
		assertThat(this.adminServer.requests()).extracting((request) -> request.header("Authorization"))
			.containsExactly(null, "Bearer admin-token");
	}

	@Test
	void anIdThatLooksLikeAPublicPathDoesNotMakeACallPublic() {
		perform((admin) -> admin.identities().deleteIdentity("/self-service/x"), this.publicServer.url());
		assertThat(this.adminServer.request().path()).isEqualTo("/admin/identities/%2Fself-service%2Fx");
		assertThat(this.publicServer.requests()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "http://a.test:4434/identities, true", "http://A.TEST:4434/identities, true",
			"http://a.test:4434/admin/identities, true", "http://a.test/identities, false",
			"https://a.test:4434/identities, false", "http://b.test:4434/identities, false",
			"http://a.test.evil.test:4434/identities, false", "http://a.test:4434, false" })
	void credentialsAreSentToTheOriginOfTheAdminUrlOnly(URI url, boolean admin) {
		assertThat(new Routes(URI.create("http://a.test:4434"), null).isAdmin(url)).isEqualTo(admin);
	}

	@ParameterizedTest
	@CsvSource({ "https://a.test/kratos/admin/identities, true", "https://a.test:443/kratos/admin/identities, true",
			"https://a.test/kratos/administrator, false", "https://a.test/kratos/identities, false",
			"https://a.test/identities, false" })
	void credentialsAreSentBelowThePathOfTheAdminUrlOnly(URI url, boolean admin) {
		assertThat(new Routes(URI.create("https://a.test/kratos/admin"), null).isAdmin(url)).isEqualTo(admin);
	}

	private void perform(Consumer<KratosAdmin> call, String publicUrl) {
		try (KratosAdmin admin = KratosAdmin.builder()
			.baseUrl(this.adminServer.url())
			.pathPrefix("/admin")
			.publicUrl(publicUrl)
			.bearerToken("admin-token")
			.header("X-Api-Key", "key")
			.build()) {
			call.accept(admin);
		}
	}

	private void checkAdminRequest(String request) {
		assertThat(this.adminServer.request()).hasToString(request);
		assertThat(this.adminServer.request().headers()).containsEntry("Authorization", "Bearer admin-token")
			.containsEntry("X-Api-Key", "key");
		assertThat(this.publicServer.requests()).isEmpty();
	}

}
