package io.github.kratosadmin.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.KratosAdminBuilder;
import io.github.kratosadmin.autoconfigure.health.KratosHealthContributorAutoConfiguration;
import io.github.kratosadmin.connection.BearerTokenProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.ssl.SslStoreBundle;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Tests for {@link InvalidKratosAdminConfigurationFailureAnalyzer} in the output of an
 * application that fails to start.
 */
@ExtendWith(OutputCaptureExtension.class)
class InvalidKratosAdminConfigurationFailureAnalyzerTests {

	@Test
	void showsThePropertyItsValueItsOriginAndTheCorrection(CapturedOutput output) {
		start(PropertiesApplication.class, "--kratos.admin.base-url=localhost:4434");
		assertThat(output)
			.contains(
					"""
							Failed to configure the Kratos admin client with the property 'kratos.admin.base-url':

							    The base URL must be a URL such as http://localhost:4434, but 'localhost:4434' does not start with http:// or https://.

							    Origin of 'kratos.admin.base-url': "kratos.admin.base-url" from property source "commandLineArgs"

							Action:

							Correct the property 'kratos.admin.base-url', for example:

							    kratos.admin.base-url=http://localhost:4434
							""")
			.doesNotContain("\tat ");
	}

	@Test
	void showsTheLineInAFile(@TempDir Path folder, CapturedOutput output) throws IOException {
		start(PropertiesApplication.class, configuration(folder, """
				kratos:
				  admin:
				    base-url: localhost:4434
				"""));
		assertThat(output).containsPattern("Origin of 'kratos\\.admin\\.base-url': .*application\\.yml]?.* - 3:15\\R");
	}

	@Test
	void showsTheEnvironmentVariable(CapturedOutput output) {
		StandardEnvironment environment = new StandardEnvironment();
		String name = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
		environment.getPropertySources()
			.replace(name, new SystemEnvironmentPropertySource(name, Map.of("KRATOS_ADMIN_BASEURL", "localhost:4434")));
		SpringApplication application = application(PropertiesApplication.class);
		application.setEnvironment(environment);
		start(application);
		assertThat(output).contains("Origin of 'kratos.admin.base-url': ")
			.contains("\"KRATOS_ADMIN_BASEURL\"")
			.contains("Correct the property 'kratos.admin.base-url'");
	}

	@Test
	void showsNoOriginWithoutAnEnvironment() {
		FailureAnalysis analysis = new InvalidKratosAdminConfigurationFailureAnalyzer(null)
			.analyze(new InvalidKratosAdminConfigurationException("kratos.admin.enabled", "It must be true or false"));
		assertThat(analysis.getDescription()).endsWith(":\n\n    It must be true or false.");
		assertThat(analysis.getAction()).isEqualTo("Correct the property 'kratos.admin.enabled'.");
	}

	@Test
	void showsBothOriginsIfThePathPrefixIsGivenTwice(@TempDir Path folder, CapturedOutput output) throws IOException {
		start(PropertiesApplication.class, configuration(folder, """
				kratos:
				  admin:
				    base-url: http://kratos:4434/admin/
				"""), "--kratos.admin.path-prefix=/admin");
		assertThat(output)
			.contains(
					"""
							Failed to configure the Kratos admin client with the base URL and the path prefix:

							    The base URL must not end with the path prefix '/admin', which the client adds: it must be 'http://kratos:4434', but was 'http://kratos:4434/admin'.
							""")
			.containsPattern("Origin of 'kratos\\.admin\\.base-url': .*application\\.yml.* - 3:15\\R    "
					+ "Origin of 'kratos\\.admin\\.path-prefix': "
					+ "\"kratos\\.admin\\.path-prefix\" from property source \"commandLineArgs\"\\R")
			.contains("Remove the path prefix from the base URL.");
	}

	@Test
	void showsThePathPrefixThatACustomizerGivesAgain(CapturedOutput output) {
		start(CustomizedApplication.class, "--kratos.admin.path-prefix=/admin");
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("Failed to configure the Kratos admin client with the KratosAdminBuilderCustomizer beans:")
			.contains("it must be 'http://customized', but was 'http://customized/admin'.")
			.contains("Origin of 'kratos.admin.path-prefix'")
			.doesNotContain("Origin of 'kratos.admin.base-url'")
			.contains("Remove the path prefix from the base URL.");
	}

