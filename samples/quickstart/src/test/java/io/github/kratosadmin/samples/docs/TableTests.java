package io.github.kratosadmin.samples.docs;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.error.KratosException;
import io.github.kratosadmin.identity.ImportResult;
import io.github.kratosadmin.observation.KratosAdminObservationDocumentation.Events;
import io.github.kratosadmin.observation.KratosAdminObservationDocumentation.LowCardinalityKeyNames;
import io.github.kratosadmin.selfservice.SelfServiceFlow;
import io.github.kratosadmin.test.embedded.EmbeddedKratos;
import io.github.kratosadmin.test.embedded.KratosEra;
import org.junit.jupiter.api.Test;

import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests that the tables in the documents are complete and correct.
 */
class TableTests {

	private static final String[] RECORDS = { "courier", "error", "identity", "recovery", "selfservice", "session" };

	@Test
	void groupsAreComplete() {
		Set<String> groups = Arrays.stream(KratosAdmin.class.getMethods())
			.filter((method) -> method.getReturnType().getSimpleName().endsWith("Api"))
			.map((method) -> method.getName() + "() " + method.getReturnType().getSimpleName())
			.collect(Collectors.toSet());
		assertThat(Document.of("docs/operations.md").table("| group | bean |"))
			.extracting((row) -> String.join(" ", Document.code(String.join(" ", row))))
			.containsExactlyInAnyOrderElementsOf(groups);
	}

	@Test
	void exceptionsAreComplete() throws Exception {
		Set<String> exceptions = classes("error").filter(KratosException.class::isAssignableFrom)
			.map(Class::getSimpleName)
			.collect(Collectors.toCollection(HashSet::new));
		exceptions.add(IllegalArgumentException.class.getSimpleName());
		assertThat(errors()).extracting((row) -> Document.code(row.get(0)).get(0))
			.containsExactlyInAnyOrderElementsOf(exceptions);
	}

	@Test
	void everyStatusHasItsException() {
		Map<Integer, String> named = new TreeMap<>();
		errors().stream()
			.filter((row) -> row.get(1).matches("\\d{3}: .*"))
			.forEach((row) -> named.put(Integer.valueOf(row.get(1).substring(0, 3)), Document.code(row.get(0)).get(0)));
		Map<Integer, String> thrown = new TreeMap<>();
		try (EmbeddedKratos server = EmbeddedKratos.start();
				KratosAdmin kratos = KratosAdmin.builder().baseUrl(server.adminUrl().toString()).build()) {
			kratos.metadata().getVersion();
			for (int status : named.keySet()) {
				server.failNext(1, status);
				KratosException failure = catchThrowableOfType(KratosException.class,
						() -> kratos.identities().getIdentity("12345678-9abc-4def-8123-456789abcdef"));
				assertThat(failure.getStatus()).isEqualTo(status);
				thrown.put(status, failure.getClass().getSimpleName());
			}
		}
		assertThat(named).hasSize(7).isEqualTo(thrown);
	}

	private static List<List<String>> errors() {
		return Document.of("docs/errors.md").table("| exception | cause | what to do |");
	}

	@Test
	void outcomesOfAnImportAreComplete() {
		assertThat(Document.of("docs/tasks.md").table("| outcome | meaning | what to do |"))
			.extracting((row) -> ImportResult.Outcome.valueOf(Document.code(row.get(0)).get(0)))
			.containsExactly(ImportResult.Outcome.values());
	}

	@Test
	void keysAndEventsOfAnObservationAreComplete() {
		assertThat(Document.of("docs/observability.md").table("| key | value |"))
			.extracting((row) -> Document.code(row.get(0)).get(0))
			.isEqualTo(Stream.of(LowCardinalityKeyNames.values()).map(LowCardinalityKeyNames::asString).toList());
		assertThat(Document.of("docs/observability.md").table("| event | meaning |"))
			.extracting((row) -> Document.code(row.get(0)).get(0))
			.isEqualTo(Stream.of(Events.values()).map(Events::getName).toList());
	}

