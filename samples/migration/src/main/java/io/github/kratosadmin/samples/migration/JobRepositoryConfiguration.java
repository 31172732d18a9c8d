package io.github.kratosadmin.samples.migration;

import java.sql.SQLException;

import com.zaxxer.hikari.HikariDataSource;

import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/**
 * The database of the job repository, which needs the lock. Workers use it without.
 */
@Configuration(proxyBeanMethods = false)
@Profile("!worker")
class JobRepositoryConfiguration {

	@Bean
	JobLock jobLock(DataSourceProperties database) throws SQLException {
		return new JobLock(database);
	}

	@Bean
	HikariDataSource dataSource(DataSourceProperties database, JobLock jobLock) {
		return database.initializeDataSourceBuilder().type(HikariDataSource.class).build();
	}

}
