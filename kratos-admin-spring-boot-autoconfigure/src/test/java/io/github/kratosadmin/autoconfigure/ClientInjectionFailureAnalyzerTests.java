package io.github.kratosadmin.autoconfigure;

import java.util.List;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.KratosAdminBuilder;
import io.github.kratosadmin.identity.IdentityApi;
import jakarta.annotation.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link ClientInjectionFailureAnalyzer} in the output of an application that
 * fails to start.
 */
@ExtendWith(OutputCaptureExtension.class)
class ClientInjectionFailureAnalyzerTests {

	private static final String STAFF = "--kratos.admin.clients.staff.base-url=http://staff";

	private static final String CUSTOMERS = "--kratos.admin.clients.customers.base-url=http://customers";

	private static final String UNNAMED = "--kratos.admin.base-url=http://unnamed";

	@ParameterizedTest
	@ValueSource(classes = { QualifiedField.class, QualifiedConstructor.class, QualifiedProvider.class,
			QualifiedSetter.class, QualifiedResource.class })
	void namesTheQualifiersThatExist(Class<?> service, CapturedOutput output) {
		start(service, output, STAFF, CUSTOMERS);
		assertThat(output)
			.contains(" required a bean of the type KratosAdmin with the qualifier 'stuff', which no bean has.\n\n"
					+ "    The qualifiers are: customers, staff\n")
			.contains("""
					Correct the qualifier, or configure a client with this name:

					    kratos.admin.clients.stuff.base-url=http://localhost:4434
					""");
	}

	@Test
	void namesTheInjection(CapturedOutput output) {
		start(QualifiedConstructor.class, output, STAFF);
		assertThat(output).contains("Parameter 0 of constructor in " + QualifiedConstructor.class.getName()
				+ " required a bean of the type KratosAdmin");
	}

	@Test
	void namesTheQualifiersOfAGroupOfOperations(CapturedOutput output) {
		start(QualifiedApi.class, output, STAFF, UNNAMED);
		assertThat(output)
			.contains("required a bean of the type IdentityApi with the qualifier 'stuff', which no bean has.")
			.contains("The qualifiers are: kratosIdentityApi, staff\n")
			.contains("kratos.admin.clients.stuff.base-url=http://localhost:4434");
	}

	@Test
	void doesNotProposeANameThatAClientCannotHave(CapturedOutput output) {
		start(InvalidName.class, output, STAFF);
		assertThat(output).contains("with the qualifier 'euWest', which no bean has.")
			.contains("Correct the qualifier.")
			.doesNotContain("kratos.admin.clients.euWest");
	}

	@Test
	void saysThatAClientIsDisabled(CapturedOutput output) {
		start(QualifiedConstructor.class, output, CUSTOMERS, "--kratos.admin.clients.stuff.base-url=http://stuff",
				"--kratos.admin.clients.stuff.enabled=false");
		assertThat(output).contains("The qualifiers are: customers\n")
			.contains("remove the property 'kratos.admin.clients.stuff.enabled', which disables the client.");
	}

	@Test
	void saysThatAllClientsAreDisabled(CapturedOutput output) {
		start(QualifiedConstructor.class, output, STAFF, "--kratos.admin.enabled=false");
		assertThat(output).contains(
				"required a bean of the type KratosAdmin, but the clients are disabled with 'kratos.admin.enabled'.")
			.contains("Remove the property 'kratos.admin.enabled'");
	}

	@Test
	void saysThatTheClientWithoutANameHasNoQualifier(CapturedOutput output) {
		start(QualifiedConstructor.class, output, UNNAMED, "--kratos.admin.name=stuff");
		assertThat(output).contains("Remove the qualifier: the client below 'kratos.admin' is injected without one.");
	}

	@Test
	void saysThatAClientOfTheApplicationHasNoBeansForGroupsOfOperations(CapturedOutput output) {
		start(OwnClientApi.class, output, UNNAMED);
		assertThat(output)
			.contains("required a bean of the type IdentityApi with the qualifier 'partners', which no bean has.")
			.contains("Inject the KratosAdmin with this qualifier instead");
	}

	@ParameterizedTest
	@ValueSource(classes = { UnqualifiedField.class, UnqualifiedConstructor.class, UnqualifiedProvider.class,
			UnqualifiedBuilder.class, UnqualifiedResource.class })
	void saysThatAllClientsHaveAName(Class<?> service, CapturedOutput output) {
		start(service, output, STAFF, CUSTOMERS);
		assertThat(output).containsPattern(
				" required a bean of the type KratosAdmin(Builder)? without a qualifier, but all clients have a name.\n\n"
						+ "    The names are: customers, staff\n")
			.contains("""
					for example with @Qualifier("customers"), or configure a client without a name:

					    kratos.admin.base-url=http://localhost:4434
					""");
	}

	@ParameterizedTest
	@ValueSource(classes = { UnqualifiedField.class, UnqualifiedConstructor.class, UnqualifiedProvider.class })
	void namesTwoDefaultCandidates(Class<?> service, CapturedOutput output) {
		start(new Class<?>[] { service, QualifiedCandidate.class }, output, UNNAMED);
		assertThat(output).contains(" required a bean of the type KratosAdmin, but it is unclear which of 2 beans:\n")
			.contains("    - partners: of the application, defined in " + QualifiedCandidate.class.getName())
			.contains("    - kratosAdmin: of the client below 'kratos.admin'\n")
			.contains("for example with @Qualifier(\"partners\")")
			.contains("defaultCandidate = false")
			.doesNotContain("-parameters");
	}

