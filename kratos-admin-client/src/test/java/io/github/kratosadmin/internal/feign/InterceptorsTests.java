package io.github.kratosadmin.internal.feign;

import java.io.IOException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.KratosAdminBuilder;
import io.github.kratosadmin.error.KratosNotFoundException;
import io.github.kratosadmin.error.KratosUnavailableException;
import io.github.kratosadmin.error.KratosUnsupportedException;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.identity.ImportCredentials;
import io.github.kratosadmin.identity.ImportIdentities;
import io.github.kratosadmin.identity.ListIdentities;
import io.github.kratosadmin.identity.UpdateIdentity;
import io.github.kratosadmin.interceptor.KratosAdminInterceptor;
import io.github.kratosadmin.interceptor.OperationCall;
import io.github.kratosadmin.interceptor.OperationResult;
import io.github.kratosadmin.session.ManageSessions;
import io.github.kratosadmin.testing.Operations;
import io.github.kratosadmin.testing.TestServer;
import io.github.kratosadmin.testing.TestServer.Request;
import io.github.kratosadmin.testing.TestServer.StubResponse;
import io.micrometer.observation.Observation;
import io.micrometer.observation.tck.TestObservationRegistry;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class InterceptorsTests {

	private static final String IDENTITY = "{\"id\":\"x\",\"schema_id\":\"default\",\"traits\":{}}";

	private final Logger logger = (Logger) LoggerFactory.getLogger(KratosAdminInterceptor.class);

	private final ListAppender<ILoggingEvent> log = new ListAppender<>();

	private final List<String> steps = Collections.synchronizedList(new ArrayList<>());

	@AutoClose
	private final TestServer server = new TestServer().otherwise((request) -> StubResponse.json(IDENTITY));

	@AutoClose
	private final TestServer other = new TestServer().otherwise((request) -> StubResponse.json(IDENTITY));

	@BeforeEach
	void listen() {
		this.log.start();
		this.logger.addAppender(this.log);
	}

	@AfterEach
	void stopListening() {
		this.logger.detachAppender(this.log);
	}

	static Stream<Method> operations() {
		return Operations.all();
	}

	@ParameterizedTest
	@MethodSource("operations")
	void eachOperationIsIntercepted(Method operation) {
		RequestMapping mapping = AnnotatedElementUtils.findMergedAnnotation(operation, RequestMapping.class);
		Object[] arguments = Arrays.stream(operation.getParameters())
			.map((parameter) -> Operations.argument(parameter, "some-value"))
			.toArray();
		Recorder recorder = new Recorder("a");
		this.server.otherwise((request) -> StubResponse.empty(404));
		try (KratosAdmin admin = builder().name("partners").interceptor(recorder).build()) {
			KratosNotFoundException thrown = catchThrowableOfType(KratosNotFoundException.class,
					() -> Operations.call(admin, operation, arguments));
			assertThat(recorder.result.exception()).isSameAs(thrown);
		}
		assertThat(this.steps).containsExactly("a before " + operation.getName(), "a after " + operation.getName());
		assertThat(recorder.call.getMethod()).isEqualTo(mapping.method()[0].name());
		assertThat(recorder.call.getUriTemplate()).isEqualTo(mapping.path()[0]);
		assertThat(recorder.call.getClientName()).isEqualTo("partners");
		assertThat(recorder.call).hasToString(operation.getName());
		assertThat(recorder.result.outcome()).isEqualTo("CLIENT_ERROR");
		assertThat(recorder.result.status()).isEqualTo(404);
		assertThat(recorder.result.toString()).contains(KratosNotFoundException.class.getName());
	}

	@ParameterizedTest
	@MethodSource("operations")
	void anInterceptorSeesTheArgumentsAndACopyOfTheBody(Method operation) throws Exception {
		Object[] arguments = Arrays.stream(operation.getParameters())
			.map((parameter) -> Operations.argument(parameter, "some-value"))
			.toArray();
		int body = Arrays.stream(operation.getParameters())
			.map((parameter) -> parameter.isAnnotationPresent(RequestBody.class))
			.toList()
			.indexOf(true);
		Recorder recorder = new Recorder("a");
		this.server.otherwise((request) -> StubResponse.empty(404));
		try (KratosAdmin admin = builder().interceptor(recorder).build()) {
			assertThatExceptionOfType(KratosNotFoundException.class)
				.isThrownBy(() -> Operations.call(admin, operation, arguments));
		}
		List<Object> others = new ArrayList<>(Arrays.asList(arguments));
		if (body != -1) {
			others.remove(body);
			assertThat(recorder.call.getBody()).isEqualTo(arguments[body])
				.satisfies((copy) -> assertThat(copy == arguments[body]).isEqualTo(copy instanceof ManageSessions));
		}
		else {
			assertThat(recorder.call.getBody()).isNull();
		}
		others.removeIf((value) -> value == null);
		assertThat(recorder.call.getArguments().values()).containsExactlyElementsOf(others);
	}

	@Test
	void theArgumentsHaveTheirNamesInTheRequest() {
		Recorder recorder = new Recorder("a");
		this.server.otherwise((request) -> StubResponse.json("[]"));
		try (KratosAdmin admin = builder().interceptor(recorder).build()) {
			admin.identities().listIdentities(ListIdentities.builder().pageSize(7).ids(List.of("x")).build());
		}
		assertThat(recorder.call.getArguments()).containsEntry("page_size", 7).containsEntry("ids", List.of("x"));
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> recorder.call.getArguments().clear());
	}

	@Test
	void aChangeOfTheCopyIsNotSent() {
		KratosAdminInterceptor interceptor = before((call) -> {
			CreateIdentity copy = (CreateIdentity) call.getBody();
			assertThat(copy.credentials().password().config().password()).isEqualTo("a-password");
			((ObjectNode) copy.traits()).put("name", "changed");
		});
		try (KratosAdmin admin = builder().interceptor(interceptor).build()) {
			admin.identities()
				.createIdentity(CreateIdentity.builder()
					.traits(Map.of("name", "original"))
					.credentials(ImportCredentials.builder().password("a-password").build())
					.build());
		}
		assertThat(this.server.requests()).last()
			.extracting(Request::body, as(InstanceOfAssertFactories.STRING))
			.contains("original", "a-password")
			.doesNotContain("changed");
	}

	@Test
	void aResultHasTheDurationAndTheRequestIdOfTheResponse() {
		Recorder recorder = new Recorder("a");
		this.server.respond(StubResponse.json(IDENTITY).header("X-Request-Id", "f00-1"));
		try (KratosAdmin admin = builder().interceptor(recorder).build()) {
			admin.identities().getIdentity("x");
		}
		assertThat(recorder.result.outcome()).isEqualTo("SUCCESS");
		assertThat(recorder.result.status()).isEqualTo(200);
		assertThat(recorder.result.requestId()).isEqualTo("f00-1");
		assertThat(recorder.result.exception()).isNull();
		assertThat(recorder.result.duration()).isPositive();
	}

	@Test
	void anExceptionTellsWhetherTheRequestWasSent() {
		Recorder recorder = new Recorder("a");
		this.server.respond(StubResponse.dropped());
		try (KratosAdmin admin = builder().interceptor(recorder).build()) {
			assertThatExceptionOfType(KratosUnavailableException.class)
				.isThrownBy(() -> admin.identities().deleteIdentity("x"));
		}
		assertThat(recorder.result.outcome()).isEqualTo("UNAVAILABLE");
		assertThat(recorder.result.exception()).isInstanceOfSatisfying(KratosUnavailableException.class,
				(exception) -> assertThat(exception.isRequestSent()).isTrue());
	}

	@Test
	void interceptorsAreCalledInOrderBeforeAndInReverseOrderAfterAnOperation() {
		try (KratosAdmin admin = builder().interceptor(new Recorder("a")).interceptor(new Recorder("b")).build()) {
			admin.identities().getIdentity("x");
		}
		assertThat(this.steps).containsExactly("a before getIdentity", "b before getIdentity", "b after getIdentity",
				"a after getIdentity");
	}

	@Test
	void anInterceptorCanRefuseAnOperation() {
		TestObservationRegistry registry = TestObservationRegistry.create();
		IllegalStateException refusal = new IllegalStateException("not on Sundays");
		Recorder recorder = new Recorder("a");
		try (KratosAdmin admin = builder().observationRegistry(registry)
			.interceptor(recorder)
			.interceptor(before((call) -> {
				throw refusal;
			}))
			.interceptor(new Recorder("b"))
			.build()) {
			assertThatIllegalStateException().isThrownBy(() -> admin.identities().deleteIdentity("x"))
				.isSameAs(refusal);
		}
		assertThat(this.server.requests()).isEmpty();
		assertThat(this.steps).containsExactly("a before deleteIdentity", "a after deleteIdentity");
		assertThat(recorder.result).isEqualTo(new OperationResult("REFUSED", null, null, refusal, Duration.ZERO));
		assertThat(registry).hasSingleObservationThat()
			.hasLowCardinalityKeyValue("outcome", "REFUSED")
			.hasLowCardinalityKeyValue("exception", "IllegalStateException")
			.hasLowCardinalityKeyValue("status", "none");
	}

	@Test
	void anOperationIsRefusedEvenIfTheReasonIsAResponseOfKratos() {
		Recorder recorder = new Recorder("a");
		this.server.respond(StubResponse.empty(404));
		AtomicReference<KratosAdmin> same = new AtomicReference<>();
		try (KratosAdmin admin = builder().interceptor(recorder)
			.interceptor(before((call) -> same.get().identities().getIdentity("x")))
			.build()) {
			same.set(admin);
			assertThatExceptionOfType(KratosNotFoundException.class)
				.isThrownBy(() -> admin.identities().deleteIdentity("x"));
		}
		assertThat(this.server.request()).hasToString("GET /identities/x");
		assertThat(recorder.result.outcome()).isEqualTo("REFUSED");
		assertThat(recorder.result.status()).isNull();
	}

	@Test
	void anOperationThatTheClientRefusesIsIntercepted() {
		this.server.version("v1.3.0");
		Recorder recorder = new Recorder("a");
		try (KratosAdmin admin = builder().interceptor(recorder).build()) {
			assertThatExceptionOfType(KratosUnsupportedException.class)
				.isThrownBy(() -> admin.identities().getIdentityByExternalID("x"));
		}
		assertThat(this.steps).containsExactly("a before getIdentityByExternalID", "a after getIdentityByExternalID");
		assertThat(recorder.result.outcome()).isEqualTo("REFUSED");
	}

	@Test
	void aFailureAfterAnOperationIsLoggedWithoutValuesOfTheCall() {
		this.server.otherwise((request) -> StubResponse.json("{\"id\":\"canary-id\"}"));
		try (KratosAdmin admin = builder().interceptor(new Recorder("a")).interceptor(after((call) -> {
			throw new IllegalStateException("duplicate key canary-id");
		})).build()) {
			assertThat(admin.identities().getIdentity("canary-id").id()).isEqualTo("canary-id");
			assertThat(admin.identities().getIdentity("canary-id").id()).isEqualTo("canary-id");
		}
		assertThat(this.steps).hasSize(4);
		assertThat(this.log.list).hasSize(2).allSatisfy((event) -> {
			assertThat(event.getLevel()).isEqualTo(Level.WARN);
			assertThat(event.getFormattedMessage()).contains("failed after getIdentity");
			assertThat(ThrowableProxyUtil.asString(event.getThrowableProxy())).contains("duplicate key ***")
				.doesNotContain("canary");
		});
	}

	@Test
	void aCheckedExceptionOrAMissingClassAfterAnOperationIsLogged() {
		try (KratosAdmin admin = builder().interceptor(new Recorder("a"))
			.interceptor(after((call) -> throwAny(new IOException("disk full"))))
			.interceptor(after((call) -> throwAny(new NoClassDefFoundError("Audit"))))
			.build()) {
			assertThat(admin.identities().getIdentity("x").id()).isEqualTo("x");
		}
		assertThat(this.steps).containsExactly("a before getIdentity", "a after getIdentity");
		assertThat(this.log.list).extracting((event) -> event.getThrowableProxy().getMessage())
			.containsExactly("Audit", "disk full");
	}

	/** As Kotlin does, which has no checked exceptions. */
	@SuppressWarnings("unchecked")
	private static <T extends Throwable> void throwAny(Throwable throwable) throws T {
		throw (T) throwable;
	}

	@Test
	void theRequestIdOfAnInterceptorShowsInTheResult() {
		this.server.respond(
				StubResponse.json(404, "{\"error\":{\"code\":404,\"request\":\"f00-1\",\"message\":\"not found\"}}"));
		Recorder recorder = new Recorder("a");
		try (KratosAdmin admin = builder().interceptor(recorder)
			.interceptor(before((call) -> call.addHeader("x-request-id", "f00-1")))
			.build()) {
			assertThatExceptionOfType(KratosNotFoundException.class)
				.isThrownBy(() -> admin.identities().getIdentity("x"))
				.satisfies((ex) -> assertThat(ex.getError().request()).isEqualTo("f00-1"));
		}
		assertThat(this.server.request().header("X-Request-Id")).isEqualTo("f00-1");
		assertThat(recorder.result.requestId()).isEqualTo("f00-1");
	}

	@Test
	void aRetryWithoutAResponseHasNoRequestId() {
		this.server.respond(StubResponse.empty(503).header("X-Request-Id", "f00-1"), StubResponse.dropped());
		Recorder recorder = new Recorder("a");
		try (KratosAdmin admin = builder().maxRetries(1).interceptor(recorder).build()) {
			assertThatExceptionOfType(KratosUnavailableException.class)
				.isThrownBy(() -> admin.identities().getIdentity("x"));
		}
		assertThat(recorder.result.outcome()).isEqualTo("UNAVAILABLE");
		assertThat(recorder.result.requestId()).isNull();
	}

	@Test
	void aCallOfAnInterceptorHasTheInterceptedCallAsParentInAnImport() {
		TestObservationRegistry registry = TestObservationRegistry.create();
		List<Observation.Context> contexts = Collections.synchronizedList(new ArrayList<>());
		registry.observationConfig().observationPredicate((name, context) -> contexts.add(context));
		AtomicReference<KratosAdmin> client = new AtomicReference<>();
		try (KratosAdmin admin = builder().observationRegistry(registry)
			.interceptor(before((call) -> client.get().identities().getIdentity("x")))
			.build()) {
			client.set(admin);
			Observation.createNotStarted("outer", registry)
				.observe(() -> admin.importIdentities(
						Stream.of(CreateIdentity.builder().schemaId("default").traits(Map.of()).build()), (result) -> {
						}));
		}
		assertThat(contexts).filteredOn((context) -> "kratos getIdentity".equals(context.getContextualName()))
			.isNotEmpty()
			.allSatisfy((context) -> assertThat(context.getParentObservation().getContextView().getContextualName())
				.isIn("kratos batchPatchIdentities", "kratos createIdentity"));
	}

	@Test
	void aFailureAfterAFailedOperationDoesNotHideItsException() {
		this.server.respond(StubResponse.empty(404));
		try (KratosAdmin admin = builder().interceptor(after((call) -> {
			throw new IllegalStateException();
		})).build()) {
			assertThatExceptionOfType(KratosNotFoundException.class)
				.isThrownBy(() -> admin.identities().getIdentity("x"));
		}
		assertThat(this.log.list).hasSize(1);
	}

	@Test
	void eachRequestToTheAdminApiHasTheHeaders() {
		this.server.respond(StubResponse.empty(503), StubResponse.redirect(307, "/admin/identities/x"));
		try (KratosAdmin admin = builder().maxRetries(1)
			.interceptor(before((call) -> call.addHeader("X-Ticket", "T-1")))
			.interceptor(before((call) -> call.addHeader("X-TICKET", "T-2")))
			.build()) {
			admin.identities().getIdentity("x");
		}
		assertThat(this.server.requests()).hasSize(3)
			.extracting((request) -> request.header("X-Ticket"))
			.containsOnly("T-2");
	}

	@Test
	void theRequestForTheVersionHasTheHeaders() {
		this.server.respond(StubResponse.json("{\"version\":\"v1.3.0\"}"));
		try (KratosAdmin admin = builder().pathPrefix(null)
			.interceptor(before((call) -> call.addHeader("X-Ticket", "T-1")))
			.build()) {
			admin.identities().getIdentity("x");
		}
		assertThat(this.server.requests()).hasSize(2)
			.extracting((request) -> request.header("X-Ticket"))
			.containsOnly("T-1");
	}

	@Test
	void aHeaderIsForOneOperationOnly() {
		this.server.respond(StubResponse.empty(204));
		KratosAdminInterceptor interceptor = before((call) -> {
			if (call.getOperation().equals("deleteIdentity")) {
				call.addHeader("X-Ticket", "T-1");
			}
		});
		try (KratosAdmin admin = builder().interceptor(interceptor).build()) {
			admin.identities().deleteIdentity("x");
			admin.identities().getIdentity("x");
		}
		assertThat(this.server.requests()).extracting((request) -> request.header("X-Ticket"))
			.containsExactly("T-1", null);
	}

	@Test
	void thePublicApiAndOtherHostsDoNotGetTheHeaders() {
		String path = "/self-service/settings/flows?id=x";
		this.server.respond(StubResponse.redirect(307, this.other.url() + path));
		KratosAdminInterceptor interceptor = before((call) -> call.addHeader("X-Ticket", "T-1"));
		try (KratosAdmin admin = builder().interceptor(interceptor).build()) {
			admin.selfService().getSelfServiceSettingsFlow("x", "session-token");
		}
		try (KratosAdmin admin = builder().publicUrl(this.other.url()).interceptor(interceptor).build()) {
			admin.schemas().getSchema("x");
		}
		assertThat(this.server.request().header("X-Ticket")).isEqualTo("T-1");
		assertThat(this.other.requests()).hasSize(2)
			.extracting((request) -> request.header("X-Ticket"))
			.containsOnlyNulls();
	}

	@ParameterizedTest
	@CsvSource({ "Authorization, Bearer x", "x-tenant, red", "Content-Type, text/plain", "X-Session-Token, x",
			"If-Match, x", "a b, x", "X-A, ü", "X-A, '${KEY}'" })
	void aHeaderThatMustNotBeSentIsRefused(String name, String value) {
		try (KratosAdmin admin = builder().header("X-Tenant", "blue")
			.interceptor(before((call) -> call.addHeader(name, value)))
			.build()) {
			assertThatIllegalArgumentException().isThrownBy(() -> admin.identities().getIdentity("x"))
				.withMessageNotContaining(value);
		}
		assertThat(this.server.requests()).isEmpty();
	}

	@Test
	void aHeaderAfterTheOperationIsRefused() {
		try (KratosAdmin admin = builder().interceptor(after((call) -> call.addHeader("X-Ticket", "T-1"))).build()) {
			admin.identities().getIdentity("x");
		}
		assertThat(this.log.list).singleElement()
			.satisfies((event) -> assertThat(event.getThrowableProxy().getMessage()).contains("X-Ticket"));
	}

	@Test
	void theValueOfAHeaderIsNotShown() {
		this.server.respond(StubResponse.json(404,
				"{\"error\":{\"code\":404,\"message\":\"canary-header\",\"request\":\"canary-header\"}}"));
		Recorder recorder = new Recorder("a");
		try (KratosAdmin admin = builder().interceptor(recorder)
			.interceptor(before((call) -> call.addHeader("X-Ticket", "canary-header")))
			.build()) {
			assertThatExceptionOfType(KratosNotFoundException.class)
				.isThrownBy(() -> admin.identities().getIdentity("x"))
				.withMessageNotContaining("canary");
		}
		assertThat(recorder.result.requestId()).isNull();
	}

	@Test
	void theOperationsOfAnInterceptorAreNotIntercepted() {
		this.server.otherwise((request) -> request.toString().startsWith("GET") ? StubResponse.json(IDENTITY)
				: StubResponse.empty(204));
		AtomicReference<KratosAdmin> same = new AtomicReference<>();
		Consumer<OperationCall> read = (call) -> same.get().identities().getIdentity("x");
		try (KratosAdmin admin = builder().interceptor(new Recorder("a"))
			.interceptor(before(read))
			.interceptor(after(read))
			.build()) {
			same.set(admin);
			admin.identities().deleteIdentity("x");
			admin.identities().deleteIdentity("x");
		}
		assertThat(this.server.requests()).extracting(Request::toString)
			.containsExactly("GET /identities/x", "DELETE /identities/x", "GET /identities/x", "GET /identities/x",
					"DELETE /identities/x", "GET /identities/x");
		assertThat(this.steps).containsExactly("a before deleteIdentity", "a after deleteIdentity",
				"a before deleteIdentity", "a after deleteIdentity");
	}

	@Test
	void theOperationsOfAnInterceptorInOtherThreadsAreNotIntercepted() {
		String link = "</identities?page_token=next>; rel=\"next\"";
		this.server.respond(StubResponse.json("[{\"id\":\"1\"}]").header("Link", link),
				StubResponse.json("[{\"id\":\"2\"}]").header("Link", "<x>"), StubResponse.empty(204));
		AtomicReference<KratosAdmin> same = new AtomicReference<>();
		try (KratosAdmin admin = builder().interceptor(new Recorder("a")).interceptor(before((call) -> {
			try (Stream<?> ahead = same.get().identities().streamIdentitiesAhead(ListIdentities.builder().build())) {
				assertThat(ahead).hasSize(2);
			}
		})).build()) {
			same.set(admin);
			admin.identities().deleteIdentity("x");
		}
		assertThat(this.server.requests()).hasSize(3);
		assertThat(this.steps).containsExactly("a before deleteIdentity", "a after deleteIdentity");
	}

	@Test
	void theOperationsOfADefaultMethodAreIntercepted() {
		try (KratosAdmin admin = builder().interceptor(new Recorder("a")).build()) {
			admin.identities().updateIdentity("x", (identity) -> UpdateIdentity.from(identity).build());
		}
		assertThat(this.steps).contains("a before getIdentity", "a before updateIdentity");
	}

	@Test
	void aLookupOfTheVersionBeforeATaskIsNotIntercepted() {
		this.server.version("v0.7.6-alpha.1");
		try (KratosAdmin admin = builder().interceptor(new Recorder("a")).build()) {
			assertThatExceptionOfType(KratosUnsupportedException.class).isThrownBy(() -> admin.offboard("x"));
		}
		assertThat(this.steps).isEmpty();
	}

	@Test
	void anImportIsInterceptedInItsThreads() {
		this.server.otherwise((request) -> StubResponse.json("{\"identities\":[]}"));
		List<Thread> threads = Collections.synchronizedList(new ArrayList<>());
		try (KratosAdmin admin = builder().interceptor(before((call) -> threads.add(Thread.currentThread()))).build()) {
			admin.importIdentities(Stream.of(CreateIdentity.builder().traits(Map.of()).build()),
					ImportIdentities.builder().build(), (result) -> {
					});
		}
		assertThat(threads).isNotEmpty().doesNotContain(Thread.currentThread());
	}

	@Test
	void anInterceptorRunsInTheScopeOfTheObservation() {
		TestObservationRegistry registry = TestObservationRegistry.create();
		List<Observation> current = new ArrayList<>();
		Consumer<OperationCall> look = (call) -> current.add(registry.getCurrentObservation());
		try (KratosAdmin admin = builder().observationRegistry(registry)
			.interceptor(before(look))
			.interceptor(after(look))
			.build()) {
			admin.identities().getIdentity("x");
		}
		assertThat(current).hasSize(2).doesNotContainNull();
		assertThat(registry).hasSingleObservationThat().hasLowCardinalityKeyValue("status", "200");
	}

	@Test
	void interceptorsCanBeRemovedAndDoNotChangeWithTheBuilder() {
		KratosAdminBuilder builder = builder().interceptor(new Recorder("a"));
		try (KratosAdmin first = builder.build(); KratosAdmin second = builder.interceptors(List::clear).build()) {
			second.identities().getIdentity("x");
			assertThat(this.steps).isEmpty();
			first.identities().getIdentity("x");
			assertThat(this.steps).hasSize(2);
		}
	}

	private KratosAdminBuilder builder() {
		return KratosAdmin.builder().baseUrl(this.server.url()).pathPrefix("");
	}

	private static KratosAdminInterceptor before(Consumer<OperationCall> action) {
		return new KratosAdminInterceptor() {

			@Override
			public void beforeOperation(OperationCall call) {
				action.accept(call);
			}

		};
	}

	private static KratosAdminInterceptor after(Consumer<OperationCall> action) {
		return new KratosAdminInterceptor() {

			@Override
			public void afterOperation(OperationCall call, OperationResult result) {
				action.accept(call);
			}

		};
	}

	private final class Recorder implements KratosAdminInterceptor {

		private final String name;

		private OperationCall call;

		private OperationResult result;

		private Recorder(String name) {
			this.name = name;
		}

		@Override
		public void beforeOperation(OperationCall call) {
			InterceptorsTests.this.steps.add(this.name + " before " + call.getOperation());
		}

		@Override
		public void afterOperation(OperationCall call, OperationResult result) {
			this.call = call;
			this.result = result;
			InterceptorsTests.this.steps.add(this.name + " after " + call.getOperation());
		}

	}

}
