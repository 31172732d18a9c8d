package io.github.kratosadmin.identity;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.kratosadmin.error.KratosIdentityChangedException;
import io.github.kratosadmin.error.KratosNotFoundException;
import io.github.kratosadmin.internal.json.KratosJson;
import io.github.kratosadmin.internal.operation.OneAtATime;
import io.github.kratosadmin.internal.paging.PageStream;
import io.github.kratosadmin.paging.Page;
import io.github.kratosadmin.version.SinceKratos;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Creates, reads, changes and deletes identities. Methods without a version work with
 * Kratos 0.6 and later.
 * <p>
 * Each method throws an {@link IllegalArgumentException} before anything is sent if an
 * argument is missing, blank, {@code .} or {@code ..}, and a
 * {@link io.github.kratosadmin.error.KratosException} if the call fails.
 */
public interface IdentityApi {

	/**
	 * Creates an identity.
	 * @param identity the identity to create
	 * @return the identity as Kratos stored it, with its id
	 * @throws io.github.kratosadmin.error.KratosBadRequestException if the traits do not
	 * match the schema, or the schema does not exist
	 * @throws io.github.kratosadmin.error.KratosConflictException if an identity with the
	 * same identifier or address exists
	 * @see <a href=
	 * "https://www.ory.sh/docs/reference/api#tag/identity/operation/createIdentity">createIdentity</a>
	 */
	@PostMapping(path = "/identities", consumes = "application/json", produces = "application/json")
	Identity createIdentity(@RequestBody CreateIdentity identity);

	/**
	 * Reads an identity.
	 * @param id the id of the identity
	 * @return the identity
	 * @throws io.github.kratosadmin.error.KratosNotFoundException if there is no identity
	 * with this id
	 * @see <a href=
	 * "https://www.ory.sh/docs/reference/api#tag/identity/operation/getIdentity">getIdentity</a>
	 */
	default Identity getIdentity(String id) {
		return getIdentity(id, null);
	}

	/**
	 * Reads an identity with secrets of its credentials, such as password hashes and
	 * provider tokens.
	 * @param id the id of the identity
	 * @param includeCredential the types of the credentials to read with their secrets,
	 * or {@code null} for no secrets; needs Kratos 0.8 or later, and Kratos up to 0.13
	 * only supports {@code oidc}
	 * @return the identity
	 * @throws io.github.kratosadmin.error.KratosBadRequestException if Kratos does not
	 * support one of the types
	 * @throws io.github.kratosadmin.error.KratosNotFoundException if there is no identity
	 * with this id
	 * @see <a href=
	 * "https://www.ory.sh/docs/reference/api#tag/identity/operation/getIdentity">getIdentity</a>
	 */
	@GetMapping(path = "/identities/{id}", produces = "application/json")
	Identity getIdentity(@PathVariable("id") String id, @SinceKratos("0.8") @RequestParam(name = "include_credential",
			required = false) @Nullable List<CredentialsType> includeCredential);

	/**
	 * Reads an identity by its external id: its id in another system.
	 * @param externalId the external id of the identity
	 * @return the identity
	 * @throws io.github.kratosadmin.error.KratosNotFoundException if there is no identity
	 * with exactly this external id; {@link #findByExternalId(String)} returns an
	 * {@code Optional} instead. On MySQL and MariaDB, Kratos treats ids as equal if they
	 * only differ in case, accents or trailing spaces: such an id is not found, but an
	 * identity with it cannot be created
	 * @see <a href=
	 * "https://www.ory.sh/docs/reference/api#tag/identity/operation/getIdentityByExternalID">getIdentityByExternalID</a>
	 */
	@SinceKratos("25.4")
	default Identity getIdentityByExternalID(String externalId) {
		return getIdentityByExternalID(externalId, null);
	}

