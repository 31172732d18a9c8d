package io.github.kratosadmin.session;

import io.github.kratosadmin.internal.paging.PageSize;
import io.github.kratosadmin.internal.paging.PageToken;
import org.jspecify.annotations.Nullable;

/**
 * A query for sessions of an identity.
 *
 * @param pageSize the maximum number of sessions on a page, 1 to 1000
 * @param pageToken the page to list, the
 * {@link io.github.kratosadmin.paging.Page#nextPageToken()} of the page before, or
 * {@code null} for the first page
 * @param active {@code true} for active sessions, {@code false} for sessions that have
 * ended, or {@code null} for all
 */
public record ListIdentitySessions(int pageSize, @Nullable String pageToken, @Nullable Boolean active) {

	/**
	 * Creates a query.
	 * @throws IllegalArgumentException if the page size is not 1 to 1000, or the page
	 * token is not one of this list
	 */
	public ListIdentitySessions {
		PageSize.check(pageSize);
		PageToken.parsePage(pageToken);
	}

	/**
	 * Returns a builder of a query for the first page of all sessions, in pages of 1000.
	 * @return the builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Returns a query for another page of the same list.
	 */
	ListIdentitySessions at(@Nullable String pageToken) {
		return new ListIdentitySessions(this.pageSize, pageToken, this.active);
	}

	/**
	 * Builds a {@link ListIdentitySessions}.
	 */
	public static final class Builder {

		/** The maximum: no session is missed on a single page. */
		private int pageSize = PageSize.MAX;

		private @Nullable String pageToken;

		private @Nullable Boolean active;

		private Builder() {
		}

		/**
		 * Sets the maximum number of sessions on a page.
		 * @param pageSize 1 to 1000, 1000 by default, so that hardly any identity has a
		 * second page
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
		 * Lists only active sessions, or only sessions that have ended. For Kratos up to
		 * 0.11, expired sessions are active.
		 * @param active {@code true} for active sessions, {@code false} for sessions that
		 * have ended, or {@code null} for all
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
		 * token is not one of this list
		 */
		public ListIdentitySessions build() {
			return new ListIdentitySessions(this.pageSize, this.pageToken, this.active);
		}

	}

}
