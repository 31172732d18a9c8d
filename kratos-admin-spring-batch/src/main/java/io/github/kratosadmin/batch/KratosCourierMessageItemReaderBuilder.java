package io.github.kratosadmin.batch;

import io.github.kratosadmin.courier.ListCourierMessages;

import org.springframework.util.Assert;

/**
 * Builds a {@link KratosCourierMessageItemReader}.
 */
public final class KratosCourierMessageItemReaderBuilder
		extends NewestFirstItemReaderBuilder<KratosCourierMessageItemReaderBuilder> {

	private ListCourierMessages query = ListCourierMessages.builder().build();

	/**
	 * Creates a builder.
	 */
	public KratosCourierMessageItemReaderBuilder() {
	}

	/**
	 * Sets the query for the messages and the size of the pages.
	 * @param query the query for the first page; by default all messages, in pages of 250
	 * @return this builder
	 */
	public KratosCourierMessageItemReaderBuilder query(ListCourierMessages query) {
		this.query = query;
		return this;
	}

	/**
	 * Builds the reader.
	 * @return the reader
	 * @throws IllegalStateException if the name or the client is missing, or the query is
	 * not for the first page
	 */
	public KratosCourierMessageItemReader build() {
		return new KratosCourierMessageItemReader(this);
	}

	ListCourierMessages query() {
		Assert.state(this.query.pageToken() == null, "query must be for the first page: leave out pageToken");
		return this.query;
	}

}
