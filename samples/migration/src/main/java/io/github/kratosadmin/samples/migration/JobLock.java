package io.github.kratosadmin.samples.migration;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;

import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;

/**
 * Ensures that only one process at a time runs jobs of a job repository. The lock is a
 * connection that stays open until the process ends, however it ends.
 * <ul>
 * <li>H2 locks the file of the database for the process that has opened it, and the
 * operating system releases the file of a process that is gone.</li>
 * <li>PostgreSQL has a lock that belongs to a connection. It is released with it: at once
 * if the process is gone, and after the keepalive time of TCP if its machine is. The lock
 * needs a session of its own: a pooler such as PgBouncer must not be in its transaction
 * mode.</li>
 * </ul>
 * Any other database is refused, as is H2 as a server, which several processes can use.
 * <p>
 * If only the connection is lost, PostgreSQL releases the lock of a process that lives.
 * Another process may then start, and mark the running executions as failed. That changes
 * their versions, so the next commit of the first process fails and ends its step. The
 * chunk that it has sent comes again, like after a kill.
 */
class JobLock implements AutoCloseable {

	/** The error code of H2 for a database that another process has opened. */
	private static final int DATABASE_ALREADY_OPEN = 90020;

	/** The number of the lock among the advisory locks of the database. */
	private static final long LOCK = 4434_4434L;

	private final Connection connection;

	JobLock(DataSourceProperties database) throws SQLException {
		if (!canLock(database.determineUrl())) {
			throw new NoJobLockException();
		}
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

	private static boolean canLock(String url) {
		String lowerCase = url.toLowerCase(Locale.ROOT);
		return lowerCase.startsWith("jdbc:postgresql:") || lowerCase.startsWith("jdbc:h2:mem:")
				|| (lowerCase.startsWith("jdbc:h2:file:") && !lowerCase.contains(";auto_server=")
						&& !lowerCase.contains(";file_lock="));
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
