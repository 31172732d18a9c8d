package io.github.kratosadmin.internal.operation;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.courier.CourierMessageStatus;
import io.github.kratosadmin.error.KratosUnreadableResponseException;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.identity.CredentialsType;
import io.github.kratosadmin.identity.UpdateIdentity;
import io.github.kratosadmin.internal.feign.CourierOperations;
import io.github.kratosadmin.internal.feign.SchemaOperations;
import io.github.kratosadmin.internal.feign.SessionOperations;
import io.github.kratosadmin.recovery.CreateRecoveryLink;
import io.github.kratosadmin.session.ListIdentitySessions;
import io.github.kratosadmin.session.ListSessions;
import io.github.kratosadmin.session.SessionExpand;
import io.github.kratosadmin.testing.Clients;
import io.github.kratosadmin.testing.TestServer;
import io.github.kratosadmin.testing.TestServer.Request;
import io.github.kratosadmin.testing.TestServer.StubResponse;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.web.util.UriUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class OperationTests {

	private static final String NOT_ENCODED = "[^A-Za-z0-9._~%-]";

	private static final List<String> IDS = List.of("cf66b8df-d5d0-4e77-b71d-0ce06b9b811a", "../sessions", "%2e%2e",
			"%2E", "a/b", "a%2Fb", "/", "//", "..;/x", "?x=1", "#f", "{id}", "${id}", "ü€😀", "a b+c", "a&b=c",
			"a\r\nb", "a\r\nX-Evil: 1", "\0", "\\", "...", "%", "%zz", "\"<>^`|", "x".repeat(10_000),
			"€".repeat(3_000));

	private static final UpdateIdentity UPDATE = UpdateIdentity.builder().traits(Map.of()).build();

	@AutoClose
	private final TestServer server = new TestServer().version("v26.2.0");

	@AutoClose
	private final KratosAdmin admin = KratosAdmin.builder().pathPrefix("").baseUrl(this.server.url()).build();

	/**
	 * Every operation with an id in its path: the name, the path up to the id, the call.
	 */
	static Stream<Arguments> pathOperations() {
		return Stream.of(
				operation("getIdentity", "GET /identities/", (admin, id) -> admin.identities().getIdentity(id)),
				operation("updateIdentity", "PUT /identities/",
						(admin, id) -> admin.identities().updateIdentity(id, UPDATE)),
				operation("deleteIdentity", "DELETE /identities/",
						(admin, id) -> admin.identities().deleteIdentity(id)),
				operation("getIdentityByExternalID", "GET /identities/by/external/",
						(admin, id) -> admin.identities().getIdentityByExternalID(id)),
				operation("getSession", "GET /sessions/", (admin, id) -> admin.sessions().getSession(id)),
				operation("disableSession", "DELETE /sessions/", (admin, id) -> admin.sessions().disableSession(id)),
				operation("getCourierMessage", "GET /courier/messages/",
						(admin, id) -> admin.courier().getCourierMessage(id)),
				operation("getSchema", "GET /schemas/", (admin, id) -> admin.schemas().getSchema(id)));
	}

	/**
	 * Every operation with an id in the middle of its path: the name, the path up to the
	 * id, the path after it, the call.
	 */
	static Stream<Arguments> middleOperations() {
		return Stream.of(
				arguments("extendSession", "PATCH /sessions/", "/extend",
						call((admin, id) -> admin.sessions().extendSession(id))),
				arguments(
						"listIdentitySessions", "GET /identities/", "/sessions?per_page=1000",
						call((admin, id) -> admin
							.sessions()
							.listIdentitySessions(id, ListIdentitySessions.builder().build()))),
				arguments("deleteIdentitySessions", "DELETE /identities/", "/sessions",
						call((admin, id) -> admin.sessions().deleteIdentitySessions(id))),
				arguments("deleteIdentityCredentials", "DELETE /identities/", "/credentials/totp", call(
						(admin, id) -> admin.identities().deleteIdentityCredentials(id, CredentialsType.TOTP, null))));
	}

	private static BiConsumer<KratosAdmin, String> call(BiConsumer<KratosAdmin, String> call) {
		return call;
	}

	/**
	 * Every operation with an id in its query: the name, the target up to the id, the
	 * call.
	 */
	static Stream<Arguments> queryOperations() {
		return Stream.of(
				operation("getSelfServiceError", "GET /self-service/errors?error=",
						(admin, id) -> admin.selfService().getSelfServiceError(id)),
				operation("getSelfServiceLoginFlow", "GET /self-service/login/flows?id=",
						(admin, id) -> admin.selfService().getSelfServiceLoginFlow(id)),
				operation("getSelfServiceRegistrationFlow", "GET /self-service/registration/flows?id=",
						(admin, id) -> admin.selfService().getSelfServiceRegistrationFlow(id)),
				operation("getSelfServiceRecoveryFlow", "GET /self-service/recovery/flows?id=",
						(admin, id) -> admin.selfService().getSelfServiceRecoveryFlow(id)),
				operation("getSelfServiceSettingsFlow", "GET /self-service/settings/flows?id=",
						(admin, id) -> admin.selfService().getSelfServiceSettingsFlow(id, null)),
				operation("getSelfServiceVerificationFlow", "GET /self-service/verification/flows?id=",
						(admin, id) -> admin.selfService().getSelfServiceVerificationFlow(id)));
	}

	static Stream<Arguments> operations() {
		return Stream
			.of(pathOperations(), queryOperations(),
					middleOperations().map((middle) -> arguments(middle.get()[0], middle.get()[1], middle.get()[3])))
			.flatMap((operations) -> operations);
	}

	static Stream<Arguments> operationsAndTheRest() {
		return Stream.concat(
				Stream.concat(pathOperations(), queryOperations())
					.map((operation) -> arguments(operation.get()[0], operation.get()[1], "", operation.get()[2])),
				middleOperations());
	}

	private static Arguments operation(String name, String request, BiConsumer<KratosAdmin, String> call) {
		return arguments(name, request, call);
	}

	/** The response belongs to another id. */
	private static void send(KratosAdmin admin, String id, BiConsumer<KratosAdmin, String> call) {
		try {
			call.accept(admin, id);
		}
		catch (KratosUnreadableResponseException ex) {
			assertThat(ex).hasMessageContaining("it has another ");
		}
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("operationsAndTheRest")
	void anIdIsOneEncodedPartOfTheUrl(String operation, String request, String rest,
			BiConsumer<KratosAdmin, String> call) {
		try (TestServer server = new TestServer().version("v26.2.0");
				KratosAdmin admin = Clients.connect(server.url())) {
			server.otherwise(OperationTests::respond);
			IDS.forEach((id) -> send(admin, id, call));
			assertThat(server.requests()).hasSameSizeAs(IDS)
				.allSatisfy((received) -> assertThat(received.toString()).startsWith(request).endsWith(rest));
			List<String> sent = server.requests()
				.stream()
				.map((received) -> received.toString())
				.map((received) -> received.substring(request.length(), received.length() - rest.length()))
				.toList();
			assertThat(sent).allSatisfy((id) -> assertThat(id).doesNotContainPattern(NOT_ENCODED));
			assertThat(sent).map((id) -> UriUtils.decode(id, StandardCharsets.UTF_8))
				.isEqualTo(operation.equals("getSchema") ? IDS.stream().map(OperationTests::schemaId).toList() : IDS);
			assertThat(server.requests()).allSatisfy((received) -> assertThat(received.header("X-Evil")).isNull());
		}
	}

	private static String schemaId(String id) {
		return SchemaIdEncoder.isSpecial(id) ? String.valueOf(SchemaIdEncoder.encode(id, null, null)) : id;
	}

	private static StubResponse respond(Request received) {
		if (received.method().equals("DELETE")) {
			return StubResponse.empty(204);
		}
		return StubResponse.json(received.path().matches("/identities/[^/]+/sessions|/courier/messages|/sessions")
				? "[]" : "{\"id\":\"x\"}");
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("operations")
	void aMissingIdIsRejected(String operation, String request, BiConsumer<KratosAdmin, String> call) {
		// For a method of the client itself, the parameter has its Java name.
		String parameter = switch (operation) {
			case "getIdentityByExternalID" -> "externalId";
			case "listIdentitySessions" -> "identityId";
			default -> parameter(operation);
		};
		refuse(() -> call.accept(this.admin, null), operation + ": " + parameter + " must not be null");
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("operations")
	void aBlankIdIsRejected(String operation, String request, BiConsumer<KratosAdmin, String> call) {
		for (String id : List.of("", " ", "\t\r\n", "\u2003")) {
			refuse(() -> call.accept(this.admin, id), operation + ": " + parameter(operation) + " must not be blank");
		}
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("operations")
	void anIdOfDotsIsRejected(String operation, String request, BiConsumer<KratosAdmin, String> call) {
		for (String id : List.of(".", "..")) {
			refuse(() -> call.accept(this.admin, id),
					operation + ": " + parameter(operation) + " must not be '.' or '..'");
		}
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("operations")
	void anIdWithInvalidUnicodeIsRejected(String operation, String request, BiConsumer<KratosAdmin, String> call) {
		for (String id : List.of("\uD83D", "a\uDE00b", "\uDE00\uD83D")) {
			refuse(() -> call.accept(this.admin, id),
					operation + ": " + parameter(operation) + " must be valid Unicode");
		}
	}

	/**
	 * Texts of queries: the name of the parameter, the call.
	 */
	static Stream<Arguments> texts() {
		return Stream.of(
				arguments("page_token", call(
						(admin, text) -> ((SessionOperations) admin.sessions()).listSessions(null, text, null, null))),
				arguments("expand",
						call((admin, text) -> admin.sessions().getSession("x", List.of(new SessionExpand(text))))),
				arguments("page_token",
						call((admin, text) -> ((CourierOperations) admin.courier()).listCourierMessages(null, null,
								null, text, null, null))),
				arguments("status",
						call((admin, text) -> ((CourierOperations) admin.courier()).listCourierMessages(null, null,
								null, null, new CourierMessageStatus(text), null))),
				arguments("recipient",
						call((admin, text) -> ((CourierOperations) admin.courier()).listCourierMessages(null, null,
								null, null, null, text))),
				arguments("return_to",
						call((admin, text) -> admin.recovery().createRecoveryLink(new CreateRecoveryLink("x"), text))),
				arguments("identifier", call((admin, text) -> admin.identities()
					.deleteIdentityCredentials("x", CredentialsType.OIDC, text))));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("texts")
	void aTextIsOneEncodedValueOfTheQuery(String parameter, BiConsumer<KratosAdmin, String> call) {
		this.server.otherwise((received) -> received.path().endsWith("link")
				? StubResponse.json("{\"recovery_link\":\"x\"}") : respond(received));
		IDS.forEach((text) -> call.accept(this.admin, text));
		assertThat(this.server.requests()).extracting(Request::query)
			.containsExactlyElementsOf(IDS.stream().map((text) -> List.of(parameter + "=" + text)).toList());
	}

	@ParameterizedTest
	@ValueSource(strings = { ".", "..", " ", "" })
	void aTypeOfCredentialsThatLeadsToAnotherPathIsRejected(String type) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.admin.identities().deleteIdentityCredentials("x", new CredentialsType(type), null))
			.withMessageStartingWith("deleteIdentityCredentials: type must not be ");
		assertThat(this.server.requests()).isEmpty();
	}

	@Test
	void aTypeOfCredentialsIsOneEncodedPartOfTheUrl() {
		this.server.respond(StubResponse.empty(204));
		this.admin.identities().deleteIdentityCredentials("x", new CredentialsType("%2e%2e/a"), null);
		assertThat(this.server.request()).hasToString("DELETE /identities/x/credentials/%252e%252e%2Fa");
	}

	@Test
	void theExpandParameterIsRepeated() {
		this.server.respond(StubResponse.json("[]"));
		this.admin.sessions()
			.listSessions(
					ListSessions.builder().active(true).expand(SessionExpand.IDENTITY, SessionExpand.DEVICES).build());
		assertThat(this.server.request())
			.hasToString("GET /sessions?page_size=250&active=true&expand=identity&expand=devices");
	}

	@Test
	void parametersThatAreNotSetAreNotSent() {
		this.server.otherwise((received) -> StubResponse.json("[]"));
		((SessionOperations) this.admin.sessions()).listSessions(null, null, null, null);
		((SessionOperations) this.admin.sessions()).listIdentitySessions("x", null, null, null);
		((SchemaOperations) this.admin.schemas()).listIdentitySchemas(null, null);
		((CourierOperations) this.admin.courier()).listCourierMessages(null, null, null, null, null, null);
		assertThat(this.server.requests()).extracting(Request::target)
			.containsExactly("/sessions", "/identities/x/sessions", "/schemas", "/courier/messages");
	}

	@ParameterizedTest
	@ValueSource(strings = { "a\r\nX-Evil: 1", "a b", "\0", "tökén", "a\u007F" })
	void anInvalidSessionTokenIsRejectedWithoutShowingIt(String token) {
		refuse(() -> this.admin.selfService().getSelfServiceSettingsFlow("x", token),
				"getSelfServiceSettingsFlow: X-Session-Token must consist of visible ASCII characters, "
						+ "as it is sent as a header");
	}

	@Test
	void aBlankSessionTokenIsRejected() {
		refuse(() -> this.admin.selfService().getSelfServiceSettingsFlow("x", " "),
				"getSelfServiceSettingsFlow: X-Session-Token must not be blank");
	}

	@Test
	void aSessionTokenIsSentUnchanged() {
		String token = "!#$%&'*+-.^_`|~{}%7B;,=:/?@[]\\\"()<>aZ09";
		this.server.respond(StubResponse.json("{\"id\":\"x\"}"));
		try (KratosAdmin admin = Clients.connect(this.server.url())) {
			admin.selfService().getSelfServiceSettingsFlow("x", token);
		}
		assertThat(this.server.request().header("X-Session-Token")).isEqualTo(token);
	}

	@Test
	void withoutASessionTokenThereIsNoHeader() {
		this.server.respond(StubResponse.json("{\"id\":\"x\"}"));
		this.admin.selfService().getSelfServiceSettingsFlow("x", null);
		assertThat(this.server.request().headers()).doesNotContainKey("X-Session-Token");
	}

	@Test
	void aMissingBodyIsRejected() {
		refuse(() -> this.admin.identities().createIdentity(null), "createIdentity: identity must not be null");
		refuse(() -> this.admin.identities().updateIdentity("x", (UpdateIdentity) null),
				"updateIdentity: identity must not be null");
		refuse(() -> this.admin.recovery().createRecoveryLink(null), "createRecoveryLink: link must not be null");
	}

	@Test
	void aMissingQueryIsRejected() {
		refuse(() -> this.admin.identities().listIdentities(null), "listIdentities: query must not be null");
		refuse(() -> this.admin.identities().streamIdentities(null), "streamIdentities: query must not be null");
	}

	@Test
	void aBodyMayContainTextThatLooksLikeATemplate() {
		this.server.respond(StubResponse.json("{\"id\":\"x\"}"));
		this.admin.identities().createIdentity(CreateIdentity.builder().traits(Map.of("a", "{id} %7B + ${x}")).build());
		assertThat(this.server.request().body()).isEqualTo("{\"traits\":{\"a\":\"{id} %7B + ${x}\"}}");
	}

	@Test
	void groupsOfOperationsHaveTheMethodsOfObject() {
		assertThat(this.admin.identities()).isEqualTo(this.admin.identities())
			.isNotEqualTo(this.admin.recovery())
			.isNotEqualTo(null)
			.hasSameHashCodeAs(this.admin.identities())
			.hasToString("IdentityApi(" + this.server.url() + ")");
	}

	private void refuse(ThrowingCallable call, String message) {
		assertThatIllegalArgumentException().isThrownBy(call).withMessage(message);
		assertThat(this.server.requests()).isEmpty();
	}

	private static String parameter(String operation) {
		return switch (operation) {
			case "getSelfServiceError" -> "error";
			case "getIdentityByExternalID" -> "externalID";
			default -> "id";
		};
	}

}
