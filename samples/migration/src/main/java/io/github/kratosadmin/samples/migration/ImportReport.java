package io.github.kratosadmin.samples.migration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

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
		String input = job.getJobParameters().getString(ImportFiles.INPUT);
		if (input == null) {
			return;
		}
		StepExecution importStep = this.jobRepository.getLastStepExecution(job.getJobInstance(), "import");
		StepExecution verifyStep = this.jobRepository.getLastStepExecution(job.getJobInstance(), "verify");
		logger.info("Import of %s: %s".formatted(input, job.getStatus()) + imported(importStep, input)
				+ verified(verifyStep, input));
	}

	private static String imported(@Nullable StepExecution step, String input) {
		long failed = count(step, "failed");
		long unknown = count(step, "unknown");
		return """

				%,12d created
				%,12d there before, or created by a run that was killed
				%,12d failed
				%,12d unknown
				%,12d unknown at first, then found out""".formatted(count(step, "done"), count(step, "already.done"),
				failed, unknown, count(step, "resolved")) + firstLines(ImportFiles.failed(input), failed + unknown);
	}

	private static String verified(@Nullable StepExecution step, String input) {
		long different = count(step, "failed");
		return """

				%,12d verified: as in the file
				%,12d missing or different""".formatted(count(step, "done"), different)
				+ firstLines(ImportFiles.different(input), different);
	}

	/**
	 * Returns a count that the writer of a step has in the execution context. The name of
	 * the writer is that of the step.
	 */
	private static long count(@Nullable StepExecution step, String name) {
		return (step != null) ? step.getExecutionContext().getLong(step.getStepName() + "." + name, 0) : 0;
	}

	private static String firstLines(Path file, long count) {
		if (count == 0) {
			return "";
		}
		StringBuilder text = new StringBuilder("\n" + file + ":");
		try (Stream<String> lines = Files.lines(file)) {
			lines.limit(SHOWN).forEach((line) -> text.append("\n  ").append(line));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return (count > SHOWN) ? text + "\n  and %,d more".formatted(count - SHOWN) : text.toString();
	}

}
