package io.github.kratosadmin.test.autoconfigure;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.KratosAdminBuilder;
import io.github.kratosadmin.autoconfigure.KratosAdminAutoConfiguration;
import io.github.kratosadmin.autoconfigure.KratosAdminBuilderConfigurer;
import io.github.kratosadmin.autoconfigure.KratosAdminClients;
import io.github.kratosadmin.autoconfigure.KratosAdminConnectionDetails;
import io.github.kratosadmin.test.embedded.EmbeddedKratos;
import io.github.kratosadmin.test.embedded.KratosEra;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.annotation.BeanFactoryAnnotationUtils;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.DependencyDescriptor;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.core.MethodParameter;
import org.springframework.test.context.DynamicPropertyRegistrar;
import org.springframework.test.context.support.DynamicPropertyRegistrarBeanInitializer;
import org.springframework.util.ReflectionUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for the {@link EmbeddedKratos} beans of an application with several clients.
 */
class NamedEmbeddedKratosTests {

	private static final String NOWHERE = "http://localhost:2";

	private final ApplicationContextRunner application = new ApplicationContextRunner().withConfiguration(
			AutoConfigurations.of(KratosAdminAutoConfiguration.class, EmbeddedKratosConnectionAutoConfiguration.class));

	private final ApplicationContextRunner annotated = this.application
		.withConfiguration(AutoConfigurations.of(EmbeddedKratosAutoConfiguration.class));

	private final ApplicationContextRunner onlyStaff = this.annotated
		.withPropertyValues("kratos.admin.clients.staff.base-url=" + NOWHERE);

	private final ApplicationContextRunner both = this.onlyStaff.withPropertyValues("kratos.admin.base-url=" + NOWHERE);

	@Test
	void eachClientHasItsOwnServer() {
		this.both.withUserConfiguration(Injecting.class).run((context) -> {
			Servers servers = context.getBean(Servers.class);
			assertThat(servers.unnamed()).isNotSameAs(servers.staff());
			call(context, "kratos");
			assertThat(servers.unnamed().requests()).isNotEmpty();
			assertThat(servers.staff().requests()).isEmpty();
			servers.unnamed().reset();
			call(context, "staff");
			assertThat(servers.staff().requests()).isNotEmpty();
			assertThat(servers.unnamed().requests()).isEmpty();
		});
	}

	@Test
	void replacesTheConnectionDetailsOfTheApplication() {
		this.both.withUserConfiguration(OfProduction.class).run((context) -> {
			call(context, "kratos");
			call(context, "staff");
			assertThat(context.getBean(EmbeddedKratos.class).requests()).isNotEmpty();
			assertThat(staff(context, EmbeddedKratos.class).requests()).isNotEmpty();
		});
	}

	@Test
	void allServersAreOfTheEra() {
		this.both.withPropertyValues("kratos.test.embedded.era=V1_3")
			.run((context) -> assertThat(context.getBeansOfType(EmbeddedKratos.class).values()).hasSize(2)
				.allSatisfy((kratos) -> assertThat(kratos.era()).isEqualTo(KratosEra.V1_3)));
	}

	@Test
	void aNamedClientAloneHasAServerWithItsNameOnly() {
		this.onlyStaff.run((context) -> {
			assertThat(context.getBean(KratosAdminClients.class).getNames()).containsExactly("staff");
			call(context, "staff");
			assertThat(staff(context, EmbeddedKratos.class).requests()).isNotEmpty();
			assertThat(context.getBeansOfType(EmbeddedKratos.class)).hasSize(1);
			for (Class<?> type : new Class<?>[] { EmbeddedKratos.class, KratosAdminConnectionDetails.class }) {
				assertThatExceptionOfType(NoSuchBeanDefinitionException.class)
					.isThrownBy(() -> injectedWithoutName(context, type));
			}
		});
	}

	@Test
	void aBeanOfTheTestReplacesTheServerWithItsQualifier() {
		this.both.withUserConfiguration(OwnStaff.class).run((context) -> {
			call(context, "staff");
			assertThat(context.getBean("own", EmbeddedKratos.class).requests()).isNotEmpty();
			call(context, "kratos");
			EmbeddedKratos unnamed = (EmbeddedKratos) injectedWithoutName(context, EmbeddedKratos.class);
			assertThat(unnamed.requests()).isNotEmpty();
			assertThat(context.getBeansOfType(EmbeddedKratos.class)).hasSize(2);
		});
	}

