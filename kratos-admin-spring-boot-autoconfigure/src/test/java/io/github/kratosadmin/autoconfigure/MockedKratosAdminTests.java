package io.github.kratosadmin.autoconfigure;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.courier.CourierApi;
import io.github.kratosadmin.metadata.MetadataApi;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.bean.override.mockito.MockitoBean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for an application that injects APIs, with a mock of {@link KratosAdmin}.
 */
@SpringBootTest(classes = MockedKratosAdminTests.Application.class, webEnvironment = SpringBootTest.WebEnvironment.NONE)
class MockedKratosAdminTests {

	@MockitoBean
	private KratosAdmin kratos;

	@Autowired
	private Service service;

	@Test
	void theApplicationStarts() {
		assertThat(this.service).isNotNull();
	}

	@Test
	void callsTheApiThatTheMockReturns() {
		MetadataApi metadata = mock();
		given(this.kratos.metadata()).willReturn(metadata);
		given(metadata.prometheus()).willReturn("metrics");
		assertThat(this.service.metrics()).isEqualTo("metrics");
	}

	@Test
	void aCallFailsIfTheMockReturnsNoApi() {
		assertThatIllegalStateException().isThrownBy(() -> this.service.metrics())
			.withMessageContaining("returned no MetadataApi");
	}

	static class Service {

		private final MetadataApi metadata;

		Service(MetadataApi metadata, CourierApi courier) {
			this.metadata = metadata;
		}

		String metrics() {
			return this.metadata.prometheus();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Service.class)
	static class Application {

	}

}
