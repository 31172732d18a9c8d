package io.github.kratosadmin.session;

import io.github.kratosadmin.internal.paging.PageSize;
import io.github.kratosadmin.internal.paging.PageToken;
import org.jspecify.annotations.Nullable;

/**
 * Which sessions of one identity to list.
 *
 * @param pageSize how many sessions a page has at most, 1 to 1000
 * @param pageToken the page to list, from
 * {@link io.github.kratosadmin.paging.Page#nextPageToken()}, or {@code null} for the
 * first
 * @param active {@code true} for sessions that are good to use, {@code false} for the
 * others, {@code null} for all
 */
public record ListIdentitySessions(int pageSize, @Nullable String pageToken, @Nullable Boolean active) {

	/**
	 * Checks the query.
	 * @throws IllegalArgumentException if the page size is not 1 to 1000, or the page
	 * token is none that a page of this list gave
	 */
	public ListIdentitySessions {
		PageSize.check(pageSize);
		PageToken.parsePage(pageToken);
	}

	/**
	 * Starts a query: all sessions of the identity, in pages of 1000.
	 * @return the builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * The same list at another page.
	 */
	ListIdentitySessions at(@Nullable String pageToken) {
		return new ListIdentitySessions(this.pageSize, pageToken, this.active);
	}

	/**
	 * Builds {@link ListIdentitySessions}.
	 */
	public static final class Builder {

		/** The most: with a single page none can be missed. */
		private int pageSize = PageSize.MAX;

		private @Nullable String pageToken;

		private @Nullable Boolean active;

		private Builder() {
		}

		/**
		 * How many sessions a page has at most.
		 * @param pageSize 1 to 1000; 1000 unless set, so that hardly any identity has a
		 * second page
		 * @return this builder
		 */
		public Builder pageSize(int pageSize) {
			this.pageSize = pageSize;
			return this;
		}

		/**
		 * The page to list.
		 * @param pageToken the {@code nextPageToken} of the page before, or {@code null}
		 * for the first page
		 * @return this builder
		 */
		public Builder pageToken(@Nullable String pageToken) {
			this.pageToken = pageToken;
			return this;
		}

		/**
		 * Only sessions that are good to use, or only the others. Kratos up to 0.11
		 * counts those that have expired among the former.
		 * @param active whether they are good to use, or {@code null} for all
		 * @return this builder
		 */
		public Builder active(@Nullable Boolean active) {
			this.active = active;
			return this;
		}

		/**
		 * Builds the query.
		 * @return the query
		 * @throws IllegalArgumentException if the page size is not 1 to 1000, or the page
		 * token is none that a page of this list gave
		 */
		public ListIdentitySessions build() {
			return new ListIdentitySessions(this.pageSize, this.pageToken, this.active);
		}

	}

}
