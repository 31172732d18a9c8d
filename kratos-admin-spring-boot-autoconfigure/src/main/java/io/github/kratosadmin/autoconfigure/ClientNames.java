package io.github.kratosadmin.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
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
	 * Returns the names of the clients that are enabled. An environment variable cannot
	 * have a dash in its name: {@code KRATOS_ADMIN_CLIENTS_EUWEST_BASEURL} belongs to the
	 * client {@code eu-west} if other properties name it.
	 * @throws InvalidKratosAdminConfigurationException if a name is not valid
	 */
	static List<String> read(Environment environment) {
		Binder binder = Binder.get(environment);
		Set<String> keys = binder.bind(PREFIX, Bindable.mapOf(String.class, Object.class)).orElse(Map.of()).keySet();
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
			else if (key.length() > names.get(same).length()) {
				names.set(same, key);
			}
		}
		names.removeIf((name) -> !binder.bind(prefix(name) + ".enabled", Boolean.class).orElse(true));
		return names;
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
