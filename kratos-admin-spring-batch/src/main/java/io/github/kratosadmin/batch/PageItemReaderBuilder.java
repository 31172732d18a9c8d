package io.github.kratosadmin.batch;

/**
 * The options of all readers.
 *
 * @param <B> the type of the builder
 */
abstract class PageItemReaderBuilder<B extends PageItemReaderBuilder<B>> extends KratosItemStreamBuilder<B> {

	private boolean saveState = true;

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

	boolean saveState() {
		return this.saveState;
	}

}
