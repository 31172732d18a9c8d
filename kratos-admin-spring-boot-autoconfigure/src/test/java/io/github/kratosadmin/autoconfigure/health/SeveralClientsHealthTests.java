package io.github.kratosadmin.autoconfigure.health;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.KratosAdminBuilder;
import io.github.kratosadmin.autoconfigure.InvalidKratosAdminConfigurationException;
import io.github.kratosadmin.autoconfigure.KratosAdminAutoConfiguration;
import io.github.kratosadmin.health.KratosCompositeHealthContributor;
import io.github.kratosadmin.health.KratosHealthIndicator;
import io.github.kratosadmin.testing.StubKratos;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.actuate.endpoint.CompositeHealthDescriptor;
import org.springframework.boot.health.actuate.endpoint.HealthDescriptor;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.actuate.endpoint.IndicatedHealthDescriptor;
import org.springframework.boot.health.autoconfigure.actuate.endpoint.HealthEndpointAutoConfiguration;
import org.springframework.boot.health.autoconfigure.registry.HealthContributorRegistryAutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributors;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.ReactiveHealthContributor;
import org.springframework.boot.health.contributor.ReactiveHealthContributors;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.context.support.SimpleThreadScope;
import org.springframework.web.context.WebApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the health of several clients.
 */
