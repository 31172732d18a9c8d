package io.github.kratosadmin.internal.redaction;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.KratosAdminBuilder;
import io.github.kratosadmin.courier.ListCourierMessages;
import io.github.kratosadmin.identity.BatchPatchIdentities;
import io.github.kratosadmin.identity.BatchPatchIdentities.IdentityPatch;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.identity.CredentialsType;
import io.github.kratosadmin.identity.IdentityPath;
import io.github.kratosadmin.identity.ImportCredentials;
import io.github.kratosadmin.identity.ImportIdentities;
import io.github.kratosadmin.identity.ImportResult;
import io.github.kratosadmin.identity.JsonPatch;
import io.github.kratosadmin.identity.ListIdentities;
import io.github.kratosadmin.identity.UpdateIdentity;
import io.github.kratosadmin.recovery.CreateRecoveryCode;
import io.github.kratosadmin.recovery.CreateRecoveryLink;
import io.github.kratosadmin.schema.ListIdentitySchemas;
import io.github.kratosadmin.testing.TestServer;
import io.github.kratosadmin.testing.TestServer.Request;
import io.github.kratosadmin.testing.TestServer.StubResponse;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.ObservationTextPublisher;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Puts a unique secret in each place that can have one, and searches for it in the logs
 * of all levels, in exceptions, in observations, and in the text of results.
 */
class CanaryTests {

	/**
	 * The loggers of Apache HttpClient whose purpose is to show every byte and header, at
	 * level DEBUG.
	 */
	private static final List<String> WIRE = List.of("org.apache.hc.client5.http.wire",
			"org.apache.hc.client5.http.headers");

	private static final String RESPONSE = """
			{"id":"x","status":"ok","version":"v26.2.0","schema_id":"default","recovery_link":"https://a.test/canary-link",
			"recovery_code":"canary-code","tokenized":"canary-tokenized","body":"canary-message","subject":"canary-subject",
			"recipient":"canary-recipient","traits":{"email":"canary-trait"},"metadata_admin":{"a":"canary-metadata"},
			"properties":{"traits":{"default":"canary-schema"}},"schema":{"default":"canary-schema"},
			"request_url":"https://a.test/self-service/recovery?token=canary-token","devices":[{"ip_address":"canary-device"}],
			"credentials":{"oidc":{"type":"oidc","identifiers":["canary-identifier"],"config":{"providers":[
			{"initial_access_token":"canary-oidc-token"}]}},"password":{"config":{"hashed_password":"canary-hash"}}},
			"identity":{"id":"y","traits":{"email":"canary-trait"}},"identities":[{"action":"create","identity":"x"}],
			"ui":{"action":"https://a.test","method":"POST","nodes":[{"type":"input","attributes":
			{"name":"csrf_token","value":"canary-csrf"}}]},"error":{"code":500,"debug":"canary-debug"}}""";

	static final List<String> CANARIES = List.of("canary-bearer", "canary-header", "canary-session", "canary-password",
			"canary-imported-hash", "canary-subject", "canary-link", "canary-code", "canary-tokenized",
			"canary-message", "canary-trait", "canary-metadata", "canary-oidc-token", "canary-hash", "canary-csrf",
			"canary-debug", "canary-schema", "canary-token", "canary-device");

	/**
	 * Personal values in queries, which are not secret: Apache HttpClient shows URLs at
	 * level DEBUG.
	 */
	static final List<String> PERSONAL = List.of("canary-identifier", "canary-recipient");

	private final ListAppender<ILoggingEvent> log = new ListAppender<>() {

		@Override
		protected void append(ILoggingEvent event) {
			// Format now: HttpClient reuses the buffer with the text.
			event.getFormattedMessage();
			super.append(event);
		}

	};

	/** The log records of the JDK. */
	private final Queue<LogRecord> jdkLog = new ConcurrentLinkedQueue<>();

	private final Handler jdkHandler = new Handler() {

		@Override
		public void publish(LogRecord entry) {
			entry.setMessage(new SimpleFormatter().format(entry));
			entry.setParameters(null);
			CanaryTests.this.jdkLog.add(entry);
		}

		@Override
		public void flush() {
		}

		@Override
		public void close() {
		}

	};

	private final java.util.logging.Logger jdkRoot = java.util.logging.Logger.getLogger("");

	private java.util.logging.Level jdkLevel;

	private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

	private Level level;

	private final ObservationRegistry observations = ObservationRegistry.create();

	/** What handlers of observations see. */
	private final StringBuffer observed = new StringBuffer();

	@BeforeEach
	void listen() {
		this.observations.observationConfig()
			.observationHandler(new ObservationTextPublisher(this.observed::append))
			.observationHandler(new ErrorPublisher(this.observed));
		this.level = this.root.getLevel();
		this.root.detachAndStopAllAppenders();
		this.root.setLevel(Level.TRACE);
		this.log.start();
		this.root.addAppender(this.log);
		this.jdkLevel = this.jdkRoot.getLevel();
		this.jdkRoot.setLevel(java.util.logging.Level.ALL);
		this.jdkHandler.setLevel(java.util.logging.Level.ALL);
		this.jdkRoot.addHandler(this.jdkHandler);
	}

