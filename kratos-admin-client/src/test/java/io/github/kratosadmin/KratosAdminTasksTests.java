package io.github.kratosadmin;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.github.kratosadmin.error.KratosException;
import io.github.kratosadmin.error.KratosInvitationException;
import io.github.kratosadmin.error.KratosNotFoundException;
import io.github.kratosadmin.error.KratosServerException;
import io.github.kratosadmin.error.KratosSessionsRemainException;
import io.github.kratosadmin.error.KratosUnreadableResponseException;
import io.github.kratosadmin.error.KratosUnsupportedException;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.identity.IdentityState;
import io.github.kratosadmin.identity.OffboardResult;
import io.github.kratosadmin.recovery.Invitation;
import io.github.kratosadmin.testing.TestServer;
import io.github.kratosadmin.testing.TestServer.Request;
import io.github.kratosadmin.testing.TestServer.StubResponse;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for methods that combine operations of several groups.
 */
class KratosAdminTasksTests {

	private static final CreateIdentity IDENTITY = CreateIdentity.builder().traits(Map.of()).build();

	private static final StubResponse ABSENT = StubResponse.json(404,
			"{\"error\":{\"code\":404,\"status\":\"Not Found\",\"message\":\"Unable to locate the resource\"}}");

	private static final StubResponse OATHKEEPER = StubResponse.json(404,
			"{\"error\":{\"code\":404,\"status\":\"Not Found\","
					+ "\"message\":\"Requested url does not match any rules\"}}");

	private String version = "v26.2.0";

	private String state = "inactive";

	private StubResponse sessions = StubResponse.empty(204);

	private StubResponse active = StubResponse.json("[]");

	private StubResponse recovery = StubResponse.json("""
			{"recovery_link":"https://a.test/CANARY","recovery_code":"CANARY","expires_at":"2026-01-01T00:00:00Z"}""");

	@AutoClose
	private final TestServer server = new TestServer().otherwise(this::respond);

	@AutoClose
	private final KratosAdmin admin = KratosAdmin.builder().pathPrefix("").baseUrl(this.server.url()).build();

	private StubResponse respond(Request request) {
		if (request.path().equals("/version")) {
			return StubResponse.json("{\"version\":\"" + this.version + "\"}");
		}
		if (request.path().endsWith("/sessions")) {
			return request.method().equals("GET") ? this.active : this.sessions;
		}
		return request.path().startsWith("/recovery") ? this.recovery : StubResponse
			.json("{\"id\":\"x\",\"schema_id\":\"default\",\"state\":\"" + this.state + "\",\"traits\":{}}");
	}

	@Test
	void anIdentityIsDisabledBeforeItsSessionsAreDeleted() {
		assertThat(this.admin.offboard("x").state()).isEqualTo(IdentityState.INACTIVE);
		assertThat(this.server.requests()).extracting(Request::toString)
			.containsExactly("GET /version", "PATCH /identities/x", "DELETE /identities/x/sessions",
					"GET /identities/x/sessions?per_page=1&active=true");
		assertThat(this.server.requests().get(1).body())
			.isEqualTo("[{\"op\":\"replace\",\"path\":\"/state\",\"value\":\"inactive\"}]");
	}

	@Test
	void anIdentityWithoutSessionsIsOffboarded() {
		this.sessions = ABSENT;
		assertThat(this.admin.offboard("x").id()).isEqualTo("x");
	}

	@ParameterizedTest
	@MethodSource("notFound")
	void sessionsThatRemainAreAFailureWhateverTheResponseToTheDeletion(StubResponse notFound) {
		this.sessions = notFound;
		this.active = StubResponse.json("[{\"id\":\"s\",\"active\":true}]");
		assertThatExceptionOfType(KratosSessionsRemainException.class).isThrownBy(() -> this.admin.offboard("x"))
			.withMessage("identity x was disabled, but still has active sessions: offboard it again")
			.satisfies((ex) -> assertThat(ex.getIdentityId()).isEqualTo("x"))
			.satisfies((ex) -> assertThat(ex.getStatus()).isEqualTo(404));
		this.sessions = StubResponse.empty(204);
		assertThatExceptionOfType(KratosSessionsRemainException.class).isThrownBy(() -> this.admin.offboard("x"));
	}

