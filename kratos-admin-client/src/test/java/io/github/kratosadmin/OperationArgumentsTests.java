package io.github.kratosadmin;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

import io.github.kratosadmin.TestServer.Answer;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.identity.UpdateIdentity;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.web.util.UriUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class OperationArgumentsTests {

	private static final String NOT_ENCODED = "[^A-Za-z0-9._~%-]";

	private static final List<String> IDS = List.of("cf66b8df-d5d0-4e77-b71d-0ce06b9b811a", "../sessions", "%2e%2e",
			"%2E", "a/b", "a%2Fb", "/", "//", "..;/x", "?x=1", "#f", "{id}", "${id}", "ü€😀", "a b+c", "a&b=c",
			"a\r\nb", "a\r\nX-Evil: 1", "\0", "\\", "...", "%", "%zz", "\"<>^`|", "x".repeat(10_000),
			"€".repeat(3_000));

	private static final UpdateIdentity UPDATE = UpdateIdentity.builder().traits(Map.of()).build();

	@AutoClose
	private final TestServer server = new TestServer();

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
				operation("getSchema", "GET /schemas/", (admin, id) -> admin.schemas().getSchema(id)));
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
		return Stream.concat(pathOperations(), queryOperations());
	}

	private static Arguments operation(String name, String request, BiConsumer<KratosAdmin, String> call) {
		return arguments(name, request, call);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("operations")
	void anIdIsOneEncodedPartOfTheUrl(String operation, String request, BiConsumer<KratosAdmin, String> call) {
		for (HttpLibrary library : HttpLibrary.values()) {
			try (TestServer server = new TestServer(); KratosAdmin admin = library.connect(server.url())) {
				server.otherwise((received) -> received.method().equals("DELETE") ? Answer.empty(204)
						: Answer.json("{\"id\":\"x\"}"));
				IDS.forEach((id) -> call.accept(admin, id));
				assertThat(server.requests()).hasSameSizeAs(IDS)
					.allSatisfy((received) -> assertThat(received.toString()).startsWith(request));
				List<String> sent = server.requests()
					.stream()
					.map((received) -> received.toString().substring(request.length()))
					.toList();
				assertThat(sent).allSatisfy((id) -> assertThat(id).doesNotContainPattern(NOT_ENCODED));
				assertThat(sent).map((id) -> UriUtils.decode(id, StandardCharsets.UTF_8)).isEqualTo(IDS);
				assertThat(server.requests()).allSatisfy((received) -> assertThat(received.header("X-Evil")).isNull());
			}
		}
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("operations")
	void anIdThatIsMissingIsRefused(String operation, String request, BiConsumer<KratosAdmin, String> call) {
		refuse(() -> call.accept(this.admin, null), operation + ": " + parameter(operation) + " must not be null");
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("operations")
	void anIdThatIsBlankIsRefused(String operation, String request, BiConsumer<KratosAdmin, String> call) {
		for (String id : List.of("", " ", "\t\r\n", "\u2003")) {
			refuse(() -> call.accept(this.admin, id), operation + ": " + parameter(operation) + " must not be blank");
		}
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("operations")
	void anIdOfDotsIsRefused(String operation, String request, BiConsumer<KratosAdmin, String> call) {
		for (String id : List.of(".", "..")) {
			refuse(() -> call.accept(this.admin, id),
					operation + ": " + parameter(operation) + " must not be '.' or '..'");
		}
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("operations")
	void anIdThatIsNoUnicodeIsRefused(String operation, String request, BiConsumer<KratosAdmin, String> call) {
		for (String id : List.of("\uD83D", "a\uDE00b", "\uDE00\uD83D")) {
			refuse(() -> call.accept(this.admin, id),
					operation + ": " + parameter(operation) + " must be valid Unicode");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "a\r\nX-Evil: 1", "a b", "\0", "tökén", "a\u007F" })
	void aSessionTokenThatIsNoHeaderIsRefusedWithoutShowingIt(String token) {
		refuse(() -> this.admin.selfService().getSelfServiceSettingsFlow("x", token),
				"getSelfServiceSettingsFlow: X-Session-Token must consist of visible ASCII characters, "
						+ "as a header does");
	}

	@Test
	void aSessionTokenThatIsBlankIsRefused() {
		refuse(() -> this.admin.selfService().getSelfServiceSettingsFlow("x", " "),
				"getSelfServiceSettingsFlow: X-Session-Token must not be blank");
	}

	@ParameterizedTest
	@EnumSource
	void aSessionTokenIsSentAsItIs(HttpLibrary library) {
		String token = "!#$%&'*+-.^_`|~{}%7B;,=:/?@[]\\\"()<>aZ09";
		this.server.answer(Answer.json("{\"id\":\"x\"}"));
		try (KratosAdmin admin = library.connect(this.server.url())) {
			admin.selfService().getSelfServiceSettingsFlow("x", token);
		}
		assertThat(this.server.request().header("X-Session-Token")).isEqualTo(token);
	}

	@Test
	void withoutASessionTokenThereIsNoHeader() {
		this.server.answer(Answer.json("{\"id\":\"x\"}"));
		this.admin.selfService().getSelfServiceSettingsFlow("x", null);
		assertThat(this.server.request().headers()).doesNotContainKey("X-Session-Token");
	}

	@Test
	void aBodyThatIsMissingIsRefused() {
		refuse(() -> this.admin.identities().createIdentity(null), "createIdentity: identity must not be null");
		refuse(() -> this.admin.identities().updateIdentity("x", null), "updateIdentity: identity must not be null");
		refuse(() -> this.admin.recovery().createRecoveryLink(null), "createRecoveryLink: link must not be null");
	}

	@Test
	void aQueryThatIsMissingIsRefused() {
		refuse(() -> this.admin.identities().listIdentities(null), "listIdentities: query must not be null");
		refuse(() -> this.admin.identities().streamIdentities(null), "streamIdentities: query must not be null");
	}

	@Test
	void aBodyMayHoldWhateverLooksLikeATemplate() {
		this.server.answer(Answer.json("{\"id\":\"x\"}"));
		this.admin.identities().createIdentity(CreateIdentity.builder().traits(Map.of("a", "{id} %7B + ${x}")).build());
		assertThat(this.server.request().body()).isEqualTo("{\"traits\":{\"a\":\"{id} %7B + ${x}\"}}");
	}

	@Test
	void groupsOfOperationsAreObjectsLikeOthers() {
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
		return operation.equals("getSelfServiceError") ? "error" : "id";
	}

}
