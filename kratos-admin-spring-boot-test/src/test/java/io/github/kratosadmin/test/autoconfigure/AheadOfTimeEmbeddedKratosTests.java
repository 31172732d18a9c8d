package io.github.kratosadmin.test.autoconfigure;

import io.github.kratosadmin.autoconfigure.KratosAdminAutoConfiguration;
import io.github.kratosadmin.autoconfigure.KratosAdminClients;
import io.github.kratosadmin.test.embedded.EmbeddedKratos;
import org.junit.jupiter.api.Test;

import org.springframework.aot.test.generate.TestGenerationContext;
import org.springframework.beans.factory.annotation.BeanFactoryAnnotationUtils;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.test.tools.CompileWithForkedClassLoader;
import org.springframework.core.test.tools.TestCompiler;
import org.springframework.javapoet.ClassName;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the {@link EmbeddedKratos} beans in an application that was processed ahead
 * of time.
 */
@CompileWithForkedClassLoader // The generated code creates package-private classes.
class AheadOfTimeEmbeddedKratosTests {

	private static final TestPropertyValues PROPERTIES = TestPropertyValues
		.of("kratos.admin.base-url=http://localhost:2", "kratos.admin.clients.staff.base-url=http://localhost:2");

	@Test
	@SuppressWarnings("unchecked")
	void eachClientHasItsOwnServer() {
		TestGenerationContext generation = new TestGenerationContext(
				ClassName.get(AheadOfTimeEmbeddedKratosTests.class.getPackageName(), "Generated"));
		ClassName generated = process(generation);
		TestCompiler.forSystem().with(generation).compile((compiled) -> {
			ApplicationContextInitializer<GenericApplicationContext> initializer = compiled
				.getInstance(ApplicationContextInitializer.class, generated.toString());
			try (GenericApplicationContext context = new GenericApplicationContext()) {
				PROPERTIES.applyTo(context);
				initializer.initialize(context);
				context.refresh();
				context.getBean(KratosAdminClients.class).getClient("staff").metadata().getVersion();
				assertThat(BeanFactoryAnnotationUtils
					.qualifiedBeanOfType(context.getBeanFactory(), EmbeddedKratos.class, "staff")
					.requests()).isNotEmpty();
				EmbeddedKratos unnamed = context.getBean(EmbeddedKratos.class);
				assertThat(unnamed.requests()).isEmpty();
				context.getBean(KratosAdminClients.class).getClient("kratos").metadata().getVersion();
				assertThat(unnamed.requests()).isNotEmpty();
			}
		});
	}

	private static ClassName process(TestGenerationContext generation) {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			PROPERTIES.applyTo(context);
			context.register(KratosAdminAutoConfiguration.class, EmbeddedKratosAutoConfiguration.class,
					EmbeddedKratosConnectionAutoConfiguration.class);
			ClassName generated = new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
			generation.writeGeneratedContent();
			return generated;
		}
	}

}
