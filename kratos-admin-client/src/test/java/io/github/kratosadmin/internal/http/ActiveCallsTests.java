package io.github.kratosadmin.internal.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import feign.Request;
import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.KratosAdminBuilder;
import io.github.kratosadmin.error.KratosException;
import io.github.kratosadmin.error.KratosServerException;
import io.github.kratosadmin.error.KratosUnavailableException;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.internal.operation.ActiveCalls;
import io.github.kratosadmin.internal.operation.Call;
import io.github.kratosadmin.internal.operation.Invocation;
import io.github.kratosadmin.testing.Operations;
import io.github.kratosadmin.testing.TestServer;
import io.github.kratosadmin.testing.TestServer.StubResponse;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Tests for calls that end early. Nothing must stay behind.
 */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class ActiveCallsTests {

	private static final Invocation GET_IDENTITY = Operations.invocation("getIdentity");

	private static final String IDENTITY = "{\"id\":\"x\"}";

	private static final Duration SOON = Duration.ofSeconds(15);

	@AutoClose
	private final TestServer server = new TestServer();

	@Test
	void anInterruptionEndsACallThatWaitsForItsResponse() throws Exception {
		this.server.otherwise((request) -> StubResponse.held());
		try (KratosAdmin admin = patient().build()) {
			CompletableFuture<Failure> failure = new CompletableFuture<>();
			Thread caller = new Thread(() -> failure.complete(Failure.of(admin)));
			caller.start();
			this.server.awaitRequest();
			caller.interrupt();
			assertThat(failure).succeedsWithin(SOON).satisfies((ended) -> {
				assertThat(ended.exception()).isExactlyInstanceOf(KratosUnavailableException.class)
					.hasMessage("getIdentity got no response: the thread was interrupted");
				assertThat(ended.interrupted()).isTrue();
			});
		}
	}

	@Test
	void anInterruptionEndsACallThatWaitsForTheRestOfItsResponse() throws Exception {
		this.server.otherwise((request) -> StubResponse.json("{\"id\":").heldMidway());
		try (KratosAdmin admin = patient().build()) {
			CompletableFuture<Failure> failure = new CompletableFuture<>();
			Thread caller = new Thread(() -> failure.complete(Failure.of(admin)));
			caller.start();
			Awaitility.await()
				.until(() -> Stream.of(caller.getStackTrace())
					.anyMatch((frame) -> frame.getClassName().equals(ResponseBody.class.getName())));
			caller.interrupt();
			assertThat(failure).succeedsWithin(SOON).satisfies((ended) -> {
				assertThat(ended.exception()).isExactlyInstanceOf(KratosUnavailableException.class);
				assertThat(ended.interrupted()).isTrue();
			});
		}
	}

	@Test
	void anInterruptionEndsACallDuringTheTlsHandshake() throws Exception {
		try (TestServer deaf = TestServer.deaf();
				KratosAdmin admin = patient().baseUrl("https://127.0.0.1:" + deaf.port())
					.connectTimeout(Duration.ofMinutes(2))
					.build()) {
			assertInterruptible(admin, DeadlineSocket.class.getName(), "read");
		}
	}

	@Test
	void anInterruptionEndsACallThatConnects() throws Exception {
		try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
				Socket first = new Socket();
				Socket second = new Socket();
				Socket third = new Socket()) {
			int connected = 0;
			for (Socket socket : List.of(first, second, third)) {
				try {
					socket.connect(busy.getLocalSocketAddress(), 200);
					connected++;
				}
				catch (IOException ex) {
					// Full.
				}
			}
			assumeTrue(connected < 3, "this system lets everybody connect");
			try (KratosAdmin admin = patient().baseUrl("http://127.0.0.1:" + busy.getLocalPort())
				.connectTimeout(Duration.ofMinutes(2))
				.build()) {
				assertInterruptible(admin, DeadlineSocket.class.getName(), "connect");
			}
		}
	}

	@Test
	void anInterruptionEndsACallThatSendsItsRequest() throws Exception {
		Map<String, String> traits = Map.of("picture", "x".repeat(20_000_000));
		try (TestServer deaf = TestServer.deaf(); KratosAdmin admin = patient().baseUrl(deaf.url()).build()) {
			assertInterruptible(
					() -> admin.identities().createIdentity(CreateIdentity.builder().traits(traits).build()),
					"sun.nio.ch.", "rite");
		}
	}

	@Test
	void anInterruptionEndsACallThroughAProxyThatDoesNotRespond() throws Exception {
		try (TestServer deaf = TestServer.deaf();
				KratosAdmin admin = patient().baseUrl("https://kratos.invalid")
					.proxy(deaf.url())
					.connectTimeout(Duration.ofMinutes(2))
					.build()) {
			assertInterruptible(admin, DeadlineSocket.class.getName(), "read");
		}
	}

	private static void assertInterruptible(KratosAdmin admin, String type, String method) {
		assertInterruptible(() -> admin.identities().getIdentity("x"), type, method);
	}

	private static void assertInterruptible(Runnable call, String type, String method) {
		CompletableFuture<Failure> failure = new CompletableFuture<>();
		Thread caller = new Thread(() -> failure.complete(Failure.of(call)));
		caller.start();
		Awaitility.await()
			.until(() -> Stream.of(caller.getStackTrace())
				.anyMatch((frame) -> frame.getClassName().startsWith(type) && frame.getMethodName().contains(method)));
		caller.interrupt();
		assertThat(failure).succeedsWithin(SOON).satisfies((ended) -> {
			assertThat(ended.exception()).isExactlyInstanceOf(KratosUnavailableException.class)
				.hasMessageEndingWith(" got no response: the thread was interrupted");
			assertThat(ended.interrupted()).isTrue();
		});
	}

	@Test
	void theReadTimeoutAppliesToTheWholeResponse() {
		Duration timeout = Duration.ofSeconds(1);
		for (String begun : List.of("HTTP/1.1 200 OK\r\nX-Endless: ",
				"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n{")) {
			this.server.respond(StubResponse.script((connection) -> {
				connection.getOutputStream().write(begun.getBytes(StandardCharsets.US_ASCII));
				// No read takes as long as the timeout.
				while (!TestServer.endsWithin(connection, Duration.ofMillis(50))) {
					connection.getOutputStream().write(' ');
				}
			}));
			try (KratosAdmin admin = patient().readTimeout(timeout).build()) {
				long start = System.nanoTime();
				assertThatExceptionOfType(KratosUnavailableException.class)
					.isThrownBy(() -> admin.identities().getIdentity("x"));
				assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(timeout, timeout.plus(SOON));
			}
		}
	}

	@Test
	void anInterruptionEndsTheWaitForARetry() throws Exception {
		this.server.otherwise((request) -> StubResponse.empty(503));
		Duration aMinute = Duration.ofMinutes(1);
		try (KratosAdmin admin = patient().maxRetries(4).retryDelay(aMinute, 1, aMinute, Duration.ZERO).build()) {
			CompletableFuture<Failure> failure = new CompletableFuture<>();
			Thread caller = new Thread(() -> failure.complete(Failure.of(admin)));
			caller.start();
			this.server.awaitRequest();
			Awaitility.await().until(() -> caller.getState() == Thread.State.TIMED_WAITING);
			caller.interrupt();
			assertThat(failure).succeedsWithin(SOON).satisfies((ended) -> {
				assertThat(ended.exception()).isInstanceOf(KratosException.class);
				assertThat(ended.interrupted()).isTrue();
			});
			assertThat(this.server.requests()).hasSize(1);
		}
	}

	@Test
	void anInterruptionEndsACallThatWaitsForAConnection() throws Exception {
		this.server.otherwise((request) -> StubResponse.held());
		try (KratosAdmin admin = patient().maxConnections(1).build()) {
			Thread holder = new Thread(() -> Failure.of(admin));
			holder.start();
			this.server.awaitRequest();
			CompletableFuture<Failure> failure = new CompletableFuture<>();
			Thread caller = new Thread(() -> failure.complete(Failure.of(admin)));
			caller.start();
			Awaitility.await()
				.until(() -> caller.getState() == Thread.State.TIMED_WAITING
						|| caller.getState() == Thread.State.WAITING);
			caller.interrupt();
			assertThat(failure).succeedsWithin(SOON).satisfies((ended) -> {
				assertThat(ended.exception()).isExactlyInstanceOf(KratosUnavailableException.class);
				assertThat(ended.interrupted()).isTrue();
			});
			holder.interrupt();
			holder.join(SOON.toMillis());
			assertThat(holder.isAlive()).isFalse();
		}
	}

	@Test
	void theWatchdogRunsOnlyWhileThereAreCalls() throws Throwable {
		List<Thread> watchdogs = new CopyOnWriteArrayList<>();
		try (ActiveCalls calls = new ActiveCalls(Duration.ofSeconds(2), (run) -> {
			Thread watchdog = new Thread(run);
			watchdogs.add(watchdog);
			return watchdog;
		})) {
			for (int i = 1; i <= 2; i++) {
				Object alive = calls.run(GET_IDENTITY, (call) -> watchdogs.get(watchdogs.size() - 1).isAlive());
				assertThat(alive).isEqualTo(true);
				assertThat(watchdogs).hasSize(i);
				Thread watchdog = watchdogs.get(i - 1);
				watchdog.join(SOON.toMillis());
				assertThat(watchdog.isAlive()).isFalse();
			}
		}
	}

	@Test
	void aThreadThatCannotBeStartedLeavesNothingBehind() throws Throwable {
		AtomicInteger starts = new AtomicInteger();
		ActiveCalls calls = new ActiveCalls(Duration.ofMillis(300),
				(run) -> (starts.incrementAndGet() == 1) ? unstartable(run) : new Thread(run));
		for (int i = 0; i < 2; i++) {
			assertThat(calls.run(GET_IDENTITY, (call) -> "x")).isEqualTo("x");
			assertThat(calls.current()).isNull();
		}
		assertThat(starts).hasValue(2);
		CompletableFuture<Boolean> aborted = new CompletableFuture<>();
		calls.run(GET_IDENTITY, (call) -> {
			call.abortWith(() -> aborted.complete(true));
			return aborted.get(15, TimeUnit.SECONDS);
		});
		calls.close();
	}

	@Test
	void aCallEndsAtItsDeadlineWithoutAWatchdog() {
		this.server.otherwise((request) -> StubResponse.json("{\"id\":").endless(Duration.ofMillis(50)));
		ActiveCalls calls = new ActiveCalls(Duration.ofMillis(500), ActiveCallsTests::unstartable);
		HttpSettings settings = new HttpSettings(SOON, Duration.ofMinutes(2), 1, SOON, SOON,
				ResponseBody.DEFAULT_MAX_SIZE, null, null, null, calls);
		try (ApacheHttpSender http = new ApacheHttpSender(settings)) {
			assertThatExceptionOfType(KratosUnavailableException.class)
				.isThrownBy(() -> calls.run(GET_IDENTITY, (call) -> {
					try (ResponseBody body = get(http)) {
						return body.readAllBytes();
					}
					catch (IOException ex) {
						throw HttpTransport.unavailable(GET_IDENTITY.operation(), URI.create(this.server.url()), ex);
					}
				}))
				.withMessage("getIdentity got no response: the call was not over after PT0.5S");
		}
	}

	/** Otherwise HttpClient's pool would stay shut down until the application ends. */
	@Test
	void anErrorWhileARequestIsWrittenEndsOnlyItsCall() throws Throwable {
		this.server.otherwise((request) -> StubResponse.json(IDENTITY));
		AtomicInteger errors = new AtomicInteger(2);
		ActiveCalls calls = new ActiveCalls(SOON) {

			@Override
			public Call current() {
				if (isWriting() && errors.getAndDecrement() > 0) {
					throw new OutOfMemoryError("Cannot reserve direct buffer memory");
				}
				return super.current();
			}

		};
		HttpSettings settings = new HttpSettings(SOON, SOON, 1, SOON, Duration.ofSeconds(1),
				ResponseBody.DEFAULT_MAX_SIZE, null, null, null, calls);
		try (calls; ApacheHttpSender http = new ApacheHttpSender(settings)) {
			for (int i = 0; i < 2; i++) {
				assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(() -> read(calls, http));
			}
			assertThat(read(calls, http)).isEqualTo(IDENTITY);
		}
		assertThat(this.server.requests()).hasSize(1);
	}

	private Object read(ActiveCalls calls, ApacheHttpSender http) throws Throwable {
		return calls.run(GET_IDENTITY, (call) -> {
			try (ResponseBody body = get(http)) {
				return new String(body.readAllBytes(), StandardCharsets.UTF_8);
			}
		});
	}

	private ResponseBody get(HttpSender http) throws IOException {
		String url = this.server.url() + "/x";
		Request request = Request.create(Request.HttpMethod.GET, url, Map.of(), null, null, null);
		return ResponseBody.of(http.send(URI.create(url), Map.of(), request));
	}

	private static boolean isWriting() {
		return Stream.of(Thread.currentThread().getStackTrace())
			.anyMatch((frame) -> frame.getClassName().equals(DeadlineSocket.class.getName() + "$Output"));
	}

	@Test
	void anErrorInTheWatchdogDoesNotRemoveADeadline() throws Throwable {
		ActiveCalls calls = new ActiveCalls(Duration.ofSeconds(1));
		CompletableFuture<Boolean> aborted = new CompletableFuture<>();
		AtomicInteger attempts = new AtomicInteger();
		calls.run(GET_IDENTITY, (call) -> {
			call.abortWith(() -> {
				if (attempts.incrementAndGet() == 1) {
					throw new OutOfMemoryError("no memory for a moment");
				}
				aborted.complete(true);
			});
			return aborted.get(15, TimeUnit.SECONDS);
		});
		assertThat(attempts).hasValue(2);
		calls.close();
	}

	@Test
	void aRetryThatIsNotSentDoesNotHideTheRequestSentBefore() {
		ActiveCalls calls = new ActiveCalls(SOON);
		assertThatExceptionOfType(KratosUnavailableException.class).isThrownBy(() -> calls.run(GET_IDENTITY, (call) -> {
			call.beforeSend(SOON);
			call.beforeSend(SOON);
			calls.markNotProcessed();
			throw HttpTransport.unavailable(GET_IDENTITY.operation(), URI.create("http://kratos"), new IOException());
		})).returns(true, KratosException::isRequestSent);
		calls.close();
	}

	@Test
	void closingEndsACallThatWaitsForAConnectionImmediately() throws Exception {
		this.server.otherwise((request) -> StubResponse.held());
		KratosAdmin admin = patient().maxConnections(1).build();
		Thread holder = new Thread(() -> Failure.of(admin));
		holder.start();
		this.server.awaitRequest();
		CompletableFuture<Failure> failure = new CompletableFuture<>();
		Thread caller = new Thread(() -> failure.complete(Failure.of(admin)));
		caller.start();
		Awaitility.await().until(() -> caller.getState() == Thread.State.TIMED_WAITING);
		admin.close();
		assertThat(failure).succeedsWithin(SOON)
			.satisfies((ended) -> assertThat(ended.exception()).isExactlyInstanceOf(KratosUnavailableException.class)
				.hasMessage("getIdentity got no response: this KratosAdmin is closed"));
		holder.join(SOON.toMillis());
		assertThat(holder.isAlive()).isFalse();
	}

	@Test
	void closingEndsTheWaitForARetryImmediately() throws Exception {
		this.server.otherwise((request) -> StubResponse.empty(503));
		Duration aMinute = Duration.ofMinutes(1);
		KratosAdmin admin = patient().maxRetries(4).retryDelay(aMinute, 1, aMinute, Duration.ZERO).build();
		CompletableFuture<Failure> failure = new CompletableFuture<>();
		Thread caller = new Thread(() -> failure.complete(Failure.of(admin)));
		caller.start();
		this.server.awaitRequest();
		Awaitility.await().until(() -> caller.getState() == Thread.State.TIMED_WAITING);
		admin.close();
		assertThat(failure).succeedsWithin(SOON)
			.satisfies((ended) -> assertThat(ended.exception()).isInstanceOf(KratosServerException.class));
		assertThat(this.server.requests()).hasSize(1);
	}

	private static Thread unstartable(Runnable run) {
		return new Thread(run) {

			@Override
			public synchronized void start() {
				throw new OutOfMemoryError("unable to create native thread");
			}

		};
	}

	@Test
	void closingLeavesNoThreadAndNoConnection() throws Exception {
		this.server.otherwise(
				(request) -> request.path().endsWith("held") ? StubResponse.held() : StubResponse.json(IDENTITY));
		// The threads that these threads start are in their group too.
		ThreadGroup threads = new ThreadGroup("callers");
		CompletableFuture<KratosAdmin> created = new CompletableFuture<>();
		new Thread(threads, () -> created.complete(patient().build())).start();
		KratosAdmin admin = created.join();
		for (String id : List.of("held", "held", "held", "held", "x")) {
			new Thread(threads, () -> Failure.of(() -> admin.identities().getIdentity(id))).start();
			this.server.awaitRequest();
		}
		assertThat(this.server.connections()).isEqualTo(5);
		assertThat(threads.activeCount()).as("calls that are under way, and the watchdog").isGreaterThanOrEqualTo(5);
		admin.close();
		Awaitility.await().untilAsserted(() -> assertThat(this.server.openConnections()).isZero());
		Awaitility.await().untilAsserted(() -> assertThat(threads.activeCount()).isZero());
	}

	@Test
	void aFailingServerGetsNoSecondRequest() {
		this.server.respond(StubResponse.empty(503)).otherwise((request) -> StubResponse.json(IDENTITY));
		try (KratosAdmin admin = patient().build()) {
			assertThatExceptionOfType(KratosServerException.class)
				.isThrownBy(() -> admin.identities().getIdentity("x"));
		}
		assertThat(this.server.requests()).hasSize(1);
	}

	private KratosAdminBuilder patient() {
		Duration never = Duration.ofMinutes(2);
		return KratosAdmin.builder()
			.baseUrl(this.server.url())
			.pathPrefix("")
			.readTimeout(never)
			.callTimeout(never)
			.acquireTimeout(never);
	}

	private record Failure(RuntimeException exception, boolean interrupted) {

		static Failure of(KratosAdmin admin) {
			return of(() -> admin.identities().getIdentity("x"));
		}

		static Failure of(Runnable call) {
			try {
				call.run();
				return new Failure(null, Thread.currentThread().isInterrupted());
			}
			catch (RuntimeException ex) {
				return new Failure(ex, Thread.currentThread().isInterrupted());
			}
		}

	}

}