	@Test
	void erasOfTheEmbeddedKratosAreComplete() {
		List<List<String>> rows = Document.of("docs/testing.md").table("| era | version | characteristics |");
		assertThat(rows).extracting((row) -> KratosEra.valueOf(Document.code(row.get(0)).get(0)))
			.containsExactly(KratosEra.values());
		assertThat(rows).allSatisfy((row) -> assertThat(KratosEra.valueOf(Document.code(row.get(0)).get(0)).version())
			.isEqualTo(row.get(1)));
	}

	@Test
	void methodsOfTheEmbeddedKratosExist() {
		Set<String> methods = new TreeSet<>(names(EmbeddedKratos.class, ""));
		methods.addAll(names(EmbeddedKratos.Builder.class, "Builder."));
		assertThat(Document.of("docs/testing.md").table("| to | use |")).isNotEmpty()
			.allSatisfy((row) -> assertThat(methods).containsAll(
					Document.code(row.get(1)).stream().filter((name) -> !name.contains("return_to")).toList()));
	}

	private static List<String> names(Class<?> type, String prefix) {
		return Arrays.stream(type.getDeclaredMethods()).map(Method::getName).map((name) -> prefix + name).toList();
	}

	@Test
	void healthDetailsExist() {
		String source = Document.files("/KratosHealthIndicator.java")
			.stream()
			.map(Document::read)
			.collect(Collectors.joining());
		Document health = Document.of("docs/configuration.md");
		List<String> names = new ArrayList<>();
		health.table("| Kratos | status | details |").forEach((row) -> names.addAll(Document.code(row.get(2))));
		health.table("| `failure` | cause | what to do |").forEach((row) -> names.addAll(Document.code(row.get(0))));
		assertThat(names).hasSizeGreaterThan(15);
		for (String name : names) {
			for (String part : name.split("(?<=: )(?!…)|: …|…|(?<=status) \\d+")) {
				assertThat(source).as(name).contains("\"" + part);
			}
		}
	}

	@Test
	void secretsAreComplete() throws Exception {
		Map<String, Set<String>> secrets = new TreeMap<>();
		for (Class<?> type : classes(RECORDS).filter(Class::isRecord).toList()) {
			for (Field field : type.getDeclaredFields()) {
				JsonProperty property = field.getAnnotation(JsonProperty.class);
				if (property != null && property.access() == JsonProperty.Access.WRITE_ONLY
						&& !field.getName().equals("additionalProperties")) {
					secrets.computeIfAbsent(record(type), (key) -> new TreeSet<>()).add(field.getName());
				}
			}
		}
		Map<String, Set<String>> listed = new TreeMap<>();
		for (List<String> row : Document.of("docs/reliability.md").table("| record | not written |")) {
			Set<String> fields = new TreeSet<>(Document.code(row.get(1)));
			List<String> types = row.get(0).equals("flows") ? List.of("flows") : Document.code(row.get(0));
			types.forEach((type) -> listed.put(type, fields));
		}
		assertThat(listed).isEqualTo(secrets);
	}

	private static String record(Class<?> type) {
		if (SelfServiceFlow.class.isAssignableFrom(type)) {
			return "flows";
		}
		return ClassUtils.getShortName(type);
	}

	private static Stream<Class<?>> classes(String... packages) throws IOException, ClassNotFoundException {
		Set<Class<?>> classes = new HashSet<>();
		for (String name : packages) {
			String folder = "io/github/kratosadmin/" + name + "/";
			for (Resource resource : new PathMatchingResourcePatternResolver()
				.getResources("classpath*:" + folder + "*.class")) {
				String type = (folder + resource.getFilename()).replace('/', '.').replace(".class", "");
				classes.add(Class.forName(type));
			}
		}
		assertThat(classes).hasSizeGreaterThan(10);
		return classes.stream();
	}

}
