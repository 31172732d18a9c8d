package io.github.kratosadmin.autoconfigure.metrics;

import java.util.List;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.KratosAdminBuilder;
import io.github.kratosadmin.autoconfigure.KratosAdminAutoConfiguration;
import io.github.kratosadmin.autoconfigure.health.KratosHealthContributorAutoConfiguration;
import io.github.kratosadmin.metrics.KratosAdminMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.mockito.Answers;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;
import org.springframework.web.context.annotation.RequestScope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link KratosMetricsAutoConfiguration}.
 */
class KratosMetricsAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner().withConfiguration(
			AutoConfigurations.of(KratosAdminAutoConfiguration.class, KratosMetricsAutoConfiguration.class));

	private final ApplicationContextRunner metricsRunner = this.contextRunner
		.withConfiguration(AutoConfigurations.of(MetricsAutoConfiguration.class,
				CompositeMeterRegistryAutoConfiguration.class, SimpleMetricsExportAutoConfiguration.class));

	@Test
	void bindsTheClient() {
		this.metricsRunner.withPropertyValues("kratos.admin.name=eu", "kratos.admin.pool.max-connections=7")
			.run((context) -> {
				assertThat(names(context)).containsExactly("eu");
				assertThat(context.getBean(MeterRegistry.class)
					.get("kratos.admin.connections.max")
					.tag("client.name", "eu")
					.gauge()
					.value()).isEqualTo(7);
			});
	}

	@Test
	void bindsAllSingletonClients() {
		this.metricsRunner.withUserConfiguration(OtherClients.class)
			.run((context) -> assertThat(names(context)).containsExactlyInAnyOrder("kratos", "partners"));
	}

	@Test
	void bindsClientsThatAreInjectedOnlyByTheirName() {
		this.metricsRunner
			.withPropertyValues("kratos.admin.clients.eu.base-url=http://eu",
					"kratos.admin.clients.us.base-url=http://us")
			.run((context) -> assertThat(names(context)).containsExactlyInAnyOrder("eu", "us"));
	}

	@Test
	void bindsTheClientsOfTheApplicationIfTheStarterIsDisabled() {
		this.metricsRunner.withPropertyValues("kratos.admin.enabled=false")
			.withBean("kratos", KratosAdmin.class, () -> KratosAdmin.builder().name("own").build())
			.run((context) -> assertThat(names(context)).containsExactly("own"));
	}

	@Test
	void bindsTheClientsOfTheApplicationIfTheStarterHasNone() {
		this.metricsRunner.withBean("kratos", KratosAdmin.class, () -> KratosAdmin.builder().name("own").build())
			.run((context) -> assertThat(names(context)).containsExactly("own"));
	}

	@Test
	void doesNotBindAClientOfARequest() {
		new WebApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(KratosAdminAutoConfiguration.class,
					KratosMetricsAutoConfiguration.class, MetricsAutoConfiguration.class,
					CompositeMeterRegistryAutoConfiguration.class, SimpleMetricsExportAutoConfiguration.class))
			.withUserConfiguration(RequestScopedClient.class)
			.run((context) -> {
				assertThat(context).hasNotFailed().hasSingleBean(KratosAdminMetrics.class);
				assertThat(names(context)).isEmpty();
			});
	}

	@Test
	void doesNotBindAMockWithDeepStubs() {
		this.metricsRunner
			.withBean("kratos", KratosAdmin.class, () -> mock(KratosAdmin.class, Answers.RETURNS_DEEP_STUBS))
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(names(context)).isEmpty();
			});
	}

	@Test
	void doesNotBindTheClientOfTheHealthCheck() {
		this.metricsRunner.withConfiguration(AutoConfigurations.of(KratosHealthContributorAutoConfiguration.class))
			.withPropertyValues("kratos.admin.pool.max-connections=7")
			.run((context) -> {
				assertThat(context).hasBean("kratosHealthContributor");
				assertThat(context.getBean(MeterRegistry.class).get("kratos.admin.connections.max").gauge().value())
					.isEqualTo(7);
			});
	}

	@Test
	void canBeFilteredWithPropertiesOfSpringBoot() {
		this.metricsRunner.withPropertyValues("management.metrics.enable.kratos.admin=false")
			.run((context) -> assertThat(names(context)).isEmpty());
	}

	@Test
	void backsOffForABeanOfTheApplication() {
		KratosAdminMetrics own = new KratosAdminMetrics(List.of());
		this.metricsRunner.withBean("own", KratosAdminMetrics.class, () -> own).run((context) -> {
			assertThat(context.getBean(KratosAdminMetrics.class)).isSameAs(own);
			assertThat(names(context)).isEmpty();
		});
	}

	@Test
	void backsOffWithoutAClient() {
		this.metricsRunner.withPropertyValues("kratos.admin.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(KratosAdminMetrics.class));
	}

	@Test
	void backsOffWithoutARegistry() {
		this.contextRunner.run((context) -> assertThat(context).hasSingleBean(KratosAdmin.class)
			.doesNotHaveBean(KratosAdminMetrics.class));
	}

	@Test
	void backsOffWithoutMicrometer() {
		this.contextRunner.withClassLoader(new FilteredClassLoader("io.micrometer.core"))
			.run((context) -> assertThat(context).hasSingleBean(KratosAdmin.class)
				.doesNotHaveBean(KratosMetricsAutoConfiguration.class));
	}

	@Test
	void needsNoAutoConfigurationOfSpringBoot() {
		this.contextRunner.withBean(MeterRegistry.class, SimpleMeterRegistry::new)
			.withClassLoader(new FilteredClassLoader("org.springframework.boot.micrometer"))
			.run((context) -> assertThat(context).hasSingleBean(KratosAdminMetrics.class));
	}

	private static List<String> names(ApplicationContext context) {
		return context.getBean(MeterRegistry.class)
			.find("kratos.admin.connections.max")
			.gauges()
			.stream()
			.map((gauge) -> gauge.getId().getTag("client.name"))
			.toList();
	}

	@Configuration(proxyBeanMethods = false)
	static class OtherClients {

		@Bean(defaultCandidate = false)
		KratosAdmin partners(KratosAdminBuilder builder) {
			return builder.name("partners").build();
		}

		@Bean(defaultCandidate = false)
		@Scope("prototype")
		KratosAdmin temporary(KratosAdminBuilder builder) {
			return builder.name("temporary").build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class RequestScopedClient {

		@Bean
		@RequestScope
		KratosAdmin tenant(KratosAdminBuilder builder) {
			return builder.name("tenant").build();
		}

	}

}
