package io.github.kratosadmin.samples.migration;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.batch.IdentityRow;
import io.github.kratosadmin.batch.KratosDeadLetterFileItemWriter;
import io.github.kratosadmin.batch.KratosDeadLetterFileItemWriterBuilder;
import io.github.kratosadmin.batch.KratosIdentityImportItemWriter;
import io.github.kratosadmin.batch.KratosIdentityImportItemWriterBuilder;
import io.github.kratosadmin.batch.KratosIdentityVerificationItemWriter;
import io.github.kratosadmin.batch.KratosIdentityVerificationItemWriterBuilder;
import io.github.kratosadmin.identity.CredentialsType;
import org.jspecify.annotations.Nullable;

import org.springframework.batch.core.configuration.annotation.StepScope;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.ChunkOrientedStepBuilder;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.item.file.FlatFileItemReader;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * The job {@code import}: creates identities from a file, the job parameter
 * {@code input}, and then compares them with the file. The file must not change until the
 * job has completed: a run that goes on refuses a file that has.
 */
@Configuration(proxyBeanMethods = false)
class ImportJobConfiguration {

	@Bean
	@Profile("!manager & !worker")
	Job importJob(JobRepository jobRepository, SameInput sameInput, ImportReport report, Step importStep,
			Step verifyStep) {
		return jobOf(jobRepository, sameInput, report, importStep, verifyStep);
	}

	static Job jobOf(JobRepository jobRepository, SameInput sameInput, ImportReport report, Step importStep,
			Step verifyStep) {
		return new JobBuilder("import", jobRepository).validator(sameInput)
			.listener(sameInput)
			.listener(report)
			.start(importStep)
			.next(verifyStep)
			.build();
	}

	@Bean
	Step importStep(JobRepository jobRepository, PlatformTransactionManager transactionManager,
			FlatFileItemReader<IdentityRow> peopleReader, KratosIdentityImportItemWriter importWriter,
			@Value("${migration.chunk-size}") int chunkSize) {
		return people("import", jobRepository, transactionManager, chunkSize).reader(peopleReader)
			.writer(importWriter)
			.listener(new Progress<>("Imported up to line", IdentityRow::row))
			.build();
	}

	@Bean
	Step verifyStep(JobRepository jobRepository, PlatformTransactionManager transactionManager,
			FlatFileItemReader<IdentityRow> peopleReader, KratosIdentityVerificationItemWriter verificationWriter,
			@Value("${migration.chunk-size}") int chunkSize) {
		return people("verify", jobRepository, transactionManager, chunkSize).reader(peopleReader)
			.writer(verificationWriter)
			.listener(new Progress<>("Verified up to line", IdentityRow::row))
			.build();
	}

	private static ChunkOrientedStepBuilder<IdentityRow, IdentityRow> people(String name, JobRepository jobRepository,
			PlatformTransactionManager transactionManager, int chunkSize) {
		return new StepBuilder(name, jobRepository).<IdentityRow, IdentityRow>chunk(chunkSize)
			.transactionManager(transactionManager)
			.interruptionPolicy(new StopOnInterrupt());
	}

	@Bean
	@StepScope
	FlatFileItemReader<IdentityRow> peopleReader(@Value("#{jobParameters['input']}") String input,
			@Value("#{stepExecutionContext['" + LinePartitioner.FIRST + "']}") @Nullable Integer first,
			@Value("#{stepExecutionContext['" + LinePartitioner.LAST + "']}") @Nullable Integer last) {
		FlatFileItemReader<IdentityRow> reader = PeopleReader.of(input);
		if (first != null && last != null) {
			reader.setCurrentItemCount(first);
			reader.setMaxItemCount(last);
		}
		return reader;
	}

	@Bean
	@StepScope
	KratosIdentityImportItemWriter importWriter(KratosAdmin kratosAdmin,
			@Value("#{jobParameters['input']}") String input, @Value("#{stepExecution.stepName}") String stepName,
			@Value("#{stepExecution.jobExecution.jobInstanceId}") long jobInstanceId) {
		KratosDeadLetterFileItemWriter failed = new KratosDeadLetterFileItemWriterBuilder().name("failed")
			.file(ImportFiles.failed(input, stepName))
			.build();
		return new KratosIdentityImportItemWriterBuilder().name("import")
			.kratosAdmin(kratosAdmin)
			.marker(ImportFiles.importName(input, jobInstanceId))
			.deadLetterWriter(failed)
			.build();
	}

	@Bean
	@StepScope
	KratosIdentityVerificationItemWriter verificationWriter(KratosAdmin kratosAdmin,
			@Value("#{jobParameters['input']}") String input, @Value("#{stepExecution.stepName}") String stepName,
			@Value("#{stepExecution.jobExecution.jobInstanceId}") long jobInstanceId) {
		KratosDeadLetterFileItemWriter different = new KratosDeadLetterFileItemWriterBuilder().name("different")
			.file(ImportFiles.different(input, stepName))
			.build();
		return new KratosIdentityVerificationItemWriterBuilder().name("verify")
			.kratosAdmin(kratosAdmin)
			.marker(ImportFiles.importName(input, jobInstanceId))
			.includeCredential(CredentialsType.PASSWORD) // Kratos 1.2 or later.
			.deadLetterWriter(different)
			.build();
	}

}
