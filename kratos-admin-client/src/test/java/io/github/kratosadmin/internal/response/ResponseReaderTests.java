package io.github.kratosadmin.internal.response;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.courier.ListCourierMessages;
import io.github.kratosadmin.error.KratosException;
import io.github.kratosadmin.error.KratosNotFoundException;
import io.github.kratosadmin.error.KratosUnavailableException;
import io.github.kratosadmin.error.KratosUnreadableResponseException;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.identity.ListIdentities;
import io.github.kratosadmin.identity.UpdateIdentity;
import io.github.kratosadmin.recovery.CreateRecoveryCode;
import io.github.kratosadmin.recovery.CreateRecoveryLink;
import io.github.kratosadmin.schema.ListIdentitySchemas;
import io.github.kratosadmin.session.ListIdentitySessions;
import io.github.kratosadmin.session.ListSessions;
import io.github.kratosadmin.testing.Clients;
import io.github.kratosadmin.testing.TestServer;
import io.github.kratosadmin.testing.TestServer.StubResponse;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for responses that do not match the operation.
 */
class ResponseReaderTests {

	private static final CreateIdentity IDENTITY = CreateIdentity.builder().traits(Map.of()).build();

	private static final UpdateIdentity UPDATE = UpdateIdentity.builder().traits(Map.of()).build();

	@AutoClose
	private final TestServer server = new TestServer();

	@AutoClose
	private final KratosAdmin admin = KratosAdmin.builder().pathPrefix("").baseUrl(this.server.url()).build();

	@BeforeEach
	void knowTheVersionAlready() {
		this.server.respond(StubResponse.json("{\"version\":\"v26.2.0\"}"), StubResponse.json("[]"));
		this.admin.schemas().listIdentitySchemas(ListIdentitySchemas.builder().build());
		this.server.requests().clear();
	}

	/**
	 * Every operation whose response is JSON.
	 */
	static Stream<Named<Consumer<KratosAdmin>>> jsonOperations() {
		return Stream.of(named("createIdentity", (admin) -> admin.identities().createIdentity(IDENTITY)),
				named("getIdentity", (admin) -> admin.identities().getIdentity("x")),
				named("listIdentities", (admin) -> admin.identities().listIdentities(ListIdentities.builder().build())),
				named("updateIdentity", (admin) -> admin.identities().updateIdentity("x", UPDATE)),
				named("createRecoveryLink",
						(admin) -> admin.recovery().createRecoveryLink(new CreateRecoveryLink("x"))),
				named("createRecoveryCodeForIdentity",
						(admin) -> admin.recovery().createRecoveryCodeForIdentity(new CreateRecoveryCode("x"))),
				named("getSession", (admin) -> admin.sessions().getSession("x")),
				named("listSessions", (admin) -> admin.sessions().listSessions(ListSessions.builder().build())),
				named("listIdentitySessions",
						(admin) -> admin.sessions().listIdentitySessions("x", ListIdentitySessions.builder().build())),
				named("getCourierMessage", (admin) -> admin.courier().getCourierMessage("x")),
				named("listCourierMessages",
						(admin) -> admin.courier().listCourierMessages(ListCourierMessages.builder().build())),
				named("listIdentitySchemas",
						(admin) -> admin.schemas().listIdentitySchemas(ListIdentitySchemas.builder().build())),
				named("getSchema", (admin) -> admin.schemas().getSchema("x")),
				named("getSelfServiceError", (admin) -> admin.selfService().getSelfServiceError("x")),
				named("getSelfServiceLoginFlow", (admin) -> admin.selfService().getSelfServiceLoginFlow("x")),
				named("getSelfServiceRecoveryFlow", (admin) -> admin.selfService().getSelfServiceRecoveryFlow("x")),
				named("getSelfServiceRegistrationFlow",
						(admin) -> admin.selfService().getSelfServiceRegistrationFlow("x")),
				named("getSelfServiceSettingsFlow",
						(admin) -> admin.selfService().getSelfServiceSettingsFlow("x", null)),
				named("getSelfServiceVerificationFlow",
						(admin) -> admin.selfService().getSelfServiceVerificationFlow("x")),
				named("isAlive", (admin) -> admin.metadata().isAlive()),
				named("isReady", (admin) -> admin.metadata().isReady()),
				named("getVersion", (admin) -> admin.metadata().getVersion()));
	}

	private static Named<Consumer<KratosAdmin>> named(String operation, Consumer<KratosAdmin> call) {
		return Named.of(operation, new Consumer<>() {

			@Override
			public void accept(KratosAdmin admin) {
				call.accept(admin);
			}

			@Override
			public String toString() {
				return operation;
			}

		});
	}

