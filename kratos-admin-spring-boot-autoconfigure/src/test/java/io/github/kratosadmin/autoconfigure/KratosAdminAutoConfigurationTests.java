package io.github.kratosadmin.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.KratosAdminBuilder;
import io.github.kratosadmin.autoconfigure.health.KratosHealthContributorAutoConfiguration;
import io.github.kratosadmin.connection.BearerTokenProvider;
import io.github.kratosadmin.courier.CourierApi;
import io.github.kratosadmin.error.KratosServerException;
import io.github.kratosadmin.error.KratosUnavailableException;
import io.github.kratosadmin.error.KratosUnreadableResponseException;
import io.github.kratosadmin.health.KratosHealthIndicator;
import io.github.kratosadmin.identity.IdentityApi;
import io.github.kratosadmin.interceptor.KratosAdminInterceptor;
import io.github.kratosadmin.interceptor.OperationCall;
import io.github.kratosadmin.metadata.MetadataApi;
import io.github.kratosadmin.recovery.RecoveryApi;
import io.github.kratosadmin.schema.SchemaApi;
import io.github.kratosadmin.selfservice.SelfServiceApi;
import io.github.kratosadmin.session.SessionApi;
import io.github.kratosadmin.testing.StubKratos;
import org.aopalliance.intercept.MethodInterceptor;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.aop.framework.autoproxy.DefaultAdvisorAutoProxyCreator;
import org.springframework.aop.support.NameMatchMethodPointcutAdvisor;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link KratosAdminAutoConfiguration}.
 */
class KratosAdminAutoConfigurationTests {

	private static final AutoConfigurations AUTO_CONFIGURATION = AutoConfigurations
		.of(KratosAdminAutoConfiguration.class);

	private static final List<Class<?>> APIS = List.of(IdentityApi.class, SessionApi.class, RecoveryApi.class,
			SchemaApi.class, CourierApi.class, SelfServiceApi.class, MetadataApi.class);

	private final StubKratos kratos = new StubKratos();

	private final ApplicationContextRunner withoutBaseUrl = new ApplicationContextRunner()
		.withConfiguration(AUTO_CONFIGURATION);

	private final ApplicationContextRunner contextRunner = this.withoutBaseUrl
		.withPropertyValues("kratos.admin.base-url=" + this.kratos.url(), "kratos.admin.path-prefix=");

	@AfterEach
	void stop() {
		this.kratos.close();
	}

