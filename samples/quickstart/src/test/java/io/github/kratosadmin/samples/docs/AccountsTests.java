package io.github.kratosadmin.samples.docs;

import io.github.kratosadmin.error.KratosServerException;
import io.github.kratosadmin.test.autoconfigure.AutoConfigureEmbeddedKratos;
import io.github.kratosadmin.test.embedded.EmbeddedKratos;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@SpringBootTest
@AutoConfigureEmbeddedKratos // each test starts with the data of @BeforeAll
class AccountsTests {

	@Autowired
	private Accounts accounts;

	@Autowired
	private EmbeddedKratos kratos;

	@Test
	void registersAnAccount() {
		assertThat(this.accounts.register("alice@example.test")).isNotBlank();
	}

	@Test
	void failsWhenKratosIsDown() {
		this.kratos.failNext(1, 503);
		assertThatExceptionOfType(KratosServerException.class)
			.isThrownBy(() -> this.accounts.register("alice@example.test"));
	}

}
