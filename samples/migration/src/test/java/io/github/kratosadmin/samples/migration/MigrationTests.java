package io.github.kratosadmin.samples.migration;

import java.nio.file.Path;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.identity.Identity;
import io.github.kratosadmin.test.embedded.EmbeddedKratos;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

class MigrationTests {

	private final EmbeddedKratos kratos = EmbeddedKratos.start();

	@TempDir
	private Path folder;

	@AfterEach
	void close() {
		this.kratos.close();
	}

	@Test
	void createsAnIdentityForEachLine() {
		Path people = People.write(this.folder.resolve("people.csv"), 5);
		assertThat(run("import", "input=" + people)).isZero();
		try (KratosAdmin kratosAdmin = KratosAdmin.builder().baseUrl(this.kratos.adminUrl().toString()).build()) {
			assertThat(kratosAdmin.identities().streamIdentities()).extracting(Identity::externalId)
				.containsExactlyInAnyOrder("customer-1", "customer-2", "customer-3", "customer-4", "customer-5");
		}
	}

	private int run(String job, String parameter) {
		ConfigurableApplicationContext context = SpringApplication.run(MigrationApplication.class,
				"--spring.batch.job.name=" + job, "--kratos.admin.base-url=" + this.kratos.adminUrl(),
				"--spring.datasource.url=jdbc:h2:file:" + this.folder.resolve("jobs"), parameter);
		return SpringApplication.exit(context);
	}

}
