package io.github.kratosadmin.samples.docs;

import io.github.kratosadmin.KratosAdmin;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the beans in docs/configuration.md.
 */
@SpringBootTest(classes = { DocsApplication.class, Customizations.class })
class CustomizationsTests {

	@Test
	void keepsTheFirstClientAsTheDefault(@Autowired KratosAdmin kratos,
			@Autowired @Qualifier("partnersKratos") KratosAdmin partnersKratos) {
		assertThat(kratos.metadata().isReady().ready()).isTrue();
		assertThat(partnersKratos.metadata()).hasToString("MetadataApi(http://partners-kratos:4434)");
	}

}
