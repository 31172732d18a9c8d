package io.github.kratosadmin.autoconfigure;

import java.util.List;
import java.util.Map;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.KratosAdminBuilder;
import io.github.kratosadmin.connection.BearerTokenProvider;
import io.github.kratosadmin.identity.IdentityApi;
import io.github.kratosadmin.interceptor.KratosAdminInterceptor;
import io.github.kratosadmin.interceptor.OperationCall;
import io.github.kratosadmin.observation.DefaultKratosAdminObservationConvention;
import io.github.kratosadmin.observation.KratosAdminObservationConvention;
import io.github.kratosadmin.session.SessionApi;
import io.github.kratosadmin.testing.StubKratos;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import jakarta.inject.Named;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.annotation.BeanFactoryAnnotationUtils;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.CustomScopeConfigurer;
import org.springframework.beans.factory.config.DependencyDescriptor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.context.support.SimpleThreadScope;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.mockito.Mockito.mock;

/**
 * Tests for the clients below {@code kratos.admin.clients}.
 */
class NamedClientsTests {

	@AutoClose
	private final StubKratos customers = new StubKratos();

	@AutoClose
	private final StubKratos staff = new StubKratos();

	private final ApplicationContextRunner application = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(KratosAdminAutoConfiguration.class));

	private final ApplicationContextRunner onlyStaff = this.application.withPropertyValues(
			"kratos.admin.clients.staff.base-url=" + this.staff.url(), "kratos.admin.clients.staff.path-prefix=");

	private final ApplicationContextRunner both = this.onlyStaff
		.withPropertyValues("kratos.admin.base-url=" + this.customers.url(), "kratos.admin.path-prefix=");

	@Test
	void eachClientCallsItsOwnServer() {
		this.both.withUserConfiguration(InjectingConfiguration.class).run((context) -> {
			Injected injected = context.getBean(Injected.class);
			injected.customers().identities().getIdentity("1");
			assertThat(this.customers.onlyRequest().path()).isEqualTo("/identities/1");
			injected.staff().identities().getIdentity("1");
			injected.staffIdentities().getIdentity("1");
			assertThat(this.staff.requests()).hasSize(2);
			assertThat(this.customers.requests()).hasSize(1);
		});
	}

	@ParameterizedTest
	@ValueSource(classes = { KratosAdmin.class, IdentityApi.class, KratosAdminBuilder.class })
	void aClientIsNotInjectedWithoutItsName(Class<?> type) {
		this.onlyStaff.run((context) -> {
			DependencyDescriptor injection = new DependencyDescriptor(
					new MethodParameter(Injecting.class.getDeclaredMethod("inject", type), 0), true);
			assertThatExceptionOfType(NoSuchBeanDefinitionException.class)
				.isThrownBy(() -> context.getAutowireCapableBeanFactory().resolveDependency(injection, "injecting"));
		});
	}

	@Test
	void isAlsoFoundByANameThatIsKnownAtRunTime() {
		this.both.run((context) -> {
			KratosAdminClients clients = context.getBean(KratosAdminClients.class);
			assertThat(clients.getNames()).containsExactly("kratos", "staff");
			assertThat(clients.getClient("staff")).isSameAs(staff(context, KratosAdmin.class));
			assertThat(clients.getClient("kratos")).isSameAs(context.getBean(KratosAdmin.class));
			assertThat(clients.createBuilder("staff")).isNotSameAs(clients.createBuilder("staff"));
			assertThatIllegalArgumentException().isThrownBy(() -> clients.getClient("partners"))
				.withMessage("There is no client 'partners', only kratos, staff");
		});
	}

	@Test
	void inheritsTuning() {
		this.both
			.withPropertyValues("kratos.admin.retry.max-retries=1", "kratos.admin.retry.delay=1ms",
					"kratos.admin.retry.jitter=0ms", "kratos.admin.user-agent=both",
					"kratos.admin.clients.staff.retry.max-retries=2")
			.run((context) -> {
				this.staff.respond("/identities/1", 503, "{}");
				assertThatExceptionOfType(RuntimeException.class)
					.isThrownBy(() -> staff(context, IdentityApi.class).getIdentity("1"));
				assertThat(this.staff.requests()).hasSize(3)
					.allSatisfy((request) -> assertThat(request.headers().getFirst("User-Agent")).isEqualTo("both"));
			});
	}

	@Test
	void inheritsNothingOfTheConnection() {
		this.both
			.withPropertyValues("kratos.admin.public-url=" + this.customers.url() + "/public",
					"kratos.admin.bearer-token=s3cr3t", "kratos.admin.headers.X-Tenant=blue",
					"kratos.admin.proxy.url=http://localhost:1", "kratos.admin.proxy.username=user",
					"kratos.admin.proxy.password=password", "kratos.admin.name=customers")
			.withPropertyValues("kratos.admin.clients.staff.path-prefix=/staff")
			.run((context) -> {
				this.staff.respond("/staff/identities/1", 200, "{\"id\":\"1\"}");
				KratosAdmin client = staff(context, KratosAdmin.class);
				assertThat(client.identities().getIdentity("1").id()).isEqualTo("1");
				assertThat(this.staff.onlyRequest().headers()).doesNotContainKeys("Authorization", "X-tenant",
						"Proxy-authorization");
				assertThat(client.statistics().clientName()).isEqualTo("staff");
				assertThat(staff(context, KratosAdminBuilder.class)).usingRecursiveComparison()
					.comparingOnlyFields("publicUrl", "bearerTokenProvider", "headers", "tls", "proxyUrl",
							"proxyCredentials")
					.isEqualTo(KratosAdmin.builder());
			});
	}

	@Test
	void hasCredentialsAndHeadersOfItsOwn() {
		this.both
			.withPropertyValues("kratos.admin.clients.staff.bearer-token=staff-token",
					"kratos.admin.clients.staff.headers.X-Tenant=red")
			.run((context) -> {
				staff(context, IdentityApi.class).getIdentity("1");
				assertThat(this.staff.onlyRequest().headers().getFirst("Authorization"))
					.isEqualTo("Bearer staff-token");
				assertThat(this.staff.onlyRequest().headers().getFirst("X-Tenant")).isEqualTo("red");
				context.getBean(IdentityApi.class).getIdentity("1");
				assertThat(this.customers.onlyRequest().headers()).doesNotContainKeys("Authorization", "X-tenant");
			});
	}

	@Test
	void beansWithItsNameAreForItAlone() {
		this.both.withUserConfiguration(QualifiedConfiguration.class).run((context) -> {
			staff(context, IdentityApi.class).getIdentity("1");
			assertThat(this.staff.onlyRequest().headers()).containsEntry("Authorization", List.of("Bearer staff"))
				.containsEntry("X-customized", List.of("staff"))
				.containsEntry("X-intercepted", List.of("2 staff"));
			context.getBean(IdentityApi.class).getIdentity("1");
			assertThat(this.customers.onlyRequest().headers()).containsEntry("Authorization", List.of("Bearer any"))
				.containsEntry("X-customized", List.of("any"))
				.containsEntry("X-intercepted", List.of("1 all"));
			assertThat(context.getBean("observed", TestObservationRegistry.class)).hasNumberOfObservationsEqualTo(2)
				.hasAnObservationWithAKeyValue("client.name", "kratos")
				.hasAnObservation((observation) -> observation.hasNameEqualTo("staff.requests")
					.hasLowCardinalityKeyValue("client.name", "staff"));
		});
	}

	@Test
	void aBeanThatIsNotACandidateIsForNone() {
		this.both.withUserConfiguration(OtherConfiguration.class).run((context) -> {
			staff(context, IdentityApi.class).getIdentity("1");
			context.getBean(IdentityApi.class).getIdentity("1");
			assertThat(this.staff.onlyRequest().headers()).doesNotContainKey("Authorization");
			assertThat(this.customers.onlyRequest().headers()).doesNotContainKey("Authorization");
		});
	}

	@Test
	void aBeanOfThisNameIsForItAlone() {
		this.both.withBean("staff", BearerTokenProvider.class, () -> () -> "staff").run((context) -> {
			staff(context, IdentityApi.class).getIdentity("1");
			context.getBean(IdentityApi.class).getIdentity("1");
			assertThat(this.staff.onlyRequest().headers()).containsEntry("Authorization", List.of("Bearer staff"));
			assertThat(this.customers.onlyRequest().headers()).doesNotContainKey("Authorization");
		});
	}

	@Test
	void aBeanInTheScopeOfARequestIsUsedThroughItsProxy() {
		this.both.withUserConfiguration(ScopedConfiguration.class).run((context) -> {
			staff(context, IdentityApi.class).getIdentity("1");
			context.getBean(IdentityApi.class).getIdentity("1");
			assertThat(this.staff.onlyRequest().headers()).containsEntry("X-intercepted", List.of("scoped"));
			assertThat(this.customers.onlyRequest().headers()).containsEntry("X-intercepted", List.of("scoped"));
		});
	}

	@Test
	void connectionDetailsWithItsNameReplaceItsProperties() {
		try (StubKratos other = new StubKratos()) {
			this.application.withPropertyValues("kratos.admin.clients.staff.max-nesting=100")
				.withUserConfiguration(ConnectionDetailsConfiguration.class)
				.withBean("url", String.class, other::url)
				.run((context) -> {
					staff(context, IdentityApi.class).getIdentity("1");
					assertThat(other.requests()).isNotEmpty();
					assertThat(context.getBean(KratosAdminClients.class).getNames()).containsExactly("staff");
				});
		}
	}

	@Test
	void backsOffForAnApiOfTheApplicationWithItsName() {
		this.both.withUserConfiguration(OwnApiConfiguration.class)
			.run((context) -> assertThat(staff(context, SessionApi.class)).isSameAs(context.getBean("ownSessions")));
	}

	@Test
	void anEnvironmentVariableSetsAPropertyOfAClientWithADash() {
		this.application.withInitializer((context) -> {
			Map<String, Object> variables = Map.of("KRATOS_ADMIN_CLIENTS_EUWEST_BASEURL", this.staff.url());
			ConfigurableEnvironment environment = context.getEnvironment();
			environment.getPropertySources()
				.addFirst(new SystemEnvironmentPropertySource("test-systemEnvironment", variables));
		}).withPropertyValues("kratos.admin.clients.eu-west.path-prefix=").run((context) -> {
			assertThat(context.getBean(KratosAdminClients.class).getNames()).containsExactly("eu-west");
			context.getBean(KratosAdminClients.class).getClient("eu-west").identities().getIdentity("1");
			assertThat(this.staff.requests()).hasSize(1);
		});
	}

	@Test
	void isDisabledByItsProperty() {
		this.both.withPropertyValues("kratos.admin.clients.staff.enabled=false")
			.run((context) -> assertThat(context.getBean(KratosAdminClients.class).getNames())
				.containsExactly("kratos"));
	}

	@Test
	void isDisabledWithAllClients() {
		this.both.withPropertyValues("kratos.admin.enabled=false")
			.run((context) -> assertThat(context.getBeanNamesForType(KratosAdmin.class)).isEmpty());
	}

	@Test
	void needsABaseUrl() {
		this.application.withPropertyValues("kratos.admin.clients.staff.path-prefix=")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidKratosAdminConfigurationException.class)
				.hasMessage("Failed to configure the Kratos admin client with the property "
						+ "'kratos.admin.clients.staff.base-url': The client has no base URL"));
	}

	@Test
	void anInvalidPropertyIsNamed() {
		this.both.withPropertyValues("kratos.admin.clients.staff.pool.max-connections=0")
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining("with the property 'kratos.admin.clients.staff.pool.max-connections': "
						+ "The number of connections must be positive, but was 0"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "[a/b]", "[a.b]", "euWest", "_staff" })
	void aNameThatIsNotAPropertyNameIsRefused(String name) {
		this.application
			.withPropertyValues("kratos.admin.clients" + (name.startsWith("[") ? name : "." + name)
					+ ".base-url=http://localhost:4434")
			.run((context) -> assertThat(context).getFailure()
				.hasMessageContaining("must consist of lower-case letters, digits and dashes"));
	}

	@Test
	void theNameOfTheOtherClientIsRefused() {
		this.both.withPropertyValues("kratos.admin.name=staff")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("'kratos.admin.name'")
				.hasMessageContaining("'staff'"));
	}

	@Test
	void twoClientsWithOneNameInObservationsAreRefused() {
		this.both.withPropertyValues("kratos.admin.clients.staff.name=kratos")
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining("with the property 'kratos.admin.clients.staff.name': "
						+ "Another client has the name 'kratos', too"));
	}

	@Test
	void anInvalidInheritedPropertyIsNamedWhereItIsSet() {
		this.onlyStaff.withPropertyValues("kratos.admin.read-timeout=0")
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining("with the property 'kratos.admin.read-timeout': "));
	}

	@Test
	void aClientWithoutAnyPropertyNeedsABaseUrl() {
		this.application.withPropertyValues("kratos.admin.clients.staff=")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("'kratos.admin.clients.staff.base-url': The client has no base URL"));
	}

	@Test
	void anEmptyValueOfTheClientDoesNotHideItsProperties() {
		this.both.withPropertyValues("kratos.admin.clients.staff=", "kratos.admin.clients.staff.bearer-token=token")
			.run((context) -> {
				staff(context, IdentityApi.class).getIdentity("1");
				assertThat(this.staff.onlyRequest().headers()).containsEntry("Authorization", List.of("Bearer token"));
			});
	}

	@Test
	void connectionDetailsForNoClientAreRefused() {
		this.both.withUserConfiguration(MistypedConnectionConfiguration.class)
			.run((context) -> assertThat(context).getFailure()
				.isInstanceOf(InvalidKratosAdminConfigurationException.class)
				.hasMessageContaining("'stuff' is the name of no client: the properties name staff"));
	}

	@Test
	void aBeanWithTheJakartaAnnotationIsForItsClientAlone() {
		this.both.withUserConfiguration(JakartaConfiguration.class).run((context) -> {
			staff(context, IdentityApi.class).getIdentity("1");
			context.getBean(IdentityApi.class).getIdentity("1");
			assertThat(this.staff.onlyRequest().headers()).containsEntry("Authorization", List.of("Bearer staff"));
			assertThat(this.customers.onlyRequest().headers()).doesNotContainKey("Authorization");
		});
	}

	@Test
	void aChildContextDoesNotCallTheServerOfItsParentInsteadOfItsOwn() {
		this.both.run((parent) -> {
			for (String property : List.of("kratos.admin.base-url", "kratos.admin.clients.staff.base-url")) {
				this.application.withParent(parent)
					// TestPropertyValues would also change the environment of the parent.
					.withInitializer((context) -> context.getEnvironment()
						.getPropertySources()
						.addFirst(new MapPropertySource("child", Map.of(property, "http://localhost:1"))))
					.run((context) -> assertThat(context).as(property)
						.getFailure()
						.isInstanceOf(InvalidKratosAdminConfigurationException.class)
						.hasMessageContaining("the property '" + property + "'")
						.hasMessageContaining("The parent context has a client with another base URL"));
			}
		});
	}

	@Test
	void aChildContextCanHaveAClientOfItsOwn() {
		this.both.run((parent) -> this.application.withParent(parent)
			.withPropertyValues("kratos.admin.clients.partners.base-url=" + this.staff.url(),
					"kratos.admin.clients.partners.path-prefix=", "kratos.admin.clients.partners.user-agent=child")
			.run((context) -> {
				context.getBean(KratosAdminClients.class).getClient("partners").identities().getIdentity("1");
				assertThat(this.staff.onlyRequest().headers()).containsEntry("User-agent", List.of("child"));
			}));
	}

	@Test
	void aClientOfTheApplicationWithItsNameIsRefused() {
		this.both.withUserConfiguration(OwnClientConfiguration.class)
			.run((context) -> assertThat(context).getFailure()
				.hasMessageContaining("the KratosAdmin bean 'ownKratos'")
				.hasMessageContaining("below 'kratos.admin.clients.staff'"));
	}

	@Test
	void anotherClientCanBeBuiltFromPropertiesWithAnyPrefix() {
		this.both
			.withPropertyValues("partners.kratos.base-url=" + this.staff.url(), "partners.kratos.path-prefix=",
					"partners.kratos.headers.X-Tenant=green", "partners.kratos.name=partners",
					"kratos.admin.bearer-token=s3cr3t")
			.withUserConfiguration(PartnersConfiguration.class)
			.run((context) -> {
				KratosAdmin client = context.getBean("partnersKratos", KratosAdmin.class);
				client.identities().getIdentity("1");
				assertThat(this.staff.onlyRequest().headers()).containsEntry("X-tenant", List.of("green"))
					.containsEntry("X-intercepted", List.of("0 partners"))
					.doesNotContainKey("Authorization");
				assertThat(client.statistics().clientName()).isEqualTo("partners");
			});
	}

	@Test
	void aClientBuiltFromPropertiesNeedsABaseUrl() {
		this.both.withUserConfiguration(PartnersConfiguration.class)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("the property 'partners.kratos.base-url'"));
	}

	@Test
	void aChildContextInheritsTheClientsAndAddsItsOwn() {
		this.both.run((parent) -> this.both.withParent(parent)
			.withPropertyValues("kratos.admin.clients.partners.base-url=" + this.staff.url())
			.run((context) -> {
				KratosAdminClients clients = context.getBean(KratosAdminClients.class);
				assertThat(clients.getNames()).containsExactlyInAnyOrder("kratos", "staff", "partners");
				assertThat(clients.getClient("kratos")).isSameAs(parent.getBean(KratosAdmin.class));
				assertThat(clients.getClient("staff")).isSameAs(staff(parent, KratosAdmin.class));
				assertThat(parent.getBean(KratosAdminClients.class).getNames()).containsExactly("kratos", "staff");
				try (KratosAdmin variant = clients.createBuilder("kratos").build()) {
					assertThat(variant.identities().getIdentity("1").id()).isEqualTo("1");
					assertThat(this.customers.requests()).hasSize(1);
				}
			}));
	}

	private static <T> T staff(ApplicationContext context, Class<T> type) {
		return BeanFactoryAnnotationUtils.qualifiedBeanOfType(context.getAutowireCapableBeanFactory(), type, "staff");
	}

	private interface Injecting {

		void inject(KratosAdmin kratosAdmin);

		void inject(IdentityApi identities);

		void inject(KratosAdminBuilder builder);

	}

	private record Injected(KratosAdmin customers, KratosAdmin staff, IdentityApi staffIdentities) {

	}

	@Configuration(proxyBeanMethods = false)
	static class InjectingConfiguration {

		@Bean
		Injected injected(KratosAdmin customers, @Qualifier("staff") KratosAdmin staff,
				@Qualifier("staff") IdentityApi staffIdentities) {
			return new Injected(customers, staff, staffIdentities);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class QualifiedConfiguration {

		@Bean
		BearerTokenProvider anyToken() {
			return () -> "any";
		}

		@Bean
		@Qualifier("staff")
		BearerTokenProvider staffToken() {
			return () -> "staff";
		}

		@Bean
		KratosAdminBuilderCustomizer anyCustomizer() {
			return (builder) -> builder.header("X-Customized", "any");
		}

		@Bean
		@Qualifier("staff")
		KratosAdminBuilderCustomizer staffCustomizer() {
			return (builder) -> builder.header("X-Customized", "staff");
		}

		@Bean
		@Order(1)
		KratosAdminInterceptor forAll() {
			return new HeaderInterceptor("1 all");
		}

		@Bean
		@Qualifier("staff")
		@Order(2)
		KratosAdminInterceptor forStaff() {
			return new HeaderInterceptor("2 staff");
		}

		@Bean
		ObservationRegistry observed() {
			return TestObservationRegistry.create();
		}

		@Bean
		@Qualifier("staff")
		KratosAdminObservationConvention staffConvention() {
			return new DefaultKratosAdminObservationConvention("staff.requests");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OtherConfiguration {

		@Bean
		@Qualifier("stuff")
		BearerTokenProvider mistyped() {
			return () -> "stuff";
		}

		@Bean(defaultCandidate = false)
		BearerTokenProvider notADefaultCandidate() {
			return () -> "none";
		}

		@Bean(autowireCandidate = false)
		@Qualifier("staff")
		BearerTokenProvider notACandidate() {
			return () -> "none";
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ConnectionDetailsConfiguration {

		@Bean
		@Qualifier("staff")
		KratosAdminConnectionDetails staffConnection(String url) {
			return () -> url;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class MistypedConnectionConfiguration {

		@Bean
		@Qualifier("stuff")
		KratosAdminConnectionDetails staffConnection() {
			return () -> "http://localhost:1";
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class JakartaConfiguration {

		@Bean
		@Named("staff")
		BearerTokenProvider token() {
			return () -> "staff";
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnApiConfiguration {

		@Bean(defaultCandidate = false)
		@Qualifier("staff")
		SessionApi ownSessions() {
			return mock();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnClientConfiguration {

		@Bean(defaultCandidate = false)
		@Qualifier("staff")
		KratosAdmin ownKratos() {
			return mock();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class PartnersConfiguration {

		@Bean(defaultCandidate = false)
		KratosAdmin partnersKratos(KratosAdminBuilderConfigurer configurer) {
			return configurer.createBuilder("partners.kratos").build();
		}

		@Bean
		KratosAdminInterceptor interceptor() {
			return new HeaderInterceptor("0 ");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ScopedConfiguration {

		@Bean
		static CustomScopeConfigurer scopes() {
			CustomScopeConfigurer scopes = new CustomScopeConfigurer();
			scopes.addScope("thread", new SimpleThreadScope());
			return scopes;
		}

		@Bean
		@Scope(scopeName = "thread", proxyMode = ScopedProxyMode.INTERFACES)
		KratosAdminInterceptor interceptor() {
			return new HeaderInterceptor("scoped");
		}

	}

	private record HeaderInterceptor(String value) implements KratosAdminInterceptor {

		@Override
		public void beforeOperation(OperationCall call) {
			call.addHeader("X-Intercepted", this.value.endsWith(" ") ? this.value + call.getClientName() : this.value);
		}

	}

}
