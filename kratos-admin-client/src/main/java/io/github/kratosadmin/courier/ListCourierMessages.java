package io.github.kratosadmin.courier;

import io.github.kratosadmin.internal.paging.PageSize;
import io.github.kratosadmin.internal.paging.PageToken;
import org.jspecify.annotations.Nullable;

/**
 * Which messages to list.
 *
 * @param pageSize how many messages a page has at most, 1 to 1000; Kratos from 26.2 on
 * sends no more than 500
 * @param pageToken the page to list, from
 * {@link io.github.kratosadmin.paging.Page#nextPageToken()}, or {@code null} for the
 * first
 * @param status only messages that are this far, or {@code null} for all
 * @param recipient only messages to exactly this e-mail address or phone number, or
 * {@code null} for all
 */
public record ListCourierMessages(int pageSize, @Nullable String pageToken, @Nullable CourierMessageStatus status,
		@Nullable String recipient) {

	/**
	 * Checks the query.
	 * @throws IllegalArgumentException if the page size is not 1 to 1000, or the page
	 * token is none that a page of this list gave
	 */
	public ListCourierMessages {
		PageSize.check(pageSize);
		PageToken.parsePageOrServerToken(pageToken);
	}

	/**
	 * Starts a query: all messages, in pages of 250.
	 * @return the builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * The same list at another page.
	 */
	ListCourierMessages at(@Nullable String pageToken) {
		return new ListCourierMessages(this.pageSize, pageToken, this.status, this.recipient);
	}

	/**
	 * Shows no personal data: not the recipient.
	 */
	@Override
	public String toString() {
		return "ListCourierMessages[pageSize=" + this.pageSize + ", pageToken=" + this.pageToken + ", status="
				+ this.status + "]";
	}

	/**
	 * Builds {@link ListCourierMessages}.
	 */
	public static final class Builder {

		private int pageSize = PageSize.DEFAULT;

		private @Nullable String pageToken;

		private @Nullable CourierMessageStatus status;

		private @Nullable String recipient;

		private Builder() {
		}

		/**
		 * How many messages a page has at most.
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
		 * Only messages that are this far.
		 * @param status the status, or {@code null} for all
		 * @return this builder
		 */
		public Builder status(@Nullable CourierMessageStatus status) {
			this.status = status;
			return this;
		}

		/**
		 * Only messages to a recipient.
		 * @param recipient exactly the e-mail address or phone number, or {@code null}
		 * for all
		 * @return this builder
		 */
		public Builder recipient(@Nullable String recipient) {
			this.recipient = recipient;
			return this;
		}

		/**
		 * Builds the query.
		 * @return the query
		 * @throws IllegalArgumentException if the page size is not 1 to 1000, or the page
		 * token is none that a page of this list gave
		 */
		public ListCourierMessages build() {
			return new ListCourierMessages(this.pageSize, this.pageToken, this.status, this.recipient);
		}

	}

}
