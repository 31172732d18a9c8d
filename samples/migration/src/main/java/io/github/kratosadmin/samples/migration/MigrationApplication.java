package io.github.kratosadmin.samples.migration;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Runs one of the two jobs:
 *
 * <pre>
 * java -jar kratos-admin-sample-migration-VERSION.jar --spring.batch.job.name=import input=people.csv
 * java -jar kratos-admin-sample-migration-VERSION.jar --spring.batch.job.name=export output=identities.ndjson
 * </pre>
 *
 * Also set {@code kratos.admin.base-url}, and {@code spring.datasource.url} for another
 * job repository than the folder {@code migration-jobs}.
 * <p>
 * The exit code says how the job has ended:
 * <ul>
 * <li>0: it has completed, and each row of an import is as in the file</li>
 * <li>10: the import has completed, but rows failed, are unknown, or differ from the
 * file. The report names their files. Import these rows, corrected, as another file.</li>
 * <li>1: it was not started, for the reason on the console</li>
 * <li>4 or 5: it was stopped or has failed</li>
 * </ul>
 * After a crash, a kill or a failure, run the same command again: the job goes on where
 * it was.
 * <p>
 * On several machines, the profile {@code manager} runs the job, either of the two, and
 * lets workers do its work: the same application with the profile {@code worker}.
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
