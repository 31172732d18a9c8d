package io.github.kratosadmin.identity;

import java.util.stream.Stream;

import io.github.kratosadmin.paging.Page;
import io.github.kratosadmin.paging.PageStream;
import io.github.kratosadmin.paging.PageToken;
import org.jspecify.annotations.Nullable;

import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Creates, reads, changes and deletes identities.
 * <p>
 * Each method throws an {@link IllegalArgumentException} before anything is sent if an
 * argument is missing, blank, {@code .} or {@code ..}, and a
 * {@link io.github.kratosadmin.error.KratosException} if the call fails.
 */
public interface IdentityApi {

	/**
	 * Creates an identity.
	 * @param identity what to create
	 * @return the identity as Kratos stored it, with its id
	 * @throws io.github.kratosadmin.error.KratosBadRequestException if the traits do not
	 * fit the schema, or there is no such schema
	 * @throws io.github.kratosadmin.error.KratosConflictException if an identity with the
	 * same identifier or address exists
	 * @see <a href=
	 * "https://www.ory.sh/docs/reference/api#tag/identity/operation/createIdentity">createIdentity</a>,
	 * Kratos 0.6 and later
	 */
	@PostMapping(path = "/identities", consumes = "application/json", produces = "application/json")
	Identity createIdentity(@RequestBody CreateIdentity identity);

	/**
	 * Reads an identity.
	 * @param id the identity's id
	 * @return the identity
	 * @throws io.github.kratosadmin.error.KratosNotFoundException if there is none with
	 * this id
	 * @see <a href=
	 * "https://www.ory.sh/docs/reference/api#tag/identity/operation/getIdentity">getIdentity</a>,
	 * Kratos 0.6 and later
	 */
	@GetMapping(path = "/identities/{id}", produces = "application/json")
	Identity getIdentity(@PathVariable("id") String id);

	/**
	 * Lists identities, a page at a time. Whatever the version, page after page has every
	 * identity once; one that is created or deleted meanwhile may or may not be among
	 * them, and the others are not affected.
	 * @param query which page, of what size
	 * @return the page
	 * @see <a href=
	 * "https://www.ory.sh/docs/reference/api#tag/identity/operation/listIdentities">listIdentities</a>,
	 * Kratos 0.6 and later
	 */
	default Page<Identity> listIdentities(ListIdentities query) {
		PageToken token = PageToken.parse(query.pageToken());
		if (token.position() != null) {
			return new NumberedPages(this, query.pageSize()).after(token.position());
		}
		// Both sizes and no page: servers that have tokens then use them, and older ones
		// do not know the second size.
		return listIdentities(query.pageSize(), query.pageSize(), token.page(), token.serverToken());
	}

	/**
	 * Lists identities with the parameters as Kratos declares them, whose meaning depends
	 * on its version: {@link #listIdentities(ListIdentities)} is for every version.
	 * @param perPage the size of the page in page mode
	 * @param pageSize the size of the page in token mode
	 * @param page the number of the page: the first is 0 or 1, depending on the version
	 * @param pageToken the page, in token mode (since Kratos 1.1)
	 * @return the page
	 * @see <a href=
	 * "https://www.ory.sh/docs/reference/api#tag/identity/operation/listIdentities">listIdentities</a>,
	 * Kratos 0.6 and later
	 */
	@GetMapping(path = "/identities", produces = "application/json")
	Page<Identity> listIdentities(@RequestParam(name = "per_page", required = false) @Nullable Integer perPage,
			@RequestParam(name = "page_size", required = false) @Nullable Integer pageSize,
			@RequestParam(name = "page", required = false) @Nullable Integer page,
			@RequestParam(name = "page_token", required = false) @Nullable String pageToken);

	/**
	 * A lazy stream over all identities, which asks for a page when it gets to it: a
	 * failed call fails the stream's terminal operation. A stream that is left early or
	 * closed asks for no more.
	 * @param query the size of the pages, and where to start
	 * @return the stream, sequential, holding one page at a time
	 */
	default Stream<Identity> streamIdentities(ListIdentities query) {
		return PageStream.of((token) -> listIdentities(new ListIdentities(query.pageSize(), token)), query.pageToken());
	}

	/**
	 * Replaces an identity. Everything the update does not carry is gone afterwards,
	 * except the credentials: start from {@link UpdateIdentity#from(Identity)} to keep
	 * the rest.
	 * @param id the identity's id
	 * @param identity what to replace it with
	 * @return the identity as Kratos stored it
	 * @throws io.github.kratosadmin.error.KratosBadRequestException if the traits do not
	 * fit the schema, or there is no such schema
	 * @throws io.github.kratosadmin.error.KratosConflictException if another identity has
	 * the same identifier or address
	 * @throws io.github.kratosadmin.error.KratosNotFoundException if there is none with
	 * this id
	 * @see <a href=
	 * "https://www.ory.sh/docs/reference/api#tag/identity/operation/updateIdentity">updateIdentity</a>,
	 * Kratos 0.6 and later
	 */
	@PutMapping(path = "/identities/{id}", consumes = "application/json", produces = "application/json")
	Identity updateIdentity(@PathVariable("id") String id, @RequestBody UpdateIdentity identity);

	/**
	 * Deletes an identity for good, with its credentials and sessions.
	 * @param id the identity's id
	 * @throws io.github.kratosadmin.error.KratosNotFoundException if there is none with
	 * this id
	 * @see <a href=
	 * "https://www.ory.sh/docs/reference/api#tag/identity/operation/deleteIdentity">deleteIdentity</a>,
	 * Kratos 0.6 and later
	 */
	@DeleteMapping(path = "/identities/{id}", produces = "application/json")
	void deleteIdentity(@PathVariable("id") String id);

}
