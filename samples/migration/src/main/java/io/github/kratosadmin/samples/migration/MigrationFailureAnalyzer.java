package io.github.kratosadmin.samples.migration;

import org.jspecify.annotations.Nullable;

import org.springframework.batch.core.job.parameters.InvalidJobParametersException;
import org.springframework.batch.core.launch.JobInstanceAlreadyCompleteException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;

/**
 * Describes why a job was not started, instead of a stack trace.
 */
class MigrationFailureAnalyzer implements FailureAnalyzer {

	@Override
	public @Nullable FailureAnalysis analyze(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			String action = action(cause);
			if (action != null) {
				return new FailureAnalysis(String.valueOf(cause.getMessage()), action, cause);
			}
		}
		return null;
	}

	private static @Nullable String action(Throwable cause) {
		if (cause instanceof JobsRunElsewhereException) {
			return "Wait for the end of the other process, or end it. Then run this command again: the job goes on"
					+ " where it was.";
		}
		if (cause instanceof NoJobLockException) {
			return "Set spring.datasource.url to jdbc:postgresql:..., or to jdbc:h2:file:... with ;WRITE_DELAY=0.";
		}
		if (cause instanceof JobInstanceAlreadyCompleteException) {
			return "There is nothing left to do. A job is known by the path alone: to import another file, or to"
					+ " export once more, use another path.";
		}
		if (cause instanceof SameInput.InputChangedException) {
			return "To go on, restore the file with its time of modification, as cp -p does. To import the new file,"
					+ " use another path.";
		}
		if (cause instanceof InvalidJobParametersException) {
			return "Correct the parameters at the end of the command, such as input=people.csv.";
		}
		return null;
	}

}
