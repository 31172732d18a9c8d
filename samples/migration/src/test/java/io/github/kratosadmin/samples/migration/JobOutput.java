package io.github.kratosadmin.samples.migration;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the output of a job.
 */
final class JobOutput {

	private JobOutput() {
	}

	/**
	 * Returns whether the job has completed. A process can be killed after that.
	 */
	static boolean hasCompleted(String output) {
		return output.contains("and the following status: [COMPLETED]");
	}

	/**
	 * Returns the number before a text, such as 1000 of {@code 1,000 created}.
	 */
	static long number(String text, String output) {
		Matcher matcher = Pattern.compile("([0-9,]+) " + text).matcher(output);
		if (!matcher.find()) {
			throw new IllegalArgumentException("There is no number before \"" + text + "\":\n" + output);
		}
		return Long.parseLong(matcher.group(1).replace(",", ""));
	}

}
