package io.github.kratosadmin.autoconfigure;

import java.util.List;

import io.github.kratosadmin.KratosAdmin;

import org.springframework.aot.AotDetector;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * Refuses clients that were added to the configuration after the application was
 * processed ahead of time. They have no beans, so that the application could call the
 * server of another client.
 */
final class AheadOfTimeClients {

	private AheadOfTimeClients() {
	}

	/**
	 * Checks the configuration against the clients that have beans.
	 * @param unnamed whether there is a client without a name
	 * @param named the names of the clients below {@code kratos.admin.clients}
	 * @throws InvalidKratosAdminConfigurationException if a client has no beans
	 */
	static void check(Environment environment, ConfigurableListableBeanFactory beanFactory, boolean unnamed,
			List<String> named) {
		if (!AotDetector.useGeneratedArtifacts()) {
			return;
		}
		for (String name : ClientNames.read(environment)) {
			if (!ClientNames.contains(named, name)) {
				String prefix = ClientNames.prefix(name);
				throw added("the properties below '" + prefix + "'", prefix + ".base-url");
			}
		}
		if (!unnamed && Binder.get(environment).bind(UnnamedClient.BASE_URL, String.class).isBound()
				&& !hasPrimary(new ClientBeans(beanFactory, named))) {
			throw added("the property '" + UnnamedClient.BASE_URL + "'", UnnamedClient.BASE_URL);
		}
	}

	private static boolean hasPrimary(ClientBeans beans) {
		return beans.candidates(KratosAdmin.class).stream().anyMatch(beans::isPrimary);
	}

	private static InvalidKratosAdminConfigurationException added(String source, String property) {
		return new InvalidKratosAdminConfigurationException(source, List.of(property),
				"The application was processed ahead of time without this client, so that it has no beans",
				"Set the property '" + property + "' where the build of the application reads it, such as in "
						+ "application.yml, and build the application again. The value can change at run time.",
				null);
	}

}
