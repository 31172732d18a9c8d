package io.github.kratosadmin.samples.migration;

/**
 * Another process runs jobs of the same job repository.
 */
class JobsRunElsewhereException extends RuntimeException {

	/**
	 * Creates an instance.
	 * @param url the JDBC URL, whose parameters, such as a password, are not shown
	 */
	JobsRunElsewhereException(String url) {
		super("Another process runs jobs of the job repository " + url.split("[?;]", 2)[0]);
	}

}
