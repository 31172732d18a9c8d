package io.github.kratosadmin.samples.docs;

import io.github.kratosadmin.autoconfigure.KratosAdminAutoConfiguration;
import org.junit.jupiter.api.Test;

import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.GenerationContext;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.javapoet.ClassName;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the example in docs/native-image.md.
 */
class NativeImageTests {

	@Test
	void theTraitsOfTheApplicationHaveHints() throws Exception {
		GenerationContext generation = new DefaultGenerationContext(
				new ClassNameGenerator(ClassName.get(NativeImageTests.class)), new InMemoryGeneratedFiles());
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			context.register(KratosAdminAutoConfiguration.class, Contacts.class);
			new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
		}
		assertThat(RuntimeHintsPredicates.reflection()
			.onConstructorInvocation(Contacts.Contact.class.getDeclaredConstructor(String.class)))
			.accepts(generation.getRuntimeHints());
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(Contacts.Contact.class, "email"))
			.accepts(generation.getRuntimeHints());
	}

}
