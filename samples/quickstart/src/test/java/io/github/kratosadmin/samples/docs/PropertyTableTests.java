package io.github.kratosadmin.samples.docs;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the tables of properties match the configuration metadata.
 */
class PropertyTableTests {

	@Test
	void propertiesMatchTheMetadata() {
		Map<String, String> table = new TreeMap<>();
		for (List<String> row : Document.of("docs/configuration.md").table("| property | default | description |")) {
			table.put(text(row.get(0)).replace(".*", ""), (text(row.get(1)) + " " + text(row.get(2))).strip());
		}
		assertThat(table).isEqualTo(metadata());
	}

	@Test
	void timeoutsHaveTheirDefaults() {
		List<List<String>> rows = Document.of("docs/reliability.md").table("| property | default | limits |");
		assertThat(rows).hasSize(4)
			.allSatisfy((row) -> assertThat(metadata().get(text(row.get(0)))).startsWith(text(row.get(1)) + " "));
	}

	@Test
	void limitsHaveTheirDefaults() {
		List<List<String>> rows = Document.of("docs/reliability.md")
			.table("| item | limit | property |")
			.stream()
			.filter((row) -> row.size() > 2 && !row.get(2).isEmpty())
			.toList();
		assertThat(rows).hasSize(2)
			.allSatisfy((row) -> assertThat(metadata().get(text(row.get(2))))
				.startsWith(row.get(1).replace(" ", "") + " "));
	}

	private static String text(String cell) {
		return cell.replace("`", "");
	}

	/**
	 * Returns the default value and the description of each property.
	 */
	static Map<String, String> metadata() {
		Map<String, String> properties = new TreeMap<>();
		try {
			for (URL file : Collections.list(PropertyTableTests.class.getClassLoader()
				.getResources("META-INF/spring-configuration-metadata.json"))) {
				try (InputStream json = file.openStream()) {
					JsonMapper.shared()
						.readTree(json)
						.path("properties")
						.forEach((property) -> add(property, properties));
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return properties;
	}

	private static void add(JsonNode property, Map<String, String> to) {
		String name = property.path("name").asString();
		if (name.matches("(management\\.(health|info)\\.)?kratos\\..*")) {
			JsonNode byDefault = property.path("defaultValue");
			String value = byDefault.isArray()
					? byDefault.valueStream().map(JsonNode::asString).collect(Collectors.joining(","))
					: byDefault.asString("");
			to.put(name, (value + " " + property.path("description").asString().replace("'", "")).strip());
		}
	}

}
