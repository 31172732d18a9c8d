package io.github.kratosadmin.samples.migration;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;

/**
 * Ensures that only one process at a time runs jobs of a job repository. The lock is a
 * connection that stays open until the process ends, however it ends: H2 locks the file
 * of the database for the process that has opened it, and the operating system releases
 * the file of a process that is gone.
 */
class JobLock implements AutoCloseable {

	/** The error code of H2 for a database that another process has opened. */
	private static final int DATABASE_ALREADY_OPEN = 90020;

	private final Connection connection;

	JobLock(DataSourceProperties database) throws SQLException {
		try {
			this.connection = DriverManager.getConnection(database.determineUrl(), database.determineUsername(),
					database.determinePassword());
		}
		catch (SQLException ex) {
			if (ex.getErrorCode() == DATABASE_ALREADY_OPEN) {
				throw new JobsRunElsewhereException(database.determineUrl());
			}
			throw ex;
		}
	}

	@Override
	public void close() throws SQLException {
		this.connection.close();
	}

}
