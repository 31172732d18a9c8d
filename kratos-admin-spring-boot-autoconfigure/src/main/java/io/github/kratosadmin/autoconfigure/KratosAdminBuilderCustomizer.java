package io.github.kratosadmin.autoconfigure;

import io.github.kratosadmin.KratosAdminBuilder;

/**
 * Callback to customize a {@link KratosAdminBuilder}. Beans of this type are called in
 * order, after the properties are applied. A bean without a qualifier customizes the
 * client without a name. A bean with the name of a client as its qualifier customizes
 * this client.
 */
@FunctionalInterface
public interface KratosAdminBuilderCustomizer {

	/**
	 * Customizes the builder.
	 * @param builder the builder
	 */
	void customize(KratosAdminBuilder builder);

}
