package io.github.kratosadmin.identity;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import io.github.kratosadmin.internal.paging.PageSize;
import io.github.kratosadmin.internal.paging.PageToken;
import io.github.kratosadmin.version.SinceKratos;
import org.jspecify.annotations.Nullable;

/**
 * Which identities to list. Kratos from 25.4 on takes only one of the filters at a time:
 * {@code ids}, {@code credentialsIdentifier}, {@code previewCredentialsIdentifierSimilar}
 * and {@code organizationId}.
 *
 * @param pageSize how many identities a page has at most, 1 to 1000; Kratos from 1.1 on
 * may send no more than 500
 * @param pageToken the page to list, from
 * {@link io.github.kratosadmin.paging.Page#nextPageToken()}, or {@code null} for the
 * first
 * @param ids only identities with these ids, 500 at most; empty for all
 * @param credentialsIdentifier only identities that sign in with exactly this, such as an
 * e-mail address, or {@code null} for all
 * @param previewCredentialsIdentifierSimilar only identities that sign in with something
 * similar, or {@code null} for all; what that means may change with every version
 * @param includeCredential types of credentials to list with their secrets
 * @param organizationId only identities of this organization, or {@code null} for all
 * @param consistency how recent the list is, or {@code null} for the server's default
 */
public record ListIdentities(int pageSize, @Nullable String pageToken, @SinceKratos("1.1") List<String> ids,
		@SinceKratos("0.13") @Nullable String credentialsIdentifier,
		@SinceKratos(value = "1.1", ignoredBefore = true) @Nullable String previewCredentialsIdentifierSimilar,
		@SinceKratos("1.2") List<CredentialsType> includeCredential,
		@SinceKratos("25.4") @Nullable String organizationId, @SinceKratos("1.1") @Nullable Consistency consistency) {

	private static final int MAX_IDS = 500;

	/**
	 * Checks the query.
	 * @throws IllegalArgumentException if the page size is not 1 to 1000, the page token
	 * is none that a page gave, or there are more than 500 ids
	 */
	public ListIdentities {
		PageSize.check(pageSize);
		if (ids.size() > MAX_IDS) {
			throw new IllegalArgumentException("There must be " + MAX_IDS + " ids at most, but were " + ids.size());
		}
		PageToken.parse(pageToken);
		ids = List.copyOf(ids);
		includeCredential = List.copyOf(includeCredential);
	}

	/**
	 * Starts a query: all identities, in pages of 250.
	 * @return the builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * The same list at another page.
	 */
	ListIdentities at(@Nullable String pageToken) {
		return new ListIdentities(this.pageSize, pageToken, this.ids, this.credentialsIdentifier,
				this.previewCredentialsIdentifierSimilar, this.includeCredential, this.organizationId,
				this.consistency);
	}

	/**
	 * Shows no personal data: not what identities sign in with.
	 */
	@Override
	public String toString() {
		return "ListIdentities[pageSize=" + this.pageSize + ", pageToken=" + this.pageToken + ", ids=" + this.ids
				+ ", includeCredential=" + this.includeCredential + ", organizationId=" + this.organizationId
				+ ", consistency=" + this.consistency + "]";
	}

	/**
	 * Builds {@link ListIdentities}.
	 */
	public static final class Builder {

		private int pageSize = PageSize.DEFAULT;

		private @Nullable String pageToken;

		private final List<String> ids = new ArrayList<>();

		private @Nullable String credentialsIdentifier;

		private @Nullable String previewCredentialsIdentifierSimilar;

		private final List<CredentialsType> includeCredential = new ArrayList<>();

		private @Nullable String organizationId;

		private @Nullable Consistency consistency;

		private Builder() {
		}

		/**
		 * How many identities a page has at most.
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
		 * Only identities with these ids.
		 * @param ids the ids, 500 at most; those that are no identity's are passed over
		 * @return this builder
		 */
		@SinceKratos("1.1")
		public Builder ids(Collection<String> ids) {
			this.ids.addAll(ids);
			return this;
		}

		/**
		 * Only identities that sign in with exactly this.
		 * @param credentialsIdentifier such as an e-mail address
		 * @return this builder
		 */
		@SinceKratos("0.13")
		public Builder credentialsIdentifier(@Nullable String credentialsIdentifier) {
			this.credentialsIdentifier = credentialsIdentifier;
			return this;
		}

		/**
		 * Only identities that sign in with something similar. What that means may change
		 * with every version of Kratos.
		 * @param similar such as the beginning of an e-mail address
		 * @return this builder
		 */
		@SinceKratos(value = "1.1", ignoredBefore = true)
		public Builder previewCredentialsIdentifierSimilar(@Nullable String similar) {
			this.previewCredentialsIdentifierSimilar = similar;
			return this;
		}

		/**
		 * Lists credentials with their secrets, such as password hashes and providers'
		 * tokens.
		 * @param types the types of credentials
		 * @return this builder
		 */
		@SinceKratos("1.2")
		public Builder includeCredential(CredentialsType... types) {
			this.includeCredential.addAll(List.of(types));
			return this;
		}

		/**
		 * Only identities of an organization.
		 * @param organizationId the organization's id, a UUID
		 * @return this builder
		 */
		@SinceKratos("25.4")
		public Builder organizationId(@Nullable String organizationId) {
			this.organizationId = organizationId;
			return this;
		}

		/**
		 * How recent the list is.
		 * @param consistency the level, or {@code null} for the server's default
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
		 * token is none that a page gave, or there are more than 500 ids
		 */
		public ListIdentities build() {
			return new ListIdentities(this.pageSize, this.pageToken, this.ids, this.credentialsIdentifier,
					this.previewCredentialsIdentifierSimilar, this.includeCredential, this.organizationId,
					this.consistency);
		}

	}

}
