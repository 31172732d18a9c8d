package io.github.kratosadmin.batch;

/**
 * The options of the readers of lists that are not in the order of their ids.
 *
 * @param <B> the type of the builder
 */
abstract class NewestFirstItemReaderBuilder<B extends NewestFirstItemReaderBuilder<B>>
		extends PageItemReaderBuilder<B> {

	private boolean startOver;

	/**
	 * Sets what to do after a restart if Kratos refuses the page token in the execution
	 * context, because it has expired or Kratos was updated.
	 * @param startOver {@code true} to begin again with the first page, so that items are
	 * read again; {@code false} to fail, which is the default
	 * @return this builder
	 */
	public B startOverIfPageTokenIsRefused(boolean startOver) {
		this.startOver = startOver;
		return self();
	}

	boolean startOver() {
		return this.startOver;
	}

}
