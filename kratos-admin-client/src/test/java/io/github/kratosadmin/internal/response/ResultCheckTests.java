package io.github.kratosadmin.internal.response;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.courier.ListCourierMessages;
import io.github.kratosadmin.error.KratosUnreadableResponseException;
import io.github.kratosadmin.identity.BatchPatchIdentities;
import io.github.kratosadmin.identity.BatchPatchIdentities.IdentityPatch;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.identity.IdentityPath;
import io.github.kratosadmin.identity.IdentityState;
import io.github.kratosadmin.identity.ImportCredentials;
import io.github.kratosadmin.identity.JsonPatch;
import io.github.kratosadmin.identity.UpdateIdentity;
import io.github.kratosadmin.identity.WebAuthnCredential;
import io.github.kratosadmin.recovery.CreateRecoveryCode;
import io.github.kratosadmin.recovery.CreateRecoveryLink;
import io.github.kratosadmin.session.ListIdentitySessions;
import io.github.kratosadmin.testing.TestServer;
import io.github.kratosadmin.testing.TestServer.Request;
import io.github.kratosadmin.testing.TestServer.StubResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Tests for results that belong to another request.
 */
class ResultCheckTests {

	private static final String A = "0a0a0a0a-0000-4000-8000-00000000000a";

	private static final String B = "0b0b0b0b-0000-4000-8000-00000000000b";

	private static final UpdateIdentity UPDATE = UpdateIdentity.builder().schemaId("default").traits(Map.of()).build();

	private static final JsonPatch PATCH = JsonPatch.builder()
		.replace(IdentityPath.state(), IdentityState.INACTIVE)
		.build();

	@AutoClose
	private final TestServer server = new TestServer().version("v26.2.0");

	@AutoClose
	private final KratosAdmin admin = KratosAdmin.builder()
		.baseUrl(this.server.url())
		.pathPrefix("")
		.maxConnections(1)
		.build();

	static Stream<Named<Consumer<KratosAdmin>>> reads() {
		return Stream.of(call("getIdentity", (admin) -> admin.identities().getIdentity(B)),
				call("getIdentityByExternalID", (admin) -> admin.identities().getIdentityByExternalID("b")),
				call("getSession", (admin) -> admin.sessions().getSession(B)),
				call("listIdentitySessions",
						(admin) -> admin.sessions().listIdentitySessions(B, ListIdentitySessions.builder().build())),
				call("listCourierMessages",
						(admin) -> admin.courier()
							.listCourierMessages(ListCourierMessages.builder().recipient("b@example.test").build())),
				call("getCourierMessage", (admin) -> admin.courier().getCourierMessage(B)),
				call("getSelfServiceError", (admin) -> admin.selfService().getSelfServiceError(B)),
				call("getSelfServiceLoginFlow", (admin) -> admin.selfService().getSelfServiceLoginFlow(B)),
				call("getSelfServiceRegistrationFlow",
						(admin) -> admin.selfService().getSelfServiceRegistrationFlow(B)),
				call("getSelfServiceRecoveryFlow", (admin) -> admin.selfService().getSelfServiceRecoveryFlow(B)),
				call("getSelfServiceSettingsFlow", (admin) -> admin.selfService().getSelfServiceSettingsFlow(B, null)),
				call("getSelfServiceVerificationFlow",
						(admin) -> admin.selfService().getSelfServiceVerificationFlow(B)));
	}

	static Stream<Named<Consumer<KratosAdmin>>> changes() {
		return Stream.of(call("updateIdentity", (admin) -> admin.identities().updateIdentity(B, UPDATE)),
				call("patchIdentity", (admin) -> admin.identities().patchIdentity(B, PATCH)),
				call("extendSession", (admin) -> admin.sessions().extendSession(B)),
				call("createIdentity with another schema",
						(admin) -> admin.identities()
							.createIdentity(CreateIdentity.builder().schemaId("customer").traits(Map.of()).build())),
				call("createIdentity with another external id",
						(admin) -> admin.identities()
							.createIdentity(CreateIdentity.builder().externalId("b").traits(Map.of()).build())),
				call("createIdentity with other traits", (admin) -> admin.identities()
					.createIdentity(CreateIdentity.builder().traits(Map.of("email", "b@example.test")).build())),
				call("createIdentity with another address",
						(admin) -> admin.identities()
							.createIdentity(CreateIdentity.builder()
								.traits(Map.of("email", "b@example.test", "country", "DE"))
								.build())));
	}

