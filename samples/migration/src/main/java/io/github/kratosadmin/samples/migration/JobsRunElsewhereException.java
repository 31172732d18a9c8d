package io.github.kratosadmin.samples.migration;

/**
 * Another process runs jobs of the same job repository.
 */
class JobsRunElsewhereException extends RuntimeException {

	JobsRunElsewhereException(String url) {
		super("Another process runs jobs of the job repository " + url);
	}

}