@ExtendWith(OutputCaptureExtension.class)
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SeveralClientsHealthTests {

	private static final AutoConfigurations AUTO_CONFIGURATIONS = AutoConfigurations.of(
			KratosAdminAutoConfiguration.class, KratosHealthContributorAutoConfiguration.class,
			HealthContributorRegistryAutoConfiguration.class, HealthEndpointAutoConfiguration.class);

	@AutoClose
	private final StubKratos customers = new StubKratos();

	@AutoClose
	private final StubKratos staff = new StubKratos();

	private final ApplicationContextRunner onlyCustomers = new ApplicationContextRunner()
		.withConfiguration(AUTO_CONFIGURATIONS)
		.withPropertyValues("kratos.admin.base-url=" + this.customers.url(), "kratos.admin.path-prefix=",
				"kratos.admin.health.timeout=1m");

	private final ApplicationContextRunner both = this.onlyCustomers.withPropertyValues(
			"kratos.admin.clients.staff.base-url=" + this.staff.url(), "kratos.admin.clients.staff.path-prefix=");

	@Test
	void eachClientHasAComponentWithItsName() {
		this.both.withPropertyValues("kratos.admin.name=customers")
			.run((context) -> assertThat(statuses(context)).containsOnly(Map.entry("customers", Status.UP),
					Map.entry("staff", Status.UP)));
	}

	@Test
	void aSingleClientWithANameIsTheComponentItself() {
		new ApplicationContextRunner().withConfiguration(AUTO_CONFIGURATIONS)
			.withPropertyValues("kratos.admin.clients.staff.base-url=" + this.staff.url(),
					"kratos.admin.clients.staff.path-prefix=", "kratos.admin.health.timeout=1m")
			.run((context) -> {
				assertThat(context).hasSingleBean(KratosHealthIndicator.class);
				assertThat(kratos(context)).isInstanceOf(IndicatedHealthDescriptor.class);
				assertThat(kratos(context).getStatus()).isEqualTo(Status.UP);
			});
	}

	@Test
	void twoClientsWithOneComponentAreRefused() {
		this.both
			.withPropertyValues("kratos.admin.name=eu/west",
					"kratos.admin.clients.eu-west.base-url=" + this.staff.url())
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining("The health component 'eu-west' would be that of two clients"));
	}

	@Test
	void aStoppedServerIsDownInItsComponentAlone(CapturedOutput output) {
		this.staff.close();
		this.both.run((context) -> {
			assertThat(statuses(context)).containsOnly(Map.entry("kratos", Status.UP), Map.entry("staff", Status.DOWN));
			assertThat(kratos(context).getStatus()).isEqualTo(Status.DOWN);
			assertThat(output).contains("Kratos 'staff' health check failed: ");
		});
	}

	@Test
	void allServersAreCheckedAtTheSameTime() {
		this.customers.neverRespond("/health/ready");
		this.staff.neverRespond("/health/ready");
		this.both.run((context) -> {
			CompletableFuture<Map<String, Status>> health = CompletableFuture.supplyAsync(() -> statuses(context));
			awaitRequest(this.customers, "/health/ready");
			awaitRequest(this.staff, "/health/ready");
			assertThat(health).isNotDone();
			this.customers.close();
			this.staff.close();
			assertThat(health).succeedsWithin(30, TimeUnit.SECONDS)
				.isEqualTo(Map.of("kratos", Status.DOWN, "staff", Status.DOWN));
		});
	}

	@Test
	void allServersAreCheckedAtTheSameTimeInAReactiveApplication() {
		this.customers.neverRespond("/health/ready");
		this.staff.neverRespond("/health/ready");
		this.both.run((context) -> {
			ReactiveHealthContributors adapted = (ReactiveHealthContributors) ReactiveHealthContributor
				.adapt(context.getBean(KratosCompositeHealthContributor.class));
			List<Mono<Health>> components = adapted.stream()
				.map((entry) -> ((ReactiveHealthIndicator) entry.contributor()).health())
				.toList();
			assertThat(this.customers.requests()).isEmpty();
			CompletableFuture<List<Health>> health = Flux.concat(components).collectList().toFuture();
			awaitRequest(this.customers, "/health/ready");
			awaitRequest(this.staff, "/health/ready");
			this.customers.close();
			this.staff.close();
			assertThat(health.get(30, TimeUnit.SECONDS)).extracting(Health::getStatus)
				.containsExactly(Status.DOWN, Status.DOWN);
		});
	}

	@Test
	void checksAtTheSameTimeShareTheirRequests() {
		this.customers.neverRespond("/health/ready");
		this.both.withPropertyValues("kratos.admin.health.timeout=2s", "kratos.admin.clients.staff.health.timeout=1m")
			.run((context) -> {
				CompletableFuture<Map<String, Status>> first = CompletableFuture.supplyAsync(() -> statuses(context));
				awaitRequest(this.customers, "/health/ready");
				Map<String, Status> expected = Map.of("kratos", Status.DOWN, "staff", Status.UP);
				assertThat(statuses(context)).isEqualTo(expected);
				assertThat(first).succeedsWithin(30, TimeUnit.SECONDS).isEqualTo(expected);
			});
	}

	@Test
	void isAvailableWithoutTheOtherClients() {
		this.both.run((context) -> {
			HealthDescriptor health = context.getBean(HealthEndpoint.class).healthForPath("kratos", "staff");
			assertThat(health).isNotNull().extracting(HealthDescriptor::getStatus).isEqualTo(Status.UP);
			assertThat(this.customers.requests()).isEmpty();
		});
	}

	@Test
	void aGroupCanHaveOnlyOneOfTheClients() {
		this.customers.close();
		this.both.withPropertyValues("management.endpoint.health.group.staffed.include=kratos/staff").run((context) -> {
			HealthDescriptor health = context.getBean(HealthEndpoint.class).healthForPath("staffed");
			assertThat(health).isNotNull().extracting(HealthDescriptor::getStatus).isEqualTo(Status.UP);
		});
	}

	@Test
	void aComponentThatIsKeptIsCheckedEachTime() {
		this.both.run((context) -> {
			HealthIndicator component = (HealthIndicator) context.getBean(KratosCompositeHealthContributor.class)
				.stream()
				.filter((entry) -> entry.name().equals("staff"))
				.map(HealthContributors.Entry::contributor)
				.findFirst()
				.orElseThrow();
			assertThat(component.health()).extracting(Health::getStatus).isEqualTo(Status.UP);
			this.staff.respond("/health/ready", 503, "{\"errors\":{\"database\":\"gone\"}}");
			assertThat(component.health()).extracting(Health::getStatus).isEqualTo(Status.DOWN);
		});
	}

	@Test
	void theRequestCanBeSetForEachClient() {
		this.staff.respond("/identities/00000000-0000-0000-0000-000000000000", 404, """
				{"error":{"code":404,"status":"Not Found","message":"Unable to locate the resource"}}""");
		this.both.withPropertyValues("kratos.admin.clients.staff.health.check=identity").run((context) -> {
			assertThat(statuses(context)).containsOnly(Map.entry("kratos", Status.UP), Map.entry("staff", Status.UP));
			assertThat(this.customers.requests()).extracting(StubKratos.Request::path).contains("/health/ready");
			assertThat(this.staff.onlyRequest().path()).startsWith("/identities/");
		});
	}

	@Test
	void theTimeoutCanBeSetForEachClient() {
		this.staff.neverRespond("/health/ready");
		this.both
			.withPropertyValues("kratos.admin.health.timeout=1h", "kratos.admin.clients.staff.health.timeout=50ms",
					"kratos.admin.clients.staff.call-timeout=2h")
			.run((context) -> assertThat(statuses(context)).containsOnly(Map.entry("kratos", Status.UP),
					Map.entry("staff", Status.DOWN)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "kratos.admin.health.timeout", "kratos.admin.clients.staff.health.timeout" })
	void anInvalidTimeoutIsNamed(String property) {
		this.both.withPropertyValues(property + "=0")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidKratosAdminConfigurationException.class)
				.hasMessageContaining("the property '" + property + "'"));
	}

	@Test
	void aClientOfTheApplicationHasAComponentWithTheNameOfItsBean() {
		this.staff.respond("/health/ready", 503, "{\"errors\":{\"database\":\"gone\"}}");
		this.onlyCustomers.withBean("url", String.class, this.staff::url)
			.withUserConfiguration(SecondClientConfiguration.class)
			.run((context) -> assertThat(statuses(context)).containsOnly(Map.entry("kratos", Status.UP),
					Map.entry("partnersKratos", Status.DOWN)));
	}

	@Test
	void twoClientsOfTheApplicationWithoutAPrimaryOneHaveAComponentEach() {
		ownClients(new ApplicationContextRunner().withConfiguration(AUTO_CONFIGURATIONS)
			.withPropertyValues("kratos.admin.health.timeout=1m"))
			.run((context) -> assertThat(statuses(context)).containsOnly(Map.entry("first", Status.UP),
					Map.entry("second", Status.UP)));
	}

	@Test
	void aBeanWithTheNameOfAClientHasAnotherComponent() {
		this.staff.close();
		this.both.withPropertyValues("kratos.admin.name=url-of/staff")
			.withBean("url-of/staff", KratosAdmin.class, () -> client(this.customers),
					(definition) -> definition.setAutowireCandidate(false))
			.run((context) -> assertThat(statuses(context)).containsOnly(Map.entry("url-of-staff", Status.UP),
					Map.entry("staff", Status.DOWN), Map.entry("url-of-staff-bean", Status.UP)));
	}

	@Test
	void aClientInTheScopeOfARequestHasNoComponent() {
		new WebApplicationContextRunner().withConfiguration(AUTO_CONFIGURATIONS)
			.withPropertyValues("kratos.admin.base-url=" + this.customers.url(), "kratos.admin.path-prefix=",
					"kratos.admin.clients.staff.base-url=" + this.staff.url(),
					"kratos.admin.clients.staff.path-prefix=", "kratos.admin.health.timeout=1m")
			.withUserConfiguration(RequestScopedConfiguration.class)
			.run((context) -> assertThat(statuses(context)).containsOnly(Map.entry("kratos", Status.UP),
					Map.entry("staff", Status.UP)));
	}

	@Test
	void thereIsNoHealthIfTheOnlyClientIsInTheScopeOfARequest() {
		new WebApplicationContextRunner().withConfiguration(AUTO_CONFIGURATIONS)
			.withUserConfiguration(OnlyRequestScopedConfiguration.class)
			.run((context) -> assertThat(components(context.getBean(HealthEndpoint.class).health())).isEmpty());
	}

	@Test
	void thereIsNoHealthIfTheOnlyClientIsInAScopeThatTheApplicationDoesNotHave() {
		new ApplicationContextRunner().withConfiguration(AUTO_CONFIGURATIONS)
			.withUserConfiguration(OnlyRequestScopedConfiguration.class)
			.run((context) -> assertThat(components(context.getBean(HealthEndpoint.class).health())).isEmpty());
	}

	@Test
	void aClientInAnActiveScopeHasAComponent() {
		this.onlyCustomers
			.withInitializer((context) -> context.getBeanFactory().registerScope("always", new SimpleThreadScope()))
			.withBean("url", String.class, this.staff::url)
			.withUserConfiguration(ScopedConfiguration.class)
			.run((context) -> assertThat(statuses(context)).containsOnly(Map.entry("kratos", Status.UP),
					Map.entry("scopedKratos", Status.UP)));
	}

	@Test
	void closesItsClientsWithTheContext() {
		KratosCompositeHealthContributor[] contributor = new KratosCompositeHealthContributor[1];
		this.both.run((context) -> contributor[0] = context.getBean(KratosCompositeHealthContributor.class));
		assertThat(contributor[0].stream()).extracting(HealthContributors.Entry::contributor)
			.hasSize(2)
			.allSatisfy((component) -> assertThat(((HealthIndicator) component).health())
				.isEqualTo(Health.down().withDetail("failure", "no response: InterruptedIOException").build()));
	}

	private ApplicationContextRunner ownClients(ApplicationContextRunner application) {
		return application.withBean("first", KratosAdmin.class, () -> client(this.customers))
			.withBean("second", KratosAdmin.class, () -> client(this.staff));
	}

	private static KratosAdmin client(StubKratos server) {
		return KratosAdmin.builder().baseUrl(server.url()).pathPrefix("").build();
	}

	private static void awaitRequest(StubKratos server, String path) {
		Awaitility.await()
			.untilAsserted(() -> assertThat(server.requests()).extracting(StubKratos.Request::path).contains(path));
	}

	private static HealthDescriptor kratos(ApplicationContext context) {
		return components(context.getBean(HealthEndpoint.class).health()).get("kratos");
	}

	private static Map<String, Status> statuses(ApplicationContext context) {
		Map<String, Status> statuses = new LinkedHashMap<>();
		components(kratos(context)).forEach((name, health) -> statuses.put(name, health.getStatus()));
		return statuses;
	}

	private static Map<String, HealthDescriptor> components(HealthDescriptor health) {
		return (health instanceof CompositeHealthDescriptor composite) ? composite.getComponents() : Map.of();
	}

	@Configuration(proxyBeanMethods = false)
	static class SecondClientConfiguration {

		@Bean(defaultCandidate = false)
		KratosAdmin partnersKratos(KratosAdminBuilder builder, String url) {
			return builder.baseUrl(url).build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class RequestScopedConfiguration {

		@Bean(defaultCandidate = false)
		@Scope(scopeName = WebApplicationContext.SCOPE_REQUEST, proxyMode = ScopedProxyMode.INTERFACES)
		KratosAdmin tenantKratos() {
			return KratosAdmin.builder().build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OnlyRequestScopedConfiguration {

		@Bean
		@Scope(scopeName = WebApplicationContext.SCOPE_REQUEST, proxyMode = ScopedProxyMode.INTERFACES)
		KratosAdmin tenantKratos() {
			return KratosAdmin.builder().build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ScopedConfiguration {

		@Bean(defaultCandidate = false)
		@Scope(scopeName = "always", proxyMode = ScopedProxyMode.INTERFACES)
		KratosAdmin scopedKratos(String url) {
			return KratosAdmin.builder().baseUrl(url).pathPrefix("").build();
		}

	}

}
