package io.github.kratosadmin.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.util.ClassUtils;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the configuration metadata, from which IDEs complete and check properties.
 */
class ConfigurationMetadataTests {

	private static final Set<String> WITHOUT_DEFAULT = Set.of("kratos.admin.bearer-token", "kratos.admin.clients",
			"kratos.admin.executor", "kratos.admin.headers", "kratos.admin.oauth2.registration",
			"kratos.admin.path-prefix", "kratos.admin.proxy.password", "kratos.admin.proxy.url",
			"kratos.admin.proxy.username", "kratos.admin.public-url", "kratos.admin.ssl.bundle",
			"kratos.admin.user-agent");

	/** Properties that can have any text. All other texts need hints. */
	private static final Set<String> ANY_TEXT = Set.of("kratos.admin.base-url", "kratos.admin.bearer-token",
			"kratos.admin.clients", "kratos.admin.headers", "kratos.admin.name", "kratos.admin.oauth2.registration",
			"kratos.admin.proxy.password", "kratos.admin.proxy.url", "kratos.admin.proxy.username",
			"kratos.admin.public-url", "kratos.admin.ssl.bundle", "kratos.admin.user-agent");

	private final JsonNode metadata = JsonMapper.shared()
		.readTree(Path.of("target", "classes", "META-INF", "spring-configuration-metadata.json").toFile());

	@Test
	void everyPropertyIsComplete() {
		assertThat(this.metadata.path("properties")).hasSizeGreaterThan(20);
		assertThat(problems(this.metadata)).isEmpty();
	}

	@Test
	void theListsNameOnlyProperties() {
		Set<String> names = names("properties");
		assertThat(names).containsAll(WITHOUT_DEFAULT).containsAll(ANY_TEXT);
		assertThat(names("hints")).isNotEmpty().isSubsetOf(names).doesNotContainAnyElementsOf(ANY_TEXT);
		this.metadata.path("properties")
			.forEach((property) -> assertThat(property.has("defaultValue")).as(name(property))
				.isEqualTo(!WITHOUT_DEFAULT.contains(name(property))));
	}

	@Test
	void everyHintIsDescribed() {
		for (JsonNode hint : this.metadata.path("hints")) {
			if (hint.at("/providers/0/name").asString("").equals("spring-bean-reference")) {
				assertThat(hint.at("/providers/0/parameters/target").asString()).as(name(hint)).isNotEmpty();
				continue;
			}
			assertThat(hint.path("values")).as(name(hint))
				.isNotEmpty()
				.allSatisfy((value) -> assertThat(value.path("description").asString("")).endsWith("."));
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			kratos.admin.base-url      | description  |                                  | has no description
			kratos.admin.base-url      | description  | "The base URL."                  | starts with an article
			kratos.admin.base-url      | description  | "Base URL"                       | has no full stop
			kratos.admin.base-url      | type         |                                  | has no type
			kratos.admin.base-url      | defaultValue |                                  | has no default
			kratos.admin.retry.delay   | defaultValue |                                  | has no default
			kratos.admin.retry.delay   | type         | "java.lang.String"               | has no hints
			kratos.admin.base-url      | name         | "kratos.admin.mode"              | has no hints
			kratos.admin.retry.statuses | name        | "kratos.admin.retry.more"        | has no hints
			""")
	void anIncompletePropertyIsFound(String property, String field, String value, String problem) {
		ObjectNode incomplete = (ObjectNode) this.metadata.deepCopy();
		ObjectNode changed = (ObjectNode) incomplete.path("properties")
			.valueStream()
			.filter((candidate) -> name(candidate).equals(property))
			.findFirst()
			.orElseThrow();
		if (value != null) {
			changed.set(field, JsonMapper.shared().readTree(value));
		}
		else {
			changed.remove(field);
		}
		assertThat(problems(incomplete)).containsExactly(name(changed) + " " + problem);
	}

	private static List<String> problems(JsonNode metadata) {
		Set<String> hints = names(metadata, "hints");
		List<String> problems = new ArrayList<>();
		for (JsonNode property : metadata.path("properties")) {
			String name = name(property);
			String description = property.path("description").asString("");
			String type = property.path("type").asString("");
			if (description.isEmpty()) {
				problems.add(name + " has no description");
			}
			else if (description.matches("(A|An|The) .*")) {
				problems.add(name + " starts with an article");
			}
			else if (!description.endsWith(".")) {
				problems.add(name + " has no full stop");
			}
			if (type.isEmpty()) {
				problems.add(name + " has no type");
			}
			else if (!isCompletedByType(type) && !ANY_TEXT.contains(name) && !hints.contains(name)) {
				problems.add(name + " has no hints");
			}
			if (!property.has("defaultValue") && !WITHOUT_DEFAULT.contains(name)) {
				problems.add(name + " has no default");
			}
		}
		return problems;
	}

	/**
	 * Whether IDEs need no hints: an enum or boolean has its values, and other numbers
	 * and quantities have too many.
	 */
	private static boolean isCompletedByType(String name) {
		if (name.contains("<")) {
			return false;
		}
		Class<?> type = ClassUtils.resolveClassName(name, ConfigurationMetadataTests.class.getClassLoader());
		return type.isEnum() || type == Boolean.class || Number.class.isAssignableFrom(type) || type == Duration.class
				|| type == DataSize.class;
	}

	private Set<String> names(String group) {
		return names(this.metadata, group);
	}

	private static Set<String> names(JsonNode metadata, String group) {
		Set<String> names = new TreeSet<>();
		metadata.path(group).forEach((item) -> names.add(name(item)));
		return names;
	}

	private static String name(JsonNode item) {
		return item.path("name").asString();
	}

}
