package io.github.kratosadmin.session;

import java.util.ArrayList;
import java.util.List;

import io.github.kratosadmin.internal.paging.PageSize;
import io.github.kratosadmin.internal.paging.PageToken;
import org.jspecify.annotations.Nullable;

/**
 * Which sessions of all identities to list.
 *
 * @param pageSize how many sessions a page has at most, 1 to 1000
 * @param pageToken the page to list, from
 * {@link io.github.kratosadmin.paging.Page#nextPageToken()}, or {@code null} for the
 * first
 * @param active {@code true} for sessions that are good to use, {@code false} for the
 * others, {@code null} for all
 * @param expand what to read with the sessions
 */
public record ListSessions(int pageSize, @Nullable String pageToken, @Nullable Boolean active,
		List<SessionExpand> expand) {

	/**
	 * Checks the query.
	 * @throws IllegalArgumentException if the page size is not 1 to 1000, or the page
	 * token is none that a page of this list gave
	 */
	public ListSessions {
		PageSize.check(pageSize);
		PageToken.parseServerToken(pageToken);
		expand = List.copyOf(expand);
	}

	/**
	 * Starts a query: all sessions, in pages of 250.
	 * @return the builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * The same list at another page.
	 */
	ListSessions at(@Nullable String pageToken) {
		return new ListSessions(this.pageSize, pageToken, this.active, this.expand);
	}

	/**
	 * Builds {@link ListSessions}.
	 */
	public static final class Builder {

		private int pageSize = PageSize.DEFAULT;

		private @Nullable String pageToken;

		private @Nullable Boolean active;

		private final List<SessionExpand> expand = new ArrayList<>();

		private Builder() {
		}

		/**
		 * How many sessions a page has at most.
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
		 * Reads more with the sessions.
		 * @param expand what to read
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
		 * token is none that a page of this list gave
		 */
		public ListSessions build() {
			return new ListSessions(this.pageSize, this.pageToken, this.active, this.expand);
		}

	}

}
