package io.github.kratosadmin.samples.migration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.github.kratosadmin.test.embedded.EmbeddedKratos;

import org.springframework.boot.SpringApplication;

/**
 * Imports made-up people into an embedded Kratos, and exports them. As this Kratos is
 * empty each time, the job repository is in memory. To kill a migration and run it again,
 * run {@link KratosServer} in another process.
 */
class TestMigrationApplication {

	private static final int PEOPLE = 10_000;

	public static void main(String[] args) throws IOException {
		Path people = People.write(Path.of("target/migration/people.csv"), PEOPLE);
		Path identities = Path.of("target/migration/identities.ndjson");
		Files.deleteIfExists(identities);
		try (EmbeddedKratos kratos = EmbeddedKratos.start()) {
			run(kratos, "import", "input=" + people);
			run(kratos, "export", "output=" + identities);
		}
	}

	private static void run(EmbeddedKratos kratos, String job, String parameter) {
		SpringApplication.exit(SpringApplication.run(MigrationApplication.class, "--spring.batch.job.name=" + job,
				"--kratos.admin.base-url=" + kratos.adminUrl(), "--spring.datasource.url=jdbc:h2:mem:jobs", parameter));
	}

}
