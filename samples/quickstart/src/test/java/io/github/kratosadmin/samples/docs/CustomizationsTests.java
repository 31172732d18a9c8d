package io.github.kratosadmin.samples.docs;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.kratosadmin.KratosAdmin;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.ObservationTextPublisher;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the beans in docs/configuration.md and docs/observability.md.
 */
@SpringBootTest(classes = { DocsApplication.class, Customizations.class })
class CustomizationsTests {

	@Test
	void namesTheObservations(@Autowired KratosAdmin kratos, @Autowired ObservationRegistry observations) {
		List<String> observed = new CopyOnWriteArrayList<>();
		observations.observationConfig().observationHandler(new ObservationTextPublisher(observed::add));
		kratos.metadata().isReady();
		assertThat(observed).anyMatch((text) -> text.contains("name='identities.requests'"));
	}

}
