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
 * Creates, reads, changes and deletes identities. A method that names no version works
 * with Kratos 0.6 and later.
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
	 * "https://www.ory.sh/docs/reference/api#tag/identity/operation/createIdentity">createIdentity</a>
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
	 * "https://www.ory.sh/docs/reference/api#tag/identity/operation/getIdentity">getIdentity</a>
	 */
	default Identity getIdentity(String id) {
		return getIdentity(id, null);
	}

	/**
	 * Reads an identity with secrets of its credentials, such as password hashes and
	 * providers' tokens.
	 * @param id the identity's id
	 * @param includeCredential the types of credentials, or {@code null} for no secrets;
	 * since Kratos 0.8, which up to 0.13 knows {@code oidc} alone
	 * @return the identity
	 * @throws io.github.kratosadmin.error.KratosBadRequestException if Kratos does not
	 * know a type
	 * @throws io.github.kratosadmin.error.KratosNotFoundException if there is none with
	 * this id
	 * @see <a href=
	 * "https://www.ory.sh/docs/reference/api#tag/identity/operation/getIdentity">getIdentity</a>
	 */
	@GetMapping(path = "/identities/{id}", produces = "application/json")
	Identity getIdentity(@PathVariable("id") String id, @SinceKratos("0.8") @RequestParam(name = "include_credential",
			required = false) @Nullable List<CredentialsType> includeCredential);

	/**
	 * Reads an identity by its id in another system.
	 * @param externalId the identity's external id
	 * @return the identity
	 * @throws io.github.kratosadmin.error.KratosNotFoundException if there is none with
	 * this external id, letter for letter; {@link #findByExternalId(String)} returns an
	 * {@code Optional} instead. On MySQL and MariaDB Kratos takes ids for the same that
	 * differ in case, accents or trailing spaces, so that such an id cannot be created
	 * @see <a href=
	 * "https://www.ory.sh/docs/reference/api#tag/identity/operation/getIdentityByExternalID">getIdentityByExternalID</a>
	 */
	@SinceKratos("25.4")
	default Identity getIdentityByExternalID(String externalId) {
		return getIdentityByExternalID(externalId, null);
	}

	/**
	 * Reads an identity by its id in another system, with secrets of its credentials,
	 * such as password hashes and providers' tokens.
	 * @param externalId the identity's external id
	 * @param includeCredential the types of credentials, or {@code null} for no secrets
	 * @return the identity
	 * @throws io.github.kratosadmin.error.KratosBadRequestException if Kratos does not
	 * know a type
	 * @throws io.github.kratosadmin.error.KratosNotFoundException if there is none with
	 * this external id, letter for letter. On MySQL and MariaDB Kratos takes ids for the
	 * same that differ in case, accents or trailing spaces, so that such an id cannot be
	 * created
	 * @see <a href=
	 * "https://www.ory.sh/docs/reference/api#tag/identity/operation/getIdentityByExternalID">getIdentityByExternalID</a>
	 */
	@GetMapping(path = "/identities/by/external/{externalID}", produces = "application/json")
	@SinceKratos("25.4")
	Identity getIdentityByExternalID(@PathVariable("externalID") String externalId,
			@RequestParam(name = "include_credential",
					required = false) @Nullable List<CredentialsType> includeCredential);

	/**
	 * Lists identities, a page at a time. Whatever the version, page after page has every
	 * identity once; one that is created or deleted meanwhile may or may not be among
	 * them, and the others are not affected.
	 * @param query which identities, which page, of what size
	 * @return the page
	 * @throws IllegalArgumentException if the server is Kratos 1.1 or 1.2, and the page
	 * token is none that it gives: the page would seem to be empty
	 * @throws io.github.kratosadmin.error.KratosUnreadableResponseException if there are
	 * identities on the page that the query does not ask for
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
	 * Finds the identity that signs in with something, such as an e-mail address: the
	 * list of those that do, with one identity at most. If the identity does not carry
	 * what was asked for letter for letter, as where Kratos writes a phone number in
	 * another way, the server is asked whether it knows the filter.
	 * @param identifier what the identity signs in with, as Kratos understands it: in
	 * upper or lower case, and after Kratos 26.2 a phone number in any notation with the
	 * country; of an account with a provider, which Kratos finds from 1.1 on, the
	 * provider and the subject as they are, as in {@code github:4711}
	 * @return the identity, with its credentials but no secrets; empty if there is none
	 * @throws IllegalStateException if there are several, each with another type of
	 * credentials; the message names their ids
	 * @throws io.github.kratosadmin.error.KratosUnreadableResponseException if the server
	 * has ignored the filter
	 * @throws io.github.kratosadmin.error.KratosUnsupportedException if the server is too
	 * old: {@link #scanAllIdentitiesByTrait} finds it there, by reading everybody
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
	 * Finds the identity with an id in another system, letter for letter. On MySQL and
	 * MariaDB Kratos compares these ids without case, accents and trailing spaces: where
	 * there is none with {@code abc}, but one with {@code AbC}, the result is empty, and
	 * another one with {@code abc} cannot be created.
	 * @param externalId the external id
	 * @return the identity, empty if there is none
	 * @throws KratosNotFoundException for a 404 that Kratos does not send for that, such
	 * as a gateway's
	 * @see <a href=
	 * "https://www.ory.sh/docs/reference/api#tag/identity/operation/getIdentityByExternalID">getIdentityByExternalID</a>,
	 * Kratos 25.4 and later
	 */
	default Optional<Identity> findByExternalId(String externalId) {
		try {
			return Optional.of(getIdentityByExternalID(externalId));
		}
		catch (KratosNotFoundException ex) {
			// Another 404 may be a gateway's.
			if (!ex.isAbsent()) {
				throw ex;
			}
			return Optional.empty();
		}
	}

	/**
	 * Reads <strong>every identity</strong>, page after page, for those with a trait:
	 * Kratos cannot look for traits. Where the identities sign in with it,
	 * {@link #findByCredentialsIdentifier(String)} takes one call.
	 * @param value the trait's value, compared as JSON: in this case, and a number as it
	 * is written
	 * @param path the names of the fields on the way to the trait
	 * @return a lazy stream of the identities with the trait, as
	 * {@link #streamIdentities(ListIdentities)} reads them
	 * @throws IllegalArgumentException if the path is empty, or the value cannot be
	 * written as JSON
	 */
	default Stream<Identity> scanAllIdentitiesByTrait(Object value, String... path) {
		if (path.length == 0) {
			throw new IllegalArgumentException("The path to the trait is empty: name its fields");
		}
		// Read again, as a number of Java's is not equal to the same number of an answer.
		JsonNode json = KratosJson.mapper()
			.readTree(KratosJson.mapper().writeValueAsBytes(KratosJson.write(value, "value")));
		return streamIdentities(ListIdentities.builder().pageSize(500).build())
			.filter((identity) -> json.equals(Stream.of(path).reduce(identity.traits(), JsonNode::path, (a, b) -> b)));
	}

	/**
	 * Streams all identities, a page of 250 at a time.
	 * @return the stream, sequential, holding one page at a time
	 * @see #streamIdentities(ListIdentities)
	 */
	default Stream<Identity> streamIdentities() {
		return streamIdentities(ListIdentities.builder().build());
	}

	/**
	 * Streams identities lazily. Each page is requested when the stream gets to it. An
	 * error fails the terminal operation of the stream. After the stream is left or
	 * closed, no page is requested.
	 * @param query which identities, the size of the pages, and where to start
	 * @return the stream, sequential, holding one page at a time
	 */
	default Stream<Identity> streamIdentities(ListIdentities query) {
		return PageStream.of("listIdentities", (token) -> listIdentities(query.at(token)), query.pageToken());
	}

	/**
	 * Streams identities as {@link #streamIdentities(ListIdentities)} does, with
	 * read-ahead: another thread requests the next page while you read the current one.
	 * The bearer token is requested in the thread that reads the stream. Close the stream
	 * if you leave it early: this ends the request under way.
	 * @param query which identities, the size of the pages, and where to start
	 * @return the stream, sequential, holding two pages at a time
	 */
	default Stream<Identity> streamIdentitiesAhead(ListIdentities query) {
		return PageStream.prefetching("listIdentities", (token) -> listIdentities(query.at(token)), query.pageToken());
	}

	/**
	 * Replaces an identity with one PUT. Fields missing from the update are deleted,
	 * except the credentials: start from {@link UpdateIdentity#from(Identity)} to keep
	 * them. {@link #updateIdentity(String, Function)} also reads the identity, and
	 * detects changes by others.
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
	 * "https://www.ory.sh/docs/reference/api#tag/identity/operation/updateIdentity">updateIdentity</a>
	 */
	@PutMapping(path = "/identities/{id}", consumes = "application/json", produces = "application/json")
	@OneAtATime
	Identity updateIdentity(@PathVariable("id") String id, @RequestBody UpdateIdentity identity);

	/**
	 * Reads an identity, changes it, and writes it with
	 * {@link #updateIdentity(String, UpdateIdentity)}. Changes of one identity through
	 * one {@link io.github.kratosadmin.KratosAdmin} are made one after another: this
	 * method, {@link #updateIdentity}, {@link #patchIdentity} and
	 * {@link #deleteIdentityCredentials} wait for each other, for as long as a call may
	 * take, and none of them is lost.
	 * <p>
	 * Kratos has no lock and no way to write only what is unchanged. So a change by
	 * another client, or by the identity's owner, is lost if Kratos makes it at the very
	 * moment of the write: the identity is read again right before it is written, and not
	 * written if it has changed since it was first read, but a change after that is
	 * overwritten; except one of the state, which is sent only if it is changed here.
	 *
	 * <pre class="code">
	 * identities.updateIdentity(id, (identity) -&gt; UpdateIdentity.from(identity).metadataAdmin(note).build());
	 * </pre>
	 * @param id the identity's id
	 * @param change makes the update of the identity as it is, from
	 * {@link UpdateIdentity#from(Identity)} so that nothing is wiped. The identity is the
	 * function's own: JSON trees that it changes in place are written as changed. It may
	 * change other identities, but not the same one again
	 * @return the identity as Kratos stored it
	 * @throws io.github.kratosadmin.error.KratosIdentityChangedException if somebody else
	 * has changed it: nothing was written
	 * @throws io.github.kratosadmin.error.KratosUnavailableException if Kratos cannot be
	 * reached, or another change of the identity by this client is not done in time
	 * @throws io.github.kratosadmin.error.KratosBadRequestException if the traits do not
	 * fit the schema, or there is no such schema
	 * @throws io.github.kratosadmin.error.KratosConflictException if another identity has
	 * the same identifier or address
	 * @throws io.github.kratosadmin.error.KratosNotFoundException if there is none with
	 * this id
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
	 * Changes an identity; what the patch does not name stays. Kratos reads the identity,
	 * applies the patch and writes the result, without a lock: a change by another client
	 * at the same moment may be lost, or this one, although both succeed. Changes through
	 * one {@link io.github.kratosadmin.KratosAdmin} are made one after another.
	 * @param id the identity's id
	 * @param patch the changes, all or none of which are made
	 * @return the identity as Kratos stored it
	 * @throws io.github.kratosadmin.error.KratosBadRequestException if the patch cannot
	 * be applied, or the traits do not fit the schema afterwards
	 * @throws io.github.kratosadmin.error.KratosConflictException if another identity has
	 * the same identifier or address
	 * @throws io.github.kratosadmin.error.KratosNotFoundException if there is none with
	 * this id
	 * @see <a href=
	 * "https://www.ory.sh/docs/reference/api#tag/identity/operation/patchIdentity">patchIdentity</a>
	 */
	@PatchMapping(path = "/identities/{id}", consumes = "application/json", produces = "application/json")
	@OneAtATime
	@SinceKratos("0.11")
	Identity patchIdentity(@PathVariable("id") String id,
			@SinceKratos(value = "25.4", patchPath = "/external_id", ignoredBefore = true) @SinceKratos(value = "25.4",
					patchPath = "/organization_id", ignoredBefore = true) @RequestBody JsonPatch patch);

	/**
	 * Creates identities with one call. That it succeeds does not say that they were
	 * created: each may have failed. Up to Kratos 1.2 one that fails fails the call, and
	 * none is created. A conflict does so in 1.3 too, and on MySQL and MariaDB in every
	 * version.
	 * <p>
	 * Kratos 1.3 reports the others as created after a conflict, with ids that do not
	 * exist. Where the server is known to be 1.3 the client looks for up to ten of them,
	 * and throws the conflict if none exists. Where the version cannot be read it looks
	 * for them too, and returns the results if all exist. Those of any other version it
	 * returns as they are. For any number of identities and every version there is an
	 * import, {@code importIdentities} of {@code KratosAdmin}.
	 * @param identities what to create
	 * @return what became of each
	 * @throws io.github.kratosadmin.error.KratosBadRequestException if there are too
	 * many, or one cannot be read: none is created
	 * @throws io.github.kratosadmin.error.KratosConflictException if an identity with the
	 * same identifier or address exists, up to Kratos 1.3, and later on MySQL and
	 * MariaDB: none is created
	 * @throws io.github.kratosadmin.error.KratosUnreadableResponseException if there is a
	 * conflict, and it cannot be known whether the others were created: the version of
	 * the server cannot be read, or it is, or was, 1.3, and some of them are not there.
	 * Do not send the batch again without looking
	 * @see <a href=
	 * "https://www.ory.sh/docs/reference/api#tag/identity/operation/batchPatchIdentities">batchPatchIdentities</a>
	 */
	@PatchMapping(path = "/identities", consumes = "application/json", produces = "application/json")
	@SinceKratos("0.13")
	BatchPatchIdentitiesResult batchPatchIdentities(@RequestBody BatchPatchIdentities identities);

	/**
	 * Deletes credentials of an identity. Which there are to delete depends on the
	 * version: accounts with providers from 1.3 on, a password from 25.4 on.
	 * @param id the identity's id
	 * @param type the type of the credentials
	 * @param identifier which of several to delete, for {@code oidc} and {@code saml}:
	 * the provider and the subject, as in {@code github:4711}; {@code null} for others
	 * @throws io.github.kratosadmin.error.KratosBadRequestException if the identity could
	 * not sign in without them
	 * @throws io.github.kratosadmin.error.KratosNotFoundException if there is no such
	 * identity, or it has no such credentials
	 * @see <a href=
	 * "https://www.ory.sh/docs/reference/api#tag/identity/operation/deleteIdentityCredentials">deleteIdentityCredentials</a>
	 */
	@DeleteMapping(path = "/identities/{id}/credentials/{type}", produces = "application/json")
	@OneAtATime
	@SinceKratos("0.13")
	void deleteIdentityCredentials(@PathVariable("id") String id, @PathVariable("type") CredentialsType type,
			@RequestParam(name = "identifier", required = false) @Nullable String identifier);

	/**
	 * Deletes an identity for good, with its credentials and sessions.
	 * @param id the identity's id
	 * @throws io.github.kratosadmin.error.KratosNotFoundException if there is none with
	 * this id
	 * @see <a href=
	 * "https://www.ory.sh/docs/reference/api#tag/identity/operation/deleteIdentity">deleteIdentity</a>
	 */
	@DeleteMapping(path = "/identities/{id}", produces = "application/json")
	void deleteIdentity(@PathVariable("id") String id);

}
