package io.github.kratosadmin.batch;

import io.github.kratosadmin.KratosAdmin;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * The options of all readers.
 *
 * @param <B> the type of the builder
 */
abstract class PageItemReaderBuilder<B extends PageItemReaderBuilder<B>> {

	private @Nullable KratosAdmin kratosAdmin;

	private @Nullable String name;

	private boolean saveState = true;

	/**
	 * Sets the client.
	 * @param kratosAdmin the client, which the reader does not close
	 * @return this builder
	 */
	public B kratosAdmin(KratosAdmin kratosAdmin) {
		this.kratosAdmin = kratosAdmin;
		return self();
	}

	/**
	 * Sets the name of the reader, the prefix of its keys in the execution context.
	 * @param name the name, unique within the step
	 * @return this builder
	 */
	public B name(String name) {
		this.name = name;
		return self();
	}

	/**
	 * Sets whether to keep the position in the execution context.
	 * @param saveState {@code true} to go on there after a restart, which is the default;
	 * {@code false} to read everything again
	 * @return this builder
	 */
	public B saveState(boolean saveState) {
		this.saveState = saveState;
		return self();
	}

	KratosAdmin kratosAdmin() {
		Assert.state(this.kratosAdmin != null, "kratosAdmin is missing: set the client");
		return this.kratosAdmin;
	}

	String name() {
		Assert.state(this.name != null && !this.name.isBlank(),
				"name is missing: set a name that is unique within the step");
		return this.name;
	}

	boolean saveState() {
		return this.saveState;
	}

	@SuppressWarnings("unchecked")
	B self() {
		return (B) this;
	}

}
