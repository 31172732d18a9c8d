package io.github.kratosadmin.autoconfigure;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.identity.IdentityApi;
import io.github.kratosadmin.metadata.MetadataApi;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.context.bean.override.mockito.MockitoBean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for an application with several clients, and mocks of them.
 */
@SpringBootTest(classes = MockedNamedClientsTests.Application.class,
		webEnvironment = SpringBootTest.WebEnvironment.NONE,
		properties = { "kratos.admin.base-url=http://localhost:1",
				"kratos.admin.clients.staff.base-url=http://localhost:1",
				"kratos.admin.clients.partners.base-url=http://localhost:1" })
class MockedNamedClientsTests {

	@MockitoBean
	private KratosAdmin kratos;

	@MockitoBean
	@Qualifier("staff")
	private KratosAdmin staff;

	@MockitoBean
	@Qualifier("partners")
	private IdentityApi partnersIdentities;

	@Test
	void eachApiIsThatOfItsMock(@Autowired MetadataApi metadata, @Autowired @Qualifier("staff") MetadataApi ofStaff) {
		MetadataApi mocked = mock();
		given(this.kratos.metadata()).willReturn(mocked);
		given(mocked.prometheus()).willReturn("unnamed");
		MetadataApi mockedOfStaff = mock();
		given(this.staff.metadata()).willReturn(mockedOfStaff);
		given(mockedOfStaff.prometheus()).willReturn("staff");
		assertThat(metadata.prometheus()).isEqualTo("unnamed");
		assertThat(ofStaff.prometheus()).isEqualTo("staff");
	}

	@Test
	void anApiCanBeMockedAlone(@Autowired @Qualifier("partners") IdentityApi identities,
			@Autowired @Qualifier("partners") KratosAdmin partners) {
		assertThat(identities).isSameAs(this.partnersIdentities);
		assertThat(partners.identities()).hasToString("IdentityApi(http://localhost:1)");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
