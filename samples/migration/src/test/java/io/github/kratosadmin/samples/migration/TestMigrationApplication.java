package io.github.kratosadmin.samples.migration;

import java.nio.file.Path;

import io.github.kratosadmin.test.embedded.EmbeddedKratos;

import org.springframework.boot.SpringApplication;

/**
 * Imports made-up people into an embedded Kratos. As this Kratos is empty each time, the
 * job repository is in memory. To kill a migration and run it again, run
 * {@link KratosServer} in another process.
 */
class TestMigrationApplication {

	private static final int PEOPLE = 10_000;

	public static void main(String[] args) {
		Path people = People.write(Path.of("target/migration/people.csv"), PEOPLE);
		try (EmbeddedKratos kratos = EmbeddedKratos.start()) {
			run(kratos, "import", "input=" + people);
		}
	}

	private static void run(EmbeddedKratos kratos, String job, String parameter) {
		SpringApplication.exit(SpringApplication.run(MigrationApplication.class, "--spring.batch.job.name=" + job,
				"--kratos.admin.base-url=" + kratos.adminUrl(), "--spring.datasource.url=jdbc:h2:mem:jobs", parameter));
	}

}
