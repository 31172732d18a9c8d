package io.github.kratosadmin.internal.feign;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.KratosAdminBuilder;
import io.github.kratosadmin.error.KratosException;
import io.github.kratosadmin.error.KratosForbiddenException;
import io.github.kratosadmin.error.KratosNotFoundException;
import io.github.kratosadmin.error.KratosUnavailableException;
import io.github.kratosadmin.error.KratosUnreadableResponseException;
import io.github.kratosadmin.error.KratosUnsupportedException;
import io.github.kratosadmin.identity.UpdateIdentity;
import io.github.kratosadmin.observation.DefaultKratosAdminObservationConvention;
import io.github.kratosadmin.observation.KratosAdminObservationContext;
import io.github.kratosadmin.testing.Operations;
import io.github.kratosadmin.testing.TestServer;
import io.github.kratosadmin.testing.TestServer.StubResponse;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.GlobalObservationConvention;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.bind.annotation.RequestMapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class OperationObserverTests {

	private static final String NAME = "kratos.admin.requests";

	private static final String IDENTITY = "{\"id\":\"x\",\"schema_id\":\"default\",\"traits\":{}}";

	private final Logger logger = (Logger) LoggerFactory.getLogger(OperationObserver.class);

	private final ListAppender<ILoggingEvent> log = new ListAppender<>();

	private final Notifications notifications = new Notifications();

	private final TestObservationRegistry registry = TestObservationRegistry.builder()
		.validateObservationsWithTheSameNameHavingTheSameSetOfLowCardinalityKeys(true)
		.build();

	@AutoClose
	private final TestServer server = new TestServer().otherwise((request) -> StubResponse.json(IDENTITY));

	@BeforeEach
	void listen() {
		this.log.start();
		this.logger.addAppender(this.log);
		this.registry.observationConfig().observationHandler(this.notifications);
	}

	@AfterEach
	void stopListening() {
		this.logger.detachAppender(this.log);
		assertThat(this.registry.getCurrentObservationScope()).isNull();
	}

	static Stream<Method> operations() {
		return Operations.all();
	}

	@ParameterizedTest
	@MethodSource("operations")
	void eachOperationIsObservedWithItsMethodAndPath(Method operation) {
		RequestMapping mapping = AnnotatedElementUtils.findMergedAnnotation(operation, RequestMapping.class);
		Object[] arguments = Arrays.stream(operation.getParameters())
			.map((parameter) -> Operations.argument(parameter, "canary"))
			.toArray();
		this.server.otherwise((request) -> StubResponse.empty(404));
		try (KratosAdmin admin = builder().build()) {
			assertThatExceptionOfType(KratosNotFoundException.class)
				.isThrownBy(() -> Operations.call(admin, operation, arguments));
		}
		assertThat(this.registry).hasSingleObservationThat()
			.hasNameEqualTo(NAME)
			.hasContextualNameEqualTo("kratos " + operation.getName())
			.hasBeenStarted()
			.hasBeenStopped()
			.hasLowCardinalityKeyValue("client.name", "kratos")
			.hasLowCardinalityKeyValue("error.id", "none")
			.hasLowCardinalityKeyValue("exception", "KratosNotFoundException")
			.hasLowCardinalityKeyValue("method", mapping.method()[0].name())
			.hasLowCardinalityKeyValue("operation", operation.getName())
			.hasLowCardinalityKeyValue("outcome", "CLIENT_ERROR")
			.hasLowCardinalityKeyValue("status", "404")
			.hasLowCardinalityKeyValue("uri", mapping.path()[0])
			.hasKeyValuesCount(8);
		assertThat(this.notifications.text()).doesNotContain("canary");
		assertNoHandlerFailed();
	}

	@Test
	void aCallHasTheSameKeysFromItsStart() {
		try (KratosAdmin admin = builder().name("partners").build()) {
			admin.identities().getIdentity("x");
		}
		assertThat(this.notifications.calls).containsExactly("start", "scope opened", "scope closed", "stop");
		assertThat(this.notifications.atStart).extracting(KeyValue::getKey)
			.isEqualTo(this.notifications.atStop.stream().map(KeyValue::getKey).toList());
		assertThat(this.notifications.atStart).contains(KeyValue.of("client.name", "partners"),
				KeyValue.of("operation", "getIdentity"), KeyValue.of("status", "none"), KeyValue.of("outcome", "none"));
		assertThat(this.notifications.atStop).contains(KeyValue.of("status", "200"), KeyValue.of("outcome", "SUCCESS"),
				KeyValue.of("exception", "none"));
		assertNoHandlerFailed();
	}

	@Test
	void theRecordedErrorHasNoTextsOfTheResponse() {
		this.server.respond(StubResponse.json(403,
				"{\"error\":{\"id\":\"security_csrf_violation\",\"code\":403,\"message\":\"canary\",\"reason\":\"canary\"}}"));
		try (KratosAdmin admin = builder().build()) {
			assertThatExceptionOfType(KratosForbiddenException.class)
				.isThrownBy(() -> admin.identities().getIdentity("x"))
				.withMessageContaining("canary");
		}
		assertThat(this.registry).hasSingleObservationThat()
			.hasLowCardinalityKeyValue("error.id", "security_csrf_violation")
			.assertThatError()
			.isExactlyInstanceOf(KratosForbiddenException.class)
			.hasMessage("getIdentity failed with status 403 (security_csrf_violation)")
			.hasNoCause();
		assertThat(this.notifications.text()).doesNotContain("canary");
		assertNoHandlerFailed();
	}

	@Test
	void aServerThatIsNotReadyIsAServerErrorWithoutAnException() {
		this.server.respond(StubResponse.json(503, "{\"errors\":{\"database\":\"canary\"}}"));
		try (KratosAdmin admin = builder().build()) {
			assertThat(admin.metadata().isReady().ready()).isFalse();
		}
		assertThat(this.registry).hasSingleObservationThat()
			.hasLowCardinalityKeyValue("status", "503")
			.hasLowCardinalityKeyValue("outcome", "SERVER_ERROR")
			.doesNotHaveError();
		assertNoHandlerFailed();
	}

	@Test
	void aCallWithoutAResponseIsUnavailable() {
		this.server.respond(StubResponse.dropped());
		try (KratosAdmin admin = builder().build()) {
			assertThatExceptionOfType(KratosUnavailableException.class)
				.isThrownBy(() -> admin.identities().getIdentity("x"));
		}
		assertThat(this.registry).hasSingleObservationThat()
			.hasLowCardinalityKeyValue("status", "none")
			.hasLowCardinalityKeyValue("outcome", "UNAVAILABLE")
			.assertThatError()
			.hasMessageNotContaining(this.server.url());
		assertNoHandlerFailed();
	}

	@Test
	void aResponseThatCannotBeReadIsUnreadable() {
		this.server.respond(StubResponse.html(200, "<p>canary"));
		try (KratosAdmin admin = builder().build()) {
			assertThatExceptionOfType(KratosUnreadableResponseException.class)
				.isThrownBy(() -> admin.identities().getIdentity("x"));
		}
		assertThat(this.registry).hasSingleObservationThat()
			.hasLowCardinalityKeyValue("status", "200")
			.hasLowCardinalityKeyValue("outcome", "UNREADABLE");
		assertNoHandlerFailed();
	}

	@Test
	void aRetryIsAnEvent() {
		this.server.respond(StubResponse.empty(503), StubResponse.dropped());
		try (KratosAdmin admin = builder().maxRetries(2).build()) {
			admin.identities().getIdentity("x");
		}
		assertThat(this.notifications.calls).containsExactly("start", "scope opened", "retry", "retry", "scope closed",
				"stop");
		assertThat(this.registry).hasSingleObservationThat()
			.hasLowCardinalityKeyValue("status", "200")
			.hasLowCardinalityKeyValue("outcome", "SUCCESS");
		assertNoHandlerFailed();
	}

	@Test
	void aRedirectIsAnEvent() {
		this.server.respond(StubResponse.redirect(307, "/admin/identities/x"));
		try (KratosAdmin admin = builder().build()) {
			admin.identities().getIdentity("x");
		}
		assertThat(this.notifications.calls).containsExactly("start", "scope opened", "redirect", "scope closed",
				"stop");
		assertThat(this.registry).hasSingleObservationThat().hasLowCardinalityKeyValue("status", "200");
		assertNoHandlerFailed();
	}

	@Test
	void aLookupOfTheVersionIsAnEvent() {
		this.server.version("v1.3.0");
		try (KratosAdmin admin = builder().build()) {
			assertThatExceptionOfType(KratosUnsupportedException.class)
				.isThrownBy(() -> admin.identities().getIdentityByExternalID("x"));
		}
		assertThat(this.notifications.calls).contains("version").doesNotContain("redirect", "retry");
		assertThat(this.registry).hasSingleObservationThat()
			.hasLowCardinalityKeyValue("operation", "getIdentityByExternalID")
			.hasLowCardinalityKeyValue("status", "none")
			.hasLowCardinalityKeyValue("outcome", "REFUSED");
		assertNoHandlerFailed();
	}

	@Test
	void theDetectionOfThePrefixIsAnEvent() {
		this.server.version("v1.3.0");
		try (KratosAdmin admin = builder().pathPrefix(null).build()) {
			admin.identities().getIdentity("x");
		}
		assertThat(this.notifications.calls).containsExactly("start", "scope opened", "version", "scope closed",
				"stop");
		assertNoHandlerFailed();
	}

	@Test
	void aLookupOfTheVersionBeforeATaskIsNotObserved() {
		this.server.version("v0.7.6-alpha.1");
		try (KratosAdmin admin = builder().build()) {
			assertThatExceptionOfType(KratosUnsupportedException.class).isThrownBy(() -> admin.offboard("x"));
		}
		assertThat(this.registry).doesNotHaveAnyObservation();
	}

	@Test
	void theOperationsOfADefaultMethodAreObserved() {
		try (KratosAdmin admin = builder().build()) {
			admin.identities()
				.updateIdentity("x",
						(identity) -> UpdateIdentity.from(identity).metadataAdmin(Map.of("canary", 1)).build());
		}
		assertThat(this.notifications.operations).containsExactly("getIdentity", "getIdentity", "updateIdentity");
		assertThat(this.notifications.text()).doesNotContain("canary");
		assertNoHandlerFailed();
	}

	@Test
	void aCallWithInvalidArgumentsIsNotObserved() {
		try (KratosAdmin admin = builder().build()) {
			assertThatIllegalArgumentException().isThrownBy(() -> admin.identities().getIdentity(".."));
		}
		assertThat(this.registry).doesNotHaveAnyObservation();
	}

	@Test
	void theObservationIsCurrentDuringTheCallAndHasTheCurrentOneAsItsParent() {
		AtomicReference<Observation> current = new AtomicReference<>();
		Observation outer = Observation.start("outer", this.registry);
		try (KratosAdmin admin = builder().bearerTokenProvider(() -> {
			current.set(this.registry.getCurrentObservation());
			return "token";
		}).build()) {
			outer.scoped(() -> {
				admin.identities().getIdentity("x");
				assertThat(this.registry.getCurrentObservation()).isSameAs(outer);
			});
		}
		outer.stop();
		assertThat(current.get().getContextView()).isInstanceOf(KratosAdminObservationContext.class);
		assertThat(this.registry).hasObservationWithNameEqualTo(NAME).that().hasParentObservationEqualTo(outer);
		assertNoHandlerFailed();
	}

	@Test
	void aConventionCanBeSet() {
		try (KratosAdmin admin = builder().observationConvention(new Renamed("mine")).build()) {
			admin.identities().getIdentity("x");
		}
		assertThat(this.registry).hasSingleObservationThat()
			.hasNameEqualTo("mine")
			.hasLowCardinalityKeyValue("uri", "hidden");
	}

	@Test
	void theConventionOfTheRegistryApplies() {
		this.registry.observationConfig().observationConvention(new Global());
		try (KratosAdmin admin = builder().build()) {
			admin.identities().getIdentity("x");
		}
		assertThat(this.registry).hasSingleObservationThat().hasNameEqualTo("global");
	}

	@Test
	void aRegistryWithoutHandlersIsNotAskedForAnObservation() {
		ObservationRegistry empty = ObservationRegistry.create();
		empty.observationConfig().observationPredicate((name, context) -> {
			throw new IllegalStateException(name);
		});
		try (KratosAdmin admin = builder().observationRegistry(empty).build()) {
			assertThat(admin.identities().getIdentity("x").id()).isEqualTo("x");
		}
	}

	@Test
	void aDisabledObservationIsNotCurrent() {
		this.registry.observationConfig().observationPredicate((name, context) -> !name.startsWith("kratos"));
		AtomicReference<Observation> current = new AtomicReference<>();
		Observation outer = Observation.start("outer", this.registry);
		try (KratosAdmin admin = builder().bearerTokenProvider(() -> {
			current.set(this.registry.getCurrentObservation());
			return "token";
		}).build()) {
			outer.scoped(() -> admin.identities().getIdentity("x").id());
		}
		outer.stop();
		assertThat(current.get()).isSameAs(outer);
		assertThat(this.notifications.calls).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "retry", "scope closed", "stop" })
	void aHandlerThatFailsDoesNotFailTheCall(String notification) {
		this.notifications.failAt = notification;
		this.server.respond(StubResponse.empty(503));
		try (KratosAdmin admin = builder().maxRetries(1).build()) {
			assertThat(admin.identities().getIdentity("x").id()).isEqualTo("x");
			assertThat(admin.identities().getIdentity("x").id()).isEqualTo("x");
		}
		assertThat(this.log.list).singleElement().satisfies((event) -> {
			assertThat(event.getLevel()).isEqualTo(Level.WARN);
			assertThat(event.getThrowableProxy().getMessage()).isEqualTo(notification);
		});
		assertThat(this.registry.getCurrentObservationScope()).isNull();
	}

	@Test
	void aHandlerThatFailsDoesNotHideTheFailureOfTheCall() {
		this.notifications.failAt = "error";
		this.server.respond(StubResponse.empty(404));
		try (KratosAdmin admin = builder().build()) {
			assertThatExceptionOfType(KratosNotFoundException.class)
				.isThrownBy(() -> admin.identities().getIdentity("x"));
		}
		assertThat(this.log.list).hasSize(1);
	}

	@Test
	void aHandlerThatFailsAtTheStartFailsTheCallBeforeARequest() {
		this.notifications.failAt = "start";
		try (KratosAdmin admin = builder().build()) {
			assertThatIllegalStateException().isThrownBy(() -> admin.identities().getIdentity("x"))
				.withMessage("start");
		}
		assertThat(this.server.requests()).isEmpty();
	}

	@Test
	void aCallOfAClosedClientIsUnavailable() {
		KratosAdmin admin = builder().build();
		admin.close();
		assertThatExceptionOfType(KratosException.class).isThrownBy(() -> admin.identities().getIdentity("x"));
		assertThat(this.registry).hasSingleObservationThat().hasLowCardinalityKeyValue("outcome", "UNAVAILABLE");
		assertNoHandlerFailed();
	}

	private KratosAdminBuilder builder() {
		return KratosAdmin.builder().baseUrl(this.server.url()).pathPrefix("").observationRegistry(this.registry);
	}

	/**
	 * The validator of the registry is a handler, whose failures are only logged.
	 */
	private void assertNoHandlerFailed() {
		assertThat(this.log.list).isEmpty();
	}

	private static class Renamed extends DefaultKratosAdminObservationConvention {

		Renamed(String name) {
			super(name);
		}

		@Override
		protected KeyValue uri(KratosAdminObservationContext context) {
			return KeyValue.of("uri", "hidden");
		}

	}

	private static final class Global extends Renamed
			implements GlobalObservationConvention<KratosAdminObservationContext> {

		Global() {
			super("global");
		}

	}

	/**
	 * Records the notifications of a handler, and what it sees.
	 */
	private static final class Notifications implements ObservationHandler<KratosAdminObservationContext> {

		private final List<String> calls = new ArrayList<>();

		private final List<String> operations = new ArrayList<>();

		private final List<String> seen = new ArrayList<>();

		private KeyValues atStart = KeyValues.empty();

		private KeyValues atStop = KeyValues.empty();

		private String failAt = "";

		@Override
		public boolean supportsContext(Observation.Context context) {
			return context instanceof KratosAdminObservationContext;
		}

		@Override
		public void onStart(KratosAdminObservationContext context) {
			this.atStart = context.getAllKeyValues();
			this.operations.add(context.getOperation());
			add("start", context);
		}

		@Override
		public void onError(KratosAdminObservationContext context) {
			add("error", context);
		}

		@Override
		public void onEvent(Observation.Event event, KratosAdminObservationContext context) {
			assertThat(event.getContextualName()).isEqualTo(event.getName());
			add(event.getName(), context);
		}

		@Override
		public void onScopeOpened(KratosAdminObservationContext context) {
			add("scope opened", context);
		}

		@Override
		public void onScopeClosed(KratosAdminObservationContext context) {
			add("scope closed", context);
		}

		@Override
		public void onStop(KratosAdminObservationContext context) {
			this.atStop = context.getAllKeyValues();
			add("stop", context);
		}

		private void add(String notification, KratosAdminObservationContext context) {
			this.calls.add(notification);
			this.seen.add(context.toString());
			if (notification.equals(this.failAt)) {
				throw new IllegalStateException(notification);
			}
		}

		private String text() {
			return String.join("\n", this.seen);
		}

	}

}
