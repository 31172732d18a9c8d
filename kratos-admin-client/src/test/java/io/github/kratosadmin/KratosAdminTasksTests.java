package io.github.kratosadmin;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.kratosadmin.TestServer.Answer;
import io.github.kratosadmin.TestServer.Request;
import io.github.kratosadmin.error.KratosInvitationException;
import io.github.kratosadmin.error.KratosNotFoundException;
import io.github.kratosadmin.error.KratosServerException;
import io.github.kratosadmin.error.KratosUnsupportedException;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.identity.IdentityState;
import io.github.kratosadmin.recovery.Invitation;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What takes operations of several groups.
 */
class KratosAdminTasksTests {

	private static final CreateIdentity IDENTITY = CreateIdentity.builder().traits(Map.of()).build();

	private String version = "v26.2.0";

	private Answer sessions = Answer.empty(204);

	private Answer recovery = Answer.json("""
			{"recovery_link":"https://a.test/CANARY","recovery_code":"CANARY","expires_at":"2026-01-01T00:00:00Z"}""");

	@AutoClose
	private final TestServer server = new TestServer().otherwise(this::answer);

	@AutoClose
	private final KratosAdmin admin = KratosAdmin.builder().pathPrefix("").baseUrl(this.server.url()).build();

	private Answer answer(Request request) {
		if (request.path().equals("/version")) {
			return Answer.json("{\"version\":\"" + this.version + "\"}");
		}
		if (request.path().endsWith("/sessions")) {
			return this.sessions;
		}
		return request.path().startsWith("/recovery") ? this.recovery
				: Answer.json("{\"id\":\"x\",\"schema_id\":\"default\",\"state\":\"inactive\",\"traits\":{}}");
	}

	@Test
	void anIdentityIsDisabledBeforeItsSessionsAreDeleted() {
		assertThat(this.admin.offboard("x").state()).isEqualTo(IdentityState.INACTIVE);
		assertThat(this.server.requests()).extracting(Request::toString)
			.containsExactly("GET /version", "PATCH /identities/x", "DELETE /identities/x/sessions");
		assertThat(this.server.requests().get(1).body())
			.isEqualTo("[{\"op\":\"replace\",\"path\":\"/state\",\"value\":\"inactive\"}]");
	}

	@Test
	void anIdentityWithoutSessionsIsNoFailure() {
		this.sessions = Answer.json(404, "{\"error\":{\"code\":404,\"message\":\"Unable to locate the resource\"}}");
		assertThat(this.admin.offboard("x").id()).isEqualTo("x");
	}

	@Test
	void sessionsThatNobodyHasDeletedAreAFailure() {
		this.sessions = Answer.text(404, "404 page not found");
		assertThatExceptionOfType(KratosNotFoundException.class).isThrownBy(() -> this.admin.offboard("x"));
		this.sessions = Answer.empty(500);
		assertThatExceptionOfType(KratosServerException.class).isThrownBy(() -> this.admin.offboard("x"));
	}

	@Test
	void whereThereAreNoPatchesTheIdentityIsUpdated() {
		this.version = "v0.10.1";
		this.admin.offboard("x");
		assertThat(this.server.requests()).extracting(Request::method)
			.contains("PUT", "DELETE")
			.doesNotContain("PATCH");
	}

	@Test
	void whereSessionsCannotBeDeletedNothingIsChanged() {
		this.version = "v0.7.6-alpha.1";
		assertThatExceptionOfType(KratosUnsupportedException.class).isThrownBy(() -> this.admin.offboard("x"))
			.withMessageStartingWith("deleteIdentitySessions was not sent");
		assertThat(this.server.requests()).allMatch((request) -> request.method().equals("GET"));
	}

	@Test
	void whereThereAreNoCodesNobodyIsCreated() {
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
	void anInvitationThatIsHalfDoneNamesTheIdentity() {
		this.recovery = Answer.json(404,
				"{\"error\":{\"code\":404,\"message\":\"not found\",\"reason\":\"links are disabled\"}}");
		assertThatExceptionOfType(KratosInvitationException.class)
			.isThrownBy(() -> this.admin.inviteByLink(IDENTITY, Duration.ofHours(1)))
			.satisfies((ex) -> {
				assertThat(ex.getIdentityId()).isEqualTo("x");
				assertThat(ex.getStatus()).isEqualTo(404);
				assertThat(ex.getOperation()).isEqualTo("createRecoveryLink");
				assertThat(ex).hasMessageContaining("identity x was created, but not its invitation")
					.hasMessageContaining("links are disabled")
					.hasCauseExactlyInstanceOf(KratosNotFoundException.class);
			});
	}

	@Test
	void anInvitationThatTheApplicationFailsInBetweenNamesTheIdentity() {
		AtomicInteger asked = new AtomicInteger();
		try (KratosAdmin admin = KratosAdmin.builder()
			.baseUrl(this.server.url())
			.pathPrefix("")
			.bearerTokenProvider(() -> {
				if (asked.incrementAndGet() > 1) {
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
	void anInvitationForNoTimeCreatesNothing() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.admin.inviteByLink(IDENTITY, Duration.ZERO));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.admin.inviteByCode(IDENTITY, Duration.ofSeconds(-1)));
		assertThatIllegalArgumentException().isThrownBy(() -> this.admin.inviteByCode(IDENTITY, null));
		assertThat(this.server.requests()).allMatch((request) -> request.path().equals("/version"));
	}

}
