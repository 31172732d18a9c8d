package io.github.kratosadmin.autoconfigure;

import java.util.List;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.KratosAdminBuilder;
import io.github.kratosadmin.connection.BearerTokenProvider;
import io.github.kratosadmin.identity.IdentityApi;
import io.github.kratosadmin.interceptor.KratosAdminInterceptor;
import io.github.kratosadmin.testing.StubKratos;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import org.springframework.aop.framework.ProxyFactoryBean;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.annotation.BeanFactoryAnnotationUtils;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.beans.factory.config.CustomScopeConfigurer;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.context.support.SimpleThreadScope;
import org.springframework.util.ReflectionUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the beans for a client do not reach another one.
 */
class ClientBeansTests {

	@AutoClose
	private final StubKratos customers = new StubKratos();

	@AutoClose
	private final StubKratos staff = new StubKratos();

	/** The client without a name, and the client {@code staff}. */
	private final ApplicationContextRunner application = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(KratosAdminAutoConfiguration.class))
		.withPropertyValues("kratos.admin.base-url=" + this.customers.url(), "kratos.admin.path-prefix=",
				"kratos.admin.clients.staff.base-url=" + this.staff.url(), "kratos.admin.clients.staff.path-prefix=");

	@Test
	void anApiOfOneClientIsNotInjectedInsteadOfThatOfAnother() {
		this.application.withUserConfiguration(StaffApiConfiguration.class)
			.withBean(Injecting.class)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(NoUniqueBeanDefinitionException.class)
				.hasMessageContaining("audited,kratosIdentityApi"));
	}

	@Test
	void aBuilderOfOneClientDoesNotBuildAnother() {
		this.application.withUserConfiguration(StaffBuilderConfiguration.class).run((context) -> {
			context.getBean(IdentityApi.class).getIdentity("1");
			assertThat(this.customers.requests()).hasSize(1);
		});
	}

	@Test
	void aTokenInAnotherScopeIsForItsClientAlone() {
		this.application.withUserConfiguration(ScopedConfiguration.class).run(this::hasTokenForStaffAlone);
	}

	@Test
	void aMockIsForTheClientThatTheFieldOfTheTestNames() {
		this.application.withInitializer((context) -> {
			RootBeanDefinition mock = new RootBeanDefinition(BearerTokenProvider.class, () -> () -> "staff-token");
			mock.setQualifiedElement(ReflectionUtils.findField(MockingTest.class, "token"));
			((GenericApplicationContext) context).registerBeanDefinition("mock", mock);
		}).run(this::hasTokenForStaffAlone);
	}

	private void hasTokenForStaffAlone(ApplicationContext context) {
		context.getBean(IdentityApi.class).getIdentity("1");
		BeanFactoryAnnotationUtils
			.qualifiedBeanOfType(context.getAutowireCapableBeanFactory(), IdentityApi.class, "staff")
			.getIdentity("1");
		assertThat(this.customers.onlyRequest().headers()).doesNotContainKey("Authorization");
		assertThat(this.staff.onlyRequest().headers()).containsEntry("Authorization", List.of("Bearer staff-token"));
	}

	@Test
	void aBeanWithTheNameOfADisabledClientIsForNoOtherClient() {
		this.application.withPropertyValues("kratos.admin.clients.staff.enabled=false")
			.withBean("staff", BearerTokenProvider.class, () -> () -> "staff-token")
			.run((context) -> {
				context.getBean(IdentityApi.class).getIdentity("1");
				assertThat(this.customers.onlyRequest().headers()).doesNotContainKey("Authorization");
			});
	}

	@Test
	void aRegistryOfOneClientDoesNotObserveAnother() {
		this.application.withUserConfiguration(StaffRegistryConfiguration.class).run((context) -> {
			context.getBean(IdentityApi.class).getIdentity("1");
			TestObservationRegistryAssert.assertThat(context.getBean(TestObservationRegistry.class))
				.doesNotHaveAnyObservation();
		});
	}

	@Test
	void beansOfFactoryBeansAreUsed() {
		this.application.withUserConfiguration(FactoryBeanConfiguration.class).run((context) -> {
			context.getBean(IdentityApi.class).getIdentity("1");
			assertThat(this.customers.onlyRequest().headers()).containsEntry("Authorization", List.of("Bearer token"));
		});
	}

	@Test
	void aBeanMethodThatReturnsNullCountsAsNone() {
		this.application.withBean(BearerTokenProvider.class, () -> null)
			.withBean(KratosAdminInterceptor.class, () -> null)
			.run((context) -> {
				context.getBean(IdentityApi.class).getIdentity("1");
				assertThat(this.customers.onlyRequest().headers()).doesNotContainKey("Authorization");
			});
	}

	@Test
	void withOnlyDisabledClientsThereIsNoClientForTheDefaultBaseUrl() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(KratosAdminAutoConfiguration.class))
			.withPropertyValues("kratos.admin.clients.staff.base-url=" + this.staff.url(),
					"kratos.admin.clients.staff.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(KratosAdmin.class));
	}

	@Test
	void namesThatDifferInDashesAloneAreRefused() {
		this.application
			.withPropertyValues("kratos.admin.clients.eu-west1.base-url=" + this.staff.url(),
					"kratos.admin.clients.euwest-1.bearer-token=token")
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining("The names of two clients must not differ in dashes alone, as they would "
						+ "have the same properties, but the other name is '"));
	}

	@Test
	void aBeanOfTheApplicationWithTheNameOfAnotherBeanIsNotReplaced() {
		this.application.withAllowBeanDefinitionOverriding(true)
			.withUserConfiguration(SameNameConfiguration.class)
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining(
						"with the bean 'staffKratosAdmin': The application has another bean with this " + "name"));
	}

	record Injecting(IdentityApi identities) {

	}

	@Configuration(proxyBeanMethods = false)
	static class StaffApiConfiguration {

		@Bean
		@Qualifier("staff")
		IdentityApi audited(@Qualifier("staff") KratosAdmin staff) {
			return staff.identities();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class StaffBuilderConfiguration {

		@Bean
		@Qualifier("staff")
		@Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
		KratosAdminBuilder staffBuilder() {
			return KratosAdmin.builder().baseUrl("http://localhost:1");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ScopedConfiguration {

		@Bean
		static CustomScopeConfigurer threadScope() {
			CustomScopeConfigurer configurer = new CustomScopeConfigurer();
			configurer.addScope("thread", new SimpleThreadScope());
			return configurer;
		}

		@Bean
		@Qualifier("staff")
		@Scope(scopeName = "thread", proxyMode = ScopedProxyMode.INTERFACES)
		BearerTokenProvider tokenOfUser() {
			return () -> "staff-token";
		}

	}

	static class MockingTest {

		@Qualifier("staff")
		BearerTokenProvider token = () -> "";

	}

	@Configuration(proxyBeanMethods = false)
	static class StaffRegistryConfiguration {

		@Bean(defaultCandidate = false)
		@Qualifier("staff")
		TestObservationRegistry staffRegistry() {
			return TestObservationRegistry.create();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class FactoryBeanConfiguration {

		@Bean
		Injecting createdFirst(IdentityApi identities, KratosAdmin kratos) {
			return new Injecting(identities);
		}

		@Bean
		ProxyFactoryBean token() throws ClassNotFoundException {
			ProxyFactoryBean proxy = new ProxyFactoryBean();
			proxy.setTarget((BearerTokenProvider) () -> "token");
			proxy.setInterfaces(BearerTokenProvider.class);
			return proxy;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class SameNameConfiguration {

		@Bean(defaultCandidate = false)
		KratosAdmin staffKratosAdmin() {
			return KratosAdmin.builder().baseUrl("http://localhost:1").build();
		}

	}

}
