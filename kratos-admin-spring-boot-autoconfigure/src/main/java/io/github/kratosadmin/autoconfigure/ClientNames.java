package io.github.kratosadmin.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.Environment;

/**
 * Reads the names of the clients below {@code kratos.admin.clients}.
 */
final class ClientNames {

	static final String PREFIX = "kratos.admin.clients";

	/** As in the canonical form of a property. */
	private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]*");

	private ClientNames() {
	}

	/**
	 * Returns the names of the clients that are enabled.
	 * @throws InvalidKratosAdminConfigurationException if a name is not valid
	 */
	static List<String> read(Environment environment) {
		return enabled(environment, all(environment));
	}

	/**
	 * Returns those of the names whose clients are enabled.
	 */
	static List<String> enabled(Environment environment, List<String> names) {
		if (names.isEmpty()) {
			return names;
		}
		Binder binder = Binder.get(environment);
		List<String> enabled = new ArrayList<>(names);
		enabled.removeIf((name) -> !binder.bind(prefix(name) + ".enabled", Boolean.class).orElse(true));
		return enabled;
	}

	/**
	 * Returns the names of the clients, also of those that are disabled. An environment
	 * variable cannot have a dash in its name:
	 * {@code KRATOS_ADMIN_CLIENTS_EUWEST_BASEURL} belongs to the client {@code eu-west}
	 * if other properties name it.
	 * @throws InvalidKratosAdminConfigurationException if a name is not valid
	 */
	static List<String> all(Environment environment) {
		Set<String> keys = Binder.get(environment)
			.bind(PREFIX, Bindable.mapOf(String.class, Object.class))
			.orElse(Map.of())
			.keySet();
		if (keys.isEmpty()) {
			return List.of();
		}
		List<String> names = new ArrayList<>();
		for (String key : keys) {
			check(key);
			int same = indexOfSame(names, key);
			if (same < 0) {
				names.add(key);
			}
			else if (key.contains("-") && names.get(same).contains("-")) {
				throw new InvalidKratosAdminConfigurationException(PREFIX + "." + key,
						"The names of two clients must not differ in dashes alone, as they would have the same "
								+ "properties, but the other name is '" + names.get(same) + "'");
			}
			else if (key.length() > names.get(same).length()) {
				names.set(same, key);
			}
		}
		return names;
	}

	/**
	 * Returns a binder of the properties of a client, which ignores a value of the name
	 * itself: in YAML, a client without properties has an empty one.
	 */
	static Binder binder(Environment environment, String name) {
		if (!environment.containsProperty(prefix(name))) {
			return Binder.get(environment);
		}
		ConfigurationPropertyName client = property(name);
		List<ConfigurationPropertySource> sources = new ArrayList<>();
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
			sources.add(source.filter((property) -> !property.equals(client)));
		}
		return new Binder(sources, new PropertySourcesPlaceholdersResolver(environment));
	}

	/**
	 * Returns the prefix of the properties of a client.
	 */
	static String prefix(String name) {
		return PREFIX + "." + name;
	}

	/**
	 * Whether a client can have a name.
	 */
	static boolean isValid(String name) {
		return NAME.matcher(name).matches();
	}

	private static void check(String name) {
		if (!isValid(name)) {
			throw new InvalidKratosAdminConfigurationException(PREFIX + "[" + name + "]",
					"The name of a client must consist of lower-case letters, digits and dashes, such as "
							+ "'eu-west', but was '" + name + "'");
		}
	}

	/**
	 * Whether a name is among others. An environment variable has no dashes.
	 */
	static boolean contains(List<String> names, String name) {
		return indexOfSame(names, name) >= 0;
	}

	private static int indexOfSame(List<String> names, String name) {
		ConfigurationPropertyName property = property(name);
		for (int i = 0; i < names.size(); i++) {
			if (property(names.get(i)).equals(property)) {
				return i;
			}
		}
		return -1;
	}

	private static ConfigurationPropertyName property(String name) {
		return ConfigurationPropertyName.adapt(prefix(name), '.');
	}

}