	@Test
	void connectsServersOfTheApplicationByTheirQualifiers() {
		this.application
			.withPropertyValues("kratos.admin.clients.staff.base-url=" + NOWHERE,
					"kratos.admin.clients.partners.base-url=" + NOWHERE)
			.withUserConfiguration(OwnStaff.class)
			.run((context) -> {
				call(context, "staff");
				assertThat(context.getBean("own", EmbeddedKratos.class).requests()).isNotEmpty();
				assertThat(context.getBeansOfType(KratosAdminConnectionDetails.class))
					.containsOnlyKeys("staffEmbeddedKratosConnectionDetails");
			});
	}

	@Test
	void aServerForNoClientConnectsNone() {
		this.application.withUserConfiguration(OwnStaff.class)
			.run((context) -> assertThat(context.getBean(KratosAdminConnectionDetails.class).getBaseUrl())
				.isEqualTo("http://localhost:4434"));
	}

	@Test
	void severalServersForAClientAreRefused() {
		this.both.withUserConfiguration(OwnStaff.class, OtherStaff.class)
			.run((context) -> assertThat(context).getFailure()
				.hasMessageContaining("several EmbeddedKratos beans with the qualifier 'staff': own, other"));
	}

	@Test
	void aServerWithoutAQualifierIsRefusedIfAllClientsHaveNames() {
		this.application
			.withPropertyValues("kratos.admin.clients.staff.base-url=" + NOWHERE,
					"kratos.admin.clients.partners.base-url=" + NOWHERE)
			.withUserConfiguration(Unqualified.class)
			.run((context) -> assertThat(context).getFailure()
				.hasMessageContaining("The EmbeddedKratos bean 'unqualified' is for no client, as each client has a "
						+ "name: 'partners', 'staff'. Give it the name of a client, such as @Qualifier(\"")
				.hasMessageContaining("set defaultCandidate = false"));
	}

	@Test
	void aServerWithoutAQualifierMayBeForSomethingElseIfAClientHasOne() {
		this.onlyStaff.withUserConfiguration(Unqualified.class).run((context) -> {
			call(context, "staff");
			assertThat(context.getBean("unqualified", EmbeddedKratos.class).requests()).isEmpty();
		});
	}

