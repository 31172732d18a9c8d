package io.github.kratosadmin.autoconfigure;

import java.beans.PropertyDescriptor;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.github.kratosadmin.autoconfigure.health.KratosHealthContributorAutoConfiguration;
import io.github.kratosadmin.autoconfigure.info.KratosInfoContributorAutoConfiguration;
import io.github.kratosadmin.identity.Identity;
import io.github.kratosadmin.identity.IdentityApi;
import io.github.kratosadmin.internal.feign.IdentityOperations;
import org.junit.jupiter.api.Test;

import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.GenerationContext;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.beans.BeanUtils;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;
import org.springframework.javapoet.ClassName;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the runtime hints that the ahead-of-time processing of an application with
 * the auto-configurations collects.
 */
class AheadOfTimeTests {

	private static final RuntimeHints HINTS = hints();

	private static RuntimeHints hints() {
		GenerationContext generation = new DefaultGenerationContext(
				new ClassNameGenerator(ClassName.get(AheadOfTimeTests.class)), new InMemoryGeneratedFiles());
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			TestPropertyValues.of("management.info.kratos.enabled=true").applyTo(context);
			context.register(KratosAdminAutoConfiguration.class, KratosHealthContributorAutoConfiguration.class,
					KratosInfoContributorAutoConfiguration.class);
			new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
		}
		return generation.getRuntimeHints();
	}

	@Test
	void theBeansOfTheApisAreProxies() {
		assertThat(RuntimeHintsPredicates.proxies().forInterfaces(IdentityApi.class)).accepts(HINTS);
	}

	@Test
	void theHintsOfTheClientAreIncluded() {
		assertThat(RuntimeHintsPredicates.proxies().forInterfaces(IdentityOperations.class)).accepts(HINTS);
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(Identity.class, "schemaId")).accepts(HINTS);
	}

	@Test
	void everyPropertyCanBeBound() {
		List<Method> accessors = new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
			.importPackages("io.github.kratosadmin.autoconfigure")
			.stream()
			.filter(AheadOfTimeTests::hasProperties)
			.flatMap((type) -> Stream.of(BeanUtils.getPropertyDescriptors(type.reflect())))
			.filter((property) -> !property.getName().equals("class"))
			.flatMap(AheadOfTimeTests::accessors)
			.toList();
		assertThat(accessors).extracting(Method::getName).contains("setBaseUrl", "getPool", "setTimeout");
		assertThat(accessors)
			.allSatisfy((method) -> assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(method))
				.as(method.toString())
				.accepts(HINTS));
	}

	private static boolean hasProperties(JavaClass type) {
		return type.isAnnotatedWith(ConfigurationProperties.class)
				|| type.getEnclosingClass().map(AheadOfTimeTests::hasProperties).orElse(false);
	}

	private static Stream<Method> accessors(PropertyDescriptor property) {
		return Stream.of(property.getReadMethod(), property.getWriteMethod()).filter(Objects::nonNull);
	}

	@Test
	void everyClassInTheFactoriesCanBeCreated() throws Exception {
		Properties factories = PropertiesLoaderUtils
			.loadProperties(new FileSystemResource("target/classes/META-INF/spring.factories"));
		assertThat(factories.values()).isNotEmpty()
			.flatMap((names) -> Arrays.asList(StringUtils.commaDelimitedListToStringArray((String) names)))
			.map((name) -> ClassUtils.resolveClassName(name.trim(), null))
			.flatMap((type) -> Arrays.asList(type.getDeclaredConstructors()))
			.allSatisfy((
					constructor) -> assertThat(RuntimeHintsPredicates.reflection().onConstructorInvocation(constructor))
						.as(constructor.toString())
						.accepts(HINTS));
	}

}
