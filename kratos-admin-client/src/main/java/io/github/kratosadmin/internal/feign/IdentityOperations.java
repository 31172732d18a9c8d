package io.github.kratosadmin.internal.feign;

import java.util.List;

import io.github.kratosadmin.identity.Consistency;
import io.github.kratosadmin.identity.CredentialsType;
import io.github.kratosadmin.identity.Identity;
import io.github.kratosadmin.identity.IdentityApi;
import io.github.kratosadmin.identity.ListIdentities;
import io.github.kratosadmin.internal.operation.Paged;
import io.github.kratosadmin.internal.operation.Paging;
import io.github.kratosadmin.internal.operation.UuidPageToken;
import io.github.kratosadmin.internal.paging.PageToken;
import io.github.kratosadmin.paging.Page;
import io.github.kratosadmin.version.SinceKratos;
import org.jspecify.annotations.Nullable;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * The operations on identities, including the list with the parameters of Kratos.
 */
public interface IdentityOperations extends IdentityApi {

	/**
	 * Lists identities with the parameters of Kratos. Their meaning depends on its
	 * version: {@link #listIdentities(ListIdentities)} works with every version.
	 * @param perPage the size of a numbered page
	 * @param pageSize the size of a page with a token
	 * @param page the number of the page: the first is 0 or 1, depending on the version
	 * @param pageToken the token of the page, issued by Kratos (since 1.1)
	 * @param consistency how recent the list is
	 * @param ids only identities with these ids
	 * @param credentialsIdentifier only identities that sign in with this identifier
	 * @param previewCredentialsIdentifierSimilar only identities that sign in with a
	 * similar identifier
	 * @param includeCredential types of credentials to list with their secrets
	 * @param organizationId only identities of this organization
	 * @return the page
	 * @see <a href=
	 * "https://www.ory.sh/docs/reference/api#tag/identity/operation/listIdentities">listIdentities</a>
	 */
	@GetMapping(path = "/identities", produces = "application/json")
	@Paged(Paging.IDENTITIES)
	Page<Identity> listIdentities(@RequestParam(name = "per_page", required = false) @Nullable Integer perPage,
			@RequestParam(name = "page_size", required = false) @Nullable Integer pageSize,
			@RequestParam(name = "page", required = false) @Nullable Integer page,
			@UuidPageToken(from = "1.1", to = "1.2") @RequestParam(name = "page_token",
					required = false) @Nullable String pageToken,
			@RequestParam(name = "consistency", required = false) @Nullable Consistency consistency,
			@RequestParam(name = "ids", required = false) @Nullable List<String> ids,
			@RequestParam(name = "credentials_identifier", required = false) @Nullable String credentialsIdentifier,
			@RequestParam(name = "preview_credentials_identifier_similar",
					required = false) @Nullable String previewCredentialsIdentifierSimilar,
			@RequestParam(name = "include_credential",
					required = false) @Nullable List<CredentialsType> includeCredential,
			@RequestParam(name = "organization_id", required = false) @Nullable String organizationId);

	/**
	 * Lists identities from an id on, which is sent as page token. Kratos up to 1.0
	 * ignores it.
	 * @param pageSize the size of the page
	 * @param pageToken the id before the first one to list
	 * @param consistency how recent the list is
	 * @param ids only identities with these ids
	 * @param credentialsIdentifier only identities that sign in with this identifier
	 * @param previewCredentialsIdentifierSimilar only identities that sign in with a
	 * similar identifier
	 * @param includeCredential types of credentials to list with their secrets
	 * @param organizationId only identities of this organization
	 * @return the page
	 */
	@GetMapping(path = "/identities", produces = "application/json")
	@Paged(Paging.IDENTITIES)
	Page<Identity> listIdentities(@RequestParam(name = "page_size", required = false) @Nullable Integer pageSize,
			@SinceKratos("1.1") @RequestParam(name = "page_token", required = false) @Nullable String pageToken,
			@RequestParam(name = "consistency", required = false) @Nullable Consistency consistency,
			@RequestParam(name = "ids", required = false) @Nullable List<String> ids,
			@RequestParam(name = "credentials_identifier", required = false) @Nullable String credentialsIdentifier,
			@RequestParam(name = "preview_credentials_identifier_similar",
					required = false) @Nullable String previewCredentialsIdentifierSimilar,
			@RequestParam(name = "include_credential",
					required = false) @Nullable List<CredentialsType> includeCredential,
			@RequestParam(name = "organization_id", required = false) @Nullable String organizationId);

	@Override
	default Page<Identity> listIdentities(ListIdentities query) {
		if (query.startAfter() != null) {
			return listIdentities(query.pageSize(), query.startAfter(), query.consistency(), query.ids(),
					query.credentialsIdentifier(), query.previewCredentialsIdentifierSimilar(),
					query.includeCredential(), query.organizationId());
		}
		PageToken token = PageToken.parse(query.pageToken());
		if (token.position() != null) {
			return new NumberedPages(this, query.pageSize()).after(token.position());
		}
		// Both sizes and no page: servers with tokens then use tokens, and older servers
		// ignore page_size. Servers with tokens ignore page if page_size is set.
		Integer pageSize = (token.page() == null) ? query.pageSize() : null;
		return listIdentities(query.pageSize(), pageSize, token.page(), token.serverToken(), query.consistency(),
				query.ids(), query.credentialsIdentifier(), query.previewCredentialsIdentifierSimilar(),
				query.includeCredential(), query.organizationId());
	}

}
