package io.github.kratosadmin.identity;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import io.github.kratosadmin.internal.operation.Uuids;
import io.github.kratosadmin.internal.paging.PageSize;
import io.github.kratosadmin.internal.paging.PageToken;
import io.github.kratosadmin.version.SinceKratos;
import org.jspecify.annotations.Nullable;

/**
 * A query for identities. Kratos 25.4 and later accepts only one of these filters at a
 * time: {@code ids}, {@code credentialsIdentifier},
 * {@code previewCredentialsIdentifierSimilar} and {@code organizationId}.
 *
 * @param pageSize the maximum number of identities on a page, 1 to 1000; Kratos 1.1 and
 * later may send no more than 500
 * @param pageToken the page to list, the
 * {@link io.github.kratosadmin.paging.Page#nextPageToken()} of the page before, or
 * {@code null} for the first page
 * @param startAfter the id that is less than the ids of all identities to list, a UUID,
 * or {@code null} to list from the start; see {@link Builder#startAfter(String)}
 * @param ids the ids of the identities, at most 500; empty for all
 * @param credentialsIdentifier the exact identifier that the identities sign in with,
 * such as an e-mail address, or {@code null} for all
 * @param previewCredentialsIdentifierSimilar an identifier similar to one that the
 * identities sign in with, or {@code null} for all; the meaning of similar may change
 * with every version
 * @param includeCredential the types of the credentials to list with their secrets, empty
 * for none
 * @param organizationId the id of the organization of the identities, a UUID, or
 * {@code null} for all
 * @param consistency the consistency level of the list, or {@code null} for the default
 * of the server
 */
