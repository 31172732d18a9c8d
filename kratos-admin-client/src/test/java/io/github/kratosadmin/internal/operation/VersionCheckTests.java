package io.github.kratosadmin.internal.operation;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.courier.ListCourierMessages;
import io.github.kratosadmin.error.KratosServerException;
import io.github.kratosadmin.error.KratosUnsupportedException;
import io.github.kratosadmin.identity.IdentityRegion;
import io.github.kratosadmin.identity.IdentityState;
import io.github.kratosadmin.identity.ImportCredentials;
import io.github.kratosadmin.identity.UpdateIdentity;
import io.github.kratosadmin.identity.WebAuthnCredential;
import io.github.kratosadmin.internal.json.KratosJson;
import io.github.kratosadmin.recovery.CreateRecoveryCode;
import io.github.kratosadmin.recovery.CreateRecoveryLink;
import io.github.kratosadmin.schema.ListIdentitySchemas;
import io.github.kratosadmin.selfservice.CreateTestLoginFlow;
import io.github.kratosadmin.selfservice.FlowType;
import io.github.kratosadmin.session.ListIdentitySessions;
import io.github.kratosadmin.session.ListSessions;
import io.github.kratosadmin.session.ManageSessions;
import io.github.kratosadmin.session.ManageSessionsAction;
import io.github.kratosadmin.testing.TestServer;
import io.github.kratosadmin.testing.TestServer.Request;
import io.github.kratosadmin.testing.TestServer.StubResponse;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class VersionCheckTests {

	private static final String ID = "cf66b8df-d5d0-4e77-b71d-0ce06b9b811a";

	private String version = "{\"version\":\"v0.6.3-alpha.1\"}";

	@AutoClose
	private final TestServer server = new TestServer().otherwise(this::respond);

	@AutoClose
	private final KratosAdmin admin = KratosAdmin.builder().pathPrefix("").baseUrl(this.server.url()).build();

	private StubResponse respond(Request request) {
		if (request.path().equals("/version")) {
			return StubResponse.json(this.version);
		}
		if (request.method().equals("DELETE")) {
			return StubResponse.empty(204);
		}
		if (request.method().equals("POST") && request.path().endsWith("s")) {
			return StubResponse.json(
					"{\"processed\":1,\"more\":false,\"id\":\"x\"," + "\"test_context\":{\"provider_id\":\"google\"}}");
		}
		if (request.method().equals("PUT")) {
			return updated(request);
		}
		return StubResponse.json(
				request.path().endsWith("s") ? "[]" : "{\"id\":\"x\",\"recovery_link\":\"x\",\"recovery_code\":\"x\"}");
	}

	private static StubResponse updated(Request request) {
		String externalId = KratosJson.mapper().readTree(request.body()).path("external_id").asString("");
		return StubResponse.json("{\"id\":\"x\",\"external_id\":\"" + externalId + "\",\"credentials\":{\"totp\":{},"
				+ "\"lookup_secret\":{},\"webauthn\":{},\"passkey\":{}}}");
	}

	static Stream<Arguments> features() {
		UnaryOperator<UpdateIdentity.Builder> state = (update) -> update.state(IdentityState.INACTIVE);
		UnaryOperator<UpdateIdentity.Builder> metadataPublic = (update) -> update.metadataPublic(Map.of());
		UnaryOperator<UpdateIdentity.Builder> metadataAdmin = (update) -> update.metadataAdmin(Map.of());
		UnaryOperator<UpdateIdentity.Builder> externalId = (update) -> update.externalId("crm-1");
		return Stream.of(arguments("state", state, "0.7", "v0.6.3-alpha.1", "v0.7.0-alpha.1"),
				arguments("metadata_public", metadataPublic, "0.10", "v0.9.0-alpha.3", "v0.10.0"),
				arguments("metadata_admin", metadataAdmin, "0.10", "v0.9.0-alpha.3", "v0.10.0"),
				arguments("external_id", externalId, "25.4", "v1.3.1", "v25.4.0"));
	}

	static Stream<Arguments> fieldsAfterTheNewestRelease() {
		WebAuthnCredential key = WebAuthnCredential.builder(new byte[1], new byte[1]).build();
		return Stream.of(arguments("totp", credentials((builder) -> builder.totp("x"))),
				arguments("lookup_secret", credentials((builder) -> builder.lookupSecret("x"))),
				arguments("webauthn", credentials((builder) -> builder.webauthn(key))),
				arguments("passkey", credentials((builder) -> builder.passkey(key))), arguments("region",
						(UnaryOperator<UpdateIdentity.Builder>) (update) -> update.region(IdentityRegion.EU_CENTRAL)));
	}

	private static UnaryOperator<UpdateIdentity.Builder> credentials(UnaryOperator<ImportCredentials.Builder> set) {
		return (update) -> update.credentials(set.apply(ImportCredentials.builder()).build());
	}

	@ParameterizedTest
	@MethodSource("fieldsAfterTheNewestRelease")
	void aFieldThatTheNewestReleaseIgnoresIsRejected(String feature, UnaryOperator<UpdateIdentity.Builder> set) {
		this.version = "{\"version\":\"v26.2.1-next\"}";
		update(set);
		this.server.requests().clear();
		this.version = "{\"version\":\"v26.2.0\"}";
		assertThatExceptionOfType(KratosUnsupportedException.class).isThrownBy(() -> update(set))
			.withMessage(
					"updateIdentity was not sent: " + feature + " needs a Kratos after 26.2, but the server is 26.2");
		assertThat(this.server.request()).as("the version is read again").hasToString("GET /version");
	}

	@ParameterizedTest
	@MethodSource("features")
	void anUnsupportedFieldIsRejectedBeforeAnythingIsSent(String feature, UnaryOperator<UpdateIdentity.Builder> set,
			String since, String before, String from) {
		this.version = "{\"version\":\"" + before + "\"}";
		assertThatExceptionOfType(KratosUnsupportedException.class).isThrownBy(() -> update(set)).satisfies((ex) -> {
			assertThat(ex).hasMessage("updateIdentity was not sent: " + feature + " needs Kratos " + since
					+ " or later, but the server is " + ex.getServerVersion());
			assertThat(ex.getRequiredVersion()).isEqualTo(since);
			assertThat(before).startsWith("v" + ex.getServerVersion() + ".");
			assertThat(ex.getOperation()).isEqualTo("updateIdentity");
			assertThat(ex.getStatus()).isZero();
		});
		assertThat(this.server.requests()).isNotEmpty().allMatch((request) -> request.method().equals("GET"));
	}

	@ParameterizedTest
	@MethodSource("features")
	void aSupportedFieldIsSent(String feature, UnaryOperator<UpdateIdentity.Builder> set, String since, String before,
			String from) {
		this.version = "{\"version\":\"" + from + "\"}";
		update(set);
		assertThat(this.server.requests()).extracting(Request::toString)
			.containsExactly("GET /version", "PUT /identities/x");
	}

	static Stream<Arguments> operations() {
		CreateRecoveryLink link = new CreateRecoveryLink("x");
		CreateRecoveryCode api = CreateRecoveryCode.builder("x").flowType(FlowType.API).build();
		return Stream.of(
				since("listIdentitySchemas", "0.8", "v0.7.6-alpha.1", "v0.8.0-alpha.3",
						(admin) -> admin.schemas().listIdentitySchemas(ListIdentitySchemas.builder().build())),
				since("deleteIdentitySessions", "0.8", "v0.7.6-alpha.1", "v0.8.0-alpha.3",
						(admin) -> admin.sessions().deleteIdentitySessions("x")),
				since("listIdentitySessions", "0.9", "v0.8.3-alpha.1", "v0.9.0-alpha.3",
						(admin) -> admin.sessions().listIdentitySessions("x", ListIdentitySessions.builder().build())),
				since("extendSession", "0.10", "v0.9.0-alpha.3", "v0.10.1",
						(admin) -> admin.sessions().extendSession("x")),
				since("listSessions", "0.11", "v0.10.1", "v0.11.0",
						(admin) -> admin.sessions().listSessions(ListSessions.builder().build())),
				since("getSession", "0.11", "v0.10.1", "v0.11.0", (admin) -> admin.sessions().getSession("x")),
				since("disableSession", "0.11", "v0.10.1", "v0.11.0", (admin) -> admin.sessions().disableSession("x")),
				since("createRecoveryCodeForIdentity", "0.11", "v0.10.1", "v0.11.0",
						(admin) -> admin.recovery().createRecoveryCodeForIdentity(new CreateRecoveryCode("x"))),
				since("listCourierMessages", "0.11", "v0.10.1", "v0.11.0",
						(admin) -> admin.courier().listCourierMessages(ListCourierMessages.builder().build())),
				since("getCourierMessage", "0.11", "v0.10.1", "v0.11.0",
						(admin) -> admin.courier().getCourierMessage("x")),
				since("createRecoveryLink return_to", "0.9", "v0.8.3-alpha.1", "v0.9.0-alpha.3",
						(admin) -> admin.recovery().createRecoveryLink(link, "http://a.test")),
				since("createRecoveryCodeForIdentity flow_type", "1.2", "v1.1.0", "v1.2.0",
						(admin) -> admin.recovery().createRecoveryCodeForIdentity(api)));
	}

	private static Arguments since(String feature, String since, String before, String from,
			Consumer<KratosAdmin> call) {
		return arguments(feature, since, before, from, call);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("operations")
	void anUnsupportedOperationIsRejected(String feature, String since, String before, String from,
			Consumer<KratosAdmin> call) {
		this.version = "{\"version\":\"" + before + "\"}";
		String[] names = feature.split(" ");
		assertThatExceptionOfType(KratosUnsupportedException.class).isThrownBy(() -> call.accept(this.admin))
			.withMessageStartingWith(names[0] + " was not sent: " + names[names.length - 1] + " needs Kratos " + since
					+ " or later, but the server is ");
		assertThat(this.server.requests()).isNotEmpty().allMatch((request) -> request.path().equals("/version"));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("operations")
	void aSupportedOperationIsSent(String feature, String since, String before, String from,
			Consumer<KratosAdmin> call) {
		this.version = "{\"version\":\"" + from + "\"}";
		call.accept(this.admin);
		assertThat(this.server.requests()).last()
			.satisfies((request) -> assertThat(request.path()).isNotEqualTo("/version"));
	}

	static Stream<Consumer<KratosAdmin>> operationsAfterTheNewestRelease() {
		return Stream.of(
				(admin) -> admin.sessions()
					.manageSessions(ManageSessions.ofIdentities(ManageSessionsAction.DISABLE, List.of(ID))),
				(admin) -> admin.selfService().createTestLoginFlow(new CreateTestLoginFlow("google")));
	}

	@ParameterizedTest
	@MethodSource("operationsAfterTheNewestRelease")
	void anOperationAfterTheNewestReleaseIsRejectedByThatRelease(Consumer<KratosAdmin> call) {
		for (String release : List.of("v26.2.0", "v26.2.0-rc.1", "v1.3.1")) {
			this.version = "{\"version\":\"" + release + "\"}";
			assertThatExceptionOfType(KratosUnsupportedException.class).isThrownBy(() -> call.accept(this.admin))
				.withMessageMatching(
						"(\\w+) was not sent: \\1 needs a Kratos after 26\\.2, but the server is " + "(26\\.2|1\\.3)")
				.satisfies((ex) -> assertThat(ex.getRequiredVersion()).isEqualTo("after 26.2"));
		}
		assertThat(this.server.requests()).isNotEmpty().allMatch((request) -> request.path().equals("/version"));
	}

	@ParameterizedTest
	@MethodSource("operationsAfterTheNewestRelease")
	void anOperationAfterTheNewestReleaseIsSentToEveryLaterOrUnknownVersion(Consumer<KratosAdmin> call) {
		for (String later : List.of("v26.2.1-next", "v26.2.5", "v26.3.0", "v27.1.0", "master", "")) {
			this.version = "{\"version\":\"" + later + "\"}";
			try (KratosAdmin admin = KratosAdmin.builder().pathPrefix("").baseUrl(this.server.url()).build()) {
				call.accept(admin);
			}
			assertThat(this.server.requests()).last()
				.satisfies((request) -> assertThat(request.method()).isEqualTo("POST"));
		}
	}

	@Test
	void aTypeOfFlowIsRejectedIfTheServerWasReplacedByAnOlderOne() {
		this.version = "{\"version\":\"v26.2.0\"}";
		CreateRecoveryCode code = CreateRecoveryCode.builder("x").flowType(FlowType.API).build();
		this.admin.recovery().createRecoveryCodeForIdentity(code);
		this.version = "{\"version\":\"v1.0.0\"}";
		this.server.requests().clear();
		assertThatExceptionOfType(KratosUnsupportedException.class)
			.isThrownBy(() -> this.admin.recovery().createRecoveryCodeForIdentity(code));
		assertThat(this.server.request()).hasToString("GET /version");
	}

	@Test
	void theVersionIsNotRequestedIfItDoesNotMatter() {
		update(UnaryOperator.identity());
		assertThat(this.server.request()).hasToString("PUT /identities/x");
	}

	@Test
	void theVersionIsRequestedOnceIfAnOldServerWouldRejectTheRequest() {
		this.version = "{\"version\":\"v26.2.0\"}";
		update((update) -> update.state(IdentityState.ACTIVE));
		update((update) -> update.metadataAdmin(Map.of()));
		assertThat(this.server.requests()).extracting(Request::toString)
			.containsExactly("GET /version", "PUT /identities/x", "PUT /identities/x");
	}

	@Test
	void aReplacementByAnOlderServerIsDetectedIfItWouldIgnoreTheFeature() {
		this.version = "{\"version\":\"v26.2.0\"}";
		update((update) -> update.externalId("a"));
		this.version = "{\"version\":\"v1.3.1\"}";
		this.server.requests().clear();
		assertThatExceptionOfType(KratosUnsupportedException.class)
			.isThrownBy(() -> update((update) -> update.externalId("b")));
		assertThat(this.server.request()).hasToString("GET /version");
	}

	@Test
	void aResponseWithoutTheVersionIsNotCached() {
		this.server.respond(StubResponse.text(403, "not now"));
		update((update) -> update.state(IdentityState.ACTIVE));
		this.server.requests().clear();
		assertThatExceptionOfType(KratosUnsupportedException.class)
			.isThrownBy(() -> update((update) -> update.state(IdentityState.ACTIVE)));
		assertThat(this.server.requests()).allMatch((request) -> request.method().equals("GET"));
	}

	@Test
	void aReplacementByANewerServerIsDetected() {
		assertThatExceptionOfType(KratosUnsupportedException.class)
			.isThrownBy(() -> update((update) -> update.externalId("a")));
		this.version = "{\"version\":\"v26.2.0\"}";
		update((update) -> update.externalId("b"));
		assertThat(this.server.requests()).last().hasToString("PUT /identities/x");
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "{\"version\":\"master\"}", "{\"version\":\"\"}", "{\"version\":\"abcdef0\"}", "{}", "<html>" })
	void aServerWhoseVersionCannotBeReadCountsAsTheNewest(String version) {
		this.version = version;
		update((update) -> update.externalId("a"));
		assertThat(this.server.requests()).last().hasToString("PUT /identities/x");
	}

	@ParameterizedTest
	@ValueSource(ints = { 401, 403, 404 })
	void aServerThatHidesItsVersionCountsAsTheNewest(int status) {
		this.server.respond(StubResponse.text(status, "no"));
		update((update) -> update.externalId("a"));
		assertThat(this.server.requests()).last().hasToString("PUT /identities/x");
	}

	@ParameterizedTest
	@ValueSource(ints = { 500, 503 })
	void nothingIsSentIfTheRequestForTheVersionFails(int status) {
		this.server.respond(StubResponse.empty(status));
		assertThatExceptionOfType(KratosServerException.class)
			.isThrownBy(() -> update((update) -> update.externalId("a")))
			.withMessageStartingWith("getVersion failed with status " + status);
		assertThat(this.server.request()).hasToString("GET /version");
	}

	@Test
	void theCachedVersionIsDiscardedIfThePrefixHasChanged() {
		this.version = "{\"version\":\"v26.2.0\"}";
		try (KratosAdmin finding = KratosAdmin.builder().baseUrl(this.server.url()).build()) {
			this.server.otherwise((request) -> request.path().startsWith("/admin/")
					? (request.path().equals("/admin/version") ? StubResponse.json(this.version) : updated(request))
					: StubResponse.text(404, "404 page not found"));
			finding.identities().updateIdentity("x", builder().externalId("a").build());
			// The server is replaced by one without a prefix.
			this.version = "{\"version\":\"v0.7.6-alpha.1\"}";
			this.server.otherwise((request) -> request.path().startsWith("/admin/")
					? StubResponse.text(404, "404 page not found") : respond(request));
			finding.metadata().getVersion();
			this.server.requests().clear();
			assertThatExceptionOfType(KratosUnsupportedException.class)
				.isThrownBy(() -> finding.identities().updateIdentity("x", builder().externalId("b").build()));
			assertThat(this.server.requests()).allMatch((request) -> request.path().equals("/version"));
		}
	}

	private void update(UnaryOperator<UpdateIdentity.Builder> set) {
		this.admin.identities().updateIdentity("x", set.apply(builder()).build());
	}

	private static UpdateIdentity.Builder builder() {
		return UpdateIdentity.builder().schemaId("default").traits(Map.of());
	}

}