	@Test
	void acceptsAPathPrefixThatACustomizerGivesOnlyOnce() {
		application(CustomizedApplication.class)
			.run("--kratos.admin.base-url=http://kratos/api", "--kratos.admin.path-prefix=/api")
			.close();
	}

	@ParameterizedTest
	@ValueSource(classes = { SecondClientFirstApplication.class, HealthClientFirstApplication.class })
	void showsThePathPrefixThatIsGivenTwiceForEachClient(Class<?> application, CapturedOutput output) {
		start(application, "--kratos.admin.base-url=http://kratos/admin", "--kratos.admin.path-prefix=/admin");
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("with the base URL and the path prefix:")
			.contains("it must be 'http://kratos', but was 'http://kratos/admin'.")
			.contains("Origin of 'kratos.admin.base-url'")
			.contains("Origin of 'kratos.admin.path-prefix'");
	}

	@Test
	void namesTheConnectionDetailsThatGiveThePathPrefixTwice(CapturedOutput output) {
		start(TwicePrefixedDetailsApplication.class, "--kratos.admin.base-url=http://unused",
				"--kratos.admin.path-prefix=/unused");
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("with the connection details of " + TwicePrefixedDetails.class.getName() + ":")
			.contains("it must be 'http://details', but was 'http://details/admin'.")
			.contains("Remove the path prefix from the base URL.")
			.doesNotContain("kratos.admin.base-url", "kratos.admin.path-prefix");
	}

	@Test
	void namesTheCustomizersAndNotThePropertiesIfConnectionDetailsReplaceThem(CapturedOutput output) {
		start(CustomizedDetailsApplication.class, "--kratos.admin.base-url=http://unused");
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("with the KratosAdminBuilderCustomizer beans:")
			.contains("it must be 'http://details', but was 'http://details/api'.")
			.doesNotContain("kratos.admin.base-url");
	}

	@Test
	void showsTheSslBundlesOfTheApplication(CapturedOutput output) {
		start(SslBundlesApplication.class, "--kratos.admin.ssl.bundle=kratso");
		assertThat(output).contains(
				"""
						Failed to configure the Kratos admin client with the property 'kratos.admin.ssl.bundle':

						    There is no SSL bundle 'kratso': the application has the SSL bundles kratos, shop.

						    Origin of 'kratos.admin.ssl.bundle': "kratos.admin.ssl.bundle" from property source "commandLineArgs"

						Action:

						Correct the property 'kratos.admin.ssl.bundle', or define the SSL bundle, for example:

						    spring.ssl.bundle.pem.kratso.truststore.certificate=/etc/kratos/ca.pem
						""");
	}