	static Stream<StubResponse> notFound() {
		return Stream.of(ABSENT, OATHKEEPER, StubResponse.text(404, "404 page not found"));
	}

	@Test
	void aListOfSessionsThatIsNotFromKratosIsAFailure() {
		for (StubResponse response : List.of(OATHKEEPER, StubResponse.json("null"), StubResponse.json("[null]"),
				StubResponse.json("{}"), StubResponse.empty(204), ABSENT, StubResponse.html(200, "<html>"),
				StubResponse.empty(500))) {
			this.active = response;
			for (StubResponse deletion : List.of(StubResponse.empty(204), ABSENT, OATHKEEPER)) {
				this.sessions = deletion;
				assertThatExceptionOfType(KratosException.class).isThrownBy(() -> this.admin.offboard("x"));
			}
		}
	}

	@Test
	void a404OfKratosIsEnoughIfSessionsCannotBeListed() {
		this.version = "v0.8.2-alpha.1";
		this.active = StubResponse.empty(500);
		this.sessions = ABSENT;
		assertThat(this.admin.offboard("x").id()).isEqualTo("x");
		this.sessions = StubResponse.empty(204);
		assertThat(this.admin.offboard("x").id()).isEqualTo("x");
		for (StubResponse other : List.of(OATHKEEPER, StubResponse.text(404, "404 page not found"),
				StubResponse.json(404, "{\"message\":\"no Route matched with those values\"}"),
				StubResponse.json(404, "{\"error\":{\"code\":404,\"message\":\"not found\"}}"))) {
			this.sessions = other;
			assertThatExceptionOfType(KratosNotFoundException.class).isThrownBy(() -> this.admin.offboard("x"));
		}
	}

	@Test
	void sessionsThatWereNotDeletedAreAFailure() {
		this.sessions = StubResponse.empty(500);
		assertThatExceptionOfType(KratosServerException.class).isThrownBy(() -> this.admin.offboard("x"));
	}

	@Test
	void anIdentityThatIsStillActiveIsAFailure() {
		this.state = "active";
		assertThatExceptionOfType(KratosUnreadableResponseException.class).isThrownBy(() -> this.admin.offboard("x"))
			.withMessageContaining("the identity is not inactive");
		assertThat(this.server.requests()).noneMatch((request) -> request.method().equals("DELETE"));
	}

	@Test
	void theIdentityIsUpdatedOnServersWithoutPatches() {
		this.version = "v0.10.1";
		this.admin.offboard("x");
		assertThat(this.server.requests()).extracting(Request::method)
			.contains("PUT", "DELETE")
			.doesNotContain("PATCH");
	}

	@Test
	void nothingIsChangedOnServersThatCannotDeleteSessions() {
		this.version = "v0.7.6-alpha.1";
		assertThatExceptionOfType(KratosUnsupportedException.class).isThrownBy(() -> this.admin.offboard("x"))
			.withMessageStartingWith("deleteIdentitySessions was not sent");
		assertThat(this.server.requests()).allMatch((request) -> request.method().equals("GET"));
	}

	private static final String A = "00000000-0000-4000-8000-00000000000a";

	private static final String B = "00000000-0000-4000-8000-00000000000b";

	private static final String C = "00000000-0000-4000-8000-00000000000c";

	/**
	 * Responds with an identity that has the requested id.
	 */
	private StubResponse respondWithId(Request request) {
		String[] path = request.path().split("/");
		boolean identity = path.length == 3 && path[1].equals("identities");
		return identity ? StubResponse.json("{\"id\":\"" + path[2] + "\",\"state\":\"inactive\"}") : respond(request);
	}

