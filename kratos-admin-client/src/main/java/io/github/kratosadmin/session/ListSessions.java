package io.github.kratosadmin.session;

import java.util.ArrayList;
import java.util.List;

import io.github.kratosadmin.internal.paging.PageSize;
import io.github.kratosadmin.internal.paging.PageToken;
import org.jspecify.annotations.Nullable;

/**
 * A query for sessions of all identities.
 *
 * @param pageSize the maximum number of sessions on a page, 1 to 1000
 * @param pageToken the page to list, the
 * {@link io.github.kratosadmin.paging.Page#nextPageToken()} of the page before, or
 * {@code null} for the first page
 * @param active {@code true} for active sessions, {@code false} for sessions that have
 * ended, or {@code null} for all
 * @param expand the parts to read with each session
 */
public record ListSessions(int pageSize, @Nullable String pageToken, @Nullable Boolean active,
		List<SessionExpand> expand) {

	/**
	 * Creates a query.
	 * @throws IllegalArgumentException if the page size is not 1 to 1000, or the page
	 * token is not one of this list
	 */
	public ListSessions {
		PageSize.check(pageSize);
		PageToken.parseServerToken(pageToken);
		expand = List.copyOf(expand);
	}

	/**
	 * Returns a builder of a query for the first page of all sessions, in pages of 250.
	 * @return the builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Returns a query for another page of the same list.
	 * @param pageToken the {@link io.github.kratosadmin.paging.Page#nextPageToken()} of a
	 * page of this list, or {@code null} for the first page
	 * @return the query
	 * @throws IllegalArgumentException if the page token is not one of this list
	 */
	public ListSessions at(@Nullable String pageToken) {
		return new ListSessions(this.pageSize, pageToken, this.active, this.expand);
	}

	/**
	 * Builds a {@link ListSessions}.
	 */
	public static final class Builder {

		private int pageSize = PageSize.DEFAULT;

		private @Nullable String pageToken;

		private @Nullable Boolean active;

		private final List<SessionExpand> expand = new ArrayList<>();

		private Builder() {
		}

		/**
		 * Sets the maximum number of sessions on a page.
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
		 * Adds parts to read with each session.
		 * @param expand the parts
		 * @return this builder
		 */
		public Builder expand(SessionExpand... expand) {
			this.expand.addAll(List.of(expand));
			return this;
		}

		/**
		 * Builds the query.
		 * @return the query
		 * @throws IllegalArgumentException if the page size is not 1 to 1000, or the page
		 * token is not one of this list
		 */
		public ListSessions build() {
			return new ListSessions(this.pageSize, this.pageToken, this.active, this.expand);
		}

	}

}
