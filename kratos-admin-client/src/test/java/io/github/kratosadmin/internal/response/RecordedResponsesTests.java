package io.github.kratosadmin.internal.response;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.error.KratosBadRequestException;
import io.github.kratosadmin.error.KratosConflictException;
import io.github.kratosadmin.error.KratosError;
import io.github.kratosadmin.error.KratosException;
import io.github.kratosadmin.error.KratosFlowExpiredException;
import io.github.kratosadmin.error.KratosNotFoundException;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.identity.Identity;
import io.github.kratosadmin.identity.ListIdentities;
import io.github.kratosadmin.identity.RecoveryAddress;
import io.github.kratosadmin.identity.UpdateIdentity;
import io.github.kratosadmin.identity.VerifiableAddress;
import io.github.kratosadmin.internal.feign.IdentityOperations;
import io.github.kratosadmin.metadata.HealthStatus;
import io.github.kratosadmin.metadata.Readiness;
import io.github.kratosadmin.metadata.Version;
import io.github.kratosadmin.paging.Page;
import io.github.kratosadmin.recovery.CreateRecoveryLink;
import io.github.kratosadmin.recovery.RecoveryLink;
import io.github.kratosadmin.selfservice.FlowType;
import io.github.kratosadmin.selfservice.LoginFlow;
import io.github.kratosadmin.selfservice.RecoveryFlow;
import io.github.kratosadmin.selfservice.RegistrationFlow;
import io.github.kratosadmin.selfservice.SelfServiceError;
import io.github.kratosadmin.selfservice.SettingsFlow;
import io.github.kratosadmin.selfservice.UiContainer;
import io.github.kratosadmin.selfservice.UiNode;
import io.github.kratosadmin.selfservice.UiNodeAttributes;
import io.github.kratosadmin.selfservice.UiText;
import io.github.kratosadmin.selfservice.VerificationFlow;
import io.github.kratosadmin.testing.Recording;
import io.github.kratosadmin.testing.TestServer;
import io.github.kratosadmin.testing.TestServer.Request;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests the client with every recorded response of the admin API of Kratos 0.6.3.
 */
class RecordedResponsesTests {

	private static final String VERSION = "v0.6.3-alpha.1";

	private static final List<Recording> RECORDINGS = Recording.of(VERSION, "admin");

	/** Recordings of none of the seventeen operations. */
	private static final Set<String> NO_OPERATION = Set.of("listSchemas", "method not allowed",
			"unknown route unprefixed");

	/** Recordings of requests that the client cannot send. */
	private static final Set<String> NOT_TO_BE_EXPRESSED = Set.of("createIdentity malformed body",
			"createIdentity empty body", "createIdentity unknown field", "listIdentities ?per_page=abc",
			"createRecoveryLink bad expiry", "createRecoveryLink malformed", "getSelfServiceError stub by id",
			"getSelfServiceError both", "getSelfServiceError unknown", "getSelfServiceError missing");

	/** Recordings of requests that the client rejects. */
	private static final Set<String> REFUSED = Set.of("createRecoveryLink negative expiry");

	private static final Set<String> NEXT_IS_PAGE_TWO = Set.of("?per_page=3&page=0", "?per_page=3&page=1",
			"?per_page=0&page=0", "?per_page=-1&page=-1");

	private static final CreateIdentity ANY_IDENTITY = CreateIdentity.builder()
		.traits(Map.of("email", "any@example.test"))
		.build();

	@AutoClose
	private final TestServer server = new TestServer();

	@AutoClose
	private KratosAdmin admin = KratosAdmin.builder().pathPrefix("").baseUrl(this.server.url()).build();

	static Stream<Recording> operations() {
		return RECORDINGS.stream().filter((recording) -> !NO_OPERATION.contains(recording.name()));
	}

	static Stream<Recording> expressible() {
		return operations().filter((recording) -> !NOT_TO_BE_EXPRESSED.contains(recording.name()))
			.filter((recording) -> !REFUSED.contains(recording.name()));
	}

	static Stream<Recording> successes() {
		return operations().filter((recording) -> recording.status() < 300 && !isNullFlow(recording));
	}

	static Stream<Recording> failures() {
		return operations().filter((recording) -> recording.status() >= 300);
	}

	static Stream<Recording> nullFlows() {
		return operations().filter(RecordedResponsesTests::isNullFlow);
	}

