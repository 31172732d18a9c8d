package io.github.kratosadmin.samples.migration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.listener.JobExecutionListener;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.stereotype.Component;

/**
 * Shows on the console what became of the people. The counts are those of all runs with
 * the same file, as Spring Batch keeps them with the position in the file.
 */
@Component
class ImportReport implements JobExecutionListener {

	private static final Log logger = LogFactory.getLog(ImportReport.class);

	private static final int SHOWN = 10;

	private final JobRepository jobRepository;

	private volatile boolean rowsToCorrect;

	ImportReport(JobRepository jobRepository) {
		this.jobRepository = jobRepository;
	}

	@Override
	public void afterJob(JobExecution job) {
		String input = job.getJobParameters().getString(ImportFiles.INPUT);
		if (input == null) {
			return;
		}
		Collection<StepExecution> imports = lastSteps(job.getJobInstance(), "import");
		Collection<StepExecution> verifications = lastSteps(job.getJobInstance(), "verify");
		this.rowsToCorrect = count(imports, "import.failed") + count(imports, "import.unknown")
				+ count(verifications, "verify.failed") + count(verifications, "verify.unknown") > 0;
		String end = "Import of %s: %s".formatted(input, job.getStatus());
		if (job.getStatus() == BatchStatus.COMPLETED && this.rowsToCorrect) {
			end += ", with rows to correct (exit code " + MigrationExitCode.ROWS_TO_CORRECT + ")";
		}
		logger.info(end + imported(imports, input) + verified(verifications, input));
	}

	/**
	 * Returns whether the import that has ended has rows that failed, are unknown, or not
	 * as in the file.
	 */
	boolean hasRowsToCorrect() {
		return this.rowsToCorrect;
	}

	/**
	 * Returns the last execution of a step, or of each of its partitions.
	 */
	private Collection<StepExecution> lastSteps(JobInstance instance, String name) {
		Map<String, StepExecution> last = new TreeMap<>();
		this.jobRepository.getJobExecutions(instance)
			.stream()
			.flatMap((job) -> job.getStepExecutions().stream())
			.filter((step) -> step.getStepName().equals(name) || step.getStepName().startsWith(name + ":"))
			.forEach((step) -> last.merge(step.getStepName(), step,
					BinaryOperator.maxBy(Comparator.comparingLong(StepExecution::getId))));
		return last.values();
	}

	private static String imported(Collection<StepExecution> steps, String input) {
		long failed = count(steps, "import.failed");
		long unknown = count(steps, "import.unknown");
		return String.format(Locale.ROOT, """

				%,12d created
				%,12d there before, or created by a run that was killed
				%,12d failed
				%,12d unknown
				%,12d unknown at first, then found out""", count(steps, "import.done"),
				count(steps, "import.already.done"), failed, unknown, count(steps, "import.resolved"))
				+ firstLines(steps.stream().map((step) -> ImportFiles.failed(input, step.getStepName())),
						failed + unknown);
	}

	private static String verified(Collection<StepExecution> steps, String input) {
		long different = count(steps, "verify.failed");
		long unknown = count(steps, "verify.unknown");
		return String.format(Locale.ROOT, """

				%,12d verified: as in the file
				%,12d missing or different, with those that failed
				%,12d could not be looked up""", count(steps, "verify.done"), different, unknown) + firstLines(
				steps.stream().map((step) -> ImportFiles.different(input, step.getStepName())), different + unknown);
	}

	/**
	 * Returns a count that the writers of a step have in the execution contexts.
	 */
	private static long count(Collection<StepExecution> steps, String key) {
		return steps.stream().mapToLong((step) -> step.getExecutionContext().getLong(key, 0)).sum();
	}

	private static String firstLines(Stream<Path> files, long count) {
		StringBuilder text = new StringBuilder();
		List<Path> written = files.filter((file) -> count > 0 && file.toFile().length() > 0).toList();
		written.forEach((file) -> text.append("\n").append(file).append(":"));
		written.stream()
			.flatMap((file) -> firstLines(file).stream())
			.limit(SHOWN)
			.forEach((line) -> text.append("\n  ").append(line));
		return (count > SHOWN) ? text + String.format(Locale.ROOT, "\n  and %,d more", count - SHOWN) : text.toString();
	}

	private static List<String> firstLines(Path file) {
		try (Stream<String> lines = Files.lines(file)) {
			return lines.limit(SHOWN).toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
