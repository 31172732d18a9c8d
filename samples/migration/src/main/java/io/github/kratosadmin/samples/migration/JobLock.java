package io.github.kratosadmin.samples.migration;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;

/**
 * Ensures that only one process at a time runs jobs of a job repository. The lock is a
 * connection that stays open until the process ends, however it ends.
 * <ul>
 * <li>H2 locks the file of the database for the process that has opened it, and the
 * operating system releases the file of a process that is gone.</li>
 * <li>PostgreSQL has a lock that belongs to a connection. It is released with it: at once
 * if the process is gone, and after the keepalive time of TCP if its machine is.</li>
 * </ul>
 */
class JobLock implements AutoCloseable {

	/** The error code of H2 for a database that another process has opened. */
	private static final int DATABASE_ALREADY_OPEN = 90020;

	/** The number of the lock among the advisory locks of the database. */
	private static final long LOCK = 4434_4434L;

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
		if (isPostgres(this.connection) && !tryLock(this.connection)) {
			this.connection.close();
			throw new JobsRunElsewhereException(database.determineUrl());
		}
	}

	private static boolean isPostgres(Connection connection) throws SQLException {
		return connection.getMetaData().getDatabaseProductName().equals("PostgreSQL");
	}

	private static boolean tryLock(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet result = statement.executeQuery("select pg_try_advisory_lock(" + LOCK + ")")) {
			return result.next() && result.getBoolean(1);
		}
	}

	@Override
	public void close() throws SQLException {
		this.connection.close();
	}

}
