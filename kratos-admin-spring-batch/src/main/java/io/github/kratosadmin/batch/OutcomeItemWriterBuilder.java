package io.github.kratosadmin.batch;

import io.github.kratosadmin.KratosAdmin;
import org.jspecify.annotations.Nullable;

import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.util.Assert;

/**
 * The options of all writers.
 *
 * @param <B> the type of the builder
 */
abstract class OutcomeItemWriterBuilder<B extends OutcomeItemWriterBuilder<B>> {

	private @Nullable KratosAdmin kratosAdmin;

	private @Nullable String name;

	private RowOutcomeListener listener = (outcome) -> {
	};

	private @Nullable ItemWriter<? super RowOutcome> deadLetterWriter;

	/**
	 * Sets the client.
	 * @param kratosAdmin the client, which the writer does not close
	 * @return this builder
	 */
	public B kratosAdmin(KratosAdmin kratosAdmin) {
		this.kratosAdmin = kratosAdmin;
		return self();
	}

	/**
	 * Sets the name of the writer, the prefix of its keys in the execution context.
	 * @param name the name, unique within the step
	 * @return this builder
	 */
	public B name(String name) {
		this.name = name;
		return self();
	}

	/**
	 * Sets a listener for the outcome of each item.
	 * @param listener the listener
	 * @return this builder
	 */
	public B listener(RowOutcomeListener listener) {
		this.listener = listener;
		return self();
	}

	/**
	 * Sets a writer of the items that failed or whose outcome is not known. This writer
	 * opens, updates and closes it with itself. If it throws an exception, the step
	 * fails.
	 * @param deadLetterWriter the writer
	 * @return this builder
	 */
	public B deadLetterWriter(ItemWriter<? super RowOutcome> deadLetterWriter) {
		this.deadLetterWriter = deadLetterWriter;
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

	RowOutcomeListener listener() {
		return this.listener;
	}

	@Nullable ItemWriter<? super RowOutcome> deadLetterWriter() {
		return this.deadLetterWriter;
	}

	@SuppressWarnings("unchecked")
	final B self() {
		return (B) this;
	}

}
