package io.github.kratosadmin.samples.migration;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Runs one of the two jobs, and ends with exit code 0 if the job has completed:
 *
 * <pre>
 * java -jar migration.jar --spring.batch.job.name=import input=people.csv
 * java -jar migration.jar --spring.batch.job.name=export output=identities.ndjson
 * </pre>
 *
 * After a crash, a kill or a failure, run the same command again: the job goes on where
 * it was.
 * <p>
 * On several machines, the profile {@code manager} runs the job {@code import} and lets
 * workers do its work: the same application with the profile {@code worker}.
 */
@SpringBootApplication
public class MigrationApplication {

	/**
	 * Runs a job.
	 * @param args command-line arguments: the name of the job and its parameters
	 */
	public static void main(String[] args) {
		ConfigurableApplicationContext context = SpringApplication.run(MigrationApplication.class, args);
		// A worker waits for requests.
		if (!context.getEnvironment().matchesProfiles("worker")) {
			System.exit(SpringApplication.exit(context));
		}
	}

}
