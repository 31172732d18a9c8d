package io.github.kratosadmin.session;

import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.error.KratosNotFoundException;
import io.github.kratosadmin.error.KratosServerException;
import io.github.kratosadmin.error.KratosSessionsDrainException;
import io.github.kratosadmin.error.KratosSessionsNotDeletedException;
import io.github.kratosadmin.error.KratosUnavailableException;
import io.github.kratosadmin.error.KratosUnreadableResponseException;
import io.github.kratosadmin.error.KratosUnsupportedException;
import io.github.kratosadmin.session.ManageSessions.Confirmation;
import io.github.kratosadmin.testing.TestServer;
import io.github.kratosadmin.testing.TestServer.Request;
import io.github.kratosadmin.testing.TestServer.StubResponse;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for calls that end the sessions of many identities or of everybody.
 */
class ManySessionsTests {

	private static final StubResponse ABSENT = StubResponse.json(404,
			"{\"error\":{\"code\":404,\"status\":\"Not Found\",\"message\":\"Unable to locate the resource\"}}");

	private static final StubResponse GATEWAY = StubResponse.text(404, "404 page not found");

	@AutoClose
	private final TestServer server = new TestServer().version("v26.2.1-next");

	@AutoClose
	private final KratosAdmin admin = KratosAdmin.builder().pathPrefix("").baseUrl(this.server.url()).build();

	private static StubResponse processed(int processed, boolean more) {
		return StubResponse.json("{\"processed\":" + processed + ",\"more\":" + more + "}");
	}

	private static List<String> ids(int count) {
		return IntStream.range(0, count).mapToObj((i) -> new UUID(1, i).toString()).toList();
	}

	private long drain() {
		return this.admin.sessions().drainSessions(ManageSessionsAction.DISABLE, Confirmation.SIGN_OUT_EVERYBODY);
	}

	@Test
	void theSessionsOfEverybodyEndWithAsManyCallsAsKratosNeeds() {
		this.server.respond(processed(5000, true), processed(5000, true), processed(0, false));
		assertThat(drain()).isEqualTo(10_000);
		assertThat(this.server.requests()).hasSize(3)
			.allSatisfy((request) -> assertThat(request).hasToString("POST /sessions"))
			.allSatisfy((request) -> assertThat(request.body())
				.isEqualTo("{\"action\":\"disable\",\"identities\":[\"*\"]}"));
	}

	@Test
	void aDrainGoesOnIfOtherRequestsHaveDeletedSessionsOfACall() {
		this.server.respond(processed(5000, true), processed(4905, false), processed(4944, false),
				processed(5000, true), processed(120, false));
		assertThat(drain()).isEqualTo(19_969);
		assertThat(this.server.requests()).hasSize(5);
	}

