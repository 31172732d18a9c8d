package io.github.kratosadmin.internal.http;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.error.KratosException;
import io.github.kratosadmin.error.KratosNotFoundException;
import io.github.kratosadmin.error.KratosServerException;
import io.github.kratosadmin.error.KratosUnavailableException;
import io.github.kratosadmin.error.KratosUnsupportedException;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.internal.operation.Routes;
import io.github.kratosadmin.testing.TestServer;
import io.github.kratosadmin.testing.TestServer.Request;
import io.github.kratosadmin.testing.TestServer.StubResponse;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for the detection of the admin API's path prefix.
 */
class PrefixFinderTests {

	private static final String IDENTITY = "{\"id\":\"x\"}";

	private static final StubResponse UNKNOWN_ROUTE = StubResponse.text(404, "404 page not found\n");

	private static final StubResponse ABSENT = StubResponse.json(404,
			"{\"error\":{\"code\":404,\"status\":\"Not Found\",\"message\":\"Unable to locate the resource\"}}");

	@AutoClose
	private final TestServer server = new TestServer();

	@AutoClose
	private final KratosAdmin admin = KratosAdmin.builder().baseUrl(this.server.url()).bearerToken("token").build();

	/** Kratos up to 0.8. */
	private static StubResponse unprefixed(Request request) {
		return request.target().startsWith("/admin") ? UNKNOWN_ROUTE : respond(request);
	}

	/** Kratos from 0.9 to 25.4. */
	private static StubResponse prefixed(Request request) {
		return request.target().startsWith("/admin") ? respond(request)
				: StubResponse.empty(307).header("Location", "/admin" + request.target());
	}

	private static StubResponse respond(Request request) {
		if (request.target().endsWith("/version")) {
			return StubResponse.json("{\"version\":\"v1\"}");
		}
		return StubResponse.json(request.method().equals("POST") ? 201 : 200, IDENTITY);
	}

	private void speak(Function<Request, StubResponse> version) {
		this.server.otherwise(version);
	}

	private void create() {
		this.admin.identities().createIdentity(CreateIdentity.builder().traits(Map.of()).build());
	}

	@Test
	void anOldServerIsCalledWithoutPrefix() {
		speak(PrefixFinderTests::unprefixed);
		this.admin.identities().getIdentity("x");
		create();
		assertThat(this.server.requests()).extracting(Request::toString)
			.containsExactly("GET /admin/version", "GET /identities/x", "POST /identities");
	}

	@Test
	void aNewServerIsCalledWithPrefixAndNeverRedirects() {
		speak(PrefixFinderTests::prefixed);
		this.admin.identities().getIdentity("x");
		create();
		assertThat(this.server.requests()).extracting(Request::toString)
			.containsExactly("GET /admin/version", "GET /admin/identities/x", "POST /admin/identities");
	}

	@Test
	void oneOfManyFirstCallsDetectsThePrefix() throws Exception {
		int calls = 8;
		CountDownLatch started = new CountDownLatch(calls);
		speak((request) -> {
			await(started);
			return prefixed(request);
		});
		ExecutorService threads = Executors.newFixedThreadPool(calls);
		List<Future<?>> done = IntStream.range(0, calls).mapToObj((i) -> threads.submit(() -> {
			started.countDown();
			this.admin.identities().getIdentity("x");
		})).collect(Collectors.toList());
		for (Future<?> call : done) {
			call.get(30, TimeUnit.SECONDS);
		}
		threads.shutdown();
		assertThat(this.server.requests()).extracting(Request::toString)
			.containsOnlyOnce("GET /admin/version")
			.filteredOn("GET /admin/identities/x"::equals)
			.hasSize(calls);
	}