	private static boolean isNullFlow(Recording recording) {
		return recording.status() == 200 && recording.body().isNull();
	}

	@Test
	void everyRecordingIsAccountedFor() {
		assertThat(Recording.read(VERSION + ".json").get("exchanges")).hasSize(97);
		assertThat(Recording.of(VERSION, "public")).hasSize(10);
		assertThat(RECORDINGS).hasSize(87);
		assertThat(RECORDINGS).extracting(Recording::name).doesNotHaveDuplicates();
		assertThat(operations()).hasSize(87 - 3);
		assertThat(successes()).hasSize(46);
		assertThat(failures()).hasSize(36);
		assertThat(nullFlows()).hasSize(2);
		assertThat(expressible()).hasSize(87 - 3 - 10 - 1);
	}

	@Test
	void everyOperationHasARecordedSuccess() {
		assertThat(successes().map(Recording::operation).distinct()).hasSize(17);
	}

	@ParameterizedTest
	@MethodSource("expressible")
	void theRecordedRequestIsSent(Recording recording) {
		respondWith(recording);
		perform(recording);
		Request request = this.server.requests().get(0);
		assertThat(request.method()).isEqualTo(recording.method());
		assertThat(request.path()).isEqualTo(recording.target().replaceAll("\\?.*", ""));
		assertThat(request.query()).isEqualTo(Request.query(recording.target()));
		assertThat(request.header("X-Session-Token")).isEqualTo(recording.requestHeader("X-Session-Token"));
		assertThat(request.header("Authorization")).isEqualTo(recording.requestHeader("Authorization"));
		if (recording.requestBody().isMissingNode()) {
			assertThat(request.body()).isEmpty();
			assertThat(request.header("Content-Type")).isNull();
		}
		else {
			assertThat(Recording.MAPPER.readTree(request.body())).isEqualTo(recording.requestBody());
			assertThat(request.header("Content-Type")).isEqualTo("application/json");
		}
	}

	@ParameterizedTest
	@MethodSource("successes")
	void theRecordedSuccessIsRead(Recording recording) {
		respondWith(recording);
		assertThat(call(recording)).isEqualTo(expected(recording));
	}

	@ParameterizedTest
	@MethodSource("failures")
	void theRecordedFailureIsThrown(Recording recording) {
		respondWith(recording);
		KratosException ex = catchThrowableOfType(KratosException.class, () -> call(recording));
		assertThat(ex).isExactlyInstanceOf(exception(recording.status()));
		assertThat(ex.getOperation()).isEqualTo(recording.operation());
		assertThat(ex.getStatus()).isEqualTo(recording.status());
		assertThat(ex.getError()).isEqualTo(error(recording.body().get("error")));
		assertThat(ex).hasMessageStartingWith(recording.operation() + " failed with status " + recording.status())
			.hasMessageContaining(recording.body().at("/error/message").stringValue())
			.hasMessageContaining(recording.body()
				.at("/error/reason")
				.asString("")
				.replace('\n', ' ')
				.replace("not an email", "***"));
	}

	private static Class<?> exception(int status) {
		return switch (status) {
			case 400 -> KratosBadRequestException.class;
			case 404 -> KratosNotFoundException.class;
			case 409 -> KratosConflictException.class;
			case 410 -> KratosFlowExpiredException.class;
			default -> throw new IllegalStateException(status + " was not recorded");
		};
	}

	@ParameterizedTest
	@MethodSource("nullFlows")
	void aFlowThatIsNullIsNotFound(Recording recording) {
		respondWith(recording);
		assertThatExceptionOfType(KratosNotFoundException.class).isThrownBy(() -> call(recording))
			.withMessage("getSelfServiceVerificationFlow failed with status 200: the response is null, "
					+ "as for an unknown flow")
			.satisfies((ex) -> assertThat(ex.getStatus()).isEqualTo(200))
			.satisfies((ex) -> assertThat(ex.getOperation()).isEqualTo("getSelfServiceVerificationFlow"));
	}

	@Test
	void aNegativeExpiryIsNotSent() {
		Recording recording = operations().filter((candidate) -> REFUSED.contains(candidate.name()))
			.findFirst()
			.orElseThrow();
		String id = recording.requestBody().get("identity_id").stringValue();
		assertThatIllegalArgumentException()
			.isThrownBy(
					() -> this.admin.recovery().createRecoveryLink(new CreateRecoveryLink(id, Duration.ofHours(-1))))
			.withMessageContaining("expiresIn");
		assertThat(this.server.requests()).isEmpty();
	}

