package io.github.kratosadmin.batch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.test.autoconfigure.AutoConfigureEmbeddedKratos;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.configuration.annotation.StepScope;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.item.file.FlatFileItemReader;
import org.springframework.batch.infrastructure.item.file.builder.FlatFileItemReaderBuilder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.FileSystemResource;
import org.springframework.transaction.PlatformTransactionManager;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the job in the documentation.
 */
@SpringBootTest(properties = { "spring.batch.job.enabled=false", "spring.batch.jdbc.initialize-schema=always",
		"spring.datasource.generate-unique-name=true" })
@AutoConfigureEmbeddedKratos
class ImportJobTests {

	@Autowired
	private JobOperator jobOperator;

	@Autowired
	private Job importJob;

	@Autowired
	private KratosAdmin kratosAdmin;

	@TempDir
	private Path folder;

	@Test
	void anIdentityIsCreatedForEachLine() throws Exception {
		Path input = Files.writeString(this.folder.resolve("people.txt"),
				"4711 ann@example.org\nno such line\n4713 cy@example.org\n");
		Path failed = this.folder.resolve("failed.ndjson");
		JobParameters parameters = new JobParametersBuilder().addString("input", input.toString())
			.addString("failed", failed.toString())
			.toJobParameters();
		JobExecution execution = this.jobOperator.start(this.importJob, parameters);
		assertThat(execution.getStatus()).isEqualTo(BatchStatus.COMPLETED);
		assertThat(this.kratosAdmin.identities().streamIdentities()).extracting("externalId")
			.containsExactlyInAnyOrder("4711", "4713");
		assertThat(failed).hasContent("""
				{"row":2,"outcome":"FAILED","reason":"The line must be a number and an e-mail address"}
				""");
		assertThat(JobFixture.step(execution).getExecutionContext().getLong("importWriter.done")).isEqualTo(2);
		assertThat(JobFixture.step(execution).getExecutionContext().getLong("importWriter.failed")).isOne();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class ImportJob {

		@Bean
		Job importJob(JobRepository jobRepository, Step importStep) {
			return new JobBuilder("import", jobRepository).start(importStep).build();
		}

		@Bean
		Step importStep(JobRepository jobRepository, PlatformTransactionManager transactionManager,
				FlatFileItemReader<IdentityRow> people, KratosIdentityImportItemWriter importWriter) {
			return new StepBuilder("import", jobRepository).<IdentityRow, IdentityRow>chunk(1000)
				.transactionManager(transactionManager)
				.reader(people)
				.writer(importWriter)
				.build();
		}

		@Bean
		@StepScope
		FlatFileItemReader<IdentityRow> people(@Value("#{jobParameters['input']}") String input) {
			return new FlatFileItemReaderBuilder<IdentityRow>().name("people")
				.resource(new FileSystemResource(input))
				.encoding("UTF-8")
				.comments() // Otherwise, lines that begin with # would be left out.
				.lineMapper(ImportJob::row)
				.build();
		}

		@Bean
		@StepScope
		KratosIdentityImportItemWriter importWriter(KratosAdmin kratosAdmin,
				@Value("#{jobParameters['input']}") String input, @Value("#{jobParameters['failed']}") Path failed) {
			return new KratosIdentityImportItemWriterBuilder().name("importWriter")
				.kratosAdmin(kratosAdmin)
				.marker(input)
				.deadLetterWriter(new KratosDeadLetterFileItemWriterBuilder().name("failed").file(failed).build())
				.build();
		}

		private static IdentityRow row(String line, int lineNumber) {
			String[] fields = line.split(" ");
			if (fields.length != 2) {
				return IdentityRow.unreadable(lineNumber, "The line must be a number and an e-mail address");
			}
			return IdentityRow.of(lineNumber,
					CreateIdentity.builder().externalId(fields[0]).traits(Map.of("email", fields[1])).build());
		}

	}

}
