package io.github.kratosadmin.autoconfigure;

import io.github.kratosadmin.KratosAdminBuilder;

/**
 * Adjusts the {@link KratosAdminBuilder} after the properties are applied. Beans of this
 * type are called in order.
 */
@FunctionalInterface
public interface KratosAdminBuilderCustomizer {

	/**
	 * Adjusts the builder.
	 * @param builder the builder
	 */
	void customize(KratosAdminBuilder builder);

}
