package io.github.kratosadmin.samples.twoservers;

import io.github.kratosadmin.test.autoconfigure.AutoConfigureEmbeddedKratos;
import io.github.kratosadmin.test.embedded.EmbeddedKratos;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the service after one of its servers has stopped.
 */
@SpringBootTest(properties = "kratos.admin.health.timeout=1m")
@AutoConfigureMockMvc
@AutoConfigureEmbeddedKratos
@DirtiesContext // Other tests need both servers.
class StoppedServerTests {

	@Autowired
	private MockMvcTester mvc;

	@Test
	void concernsNeitherTheHealthNorTheCallsOfTheOther(@Autowired @Qualifier("staff") EmbeddedKratos staffKratos) {
		assertThat(health("$.components.kratos.components.staff.status", HttpStatus.OK)).isEqualTo("UP");
		staffKratos.close();
		assertThat(health("$.components.kratos.components.staff.status", HttpStatus.SERVICE_UNAVAILABLE))
			.isEqualTo("DOWN");
		assertThat(health("$.components.kratos.components.customers.status", HttpStatus.SERVICE_UNAVAILABLE))
			.isEqualTo("UP");
		assertThat(this.mvc.get().uri("/actuator/health/kratos/customers")).hasStatusOk();
		assertThat(this.mvc.post()
			.uri("/customers")
			.contentType(MediaType.APPLICATION_JSON)
			.content("{\"email\":\"alice@example.test\"}")).hasStatus(HttpStatus.CREATED);
	}

	private Object health(String path, HttpStatus status) {
		Object[] value = new Object[1];
		assertThat(this.mvc.get().uri("/actuator/health")).hasStatus(status)
			.bodyJson()
			.extractingPath(path)
			.satisfies((found) -> value[0] = found);
		return value[0];
	}

}
