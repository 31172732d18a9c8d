package io.github.kratosadmin.schema;

import io.github.kratosadmin.internal.paging.PageSize;
import io.github.kratosadmin.internal.paging.PageToken;
import org.jspecify.annotations.Nullable;

/**
 * Which identity schemas to list.
 *
 * @param pageSize how many schemas a page has at most, 1 to 1000
 * @param pageToken the page to list, from
 * {@link io.github.kratosadmin.paging.Page#nextPageToken()}, or {@code null} for the
 * first
 */
public record ListIdentitySchemas(int pageSize, @Nullable String pageToken) {

	/**
	 * Checks the query.
	 * @throws IllegalArgumentException if the page size is not 1 to 1000, or the page
	 * token is none that a page of this list gave
	 */
	public ListIdentitySchemas {
		PageSize.check(pageSize);
		PageToken.parsePage(pageToken);
	}

	/**
	 * Starts a query: all schemas, in pages of 250.
	 * @return the builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * The same list at another page.
	 */
	ListIdentitySchemas at(@Nullable String pageToken) {
		return new ListIdentitySchemas(this.pageSize, pageToken);
	}

	/**
	 * Builds {@link ListIdentitySchemas}.
	 */
	public static final class Builder {

		private int pageSize = PageSize.DEFAULT;

		private @Nullable String pageToken;

		private Builder() {
		}

		/**
		 * How many schemas a page has at most.
		 * @param pageSize 1 to 1000; 250 unless set
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
		 * Builds the query.
		 * @return the query
		 * @throws IllegalArgumentException if the page size is not 1 to 1000, or the page
		 * token is none that a page of this list gave
		 */
		public ListIdentitySchemas build() {
			return new ListIdentitySchemas(this.pageSize, this.pageToken);
		}

	}

}
