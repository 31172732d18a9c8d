package io.github.kratosadmin.internal.redaction;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.interceptor.KratosAdminInterceptor;
import io.github.kratosadmin.interceptor.OperationCall;
import io.github.kratosadmin.testing.Operations;
import io.github.kratosadmin.testing.TestServer;
import io.github.kratosadmin.testing.TestServer.StubResponse;
import io.micrometer.observation.Observation;
import io.micrometer.tracing.BaggageInScope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Searches for the secrets and personal values of {@link CanaryTests}, and for those of
 * the baggage, in the spans of real tracers, in the headers that continue a trace, in
 * exceptions, and in the log.
 */
class TracingCanaryTests {

	private static final String BAGGAGE = "canary-baggage";

	private static final String ARGUMENT = "canary-argument";

	private static final String INTERCEPTOR = "canary-interceptor";

	private static final List<String> TRACE_HEADERS = List.of("traceparent", "tracestate", "baggage",
			TracingBridge.BAGGAGE_FIELD, "b3", "x-b3-traceid", "x-b3-spanid", "x-b3-parentspanid");

	private final Logger logger = (Logger) LoggerFactory.getLogger("io.github.kratosadmin");

	private final ListAppender<ILoggingEvent> log = new ListAppender<>();

	static Stream<TracingBridge> bridges() {
		return Stream.of(TracingBridge.OpenTelemetry.create(), TracingBridge.Brave.create());
	}

	static Stream<StubResponse> responses() {
		String echo = "{\"error\":{\"code\":%d,\"message\":\"" + BAGGAGE + "\",\"reason\":\"" + ARGUMENT
				+ "\",\"debug\":\"" + INTERCEPTOR + "\"}}";
		return Stream.concat(CanaryTests.responses(), Stream.of(StubResponse.json(404, echo.formatted(404)),
				StubResponse.json(503, echo.formatted(503)), StubResponse.text(200, BAGGAGE + ARGUMENT + INTERCEPTOR)));
	}

	@BeforeEach
	void listen() {
		this.log.start();
		this.logger.setLevel(Level.TRACE);
		this.logger.setAdditive(false);
		this.logger.addAppender(this.log);
	}

	@AfterEach
	void restore() {
		this.logger.detachAppender(this.log);
		this.logger.setAdditive(true);
		this.logger.setLevel(null);
	}

	@ParameterizedTest
	@MethodSource("bridges")
	void noSecretIsInASpan(TracingBridge bridge) {
		StringBuilder shown = new StringBuilder();
		responses().forEach((response) -> {
			try (TestServer server = server(response); KratosAdmin admin = builder(bridge, server)) {
				CanaryTests.calls(admin).forEach((call) -> shown.append(show(bridge, call)));
				assertThat(headers(server)).contains(BAGGAGE)
					.doesNotContain(CanaryTests.CANARIES)
					.doesNotContain(CanaryTests.PERSONAL);
			}
		});
		assertThat(bridge.spans())
			.contains("application", "kratos createIdentity", "KratosNotFoundException", "SERVER_ERROR")
			.doesNotContain(CanaryTests.CANARIES)
			.doesNotContain(CanaryTests.PERSONAL)
			.doesNotContain(BAGGAGE);
		assertThat(shown).contains("failed with status 404").doesNotContain(BAGGAGE);
		assertThat(logged()).contains("getIdentity CLIENT_ERROR 404")
			.doesNotContain(CanaryTests.CANARIES)
			.doesNotContain(CanaryTests.PERSONAL)
			.doesNotContain(BAGGAGE);
	}

