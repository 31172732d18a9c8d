package io.github.kratosadmin.batch;

import io.github.kratosadmin.KratosAdmin;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * The options of all readers from and writers to Kratos.
 *
 * @param <B> the type of the builder
 */
abstract class KratosItemStreamBuilder<B extends KratosItemStreamBuilder<B>> extends ItemStreamBuilder<B> {

	private @Nullable KratosAdmin kratosAdmin;

	/**
	 * Sets the client.
	 * @param kratosAdmin the client, which the reader or writer does not close
	 * @return this builder
	 */
	public B kratosAdmin(KratosAdmin kratosAdmin) {
		this.kratosAdmin = kratosAdmin;
		return self();
	}

	KratosAdmin kratosAdmin() {
		Assert.state(this.kratosAdmin != null, "kratosAdmin is missing: set the client");
		return this.kratosAdmin;
	}

}