	/** A token provider that ignores an interruption cannot be aborted. */
	@Test
	@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
	void aCallWaitsForTheDetectionByAnotherCallUntilItsDeadline() throws Exception {
		speak(PrefixFinderTests::prefixed);
		CountDownLatch asked = new CountDownLatch(1);
		CountDownLatch answered = new CountDownLatch(1);
		try (KratosAdmin admin = KratosAdmin.builder()
			.baseUrl(this.server.url())
			.callTimeout(Duration.ofSeconds(2))
			.bearerTokenProvider(() -> {
				if (asked.getCount() > 0) {
					asked.countDown();
					await(answered);
				}
				return "token";
			})
			.build()) {
			Thread first = new Thread(() -> catchThrowable(() -> admin.identities().getIdentity("x")));
			first.start();
			asked.await();
			assertThatExceptionOfType(KratosUnavailableException.class)
				.isThrownBy(() -> admin.identities().getIdentity("x"))
				.withMessage("getIdentity got no response: the call was not over after PT2S");
			assertThat(first.isAlive()).isTrue();
			answered.countDown();
			first.join();
		}
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await(30, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			await(latch);
		}
	}

	@Test
	void detectingAgainNeedsNoSecondConnection() {
		speak((request) -> request.target().endsWith("/version") ? respond(request) : UNKNOWN_ROUTE);
		try (KratosAdmin admin = KratosAdmin.builder().baseUrl(this.server.url()).maxConnections(1).build()) {
			assertThatExceptionOfType(KratosNotFoundException.class)
				.isThrownBy(() -> admin.identities().getIdentity("x"))
				.withMessageContaining("the response is not from Kratos (text/plain, 19 bytes)");
		}
	}

