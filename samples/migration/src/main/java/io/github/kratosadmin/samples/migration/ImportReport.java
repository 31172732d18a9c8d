package io.github.kratosadmin.samples.migration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.listener.JobExecutionListener;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;

/**
 * Shows on the console what became of the people. The counts are those of all runs with
 * the same file, as Spring Batch keeps them with the position in the file.
 */
class ImportReport implements JobExecutionListener {

	private static final Log logger = LogFactory.getLog(ImportReport.class);

	private static final int SHOWN = 10;

	private final JobRepository jobRepository;

	ImportReport(JobRepository jobRepository) {
		this.jobRepository = jobRepository;
	}

	@Override
	public void afterJob(JobExecution job) {
		StepExecution step = this.jobRepository.getLastStepExecution(job.getJobInstance(), "import");
		String input = job.getJobParameters().getString(ImportFiles.INPUT);
		if (step != null && input != null) {
			logger.info(report(job, step, input));
		}
	}

	private static String report(JobExecution job, StepExecution step, String input) {
		long failed = count(step, "failed") + count(step, "unknown");
		return """
				Import of %s: %s
				%,12d created
				%,12d there before, or created by a run that was killed
				%,12d failed
				%,12d unknown
				%,12d unknown at first, then found out%s""".formatted(input, job.getStatus(), count(step, "done"),
				count(step, "already.done"), count(step, "failed"), count(step, "unknown"), count(step, "resolved"),
				(failed > 0) ? failures(ImportFiles.failed(input), failed) : "");
	}

	private static long count(StepExecution step, String name) {
		return step.getExecutionContext().getLong("import." + name, 0);
	}

	private static String failures(Path file, long failed) {
		StringBuilder text = new StringBuilder("\n" + file + ":");
		try (Stream<String> lines = Files.lines(file)) {
			lines.limit(SHOWN).forEach((line) -> text.append("\n  ").append(line));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return (failed > SHOWN) ? text + "\n  and %,d more".formatted(failed - SHOWN) : text.toString();
	}

}