	@Test
	void manyIdentitiesAreDisabledBeforeTheirSessionsAreDeletedAtOnce() {
		this.version = "v26.2.1-next";
		this.sessions = StubResponse.json("{\"processed\":2,\"more\":false}");
		this.server.otherwise(this::respondWithId);
		List<OffboardResult> results = this.admin.offboard(List.of(A, B, A));
		assertThat(results).extracting(OffboardResult::identityId).containsExactly(A, B);
		assertThat(results).allMatch(OffboardResult::succeeded)
			.allMatch((result) -> result.identity().state().equals(IdentityState.INACTIVE));
		assertThat(this.server.requests()).extracting(Request::toString)
			.containsExactly("GET /version", "PATCH /identities/" + A, "PATCH /identities/" + B, "POST /sessions",
					"GET /identities/" + A + "/sessions?per_page=1&active=true",
					"GET /identities/" + B + "/sessions?per_page=1&active=true");
	}

	@Test
	void manyIdentitiesAreOffboardedOnServersThatDeleteTheSessionsOfOneAtATime() {
		this.server.otherwise(this::respondWithId);
		assertThat(this.admin.offboard(List.of(A, B))).hasSize(2).allMatch(OffboardResult::succeeded);
		assertThat(this.server.requests()).filteredOn((request) -> !request.path().equals("/version"))
			.extracting(Request::method)
			.containsExactly("PATCH", "PATCH", "DELETE", "DELETE", "GET", "GET");
		this.sessions = OATHKEEPER;
		assertThat(this.admin.offboard(List.of(A, B))).as("the list of sessions decides, as for one")
			.allMatch(OffboardResult::succeeded);
	}

	@Test
	void aFailureOfOneOfManyIdentitiesIsNotLostAndDoesNotStopTheOthers() {
		this.version = "v26.2.1-next";
		this.sessions = StubResponse.json("{\"processed\":2,\"more\":false}");
		this.server.otherwise((request) -> {
			if (request.method().equals("PATCH") && request.path().endsWith(A)) {
				return ABSENT;
			}
			boolean remain = request.path().contains(B) && request.method().equals("GET");
			return remain ? StubResponse.json("[{\"id\":\"s\",\"active\":true}]") : respondWithId(request);
		});
		List<OffboardResult> results = this.admin.offboard(List.of(A, B, C));
		assertThat(results).extracting(OffboardResult::identityId).containsExactly(A, B, C);
		assertThat(results.get(0).failure()).isInstanceOf(KratosNotFoundException.class);
		assertThat(results.get(0).identity()).isNull();
		assertThat(results.get(1).failure()).isInstanceOf(KratosSessionsRemainException.class);
		assertThat(results.get(1).identity().id()).isEqualTo(B);
		assertThat(results.get(2).succeeded()).isTrue();
		assertThat(this.server.requests()).filteredOn((request) -> request.method().equals("POST"))
			.singleElement()
			.satisfies((request) -> assertThat(request.body()).contains(B, C).doesNotContain(A));
	}

	@Test
	void aFailedDeletionIsTheFailureOfEachIdentityThatWasDisabled() {
		this.version = "v26.2.1-next";
		this.sessions = StubResponse.empty(500);
		this.server.otherwise(this::respondWithId);
		assertThat(this.admin.offboard(List.of(A, B))).hasSize(2)
			.allSatisfy((result) -> assertThat(result.failure()).isInstanceOf(KratosServerException.class))
			.allSatisfy((result) -> assertThat(result.identity()).isNotNull());
	}

