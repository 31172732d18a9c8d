package io.github.kratosadmin.health;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import javax.net.ssl.SSLHandshakeException;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.error.KratosError;
import io.github.kratosadmin.error.KratosException;
import io.github.kratosadmin.error.KratosNotFoundException;
import io.github.kratosadmin.error.KratosPoolExhaustedException;
import io.github.kratosadmin.error.KratosRedirectException;
import io.github.kratosadmin.error.KratosServerException;
import io.github.kratosadmin.error.KratosUnavailableException;
import io.github.kratosadmin.error.KratosUnreadableResponseException;
import io.github.kratosadmin.health.KratosHealthIndicator.StartedCheck;
import io.github.kratosadmin.identity.IdentityApi;
import io.github.kratosadmin.metadata.HealthStatus;
import io.github.kratosadmin.metadata.MetadataApi;
import io.github.kratosadmin.metadata.Readiness;
import io.github.kratosadmin.metadata.Version;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link KratosHealthIndicator} with slow responses. A check that waits for the
 * wrong response would take an hour.
 */
@ExtendWith(OutputCaptureExtension.class)
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KratosHealthIndicatorTests {

	private static final Duration SHORT = Duration.ofMillis(50);

	private static final Duration HOUR = Duration.ofHours(1);

	private static final Health TIMED_OUT = Health.down().withDetail("failure", "no response: timed out").build();

	private final CountDownLatch end = new CountDownLatch(1);

	private static final Health REDIRECTED = Health.down()
		.withDetail("failure", "redirected to another address: is the base URL that of the public API?")
		.build();

	private final StubMetadata metadata = new StubMetadata();

	private final IdentityApi identities = mock();

	@AfterEach
	void end() {
		this.end.countDown();
	}

	@Test
	void isDownAfterTheTimeout() {
		this.metadata.readiness = hanging(ready(true));
		assertThat(indicator(SHORT, HOUR).health()).isEqualTo(TIMED_OUT);
	}

	@Test
	void sharesTheRequestOfAnEarlierCheck() {
		this.metadata.readiness = hanging(ready(true));
		KratosHealthIndicator indicator = indicator(SHORT, HOUR);
		assertThat(indicator.health()).isEqualTo(TIMED_OUT);
		assertThat(indicator.health()).isEqualTo(TIMED_OUT);
		assertThat(this.metadata.readinessRequests).hasValueLessThanOrEqualTo(1);
	}

	@Test
	void isUpAgainAfterALateResponse() {
		this.metadata.readiness = hanging(ready(true));
		KratosHealthIndicator indicator = indicator(SHORT, HOUR);
		assertThat(indicator.health()).isEqualTo(TIMED_OUT);
		this.metadata.readiness = () -> ready(true);
		this.end.countDown();
		Awaitility.await().untilAsserted(() -> assertThat(indicator.health()).isEqualTo(up("v1")));
	}

	@Test
	void waitsForAStartedCheckOnlyForTheRestOfItsTimeout() {
		assertThat(indicator(HOUR, HOUR).complete(startedAnHourAgo(new CompletableFuture<>()))).isEqualTo(TIMED_OUT);
	}

	@Test
	void usesTheResultOfAStartedCheckAfterItsTimeout() {
		assertThat(indicator(HOUR, HOUR).complete(startedAnHourAgo(CompletableFuture.completedFuture(ready(true))))
			.getStatus()).isEqualTo(Status.UP);
	}

	private static StartedCheck startedAnHourAgo(CompletableFuture<Readiness> readiness) {
		return new StartedCheck(System.nanoTime() - HOUR.toNanos(), readiness);
	}

	@Test
	void createsTheClientBeforeTheTimeoutStarts() {
		List<Thread> callers = new CopyOnWriteArrayList<>();
		KratosAdmin kratos = mock(KratosAdmin.class);
		given(kratos.metadata()).willAnswer((invocation) -> {
			callers.add(Thread.currentThread());
			return this.metadata;
		});
		KratosHealthIndicator indicator = new KratosHealthIndicator(null, kratos, HealthCheck.READY, HOUR, HOUR, false);
		assertThat(callers).as("at the start").isEmpty();
		assertThat(indicator.health()).isEqualTo(up("v1"));
		assertThat(callers.get(0)).isSameAs(Thread.currentThread());
	}

	@Test
	void waitsForTheFirstVersion() {
		assertThat(indicator(HOUR, HOUR).health()).isEqualTo(up("v1"));
	}

	@Test
	void waitsForTheFirstVersionNoLongerThanItsTimeout() {
		this.metadata.version = hanging(new Version("v1", Map.of()));
		assertThat(indicator(HOUR, SHORT).health()).isEqualTo(Health.up().build());
	}

	@Test
	void waitsForTheFirstVersionNoLongerThanTheTimeoutOfTheCheck() {
		this.metadata.version = hanging(new Version("v1", Map.of()));
		assertThat(indicator(HOUR, HOUR).complete(startedAnHourAgo(CompletableFuture.completedFuture(ready(true)))))
			.isEqualTo(Health.up().build());
	}

	@Test
	void doesNotWaitForTheVersionAfterTheFirstCheck() {
		this.metadata.version = failing(new IllegalStateException());
		KratosHealthIndicator indicator = indicator(HOUR, HOUR);
		assertThat(indicator.health()).isEqualTo(Health.up().build());
		this.metadata.version = hanging(new Version("v1", Map.of()));
		assertThat(indicator.health()).isEqualTo(Health.up().build());
		assertThat(indicator.health()).isEqualTo(Health.up().build());
	}

	@Test
	void showsTheLastVersionUntilTheNextResponse() {
		KratosHealthIndicator indicator = indicator(HOUR, HOUR);
		assertThat(indicator.health()).isEqualTo(up("v1"));
		this.metadata.version = hanging(new Version("v2", Map.of()));
		assertThat(indicator.health()).isEqualTo(up("v1"));
		assertThat(indicator.health()).isEqualTo(up("v1"));
		assertThat(this.metadata.versionRequests).hasValueLessThanOrEqualTo(2);
		this.end.countDown();
		Awaitility.await().untilAsserted(() -> assertThat(indicator.health()).isEqualTo(up("v2")));
	}

	@Test
	void forgetsTheVersionWhenALookUpFails() {
		KratosHealthIndicator indicator = indicator(HOUR, HOUR);
		assertThat(indicator.health()).isEqualTo(up("v1"));
		this.metadata.version = failing(new IllegalStateException());
		Awaitility.await().untilAsserted(() -> assertThat(indicator.health()).isEqualTo(Health.up().build()));
	}

	@Test
	void isDownIfTheVersionAndIdentitiesAreRedirected() {
		this.metadata.version = failing(redirected("getVersion"));
		given(this.identities.getIdentity(anyString())).willThrow(redirected("getIdentity"));
		KratosHealthIndicator indicator = indicator(HOUR, HOUR);
		assertThat(indicator.health()).isEqualTo(REDIRECTED);
		this.metadata.version = () -> new Version("v1", Map.of());
		Awaitility.await().untilAsserted(() -> assertThat(indicator.health()).isEqualTo(up("v1")));
	}

	@Test
	void isDownIfTheVersionAndIdentitiesAreRedirectedToASignInPage() {
		this.metadata.version = failing(
				new KratosUnreadableResponseException("getVersion", 302, "a redirect that leads to another path"));
		given(this.identities.getIdentity(anyString())).willThrow(
				new KratosUnreadableResponseException("getIdentity", 302, "a redirect that leads to another path"));
		assertThat(indicator(HOUR, HOUR).health()).isEqualTo(REDIRECTED);
	}

	@Test
	void isUpIfOnlyTheVersionIsRedirected() {
		this.metadata.version = failing(redirected("getVersion"));
		given(this.identities.getIdentity(anyString())).willThrow(notFound("getIdentity"));
		assertThat(indicator(HOUR, HOUR).health()).isEqualTo(Health.up().build());
	}

	@Test
	void staysDownUntilIdentitiesAreNoLongerRedirected() {
		AtomicReference<KratosException> identityFailure = new AtomicReference<>(redirected("getIdentity"));
		given(this.identities.getIdentity(anyString())).willAnswer((invocation) -> {
			throw identityFailure.get();
		});
		this.metadata.version = failing(notFound("getVersion"));
		KratosHealthIndicator indicator = indicator(HOUR, HOUR);
		assertThat(indicator.health()).isEqualTo(REDIRECTED);
		identityFailure.set(new KratosServerException("getIdentity", 503, KratosError.NONE, null));
		this.metadata.version = failing(new KratosServerException("getVersion", 503, KratosError.NONE, null));
		int requests = this.metadata.versionRequests.get();
		// Only a later check shows the result of a version request.
		Awaitility.await().until(() -> {
			assertThat(indicator.health()).isEqualTo(REDIRECTED);
			return this.metadata.versionRequests.get() > requests + 2;
		});
		identityFailure.set(notFound("getIdentity"));
		Awaitility.await().untilAsserted(() -> assertThat(indicator.health()).isEqualTo(Health.up().build()));
	}

	@Test
	void isDownIfTheReadinessIsRedirected() {
		this.metadata.readiness = failing(redirected("isReady"));
		assertThat(indicator(HOUR, HOUR).health()).isEqualTo(REDIRECTED);
	}

	@Test
	void isDownWithoutAVersionIfIdentitiesAreRedirected() {
		this.metadata.version = failing(notFound("getVersion"));
		given(this.identities.getIdentity(anyString())).willThrow(redirected("getIdentity"));
		assertThat(indicator(HOUR, HOUR).health()).isEqualTo(REDIRECTED);
	}

	@Test
	void isUpWithoutAVersionIfIdentitiesAreNotRedirected() {
		this.metadata.version = failing(notFound("getVersion"));
		given(this.identities.getIdentity(anyString())).willThrow(notFound("getIdentity"));
		assertThat(indicator(HOUR, HOUR).health()).isEqualTo(Health.up().build());
	}

	private static KratosException redirected(String operation) {
		return new KratosRedirectException(operation, 307, "a redirect from http://a to http://b");
	}

	private static KratosException notFound(String operation) {
		return new KratosNotFoundException(operation, 404, KratosError.NONE);
	}

	@ParameterizedTest
	@MethodSource
	void namesTheFailureWithoutItsMessage(KratosException failure, String name) {
		this.metadata.readiness = failing(failure);
		assertThat(indicator(HOUR, HOUR).health()).isEqualTo(Health.down().withDetail("failure", name).build());
	}

	static Stream<Arguments> namesTheFailureWithoutItsMessage() {
		return Stream.of(Arguments.of(unavailable(new ConnectException("db")), "no response: connection refused"),
				Arguments.of(unavailable(new UnknownHostException("db")), "no response: unknown host"),
				Arguments.of(unavailable(new SSLHandshakeException("db")), "no response: TLS failed"),
				Arguments.of(unavailable(new SocketTimeoutException("db")), "no response: timed out"),
				Arguments.of(unavailable(new EOFException("db")), "no response: EOFException"),
				Arguments.of(new KratosPoolExhaustedException("isReady", "db", new IOException("db")),
						"no free connection"));
	}

	private static KratosException unavailable(Exception cause) {
		return new KratosUnavailableException("isReady", "db", cause);
	}

	@Test
	void doesNotRequestTheVersionIfKratosIsNotReady() {
		this.metadata.readiness = () -> ready(false);
		assertThat(indicator(HOUR, HOUR).health()).isEqualTo(Health.down().withDetail("failure", "not ready").build());
		assertThat(this.metadata.versionRequests).hasValue(0);
	}

	@Test
	void withIdentityIsUpIfTheIdentityIsAbsent() {
		given(this.identities.getIdentity(anyString()))
			.willThrow(new KratosNotFoundException("getIdentity", 404, new KratosError(null, 404, "Not Found", null,
					"Unable to locate the resource", null, null, null, Map.of())));
		assertThat(indicator(HealthCheck.IDENTITY, HOUR, HOUR).health()).isEqualTo(Health.up().build());
		assertThat(this.metadata.readinessRequests).hasValue(0);
		assertThat(this.metadata.versionRequests).hasValue(0);
	}

	@Test
	void withIdentityIsDownAfterAnother404() {
		given(this.identities.getIdentity(anyString())).willThrow(notFound("getIdentity"));
		assertThat(indicator(HealthCheck.IDENTITY, HOUR, HOUR).health())
			.isEqualTo(Health.down().withDetail("failure", "status 404").build());
	}

	@Test
	void withIdentityIsDownIfIdentitiesAreRedirected() {
		given(this.identities.getIdentity(anyString())).willThrow(redirected("getIdentity"));
		assertThat(indicator(HealthCheck.IDENTITY, HOUR, HOUR).health()).isEqualTo(REDIRECTED);
	}

	@Test
	void logsAFailureOnceUntilItsKindChanges(CapturedOutput output) {
		KratosHealthIndicator indicator = indicator(HOUR, HOUR);
		this.metadata.readiness = failing(new KratosServerException("isReady", 500, KratosError.NONE, null));
		indicator.health();
		indicator.health();
		assertThat(logged(output, "WARN")).hasSize(1).allMatch((line) -> line.contains("failed with status 500"));
		this.metadata.readiness = () -> ready(false);
		indicator.health();
		indicator.health();
		assertThat(logged(output, "WARN")).hasSize(2).last().asString().contains("Kratos is not ready");
		assertThat(logged(output, "INFO")).isEmpty();
		this.metadata.readiness = () -> ready(true);
		indicator.health();
		indicator.health();
		assertThat(logged(output, "INFO")).hasSize(1).last().asString().contains("Kratos health check succeeded again");
		this.metadata.readiness = () -> ready(false);
		indicator.health();
		assertThat(logged(output, "WARN")).hasSize(3).last().asString().contains("Kratos is not ready");
	}

	@Test
	void logsAlternatingFailuresOnceEach(CapturedOutput output) {
		KratosHealthIndicator indicator = indicator(HOUR, HOUR);
		alternate(indicator);
		alternate(indicator);
		assertThat(logged(output, "WARN")).hasSize(2)
			.satisfiesExactly((line) -> assertThat(line).contains("failed with status 502"),
					(line) -> assertThat(line).contains("failed with status 503"));
		this.metadata.readiness = () -> ready(true);
		indicator.health();
		indicator.health();
		assertThat(logged(output, "INFO")).hasSize(1);
		alternate(indicator);
		assertThat(logged(output, "WARN")).hasSize(4);
	}

	private void alternate(KratosHealthIndicator indicator) {
		for (int status : new int[] { 502, 503 }) {
			this.metadata.readiness = failing(new KratosServerException("isReady", status, KratosError.NONE, null));
			indicator.health();
		}
	}

	@Test
	void logsARedirectOnce(CapturedOutput output) {
		this.metadata.version = failing(redirected("getVersion"));
		given(this.identities.getIdentity(anyString())).willThrow(redirected("getIdentity"));
		KratosHealthIndicator indicator = indicator(HOUR, HOUR);
		indicator.health();
		indicator.health();
		assertThat(logged(output, "WARN")).hasSize(1)
			.allMatch((line) -> line.contains("a redirect from http://a to http://b"));
	}

	@Test
	void logsATimeoutOnce(CapturedOutput output) {
		this.metadata.readiness = hanging(ready(true));
		KratosHealthIndicator indicator = indicator(SHORT, HOUR);
		indicator.health();
		indicator.health();
		assertThat(logged(output, "WARN")).hasSize(1).allMatch((line) -> line.contains("no response within PT0.05S"));
	}

	private static List<String> logged(CapturedOutput output, String level) {
		return output.getOut().lines().filter((line) -> line.contains(level) && line.contains("Kratos ")).toList();
	}

	@Test
	void isUnknownWhenTheCheckIsInterrupted() {
		this.metadata.readiness = hanging(ready(true));
		Thread.currentThread().interrupt();
		assertThat(indicator(HOUR, HOUR).health())
			.isEqualTo(Health.unknown().withDetail("failure", "interrupted").build());
		assertThat(Thread.interrupted()).isTrue();
	}

	@Test
	void isUpIfInterruptedWhileWaitingForTheVersion() {
		Thread checking = Thread.currentThread();
		Callable<Version> version = hanging(new Version("v1", Map.of()));
		this.metadata.version = () -> {
			checking.interrupt();
			return version.call();
		};
		assertThat(indicator(HOUR, HOUR).health()).isEqualTo(Health.up().build());
		assertThat(Thread.interrupted()).isTrue();
	}

	private KratosHealthIndicator indicator(Duration timeout, Duration firstVersionTimeout) {
		return indicator(HealthCheck.READY, timeout, firstVersionTimeout);
	}

	private KratosHealthIndicator indicator(HealthCheck check, Duration timeout, Duration firstVersionTimeout) {
		KratosAdmin kratos = mock();
		given(kratos.metadata()).willReturn(this.metadata);
		given(kratos.identities()).willReturn(this.identities);
		return new KratosHealthIndicator(null, kratos, check, timeout, firstVersionTimeout, false);
	}

	private static <T> Callable<T> failing(RuntimeException failure) {
		return () -> {
			throw failure;
		};
	}

	/** Responds at the end of the test. */
	private <T> Callable<T> hanging(T response) {
		return () -> {
			assertThat(this.end.await(1, TimeUnit.HOURS)).isTrue();
			return response;
		};
	}

	private static Health up(String version) {
		return Health.up().withDetail("version", version).build();
	}

	private static Readiness ready(boolean ready) {
		return new Readiness(ready, Map.of(), null);
	}

	private static final class StubMetadata implements MetadataApi {

		private final AtomicInteger readinessRequests = new AtomicInteger();

		private final AtomicInteger versionRequests = new AtomicInteger();

		private volatile Callable<Readiness> readiness = () -> ready(true);

		private volatile Callable<Version> version = () -> new Version("v1", Map.of());

		@Override
		public Readiness isReady() {
			this.readinessRequests.incrementAndGet();
			return call(this.readiness);
		}

		@Override
		public Version getVersion() {
			this.versionRequests.incrementAndGet();
			return call(this.version);
		}

		private static <T> T call(Callable<T> response) {
			try {
				return response.call();
			}
			catch (Exception ex) {
				throw (ex instanceof RuntimeException unchecked) ? unchecked : new IllegalStateException(ex);
			}
		}

		@Override
		public HealthStatus isAlive() {
			throw new UnsupportedOperationException();
		}

		@Override
		public String prometheus() {
			throw new UnsupportedOperationException();
		}

	}

}