	/**
	 * An environment variable cannot have a dash in its name.
	 */
	@Test
	void bindsHeadersFromTheEnvironmentAsDocumented() {
		Map<String, Object> variables = Map.of("SPRING_APPLICATION_JSON",
				"{\"kratos.admin.headers.X-Tenant\":\"blue\"}", "KRATOS_ADMIN_HEADERS_X_TENANT", "green",
				"KRATOS_ADMIN_BASE_URL", this.kratos.url(), "KRATOS_ADMIN_PATH_PREFIX", "");
		StandardEnvironment environment = new StandardEnvironment();
		String name = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
		environment.getPropertySources().replace(name, new SystemEnvironmentPropertySource(name, variables));
		SpringApplication application = new SpringApplication(KratosAdminAutoConfiguration.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		application.setEnvironment(environment);
		try (ConfigurableApplicationContext context = application.run()) {
			context.getBean(KratosAdmin.class).metadata().getVersion();
		}
		assertThat(this.kratos.onlyRequest().headers().getFirst("X-Tenant")).isEqualTo("blue");
		assertThat(this.kratos.onlyRequest().headers().getFirst("x.tenant")).isEqualTo("green");
	}

	@Test
	void definesTheClientAndItsApis() {
		this.contextRunner.run((context) -> {
			KratosAdmin client = context.getBean(KratosAdmin.class);
			assertThat(ApiProxy.target(context.getBean(IdentityApi.class))).isSameAs(client.identities());
			assertThat(ApiProxy.target(context.getBean(SessionApi.class))).isSameAs(client.sessions());
			assertThat(ApiProxy.target(context.getBean(RecoveryApi.class))).isSameAs(client.recovery());
			assertThat(ApiProxy.target(context.getBean(SchemaApi.class))).isSameAs(client.schemas());
			assertThat(ApiProxy.target(context.getBean(CourierApi.class))).isSameAs(client.courier());
			assertThat(ApiProxy.target(context.getBean(SelfServiceApi.class))).isSameAs(client.selfService());
			assertThat(ApiProxy.target(context.getBean(MetadataApi.class))).isSameAs(client.metadata());
			assertThat(context).hasSingleBean(KratosAdminConnectionDetails.class);
		});
	}

	@Test
	void worksInServletApplications() {
		new WebApplicationContextRunner().withConfiguration(AUTO_CONFIGURATION)
			.run((context) -> assertThat(context).hasSingleBean(KratosAdmin.class));
	}

	@Test
	void worksInReactiveApplications() {
		new ReactiveWebApplicationContextRunner().withConfiguration(AUTO_CONFIGURATION)
			.run((context) -> assertThat(context).hasSingleBean(KratosAdmin.class));
	}

	@Test
	void sendsNoRequestAtStartUp() {
		this.contextRunner.run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(this.kratos.requests()).isEmpty();
		});
	}

	@Test
	void createsAnApiOnFirstUse() {
		this.contextRunner.run((context) -> {
			assertThat(context.getBeanFactory().containsSingleton("kratosAdmin")).isTrue();
			assertThat(context.getBeanFactory().containsSingleton("kratosIdentityApi")).isFalse();
			assertThat(ApiProxy.target(context.getBean(IdentityApi.class)))
				.isSameAs(context.getBean(KratosAdmin.class).identities());
		});
	}

	@Test
	void theOperationsAreNotSearchedForEventListenersAtStartup() {
		this.contextRunner.withUserConfiguration(SessionApiConfiguration.class)
			.run((context) -> assertThat(context.getBeanNamesForType(Object.class))
				.filteredOn((name) -> hasOperations(targetClass(context, name)))
				.containsExactly("sessions"));
	}

	private static boolean hasOperations(Class<?> type) {
		return KratosAdmin.class.isAssignableFrom(type) || APIS.stream().anyMatch((api) -> api.isAssignableFrom(type));
	}

	private static Class<?> targetClass(AssertableApplicationContext context, String beanName) {
		return AutoProxyUtils.determineTargetClass(context.getSourceApplicationContext().getBeanFactory(), beanName);
	}

	@Test
	void anAspectOfTheApplicationAppliesToAnApi() {
		this.kratos.respond("/admin/identities/1", 200, "{\"id\":\"1\"}");
		this.contextRunner.withPropertyValues("kratos.admin.path-prefix=/admin")
			.withUserConfiguration(AspectConfiguration.class)
			.run((context) -> {
				assertThat(context.getBean(IdentityApi.class).getIdentity("1").id()).isEqualTo("1");
				assertThat(context.getBean(AspectConfiguration.class).calls).containsExactly("getIdentity");
			});
	}

	@Test
	void startsWithoutKratos() {
		this.kratos.close();
		this.contextRunner.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void isDisabledByProperty() {
		this.contextRunner.withPropertyValues("kratos.admin.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(KratosAdmin.class)
				.doesNotHaveBean(KratosAdminBuilder.class)
				.doesNotHaveBean(IdentityApi.class));
	}

	@Test
	void callsTheBaseUrlWithPrefixTokenAndHeaders() {
		this.kratos.respond("/gateway/admin/identities/1", 200, "{\"id\":\"1\"}");
		this.contextRunner
			.withPropertyValues("kratos.admin.base-url=" + this.kratos.url() + "/gateway",
					"kratos.admin.path-prefix=/admin", "kratos.admin.bearer-token=ory_pat_1",
					"kratos.admin.headers.X-Tenant=blue")
			.run((context) -> {
				assertThat(context.getBean(IdentityApi.class).getIdentity("1").id()).isEqualTo("1");
				StubKratos.Request request = this.kratos.onlyRequest();
				assertThat(request.path()).isEqualTo("/gateway/admin/identities/1");
				assertThat(request.headers().getFirst("Authorization")).isEqualTo("Bearer ory_pat_1");
				assertThat(request.headers().getFirst("X-Tenant")).isEqualTo("blue");
			});
	}

	@Test
	void callsThePublicUrlForSchemasWithoutTokenAndHeaders() {
		try (StubKratos publicKratos = new StubKratos()) {
			publicKratos.respond("/schemas/default", 200, "{}");
			this.contextRunner
				.withPropertyValues("kratos.admin.public-url=" + publicKratos.url(), "kratos.admin.path-prefix=/admin",
						"kratos.admin.bearer-token=ory_pat_1", "kratos.admin.headers.X-Tenant=blue")
				.run((context) -> {
					context.getBean(SchemaApi.class).getSchema("default");
					assertThat(publicKratos.onlyRequest().path()).isEqualTo("/schemas/default");
					assertThat(publicKratos.onlyRequest().headers()).doesNotContainKeys("Authorization", "X-tenant");
					assertThat(this.kratos.requests()).isEmpty();
				});
		}
	}

	@Test
	void appliesTheReadTimeout() {
		this.kratos.neverRespond("/identities/1");
		this.contextRunner.withPropertyValues("kratos.admin.read-timeout=50ms")
			.run((context) -> assertThatExceptionOfType(KratosUnavailableException.class)
				.isThrownBy(() -> context.getBean(IdentityApi.class).getIdentity("1"))
				.withMessageContaining("SocketTimeoutException"));
	}

	@Test
	void bindsEveryProperty() {
		this.contextRunner
			.withPropertyValues("kratos.admin.name=partners", "kratos.admin.user-agent=partners/2",
					"kratos.admin.connect-timeout=3s", "kratos.admin.read-timeout=4s",
					"kratos.admin.pool.max-connections=5", "kratos.admin.pool.time-to-live=6s",
					"kratos.admin.pool.acquire-timeout=7s", "kratos.admin.call-timeout=8s",
					"kratos.admin.max-response-size=9KB", "kratos.admin.max-nesting=10",
					"kratos.admin.retry.max-retries=10", "kratos.admin.retry.delay=12ms",
					"kratos.admin.retry.multiplier=1.5", "kratos.admin.retry.max-delay=13s",
					"kratos.admin.retry.jitter=1ms", "kratos.admin.retry.statuses=429,500",
					"kratos.admin.retry.max-retry-after=14s", "kratos.admin.proxy.url=http://proxy:3128",
					"kratos.admin.proxy.username=user", "kratos.admin.proxy.password=password")
			.run((context) -> {
				KratosAdminProperties properties = context.getBean(KratosAdminProperties.class);
				assertThat(properties.getName()).isEqualTo("partners");
				assertThat(properties.getUserAgent()).isEqualTo("partners/2");
				assertThat(properties.getConnectTimeout()).isEqualTo(Duration.ofSeconds(3));
				assertThat(properties.getReadTimeout()).isEqualTo(Duration.ofSeconds(4));
				assertThat(properties.getPool().getMaxConnections()).isEqualTo(5);
				assertThat(properties.getPool().getTimeToLive()).isEqualTo(Duration.ofSeconds(6));
				assertThat(properties.getPool().getAcquireTimeout()).isEqualTo(Duration.ofSeconds(7));
				assertThat(properties.getCallTimeout()).isEqualTo(Duration.ofSeconds(8));
				assertThat(properties.getMaxResponseSize()).isEqualTo(DataSize.ofKilobytes(9));
				assertThat(properties.getMaxNesting()).isEqualTo(10);
				KratosAdminProperties.Retry retry = properties.getRetry();
				assertThat(retry.getMaxRetries()).isEqualTo(10);
				assertThat(retry.getDelay()).isEqualTo(Duration.ofMillis(12));
				assertThat(retry.getMultiplier()).isEqualTo(1.5);
				assertThat(retry.getMaxDelay()).isEqualTo(Duration.ofSeconds(13));
				assertThat(retry.getJitter()).isEqualTo(Duration.ofMillis(1));
				assertThat(retry.getStatuses()).containsExactlyInAnyOrder(429, 500);
				assertThat(retry.getMaxRetryAfter()).isEqualTo(Duration.ofSeconds(14));
				assertThat(properties.getProxy().getUrl()).isEqualTo("http://proxy:3128");
				assertThat(properties.getProxy().getUsername()).isEqualTo("user");
				assertThat(properties.getProxy().getPassword()).isEqualTo("password");
			});
	}

	@Test
	void hasTheDefaultsOfTheBuilder() {
		this.contextRunner
			.withBean(KratosAdminBuilderCustomizer.class,
					() -> (builder) -> assertThat(builder).usingRecursiveComparison()
						.ignoringFields("baseUrl", "pathPrefix")
						.isEqualTo(KratosAdmin.builder()))
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void appliesTheCallTimeout() {
		this.kratos.neverRespond("/identities/1");
		this.contextRunner.withPropertyValues("kratos.admin.read-timeout=1m", "kratos.admin.call-timeout=50ms")
			.run((context) -> assertThatExceptionOfType(KratosUnavailableException.class)
				.isThrownBy(() -> context.getBean(IdentityApi.class).getIdentity("1"))
				.withMessageContaining("the call was not over after PT0.05S"));
	}

	@Test
	void appliesTheLimitsOfResponses() {
		this.kratos.respond("/identities/long", 200, "{\"id\":\"" + "x".repeat(1024) + "\"}");
		this.kratos.respond("/identities/deep", 200, "{\"id\":\"x\",\"traits\":[[[[[]]]]]}");
		this.contextRunner.withPropertyValues("kratos.admin.max-response-size=1KB", "kratos.admin.max-nesting=5")
			.run((context) -> {
				IdentityApi identities = context.getBean(IdentityApi.class);
				assertThatExceptionOfType(KratosUnreadableResponseException.class)
					.isThrownBy(() -> identities.getIdentity("long"))
					.withMessageContaining("it is longer than 1024 bytes");
				assertThatExceptionOfType(KratosUnreadableResponseException.class)
					.isThrownBy(() -> identities.getIdentity("deep"))
					.withMessageContaining("nesting depth (6)");
			});
	}

	@Test
	void retriesReadsButNeverHealthChecks() {
		this.kratos.respond("/identities/1", 500, "{}");
		this.kratos.respond("/version", 500, "{}");
		this.contextRunner.withConfiguration(AutoConfigurations.of(KratosHealthContributorAutoConfiguration.class))
			.withPropertyValues("kratos.admin.retry.max-retries=2", "kratos.admin.retry.delay=1ms",
					"kratos.admin.retry.jitter=0ms", "kratos.admin.retry.statuses=500",
					"kratos.admin.health.timeout=1m")
			.run((context) -> {
				assertThatExceptionOfType(KratosServerException.class)
					.isThrownBy(() -> context.getBean(IdentityApi.class).getIdentity("1"));
				assertThat(this.kratos.requests()).hasSize(3);
				context.getBean(KratosHealthIndicator.class).health();
				Awaitility.await().until(() -> requestCount("/version") > 0);
			});
		// The context is closed: a retry would have arrived by now.
		assertThat(requestCount("/version")).isEqualTo(1);
		assertThat(requestCount("/health/ready")).isEqualTo(1);
	}

	private long requestCount(String path) {
		return this.kratos.requests().stream().filter((request) -> request.path().equals(path)).count();
	}

	@Test
	void callsThroughTheProxyWithItsCredentials() {
		this.contextRunner
			.withPropertyValues("kratos.admin.base-url=http://kratos.invalid:4434",
					"kratos.admin.proxy.url=" + this.kratos.url(), "kratos.admin.proxy.username=user",
					"kratos.admin.proxy.password=pass")
			.run((context) -> {
				assertThat(context.getBean(IdentityApi.class).getIdentity("1").id()).isEqualTo("1");
				assertThat(this.kratos.onlyRequest().path()).isEqualTo("http://kratos.invalid:4434/identities/1");
				assertThat(this.kratos.onlyRequest().headers().getFirst("Proxy-Authorization"))
					.isEqualTo("Basic dXNlcjpwYXNz");
			});
	}

	@Test
	void leavesNoThreadAndNoConnectionBehind() {
		Set<Thread> before = Thread.getAllStackTraces().keySet();
		try (OpenConnections server = new OpenConnections()) {
			this.contextRunner.withConfiguration(AutoConfigurations.of(KratosHealthContributorAutoConfiguration.class))
				.withPropertyValues("kratos.admin.base-url=" + server.url(), "kratos.admin.read-timeout=2m",
						"kratos.admin.health.timeout=2m")
				.run((context) -> {
					context.getBean(KratosHealthIndicator.class).health();
					Thread caller = new Thread(() -> context.getBean(IdentityApi.class).getIdentity("held"), "caller");
					caller.setUncaughtExceptionHandler((thread, ex) -> {
					});
					caller.start();
					Awaitility.await().until(() -> server.count() >= 2);
				});
			Awaitility.await().pollInSameThread().until(() -> server.open() == 0);
		}
		Awaitility.await()
			.pollInSameThread()
			.untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet()).allSatisfy(
					(thread) -> assertThat(before.contains(thread) || !thread.getName().matches("kratos.*|caller"))
						.as(thread.getName())
						.isTrue()));
	}

	@Test
	void emptyPropertiesAreUnset() {
		this.contextRunner
			.withPropertyValues("kratos.admin.public-url=${UNKNOWN:}", "kratos.admin.bearer-token=${UNKNOWN:}",
					"kratos.admin.read-timeout=${UNKNOWN:}")
			.run((context) -> {
				assertThat(context).hasNotFailed();
				KratosAdminConnectionDetails details = context.getBean(KratosAdminConnectionDetails.class);
				assertThat(details.getPublicUrl()).isNull();
				assertThat(details.getBearerToken()).isNull();
				context.getBean(IdentityApi.class).getIdentity("1");
				assertThat(this.kratos.onlyRequest().headers()).doesNotContainKey("Authorization");
			});
	}

	@Test
	void anEmptyPathPrefixMeansNoPrefix() {
		this.contextRunner.withPropertyValues("kratos.admin.path-prefix=${UNKNOWN:}")
			.run((context) -> assertThat(context.getBean(KratosAdminConnectionDetails.class).getPathPrefix())
				.isEmpty());
	}

	@Test
	void getsATokenFromTheProviderForEachCall() {
		List<String> tokens = new ArrayList<>(List.of("first", "second"));
		this.contextRunner.withPropertyValues("kratos.admin.bearer-token=not-used")
			.withBean(BearerTokenProvider.class, () -> () -> tokens.remove(0))
			.run((context) -> {
				context.getBean(IdentityApi.class).getIdentity("1");
				context.getBean(IdentityApi.class).getIdentity("1");
				assertThat(this.kratos.requests()).extracting((request) -> request.headers().getFirst("Authorization"))
					.containsExactly("Bearer first", "Bearer second");
			});
	}

	@Test
	void connectionDetailsReplaceTheProperties() {
		this.contextRunner
			.withPropertyValues("kratos.admin.base-url=http://localhost:1", "kratos.admin.bearer-token=production",
					"kratos.admin.path-prefix=/production")
			.withBean(KratosAdminConnectionDetails.class, () -> new UnprefixedConnectionDetails(this.kratos.url()))
			.run((context) -> {
				assertThat(context).hasSingleBean(KratosAdminConnectionDetails.class);
				context.getBean(IdentityApi.class).getIdentity("1");
				assertThat(this.kratos.onlyRequest().path()).isEqualTo("/identities/1");
				assertThat(this.kratos.onlyRequest().headers()).doesNotContainKey("Authorization");
			});
	}

	@Test
	void callsInterceptorsInOrder() {
		this.contextRunner.withUserConfiguration(InterceptorsConfiguration.class).run((context) -> {
			context.getBean(KratosAdmin.class).metadata().getVersion();
			assertThat(this.kratos.onlyRequest().headers()).containsEntry("X-order", List.of("last"));
		});
	}

	@Test
	void aCustomizerCanRemoveInterceptors() {
		this.contextRunner.withUserConfiguration(InterceptorsConfiguration.class)
			.withBean(KratosAdminBuilderCustomizer.class, () -> (builder) -> builder.interceptors(List::clear))
			.run((context) -> {
				context.getBean(KratosAdmin.class).metadata().getVersion();
				assertThat(this.kratos.onlyRequest().headers()).doesNotContainKey("X-order");
			});
	}

	@Test
	void callsCustomizersInOrder() {
		this.contextRunner.withUserConfiguration(CustomizersConfiguration.class).run((context) -> {
			context.getBean(IdentityApi.class).getIdentity("1");
			assertThat(this.kratos.onlyRequest().headers().getFirst("X-Customized")).isEqualTo("last");
		});
	}

	@Test
	void eachBuilderIsNewAndConfigured() {
		this.contextRunner.withPropertyValues("kratos.admin.headers.X-Tenant=blue").run((context) -> {
			KratosAdminBuilder first = context.getBean(KratosAdminBuilder.class);
			assertThat(context.getBean(KratosAdminBuilder.class)).isNotSameAs(first);
			try (KratosAdmin second = first.header("X-Second", "yes").build()) {
				second.identities().getIdentity("1");
			}
			context.getBean(IdentityApi.class).getIdentity("1");
			assertThat(this.kratos.requests()).hasSize(2);
			assertThat(this.kratos.requests().get(0).headers().getFirst("X-Tenant")).isEqualTo("blue");
			assertThat(this.kratos.requests().get(0).headers().getFirst("X-Second")).isEqualTo("yes");
			assertThat(this.kratos.requests().get(1).headers()).doesNotContainKey("X-second");
		});
	}

	@Test
	void backsOffForAClientOfTheApplication() {
		this.withoutBaseUrl.withBean("ownKratos", KratosAdmin.class, () -> KratosAdmin.builder().build())
			.run((context) -> {
				assertThat(context).hasSingleBean(KratosAdmin.class);
				KratosAdmin client = context.getBean("ownKratos", KratosAdmin.class);
				assertThat(ApiProxy.target(context.getBean(IdentityApi.class))).isSameAs(client.identities());
			});
	}

	@Test
	void definesNoApisIfTheApplicationHasTwoClients() {
		this.withoutBaseUrl.withBean("first", KratosAdmin.class, () -> KratosAdmin.builder().build())
			.withBean("second", KratosAdmin.class, () -> KratosAdmin.builder().build())
			.run((context) -> {
				assertThat(context).hasNotFailed();
				APIS.forEach((api) -> assertThat(context).doesNotHaveBean(api));
			});
	}

	@Test
	void definesTheApisOfThePrimaryClient() {
		this.contextRunner.withBean("first", KratosAdmin.class, () -> KratosAdmin.builder().build())
			.withBean("second", KratosAdmin.class, () -> KratosAdmin.builder().build(),
					(definition) -> definition.setPrimary(true))
			.run((context) -> assertThat(ApiProxy.target(context.getBean(IdentityApi.class)))
				.isSameAs(context.getBean("second", KratosAdmin.class).identities()));
	}

	@Test
	void definesTheApisIfTheSecondClientIsNotADefaultCandidate() {
		this.contextRunner.withUserConfiguration(SecondClientConfiguration.class).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(ApiProxy.target(context.getBean(IdentityApi.class)))
				.isSameAs(context.getBean("kratosAdmin", KratosAdmin.class).identities());
		});
	}

	@Test
	void aClientOfTheApplicationDoesNotSilentlyReplaceTheOneOfTheProperties() {
		this.contextRunner.withBean("ownKratos", KratosAdmin.class, () -> KratosAdmin.builder().build())
			.run((context) -> assertThat(context).getFailure()
				.isInstanceOf(InvalidKratosAdminConfigurationException.class)
				.hasMessageContaining("the KratosAdmin bean 'ownKratos'")
				.hasMessageContaining("the property 'kratos.admin.base-url'"));
	}

	@Test
	void aClientOfTheApplicationDoesNotSilentlyReplaceTheOneOfConnectionDetails() {
		this.withoutBaseUrl.withBean("ownKratos", KratosAdmin.class, () -> KratosAdmin.builder().build())
			.withBean("details", KratosAdminConnectionDetails.class,
					() -> new UnprefixedConnectionDetails(this.kratos.url()))
			.run((context) -> assertThat(context).getFailure()
				.isInstanceOf(InvalidKratosAdminConfigurationException.class)
				.hasMessageContaining("the bean 'details'"));
	}

	@Test
	void aPrimaryClientOfTheApplicationReplacesTheOneOfTheProperties() {
		this.contextRunner
			.withBean("ownKratos", KratosAdmin.class, () -> KratosAdmin.builder().build(),
					(definition) -> definition.setPrimary(true))
			.run((context) -> assertThat(context).hasSingleBean(KratosAdmin.class).hasBean("ownKratos"));
	}

	@Test
	void aClientOfTheApplicationWithAQualifierIsAnAdditionalOne() {
		this.contextRunner.withUserConfiguration(QualifiedClientConfiguration.class).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBeanNamesForType(KratosAdmin.class)).containsExactlyInAnyOrder("kratosAdmin",
					"partnersKratos");
			context.getBean(IdentityApi.class).getIdentity("1");
			assertThat(this.kratos.requests()).hasSize(1);
		});
	}

	@Test
	void backsOffForABuilderOfTheApplication() {
		this.contextRunner.withUserConfiguration(BuilderConfiguration.class).run((context) -> {
			assertThat(context).hasSingleBean(KratosAdminBuilder.class);
			assertThat(context.getBean(KratosAdmin.class).identities()).hasToString("IdentityApi(http://localhost:1)");
		});
	}

	@ParameterizedTest
	@FieldSource("APIS")
	<T> void backsOffForAnApiOfTheApplication(Class<T> api) {
		this.contextRunner.withBean("own", api, () -> standIn(api)).run((context) -> {
			assertThat(context).hasNotFailed().hasSingleBean(api);
			assertThat(context.getBean(api)).isSameAs(context.getBean("own"));
		});
	}

	private static <T> T standIn(Class<T> api) {
		return api.cast(java.lang.reflect.Proxy.newProxyInstance(api.getClassLoader(), new Class<?>[] { api },
				(proxy, method, args) -> method.getName().equals("hashCode") ? System.identityHashCode(proxy)
						: method.getName().equals("equals") ? proxy == args[0] : "stand-in"));
	}

	@Test
	void closesTheClientWithTheContext() {
		List<KratosAdmin> clients = new ArrayList<>();
		this.contextRunner.run((context) -> clients.add(context.getBean(KratosAdmin.class)));
		assertThatExceptionOfType(KratosUnavailableException.class)
			.isThrownBy(() -> clients.get(0).identities().getIdentity("1"))
			.withMessage("getIdentity got no response: this KratosAdmin is closed");
	}

	@Configuration(proxyBeanMethods = false)
	static class InterceptorsConfiguration {

		@Bean
		@Order(2)
		KratosAdminInterceptor last() {
			return new HeaderInterceptor("last");
		}

		@Bean
		@Order(1)
		KratosAdminInterceptor first() {
			return new HeaderInterceptor("first");
		}

	}

	private record HeaderInterceptor(String value) implements KratosAdminInterceptor {

		@Override
		public void beforeOperation(OperationCall call) {
			call.addHeader("X-Order", this.value);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class CustomizersConfiguration {

		@Bean
		@Order(2)
		KratosAdminBuilderCustomizer last() {
			return (builder) -> builder.header("X-Customized", "last");
		}

		@Bean
		@Order(1)
		KratosAdminBuilderCustomizer first() {
			return (builder) -> builder.header("X-Customized", "first");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class SecondClientConfiguration {

		@Bean(defaultCandidate = false)
		KratosAdmin secondKratos(KratosAdminBuilder builder) {
			return builder.build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class QualifiedClientConfiguration {

		@Bean
		@Qualifier("partners")
		KratosAdmin partnersKratos() {
			return KratosAdmin.builder().build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class BuilderConfiguration {

		@Bean
		KratosAdminBuilder ownBuilder() {
			return KratosAdmin.builder().baseUrl("http://localhost:1");
		}

	}

	private record UnprefixedConnectionDetails(String baseUrl) implements KratosAdminConnectionDetails {

		@Override
		public String getBaseUrl() {
			return this.baseUrl;
		}

		@Override
		public String getPathPrefix() {
			return "";
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class SessionApiConfiguration {

		@Bean
		SessionApi sessions() {
			return mock(SessionApi.class);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class AspectConfiguration {

		private final List<String> calls = new ArrayList<>();

		@Bean
		static DefaultAdvisorAutoProxyCreator autoProxyCreator() {
			return new DefaultAdvisorAutoProxyCreator();
		}

		@Bean
		NameMatchMethodPointcutAdvisor advisor() {
			NameMatchMethodPointcutAdvisor advisor = new NameMatchMethodPointcutAdvisor(
					(MethodInterceptor) (invocation) -> {
						this.calls.add(invocation.getMethod().getName());
						return invocation.proceed();
					});
			advisor.setMappedName("getIdentity");
			return advisor;
		}

	}

}
