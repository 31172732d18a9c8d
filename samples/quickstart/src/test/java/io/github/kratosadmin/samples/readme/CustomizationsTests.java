package io.github.kratosadmin.samples.readme;

import io.github.kratosadmin.KratosAdmin;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The README's beans, side by side.
 */
@SpringBootTest(classes = { ReadmeApplication.class, Customizations.class })
class CustomizationsTests {

	@Test
	void theFirstKratosStaysBesideASecondOne(@Autowired KratosAdmin kratos,
			@Autowired @Qualifier("partnersKratos") KratosAdmin partnersKratos) {
		assertThat(kratos.metadata().isReady().ready()).isTrue();
		assertThat(partnersKratos.metadata()).hasToString("MetadataApi(http://partners-kratos:4434)");
	}

}