	@AfterEach
	void restore() {
		this.jdkRoot.removeHandler(this.jdkHandler);
		this.jdkRoot.setLevel(this.jdkLevel);
		this.root.detachAppender(this.log);
		this.root.setLevel(this.level);
	}

	static Stream<StubResponse> responses() {
		String envelope = "{\"error\":{\"code\":%d,\"message\":\"shown\",\"debug\":\"canary-debug\","
				+ "\"details\":{\"link\":\"canary-link\"}}}";
		// As from a gateway that shows the request.
		String echo = "no route for\r\nAuthorization: Bearer canary-bearer\r\nX-Api-Key: canary-header\r\n"
				+ "x-session-token:  canary-session\r\n(bearer canary-bearer)";
		return Stream.of(StubResponse.text(404, echo), StubResponse.text(200, echo),
				StubResponse.html(502, "<pre>" + echo.replace("\r\n", "<br/>") + "</pre>"), StubResponse.json(RESPONSE),
				StubResponse.json("[" + RESPONSE + "]").header("Link", "<x>"),
				StubResponse.json(RESPONSE.substring(0, RESPONSE.length() - 20)), StubResponse.json("\"canary-code\""),
				StubResponse.json(400, envelope.formatted(400)), StubResponse.json(409, envelope.formatted(409)),
				StubResponse.json(500, envelope.formatted(500)),
				StubResponse.html(502, "<p title=\"canary-link\">Bad Gateway</p>")
					.header("X-Request-Id", "canary-bearer"),
				StubResponse.text(404, "{\"a\":\"canary-password\"}"), StubResponse.dropped(),
				StubResponse.json(RESPONSE).cutOff());
	}

	@ParameterizedTest
	@MethodSource("responses")
	void noSecretIsShownWhateverTheResponse(StubResponse response) {
		StringBuilder shown = new StringBuilder();
		try (TestServer server = new TestServer().otherwise((request) -> respond(request, response));
				KratosAdmin admin = builder(server).build()) {
			for (Callable<?> call : calls(admin)) {
				shown.append(show(call)).append('\n');
			}
			assertThat(server.requests()).extracting((request) -> request.header("Authorization"))
				.contains("Bearer canary-bearer");
		}
		assertThat(shown + logged((logger) -> !WIRE.contains(logger))).doesNotContain(CANARIES);
		assertThat(shown + logged(
				(logger) -> !WIRE.contains(logger) && !logger.startsWith("io.github.kratosadmin.internal.httpclient.")))
			.doesNotContain(PERSONAL);
		assertThat(this.log.list).isNotEmpty();
		assertThat(this.observed).contains("createIdentity", "STOP").doesNotContain(CANARIES).doesNotContain(PERSONAL);
	}

	private KratosAdminBuilder builder(TestServer server) {
		return KratosAdmin.builder()
			.observationRegistry(this.observations)
			.baseUrl(server.url())
			.pathPrefix("")
			.bearerToken("canary-bearer")
			.header("X-Api-Key", "canary-header");
	}

	/**
	 * Checks that the test above searches for existing values: all canaries are sent or
	 * received.
	 */
	@Test
	void everySecretIsSentOrReceived() {
		try (TestServer server = new TestServer().otherwise((request) -> respond(request, StubResponse.json(RESPONSE)));
				KratosAdmin admin = builder(server).build()) {
			calls(admin).forEach(CanaryTests::show);
		}
		assertThat(logged(WIRE::contains)).contains(CANARIES).contains(PERSONAL);
	}

	@Test
	void thePasswordOfAProxyIsNotShown() {
		StringBuilder shown = new StringBuilder();
		try (TestServer proxy = new TestServer()) {
			for (StubResponse response : List.of(StubResponse.json(RESPONSE), StubResponse.empty(407),
					StubResponse.dropped(),
					StubResponse.empty(407).header("Proxy-Authenticate", "Basic realm=\"proxy\""))) {
				proxy.respond(response, response);
				KratosAdminBuilder builder = builder(proxy).baseUrl("http://kratos.invalid:4434")
					.proxy(proxy.url())
					.proxyCredentials("user", "canary-proxy");
				try (KratosAdmin admin = builder.build()) {
					shown.append(builder).append(admin).append(show(() -> admin.identities().getIdentity("x")));
				}
			}
			assertThat(proxy.requests()).extracting((request) -> request.header("Proxy-Authorization"))
				.contains("Basic dXNlcjpjYW5hcnktcHJveHk=");
		}
		assertThat(shown + logged((logger) -> !WIRE.contains(logger))).doesNotContain("canary-proxy",
				"dXNlcjpjYW5hcnktcHJveHk=");
	}

