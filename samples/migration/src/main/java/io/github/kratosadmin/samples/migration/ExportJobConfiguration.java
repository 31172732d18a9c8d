package io.github.kratosadmin.samples.migration;

import java.nio.file.Path;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.batch.KratosIdentityFileItemWriter;
import io.github.kratosadmin.batch.KratosIdentityFileItemWriterBuilder;
import io.github.kratosadmin.batch.KratosIdentityItemReader;
import io.github.kratosadmin.batch.KratosIdentityItemReaderBuilder;
import io.github.kratosadmin.identity.CredentialsType;
import io.github.kratosadmin.identity.Identity;
import io.github.kratosadmin.identity.ListIdentities;

import org.springframework.batch.core.configuration.annotation.StepScope;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.parameters.DefaultJobParametersValidator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * The job {@code export}: writes all identities with their password hashes into an NDJSON
 * file, the job parameter {@code output}. The job {@code import} reads this file.
 */
@Configuration(proxyBeanMethods = false)
class ExportJobConfiguration {

	@Bean
	@Profile("!manager & !worker")
	Job exportJob(JobRepository jobRepository, Step exportStep) {
		return jobOf(jobRepository, exportStep);
	}

	static Job jobOf(JobRepository jobRepository, Step exportStep) {
		return new JobBuilder("export", jobRepository)
			.validator(new DefaultJobParametersValidator(new String[] { "output" }, new String[0]))
			.start(exportStep)
			.build();
	}

	@Bean
	Step exportStep(JobRepository jobRepository, PlatformTransactionManager transactionManager,
			KratosIdentityItemReader identityReader, KratosIdentityFileItemWriter identityWriter,
			@Value("${migration.chunk-size}") int chunkSize) {
		return new StepBuilder("export", jobRepository).<Identity, Identity>chunk(chunkSize)
			.transactionManager(transactionManager)
			.reader(identityReader)
			.writer(identityWriter)
			.listener(new Progress<>("Exported up to identity", Identity::id))
			.interruptionPolicy(new StopOnInterrupt())
			.build();
	}

	@Bean
	@StepScope
	KratosIdentityItemReader identityReader(KratosAdmin kratosAdmin) {
		return new KratosIdentityItemReaderBuilder().name("identities")
			.kratosAdmin(kratosAdmin)
			.query(ListIdentities.builder().includeCredential(CredentialsType.PASSWORD, CredentialsType.OIDC).build())
			.build();
	}

	@Bean
	@StepScope
	KratosIdentityFileItemWriter identityWriter(@Value("#{jobParameters['output']}") String output,
			@Value("#{stepExecution.stepName}") String stepName) {
		return new KratosIdentityFileItemWriterBuilder().name("file").file(file(output, stepName)).build();
	}

	/**
	 * Returns the file of a step: the output, or a file of its own beside it for each
	 * partition.
	 */
	private static Path file(String output, String stepName) {
		int partition = stepName.indexOf(':');
		return Path.of((partition < 0) ? output : output + "." + stepName.substring(partition + 1) + ".ndjson");
	}

}
