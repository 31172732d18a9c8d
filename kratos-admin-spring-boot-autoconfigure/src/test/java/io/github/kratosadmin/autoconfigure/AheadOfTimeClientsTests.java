package io.github.kratosadmin.autoconfigure;

import java.util.function.Consumer;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.autoconfigure.health.KratosHealthContributorAutoConfiguration;
import io.github.kratosadmin.health.KratosCompositeHealthContributor;
import io.github.kratosadmin.identity.IdentityApi;
import io.github.kratosadmin.testing.StubKratos;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import org.springframework.aot.test.generate.TestGenerationContext;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.health.contributor.HealthContributors;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.test.tools.CompileWithForkedClassLoader;
import org.springframework.core.test.tools.TestCompiler;
import org.springframework.javapoet.ClassName;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.mockito.Mockito.mock;

/**
 * Tests for several clients in an application that was processed ahead of time. They
 * compile the generated code and start it.
 */
@CompileWithForkedClassLoader
class AheadOfTimeClientsTests {

	@AutoClose
	private final StubKratos customers = new StubKratos();

	@AutoClose
	private final StubKratos staff = new StubKratos();

	private final String[] atRunTime = { "kratos.admin.base-url=" + this.customers.url(), "kratos.admin.path-prefix=",
			"kratos.admin.clients.staff.base-url=" + this.staff.url(), "kratos.admin.clients.staff.path-prefix=" };

	@Test
	void eachClientCallsItsOwnServer() {
		build(InjectingConfiguration.class, "kratos.admin.base-url=http://unused",
				"kratos.admin.clients.staff.base-url=http://unused")
			.start((context) -> {
				Injected injected = context.getBean(Injected.class);
				injected.customers().identities().getIdentity("1");
				assertThat(this.customers.requests()).hasSize(1);
				injected.staff().identities().getIdentity("1");
				injected.staffIdentities().getIdentity("1");
				assertThat(this.staff.requests()).hasSize(2);
				assertThat(this.customers.requests()).hasSize(1);
			}, this.atRunTime);
	}

	@Test
	void clientsWithANameAreNotInjectedWithoutIt() {
		build(Empty.class, "kratos.admin.base-url=http://unused", "kratos.admin.clients.staff.base-url=http://unused")
			.start((context) -> {
				assertThat(context.getBean(KratosAdmin.class)).isSameAs(context.getBean("kratosAdmin"));
				assertThat(context.getBean(IdentityApi.class)).isSameAs(context.getBean("kratosIdentityApi"));
				assertThat(context.getBean(KratosAdminClients.class).getNames()).containsExactly("kratos", "staff");
			}, this.atRunTime);
	}

	@Test
	void eachClientHasAHealthComponent() {
		build(Empty.class, "kratos.admin.base-url=http://unused", "kratos.admin.clients.staff.base-url=http://unused")
			.start((context) -> assertThat(context.getBean(KratosCompositeHealthContributor.class).stream())
				.extracting(HealthContributors.Entry::name)
				.containsExactly("kratos", "staff"), this.atRunTime);
	}

	@Test
	void aNameThatIsAddedAfterTheBuildIsRefused() {
		Application application = build(Empty.class, "kratos.admin.base-url=http://unused");
		assertThatException().isThrownBy(() -> application.start((context) -> {
		}, this.atRunTime))
			.havingRootCause()
			.isInstanceOf(InvalidKratosAdminConfigurationException.class)
			.withMessageContaining("the properties below 'kratos.admin.clients.staff'")
			.withMessageContaining("The application was processed ahead of time without this client");
	}

	@Test
	void aNameThatAnEnvironmentVariableWritesWithoutItsDashIsAccepted() {
		build(Empty.class, "kratos.admin.clients.eu-west.base-url=http://unused").start((context) -> {
			context.getBean(KratosAdminClients.class).getClient("eu-west").identities().getIdentity("1");
			assertThat(this.staff.requests()).hasSize(1);
		}, TestPropertyValues.Type.SYSTEM_ENVIRONMENT, "KRATOS_ADMIN_CLIENTS_EUWEST_BASEURL=" + this.staff.url(),
				"KRATOS_ADMIN_CLIENTS_EUWEST_PATHPREFIX=");
	}

	@Test
	void aBaseUrlThatIsAddedAfterTheBuildIsRefusedIfItAddsAClient() {
		Application application = build(Empty.class, "kratos.admin.clients.staff.base-url=http://unused");
		assertThatException().isThrownBy(() -> application.start((context) -> {
		}, this.atRunTime))
			.havingRootCause()
			.isInstanceOf(InvalidKratosAdminConfigurationException.class)
			.withMessageContaining("the property 'kratos.admin.base-url'")
			.withMessageContaining("The application was processed ahead of time without this client");
	}

	@Test
	void aBaseUrlThatIsAddedAfterTheBuildIsIgnoredIfAClientOfTheApplicationIsPrimary() {
		build(PrimaryConfiguration.class).start(
				(context) -> assertThat(context.getBeansOfType(KratosAdmin.class)).containsOnlyKeys("primaryKratos"),
				"kratos.admin.base-url=http://unused");
	}

	@Test
	void aSingleClientNeedsNoPropertyAtTheBuild() {
		build(Empty.class).start((context) -> {
			context.getBean(IdentityApi.class).getIdentity("1");
			assertThat(this.customers.requests()).hasSize(1);
		}, "kratos.admin.base-url=" + this.customers.url(), "kratos.admin.path-prefix=");
	}

	private static Application build(Class<?> configuration, String... properties) {
		TestGenerationContext generation = new TestGenerationContext(
				ClassName.get(AheadOfTimeClientsTests.class.getPackageName(), "Generated"));
		ClassName initializer;
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			TestPropertyValues.of(properties).applyTo(context);
			context.register(configuration, KratosAdminAutoConfiguration.class,
					KratosHealthContributorAutoConfiguration.class);
			initializer = new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
		}
		generation.writeGeneratedContent();
		return new Application(generation, initializer);
	}

	/**
	 * An application that was processed ahead of time.
	 *
	 * @param generation the generated code
	 * @param initializer its class to start
	 */
	private record Application(TestGenerationContext generation, ClassName initializer) {

		void start(Consumer<ApplicationContext> test, String... properties) {
			start(test, TestPropertyValues.Type.MAP, properties);
		}

		@SuppressWarnings("unchecked")
		void start(Consumer<ApplicationContext> test, TestPropertyValues.Type type, String... properties) {
			TestCompiler.forSystem().with(this.generation).compile((compiled) -> {
				ApplicationContextInitializer<GenericApplicationContext> initializer = compiled
					.getInstance(ApplicationContextInitializer.class, this.initializer.toString());
				TestPropertyValues.of("spring.aot.enabled=true").applyToSystemProperties(() -> {
					try (GenericApplicationContext context = new GenericApplicationContext()) {
						TestPropertyValues.of(properties).applyTo(context.getEnvironment(), type);
						initializer.initialize(context);
						context.refresh();
						test.accept(context);
					}
					return null;
				});
			});
		}

	}

	record Injected(KratosAdmin customers, KratosAdmin staff, IdentityApi staffIdentities) {

	}

	@Configuration(proxyBeanMethods = false)
	static class Empty {

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
	static class PrimaryConfiguration {

		@Bean
		@Primary
		KratosAdmin primaryKratos() {
			return mock();
		}

	}

}
