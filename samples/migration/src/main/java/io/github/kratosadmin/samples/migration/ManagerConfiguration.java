package io.github.kratosadmin.samples.migration;

import java.nio.file.Path;
import java.time.Duration;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.batch.KratosIdentityRangePartitioner;

import org.springframework.batch.core.configuration.annotation.StepScope;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.partition.PartitionHandler;
import org.springframework.batch.core.partition.Partitioner;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.integration.channel.QueueChannel;

/**
 * The manager: runs the same jobs as a single process does, but splits each step, and
 * lets workers do the parts. The parts of an import are lines of the file, those of an
 * export ranges of ids, each written to a file of its own.
 */
@Configuration(proxyBeanMethods = false)
@Profile("manager")
class ManagerConfiguration {

	private final JobRepository jobRepository;

	private final QueueChannel requests;

	private final int partitions;

	private final Duration patience;

	ManagerConfiguration(JobRepository jobRepository, QueueChannel partitionRequestChannel,
			@Value("${migration.partitions}") int partitions, @Value("${migration.patience}") Duration patience) {
		this.jobRepository = jobRepository;
		this.requests = partitionRequestChannel;
		this.partitions = partitions;
		this.patience = patience;
	}

	@Bean
	Job importJob(SameInput sameInput, ImportReport report, LinePartitioner linePartitioner) {
		return ImportJobConfiguration.jobOf(this.jobRepository, sameInput, report,
				step("import", "importStep", linePartitioner), step("verify", "verifyStep", linePartitioner));
	}

	@Bean
	Job exportJob(KratosAdmin kratosAdmin) {
		return ExportJobConfiguration.jobOf(this.jobRepository,
				step("export", "exportStep", KratosIdentityRangePartitioner.craftingPageTokens(kratosAdmin)));
	}

	@Bean
	@StepScope
	LinePartitioner linePartitioner(@Value("#{jobParameters['input']}") String input) {
		return new LinePartitioner(Path.of(input), PeopleReader.headerLines(input));
	}

	private Step step(String name, String workerStep, Partitioner partitioner) {
		PartitionHandler handler = new PatientPartitionHandler(this.jobRepository, this.requests, workerStep,
				this.partitions, this.patience, Duration.ofSeconds(1));
		return new StepBuilder(name, this.jobRepository).partitioner(name, partitioner)
			.partitionHandler(handler)
			.build();
	}

}
