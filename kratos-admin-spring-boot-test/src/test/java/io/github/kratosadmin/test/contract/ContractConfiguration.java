package io.github.kratosadmin.test.contract;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The configuration of the recorded servers, with the keys of a version.
 */
final class ContractConfiguration {

	static final List<String> SCHEMAS = List.of("person.schema.json", "customer.schema.json", "phone.schema.json");

	private static final Pattern RELEASE = Pattern.compile("(?s).*\\bv(\\d+)\\.(\\d+)\\.(\\d+)\\b.*");

	private static final int[] NEWEST_RELEASE = { 26, 2, 0 };

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
			Matcher release = RELEASE.matcher(version);
			return (release.matches() && isReleased(release)) ? "kratos.yml" : "kratos-next.yml";
		}
		int minor = Integer.parseInt(old.group(1));
		if (minor < 9) {
			return "kratos-0.6.yml";
		}
		return (minor < 11) ? "kratos-0.9.yml" : "kratos.yml";
	}

	private static boolean isReleased(Matcher version) {
		int major = Integer.parseInt(version.group(1));
		int minor = Integer.parseInt(version.group(2));
		int patch = Integer.parseInt(version.group(3));
		return Arrays.compare(new int[] { major, minor, patch }, NEWEST_RELEASE) <= 0;
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
