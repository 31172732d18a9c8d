package com.example.batch;

import java.util.List;
import java.util.Map;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.batch.IdentityRow;
import io.github.kratosadmin.batch.KratosIdentityImportItemWriter;
import io.github.kratosadmin.batch.KratosIdentityImportItemWriterBuilder;
import io.github.kratosadmin.identity.CreateIdentity;

import org.springframework.batch.core.configuration.annotation.StepScope;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.item.support.ListItemReader;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;

@Configuration(proxyBeanMethods = false)
class ImportConfiguration {

	@Bean
	Job importJob(JobRepository jobRepository, Step importStep) {
		return new JobBuilder("import", jobRepository).start(importStep).build();
	}

	@Bean
	Step importStep(JobRepository jobRepository, PlatformTransactionManager transactionManager,
			KratosIdentityImportItemWriter importWriter) {
		return new StepBuilder("import", jobRepository).<IdentityRow, IdentityRow>chunk(2)
			.transactionManager(transactionManager)
			.reader(new ListItemReader<>(
					List.of(row(1, "alice@example.test"), row(2, "bob@example.test"), row(3, "carol@example.test"))))
			.writer(importWriter)
			.build();
	}

	@Bean
	@StepScope
	KratosIdentityImportItemWriter importWriter(KratosAdmin kratosAdmin) {
		return new KratosIdentityImportItemWriterBuilder().name("identities")
			.kratosAdmin(kratosAdmin)
			.marker("people")
			.build();
	}

	private static IdentityRow row(long row, String email) {
		return IdentityRow.of(row, CreateIdentity.builder().traits(Map.of("email", email)).build());
	}

}
