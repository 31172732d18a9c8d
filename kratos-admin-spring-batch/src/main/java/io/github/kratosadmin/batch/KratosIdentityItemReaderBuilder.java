package io.github.kratosadmin.batch;

import java.time.Instant;

import io.github.kratosadmin.identity.ListIdentities;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Builds a {@link KratosIdentityItemReader}.
 */
public final class KratosIdentityItemReaderBuilder extends PageItemReaderBuilder<KratosIdentityItemReaderBuilder> {

	private ListIdentities query = ListIdentities.builder().build();

	private @Nullable Instant changedSince;

	/**
	 * Creates a builder.
	 */
	public KratosIdentityItemReaderBuilder() {
	}

	/**
	 * Sets the query for the identities and the size of the pages.
	 * @param query the query for the first page; by default all identities, in pages of
	 * 250
	 * @return this builder
	 */
	public KratosIdentityItemReaderBuilder query(ListIdentities query) {
		this.query = query;
		return this;
	}

	/**
	 * Reads only identities that were created or updated at a time or later, for a second
	 * run after a first one that read all. Kratos has no such filter: the reader requests
	 * all pages and leaves out the other identities, so a single chunk may take as long
	 * as the whole list. Identities whose time of change is missing are read. Identities
	 * that were deleted are not reported.
	 * @param changedSince the start of the first run by the clock of Kratos, and some
	 * seconds earlier, as clocks differ, and MySQL and MariaDB store whole seconds;
	 * {@code null} for all identities, which is the default
	 * @return this builder
	 */
	public KratosIdentityItemReaderBuilder changedSince(@Nullable Instant changedSince) {
		this.changedSince = changedSince;
		return this;
	}

	/**
	 * Builds the reader.
	 * @return the reader
	 * @throws IllegalStateException if the name or the client is missing, or the query is
	 * not for the first page
	 */
	public KratosIdentityItemReader build() {
		return new KratosIdentityItemReader(this);
	}

	ListIdentities query() {
		Assert.state(this.query.pageToken() == null && this.query.startAfter() == null,
				"query must be for the first page: leave out pageToken and startAfter");
		return this.query;
	}

	@Nullable Instant changedSince() {
		return this.changedSince;
	}

}