	private static Named<Consumer<KratosAdmin>> call(String name, Consumer<KratosAdmin> call) {
		return Named.of(name, call);
	}

	/** Responds to every request with the data of A. */
	private static StubResponse ofA(Request request) {
		String identity = "{\"id\":\"" + A + "\",\"schema_id\":\"default\",\"external_id\":\"a\","
				+ "\"traits\":{\"email\":\"a@example.test\",\"country\":\"DE\"},\"identity\":{\"id\":\"" + A + "\"},"
				+ "\"recipient\":\"a@example.test\",\"status\":\"sent\"}";
		boolean list = request.path().endsWith("/sessions") || request.path().endsWith("/messages");
		return StubResponse.json(list ? "[" + identity + "]" : identity);
	}

	@ParameterizedTest
	@MethodSource("reads")
	void aResultOfAnotherRequestIsUnreadableAndClosesTheConnection(Consumer<KratosAdmin> call) {
		this.server.otherwise(ResultCheckTests::ofA);
		assertThatExceptionOfType(KratosUnreadableResponseException.class).isThrownBy(() -> call.accept(this.admin))
			.withMessageNotContaining("may still have been carried out");
		assertThatExceptionOfType(KratosUnreadableResponseException.class).isThrownBy(() -> call.accept(this.admin));
		assertThat(this.server.connections()).isEqualTo(2);
	}

	@ParameterizedTest
	@MethodSource("changes")
	void aChangeWithAResultOfAnotherRequestMayHaveBeenCarriedOut(Consumer<KratosAdmin> call) {
		this.server.otherwise(ResultCheckTests::ofA);
		assertThatExceptionOfType(KratosUnreadableResponseException.class).isThrownBy(() -> call.accept(this.admin))
			.withMessageEndingWith("; the change may still have been carried out");
		assertThatExceptionOfType(KratosUnreadableResponseException.class).isThrownBy(() -> call.accept(this.admin));
		assertThat(this.server.requests()).hasSize(2);
		assertThat(this.server.connections()).isEqualTo(2);
	}