	@ParameterizedTest
	@MethodSource("bridges")
	void noArgumentIsInASpan(TracingBridge bridge) {
		responses().forEach((response) -> {
			try (TestServer server = server(response); KratosAdmin admin = builder(bridge, server)) {
				Operations.all().forEach((operation) -> show(bridge, call(admin, operation)));
				assertThat(server.requests()).extracting(TestServer.Request::path)
					.anyMatch((path) -> path.contains(ARGUMENT));
				assertThat(headers(server)).contains(BAGGAGE).doesNotContain(ARGUMENT);
			}
		});
		assertThat(bridge.spans()).contains("kratos deleteIdentity", "/identities/{id}").doesNotContain(ARGUMENT);
		assertThat(logged()).contains("deleteIdentity CLIENT_ERROR 404").doesNotContain(ARGUMENT);
	}

	@ParameterizedTest
	@MethodSource("bridges")
	void noValueOfAnInterceptorIsInASpan(TracingBridge bridge) {
		StringBuilder shown = new StringBuilder();
		responses().forEach((response) -> {
			try (TestServer server = server(response); KratosAdmin admin = builder(bridge, server)) {
				shown.append(show(bridge, () -> admin.identities().getIdentity("x")));
				assertThat(server.requests()).extracting((request) -> request.header("X-Audit")).contains(INTERCEPTOR);
				assertThat(show(bridge, () -> admin.identities().getIdentity("refused"))).contains(INTERCEPTOR);
			}
		});
		assertThat(bridge.spans()).contains("REFUSED", "IllegalStateException").doesNotContain(INTERCEPTOR);
		assertThat(shown).contains("failed with status 404").doesNotContain(INTERCEPTOR);
		assertThat(logged()).contains("getIdentity REFUSED").doesNotContain(INTERCEPTOR);
	}

	private static Callable<?> call(KratosAdmin admin, Method operation) {
		Object[] arguments = Arrays.stream(operation.getParameters())
			.map((parameter) -> Operations.argument(parameter, ARGUMENT))
			.toArray();
		return () -> Operations.call(admin, operation, arguments);
	}

	private static TestServer server(StubResponse response) {
		return new TestServer().otherwise((request) -> CanaryTests.respond(request, response));
	}

	private static KratosAdmin builder(TracingBridge bridge, TestServer server) {
		return KratosAdmin.builder()
			.observationRegistry(bridge.registry())
			.baseUrl(server.url())
			.pathPrefix("")
			.bearerToken("canary-bearer")
			.header("X-Api-Key", "canary-header")
			.interceptor(new Interceptor())
			.build();
	}

	/**
	 * Makes a call in a span of the application with baggage.
	 */
	private static String show(TracingBridge bridge, Callable<?> call) {
		Observation application = Observation.start("application", bridge.registry());
		try (Observation.Scope scope = application.openScope();
				BaggageInScope baggage = bridge.tracer().createBaggageInScope(TracingBridge.BAGGAGE_FIELD, BAGGAGE)) {
			return CanaryTests.show(call);
		}
		finally {
			application.stop();
		}
	}

	private static String headers(TestServer server) {
		return server.requests()
			.stream()
			.flatMap((request) -> TRACE_HEADERS.stream().map((name) -> name + ": " + request.header(name)))
			.collect(Collectors.joining("\n"));
	}

	/**
	 * The lines of the client. Those of HttpClient show URLs and headers, which is
	 * documented.
	 */
	private String logged() {
		return this.log.list.stream()
			.filter((event) -> !event.getLoggerName().startsWith("io.github.kratosadmin.internal.httpclient."))
			.map((event) -> event.getLoggerName() + event.getFormattedMessage() + event.getMDCPropertyMap()
					+ ThrowableProxyUtil.asString(event.getThrowableProxy()))
			.collect(Collectors.joining("\n"));
	}

	/**
	 * Adds a header, and refuses a call for one identity.
	 */
	private static final class Interceptor implements KratosAdminInterceptor {

		@Override
		public void beforeOperation(OperationCall call) {
			if (call.getArguments().containsValue("refused")) {
				throw new IllegalStateException(INTERCEPTOR, new IllegalStateException(INTERCEPTOR));
			}
			call.addHeader("X-Audit", INTERCEPTOR);
		}

	}

}
