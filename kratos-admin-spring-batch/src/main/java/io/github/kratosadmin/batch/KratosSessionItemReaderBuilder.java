package io.github.kratosadmin.batch;

import io.github.kratosadmin.session.ListSessions;

import org.springframework.util.Assert;

/**
 * Builds a {@link KratosSessionItemReader}.
 */
public final class KratosSessionItemReaderBuilder extends NewestFirstItemReaderBuilder<KratosSessionItemReaderBuilder> {

	private ListSessions query = ListSessions.builder().build();

	/**
	 * Creates a builder.
	 */
	public KratosSessionItemReaderBuilder() {
	}

	/**
	 * Sets the query for the sessions and the size of the pages.
	 * @param query the query for the first page; by default all sessions, in pages of 250
	 * @return this builder
	 */
	public KratosSessionItemReaderBuilder query(ListSessions query) {
		this.query = query;
		return this;
	}

	/**
	 * Builds the reader.
	 * @return the reader
	 * @throws IllegalStateException if the name or the client is missing, or the query is
	 * not for the first page
	 */
	public KratosSessionItemReader build() {
		return new KratosSessionItemReader(this);
	}

	ListSessions query() {
		Assert.state(this.query.pageToken() == null, "query must be for the first page: leave out pageToken");
		return this.query;
	}

}
