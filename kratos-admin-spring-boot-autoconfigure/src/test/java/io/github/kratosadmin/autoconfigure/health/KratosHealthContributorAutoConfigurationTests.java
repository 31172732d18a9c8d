package io.github.kratosadmin.autoconfigure.health;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.autoconfigure.KratosAdminAutoConfiguration;
import io.github.kratosadmin.autoconfigure.KratosAdminProperties;
import io.github.kratosadmin.connection.BearerTokenProvider;
import io.github.kratosadmin.health.KratosHealthIndicator;
import io.github.kratosadmin.interceptor.KratosAdminInterceptor;
import io.github.kratosadmin.interceptor.OperationCall;
import io.github.kratosadmin.testing.StubKratos;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link KratosHealthContributorAutoConfiguration} and
 * {@link KratosHealthIndicator}.
 */
@ExtendWith(OutputCaptureExtension.class)
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KratosHealthContributorAutoConfigurationTests {

	private static final AutoConfigurations AUTO_CONFIGURATIONS = AutoConfigurations
		.of(KratosAdminAutoConfiguration.class, KratosHealthContributorAutoConfiguration.class);

	private static final Health TIMED_OUT = Health.down().withDetail("failure", "no response: timed out").build();

	private final StubKratos kratos = new StubKratos();

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AUTO_CONFIGURATIONS)
		.withPropertyValues("kratos.admin.base-url=" + this.kratos.url(), "kratos.admin.path-prefix=",
				"kratos.admin.health.timeout=1m");

	@AfterEach
	void stop() {
		this.kratos.close();
	}

	@Test
	void isUpWithTheVersionWhenKratosIsReady() {
		// The check does not wait long for the version.
		this.contextRunner.run((context) -> Awaitility.await()
			.untilAsserted(() -> assertThat(health(context))
				.isEqualTo(Health.up().withDetail("version", "v0.6.3-alpha.1").build())));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource
	void isDownWithTheFailedChecksOfTheRecordedResponses(String version, JsonNode exchange, CapturedOutput output) {
		this.kratos.respond("/health/ready", exchange.at("/response/status").intValue(),
				exchange.at("/response/body").toString());
		this.contextRunner.run((context) -> {
			Health health = health(context);
			assertThat(health.getStatus()).isEqualTo(Status.DOWN);
			assertThat(health.getDetails()).containsEntry("failure", "not ready");
			if (version.startsWith("v0.6")) {
				assertThat(health.getDetails()).extractingByKey("checks")
					.asString()
					.isEqualTo("[database, migrations]");
			}
			else {
				assertThat(health.getDetails()).doesNotContainKey("checks");
			}
			assertThat(health.getDetails().toString()).doesNotContain("127.0.0.1", "user=kratos");
			assertThat(output).contains("Kratos is not ready").contains("user=kratos");
		});
	}

	static Stream<Object[]> isDownWithTheFailedChecksOfTheRecordedResponses() throws Exception {
		try (InputStream readiness = KratosHealthContributorAutoConfigurationTests.class
			.getResourceAsStream("/recordings/readiness.json")) {
			return JsonMapper.shared()
				.readTree(readiness)
				.propertyStream()
				.flatMap((version) -> version.getValue()
					.valueStream()
					.filter((exchange) -> exchange.at("/response/status").intValue() == 503)
					.map((exchange) -> new Object[] { version.getKey(), exchange }))
				.toList()
				.stream();
		}
	}

	@Test
	void isDownWithTheKindOfFailureWithoutAResponse() throws IOException {
		// A bound port without a listener refuses connections.
		try (Socket taken = new Socket()) {
			taken.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
			this.contextRunner.withPropertyValues("kratos.admin.base-url=http://127.0.0.1:" + taken.getLocalPort())
				.run((context) -> assertThat(health(context))
					.isEqualTo(Health.down().withDetail("failure", "no response: connection refused").build()));
		}
	}

	@Test
	void isDownAfterItsOwnTimeoutWithoutAResponse() {
		this.kratos.neverRespond("/health/ready");
		this.contextRunner
			.withPropertyValues("kratos.admin.health.timeout=50ms", "kratos.admin.read-timeout=1h",
					"kratos.admin.connect-timeout=1h")
			.run((context) -> assertThat(health(context)).isEqualTo(TIMED_OUT));
	}

	@Test
	void isNeitherObservedNorIntercepted() {
		TestObservationRegistry observations = TestObservationRegistry.create();
		List<String> intercepted = new CopyOnWriteArrayList<>();
		this.contextRunner.withBean(ObservationRegistry.class, () -> observations)
			.withBean(KratosAdminInterceptor.class, () -> new KratosAdminInterceptor() {

				@Override
				public void beforeOperation(OperationCall call) {
					intercepted.add(call.getOperation());
				}

			})
			.run((context) -> {
				assertThat(health(context).getStatus()).isEqualTo(Status.UP);
				assertThat(observations).doesNotHaveAnyObservation();
				assertThat(intercepted).isEmpty();
				context.getBean(KratosAdmin.class).identities().getIdentity("1");
				assertThat(observations).hasSingleObservationThat()
					.hasLowCardinalityKeyValue("operation", "getIdentity");
				assertThat(intercepted).containsExactly("getIdentity");
			});
	}

	@Test
	void isDownAfterItsTimeoutEvenIfTheClientOfTheApplicationHasALongerOne() {
		this.kratos.neverRespond("/health/ready");
		this.contextRunner.withPropertyValues("kratos.admin.health.timeout=50ms")
			.withBean(KratosAdmin.class,
					() -> KratosAdmin.builder()
						.baseUrl(this.kratos.url())
						.pathPrefix("")
						.readTimeout(Duration.ofHours(1))
						.build(),
					(definition) -> definition.setPrimary(true))
			.run((context) -> assertThat(health(context)).isEqualTo(TIMED_OUT));
	}

	@Test
	void isDownAfterItsTimeoutIfTheResponseArrivesByteByByte() {
		try (DrippingKratos dripping = new DrippingKratos(Duration.ofSeconds(1))) {
			this.contextRunner
				.withPropertyValues("kratos.admin.base-url=" + dripping.url(), "kratos.admin.health.timeout=200ms")
				.run((context) -> assertThat(health(context)).isEqualTo(TIMED_OUT));
		}
	}

	@Test
	void isDownAfterItsTimeoutIfPrefixDetectionTakesTimeToo() {
		// A single response would arrive in time.
		try (DrippingKratos dripping = new DrippingKratos(Duration.ofMillis(400))) {
			new ApplicationContextRunner().withConfiguration(AUTO_CONFIGURATIONS)
				.withPropertyValues("kratos.admin.base-url=" + dripping.url(), "kratos.admin.health.timeout=600ms")
				.run((context) -> assertThat(health(context)).isEqualTo(TIMED_OUT));
		}
	}

	@Test
	void hasATimeoutOfOneSecondByDefault() {
		assertThat(new KratosAdminProperties().getHealth().getTimeout()).isEqualTo(Duration.ofSeconds(1));
	}

	@Test
	void leavesNoThreadBehind() {
		this.kratos.neverRespond("/health/ready");
		Set<Thread> before = healthThreads();
		this.contextRunner.withPropertyValues("kratos.admin.health.timeout=50ms").run((context) -> health(context));
		Awaitility.await().until(() -> before.containsAll(healthThreads()));
	}

	private static Set<Thread> healthThreads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().startsWith("kratos-health-"))
			.collect(Collectors.toSet());
	}

	@Test
	void isDownWithTheStatusWhenKratosFails() {
		this.kratos.respond("/health/ready", 500, """
				{"error":{"code":500,"message":"host=db user=kratos"}}""");
		this.contextRunner.run((context) -> assertThat(health(context))
			.isEqualTo(Health.down().withDetail("failure", "status 500").build()));
	}

	@Test
	void isDownIfAnotherServerResponds() {
		this.kratos.respond("/health/ready", 200, "<html>Welcome to nginx</html>");
		this.contextRunner.run((context) -> assertThat(health(context))
			.isEqualTo(Health.down().withDetail("failure", "unreadable response").build()));
	}

	@Test
	void showsNoSecretIfTheTokenProviderFails(CapturedOutput output) {
		withDebugLog(() -> this.contextRunner.withBean(BearerTokenProvider.class, () -> () -> {
			throw new IllegalStateException("no token for client-secret s3cr3t");
		})
			.run((context) -> assertThat(health(context))
				.isEqualTo(Health.down().withDetail("failure", "no bearer token").build())));
		assertThat(output).contains("Kratos health check failed: isReady got no response: ")
			.contains("the bearer token provider failed with java.lang.IllegalStateException")
			.doesNotContain("s3cr3t");
	}

	@Test
	void showsNoSecretIfTheTokenProviderFailsForTheVersion(CapturedOutput output) {
		AtomicInteger calls = new AtomicInteger();
		withDebugLog(() -> this.contextRunner.withBean(BearerTokenProvider.class, () -> () -> {
			if (calls.incrementAndGet() > 1) {
				throw new IllegalStateException("no token for client-secret s3cr3t");
			}
			return "token";
		}).run((context) -> {
			assertThat(health(context)).isEqualTo(Health.up().build());
			Awaitility.await()
				.untilAsserted(() -> assertThat(output).contains("The version of Kratos is unknown: ")
					.contains("the bearer token provider failed with java.lang.IllegalStateException"));
		}));
		assertThat(output).doesNotContain("s3cr3t");
	}

	@Test
	void logsExceptionsOfTheClientWithTheirStackTrace(CapturedOutput output) {
		this.kratos.respond("/health/ready", 500, "");
		withDebugLog(() -> this.contextRunner.run((context) -> health(context)));
		assertThat(output).contains("Kratos health check failed: isReady failed with status 500").contains("\tat ");
	}

	private static void withDebugLog(Runnable test) {
		LoggingSystem logging = LoggingSystem.get(KratosHealthIndicator.class.getClassLoader());
		logging.setLogLevel(KratosHealthIndicator.class.getName(), LogLevel.DEBUG);
		try {
			test.run();
		}
		finally {
			logging.setLogLevel(KratosHealthIndicator.class.getName(), null);
		}
	}

	@Test
	void isUpWithoutTheVersionIfItsRequestFails() {
		this.kratos.respond("/version", 500, "");
		this.contextRunner.run((context) -> assertThat(health(context)).isEqualTo(Health.up().build()));
	}

	@Test
	void isUpWithoutTheVersionIfItsRequestGetsNoResponse() {
		this.kratos.neverRespond("/version");
		this.contextRunner.run((context) -> {
			assertThat(health(context)).isEqualTo(Health.up().build());
			assertThat(health(context)).isEqualTo(Health.up().build());
			Awaitility.await()
				.untilAsserted(() -> assertThat(this.kratos.requests())
					.filteredOn((request) -> request.path().equals("/version"))
					.hasSize(1));
		});
	}

	@Test
	void isUpAgainWhenKratosIsReadyAgain() {
		this.contextRunner.run((context) -> {
			this.kratos.respond("/health/ready", 503, "{\"errors\":{\"database\":\"gone\"}}");
			assertThat(health(context).getStatus()).isEqualTo(Status.DOWN);
			this.kratos.respond("/health/ready", 200, "{\"status\":\"ok\"}");
			assertThat(health(context).getStatus()).isEqualTo(Status.UP);
		});
	}

	@Test
	void checksAnIdentityIfConfigured() {
		String path = "/identities/00000000-0000-0000-0000-000000000000";
		this.kratos.respond(path, 404, """
				{"error":{"code":404,"status":"Not Found","message":"Unable to locate the resource"}}""");
		this.contextRunner.withPropertyValues("kratos.admin.health.check=identity").run((context) -> {
			assertThat(health(context)).isEqualTo(Health.up().build());
			this.kratos.respond(path, 401, "{}");
			assertThat(health(context)).isEqualTo(Health.down().withDetail("failure", "status 401").build());
		});
		assertThat(this.kratos.requests()).extracting(StubKratos.Request::path).containsExactly(path, path);
	}

	@Test
	void isDisabledByProperty() {
		this.contextRunner.withPropertyValues("management.health.kratos.enabled=false")
			.run((context) -> assertThat(context).hasSingleBean(KratosAdmin.class)
				.doesNotHaveBean(HealthContributor.class));
	}

	@Test
	void backsOffWithoutTheClient() {
		this.contextRunner.withPropertyValues("kratos.admin.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(HealthContributor.class));
	}

	@Test
	void backsOffWithoutActuator() {
		new ApplicationContextRunner().withUserConfiguration(Application.class)
			.withClassLoader(new FilteredClassLoader("org.springframework.boot.health"))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(KratosAdmin.class)
				.doesNotHaveBean("kratosHealthContributor"));
	}

	@Test
	void backsOffForAnIndicatorOfTheApplication() {
		HealthIndicator own = () -> Health.up().build();
		this.contextRunner.withBean("kratosHealthIndicator", HealthIndicator.class, () -> own)
			.run((context) -> assertThat(context.getBean(HealthContributor.class)).isSameAs(own));
	}

	@Test
	void usesAClientOfTheApplication() {
		try (StubKratos own = new StubKratos()) {
			own.respond("/version", 200, "{\"version\":\"own\"}");
			this.contextRunner
				.withBean(KratosAdmin.class, () -> KratosAdmin.builder().baseUrl(own.url()).build(),
						(definition) -> definition.setPrimary(true))
				.run((context) -> Awaitility.await()
					.untilAsserted(() -> assertThat(health(context))
						.isEqualTo(Health.up().withDetail("version", "own").build())));
		}
	}

	@Test
	void closesItsClientWithTheContext() {
		HealthIndicator[] indicator = new HealthIndicator[1];
		this.contextRunner.run((context) -> indicator[0] = context.getBean(HealthIndicator.class));
		assertThat(indicator[0].health())
			.isEqualTo(Health.down().withDetail("failure", "no response: InterruptedIOException").build());
	}

	private static Health health(ApplicationContext context) {
		return context.getBean("kratosHealthContributor", HealthIndicator.class).health();
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ KratosAdminAutoConfiguration.class, KratosHealthContributorAutoConfiguration.class })
	static class Application {

	}

}
