package io.github.kratosadmin.samples.migration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.parameters.InvalidJobParametersException;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersValidator;
import org.springframework.batch.core.listener.JobExecutionListener;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.stereotype.Component;

/**
 * Ensures that all runs of an import read the same file: it goes on by the numbers of the
 * rows, so rows that another file has would be lost or sent twice. The execution context
 * of the job, which each run gets from the one before, has the size of the file and the
 * time of its last modification.
 */
@Component
class SameInput implements JobParametersValidator, JobExecutionListener {

	private static final String SIZE_AND_TIME = "input.size-and-time";

	private final JobRepository jobRepository;

	SameInput(JobRepository jobRepository) {
		this.jobRepository = jobRepository;
	}

	@Override
	public void validate(JobParameters parameters) throws InvalidJobParametersException {
		String input = ImportFiles.checkedInput(parameters);
		JobExecution last = this.jobRepository.getLastJobExecution("import", parameters);
		if (last != null && last.getExecutionContext().containsKey(SIZE_AND_TIME)
				&& !sizeAndTime(input).equals(last.getExecutionContext().getString(SIZE_AND_TIME))) {
			throw new InputChangedException(input);
		}
	}

	@Override
	public void beforeJob(JobExecution job) {
		if (!job.getExecutionContext().containsKey(SIZE_AND_TIME)) {
			String input = Objects.requireNonNull(job.getJobParameters().getString(ImportFiles.INPUT));
			job.getExecutionContext().putString(SIZE_AND_TIME, sizeAndTime(input));
			this.jobRepository.updateExecutionContext(job);
		}
	}

	private static String sizeAndTime(String input) {
		try {
			Path file = Path.of(input);
			return Files.size(file) + " bytes, " + Files.getLastModifiedTime(file).toInstant();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * The file is not the one that the import began with.
	 */
	static class InputChangedException extends InvalidJobParametersException {

		InputChangedException(String input) {
			super("The import of " + input + " has begun, and since then the file has changed: it has another size"
					+ " or time of modification");
		}

	}

}
