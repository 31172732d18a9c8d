package io.github.kratosadmin.samples.migration;

import javax.sql.DataSource;

import org.springframework.batch.integration.partition.StepExecutionRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.integration.channel.QueueChannel;
import org.springframework.integration.jdbc.store.JdbcChannelMessageStore;
import org.springframework.integration.jdbc.store.channel.JsonChannelMessageStorePreparedStatementSetter;
import org.springframework.integration.jdbc.store.channel.JsonMessageRowMapper;
import org.springframework.integration.jdbc.store.channel.PostgresChannelMessageStoreQueryProvider;
import org.springframework.integration.store.MessageGroupQueue;

/**
 * The channel from the manager to the workers: a table in the PostgreSQL of the job
 * repository.
 * <p>
 * Remote partitioning needs few messages, one a partition, and PostgreSQL is there
 * already: Spring Batch needs a database that all of them reach, and Debian has it
 * ({@code apt install postgresql}). A broker would be one more system that can fail, with
 * a state of its own that can disagree with the repository.
 * <p>
 * A message is JSON and can hold a request for a partition, nothing else: nothing in this
 * table is deserialized by Java.
 */
@Configuration(proxyBeanMethods = false)
@Profile({ "manager", "worker" })
class PartitionRequests {

	@Bean
	JdbcChannelMessageStore partitionRequestStore(DataSource dataSource) {
		JdbcChannelMessageStore store = new JdbcChannelMessageStore(dataSource);
		store.setChannelMessageStoreQueryProvider(new PostgresChannelMessageStoreQueryProvider());
		store.setPreparedStatementSetter(new JsonChannelMessageStorePreparedStatementSetter());
		store.setMessageRowMapper(new JsonMessageRowMapper(StepExecutionRequest.class.getPackageName()));
		return store;
	}

	@Bean
	QueueChannel partitionRequestChannel(JdbcChannelMessageStore partitionRequestStore) {
		return new QueueChannel(new MessageGroupQueue(partitionRequestStore, "partition-requests"));
	}

}
