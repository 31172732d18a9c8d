package io.github.kratosadmin.samples.migration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class JobLockTests {

	@Test
	void doesNotShowTheParametersOfTheUrl() {
		assertThat(new JobsRunElsewhereException("jdbc:postgresql://db:5432/jobs?user=u&password=secret"))
			.hasMessageEndingWith(" jdbc:postgresql://db:5432/jobs");
		assertThat(new JobsRunElsewhereException("jdbc:h2:file:./jobs;USER=u;PASSWORD=secret"))
			.hasMessageEndingWith(" jdbc:h2:file:./jobs");
	}

}
