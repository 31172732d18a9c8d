package io.github.kratosadmin.docker.compose;

import java.util.List;
import java.util.Map;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.autoconfigure.InvalidKratosAdminConfigurationException;
import io.github.kratosadmin.autoconfigure.KratosAdminAutoConfiguration;
import io.github.kratosadmin.autoconfigure.KratosAdminClients;
import io.github.kratosadmin.autoconfigure.KratosAdminConnectionDetails;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.BeanFactoryAnnotationUtils;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.docker.compose.core.ImageReference;
import org.springframework.boot.docker.compose.core.RunningService;
import org.springframework.boot.docker.compose.lifecycle.DockerComposeServicesReadyEvent;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.SimpleApplicationEventMulticaster;
import org.springframework.core.ResolvableType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link KratosDockerComposeClientsApplicationListener}, called by Spring Boot.
 */
class KratosDockerComposeClientsApplicationListenerTests {

	private static final Map<Integer, Integer> BOTH_PORTS = Map.of(4433, 32001, 4434, 32002);

	private final ApplicationContextRunner application = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(KratosAdminAutoConfiguration.class))
		.withPropertyValues("kratos.admin.clients.customers.base-url=http://localhost:2",
				"kratos.admin.clients.staff.base-url=http://localhost:2");

	@Test
	void eachClientIsConnectedToTheServiceWithItsLabel() {
		with(service("kratos-customers", "customers", 32001), service("kratos-staff", "staff", 32002))
			.run((context) -> {
				assertThat(details(context, "customers").getBaseUrl()).isEqualTo("http://docker.example.test:32001");
				assertThat(details(context, "staff").getBaseUrl()).isEqualTo("http://docker.example.test:32002");
				assertThat(context.getBean(KratosAdminClients.class).getNames()).containsExactly("customers", "staff");
			});
	}

	@Test
	void aServiceWithoutALabelIsForTheClientWithoutAName() {
		with(service("kratos-staff", "staff", 32002), service("kratos", null, 32000)).run((context) -> {
			assertThat(details(context, "staff").getBaseUrl()).isEqualTo("http://docker.example.test:32002");
			assertThat(context.getBean(KratosAdminConnectionDetails.class).getBaseUrl())
				.isEqualTo("http://docker.example.test:32000");
			assertThat(context.getBean(KratosAdminClients.class).getNames()).containsExactly("kratos", "customers",
					"staff");
		});
	}

	@Test
	void aServiceWithALabelMayHaveAnyImage() {
		RunningService service = new PretendedService("auth", ImageReference.of("registry.example.test/auth:1"),
				Map.of("io.github.kratosadmin.client", "staff"), BOTH_PORTS);
		with(service).run((context) -> {
			assertThat(details(context, "staff").getBaseUrl()).isEqualTo("http://docker.example.test:32002");
			assertThat(details(context, "staff").getPublicUrl()).isEqualTo("http://docker.example.test:32001");
		});
	}

	@Test
	void aServiceWithTheNameOfNoClientIsRefused() {
		with(service("kratos", "partners", 32003)).run((context) -> assertThat(context).getFailure()
			.isInstanceOf(InvalidKratosAdminConfigurationException.class)
			.hasMessageContaining("'partners' is the name of no client"));
	}

	@Test
	void twoServicesForAClientAreRefused() {
		with(service("one", "staff", 32001), service("another", "staff", 32002))
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidKratosAdminConfigurationException.class)
				.hasMessageContaining("several beans with the qualifier 'staff'"));
	}

	@Test
	void aServiceForAClientMustPublishTheAdminPort() {
		RunningService service = new PretendedService("kratos", ImageReference.of("oryd/kratos"),
				Map.of("io.github.kratosadmin.client", "staff"), Map.of());
		with(service).run((context) -> assertThat(context).getFailure().hasMessageContaining("4434"));
	}

	private ApplicationContextRunner with(RunningService... services) {
		return this.application.withInitializer((context) -> ready(context, services));
	}

	/**
	 * Publishes the event as Spring Boot does.
	 */
	private static void ready(ConfigurableApplicationContext context, RunningService... services) {
		DockerComposeServicesReadyEvent event = mock(DockerComposeServicesReadyEvent.class);
		given(event.getSource()).willReturn(context);
		given(event.getRunningServices()).willReturn(List.of(services));
		SimpleApplicationEventMulticaster multicaster = new SimpleApplicationEventMulticaster();
		new SpringApplication().getListeners().forEach(multicaster::addApplicationListener);
		multicaster.multicastEvent(event, ResolvableType.forClass(DockerComposeServicesReadyEvent.class));
	}

	private static RunningService service(String name, String client, int adminPort) {
		return new PretendedService(name, ImageReference.of("oryd/kratos:v26.2.0"),
				(client != null) ? Map.of("io.github.kratosadmin.client", client) : Map.of(), Map.of(4434, adminPort));
	}

	private static KratosAdminConnectionDetails details(ApplicationContext context, String client) {
		return BeanFactoryAnnotationUtils.qualifiedBeanOfType(context.getAutowireCapableBeanFactory(),
				KratosAdminConnectionDetails.class, client);
	}

}
