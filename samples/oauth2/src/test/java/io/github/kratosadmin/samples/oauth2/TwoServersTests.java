package io.github.kratosadmin.samples.oauth2;

import java.io.IOException;
import java.util.Map;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.test.embedded.EmbeddedKratos;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.BeanFactoryAnnotationUtils;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the example with two servers in docs/oauth2.md: only the client with a
 * registration has a token.
 */
class TwoServersTests {

	@Test
	void onlyTheClientWithARegistrationHasAToken() throws IOException {
		try (EmbeddedKratos customers = EmbeddedKratos.start();
				EmbeddedKratos staff = EmbeddedKratos.start();
				Gateway gateway = new Gateway(customers.adminUrl());
				ConfigurableApplicationContext context = run(gateway, staff)) {
			client(context, "staff").identities().createIdentity(identity("kim@staff.example"));
			assertThat(gateway.issued()).isZero();
			assertThat(staff.requests()).isNotEmpty();
			client(context, "customers").identities().createIdentity(identity("jo@customers.example"));
			assertThat(gateway.issued()).isEqualTo(1);
			assertThat(customers.requests()).isNotEmpty();
		}
	}

	private static ConfigurableApplicationContext run(Gateway gateway, EmbeddedKratos staff) {
		SpringApplication application = new SpringApplication(TwoServers.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		return application.run("--spring.config.name=two-servers", "--gateway.client-secret=CANARY-secret",
				"--gateway.token-uri=" + gateway.url() + "/oauth2/token",
				"--kratos.admin.clients.customers.base-url=" + gateway.url(),
				"--kratos.admin.clients.staff.base-url=" + staff.adminUrl());
	}

	private static KratosAdmin client(ConfigurableApplicationContext context, String name) {
		return BeanFactoryAnnotationUtils.qualifiedBeanOfType(context.getBeanFactory(), KratosAdmin.class, name);
	}

	private static CreateIdentity identity(String email) {
		return CreateIdentity.builder().traits(Map.of("email", email)).build();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(GatewayConfiguration.class)
	static class TwoServers {

	}

}