	private void respondWith(Recording recording) {
		Recording version = RECORDINGS.get(0);
		assertThat(version.name()).isEqualTo("getVersion");
		// For a numbered page, the client requests the version.
		this.server.respond(recording.stubResponse(), version.stubResponse());
		String authorization = recording.requestHeader("Authorization");
		if (authorization != null) {
			this.admin.close();
			this.admin = KratosAdmin.builder()
				.pathPrefix("")
				.baseUrl(this.server.url())
				.bearerToken(authorization.substring("Bearer ".length()))
				.build();
		}
	}

	private void perform(Recording recording) {
		try {
			call(recording);
		}
		catch (KratosException ex) {
			assertThat(recording.status() >= 300 || isNullFlow(recording)).isTrue();
		}
	}

	private Object call(Recording recording) {
		String id = recording.target().replaceAll("\\?.*", "").replaceAll(".*/", "");
		Map<String, String> query = Request.query(recording.target())
			.stream()
			.map((parameter) -> parameter.split("="))
			.collect(Collectors.toMap((parameter) -> parameter[0], (parameter) -> parameter[1]));
		String flow = query.get("id");
		JsonNode body = recording.requestBody();
		return switch (recording.operation()) {
			case "createIdentity" -> this.admin.identities().createIdentity(createIdentity(body));
			case "createRecoveryLink" -> this.admin.recovery().createRecoveryLink(createRecoveryLink(body));
			case "deleteIdentity" -> {
				this.admin.identities().deleteIdentity(id);
				yield "nothing";
			}
			case "getIdentity" -> this.admin.identities().getIdentity(id);
			case "getSchema" -> this.admin.schemas().getSchema(id);
			case "getSelfServiceError" ->
				this.admin.selfService().getSelfServiceError(query.getOrDefault("error", "any"));
			case "getSelfServiceLoginFlow" -> this.admin.selfService().getSelfServiceLoginFlow(flow);
			case "getSelfServiceRecoveryFlow" -> this.admin.selfService().getSelfServiceRecoveryFlow(flow);
			case "getSelfServiceRegistrationFlow" -> this.admin.selfService().getSelfServiceRegistrationFlow(flow);
			case "getSelfServiceSettingsFlow" ->
				this.admin.selfService().getSelfServiceSettingsFlow(flow, recording.requestHeader("X-Session-Token"));
			case "getSelfServiceVerificationFlow" -> this.admin.selfService().getSelfServiceVerificationFlow(flow);
			case "getVersion" -> this.admin.metadata().getVersion();
			case "isAlive" -> this.admin.metadata().isAlive();
			case "isReady" -> this.admin.metadata().isReady();
			case "listIdentities" -> list(query);
			case "prometheus" -> this.admin.metadata().prometheus();
			case "updateIdentity" -> this.admin.identities().updateIdentity(id, updateIdentity(body));
			default -> throw new IllegalStateException("no call for " + recording.operation());
		};
	}

	private Page<Identity> list(Map<String, String> query) {
		if ("abc".equals(query.get("per_page"))) {
			return this.admin.identities().listIdentities(ListIdentities.builder().build());
		}
		Function<String, Integer> number = (name) -> query.containsKey(name) ? Integer.valueOf(query.get(name)) : null;
		return ((IdentityOperations) this.admin.identities()).listIdentities(number.apply("per_page"),
				number.apply("page_size"), number.apply("page"), null, null, null, null, null, null, null);
	}

	private static CreateIdentity createIdentity(JsonNode body) {
		return body.isObject()
				? CreateIdentity.builder().schemaId(text(body, "schema_id")).traits(body.get("traits")).build()
				: ANY_IDENTITY;
	}

	private static UpdateIdentity updateIdentity(JsonNode body) {
		return UpdateIdentity.builder().schemaId(text(body, "schema_id")).traits(body.get("traits")).build();
	}

	private static CreateRecoveryLink createRecoveryLink(JsonNode body) {
		Duration expiresIn = "1h".equals(body.path("expires_in").asString("")) ? Duration.ofHours(1) : null;
		return new CreateRecoveryLink(body.path("identity_id").asString("any"), expiresIn);
	}