	@Test
	void theVersionRequestHasTheCredentials() {
		speak(PrefixFinderTests::prefixed);
		this.admin.identities().getIdentity("x");
		assertThat(this.server.requests())
			.allSatisfy((request) -> assertThat(request.header("Authorization")).isEqualTo("Bearer token"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "/admin", "/gateway/kratos" })
	void aConfiguredPrefixIsUsedUnchanged(String prefix) {
		speak(PrefixFinderTests::respond);
		try (KratosAdmin admin = KratosAdmin.builder().baseUrl(this.server.url()).pathPrefix(prefix).build()) {
			admin.identities().getIdentity("x");
		}
		assertThat(this.server.request().target()).isEqualTo(prefix + "/identities/x");
	}

	@Test
	void aConfiguredPrefixIsNotDetectedAgain() {
		speak((request) -> UNKNOWN_ROUTE);
		try (KratosAdmin admin = KratosAdmin.builder().baseUrl(this.server.url()).pathPrefix("/admin").build()) {
			assertThatExceptionOfType(KratosNotFoundException.class)
				.isThrownBy(() -> admin.identities().getIdentity("x"));
		}
		assertThat(this.server.request().target()).isEqualTo("/admin/identities/x");
	}

	@Test
	void theReplacementByAnOlderServerIsDetected() {
		speak(PrefixFinderTests::prefixed);
		this.admin.identities().getIdentity("x");
		this.server.requests().clear();
		speak(PrefixFinderTests::unprefixed);
		this.admin.identities().getIdentity("x");
		create();
		assertThat(this.server.requests()).extracting(Request::toString)
			.containsExactly("GET /admin/identities/x", "GET /admin/version", "GET /identities/x", "POST /identities");
	}

	@Test
	void aChangeIsNotSentAgainAfterAnUnknownPath() {
		speak(PrefixFinderTests::prefixed);
		this.admin.identities().getIdentity("x");
		this.server.requests().clear();
		speak(PrefixFinderTests::unprefixed);
		assertThatExceptionOfType(KratosUnavailableException.class).isThrownBy(this::create)
			.withMessageEndingWith(
					"the path prefix of the server has changed, and the request was not sent to the new one: call again");
		create();
		assertThat(this.server.requests()).extracting(Request::toString)
			.containsExactly("POST /admin/identities", "GET /admin/version", "POST /identities");
	}

	@Test
	void anIdentityToDeleteIsNotReportedMissingIfTheServerIsReplaced() {
		speak(PrefixFinderTests::prefixed);
		this.admin.metadata().getVersion();
		speak(PrefixFinderTests::unprefixed);
		assertThatExceptionOfType(KratosUnavailableException.class)
			.isThrownBy(() -> this.admin.identities().deleteIdentity("x"));
	}

	@Test
	void aMissingIdentityIsNotFoundEvenIfDetectingAgainFails() {
		speak((request) -> request.target().endsWith("/version") ? respond(request) : UNKNOWN_ROUTE);
		this.admin.metadata().getVersion();
		speak((request) -> request.target().endsWith("/version") ? StubResponse.dropped() : UNKNOWN_ROUTE);
		assertThatExceptionOfType(KratosNotFoundException.class)
			.isThrownBy(() -> this.admin.identities().deleteIdentity("x"))
			.withMessageContaining("the response is not from Kratos (text/plain, 19 bytes)");
	}

	@Test
	void withoutAVersionTheFirstRedirectDeterminesThePrefix() {
		speak((request) -> request.target().endsWith("/version") ? StubResponse.empty(403) : prefixed(request));
		this.admin.identities().getIdentity("x");
		this.admin.identities().getIdentity("x");
		this.admin.identities().getIdentity("x");
		assertThat(this.server.requests()).extracting(Request::toString)
			.containsExactly("GET /admin/version", "GET /identities/x", "GET /admin/identities/x",
					"GET /admin/identities/x", "GET /admin/identities/x");
	}

	@Test
	void theReplacementByANewerServerIsDetected() {
		speak(PrefixFinderTests::unprefixed);
		this.admin.identities().getIdentity("x");
		this.server.requests().clear();
		speak(PrefixFinderTests::prefixed);
		create();
		create();
		assertThat(this.server.requests()).extracting(Request::toString)
			.containsExactly("POST /identities", "POST /admin/identities", "POST /admin/identities");
	}

	@Test
	void aPathThatNoPrefixExplainsIsNotFound() {
		speak((request) -> request.target().endsWith("/version") ? respond(request) : UNKNOWN_ROUTE);
		assertThatExceptionOfType(KratosNotFoundException.class)
			.isThrownBy(() -> this.admin.identities().getIdentity("x"))
			.withMessageContaining("the response is not from Kratos (text/plain, 19 bytes)");
		assertThat(this.server.requests()).extracting(Request::toString)
			.containsExactly("GET /admin/version", "GET /admin/identities/x", "GET /admin/version");
	}

	@Test
	void aMissingIdentityDoesNotTriggerDetection() {
		speak((request) -> request.target().endsWith("/version") ? respond(request) : ABSENT);
		assertThatExceptionOfType(KratosNotFoundException.class)
			.isThrownBy(() -> this.admin.identities().getIdentity("x"));
		assertThat(this.server.requests()).hasSize(2);
	}

	@Test
	void aDetectionWithoutAResponseFailsTheCallAndIsNotRemembered() {
		this.server.respond(StubResponse.dropped());
		assertThatExceptionOfType(KratosUnavailableException.class).isThrownBy(this::create)
			.withMessageStartingWith("createIdentity got no response");
		assertThat(this.server.requests()).extracting(Request::toString).containsExactly("GET /admin/version");
		speak(PrefixFinderTests::prefixed);
		create();
		assertThat(this.server.requests()).extracting(Request::toString)
			.endsWith("GET /admin/version", "POST /admin/identities");
	}

	@Test
	void aDetectionWithAServerErrorIsNotRemembered() {
		speak((request) -> StubResponse.text(502, "Bad Gateway"));
		assertThatExceptionOfType(KratosServerException.class).isThrownBy(this::create)
			.extracting(KratosException::getOperation)
			.isEqualTo("createIdentity");
		speak(PrefixFinderTests::prefixed);
		create();
		assertThat(this.server.requests()).extracting(Request::toString)
			.containsExactly("GET /admin/version", "POST /identities", "GET /admin/version", "POST /admin/identities");
	}

	@Test
	void anotherServerThatRespondsToEveryPathHasNoPrefix() {
		speak((request) -> StubResponse.json(IDENTITY));
		this.admin.identities().getIdentity("x");
		assertThat(this.server.requests()).extracting(Request::toString)
			.containsExactly("GET /admin/version", "GET /identities/x");
	}

	/**
	 * Responses of gateways while Kratos is being deployed.
	 */
	static Stream<StubResponse> responsesOfSomethingElse() {
		return Stream.of(StubResponse.html(404, "<html>404 Not Found</html>"),
				StubResponse.json(404, "{\"message\":\"no Route matched with those values\"}"),
				StubResponse.json(404,
						"{\"error\":{\"code\":404,\"status\":\"Not Found\","
								+ "\"message\":\"Requested url does not match any rules\"}}"),
				StubResponse.text(404, "404 page not found\n"), StubResponse.text(404, "default backend - 404"),
				StubResponse.empty(404), StubResponse.html(200, "<html>Sign in</html>"),
				StubResponse.json("{\"status\":\"maintenance\"}"), StubResponse.empty(401), StubResponse.empty(403),
				StubResponse.json(401, "{\"message\":\"Unauthorized\"}"),
				StubResponse.json(403, "{\"message\":\"Missing Authentication Token\"}"), StubResponse.text(405, "no"),
				StubResponse.text(503, "no healthy upstream"),
				StubResponse.redirect(302, "https://login.example.test/"), StubResponse.redirect(302, "/login"));
	}

	@ParameterizedTest
	@MethodSource("responsesOfSomethingElse")
	void theResponseOfAGatewayDuringADeploymentFixesNoPrefix(StubResponse gateway) {
		speak((request) -> gateway);
		assertThatExceptionOfType(KratosException.class).isThrownBy(() -> this.admin.identities().getIdentity("x"));
		speak(PrefixFinderTests::behindAGateway);
		assertThat(this.admin.identities().getIdentity("x").id()).isEqualTo("x");
		create();
		assertThat(this.server.requests()).extracting(Request::toString)
			.endsWith("GET /admin/identities/x", "POST /admin/identities");
	}

	@ParameterizedTest
	@MethodSource("responsesOfSomethingElse")
	void aDetectedPrefixSurvivesTheResponseOfAGateway(StubResponse gateway) {
		speak(PrefixFinderTests::behindAGateway);
		this.admin.identities().getIdentity("x");
		speak((request) -> gateway);
		assertThatExceptionOfType(KratosException.class).isThrownBy(() -> this.admin.identities().getIdentity("x"));
		speak(PrefixFinderTests::behindAGateway);
		assertThat(this.admin.identities().getIdentity("x").id()).isEqualTo("x");
	}

	/** The response of Traefik while Kratos is being deployed. */
	private void guess() {
		speak((request) -> UNKNOWN_ROUTE);
		assertThatExceptionOfType(KratosNotFoundException.class)
			.isThrownBy(() -> this.admin.identities().getIdentity("x"));
		this.server.requests().clear();
	}

	@ParameterizedTest
	@MethodSource("responsesOfSomethingElse")
	void aGuessIsCheckedAfterAResponseNotFromKratos(StubResponse gateway) {
		guess();
		speak((request) -> request.target().startsWith("/admin/") ? respond(request) : gateway);
		assertThat(this.admin.identities().getIdentity("x").id()).isEqualTo("x");
		create();
		assertThat(this.server.requests()).extracting(Request::toString)
			.containsExactly("GET /identities/x", "GET /admin/version", "GET /admin/identities/x",
					"POST /admin/identities");
	}

	@ParameterizedTest
	@MethodSource("responsesOfSomethingElse")
	void aChangeThatTriggersDetectionIsNotSentAgain(StubResponse gateway) {
		guess();
		speak((request) -> request.target().startsWith("/admin/") ? respond(request) : gateway);
		KratosException ex = catchThrowableOfType(KratosException.class, this::create);
		assertThat(ex).isNotInstanceOf(KratosNotFoundException.class);
		assertThat(ex.isRequestSent()).isTrue();
		assertThat(ex.getStatus()).isEqualTo((gateway.status() == 404) ? 0 : gateway.status());
		create();
		assertThat(this.server.requests()).extracting(Request::toString)
			.containsExactly("POST /identities", "GET /admin/version", "POST /admin/identities");
	}

	@ParameterizedTest
	@MethodSource("responsesOfSomethingElse")
	void aVersionWithoutThePrefixIsCheckedAfterAResponseNotFromKratos(StubResponse gateway) {
		this.server.respond(StubResponse.text(502, "Bad Gateway"));
		speak(PrefixFinderTests::respond);
		assertThat(this.admin.metadata().getVersion().version()).isEqualTo("v1");
		this.server.requests().clear();
		speak((request) -> request.target().startsWith("/admin/") || request.target().equals("/version")
				? respond(request) : gateway);
		assertThat(this.admin.identities().getIdentity("x").id()).isEqualTo("x");
		create();
		assertThat(this.server.requests()).extracting(Request::toString)
			.containsExactly("GET /identities/x", "GET /admin/version", "GET /admin/identities/x",
					"POST /admin/identities");
	}

	@Test
	void responsesOfKratosAndTooManyRequestsDoNotTriggerDetection() {
		guess();
		for (StubResponse response : List.of(ABSENT,
				StubResponse.json(503, "{\"error\":{\"code\":503,\"message\":\"x\"}}"),
				StubResponse.json(401, "{\"error\":{\"code\":401,\"message\":\"x\"}}"), StubResponse.empty(429),
				StubResponse.dropped())) {
			this.server.respond(response);
			assertThatExceptionOfType(KratosException.class).isThrownBy(() -> this.admin.identities().getIdentity("x"));
		}
		assertThat(this.server.requests()).hasSize(5).extracting(Request::toString).containsOnly("GET /identities/x");
	}

	@Test
	void aDoubtfulResponseCostsOneAdditionalRequest() {
		guess();
		speak((request) -> request.target().startsWith("/admin/") ? UNKNOWN_ROUTE : StubResponse.text(503, "busy"));
		for (int i = 0; i < 3; i++) {
			assertThatExceptionOfType(KratosServerException.class)
				.isThrownBy(() -> this.admin.identities().getIdentity("x"));
		}
		assertThat(this.server.requests()).extracting(Request::toString)
			.containsExactly("GET /identities/x", "GET /admin/version", "GET /identities/x", "GET /admin/version",
					"GET /identities/x", "GET /admin/version");
	}

	@Test
	void oneOfManyDoubtfulResponsesTriggersDetection() throws Exception {
		guess();
		int calls = 8;
		List<Thread> threads = new CopyOnWriteArrayList<>();
		speak((request) -> {
			if (request.target().equals("/admin/version")) {
				Awaitility.await()
					.until(() -> threads.stream()
						.filter((thread) -> thread.getState() == Thread.State.TIMED_WAITING)
						.count() == calls - 1);
			}
			return behindAGateway(request);
		});
		List<String> read = new CopyOnWriteArrayList<>();
		IntStream.range(0, calls)
			.forEach((i) -> threads.add(new Thread(() -> read.add(this.admin.identities().getIdentity("x").id()))));
		threads.forEach(Thread::start);
		for (Thread thread : threads) {
			thread.join();
		}
		assertThat(read).hasSize(calls);
		assertThat(this.server.requests()).extracting(Request::toString).containsOnlyOnce("GET /admin/version");
	}

	@Test
	void aRedirectedChangeIsNotReportedAsUnsent() {
		guess();
		speak((request) -> request.method().equals("POST") && request.target().startsWith("/admin/")
				? StubResponse.text(404, "lost") : prefixed(request));
		assertThatExceptionOfType(KratosNotFoundException.class).isThrownBy(this::create);
		assertThat(this.server.requests()).extracting(Request::toString)
			.containsExactly("POST /identities", "POST /admin/identities");
	}

	/**
	 * Only the version is served, as if the other paths belong to another application.
	 */
	private static StubResponse behindAGateway(Request request) {
		return request.target().startsWith("/admin/") ? respond(request) : StubResponse.html(404, "<html>404</html>");
	}

	@Test
	void anErrorDuringDetectionIsNotRetried() {
		AtomicInteger lookUps = new AtomicInteger();
		PrefixFinder finder = new PrefixFinder(new Routes(URI.create("http://kratos"), null), null);
		assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(() -> finder.routes((url) -> {
			lookUps.incrementAndGet();
			throw new OutOfMemoryError("Java heap space");
		}, Duration.ofSeconds(20)));
		assertThat(lookUps).hasValue(1);
	}

	@Test
	void aVersionReadElsewhereDoesNotDetermineThePrefix() {
		speak((request) -> request.target().equals("/admin/version")
				? StubResponse.redirect(307, "/other/admin/version") : respond(request));
		this.admin.identities().getIdentity("x");
		assertThat(this.server.requests()).extracting(Request::toString)
			.containsExactly("GET /admin/version", "GET /identities/x");
	}

	@Test
	void aVersionBehindARedirectDoesNotConfirmTheRequestedPrefix() {
		this.server.respond(StubResponse.empty(503));
		speak(PrefixFinderTests::prefixed);
		this.admin.metadata().getVersion();
		this.admin.identities().getIdentity("x");
		assertThat(this.server.requests()).extracting(Request::toString)
			.containsExactly("GET /admin/version", "GET /version", "GET /admin/version", "GET /admin/identities/x");
	}

	@Test
	void aRedirectNotFromKratosDoesNotConfirmThePrefix() {
		speak((request) -> request.target().endsWith("/version") ? StubResponse.empty(403) : prefixed(request));
		this.admin.identities().getIdentity("x");
		speak((request) -> request.target().startsWith("/admin/") ? StubResponse.html(404, "<html>404</html>")
				: respond(request));
		assertThatExceptionOfType(KratosNotFoundException.class)
			.isThrownBy(() -> this.admin.identities().getIdentity("x"));
		assertThat(this.admin.identities().getIdentity("x").id()).isEqualTo("x");
	}

	@Test
	void aDetectedPrefixIsKeptIfDetectingAgainIsInconclusive() {
		speak(PrefixFinderTests::prefixed);
		this.admin.identities().getIdentity("x");
		speak((request) -> StubResponse.text(404, "default backend - 404"));
		assertThatExceptionOfType(KratosNotFoundException.class)
			.isThrownBy(() -> this.admin.identities().getIdentity("x"));
		this.server.requests().clear();
		speak(PrefixFinderTests::prefixed);
		this.admin.identities().getIdentity("x");
		assertThat(this.server.requests()).extracting(Request::toString).containsExactly("GET /admin/identities/x");
	}

	@Test
	void aMissingIdentityDoesNotTriggerDetectionIfTheVersionWasReadWithoutAPrefix() {
		speak((request) -> request.target().startsWith("/identities")
				? StubResponse.json(404, "{\"error\":{\"code\":404,\"message\":\"Unable to locate the resource\"}}")
				: unprefixed(request));
		this.admin.metadata().getVersion();
		assertThatExceptionOfType(KratosNotFoundException.class)
			.isThrownBy(() -> this.admin.identities().getIdentity("x"));
		assertThat(this.server.requests()).extracting(Request::toString)
			.containsExactly("GET /admin/version", "GET /version", "GET /identities/x");
	}

	@Test
	void aVersionReadWhileThePrefixIsAGuessIsNotRemembered() {
		// The response of a proxy written in Go, then a server of another version.
		this.server.respond(UNKNOWN_ROUTE);
		speak((request) -> request.target().equals("/version") ? StubResponse.redirect(307, "/admin/version")
				: StubResponse.json("{\"version\":\"v0.7.6-alpha.1\"}"));
		assertThatExceptionOfType(KratosUnsupportedException.class)
			.isThrownBy(() -> this.admin.sessions().disableSession("x"));
		speak((request) -> request.target().startsWith("/admin/version")
				? StubResponse.json("{\"version\":\"v26.2.0\"}")
				: request.target().startsWith("/admin/") ? StubResponse.empty(204) : UNKNOWN_ROUTE);
		this.admin.sessions().disableSession("x");
	}

}