	/**
	 * Reads an identity by its external id, its id in another system, with secrets of its
	 * credentials, such as password hashes and provider tokens.
	 * @param externalId the external id of the identity
	 * @param includeCredential the types of the credentials to read with their secrets,
	 * or {@code null} for no secrets
	 * @return the identity
	 * @throws io.github.kratosadmin.error.KratosBadRequestException if Kratos does not
	 * support one of the types
	 * @throws io.github.kratosadmin.error.KratosNotFoundException if there is no identity
	 * with exactly this external id. On MySQL and MariaDB, Kratos treats ids as equal if
	 * they only differ in case, accents or trailing spaces: such an id is not found, but
	 * an identity with it cannot be created
	 * @see <a href=
	 * "https://www.ory.sh/docs/reference/api#tag/identity/operation/getIdentityByExternalID">getIdentityByExternalID</a>
	 */
	@GetMapping(path = "/identities/by/external/{externalID}", produces = "application/json")
	@SinceKratos("25.4")
	Identity getIdentityByExternalID(@PathVariable("externalID") String externalId,
			@RequestParam(name = "include_credential",
					required = false) @Nullable List<CredentialsType> includeCredential);

	/**
	 * Lists a page of identities. In every version of Kratos, all pages together have
	 * each identity once. Identities that are created or deleted in the meantime may be
	 * included or missing. This does not affect the others.
	 * @param query the filters, the page and its size
	 * @return the page
	 * @throws IllegalArgumentException if the server is Kratos 1.1 or 1.2 and did not
	 * issue the page token: it would respond with an empty page
	 * @throws io.github.kratosadmin.error.KratosUnreadableResponseException if the page
	 * has identities that do not match the query
	 * @see <a href=
	 * "https://www.ory.sh/docs/reference/api#tag/identity/operation/listIdentities">listIdentities</a>
	 */
	Page<Identity> listIdentities(ListIdentities query);

	/**
	 * Lists the first page of all identities, 250 at most.
	 * @return the page
	 * @see #listIdentities(ListIdentities)
	 */
	default Page<Identity> listIdentities() {
		return listIdentities(ListIdentities.builder().build());
	}

	/**
	 * Finds the identity that signs in with an identifier, such as an e-mail address. The
	 * client lists the identities with this identifier; Kratos normally returns at most
	 * one. If the identifiers in the response do not equal the given one, for example
	 * because Kratos writes a phone number in another notation, the client checks that
	 * the server supports the filter.
	 * @param identifier the identifier, in upper or lower case. After Kratos 26.2, a
	 * phone number may have any notation with the country code. For an account with a
	 * provider, which Kratos finds since 1.1, the identifier is the exact provider and
	 * subject, such as {@code github:4711}
	 * @return the identity, with its credentials but without secrets; empty if there is
	 * no such identity
	 * @throws IllegalStateException if several identities sign in with the identifier,
	 * each with another type of credentials; the message has their ids
	 * @throws io.github.kratosadmin.error.KratosUnreadableResponseException if the server
	 * ignored the filter
	 * @throws io.github.kratosadmin.error.KratosUnsupportedException if the server is too
	 * old: use {@link #scanAllIdentitiesByTrait}, which reads all identities
	 * @see <a href=
	 * "https://www.ory.sh/docs/reference/api#tag/identity/operation/listIdentities">listIdentities</a>
	 * with {@code credentials_identifier}, Kratos 0.13 and later
	 */
	default Optional<Identity> findByCredentialsIdentifier(String identifier) {
		ListIdentities query = ListIdentities.builder().credentialsIdentifier(identifier).build();
		List<Identity> found = listIdentities(query).items();
		if (found.size() > 1) {
			throw new IllegalStateException("Several identities sign in with the same identifier: "
					+ found.stream().map(Identity::id).collect(Collectors.joining(", ")));
		}
		return found.stream().findFirst();
	}

