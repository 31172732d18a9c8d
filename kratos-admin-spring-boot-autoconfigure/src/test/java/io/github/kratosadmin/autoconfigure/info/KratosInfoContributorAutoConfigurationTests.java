package io.github.kratosadmin.autoconfigure.info;

import java.util.Map;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.autoconfigure.KratosAdminAutoConfiguration;
import io.github.kratosadmin.connection.BearerTokenProvider;
import io.github.kratosadmin.info.KratosInfoContributor;
import io.github.kratosadmin.metadata.MetadataApi;
import io.github.kratosadmin.metadata.Version;
import io.github.kratosadmin.testing.StubKratos;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link KratosInfoContributorAutoConfiguration} and
 * {@link KratosInfoContributor}.
 */
@ExtendWith(OutputCaptureExtension.class)
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KratosInfoContributorAutoConfigurationTests {

	@AutoClose
	private final StubKratos kratos = new StubKratos();

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(KratosAdminAutoConfiguration.class, KratosInfoContributorAutoConfiguration.class))
		.withPropertyValues("kratos.admin.base-url=" + this.kratos.url(), "kratos.admin.name=accounts",
				"kratos.admin.path-prefix=", "management.info.kratos.enabled=true");

	@Test
	void showsTheNameThePathPrefixAndTheVersion() {
		this.contextRunner.run((context) -> assertThatInfoBecomes(context,
				Map.of("kratos", Map.of("name", "accounts", "pathPrefix", "", "version", "v0.6.3-alpha.1"))));
	}

	@Test
	void showsADetectedPathPrefix() {
		this.kratos.respond("/admin/version", 200, "{\"version\":\"v26.2.0\"}");
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(KratosAdminAutoConfiguration.class,
					KratosInfoContributorAutoConfiguration.class))
			.withPropertyValues("kratos.admin.base-url=" + this.kratos.url(), "management.info.kratos.enabled=true")
			.run((context) -> assertThatInfoBecomes(context,
					Map.of("kratos", Map.of("name", "kratos", "pathPrefix", "/admin", "version", "v26.2.0"))));
	}

	@Test
	void requestsTheVersionOnce() {
		this.contextRunner.run((context) -> {
			Awaitility.await().until(() -> !info(context).isEmpty());
			assertThat(info(context)).isNotEmpty();
			assertThat(this.kratos.requests()).extracting(StubKratos.Request::path).containsExactly("/version");
		});
	}

	@Test
	void isSilentIfKratosDoesNotRespond(CapturedOutput output) {
		this.kratos.neverRespond("/version");
		this.contextRunner.withPropertyValues("kratos.admin.read-timeout=1h", "kratos.admin.call-timeout=1h")
			.run((context) -> {
				int before = output.length();
				assertThat(info(context)).isEmpty();
				assertThat(output.subSequence(before, output.length())).asString().isEmpty();
			});
	}

	@Test
	void isSilentIfKratosFails(CapturedOutput output) {
		this.kratos.respond("/version", 500, "{}");
		this.contextRunner.run((context) -> {
			int before = output.length();
			assertThat(info(context)).isEmpty();
			assertThat(output.subSequence(before, output.length())).asString().isEmpty();
		});
	}

	@Test
	void showsNoSecretIfTheTokenProviderFails(CapturedOutput output) {
		LoggingSystem logging = LoggingSystem.get(KratosInfoContributor.class.getClassLoader());
		logging.setLogLevel(KratosInfoContributor.class.getName(), LogLevel.DEBUG);
		try {
			this.contextRunner.withBean(BearerTokenProvider.class, () -> () -> {
				throw new IllegalStateException("no token for client-secret s3cr3t");
			}).run((context) -> Awaitility.await().untilAsserted(() -> {
				assertThat(info(context)).isEmpty();
				assertThat(output).contains("The version of Kratos is unknown: ");
			}));
		}
		finally {
			logging.setLogLevel(KratosInfoContributor.class.getName(), null);
		}
		assertThat(output).doesNotContain("s3cr3t");
	}

	@Test
	void showsTheVersionOfAClientWithoutStatistics() {
		KratosAdmin client = mock(KratosAdmin.class);
		MetadataApi metadata = mock(MetadataApi.class);
		given(client.metadata()).willReturn(metadata);
		given(metadata.getVersion()).willReturn(new Version("mocked", Map.of()));
		this.contextRunner.withBean(KratosAdmin.class, () -> client, (definition) -> definition.setPrimary(true))
			.run((context) -> assertThatInfoBecomes(context, Map.of("kratos", Map.of("version", "mocked"))));
	}

	@ParameterizedTest
	@ValueSource(strings = { "management.info.kratos.enabled=false", "kratos.admin.enabled=false" })
	void isDisabledByProperty(String property) {
		this.contextRunner.withPropertyValues(property)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(InfoContributor.class));
	}

	@Test
	void isDisabledByDefault() {
		new ApplicationContextRunner().withUserConfiguration(Application.class)
			.withPropertyValues("management.info.defaults.enabled=true")
			.run((context) -> assertThat(context).hasSingleBean(KratosAdmin.class)
				.doesNotHaveBean(InfoContributor.class));
	}

	@Test
	void backsOffForAContributorOfTheApplication() {
		this.contextRunner.withBean("own", KratosInfoContributor.class, mock(KratosAdmin.class))
			.run((context) -> assertThat(context).hasSingleBean(InfoContributor.class).hasBean("own"));
	}

	@Test
	void showsEachOfSeveralClientsByItsName() {
		try (StubKratos staff = new StubKratos(); StubKratos partners = new StubKratos()) {
			staff.respond("/version", 200, "{\"version\":\"staff\"}");
			partners.respond("/version", 200, "{\"version\":\"partners\"}");
			this.contextRunner
				.withPropertyValues("kratos.admin.clients.staff.base-url=" + staff.url(),
						"kratos.admin.clients.staff.path-prefix=")
				.withBean("partnersKratos", KratosAdmin.class,
						() -> KratosAdmin.builder().name("partners").baseUrl(partners.url()).pathPrefix("").build(),
						(definition) -> definition.setAutowireCandidate(false))
				.run((context) -> assertThatInfoBecomes(context,
						Map.of("kratos", Map.of("accounts",
								Map.of("name", "accounts", "pathPrefix", "", "version", "v0.6.3-alpha.1"), "staff",
								Map.of("name", "staff", "pathPrefix", "", "version", "staff"), "partnersKratos",
								Map.of("name", "partners", "pathPrefix", "", "version", "partners")))));
		}
	}

	@Test
	void showsTheOtherClientsIfOneServerDoesNotRespond(CapturedOutput output) {
		try (StubKratos staff = new StubKratos()) {
			staff.neverRespond("/version");
			this.contextRunner
				.withPropertyValues("kratos.admin.clients.staff.base-url=" + staff.url(),
						"kratos.admin.clients.staff.path-prefix=")
				.run((context) -> {
					int before = output.length();
					assertThatInfoBecomes(context, Map.of("kratos", Map.of("accounts",
							Map.of("name", "accounts", "pathPrefix", "", "version", "v0.6.3-alpha.1"))));
					assertThat(info(context)).isNotEmpty();
					assertThat(staff.requests()).hasSizeLessThanOrEqualTo(1);
					assertThat(output.subSequence(before, output.length())).asString().isEmpty();
				});
		}
	}

	@Test
	void aSingleClientWithANameIsNotNested() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(KratosAdminAutoConfiguration.class,
					KratosInfoContributorAutoConfiguration.class))
			.withPropertyValues("kratos.admin.clients.staff.base-url=" + this.kratos.url(),
					"kratos.admin.clients.staff.path-prefix=", "management.info.kratos.enabled=true")
			.run((context) -> assertThatInfoBecomes(context,
					Map.of("kratos", Map.of("name", "staff", "pathPrefix", "", "version", "v0.6.3-alpha.1"))));
	}

	@Test
	void showsNothingWithoutAClient() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(KratosAdminAutoConfiguration.class,
					KratosInfoContributorAutoConfiguration.class))
			.withPropertyValues("management.info.kratos.enabled=true")
			.withBean("own", KratosAdmin.class, () -> mock(), (definition) -> definition.setScope("prototype"))
			.run((context) -> assertThat(info(context)).isEmpty());
	}

	@ParameterizedTest
	@ValueSource(strings = { "org.springframework.boot.actuate", "org.springframework.boot.actuate.autoconfigure" })
	void backsOffWithoutActuator(String packageName) {
		new ApplicationContextRunner().withUserConfiguration(Application.class)
			.withPropertyValues("management.info.kratos.enabled=true")
			.withClassLoader(new FilteredClassLoader(packageName))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(KratosAdmin.class)
				.doesNotHaveBean("kratosInfoContributor"));
	}

	/** Waits, as a response of the endpoint does not wait long for the version. */
	private static void assertThatInfoBecomes(ApplicationContext context, Map<String, Object> expected) {
		Awaitility.await().untilAsserted(() -> assertThat(info(context)).isEqualTo(expected));
	}

	private static Map<String, Object> info(ApplicationContext context) {
		Info.Builder builder = new Info.Builder();
		context.getBean(InfoContributor.class).contribute(builder);
		return builder.build().getDetails();
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ KratosAdminAutoConfiguration.class, KratosInfoContributorAutoConfiguration.class })
	static class Application {

	}

}