	@Test
	void showsThatTheApplicationHasNoSslBundles(CapturedOutput output) {
		start(SslApplication.class, "--kratos.admin.ssl.bundle=kratos");
		assertThat(output).contains("There is no SSL bundle 'kratos': the application has no SSL bundles.");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					base-url           | ftp://kratos:4434            | does not start with http:// or https://
					base-url           | http://admin:s3cr3t@kratos   | has user info
					base-url           | http://kratos?key=s3cr3t     | has a query
					base-url           | http://kratos#s3cr3t         | has a fragment
					base-url           | http://                      | is not a URL
					base-url           | ''                           | must be a URL such as http://localhost:4434
					bearer-token       | ' '                          | visible ASCII characters, without a 'Bearer' prefix
					public-url         | https://a:s3cr3t@kratos      | has user info
					path-prefix        | admin                        | must be empty or a path such as /admin
					bearer-token       | Bearer s3cr3t                | visible ASCII characters, without a 'Bearer' prefix
					user-agent         | ''                           | The user agent must not be blank
					connect-timeout    | 0s                           | The connect timeout must be positive
					read-timeout       | -1s                          | The read timeout must be positive
					pool.max-connections | ''                         | failed to convert java.lang.String to int
					pool.max-connections | 0                          | The number of connections must be positive
					pool.time-to-live  | 0s                           | time to live must be positive
					pool.acquire-timeout | 0s                         | The acquire timeout must be positive
					call-timeout       | 0s                           | The call timeout must be positive
					max-response-size  | 0B                           | The response size must be positive
					max-nesting        | 0                            | The nesting must be positive
					retry.max-retries  | -1                           | The number of retries must not be negative
					retry.statuses     | 404                          | must be 429 or 5xx, as others do not pass, but one was 404
					retry.max-retry-after | -1s                       | must not be negative
					ssl.bundle         | unknown                      | no SSL bundle
					proxy.url          | http://a:s3cr3t@proxy        | has user info
					headers.Host       | s3cr3t                       | is set by the client itself
					headers.Accept-Encoding | s3cr3t                  | is set by the client itself
					headers.Content-Encoding | s3cr3t                 | is set by the client itself
					headers.Trailer    | s3cr3t                       | is set by the client itself
					headers.Range      | s3cr3t                       | must not be sent with every request
					headers.X-Api-Key  | s3cr3t${UNSET_KEY}           | an unresolved placeholder, ${...}
					bearer-token       | ${UNSET_TOKEN}               | an unresolved placeholder, ${...}
					enabled            | maybe                        | It must be true or false, but was 'maybe'
					enabled            | ''                           | It must be true or false, but was ''
					base-url           | http://kratos:0              | has a port that does not exist
					public-url         | http://kratos:0              | has a port that does not exist
					proxy.url          | http://proxy:0               | has a port that does not exist
					connect-timeout    | 36501d                       | must be 36500 days at most
					read-timeout       | 106752d                      | must be 36500 days at most
					call-timeout       | 999999999999999s             | must be 36500 days at most
					pool.time-to-live  | 36501d                       | must be 36500 days at most
					pool.acquire-timeout | 36501d                     | must be 36500 days at most
					retry.max-retry-after | 36501d                    | must be 36500 days at most
					retry.delay | 0s                        | The retry delay must be positive
					retry.delay | 10s                       | is PT10S, but was PT2S
					retry.delay | 10ms                      | is PT0.01S, but was PT0.05S
					retry.multiplier | 0.5                    | must be at least 1, but was 0.5
					retry.max-delay  | 1ms                          | is PT0.1S, but was PT0.001S
					retry.max-delay  | 36501d                       | must be 36500 days at most
					retry.jitter | 1s                         | is PT0.1S, but was PT1S
					""")
	void namesThePropertyWithoutShowingASecret(String property, String value, String problem, CapturedOutput output) {
		start(PropertiesApplication.class, "--kratos.admin." + property + "=" + value);
		assertThat(output).contains("APPLICATION FAILED TO START")
			.containsPattern("'kratos.admin." + property + "'|Property: kratos.admin." + property)
			.contains("\"kratos.admin." + property + "\" from property source \"commandLineArgs\"")
			.contains(problem)
			.doesNotContain("s3cr3t");
	}

	@Test
	void namesBothConflictingPropertiesAndTheDefault(CapturedOutput output) {
		start(PropertiesApplication.class, "--kratos.admin.retry.delay=10s");
		assertThat(output)
			.contains("Failed to configure the Kratos admin client with the properties 'kratos.admin.retry.delay' and "
					+ "'kratos.admin.retry.max-delay' (PT2S by default):")
			.contains("The longest retry delay must not be shorter than the first, which is PT10S, but was PT2S.");
	}

	@Test
	void namesTheProxyPasswordWithAnUnresolvedPlaceholder(CapturedOutput output) {
		start(PropertiesApplication.class, "--kratos.admin.proxy.url=http://proxy:3128",
				"--kratos.admin.proxy.username=user", "--kratos.admin.proxy.password=${UNSET_PASSWORD}");
		assertThat(output).contains("'kratos.admin.proxy.password'").contains("an unresolved placeholder, ${...}");
	}

	@Test
	void namesTheHealthTimeoutThatIsTooLong(CapturedOutput output) {
		start(HealthApplication.class, "--kratos.admin.health.timeout=106751991168d");
		assertThat(output).contains("'kratos.admin.health.timeout'").contains("at most 36500 days");
	}

	@Test
	void namesTheHealthTimeoutThatIsTooShort(CapturedOutput output) {
		start(HealthApplication.class, "--kratos.admin.health.timeout=0s");
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("'kratos.admin.health.timeout'")
			.contains("The timeout must be at least 1 ms and at most 36500 days");
	}

	@Test
	void namesTheConnectionDetailsOfTheApplication(CapturedOutput output) {
		start(ConnectionDetailsApplication.class);
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("the connection details of " + ConnectionDetailsApplication.class.getName());
	}

	@Test
	void namesTheBeansIfThereAreTwoBearerTokenProviders(CapturedOutput output) {
		start(TwoTokensApplication.class);
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("Failed to configure the Kratos admin client with the BearerTokenProvider beans:")
			.contains("There are several beans without a qualifier: firstToken, secondToken")
			.contains("mark one of the beans as @Primary");
	}

	private static void start(Class<?> application, String... args) {
		start(application(application), args);
	}

	private static SpringApplication application(Class<?> source) {
		SpringApplication application = new SpringApplication(source);
		application.setWebApplicationType(WebApplicationType.NONE);
		return application;
	}

	private static void start(SpringApplication application, String... args) {
		assertThatException().isThrownBy(() -> application.run(args).close());
	}

	/** Writes a configuration file and returns the argument that loads it. */
	private static String configuration(Path folder, String yaml) throws IOException {
		Path file = Files.writeString(folder.resolve("application.yml"), yaml);
		return "--spring.config.location=" + file.toUri();
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(KratosAdminAutoConfiguration.class)
	static class PropertiesApplication {

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ KratosAdminAutoConfiguration.class, KratosHealthContributorAutoConfiguration.class })
	static class HealthApplication {

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(KratosAdminAutoConfiguration.class)
	static class CustomizedApplication {

		@Bean
		KratosAdminBuilderCustomizer baseUrl() {
			return (builder) -> builder.baseUrl("http://customized/admin");
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ SslAutoConfiguration.class, KratosAdminAutoConfiguration.class })
	static class SslApplication {

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(KratosAdminAutoConfiguration.class)
	static class SslBundlesApplication {

		@Bean
		SslBundles sslBundles() {
			SslBundle bundle = SslBundle.of(SslStoreBundle.NONE);
			DefaultSslBundleRegistry bundles = new DefaultSslBundleRegistry("shop", bundle);
			bundles.registerBundle("kratos", bundle);
			return bundles;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(KratosAdminAutoConfiguration.class)
	static class TwoTokensApplication {

		@Bean
		BearerTokenProvider firstToken() {
			return () -> "first";
		}

		@Bean
		BearerTokenProvider secondToken() {
			return () -> "second";
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(KratosAdminAutoConfiguration.class)
	static class ConnectionDetailsApplication {

		@Bean
		KratosAdminConnectionDetails connectionDetails() {
			return () -> "kratos:4434";
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(KratosAdminAutoConfiguration.class)
	static class SecondClientFirstApplication {

		@Bean(defaultCandidate = false)
		KratosAdmin second(KratosAdminBuilder builder) {
			return builder.name("second").build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ KratosAdminAutoConfiguration.class, KratosHealthContributorAutoConfiguration.class })
	static class HealthClientFirstApplication {

		@Bean
		String createdFirst(HealthContributor health) {
			return health.toString();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(KratosAdminAutoConfiguration.class)
	static class TwicePrefixedDetailsApplication {

		@Bean
		KratosAdminConnectionDetails connectionDetails() {
			return new TwicePrefixedDetails();
		}

	}

	static class TwicePrefixedDetails implements KratosAdminConnectionDetails {

		@Override
		public String getBaseUrl() {
			return "http://details/admin";
		}

		@Override
		public String getPathPrefix() {
			return "/admin";
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(KratosAdminAutoConfiguration.class)
	static class CustomizedDetailsApplication {

		@Bean
		KratosAdminConnectionDetails connectionDetails() {
			return () -> "http://details/api";
		}

		@Bean
		KratosAdminBuilderCustomizer pathPrefix() {
			return (builder) -> builder.pathPrefix("/api");
		}

	}

}