	private String logged(Predicate<String> loggers) {
		StringBuilder text = new StringBuilder();
		this.jdkLog.stream()
			.filter((entry) -> loggers.test(entry.getLoggerName()))
			.forEach((entry) -> text.append(entry.getMessage()));
		this.log.list.stream()
			.filter((event) -> loggers.test(event.getLoggerName()))
			.forEach((event) -> text.append(event.getLoggerName())
				.append(' ')
				.append(event.getFormattedMessage())
				.append(ThrowableProxyUtil.asString(event.getThrowableProxy()))
				.append('\n'));
		return text.toString();
	}

	static StubResponse respond(Request request, StubResponse response) {
		return request.path().equals("/version") ? StubResponse.json("{\"version\":\"v26.2.0\"}") : response;
	}

	static String show(Callable<?> call) {
		StringWriter text = new StringWriter();
		try {
			text.append(String.valueOf(call.call()));
		}
		catch (Exception ex) {
			ex.printStackTrace(new PrintWriter(text));
		}
		return text.toString();
	}

	static List<Callable<?>> calls(KratosAdmin admin) {
		ImportCredentials credentials = ImportCredentials.builder()
			.password("canary-password")
			.oidc("github", "canary-subject")
			.build();
		CreateIdentity create = CreateIdentity.builder()
			.traits(Map.of("email", "canary-trait"))
			.metadataAdmin(Map.of("a", "canary-metadata"))
			.credentials(credentials)
			.build();
		CreateIdentity hashed = CreateIdentity.builder()
			.traits(Map.of())
			.credentials(ImportCredentials.builder().hashedPassword("canary-imported-hash").build())
			.build();
		UpdateIdentity update = UpdateIdentity.builder()
			.traits(Map.of("email", "canary-trait"))
			.credentials(credentials)
			.build();
		JsonPatch patch = JsonPatch.builder().add(IdentityPath.traits("email"), "canary-trait").build();
		List<Callable<?>> calls = new ArrayList<>(List.of(() -> create, () -> update, () -> patch, () -> credentials,
				() -> admin.identities().createIdentity(create), () -> admin.identities().createIdentity(hashed),
				() -> admin.identities().updateIdentity("x", update),
				() -> admin.identities().patchIdentity("x", patch),
				() -> admin.identities()
					.batchPatchIdentities(new BatchPatchIdentities(List.of(new IdentityPatch(create, null)))),
				() -> admin.identities().updateIdentity("x", (identity) -> update),
				() -> admin.identities().getIdentity("x", List.of(CredentialsType.OIDC)),
				() -> admin.identities().findByCredentialsIdentifier("canary-identifier"),
				() -> admin.identities().listIdentities(ListIdentities.builder().build()),
				() -> admin.identities().getIdentity("x").traitsAs(Wrong.class),
				() -> importAll(admin, create, hashed)));
		calls.addAll(List.of(() -> admin.recovery().createRecoveryLink(new CreateRecoveryLink("x")),
				() -> admin.recovery().createRecoveryCodeForIdentity(new CreateRecoveryCode("x")),
				() -> admin.inviteByLink(create, Duration.ofHours(1)),
				() -> admin.inviteByCode(create, Duration.ofHours(1)), () -> admin.offboard("x"),
				() -> admin.sessions().getSession("x"), () -> admin.sessions().extendSession("x"),
				() -> admin.courier().getCourierMessage("x"),
				() -> admin.courier()
					.listCourierMessages(ListCourierMessages.builder().recipient("canary-recipient").build()),
				() -> admin.schemas().getSchema("x").size(),
				() -> admin.schemas().listIdentitySchemas(ListIdentitySchemas.builder().build()),
				() -> admin.selfService().getSelfServiceSettingsFlow("x", "canary-session"),
				() -> admin.selfService().getSelfServiceLoginFlow("x"),
				() -> admin.selfService().getSelfServiceError("x"), () -> admin.metadata().isReady(), () -> admin));
		return calls;
	}

	private static String importAll(KratosAdmin admin, CreateIdentity... identities) {
		StringBuilder shown = new StringBuilder();
		try (Stream<ImportResult> results = admin.importIdentitiesLazily(Stream.of(identities),
				ImportIdentities.builder().build())) {
			results.forEach((result) -> {
				shown.append(result).append('\n');
				if (result.failure() != null) {
					StringWriter text = new StringWriter();
					result.failure().printStackTrace(new PrintWriter(text));
					shown.append(text);
				}
			});
		}
		return shown.toString();
	}

	record Wrong(int email) {

	}

	/**
	 * Prints errors as tracing does, with their stack trace.
	 */
	private record ErrorPublisher(StringBuffer to) implements ObservationHandler<Observation.Context> {

		@Override
		public void onError(Observation.Context context) {
			StringWriter text = new StringWriter();
			context.getError().printStackTrace(new PrintWriter(text));
			this.to.append(text);
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return true;
		}

	}

}
