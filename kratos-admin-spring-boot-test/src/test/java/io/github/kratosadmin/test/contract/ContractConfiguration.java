package io.github.kratosadmin.test.contract;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The configuration of the recorded servers, with the keys of a version.
 */
final class ContractConfiguration {

	static final List<String> SCHEMAS = List.of("person.schema.json", "customer.schema.json");

	private static final Pattern OLD = Pattern.compile("(?s).*\\bv0\\.(\\d+)\\b.*");

	private ContractConfiguration() {
	}

	/**
	 * The configuration as YAML.
	 * @param version text that contains the version, such as a tag. Text without a
	 * version counts as the newest
	 * @param values the values of {@code dsn}, {@code admin-port}, {@code public-port}
	 * and {@code directory}, the directory of the schemas
	 */
	static String forVersion(String version, Map<String, String> values) {
		String configuration = resource(file(version));
		for (Map.Entry<String, String> value : values.entrySet()) {
			configuration = configuration.replace("${" + value.getKey() + "}", value.getValue());
		}
		return configuration;
	}

	private static String file(String version) {
		Matcher old = OLD.matcher(version);
		if (!old.matches()) {
			return "kratos.yml";
		}
		int minor = Integer.parseInt(old.group(1));
		if (minor < 9) {
			return "kratos-0.6.yml";
		}
		return (minor < 11) ? "kratos-0.9.yml" : "kratos.yml";
	}

	static String resource(String name) {
		try (InputStream resource = ContractConfiguration.class.getResourceAsStream("/" + name)) {
			return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