	static Stream<Named<Consumer<KratosAdmin>>> typedOperations() {
		// A schema may be any JSON.
		return jsonOperations().filter((operation) -> !operation.getName().equals("getSchema"));
	}

	static Stream<Named<Consumer<KratosAdmin>>> selfServiceOperations() {
		return jsonOperations().filter((operation) -> operation.getName().startsWith("getSelfService"));
	}

	static Stream<Named<Consumer<KratosAdmin>>> operationsThatMustNotResponseNull() {
		// Lists may be null. For flows and errors, null means unknown.
		return jsonOperations().filter((operation) -> !operation.getName().matches("list.*|getSelfService.*"));
	}

	@ParameterizedTest
	@MethodSource("jsonOperations")
	void htmlIsUnreadable(Consumer<KratosAdmin> operation) {
		KratosException ex = fail(operation, StubResponse.html(200, "<html>\n<p>Sign in</p>"));
		assertThat(ex).hasMessage(operation + " got a response with status 200 that cannot be read: "
				+ "not JSON at line 1, column 1 (text/html, 21 bytes)");
	}

	@ParameterizedTest
	@MethodSource("jsonOperations")
	void truncatedJsonIsUnreadable(Consumer<KratosAdmin> operation) {
		KratosException ex = fail(operation, StubResponse.json("{\"id\": \"CANARY"));
		assertThat(ex).hasMessageStartingWith(operation + " got a response with status 200 that cannot be read: ")
			.hasMessageEndingWith(" (application/json, 14 bytes)");
	}

	@ParameterizedTest
	@MethodSource("jsonOperations")
	void anEmptyBodyIsUnreadable(Consumer<KratosAdmin> operation) {
		KratosException ex = fail(operation, StubResponse.empty(204));
		assertThat(ex)
			.hasMessageStartingWith(operation + " got a response with status 204 that cannot be read: expected ")
			.hasMessageMatching(".*: expected \\w+ \\(empty\\)");
	}

	@ParameterizedTest
	@MethodSource("typedOperations")
	void anotherJsonTypeIsUnreadable(Consumer<KratosAdmin> operation) {
		KratosException ex = fail(operation, StubResponse.json("[[\"CANARY\"]]"));
		assertThat(ex).hasMessageStartingWith(operation + " got a response with status 200 that cannot be read: ")
			.hasMessageEndingWith(" (application/json, 12 bytes)");
	}

	@ParameterizedTest
	@MethodSource("jsonOperations")
	void moreThanOneJsonDocumentIsUnreadable(Consumer<KratosAdmin> operation) {
		fail(operation,
				StubResponse.json("{\"id\":\"x\",\"status\":\"ok\",\"version\":\"x\",\"recovery_link\":\"x\"}{}"));
	}

	@ParameterizedTest
	@MethodSource("operationsThatMustNotResponseNull")
	void nullIsUnreadable(Consumer<KratosAdmin> operation) {
		KratosException ex = fail(operation, StubResponse.json("null"));
		assertThat(ex).hasMessageStartingWith(operation + " got a response with status 200 that cannot be read: ")
			.hasMessageEndingWith(" (application/json, 4 bytes)");
	}

