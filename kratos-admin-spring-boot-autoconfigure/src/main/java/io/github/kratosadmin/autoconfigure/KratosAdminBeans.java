package io.github.kratosadmin.autoconfigure;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.KratosAdminBuilder;
import io.github.kratosadmin.courier.CourierApi;
import io.github.kratosadmin.identity.IdentityApi;
import io.github.kratosadmin.metadata.MetadataApi;
import io.github.kratosadmin.recovery.RecoveryApi;
import io.github.kratosadmin.schema.SchemaApi;
import io.github.kratosadmin.selfservice.SelfServiceApi;
import io.github.kratosadmin.session.SessionApi;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.env.Environment;

/**
 * The factory methods of the beans that {@link KratosAdminBeansRegistrar} registers for
 * each client.
 */
final class KratosAdminBeans {

	private KratosAdminBeans() {
	}

	static PropertiesKratosAdminConnectionDetails connectionDetails(KratosAdminProperties properties) {
		return new PropertiesKratosAdminConnectionDetails(properties);
	}

	static KratosAdminBuilder builder(KratosAdminBuilderConfigurer configurer) {
		return configurer.createUnnamedBuilder();
	}

	static KratosAdminBuilder namedBuilder(KratosAdminBuilderConfigurer configurer, String client) {
		return configurer.createNamedBuilder(client);
	}

	static KratosAdmin client(KratosAdminBuilder builder) {
		return builder.build();
	}

	static KratosAdminClients clients(ConfigurableListableBeanFactory beanFactory, KratosAdminProperties properties,
			boolean unnamed, String[] named, Environment environment, KratosAdminBuilderConfigurer configurer) {
		AheadOfTimeClients.check(environment, beanFactory, unnamed, List.of(named));
		KratosAdminClients clients = new KratosAdminClients(beanFactory, unnamed ? properties.getName() : null, named);
		checkNames(unnamed ? properties.getName() : null, named, configurer);
		return clients;
	}

	/**
	 * The observations and meters of two clients with one name would be mixed up.
	 */
	private static void checkNames(@Nullable String unnamed, String[] named, KratosAdminBuilderConfigurer configurer) {
		Set<String> names = new HashSet<>();
		if (unnamed != null) {
			names.add(unnamed);
		}
		for (String client : named) {
			String name = configurer.properties(client).getName();
			if (!names.add(name)) {
				throw new InvalidKratosAdminConfigurationException(ClientNames.prefix(client) + ".name",
						"Another client has the name '" + name + "', too");
			}
		}
	}

	static IdentityApi identityApi(KratosAdmin kratosAdmin) {
		return ApiProxy.of(IdentityApi.class, kratosAdmin, KratosAdmin::identities);
	}

	static SessionApi sessionApi(KratosAdmin kratosAdmin) {
		return ApiProxy.of(SessionApi.class, kratosAdmin, KratosAdmin::sessions);
	}

	static RecoveryApi recoveryApi(KratosAdmin kratosAdmin) {
		return ApiProxy.of(RecoveryApi.class, kratosAdmin, KratosAdmin::recovery);
	}

	static SchemaApi schemaApi(KratosAdmin kratosAdmin) {
		return ApiProxy.of(SchemaApi.class, kratosAdmin, KratosAdmin::schemas);
	}

	static CourierApi courierApi(KratosAdmin kratosAdmin) {
		return ApiProxy.of(CourierApi.class, kratosAdmin, KratosAdmin::courier);
	}

	static SelfServiceApi selfServiceApi(KratosAdmin kratosAdmin) {
		return ApiProxy.of(SelfServiceApi.class, kratosAdmin, KratosAdmin::selfService);
	}

	static MetadataApi metadataApi(KratosAdmin kratosAdmin) {
		return ApiProxy.of(MetadataApi.class, kratosAdmin, KratosAdmin::metadata);
	}

}