	/**
	 * Finds the identity with exactly this external id: its id in another system. On
	 * MySQL and MariaDB, Kratos ignores case, accents and trailing spaces when it
	 * compares external ids. If there is an identity with {@code AbC} but none with
	 * {@code abc}, the result for {@code abc} is empty, and an identity with {@code abc}
	 * cannot be created.
	 * @param externalId the external id
	 * @return the identity; empty if there is no such identity
	 * @throws KratosNotFoundException for a 404 that does not come from Kratos for a
	 * missing identity, such as a 404 of a gateway
	 * @see <a href=
	 * "https://www.ory.sh/docs/reference/api#tag/identity/operation/getIdentityByExternalID">getIdentityByExternalID</a>,
	 * Kratos 25.4 and later
	 */
	default Optional<Identity> findByExternalId(String externalId) {
		try {
			return Optional.of(getIdentityByExternalID(externalId));
		}
		catch (KratosNotFoundException ex) {
			// Another 404 may come from a gateway.
			if (!ex.isAbsent()) {
				throw ex;
			}
			return Optional.empty();
		}
	}

	/**
	 * Reads <strong>every identity</strong>, page by page, to find the identities with a
	 * trait: Kratos cannot search for traits. If the identities sign in with the trait,
	 * use {@link #findByCredentialsIdentifier(String)}, which reads only one.
	 * @param value the value of the trait, compared as JSON: upper and lower case differ,
	 * and a number must have the same notation
	 * @param path the names of the fields that lead to the trait
	 * @return a lazy stream of the identities with the trait, which reads as
	 * {@link #streamIdentities(ListIdentities)} does
	 * @throws IllegalArgumentException if the path is empty, or the value cannot be
	 * written as JSON
	 */
	default Stream<Identity> scanAllIdentitiesByTrait(Object value, String... path) {
		if (path.length == 0) {
			throw new IllegalArgumentException("The path to the trait is empty: name its fields");
		}
		// Parsed again: a number from Java does not equal the same number in a response.
		JsonNode json = KratosJson.mapper()
			.readTree(KratosJson.mapper().writeValueAsBytes(ValueMapper.DEFAULT.write(value, "value")));
		return streamIdentities(ListIdentities.builder().pageSize(500).build())
			.filter((identity) -> json.equals(Stream.of(path).reduce(identity.traits(), JsonNode::path, (a, b) -> b)));
	}

	/**
	 * Streams all identities, in pages of 250.
	 * @return a lazy, sequential stream that holds one page at a time
	 * @see #streamIdentities(ListIdentities)
	 */
	default Stream<Identity> streamIdentities() {
		return streamIdentities(ListIdentities.builder().build());
	}

	/**
	 * Streams identities. Each page is requested when the stream reaches it. If that
	 * fails, the terminal operation throws the exception. No more pages are requested
	 * when the terminal operation ends early or the stream is closed.
	 * @param query the filters, the first page and the size of all pages
	 * @return a lazy, sequential stream that holds one page at a time
	 */
	default Stream<Identity> streamIdentities(ListIdentities query) {
		return PageStream.of("listIdentities", (token) -> listIdentities(query.at(token)), query.pageToken());
	}

	/**
	 * Streams identities as {@link #streamIdentities(ListIdentities)} does, with
	 * read-ahead: another thread requests the next page while you read the current one.
	 * If an {@linkplain io.github.kratosadmin.KratosAdminBuilder#executor executor} has
	 * not started this when you need the page, your thread requests it. The bearer token
	 * is requested in the thread that reads the stream. Close the stream if you leave it
	 * early: this ends the running request.
	 * @param query the filters, the first page and the size of all pages
	 * @return a lazy, sequential stream that holds two pages at a time
	 */
	default Stream<Identity> streamIdentitiesAhead(ListIdentities query) {
		return PageStream.prefetching("listIdentities", (token) -> listIdentities(query.at(token)), query.pageToken());
	}

	/**
	 * Replaces an identity with one PUT. Missing fields are deleted, except the schema,
	 * the state and the credentials. To keep the fields, start from
	 * {@link UpdateIdentity#from(Identity)}. Changes made since that identity was read
	 * are overwritten, even those of this client.
	 * {@link #updateIdentity(String, Function)} also reads the identity, and detects
	 * changes by others.
	 * @param id the id of the identity
	 * @param identity the new content of the identity
	 * @return the identity as Kratos stored it
	 * @throws io.github.kratosadmin.error.KratosBadRequestException if the traits do not
	 * match the schema, or the schema does not exist
	 * @throws io.github.kratosadmin.error.KratosConflictException if another identity has
	 * the same identifier or address
	 * @throws io.github.kratosadmin.error.KratosNotFoundException if there is no identity
	 * with this id
	 * @see <a href=
	 * "https://www.ory.sh/docs/reference/api#tag/identity/operation/updateIdentity">updateIdentity</a>
	 */
	@PutMapping(path = "/identities/{id}", consumes = "application/json", produces = "application/json")
	@OneAtATime
	Identity updateIdentity(@PathVariable("id") String id, @RequestBody UpdateIdentity identity);

