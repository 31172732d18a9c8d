package io.github.kratosadmin.samples.migration;

import java.time.Duration;

import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.integration.partition.BeanFactoryStepLocator;
import org.springframework.batch.integration.partition.StepExecutionRequest;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.integration.channel.QueueChannel;
import org.springframework.integration.dsl.IntegrationFlow;
import org.springframework.integration.dsl.Pollers;

/**
 * A worker: takes one request after the other, until it is stopped.
 * <p>
 * The channel is polled without a transaction. A transaction would last as long as the
 * partition, and give a partition whose worker has died to the next one, which must not
 * begin it while the manager has not given it up.
 */
@Configuration(proxyBeanMethods = false)
@Profile("worker")
class WorkerConfiguration {

	@Bean
	IntegrationFlow partitionRequestFlow(QueueChannel partitionRequestChannel, JobRepository jobRepository,
			BeanFactory beanFactory) {
		BeanFactoryStepLocator steps = new BeanFactoryStepLocator();
		steps.setBeanFactory(beanFactory);
		PartitionWorker worker = new PartitionWorker(jobRepository, steps);
		return IntegrationFlow.from(partitionRequestChannel).handle(StepExecutionRequest.class, (request, headers) -> {
			worker.handle(request);
			return null;
		}, (endpoint) -> endpoint
			.poller(Pollers.fixedDelay(Duration.ofMillis(500)).maxMessagesPerPoll(1).receiveTimeout(0))).get();
	}

}