public record ListIdentities(int pageSize, @Nullable String pageToken, @SinceKratos("1.1") @Nullable String startAfter,
		@SinceKratos("1.1") List<String> ids, @SinceKratos("0.13") @Nullable String credentialsIdentifier,
		@SinceKratos(value = "1.1", ignoredBefore = true) @Nullable String previewCredentialsIdentifierSimilar,
		@SinceKratos("1.2") List<CredentialsType> includeCredential,
		@SinceKratos("25.4") @Nullable String organizationId, @SinceKratos("1.1") @Nullable Consistency consistency) {

	private static final int MAX_IDS = 500;

	/**
	 * Creates a query.
	 * @throws IllegalArgumentException if the page size is not 1 to 1000, the page token
	 * is not one of a page, there are more than 500 ids, or {@code startAfter} is not a
	 * UUID or set together with a page token
	 */
	public ListIdentities {
		PageSize.check(pageSize);
		startAfter = (startAfter != null) ? checked(startAfter, pageToken) : null;
		if (ids.size() > MAX_IDS) {
			throw new IllegalArgumentException("There must be " + MAX_IDS + " ids at most, but were " + ids.size());
		}
		PageToken.parse(pageToken);
		ids = List.copyOf(ids);
		includeCredential = List.copyOf(includeCredential);
	}

	/**
	 * An id that is not a UUID may be an address, so the message does not show it.
	 */
	private static String checked(String startAfter, @Nullable String pageToken) {
		if (!Uuids.isUuid(startAfter)) {
			throw new IllegalArgumentException("startAfter must be the id of an identity, a UUID");
		}
		if (pageToken != null) {
			throw new IllegalArgumentException("Set either startAfter or the page token, not both: the page token"
					+ " continues a list that was started with startAfter");
		}
		return Uuids.canonical(startAfter);
	}

	/**
	 * Returns a builder of a query for the first page of all identities, in pages of 250.
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
	 * @throws IllegalArgumentException if the page token is not one of a page
	 */
	public ListIdentities at(@Nullable String pageToken) {
		return new ListIdentities(this.pageSize, pageToken, (pageToken != null) ? null : this.startAfter, this.ids,
				this.credentialsIdentifier, this.previewCredentialsIdentifierSimilar, this.includeCredential,
				this.organizationId, this.consistency);
	}

	/**
	 * Does not show personal data: the identifiers that the identities sign in with.
	 */
	@Override
	public String toString() {
		return "ListIdentities[pageSize=" + this.pageSize + ", pageToken=" + this.pageToken + ", startAfter="
				+ this.startAfter + ", ids=" + this.ids + ", includeCredential=" + this.includeCredential
				+ ", organizationId=" + this.organizationId + ", consistency=" + this.consistency + "]";
	}

	/**
	 * Builds a {@link ListIdentities}.
	 */
	public static final class Builder {

		private int pageSize = PageSize.DEFAULT;

		private @Nullable String pageToken;

		private @Nullable String startAfter;

		private final List<String> ids = new ArrayList<>();

		private @Nullable String credentialsIdentifier;

		private @Nullable String previewCredentialsIdentifierSimilar;

		private final List<CredentialsType> includeCredential = new ArrayList<>();

		private @Nullable String organizationId;

		private @Nullable Consistency consistency;

		private Builder() {
		}

		/**
		 * Sets the maximum number of identities on a page.
		 * @param pageSize 1 to 1000, 250 by default
		 * @return this builder
		 */
		public Builder pageSize(int pageSize) {
			this.pageSize = pageSize;
			return this;
		}

		/**
		 * Sets the page to list.
		 * @param pageToken the {@code nextPageToken} of the page before, or {@code null}
		 * for the first page
		 * @return this builder
		 */
		public Builder pageToken(@Nullable String pageToken) {
			this.pageToken = pageToken;
			return this;
		}

		/**
		 * Lists only identities whose ids are greater than this one, in ascending order.
		 * The identity with this id need not exist. Use it to continue a list after the
		 * last identity that was processed, or to list a range of ids.
		 * <p>
		 * Kratos asks clients not to make page tokens themselves, but this does: it sends
		 * the id as {@code page_token}. From Kratos 1.1 to 26.2, the page token of a list
		 * of identities was found to be the plain id of the last identity of the page
		 * before. As this may change, check that the ids are greater than this one and
		 * ascending: otherwise identities are missing or repeated.
		 * @param identityId the id, a UUID, or {@code null} to list from the start; not
		 * together with {@link #pageToken(String)}
		 * @return this builder
		 */
		@SinceKratos("1.1")
		public Builder startAfter(@Nullable String identityId) {
			this.startAfter = identityId;
			return this;
		}

		/**
		 * Lists only identities with these ids.
		 * @param ids the ids, at most 500; ids without an identity are ignored
		 * @return this builder
		 */
		@SinceKratos("1.1")
		public Builder ids(Collection<String> ids) {
			this.ids.addAll(ids);
			return this;
		}

		/**
		 * Lists only identities that sign in with exactly this identifier.
		 * @param credentialsIdentifier the identifier, such as an e-mail address, or
		 * {@code null} for all identities
		 * @return this builder
		 */
		@SinceKratos("0.13")
		public Builder credentialsIdentifier(@Nullable String credentialsIdentifier) {
			this.credentialsIdentifier = credentialsIdentifier;
			return this;
		}

		/**
		 * Lists only identities that sign in with a similar identifier. The meaning of
		 * similar may change with every version of Kratos.
		 * @param similar the identifier, such as the beginning of an e-mail address, or
		 * {@code null} for all identities
		 * @return this builder
		 */
		@SinceKratos(value = "1.1", ignoredBefore = true)
		public Builder previewCredentialsIdentifierSimilar(@Nullable String similar) {
			this.previewCredentialsIdentifierSimilar = similar;
			return this;
		}

		/**
		 * Lists credentials with their secrets, such as password hashes and provider
		 * tokens.
		 * @param types the types of the credentials
		 * @return this builder
		 */
		@SinceKratos("1.2")
		public Builder includeCredential(CredentialsType... types) {
			this.includeCredential.addAll(List.of(types));
			return this;
		}

		/**
		 * Lists only identities of an organization.
		 * @param organizationId the id of the organization, a UUID, or {@code null} for
		 * all identities
		 * @return this builder
		 */
		@SinceKratos("25.4")
		public Builder organizationId(@Nullable String organizationId) {
			this.organizationId = organizationId;
			return this;
		}

		/**
		 * Sets the consistency level of the list.
		 * @param consistency the level, or {@code null} for the default of the server
		 * @return this builder
		 */
		@SinceKratos("1.1")
		public Builder consistency(@Nullable Consistency consistency) {
			this.consistency = consistency;
			return this;
		}

		/**
		 * Builds the query.
		 * @return the query
		 * @throws IllegalArgumentException if the page size is not 1 to 1000, the page
		 * token is not one of a page, there are more than 500 ids, or {@code startAfter}
		 * is not a UUID or set together with a page token
		 */
		public ListIdentities build() {
			return new ListIdentities(this.pageSize, this.pageToken, this.startAfter, this.ids,
					this.credentialsIdentifier, this.previewCredentialsIdentifierSimilar, this.includeCredential,
					this.organizationId, this.consistency);
		}

	}

}
