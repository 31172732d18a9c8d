package io.github.kratosadmin.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * The names of the beans of a client: {@code kratosAdmin} for the one without a name, and
 * {@code staffKratosAdmin} for the client {@code staff}.
 */
final class ClientBeanNames {

	private ClientBeanNames() {
	}

	static String client(@Nullable String client) {
		return name(client, "kratosAdmin");
	}

	static String builder(@Nullable String client) {
		return name(client, "kratosAdminBuilder");
	}

	/**
	 * Returns the name of the bean for a group of operations.
	 * @param api the interface, such as {@code IdentityApi}
	 */
	static String api(@Nullable String client, Class<?> api) {
		return name(client, "kratos" + api.getSimpleName());
	}

	private static String name(@Nullable String client, String name) {
		return (client != null) ? client + StringUtils.capitalize(name) : name;
	}

}