	/**
	 * MySQL and MariaDB ignore case, accents and trailing spaces.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "a@example.test", "A@Example.TEST", "a@example.test  ", "\u00e1@example.test" })
	void recipientsAreComparedLikeEveryDatabaseOfKratosDoes(String recipient) {
		this.server.otherwise((request) -> ofA(request).header("Link", "</x?page_token=x>; rel=\"first\""));
		ListCourierMessages query = ListCourierMessages.builder().recipient(recipient).build();
		assertThat(this.admin.courier().listCourierMessages(query).items()).hasSize(1);
	}

	@Test
	void messagesWithoutARecipientDoNotMatchARecipient() {
		this.server.otherwise((request) -> StubResponse.json("[{\"id\":\"" + A + "\"}]"));
		ListCourierMessages query = ListCourierMessages.builder().recipient("a@example.test").build();
		assertThatExceptionOfType(KratosUnreadableResponseException.class)
			.isThrownBy(() -> this.admin.courier().listCourierMessages(query))
			.withMessageNotContaining("a@example.test");
	}

	@Test
	void anAdditionalResponseDoesNotShiftTheFollowingOnes() {
		this.server
			.otherwise((request) -> StubResponse.json("{\"id\":\"" + request.path().replaceFirst(".*/", "") + "\"}"));
		this.server.respond(StubResponse.script((connection) -> {
			String body = "{\"id\":\"" + A + "\"}";
			String response = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
					+ "\r\n\r\n" + body;
			connection.getOutputStream().write((response + response).getBytes());
			TestServer.awaitEnd(connection);
		}));
		assertThat(this.admin.identities().getIdentity(A).id()).isEqualTo(A);
		assertThat(this.admin.identities().getIdentity(B).id()).isEqualTo(B);
	}

	static Stream<Named<Function<KratosAdmin, Object>>> unnamed() {
		return Stream.of(
				Named.of("createRecoveryLink",
						(admin) -> admin.recovery().createRecoveryLink(new CreateRecoveryLink(B)).recoveryLink()),
				Named.of("createRecoveryCodeForIdentity",
						(admin) -> admin.recovery()
							.createRecoveryCodeForIdentity(new CreateRecoveryCode(B))
							.recoveryCode()),
				Named.of("getSchema", (admin) -> admin.schemas().getSchema("b").path("of").stringValue()));
	}

	private static StubResponse unnamed(String of) {
		return StubResponse.json("{\"id\":\"" + A + "\",\"recovery_link\":\"" + of + "\",\"recovery_code\":\"" + of
				+ "\",\"expires_at\":\"2030-01-01T00:00:00Z\",\"of\":\"" + of + "\"}");
	}

	@ParameterizedTest
	@MethodSource("unnamed")
	void aResultThatDoesNotShowItsRequestIsReadOnANewConnection(Function<KratosAdmin, Object> call) {
		this.server.respond(TestServer.twice(unnamed("a"))).otherwise((request) -> unnamed("b"));
		this.admin.identities().getIdentity(A);
		assertThat(call.apply(this.admin)).isEqualTo("b");
		assertThat(call.apply(this.admin)).isEqualTo("b");
		this.admin.identities().getIdentity(A);
		assertThat(this.server.connections()).isGreaterThanOrEqualTo(4);
	}

	@Test
	void anIdentityWithOtherIdentifiersIsThatOfAnotherRequest() {
		this.server
			.respond(TestServer.twice(StubResponse.json("[{\"id\":\"" + A + "\",\"credentials\":{\"password\":"
					+ "{\"identifiers\":[\"a@example.test\"]}}}]")))
			.otherwise((request) -> StubResponse.json("[{\"id\":\"" + B + "\",\"credentials\":{\"password\":"
					+ "{\"identifiers\":[\"b@example.test\"]}}}]"));
		try (KratosAdmin admin = KratosAdmin.builder().baseUrl(this.server.url()).pathPrefix("").build()) {
			assertThat(admin.identities().findByCredentialsIdentifier("a@example.test").orElseThrow().id())
				.isEqualTo(A);
			assertThatExceptionOfType(KratosUnreadableResponseException.class)
				.isThrownBy(() -> admin.identities().findByCredentialsIdentifier("b@example.test"))
				.withMessageContaining("this is the response to another request");
		}
	}

	@Test
	void anEmptySchemaIdStandsForTheDefaultSchema() {
		this.server.otherwise((request) -> StubResponse.json(201, "{\"id\":\"" + A + "\",\"schema_id\":\"default\"}"));
		CreateIdentity identity = CreateIdentity.builder().schemaId("").traits(Map.of()).build();
		assertThat(this.admin.identities().createIdentity(identity).id()).isEqualTo(A);
	}

	@Test
	void anIdentityIsNotUpdatedFromAnotherOne() {
		this.server.otherwise(ResultCheckTests::ofA);
		assertThatExceptionOfType(KratosUnreadableResponseException.class).isThrownBy(
				() -> this.admin.identities().updateIdentity(B, (identity) -> UpdateIdentity.from(identity).build()));
		assertThat(this.server.requests()).allMatch((request) -> request.method().equals("GET"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "0A0A0A0A-0000-4000-8000-00000000000A", "0a0a0a0a00004000800000000000000a",
			"{0a0a0a0a-0000-4000-8000-00000000000a}", "urn:uuid:0a0a0a0a-0000-4000-8000-00000000000a" })
	void idsAreComparedAsUuids(String id) {
		this.server.otherwise(ResultCheckTests::ofA);
		assertThat(this.admin.identities().getIdentity(id).id()).isEqualTo(A);
		assertThat(this.admin.sessions().extendSession(id)).isPresent();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", ",\"external_id\":\"other\"" })
	void anUpdateThatLosesTheExternalIdFails(String externalId) {
		this.server.otherwise((request) -> StubResponse.json("{\"id\":\"" + A + "\"" + externalId + "}"));
		UpdateIdentity update = UpdateIdentity.builder().traits(Map.of()).externalId("a").build();
		assertThatExceptionOfType(KratosUnreadableResponseException.class)
			.isThrownBy(() -> this.admin.identities().updateIdentity(A, update))
			.withMessageContaining("the server has ignored the external id, and carried out the rest");
	}

	static Stream<Arguments> factors() {
		WebAuthnCredential key = WebAuthnCredential.builder(new byte[] { 1 }, new byte[] { 2 }).build();
		return Stream.of(arguments("totp", ImportCredentials.builder().totp("otpauth://totp/x?secret=y").build()),
				arguments("lookup_secret", ImportCredentials.builder().lookupSecret("a").build()),
				arguments("webauthn", ImportCredentials.builder().webauthn(key).build()), arguments("passkey",
						ImportCredentials.builder().passkey(key).passkeyUserHandle(new byte[] { 3 }).build()));
	}

	@ParameterizedTest
	@MethodSource("factors")
	void anUpdateThatLosesASecondFactorFails(String type, ImportCredentials credentials) {
		this.server.version("master");
		String[] types = { "password" };
		this.server.otherwise((request) -> StubResponse
			.json("{\"id\":\"" + A + "\",\"credentials\":{\"" + types[0] + "\":{\"type\":\"" + types[0] + "\"}}}"));
		UpdateIdentity update = UpdateIdentity.builder().traits(Map.of()).credentials(credentials).build();
		assertThatExceptionOfType(KratosUnreadableResponseException.class)
			.isThrownBy(() -> this.admin.identities().updateIdentity(A, update))
			.withMessageContaining(
					"the server has ignored the credentials of type " + type + ", and carried out the rest");
		types[0] = type;
		assertThat(this.admin.identities().updateIdentity(A, update).id()).isEqualTo(A);
	}

	@Test
	void aStubOfAnErrorHasAnotherId() {
		this.server.otherwise(ResultCheckTests::ofA);
		assertThat(this.admin.selfService().getSelfServiceError("stub:500").id()).isEqualTo(A);
	}

	@ParameterizedTest
	@CsvSource({ "+49 176 1234, +491761234", "+49 (0) 176 1234, +491761234", "A@Example.test, a@example.test",
			"a@example.test, a@example.test" })
	void kratosMayWriteTraitsDifferently(String sent, String stored) {
		this.server.respond(
				StubResponse.json(201, "{\"id\":\"" + A + "\",\"traits\":{\"x\":\"" + stored + "\",\"y\":[1.0]}}"));
		CreateIdentity create = CreateIdentity.builder().traits(Map.of("x", sent, "y", List.of(1))).build();
		assertThat(this.admin.identities().createIdentity(create).id()).isEqualTo(A);
	}

	@ParameterizedTest
	@ValueSource(strings = { A + "\"},{\"action\":\"create\",\"patch_id\":\"" + B, B })
	void resultsOfAnotherBatchAreUnreadableAndCloseTheConnection(String patchIds) {
		this.server.otherwise((request) -> StubResponse
			.json("{\"identities\":[{\"action\":\"create\",\"patch_id\":\"" + patchIds + "\"}]}"));
		BatchPatchIdentities batch = batch(A);
		for (int i = 0; i < 2; i++) {
			assertThatExceptionOfType(KratosUnreadableResponseException.class)
				.isThrownBy(() -> this.admin.identities().batchPatchIdentities(batch))
				.withMessageEndingWith("; the change may still have been carried out");
		}
		assertThat(this.server.connections()).isEqualTo(2);
	}

	@Test
	void patchIdsAreComparedAsUuids() {
		this.server.otherwise((request) -> StubResponse
			.json("{\"identities\":[{\"action\":\"create\",\"patch_id\":\"" + A + "\"}]}"));
		assertThat(this.admin.identities().batchPatchIdentities(batch(A.toUpperCase(Locale.ROOT))).identities())
			.hasSize(1);
	}

	@Test
	void anIdentityOfABatchNeedsNoPatchId() {
		this.server.otherwise((request) -> StubResponse.json("{\"identities\":[{\"action\":\"create\"}]}"));
		assertThat(this.admin.identities().batchPatchIdentities(batch(null)).identities()).hasSize(1);
		assertThat(this.admin.identities().batchPatchIdentities(batch(A)).identities()).hasSize(1);
	}

	private static BatchPatchIdentities batch(@Nullable String patchId) {
		return new BatchPatchIdentities(
				List.of(new IdentityPatch(CreateIdentity.builder().traits(Map.of()).build(), patchId)));
	}

}