	@Test
	void saysThatTwoBeansArePrimary(CapturedOutput output) {
		start(new Class<?>[] { UnqualifiedField.class, TwoPrimary.class }, output);
		assertThat(output).contains("it is unclear which of 2 beans")
			.contains("Mark only one of the beans as @Primary.");
	}

	@Test
	void saysOfWhichClientsAGroupOfOperationsCouldBe(CapturedOutput output) {
		start(new Class<?>[] { UnqualifiedApi.class, TwoClients.class }, output);
		assertThat(output).contains(
				" required a bean of the type IdentityApi, but it is unclear of which client: none of the KratosAdmin beans is "
						+ "primary.\n\n    The beans are: first, second\n")
			.contains("mark one of the beans as @Primary");
	}

	@ParameterizedTest
	@ValueSource(classes = { NamedResource.class, NamedResourceSetter.class })
	void namesTheBeansOfAResource(Class<?> service, CapturedOutput output) {
		start(service, output, STAFF);
		assertThat(output)
			.contains(" required a bean of the type KratosAdmin with the bean name 'staff', which does not exist.\n\n"
					+ "    The bean names are: staffKratosAdmin\n")
			.contains("use @Autowired with @Qualifier.");
	}

	@ParameterizedTest
	@ValueSource(classes = { OtherType.class, OtherResource.class, OtherQualified.class })
	void leavesOtherTypesToSpringBoot(Class<?> service, CapturedOutput output) {
		start(service, output, STAFF);
		assertThat(output).containsPattern("required a (single )?bean")
			.contains("Consider ")
			.doesNotContain("The qualifiers are", "The bean names are", "all clients have a name");
	}

	@Test
	void leavesApplicationsWithoutTheStarterToSpringBoot(CapturedOutput output) {
		start(new Class<?>[] { WithoutStarter.class }, output);
		assertThat(output).contains("required a bean of type 'io.github.kratosadmin.KratosAdmin'");
	}

	private static void start(Class<?> service, CapturedOutput output, String... args) {
		start(new Class<?>[] { service }, output, args);
	}

	private static void start(Class<?>[] services, CapturedOutput output, String... args) {
		SpringApplication application = new SpringApplication(services);
		if (services[0] != WithoutStarter.class) {
			application.addPrimarySources(List.of(Starter.class));
		}
		application.setWebApplicationType(WebApplicationType.NONE);
		assertThatException().isThrownBy(() -> application.run(args).close());
		assertThat(output).contains("APPLICATION FAILED TO START");
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(KratosAdminAutoConfiguration.class)
	static class Starter {

	}

	static class QualifiedField {

		@Autowired
		@Qualifier("stuff")
		KratosAdmin kratos;

	}

	static class QualifiedConstructor {

		QualifiedConstructor(@Qualifier("stuff") KratosAdmin kratos) {
		}

	}

	static class QualifiedProvider {

		QualifiedProvider(@Qualifier("stuff") ObjectProvider<KratosAdmin> kratos) {
			kratos.getObject();
		}

	}

	static class QualifiedSetter {

		@Autowired
		void setKratos(@Qualifier("stuff") KratosAdmin kratos) {
		}

	}

	static class QualifiedResource {

		@Resource
		@Qualifier("stuff")
		KratosAdmin kratos;

	}

	static class QualifiedApi {

		QualifiedApi(@Qualifier("stuff") IdentityApi identities) {
		}

	}

	static class InvalidName {

		InvalidName(@Qualifier("euWest") KratosAdmin kratos) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnClientApi {

		@Bean(defaultCandidate = false)
		static KratosAdmin partners() {
			return mock();
		}

		@Bean
		String injecting(@Qualifier("partners") IdentityApi identities) {
			return identities.toString();
		}

	}

	static class UnqualifiedField {

		@Autowired
		KratosAdmin kratos;

	}

	static class UnqualifiedConstructor {

		UnqualifiedConstructor(KratosAdmin kratos) {
		}

	}

	static class UnqualifiedProvider {

		UnqualifiedProvider(ObjectProvider<KratosAdmin> kratos) {
			kratos.getObject();
		}

	}

	static class UnqualifiedBuilder {

		UnqualifiedBuilder(KratosAdminBuilder builder) {
		}

	}

	static class UnqualifiedResource {

		@Resource
		KratosAdmin kratos;

	}

	static class UnqualifiedApi {

		UnqualifiedApi(IdentityApi identities) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class QualifiedCandidate {

		@Bean
		@Qualifier("partners")
		KratosAdmin partners() {
			return mock();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class TwoPrimary {

		@Bean
		@Primary
		KratosAdmin first() {
			return mock();
		}

		@Bean
		@Primary
		KratosAdmin second() {
			return mock();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class TwoClients {

		@Bean
		KratosAdmin first() {
			return mock();
		}

		@Bean
		KratosAdmin second() {
			return mock();
		}

	}

	static class NamedResource {

		@Resource(name = "staff")
		KratosAdmin kratos;

	}

	static class NamedResourceSetter {

		@Resource(name = "staff")
		void setKratos(KratosAdmin kratos) {
		}

	}

	static class OtherType {

		OtherType(Number number) {
		}

	}

	static class OtherResource {

		@Resource(name = "staff")
		Number number;

	}

	static class OtherQualified {

		@Autowired
		@Qualifier("stuff")
		Number number;

	}

	static class WithoutStarter {

		WithoutStarter(KratosAdmin kratos) {
		}

	}

}