	private static Object expected(Recording recording) {
		JsonNode body = recording.body();
		return switch (recording.operation()) {
			case "createIdentity", "getIdentity", "updateIdentity" -> identity(body);
			case "createRecoveryLink" -> recoveryLink(body);
			case "deleteIdentity" -> "nothing";
			case "getSchema" -> body;
			case "getSelfServiceError" -> selfServiceError(body);
			case "getSelfServiceLoginFlow" -> loginFlow(body);
			case "getSelfServiceRecoveryFlow" -> recoveryFlow(body);
			case "getSelfServiceRegistrationFlow" -> registrationFlow(body);
			case "getSelfServiceSettingsFlow" -> settingsFlow(body);
			case "getSelfServiceVerificationFlow" -> verificationFlow(body);
			case "getVersion" -> new Version(text(body, "version"), Map.of());
			case "isAlive" -> new HealthStatus("ok", Map.of());
			case "isReady" -> new Readiness(true, Map.of(), null);
			case "listIdentities" -> new Page<>(body.valueStream().map(RecordedResponsesTests::identity).toList(),
					nextPage(recording), null);
			case "prometheus" -> body.stringValue();
			default -> throw new IllegalStateException("nothing is expected of " + recording.operation());
		};
	}

	private static String nextPage(Recording recording) {
		String requested = recording.name().substring("listIdentities ".length());
		if (requested.equals("?per_page=3") || requested.equals("?per_page=3&page_size=3")) {
			return "first=1&seen=3&after=" + recording.body().get(2).get("id").stringValue();
		}
		return NEXT_IS_PAGE_TWO.contains(requested) ? "page=2"
				: requested.equals("?per_page=3&page=2") ? "page=3" : null;
	}

	private static Identity identity(JsonNode body) {
		checkFields(body, "id", "schema_id", "schema_url", "traits", "verifiable_addresses", "recovery_addresses",
				"created_at", "updated_at");
		return new Identity(text(body, "id"), text(body, "schema_id"), text(body, "schema_url"), null, null,
				body.get("traits"), list(body, "verifiable_addresses", RecordedResponsesTests::verifiableAddress),
				list(body, "recovery_addresses", RecordedResponsesTests::recoveryAddress), null, null, Map.of(), null,
				null, null, time(body, "created_at"), time(body, "updated_at"), Map.of());
	}

	private static VerifiableAddress verifiableAddress(JsonNode body) {
		checkFields(body, "id", "value", "verified", "via", "status", "verified_at", "created_at", "updated_at");
		return VerifiableAddress.builder()
			.id(text(body, "id"))
			.value(text(body, "value"))
			.verified(body.get("verified").booleanValue())
			.via(text(body, "via"))
			.status(text(body, "status"))
			.verifiedAt(time(body, "verified_at"))
			.createdAt(time(body, "created_at"))
			.updatedAt(time(body, "updated_at"))
			.build();
	}

	private static RecoveryAddress recoveryAddress(JsonNode body) {
		checkFields(body, "id", "value", "via", "created_at", "updated_at");
		return RecoveryAddress.builder()
			.id(text(body, "id"))
			.value(text(body, "value"))
			.via(text(body, "via"))
			.createdAt(time(body, "created_at"))
			.updatedAt(time(body, "updated_at"))
			.build();
	}

	private static RecoveryLink recoveryLink(JsonNode body) {
		checkFields(body, "recovery_link", "expires_at");
		return new RecoveryLink(text(body, "recovery_link"), time(body, "expires_at"), Map.of());
	}

	private static LoginFlow loginFlow(JsonNode body) {
		// Kratos 0.6 shows the time of storage of a login flow only.
		checkFields(body, "id", "type", "expires_at", "issued_at", "request_url", "ui", "forced", "created_at",
				"updated_at");
		return new LoginFlow(text(body, "id"), type(body), time(body, "expires_at"), time(body, "issued_at"),
				text(body, "request_url"), null, null, null, ui(body.get("ui")), body.get("forced").booleanValue(),
				false, null, null, null, null, null, null, time(body, "created_at"), time(body, "updated_at"), null,
				null, Map.of());
	}

