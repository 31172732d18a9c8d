package io.github.kratosadmin.samples.migration;

/**
 * The database of the job repository has no lock that ends with its process.
 */
class NoJobLockException extends RuntimeException {

	NoJobLockException() {
		super("The database of the job repository cannot be locked for this process: it is neither PostgreSQL nor a"
				+ " file of H2 without AUTO_SERVER and FILE_LOCK");
	}

}
