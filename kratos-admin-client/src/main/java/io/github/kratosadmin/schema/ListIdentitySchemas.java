package io.github.kratosadmin.schema;

import io.github.kratosadmin.internal.paging.PageSize;
import io.github.kratosadmin.internal.paging.PageToken;
import org.jspecify.annotations.Nullable;

/**
 * A query for identity schemas.
 *
 * @param pageSize the maximum number of schemas on a page, 1 to 1000
 * @param pageToken the page to list, the
 * {@link io.github.kratosadmin.paging.Page#nextPageToken()} of the page before, or
 * {@code null} for the first page
 */
public record ListIdentitySchemas(int pageSize, @Nullable String pageToken) {

	/**
	 * Creates a query.
	 * @throws IllegalArgumentException if the page size is not 1 to 1000, or the page
	 * token is not one of this list
	 */
	public ListIdentitySchemas {
		PageSize.check(pageSize);
		PageToken.parsePage(pageToken);
	}

	/**
	 * Returns a builder of a query for the first page of all schemas, in pages of 250.
	 * @return the builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Returns a query for another page of the same list.
	 */
	ListIdentitySchemas at(@Nullable String pageToken) {
		return new ListIdentitySchemas(this.pageSize, pageToken);
	}

	/**
	 * Builds a {@link ListIdentitySchemas}.
	 */
	public static final class Builder {

		private int pageSize = PageSize.DEFAULT;

		private @Nullable String pageToken;

		private Builder() {
		}

		/**
		 * Sets the maximum number of schemas on a page.
		 * @param pageSize 1 to 1000, 250 by default
		 * @return this builder
		 */
		public Builder pageSize(int pageSize) {
			this.pageSize = pageSize;
			return this;
		}

		/**
		 * Sets the page to list.
		 * @param pageToken the {@link io.github.kratosadmin.paging.Page#nextPageToken()}
		 * of the page before, or {@code null} for the first page
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
		 * token is not one of this list
		 */
		public ListIdentitySchemas build() {
			return new ListIdentitySchemas(this.pageSize, this.pageToken);
		}

	}

}