	private static RegistrationFlow registrationFlow(JsonNode body) {
		checkFields(body, "id", "type", "expires_at", "issued_at", "request_url", "ui");
		return new RegistrationFlow(text(body, "id"), type(body), time(body, "expires_at"), time(body, "issued_at"),
				text(body, "request_url"), null, null, null, ui(body.get("ui")), null, null, null, null, null, null,
				Map.of());
	}

	private static RecoveryFlow recoveryFlow(JsonNode body) {
		checkFields(body, "id", "type", "expires_at", "issued_at", "request_url", "active", "ui", "state");
		return new RecoveryFlow(text(body, "id"), type(body), time(body, "expires_at"), time(body, "issued_at"),
				text(body, "request_url"), null, text(body, "active"), text(body, "state"), ui(body.get("ui")),
				List.of(), null, Map.of());
	}

	private static SettingsFlow settingsFlow(JsonNode body) {
		checkFields(body, "id", "type", "expires_at", "issued_at", "request_url", "ui", "identity", "state");
		return new SettingsFlow(text(body, "id"), type(body), time(body, "expires_at"), time(body, "issued_at"),
				text(body, "request_url"), null, null, text(body, "state"), ui(body.get("ui")),
				identity(body.get("identity")), null, List.of(), null, Map.of());
	}

	private static VerificationFlow verificationFlow(JsonNode body) {
		checkFields(body, "id", "type", "expires_at", "issued_at", "request_url", "ui", "state");
		return new VerificationFlow(text(body, "id"), type(body), time(body, "expires_at"), time(body, "issued_at"),
				text(body, "request_url"), null, null, text(body, "state"), ui(body.get("ui")), null, Map.of());
	}

	private static FlowType type(JsonNode body) {
		return new FlowType(text(body, "type"));
	}

	private static UiContainer ui(JsonNode body) {
		checkFields(body, "action", "method", "nodes", "messages");
		return new UiContainer(text(body, "action"), text(body, "method"),
				list(body, "nodes", RecordedResponsesTests::node),
				list(body, "messages", RecordedResponsesTests::uiText), Map.of());
	}

	private static UiNode node(JsonNode body) {
		checkFields(body, "type", "group", "attributes", "messages", "meta");
		checkFields(body.get("meta"), "label");
		assertThat(text(body, "type")).isEqualTo("input");
		JsonNode attributes = body.get("attributes");
		checkFields(attributes, "name", "type", "value", "required", "disabled");
		return new UiNode(text(body, "type"), text(body, "group"),
				new UiNodeAttributes.Input(text(attributes, "name"), text(attributes, "type"), attributes.get("value"),
						attributes.path("required").asBoolean(false), attributes.path("disabled").asBoolean(false),
						null, null, null, List.of(), null, null, null, null, null, null, Map.of()),
				list(body, "messages", RecordedResponsesTests::uiText),
				new UiNode.Meta(body.get("meta").has("label") ? uiText(body.get("meta").get("label")) : null, Map.of()),
				Map.of());
	}

	private static UiText uiText(JsonNode body) {
		checkFields(body, "id", "text", "type", "context");
		return new UiText(body.get("id").longValue(), text(body, "text"), text(body, "type"), body.get("context"),
				Map.of());
	}

	private static SelfServiceError selfServiceError(JsonNode body) {
		checkFields(body, "id", "errors", "created_at", "updated_at");
		return new SelfServiceError(text(body, "id"), null, list(body, "errors", RecordedResponsesTests::error),
				time(body, "created_at"), time(body, "updated_at"), Map.of());
	}

	private static KratosError error(JsonNode body) {
		checkFields(body, "id", "code", "status", "reason", "message", "details", "request", "debug");
		return new KratosError(text(body, "id"), body.get("code").intValue(), text(body, "status"),
				text(body, "reason"), text(body, "message"), body.get("details"), text(body, "request"),
				text(body, "debug"), Map.of());
	}

	/**
	 * Makes sure that no recorded field is left unchecked.
	 */
	private static void checkFields(JsonNode body, String... names) {
		assertThat(names).containsAll(body.propertyNames());
	}

	private static String text(JsonNode body, String name) {
		return body.path(name).asString(null);
	}

	private static Instant time(JsonNode body, String name) {
		String text = text(body, name);
		return (text != null && !text.startsWith("0001-01-01")) ? Instant.parse(text) : null;
	}

	private static <T> List<T> list(JsonNode body, String name, Function<JsonNode, T> read) {
		return body.path(name).valueStream().map(read).toList();
	}

}
