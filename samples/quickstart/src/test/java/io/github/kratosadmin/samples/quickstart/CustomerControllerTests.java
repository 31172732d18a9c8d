package io.github.kratosadmin.samples.quickstart;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.test.autoconfigure.AutoConfigureEmbeddedKratos;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Slice tests for {@link CustomerController} on an embedded Kratos.
 */
@WebMvcTest(CustomerController.class)
@AutoConfigureEmbeddedKratos
class CustomerControllerTests {

	@Autowired
	private MockMvcTester mvc;

	@BeforeAll
	static void createAlice(@Autowired KratosAdmin kratos) {
		CustomerTraits alice = new CustomerTraits("alice@example.test", null);
		kratos.identities().createIdentity(CreateIdentity.builder().traits(alice).build());
	}

	@Test
	void listsCustomers() {
		assertThat(this.mvc.get().uri("/customers")).hasStatusOk()
			.bodyJson()
			.extractingPath("$.customers[*].email")
			.asArray()
			.containsExactly("alice@example.test");
	}

}
