package io.github.kratosadmin.internal.operation;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.KratosAdminBuilder;
import io.github.kratosadmin.error.KratosException;
import io.github.kratosadmin.error.KratosPoolExhaustedException;
import io.github.kratosadmin.error.KratosRateLimitedException;
import io.github.kratosadmin.error.KratosServerException;
import io.github.kratosadmin.error.KratosUnavailableException;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.identity.IdentityPath;
import io.github.kratosadmin.identity.JsonPatch;
import io.github.kratosadmin.identity.UpdateIdentity;
import io.github.kratosadmin.recovery.CreateRecoveryLink;
import io.github.kratosadmin.testing.TestServer;
import io.github.kratosadmin.testing.TestServer.StubResponse;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class RetriesTests {

	private static final String IDENTITY = "{\"id\":\"x\"}";

	@AutoClose
	private final TestServer server = new TestServer();

	@Test
	void aReadIsRetriedUntilItSucceeds() {
		this.server.respond(StubResponse.empty(503), StubResponse.empty(429), StubResponse.empty(502),
				StubResponse.empty(504), StubResponse.json(IDENTITY));
		try (KratosAdmin admin = builder().maxRetries(4).build()) {
			assertThat(admin.identities().getIdentity("x").id()).isEqualTo("x");
		}
		assertThat(this.server.requests()).hasSize(5);
	}

	@Test
	void aReadWithoutAResponseIsRetried() {
		this.server.respond(StubResponse.dropped(), StubResponse.json(IDENTITY).cutOff(), StubResponse.json(IDENTITY));
		try (KratosAdmin admin = builder().maxRetries(2).build()) {
			assertThat(admin.identities().getIdentity("x").id()).isEqualTo("x");
		}
		assertThat(this.server.requests()).hasSize(3);
	}

	@Test
	void theLastFailureIsThrown() {
		this.server.respond(StubResponse.empty(503), StubResponse.dropped(), StubResponse.empty(429));
		try (KratosAdmin admin = builder().maxRetries(2).build()) {
			assertThatExceptionOfType(KratosRateLimitedException.class)
				.isThrownBy(() -> admin.identities().getIdentity("x"))
				.withMessageStartingWith("getIdentity failed with status 429");
		}
		assertThat(this.server.requests()).hasSize(3);
	}

	static Stream<Arguments> changes() {
		Map<String, Consumer<KratosAdmin>> changes = Map.of("createIdentity",
				(admin) -> admin.identities().createIdentity(CreateIdentity.builder().traits(Map.of()).build()),
				"updateIdentity",
				(admin) -> admin.identities().updateIdentity("x", UpdateIdentity.builder().traits(Map.of()).build()),
				"patchIdentity",
				(admin) -> admin.identities()
					.patchIdentity("x", JsonPatch.builder().remove(IdentityPath.metadataAdmin()).build()),
				"deleteIdentity", (admin) -> admin.identities().deleteIdentity("x"), "createRecoveryLink",
				(admin) -> admin.recovery().createRecoveryLink(new CreateRecoveryLink("x")));
		return changes.entrySet().stream().map((call) -> arguments(Named.of(call.getKey(), call.getValue())));
	}

	@ParameterizedTest
	@MethodSource("changes")
	void aChangeIsNeverRetried(Consumer<KratosAdmin> change) {
		for (StubResponse response : List.of(StubResponse.empty(503), StubResponse.empty(429),
				StubResponse.dropped())) {
			this.server.otherwise((request) -> request.path().equals("/version")
					? StubResponse.json("{\"version\":\"v26.2.0\"}") : response);
			try (KratosAdmin admin = builder().maxRetries(4).build()) {
				assertThatExceptionOfType(KratosException.class).isThrownBy(() -> change.accept(admin));
			}
		}
		assertThat(this.server.requests().stream().filter((request) -> !request.method().equals("GET"))).hasSize(3);
	}

	@ParameterizedTest
	@ValueSource(ints = { 400, 401, 403, 404, 408, 409, 410, 418, 500, 501 })
	void aReadWithAPermanentStatusIsNotRetried(int status) {
		this.server.respond(StubResponse.empty(status)).otherwise((request) -> StubResponse.json(IDENTITY));
		try (KratosAdmin admin = builder().maxRetries(4).build()) {
			assertThatExceptionOfType(KratosException.class).isThrownBy(() -> admin.identities().getIdentity("x"));
		}
		assertThat(this.server.requests()).hasSize(1);
	}

	@Test
	void anUnreadableResponseIsNotRetried() {
		this.server.respond(StubResponse.html(200, "<p>")).otherwise((request) -> StubResponse.json(IDENTITY));
		try (KratosAdmin admin = builder().maxRetries(4).build()) {
			assertThatExceptionOfType(KratosException.class).isThrownBy(() -> admin.identities().getIdentity("x"));
		}
		assertThat(this.server.requests()).hasSize(1);
	}

	@Test
	void theStatusesCanBeChosen() {
		this.server.respond(StubResponse.empty(500), StubResponse.empty(503))
			.otherwise((request) -> StubResponse.json(IDENTITY));
		try (KratosAdmin admin = builder().maxRetries(4).retryStatuses(Set.of(500)).build()) {
			assertThatExceptionOfType(KratosServerException.class).isThrownBy(() -> admin.identities().getIdentity("x"))
				.withMessageContaining("status 503");
		}
		assertThat(this.server.requests()).hasSize(2);
	}

	@ParameterizedTest
	@ValueSource(ints = { 200, 302, 400, 404, 408, 428, 499, 600 })
	void onlyTooManyRequestsAndServerErrorsCanBeChosen(int status) {
		assertThatIllegalArgumentException().isThrownBy(() -> builder().retryStatuses(Set.of(503, status)))
			.withMessage(
					"The statuses to retry after must be 429 or 5xx, as others do not pass, but one was " + status);
	}

	@ParameterizedTest
	@CsvSource({ "429,Retry-After", "503,Retry-After", "429,x-ratelimit-reset", "503,RateLimit-Reset" })
	void aRetryWaitsAsLongAsTheServerRequests(int status, String header) {
		this.server.respond(StubResponse.empty(status).header(header, "1"), StubResponse.json(IDENTITY));
		long start = System.nanoTime();
		try (KratosAdmin admin = builder().maxRetries(1).build()) {
			admin.identities().getIdentity("x");
		}
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
	}

	@ParameterizedTest
	@ValueSource(ints = { 429, 503 })
	void aReadIsNotRetriedIfTheServerRequestsALongerWait(int status) {
		this.server.respond(StubResponse.empty(status).header("Retry-After", "3600"))
			.otherwise((x) -> StubResponse.json(IDENTITY));
		try (KratosAdmin admin = builder().maxRetries(4).build()) {
			assertThatExceptionOfType(KratosException.class).isThrownBy(() -> admin.identities().getIdentity("x"))
				.withMessageContaining("status " + status);
		}
		assertThat(this.server.requests()).hasSize(1);
	}

	@Test
	void aReadIsNotRetriedWithoutEnoughTimeLeft() {
		this.server.respond(StubResponse.empty(503)).otherwise((request) -> StubResponse.json(IDENTITY));
		Duration minute = Duration.ofMinutes(1);
		long start = System.nanoTime();
		try (KratosAdmin admin = builder().maxRetries(4)
			.retryDelay(minute, 1, minute, Duration.ZERO)
			.callTimeout(Duration.ofSeconds(30))
			.build()) {
			assertThatExceptionOfType(KratosServerException.class)
				.isThrownBy(() -> admin.identities().getIdentity("x"));
		}
		assertThat(this.server.requests()).hasSize(1);
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(25));
	}

	@Test
	void retriesDoNotExceedTheDeadlineOfTheCall() {
		this.server.otherwise((request) -> StubResponse.held());
		try (KratosAdmin admin = builder().maxRetries(999)
			.readTimeout(Duration.ofMillis(50))
			.callTimeout(Duration.ofSeconds(4))
			.build()) {
			assertThatExceptionOfType(KratosUnavailableException.class)
				.isThrownBy(() -> admin.identities().getIdentity("x"));
		}
		assertThat(this.server.requests()).hasSizeBetween(2, 80);
	}

	@Test
	void aReadIsNotRetriedIfNoConnectionIsFree() throws Exception {
		this.server.otherwise((request) -> StubResponse.held());
		try (KratosAdmin admin = builder().maxRetries(999)
			.maxConnections(1)
			.acquireTimeout(Duration.ofMillis(500))
			.build()) {
			Thread holder = new Thread(() -> {
				try {
					admin.metadata().isAlive();
				}
				catch (KratosUnavailableException ex) {
					// The client was closed.
				}
			});
			holder.start();
			this.server.awaitRequest();
			assertThatExceptionOfType(KratosPoolExhaustedException.class)
				.isThrownBy(() -> admin.identities().getIdentity("x"));
			holder.interrupt();
			holder.join();
		}
	}

	@Test
	void invalidBackOffsAreRejected() {
		Duration milli = Duration.ofMillis(1);
		KratosAdminBuilder builder = builder();
		assertThatIllegalArgumentException().isThrownBy(() -> builder.maxRetries(-1));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> builder.retryDelay(Duration.ZERO, 1, milli, Duration.ZERO));
		assertThatIllegalArgumentException().isThrownBy(() -> builder.retryDelay(milli, 0.5, milli, Duration.ZERO));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> builder.retryDelay(milli, Double.NaN, milli, Duration.ZERO));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> builder.retryDelay(milli.multipliedBy(2), 1, milli, Duration.ZERO));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> builder.retryDelay(milli, 1, milli, milli.multipliedBy(2)));
		assertThatIllegalArgumentException().isThrownBy(() -> builder.maxRetryAfter(milli.negated()));
	}

	private KratosAdminBuilder builder() {
		Duration milli = Duration.ofMillis(1);
		return KratosAdmin.builder()
			.baseUrl(this.server.url())
			.pathPrefix("")
			.retryDelay(milli, 2, milli.multipliedBy(10), milli);
	}

}
