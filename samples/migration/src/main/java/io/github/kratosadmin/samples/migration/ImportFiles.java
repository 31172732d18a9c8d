package io.github.kratosadmin.samples.migration;

import java.nio.file.Files;
import java.nio.file.Path;

import org.springframework.batch.core.job.parameters.InvalidJobParametersException;
import org.springframework.batch.core.job.parameters.JobParameters;

/**
 * The files of an import.
 */
final class ImportFiles {

	static final String INPUT = "input";

	private ImportFiles() {
	}

	/**
	 * Returns the file of the people that were not created, beside the input.
	 * @param input the path of the input
	 * @param stepName the name of the step, which has a file for each partition: such as
	 * {@code import}, or {@code import:partition0}
	 */
	static Path failed(String input, String stepName) {
		return Path.of(input + partition(stepName) + ".failed.ndjson");
	}

	/**
	 * Returns the file of the people whose identities are not as in the input, beside it.
	 * @param input the path of the input
	 * @param stepName the name of the step, which has a file for each partition: such as
	 * {@code verify}, or {@code verify:partition0}
	 */
	static Path different(String input, String stepName) {
		return Path.of(input + partition(stepName) + ".different.ndjson");
	}

	private static String partition(String stepName) {
		int separator = stepName.indexOf(':');
		return (separator < 0) ? "" : "." + stepName.substring(separator + 1);
	}

	/**
	 * Returns the name of the import, by which it recognizes the identities without an
	 * external id that it has created: the name of the file and the id of the job
	 * instance. So files with the same name in other folders have other names, and all
	 * runs and workers of an import have the same.
	 * <p>
	 * If the job repository is lost, the ids begin again. A row that was created before
	 * and has no external id then is one of these:
	 * <ul>
	 * <li>If the id is another one, the row fails, as its email address is taken.</li>
	 * <li>If the id is the same, the row counts as created before, also if an earlier
	 * file with this name had the same person in the same row with other content: then
	 * the verification reports the difference.</li>
	 * </ul>
	 */
	static String importName(String input, long jobInstanceId) {
		return Path.of(input).getFileName() + ":" + jobInstanceId;
	}

	/**
	 * Returns the path of the input, which can be read.
	 */
	static String checkedInput(JobParameters parameters) throws InvalidJobParametersException {
		String input = parameters.getString(INPUT);
		if (input == null) {
			throw new InvalidJobParametersException("The parameter input is missing: the file of the people");
		}
		if (!Files.isReadable(Path.of(input))) {
			throw new InvalidJobParametersException("The file " + input + " does not exist or cannot be read");
		}
		return input;
	}

}