	@Test
	void aDrainEndsAlthoughUsersSignIn() {
		this.server.respond(processed(300, false)).otherwise((request) -> processed(20, false));
		assertThat(drain()).isEqualTo(320);
		assertThat(this.server.requests()).hasSize(2);
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 100 })
	void aDrainOfFewSessionsIsOneCall(int sessions) {
		this.server.otherwise((request) -> processed(sessions, false));
		assertThat(drain()).isEqualTo(sessions);
		assertThat(this.server.requests()).hasSize(1);
	}

	@Test
	void aDrainThatMakesNoProgressFails() {
		this.server.otherwise((request) -> processed(0, true));
		assertThatExceptionOfType(KratosUnreadableResponseException.class).isThrownBy(this::drain)
			.withMessageContaining("there are more sessions, but none was processed");
		assertThat(this.server.requests()).hasSize(1);
	}

	@Test
	void aDrainThatStopsMakingProgressFailsWithTheNumberOfSessions() {
		this.server.respond(processed(5000, true)).otherwise((request) -> processed(0, true));
		assertThatExceptionOfType(KratosSessionsDrainException.class).isThrownBy(this::drain)
			.satisfies((ex) -> assertThat(ex.getProcessed()).isEqualTo(5000))
			.withCauseInstanceOf(KratosUnreadableResponseException.class);
	}

	static Stream<StubResponse> failures() {
		return Stream.of(StubResponse.empty(500), StubResponse.empty(429), StubResponse.dropped(),
				StubResponse.json("{}"), GATEWAY, StubResponse.empty(405));
	}

	@ParameterizedTest
	@MethodSource("failures")
	void aDrainThatFailsMidwayHasTheNumberOfSessionsAndSendsNothingAgain(StubResponse failure) {
		this.server.respond(processed(5000, true), processed(4000, true), failure);
		assertThatExceptionOfType(KratosSessionsDrainException.class).isThrownBy(this::drain)
			.withMessageStartingWith("9000 sessions were processed, but others may remain: manageSessions ")
			.satisfies((ex) -> assertThat(ex.getProcessed()).isEqualTo(9000))
			.satisfies((ex) -> assertThat(ex.getOperation()).isEqualTo("manageSessions"))
			.satisfies((ex) -> assertThat(ex.getStatus()).isEqualTo(failure.status()));
		assertThat(this.server.requests()).hasSize(3);
	}

	@Test
	void aDrainThatFailsAtOnceHasTheFailureOfTheCall() {
		this.server.respond(StubResponse.dropped());
		assertThatExceptionOfType(KratosUnavailableException.class).isThrownBy(this::drain);
		assertThat(this.server.requests()).hasSize(1);
	}

	@Test
	void aDrainNeedsAConfirmation() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.admin.sessions().drainSessions(ManageSessionsAction.DELETE, null));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.admin.sessions().drainSessions(null, Confirmation.SIGN_OUT_EVERYBODY));
		assertThat(this.server.requests()).isEmpty();
	}

	@Test
	void aDrainIsRefusedByAnOlderServer() {
		this.server.version("v26.2.0");
		assertThatExceptionOfType(KratosUnsupportedException.class).isThrownBy(this::drain);
		assertThat(this.server.requests()).isEmpty();
	}

	@Test
	void theSessionsOfManyIdentitiesAreDeletedInChunks() {
		this.server.otherwise((request) -> processed(7, false));
		this.admin.sessions().deleteIdentitySessions(ids(1001));
		assertThat(this.server.requests()).extracting(Request::toString)
			.containsExactly("POST /sessions", "POST /sessions", "POST /sessions");
		assertThat(this.server.requests()).extracting((request) -> request.body().split("-").length)
			.containsExactly(500 * 4 + 1, 500 * 4 + 1, 5);
		assertThat(this.server.requests()).allMatch((request) -> request.body().startsWith("{\"action\":\"delete\""));
	}

	@Test
	void aRepeatedIdIsSentOnce() {
		String id = new UUID(1, 1).toString();
		this.server.respond(processed(1, false));
		this.admin.sessions().deleteIdentitySessions(List.of(id, id.replace("-", ""), id));
		assertThat(this.server.request().body()).contains("[\"" + id + "\"]");
	}

	@Test
	void nothingIsSentForNoIdentities() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.admin.sessions().deleteIdentitySessions((List<String>) null));
		this.admin.sessions().deleteIdentitySessions(List.of());
		assertThat(this.server.requests()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "*", "", "x", "alice@example.test" })
	void nothingIsSentIfAnIdIsNoUuid(String id) {
		List<String> ids = Stream.concat(ids(600).stream(), Stream.of(id)).toList();
		assertThatIllegalArgumentException().isThrownBy(() -> this.admin.sessions().deleteIdentitySessions(ids))
			.withMessage("id 601 of 601 is not a UUID");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.admin.sessions().deleteIdentitySessions(Arrays.asList(ids.get(0), null)))
			.withMessage("id 2 of 2 is not a UUID");
		assertThat(this.server.requests()).isEmpty();
	}

	@Test
	void aServerWithoutTheOperationGetsARequestForEachIdentity() {
		this.server.version("v26.2.0").respond(StubResponse.empty(204), ABSENT, StubResponse.empty(204));
		this.admin.sessions().deleteIdentitySessions(ids(3));
		assertThat(this.server.requests()).extracting(Request::toString)
			.containsExactlyElementsOf(ids(3).stream().map((id) -> "DELETE /identities/" + id + "/sessions").toList());
	}

	static Stream<StubResponse> withoutTheOperation() {
		return Stream.of(StubResponse.text(405, "Method Not Allowed"), GATEWAY, StubResponse.html(404, "<html>"));
	}

	@ParameterizedTest
	@MethodSource("withoutTheOperation")
	void anOldServerWithAHiddenVersionGetsARequestForEachIdentity(StubResponse response) {
		this.server.version("master")
			.otherwise((request) -> request.method().equals("POST") ? response : StubResponse.empty(204));
		this.admin.sessions().deleteIdentitySessions(ids(502));
		assertThat(this.server.requests()).extracting(Request::method).startsWith("POST", "DELETE").hasSize(503);
		assertThat(this.server.requests()).filteredOn((request) -> request.method().equals("POST")).hasSize(1);
	}

	@Test
	void aResponseOfAGatewayAloneCountsAsAFailure() {
		this.server.version("master").otherwise((request) -> GATEWAY);
		assertThatExceptionOfType(KratosSessionsNotDeletedException.class)
			.isThrownBy(() -> this.admin.sessions().deleteIdentitySessions(ids(2)))
			.withMessageStartingWith("the sessions of 2 identities may remain: deleteIdentitySessions ")
			.satisfies((ex) -> assertThat(ex.getFailures()).containsOnlyKeys(ids(2)))
			.satisfies(
					(ex) -> assertThat(ex.getFailures().values()).allMatch(KratosNotFoundException.class::isInstance))
			.satisfies((ex) -> assertThat(ex.getStatus()).isEqualTo(404));
	}

	@Test
	void aFailureDoesNotStopTheOtherIdentities() {
		this.server.version("v26.2.0")
			.respond(StubResponse.empty(204), StubResponse.empty(500), StubResponse.empty(204));
		assertThatExceptionOfType(KratosSessionsNotDeletedException.class)
			.isThrownBy(() -> this.admin.sessions().deleteIdentitySessions(ids(3)))
			.satisfies((ex) -> assertThat(ex.getFailures()).containsOnlyKeys(ids(3).get(1)));
		assertThat(this.server.requests()).hasSize(3);
	}

	@Test
	void aFailedChunkDoesNotStopTheOthersAndIsNotSentAgain() {
		this.server.respond(processed(1, false), StubResponse.empty(500), processed(1, false));
		List<String> ids = ids(1200);
		assertThatExceptionOfType(KratosSessionsNotDeletedException.class)
			.isThrownBy(() -> this.admin.sessions().deleteIdentitySessions(ids))
			.satisfies((ex) -> assertThat(ex.getFailures()).containsOnlyKeys(ids.subList(500, 1000)))
			.satisfies((ex) -> assertThat(ex.getOperation()).isEqualTo("manageSessions"))
			.withCauseInstanceOf(KratosServerException.class);
		assertThat(this.server.requests()).hasSize(3);
	}

	@Test
	void aServerThatCannotDeleteSessionsRefusesTheCall() {
		this.server.version("v0.7.6-alpha.1");
		assertThatExceptionOfType(KratosUnsupportedException.class)
			.isThrownBy(() -> this.admin.sessions().deleteIdentitySessions(ids(2)));
		assertThat(this.server.requests()).isEmpty();
	}

}
