package io.github.kratosadmin.courier;

import io.github.kratosadmin.internal.paging.PageSize;
import io.github.kratosadmin.internal.paging.PageToken;
import org.jspecify.annotations.Nullable;

/**
 * A query for messages.
 *
 * @param pageSize the maximum number of messages on a page, 1 to 1000; Kratos 26.2 and
 * later lists 500 at most
 * @param pageToken the page to list, the
 * {@link io.github.kratosadmin.paging.Page#nextPageToken()} of the page before, or
 * {@code null} for the first page
 * @param status the status of the messages, or {@code null} for all
 * @param recipient the exact e-mail address or phone number of the recipient, or
 * {@code null} for all
 */
public record ListCourierMessages(int pageSize, @Nullable String pageToken, @Nullable CourierMessageStatus status,
		@Nullable String recipient) {

	/**
	 * Creates a query.
	 * @throws IllegalArgumentException if the page size is not 1 to 1000, or the page
	 * token is not one of this list
	 */
	public ListCourierMessages {
		PageSize.check(pageSize);
		PageToken.parsePageOrServerToken(pageToken);
	}

	/**
	 * Returns a builder of a query for the first page of all messages, in pages of 250.
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
	public ListCourierMessages at(@Nullable String pageToken) {
		return new ListCourierMessages(this.pageSize, pageToken, this.status, this.recipient);
	}

	/**
	 * Does not show the recipient, which is personal data.
	 */
	@Override
	public String toString() {
		return "ListCourierMessages[pageSize=" + this.pageSize + ", pageToken=" + this.pageToken + ", status="
				+ this.status + "]";
	}

	/**
	 * Builds a {@link ListCourierMessages}.
	 */
	public static final class Builder {

		private int pageSize = PageSize.DEFAULT;

		private @Nullable String pageToken;

		private @Nullable CourierMessageStatus status;

		private @Nullable String recipient;

		private Builder() {
		}

		/**
		 * Sets the maximum number of messages on a page.
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
		 * Lists only messages with a status.
		 * @param status the status, or {@code null} for all
		 * @return this builder
		 */
		public Builder status(@Nullable CourierMessageStatus status) {
			this.status = status;
			return this;
		}

		/**
		 * Lists only messages to a recipient.
		 * @param recipient the exact e-mail address or phone number, or {@code null} for
		 * all
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
		 * token is not one of this list
		 */
		public ListCourierMessages build() {
			return new ListCourierMessages(this.pageSize, this.pageToken, this.status, this.recipient);
		}

	}

}