	@Test
	void aServerThatIsNoDefaultCandidateMayBeForSomethingElse() {
		this.application.withPropertyValues("kratos.admin.clients.staff.base-url=" + NOWHERE)
			.withUserConfiguration(NoCandidate.class)
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean("staffEmbeddedKratosConnectionDetails"));
	}

	@Test
	void aServerWithItsQualifierAtAnElementIsForThisClient() {
		this.both.withInitializer(NamedEmbeddedKratosTests::registerWithQualifiedElement).run((context) -> {
			call(context, "staff");
			assertThat(context.getBean("own", EmbeddedKratos.class).requests()).isNotEmpty();
			call(context, "kratos");
			assertThat(context.getBean("embeddedKratos", EmbeddedKratos.class).requests()).isNotEmpty();
			assertThat(context.getBeansOfType(EmbeddedKratos.class)).containsOnlyKeys("own", "embeddedKratos");
		});
	}

	@Test
	void replacesScopedConnectionDetailsWithTheQualifier() {
		this.both.withUserConfiguration(ScopedStaff.class).run((context) -> {
			call(context, "staff");
			assertThat(staff(context, EmbeddedKratos.class).requests()).isNotEmpty();
		});
	}

	private static void registerWithQualifiedElement(ConfigurableApplicationContext context) {
		RootBeanDefinition own = new RootBeanDefinition(EmbeddedKratos.class, EmbeddedKratos::start);
		own.setQualifiedElement(ReflectionUtils.findMethod(OwnStaff.class, "own"));
		((BeanDefinitionRegistry) context.getBeanFactory()).registerBeanDefinition("own", own);
	}

	@Test
	void aServerForAClientFromOtherPropertiesSetsItsAddress() {
		this.both.withUserConfiguration(Partners.class).run((context) -> {
			context.getBean("partnersKratos", KratosAdmin.class).metadata().getVersion();
			assertThat(context.getBean("partnersServer", EmbeddedKratos.class).requests()).isNotEmpty();
			call(context, "kratos");
			assertThat(context.getBean(EmbeddedKratos.class).requests()).isNotEmpty();
		});
	}

	@Test
	void connectsAPrimaryClientThatTheApplicationBuilds() {
		this.annotated.withPropertyValues("kratos.admin.base-url=" + NOWHERE)
			.withUserConfiguration(OwnPrimary.class)
			.run((context) -> {
				context.getBean(KratosAdmin.class).metadata().getVersion();
				assertThat(context.getBean(EmbeddedKratos.class).requests()).isNotEmpty();
			});
	}

	@Test
	void refusesAClientThatTheApplicationBuildsForItsOwnAddress() {
		this.annotated.withUserConfiguration(OwnClient.class)
			.run((context) -> assertThat(context).getFailure()
				.hasMessageContaining("cannot connect the KratosAdmin bean 'kratosAdmin' to the embedded Kratos"));
	}

	private static void call(ApplicationContext context, String client) {
		context.getBean(KratosAdminClients.class).getClient(client).metadata().getVersion();
	}

	private static <T> T staff(ApplicationContext context, Class<T> type) {
		return BeanFactoryAnnotationUtils.qualifiedBeanOfType(context.getAutowireCapableBeanFactory(), type, "staff");
	}

	private static Object injectedWithoutName(ApplicationContext context, Class<?> type) throws NoSuchMethodException {
		DependencyDescriptor injection = new DependencyDescriptor(
				new MethodParameter(InjectionPoint.class.getDeclaredMethod("inject", type), 0), true);
		return context.getAutowireCapableBeanFactory().resolveDependency(injection, "injecting");
	}

	private interface InjectionPoint {

		void inject(EmbeddedKratos injected);

		void inject(KratosAdminConnectionDetails injected);

	}

	private record Servers(EmbeddedKratos unnamed, EmbeddedKratos staff) {

	}

	@Configuration(proxyBeanMethods = false)
	static class Injecting {

		@Bean
		Servers servers(EmbeddedKratos unnamed, @Qualifier("staff") EmbeddedKratos staff) {
			return new Servers(unnamed, staff);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OfProduction {

		@Bean
		KratosAdminConnectionDetails production() {
			return () -> NOWHERE;
		}

		@Bean
		@Qualifier("staff")
		KratosAdminConnectionDetails productionOfStaff() {
			return () -> NOWHERE;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnStaff {

		@Bean
		@Qualifier("staff")
		EmbeddedKratos own() {
			return EmbeddedKratos.start();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Unqualified {

		@Bean
		EmbeddedKratos unqualified() {
			return EmbeddedKratos.start();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class NoCandidate {

		@Bean(defaultCandidate = false)
		EmbeddedKratos other() {
			return EmbeddedKratos.start();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ScopedStaff {

		@Bean
		@Qualifier("staff")
		@Scope(scopeName = "prototype", proxyMode = ScopedProxyMode.INTERFACES)
		KratosAdminConnectionDetails productionOfStaff() {
			return () -> NOWHERE;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OtherStaff {

		@Bean
		@Qualifier("staff")
		EmbeddedKratos other() {
			return EmbeddedKratos.start();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Partners {

		@Bean(defaultCandidate = false)
		KratosAdmin partnersKratos(KratosAdminBuilderConfigurer configurer) {
			return configurer.createBuilder("partners.kratos").build();
		}

		@Bean(defaultCandidate = false)
		EmbeddedKratos partnersServer() {
			return EmbeddedKratos.start();
		}

		@Bean
		DynamicPropertyRegistrar partnersAddress(@Qualifier("partnersServer") EmbeddedKratos kratos) {
			return (registry) -> registry.add("partners.kratos.base-url", kratos::adminUrl);
		}

		@Bean
		static DynamicPropertyRegistrarBeanInitializer dynamicProperties() {
			return new DynamicPropertyRegistrarBeanInitializer();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnPrimary {

		@Bean
		@Primary
		KratosAdmin own(KratosAdminBuilder builder) {
			return builder.name("own").build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnClient {

		@Bean
		KratosAdmin kratosAdmin() {
			return KratosAdmin.builder().baseUrl(NOWHERE).build();
		}

	}

}
