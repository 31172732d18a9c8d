package io.github.kratosadmin.batch;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * The options of all readers and writers.
 *
 * @param <B> the type of the builder
 */
abstract class ItemStreamBuilder<B extends ItemStreamBuilder<B>> {

	private @Nullable String name;

	/**
	 * Sets the name, the prefix of the keys in the execution context.
	 * @param name the name, unique within the step
	 * @return this builder
	 */
	public B name(String name) {
		this.name = name;
		return self();
	}

	String name() {
		Assert.state(this.name != null && !this.name.isBlank(),
				"name is missing: set a name that is unique within the step");
		return this.name;
	}

	@SuppressWarnings("unchecked")
	final B self() {
		return (B) this;
	}

}