	/**
	 * Reads an identity, changes it, and writes it with
	 * {@link #updateIdentity(String, UpdateIdentity)}. One
	 * {@link io.github.kratosadmin.KratosAdmin} makes one change of an identity at a
	 * time: both forms of this method, {@link #patchIdentity} and
	 * {@link #deleteIdentityCredentials} wait for each other, at most for the call
	 * timeout. As this method reads the identity itself, it overwrites no change of this
	 * client.
	 * <p>
	 * Kratos has neither locks nor conditional updates. This method therefore reads the
	 * identity again immediately before the write, and writes nothing if it has changed
	 * since the first read. A change by others between this read and the write is
	 * overwritten, except of the state, which is sent only if it is changed here.
	 *
	 * <pre class="code">
	 * identities.updateIdentity(id, (identity) -&gt; UpdateIdentity.from(identity).metadataAdmin(note).build());
	 * </pre>
	 * @param id the id of the identity
	 * @param change a function from the current identity to the update. Start from
	 * {@link UpdateIdentity#from(Identity)}, so that no fields are deleted. The function
	 * gets its own copy of the identity, and changes that it makes to the JSON trees of
	 * this copy are written. It may change other identities, but not the same one again
	 * @return the identity as Kratos stored it
	 * @throws io.github.kratosadmin.error.KratosIdentityChangedException if the identity
	 * was changed in the meantime: nothing was written
	 * @throws io.github.kratosadmin.error.KratosUnavailableException if Kratos cannot be
	 * reached, or another change of the identity by this client does not end in time
	 * @throws io.github.kratosadmin.error.KratosBadRequestException if the traits do not
	 * match the schema, or the schema does not exist
	 * @throws io.github.kratosadmin.error.KratosConflictException if another identity has
	 * the same identifier or address
	 * @throws io.github.kratosadmin.error.KratosNotFoundException if there is no identity
	 * with this id
	 * @see <a href=
	 * "https://www.ory.sh/docs/reference/api#tag/identity/operation/updateIdentity">updateIdentity</a>
	 */
	@OneAtATime
	default Identity updateIdentity(String id, Function<Identity, UpdateIdentity> change) {
		Identity before = getIdentity(id);
		UpdateIdentity update = KratosJson.required(change.apply(before.copy()), "the update that the change returns");
		if (!getIdentity(id).equals(before)) {
			throw new KratosIdentityChangedException("updateIdentity", id);
		}
		boolean sameState = update.state() != null && update.state().equals(before.state());
		return updateIdentity(id, sameState ? update.withoutState() : update);
	}

	/**
	 * Changes fields of an identity. Other fields stay the same. Kratos reads the
	 * identity, applies the patch and writes the result without a lock: if another client
	 * makes a change at the same moment, one of the two may be lost although both
	 * succeed. One {@link io.github.kratosadmin.KratosAdmin} makes one change of an
	 * identity at a time.
	 * @param id the id of the identity
	 * @param patch the changes, of which Kratos makes all or none
	 * @return the identity as Kratos stored it
	 * @throws io.github.kratosadmin.error.KratosBadRequestException if the patch cannot
	 * be applied, or the resulting traits do not match the schema
	 * @throws io.github.kratosadmin.error.KratosConflictException if another identity has
	 * the same identifier or address
	 * @throws io.github.kratosadmin.error.KratosNotFoundException if there is no identity
	 * with this id
	 * @see <a href=
	 * "https://www.ory.sh/docs/reference/api#tag/identity/operation/patchIdentity">patchIdentity</a>
	 */
	@PatchMapping(path = "/identities/{id}", consumes = "application/json", produces = "application/json")
	@OneAtATime
	@SinceKratos("0.11")
	Identity patchIdentity(@PathVariable("id") String id,
			@SinceKratos(value = "25.4", patchPath = "/external_id", ignoredBefore = true) @SinceKratos(value = "25.4",
					patchPath = "/organization_id", ignoredBefore = true) @SinceKratos(value = "after 26.2",
							patchPath = "/region", ignoredBefore = true) @RequestBody JsonPatch patch);

