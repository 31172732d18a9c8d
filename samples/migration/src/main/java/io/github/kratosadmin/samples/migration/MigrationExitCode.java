package io.github.kratosadmin.samples.migration;

import org.springframework.boot.batch.autoconfigure.JobExecutionExitCodeGenerator;
import org.springframework.stereotype.Component;

/**
 * The exit code of the process: that of Spring Boot for the status of the job, or another
 * one if the job has completed with rows to correct. The job stays COMPLETED, as to run
 * it again would not help.
 */
// In place of Spring Boot's bean, which backs off from any ExitCodeGenerator.
@Component
class MigrationExitCode extends JobExecutionExitCodeGenerator {

	/** Spring Boot has the codes up to 7, for the statuses of Spring Batch. */
	static final int ROWS_TO_CORRECT = 10;

	private final ImportReport report;

	MigrationExitCode(ImportReport report) {
		this.report = report;
	}

	@Override
	public int getExitCode() {
		int exitCode = super.getExitCode();
		return (exitCode == 0 && this.report.hasRowsToCorrect()) ? ROWS_TO_CORRECT : exitCode;
	}

}