	@Test
	void nothingIsChangedIfAnIdOfManyIsNoUuid() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.admin.offboard(List.of(A, "x")))
			.withMessage("id 2 of 2 is not a UUID");
		assertThatIllegalArgumentException().isThrownBy(() -> this.admin.offboard((List<String>) null))
			.withMessage("the list of ids is missing");
		assertThat(this.admin.offboard(List.of())).isEmpty();
		assertThat(this.server.requests()).isEmpty();
		this.version = "v0.7.6-alpha.1";
		assertThatExceptionOfType(KratosUnsupportedException.class).isThrownBy(() -> this.admin.offboard(List.of(A)));
		assertThat(this.server.requests()).allMatch((request) -> request.method().equals("GET"));
	}

	@Test
	void noIdentityIsCreatedOnServersWithoutCodes() {
		this.version = "v0.10.1";
		assertThatExceptionOfType(KratosUnsupportedException.class)
			.isThrownBy(() -> this.admin.inviteByCode(IDENTITY, Duration.ofHours(1)))
			.withMessageStartingWith("createRecoveryCodeForIdentity was not sent");
		assertThat(this.server.requests()).allMatch((request) -> request.method().equals("GET"));
	}

	@Test
	void anInvitationByLinkHasTheLink() {
		Invitation invitation = this.admin.inviteByLink(IDENTITY, Duration.ofHours(48));
		assertThat(invitation.recoveryLink()).isEqualTo("https://a.test/CANARY");
		assertThat(invitation.recoveryCode()).isNull();
		assertThat(this.server.requests()).extracting(Request::toString)
			.containsExactly("POST /identities", "POST /recovery/link");
		assertThat(this.server.requests().get(1).body()).isEqualTo("{\"identity_id\":\"x\",\"expires_in\":\"48h\"}");
		assertThat(invitation.toString()).doesNotContain("CANARY").contains("x");
	}

	@Test
	void anInvitationByCodeHasTheCode() {
		Invitation invitation = this.admin.inviteByCode(IDENTITY, Duration.ofMinutes(90));
		assertThat(invitation.recoveryCode()).isEqualTo("CANARY");
		assertThat(invitation.expiresAt()).hasToString("2026-01-01T00:00:00Z");
		assertThat(this.server.requests()).last().satisfies((request) -> {
			assertThat(request).hasToString("POST /recovery/code");
			assertThat(request.body()).isEqualTo("{\"identity_id\":\"x\",\"expires_in\":\"90m\"}");
		});
		assertThat(invitation.toString()).doesNotContain("CANARY");
	}

	@Test
	void aFailedInvitationNamesTheIdentity() {
		this.recovery = StubResponse.json(404,
				"{\"error\":{\"code\":404,\"message\":\"not found\",\"reason\":\"links are disabled\"}}");
		assertThatExceptionOfType(KratosInvitationException.class)
			.isThrownBy(() -> this.admin.inviteByLink(IDENTITY, Duration.ofHours(1)))
			.satisfies((ex) -> {
				assertThat(ex.getIdentityId()).isEqualTo("x");
				assertThat(ex.getStatus()).isEqualTo(404);
				assertThat(ex.getOperation()).isEqualTo("createRecoveryLink");
				assertThat(ex).hasMessageContaining("identity x was created, but its invitation was not")
					.hasMessageContaining("links are disabled")
					.hasCauseExactlyInstanceOf(KratosNotFoundException.class);
			});
	}

	@Test
	void anInvitationThatFailsInTheApplicationNamesTheIdentity() {
		AtomicInteger tokens = new AtomicInteger();
		try (KratosAdmin admin = KratosAdmin.builder()
			.baseUrl(this.server.url())
			.pathPrefix("")
			.bearerTokenProvider(() -> {
				if (tokens.incrementAndGet() > 1) {
					throw new IllegalStateException("no token");
				}
				return "token";
			})
			.build()) {
			assertThatExceptionOfType(KratosInvitationException.class)
				.isThrownBy(() -> admin.inviteByLink(IDENTITY, Duration.ofHours(1)))
				.satisfies((ex) -> assertThat(ex.getIdentityId()).isEqualTo("x"))
				.satisfies((ex) -> assertThat(ex.getStatus()).isZero());
		}
	}

	@Test
	void anInvitationWithoutALifetimeCreatesNothing() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.admin.inviteByLink(IDENTITY, Duration.ZERO));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.admin.inviteByCode(IDENTITY, Duration.ofSeconds(-1)));
		assertThatIllegalArgumentException().isThrownBy(() -> this.admin.inviteByCode(IDENTITY, null));
		assertThat(this.server.requests()).allMatch((request) -> request.path().equals("/version"));
	}

}