	/**
	 * Creates identities with one request. A successful call does not mean that the
	 * identities were created: each may have failed. Up to Kratos 1.2, the call fails if
	 * one identity fails, and none is created. The same applies to a conflict in Kratos
	 * 1.3, and on MySQL and MariaDB in every version.
	 * <p>
	 * After a conflict, Kratos 1.3 reports the other identities as created, with ids that
	 * do not exist. If the server is known to be Kratos 1.3, the client looks up at most
	 * ten of these ids, and throws the conflict if none exists. If the version cannot be
	 * read, the client looks them up too, and returns the results if all exist. Results
	 * of any other version are returned unchanged. To import any number of identities
	 * with every version, use {@code importIdentities} of {@code KratosAdmin}.
	 * @param identities the identities to create
	 * @return a result for each identity
	 * @throws io.github.kratosadmin.error.KratosBadRequestException if there are too many
	 * identities, or one cannot be read: none is created
	 * @throws io.github.kratosadmin.error.KratosConflictException if an identity with the
	 * same identifier or address exists, up to Kratos 1.3, and later on MySQL and
	 * MariaDB: none is created
	 * @throws io.github.kratosadmin.error.KratosUnreadableResponseException if there is a
	 * conflict, and it is not known whether the other identities were created: the
	 * version of the server cannot be read, or it is or was 1.3, and some of the
	 * identities do not exist. Check which identities exist before you send the batch
	 * again
	 * @see <a href=
	 * "https://www.ory.sh/docs/reference/api#tag/identity/operation/batchPatchIdentities">batchPatchIdentities</a>
	 */
	@PatchMapping(path = "/identities", consumes = "application/json", produces = "application/json")
	@SinceKratos("0.13")
	BatchPatchIdentitiesResult batchPatchIdentities(@RequestBody BatchPatchIdentities identities);

	/**
	 * Deletes credentials of an identity. The version determines the types that can be
	 * deleted: accounts with providers since Kratos 1.3, a password since 25.4.
	 * @param id the id of the identity
	 * @param type the type of the credentials
	 * @param identifier the account to delete, for {@code oidc} and {@code saml}: the
	 * provider and the subject, such as {@code github:4711}; {@code null} for other types
	 * @throws io.github.kratosadmin.error.KratosBadRequestException if the identity could
	 * not sign in without them
	 * @throws io.github.kratosadmin.error.KratosNotFoundException if there is no identity
	 * with this id, or it has no such credentials
	 * @see <a href=
	 * "https://www.ory.sh/docs/reference/api#tag/identity/operation/deleteIdentityCredentials">deleteIdentityCredentials</a>
	 */
	@DeleteMapping(path = "/identities/{id}/credentials/{type}", produces = "application/json")
	@OneAtATime
	@SinceKratos("0.13")
	void deleteIdentityCredentials(@PathVariable("id") String id, @PathVariable("type") CredentialsType type,
			@RequestParam(name = "identifier", required = false) @Nullable String identifier);

	/**
	 * Deletes an identity permanently, with its credentials and sessions.
	 * @param id the id of the identity
	 * @throws io.github.kratosadmin.error.KratosNotFoundException if there is no identity
	 * with this id
	 * @see <a href=
	 * "https://www.ory.sh/docs/reference/api#tag/identity/operation/deleteIdentity">deleteIdentity</a>
	 */
	@DeleteMapping(path = "/identities/{id}", produces = "application/json")
	void deleteIdentity(@PathVariable("id") String id);

}