	@Test
	void anExtendedSessionMayBeOmittedFromTheResponse() {
		this.server.respond(StubResponse.empty(204));
		assertThat(this.admin.sessions().extendSession("x")).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "{}", " { }\n" })
	void anExtendedSessionMayBeOmittedIfAGatewayTurnsThe204IntoA200(String body) {
		this.server.respond(StubResponse.json(body));
		assertThat(this.admin.sessions().extendSession("x")).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "null", "[]", "<html>", "{}{}", "{", "{}x" })
	void anExtendedSessionInTheResponseMustBeReadable(String body) {
		KratosException ex = fail((admin) -> admin.sessions().extendSession("x"), StubResponse.json(body));
		assertThat(ex).hasMessageStartingWith("extendSession got a response with status 200 that cannot be read: ");
	}

	@ParameterizedTest
	@MethodSource("selfServiceOperations")
	void aFlowOrErrorThatIsNullIsNotFound(Consumer<KratosAdmin> operation) {
		this.server.respond(StubResponse.json("null"));
		KratosException ex = catchThrowableOfType(KratosException.class, () -> operation.accept(this.admin));
		assertThat(ex).isExactlyInstanceOf(KratosNotFoundException.class)
			.hasMessage(operation + " failed with status 200: the response is null, as for an unknown flow");
	}

	@Test
	void nullIsReportedAsNull() {
		assertThat(failToGetIdentity(StubResponse.json("null"))).hasMessage(
				"getIdentity got a response with status 200 that cannot be read: it is null (application/json, 4 bytes)");
	}

	@Test
	void anIdentityWithoutIdIsUnreadable() {
		assertThat(failToGetIdentity(StubResponse.json("{\"schema_id\":\"default\"}")))
			.hasMessage("getIdentity got a response with status 200 that cannot be read: id is missing "
					+ "at line 1, column 23 (application/json, 23 bytes)");
	}

	@Test
	void anInvalidTimestampIsUnreadable() {
		assertThat(failToGetIdentity(StubResponse.json("{\"id\":\"x\",\"created_at\":\"CANARY\"}"))).hasMessage(
				"getIdentity got a response with status 200 that cannot be read: /created_at: expected Instant, "
						+ "found VALUE_STRING at line 1, column 24 (application/json, 32 bytes)");
	}

	@Test
	void aNumberWhoseExponentIsOutOfRangeIsUnreadable() {
		String number = "-1.1e99999999952205817880402";
		this.server.respond(StubResponse.json("{\"type\":" + number + "}"),
				StubResponse.json(404, "{\"error\":" + number + "}"), StubResponse.json(503, number));
		assertThatExceptionOfType(KratosUnreadableResponseException.class)
			.isThrownBy(() -> this.admin.schemas().getSchema("x"))
			.withMessageContaining("a number has an exponent that is out of range");
		assertThatExceptionOfType(KratosNotFoundException.class).isThrownBy(() -> this.admin.schemas().getSchema("x"));
		assertThat(this.admin.metadata().isReady().ready()).isFalse();
	}

	@Test
	void anArrayForAnObjectIsUnreadable() {
		assertThat(failToGetIdentity(StubResponse.json("{\"id\":\"x\",\"credentials\":[\"CANARY\"]}")))
			.hasMessageStartingWith("getIdentity got a response with status 200 that cannot be read: /credentials: "
					+ "expected LinkedHashMap, found START_ARRAY at line 1, column 25");
	}

	@Test
	void anObjectForAnArrayIsUnreadable() {
		KratosException ex = fail((admin) -> admin.identities().listIdentities(ListIdentities.builder().build()),
				StubResponse.json("{\"items\":[\"CANARY\"]}"));
		assertThat(ex)
			.hasMessage("listIdentities got a response with status 200 that cannot be read: expected ArrayList, "
					+ "found START_OBJECT at line 1, column 1 (application/json, 20 bytes)");
	}

	@Test
	void theMessageNamesTheUnreadableItemOfAList() {
		KratosException ex = fail((admin) -> admin.identities().listIdentities(ListIdentities.builder().build()),
				StubResponse.json("[{\"id\":\"x\"},{\"id\":\"x\",\"updated_at\":\"CANARY\"}]"));
		assertThat(ex).hasMessageContaining("cannot be read: /1/updated_at: expected Instant, found VALUE_STRING");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"required\":\"CANARY\"}", "{\"name\":{\"x\":\"CANARY\"}}",
			"{\"label\":{\"id\":\"CANARY\"}}" })
	void unreadableAttributesOfANodeAreNotQuoted(String attributes) {
		KratosException ex = fail((admin) -> admin.selfService().getSelfServiceLoginFlow("x"), StubResponse
			.json("{\"id\":\"x\",\"ui\":{\"nodes\":[{\"type\":\"input\",\"attributes\":" + attributes + "}]}}"));
		assertThat(ex).hasMessageContaining("/ui/nodes/0");
	}

	@ParameterizedTest
	@ValueSource(strings = { "[{\"id\":\"x\",\"verifiable_addresses\":\"CANARY\"}]",
			"[{\"id\":\"x\",\"verifiable_addresses\":[{\"verified\":\"CANARY\"}]}]",
			"[{\"id\":\"x\",\"credentials\":{\"password\":{\"version\":\"CANARY\"}}}]",
			"[{\"id\":\"x\",\"credentials\":{\"password\":{\"identifiers\":{\"a\":\"CANARY\"}}}}]",
			"[{\"id\":\"x\",\"state\":[\"CANARY\"]}]", "[{\"id\":\"x\",\"state\":{\"a\":\"CANARY\"}}]",
			"[{\"id\":\"x\",\"created_at\":\"CANARY", "[{\"id\":\"x\\\"CANARY\",\"created_at\":7,\"b\":tru}",
			"[{\"a\" : \"CANARY\" , \"b\":\"CANARY\\\\\",\"c\":\"CANARY\",,}]", "\"CANARY\"", "\uFEFF[\"CANARY\",]" })
	void stringsOfInvalidJsonAreNotShown(String body) {
		fail((admin) -> admin.identities().listIdentities(ListIdentities.builder().build()), StubResponse.json(body));
	}

	@Test
	void theContentLengthIsReportedIfTheBodyIsNotReadToItsEnd() {
		String body = "{\"created_at\":[]," + " ".repeat(100_000) + "}";
		assertThat(failToGetIdentity(StubResponse.json(body)))
			.hasMessageEndingWith(" (application/json, " + body.length() + " bytes)");
	}

	@Test
	void theNumberOfBytesReadIsReportedWithoutAContentLength() {
		String body = "{\"created_at\":[]," + " ".repeat(100_000) + "}";
		this.server.respond(StubResponse.script((connection) -> connection.getOutputStream()
			.write(("HTTP/1.1 200 -\r\nConnection: close\r\n\r\n" + body).getBytes(StandardCharsets.UTF_8))));
		assertThatExceptionOfType(KratosUnreadableResponseException.class)
			.isThrownBy(() -> this.admin.identities().getIdentity("x"))
			.satisfies((ex) -> assertThat(ex).hasMessageMatching(".* \\(no content type, at least \\d{2,5} bytes\\)"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "<html>Sign in</html>", "{\"id\":\"x\"}", "null", "[]", "{", "ok" })
	void anUnexpectedBodyIsUnreadable(String body) {
		KratosException ex = fail((admin) -> admin.identities().deleteIdentity("x"), StubResponse.of(200, body));
		assertThat(ex).hasMessage("deleteIdentity got a response with status 200 that cannot be read: "
				+ "expected no body (no content type, " + body.length() + " bytes)");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", " { }\n", "\r\n" })
	void aDeletionSucceedsIfAGatewaySendsAnEmptyObject(String body) {
		this.server.respond(StubResponse.json(200, body));
		this.admin.sessions().deleteIdentitySessions("x");
		assertThat(this.server.request()).hasToString("DELETE /identities/x/sessions");
	}

	@Test
	void aPartialResponseIsUnreadable() {
		KratosException ex = fail((admin) -> admin.identities().getIdentity("x"),
				StubResponse.json(206, "{\"id\":\"x\"}"));
		assertThat(ex).hasMessageContaining("it is partial, which was not requested");
	}

	@ParameterizedTest
	@ValueSource(ints = { 200, 202, 204 })
	void aMissingBodyIsAcceptedIfNoneIsExpected(int status) {
		this.server.respond(StubResponse.empty(status));
		this.admin.identities().deleteIdentity("x");
		assertThat(this.server.request()).hasToString("DELETE /identities/x");
	}

	@Test
	void metricsThatAreHtmlAreUnreadable() {
		KratosException ex = fail((admin) -> admin.metadata().prometheus(), StubResponse.html(200, "<p>Sign in</p>"));
		assertThat(ex).hasMessage(
				"prometheus got a response with status 200 that cannot be read: it is HTML " + "(text/html, 14 bytes)");
	}

	@Test
	void aTruncatedResponseIsNoResponse() {
		this.server.respond(StubResponse.json("{\"id\":\"x\",").cutOff());
		try (KratosAdmin admin = Clients.connect(this.server.url())) {
			KratosException ex = catchThrowableOfType(KratosException.class, () -> admin.identities().getIdentity("x"));
			assertThat(ex).isExactlyInstanceOf(KratosUnavailableException.class)
				.hasMessageStartingWith("getIdentity got no response: " + this.server.url() + ": ")
				.hasCauseInstanceOf(IOException.class);
			assertThat(ex.getStatus()).isZero();
		}
	}

	@Test
	void aTruncatedErrorIsNoResponse() {
		this.server.respond(StubResponse.json(500, "{\"error\":").cutOff());
		try (KratosAdmin admin = Clients.connect(this.server.url())) {
			assertThat(catchThrowableOfType(KratosException.class, () -> admin.identities().getIdentity("x")))
				.isExactlyInstanceOf(KratosUnavailableException.class);
		}
	}

	/**
	 * Makes the operation fail, and searches the canary in everything that a log would
	 * show.
	 */
	private KratosException fail(Consumer<KratosAdmin> operation, StubResponse response) {
		this.server.respond(response);
		KratosException ex = catchThrowableOfType(KratosException.class, () -> operation.accept(this.admin));
		assertThat(ex).isExactlyInstanceOf(KratosUnreadableResponseException.class);
		assertThat(ex.getStatus()).isEqualTo(response.status());
		for (Throwable shown : chain(ex)) {
			assertThat(shown.toString()).doesNotContain("CANARY");
		}
		return ex;
	}

	private KratosException failToGetIdentity(StubResponse response) {
		return fail((admin) -> admin.identities().getIdentity("x"), response);
	}

	private static List<Throwable> chain(Throwable ex) {
		List<Throwable> chain = new ArrayList<>();
		for (Throwable next = ex; next != null; next = next.getCause()) {
			chain.add(next);
			chain.addAll(List.of(next.getSuppressed()));
		}
		return chain;
	}

}
