package io.github.kratosadmin.session;

import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import io.github.kratosadmin.error.KratosUnreadableResponseException;
import io.github.kratosadmin.internal.json.KratosJson;
import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.session.ManageSessions.Confirmation;
import io.github.kratosadmin.testing.TestServer;
import io.github.kratosadmin.testing.TestServer.StubResponse;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ManageSessionsTests {

	private static final String ID = "cf66b8df-d5d0-4e77-b71d-0ce06b9b811a";

	private static final String NEEDS_CONFIRMATION = "'*' is not an id: to end the sessions of everybody, use"
			+ " ManageSessions.ofEverybody with a confirmation";

	@AutoClose
	private final TestServer server = new TestServer().version("v26.2.1-next");

	@AutoClose
	private final KratosAdmin admin = KratosAdmin.builder().pathPrefix("").baseUrl(this.server.url()).build();

	@Test
	void theSessionsOfIdentitiesAreSentByTheirIds() {
		this.server.respond(StubResponse.json("{\"processed\":3,\"more\":false}"));
		ManageSessionsResult result = this.admin.sessions()
			.manageSessions(ManageSessions.ofIdentities(ManageSessionsAction.DISABLE, List.of(ID)));
		assertThat(result.processed()).isEqualTo(3);
		assertThat(result.more()).isFalse();
		assertThat(this.server.request()).hasToString("POST /sessions");
		assertThat(this.server.request().body()).isEqualTo("{\"action\":\"disable\",\"identities\":[\"" + ID + "\"]}");
	}

	@Test
	void sessionsAreSentByTheirIds() {
		assertThat(json(ManageSessions.ofSessions(ManageSessionsAction.DELETE, List.of(ID))))
			.isEqualTo("{\"action\":\"delete\",\"sessions\":[\"" + ID + "\"]}");
	}

	@Test
	void everybodyNeedsAConfirmationThatIsNotSent() {
		assertThat(json(ManageSessions.ofEverybody(ManageSessionsAction.DISABLE, Confirmation.SIGN_OUT_EVERYBODY)))
			.isEqualTo("{\"action\":\"disable\",\"identities\":[\"*\"]}");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> ManageSessions.ofEverybody(ManageSessionsAction.DISABLE, null))
			.withMessage("the confirmation is missing");
	}

	@ParameterizedTest
	@ValueSource(strings = { "*", " * ", "*\n" })
	void everybodyInAnyOtherWayIsRefused(String everybody) {
		List<String> alone = List.of(everybody);
		List<String> among = List.of(ID, everybody);
		for (List<String> ids : List.of(alone, among)) {
			assertRefused(ids);
		}
		assertThatExceptionOfType(JacksonException.class)
			.isThrownBy(
					() -> JsonMapper.shared()
						.readValue("{\"action\":\"disable\",\"identities\":[\"*\"],"
								+ "\"confirmation\":\"SIGN_OUT_EVERYBODY\"}", ManageSessions.class))
			.withMessageContaining(NEEDS_CONFIRMATION);
	}

	private static void assertRefused(List<String> ids) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> ManageSessions.ofIdentities(ManageSessionsAction.DELETE, ids))
			.withMessage(NEEDS_CONFIRMATION);
		assertThatIllegalArgumentException()
			.isThrownBy(() -> ManageSessions.ofSessions(ManageSessionsAction.DELETE, ids))
			.withMessage(NEEDS_CONFIRMATION);
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new ManageSessions(ManageSessionsAction.DELETE, ids, null, null))
			.withMessage(NEEDS_CONFIRMATION);
	}

	@Test
	void aConfirmationWithTheIdsOfSomeIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> new ManageSessions(ManageSessionsAction.DELETE,
				List.of(ID), null, Confirmation.SIGN_OUT_EVERYBODY));
		assertThatIllegalArgumentException().isThrownBy(() -> new ManageSessions(ManageSessionsAction.DELETE, null,
				List.of("*"), Confirmation.SIGN_OUT_EVERYBODY));
	}

	@Test
	void noIdsAndTooManyAreRefused() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> ManageSessions.ofIdentities(ManageSessionsAction.DELETE, List.of()))
			.withMessage("There must be 1 to 500 ids in one call, but there are 0");
		List<String> ids = Stream.generate(() -> UUID.randomUUID().toString()).limit(501).toList();
		assertThatIllegalArgumentException()
			.isThrownBy(() -> ManageSessions.ofSessions(ManageSessionsAction.DELETE, ids))
			.withMessage("There must be 1 to 500 ids in one call, but there are 501");
		assertThat(ManageSessions.ofSessions(ManageSessionsAction.DELETE, ids.subList(0, 500)).sessions()).hasSize(500);
	}

	@Test
	void exactlyOneListMustBeSet() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new ManageSessions(ManageSessionsAction.DELETE, null, null, null));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new ManageSessions(ManageSessionsAction.DELETE, List.of(ID), List.of(ID), null));
		assertThatIllegalArgumentException().isThrownBy(() -> ManageSessions.ofSessions(null, List.of(ID)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", ".", "..", "x", "alice@example.test", "cf66b8df-d5d0-4e77-b71d-0ce06b9b811" })
	void anIdThatIsNoUuidIsRefusedWithoutShowingIt(String id) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> ManageSessions.ofIdentities(ManageSessionsAction.DELETE, List.of(ID, id)))
			.withMessage("id 2 of 2 is not a UUID");
	}

	@Test
	void anIdThatIsNullIsRefused() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> ManageSessions.ofIdentities(ManageSessionsAction.DELETE, Collections.singletonList(null)))
			.withMessage("id 1 of 1 is not a UUID");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> ManageSessions.ofSessions(ManageSessionsAction.DELETE, null))
			.withMessage("sessionIds is missing");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{\"processed\":1}", "{\"more\":false}", "{\"processed\":null,\"more\":null}",
			"{\"processed\":-1,\"more\":false}", "[]", "null", "<html>" })
	void aResponseWithoutBothValuesIsNotFromKratos(String response) {
		this.server.respond(StubResponse.json(response));
		assertThatExceptionOfType(KratosUnreadableResponseException.class).isThrownBy(() -> this.admin.sessions()
			.manageSessions(ManageSessions.ofIdentities(ManageSessionsAction.DISABLE, List.of(ID))));
	}

	private static String json(ManageSessions request) {
		return KratosJson.mapper().writeValueAsString(request);
	}

}
