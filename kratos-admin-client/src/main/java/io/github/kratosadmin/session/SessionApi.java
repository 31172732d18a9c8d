package io.github.kratosadmin.session;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.github.kratosadmin.internal.operation.OnNewConnection;
import io.github.kratosadmin.internal.operation.Uuids;
import io.github.kratosadmin.internal.paging.PageStream;
import io.github.kratosadmin.paging.Page;
import io.github.kratosadmin.version.SinceKratos;
import org.jspecify.annotations.Nullable;

import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Reads, extends and ends sessions.
 * <p>
 * Each method throws an {@link IllegalArgumentException} before anything is sent if an
 * argument is missing, blank, {@code .} or {@code ..}, and a
 * {@link io.github.kratosadmin.error.KratosException} if the call fails.
 */
public interface SessionApi {

	/**
	 * Lists a page of the sessions of all identities. All pages together have each
	 * session once. Sessions that begin or are deleted in the meantime may be missing.
	 * Kratos 1.1 and 1.2 respond with the first page to a page token that they did not
	 * issue.
	 * @param query the filters, the page and its size
	 * @return the page
	 * @throws IllegalArgumentException if the server is Kratos 0.11 to 1.0 and did not
	 * issue the page token: it would respond with an empty page
	 * @throws io.github.kratosadmin.error.KratosBadRequestException if Kratos does not
	 * support a value of {@code expand}
	 * @see <a href=
	 * "https://www.ory.sh/docs/reference/api#tag/identity/operation/listSessions">listSessions</a>
	 */
	@SinceKratos("0.11")
	Page<Session> listSessions(ListSessions query);

	/**
	 * Lists the first page of the sessions of all identities, 250 at most.
	 * @return the page
	 * @see #listSessions(ListSessions)
	 */
	@SinceKratos("0.11")
	default Page<Session> listSessions() {
		return listSessions(ListSessions.builder().build());
	}

	/**
	 * Streams the sessions of all identities. Each page is requested when the stream
	 * reaches it. If that fails, the terminal operation throws the exception. Close the
	 * stream after use: no more pages are requested.
	 * @param query the filters, the first page and the size of all pages
	 * @return a lazy, sequential stream that holds one page at a time
	 * @see #listSessions(ListSessions)
	 */
	@SinceKratos("0.11")
	default Stream<Session> streamSessions(ListSessions query) {
		return PageStream.of("listSessions", (token) -> listSessions(query.at(token)), query.pageToken());
	}

	/**
	 * Streams the sessions of all identities, in pages of 250.
	 * @return a lazy, sequential stream that holds one page at a time
	 * @see #streamSessions(ListSessions)
	 */
	@SinceKratos("0.11")
	default Stream<Session> streamSessions() {
		return streamSessions(ListSessions.builder().build());
	}

	/**
	 * Reads a session without its identity and devices.
	 * @param id the id of the session
	 * @return the session
	 * @see #getSession(String, List)
	 */
	@SinceKratos("0.11")
	default Session getSession(String id) {
		return getSession(id, null);
	}

	/**
	 * Reads a session.
	 * @param id the id of the session
	 * @param expand the parts to read with it, or {@code null} for none
	 * @return the session
	 * @throws io.github.kratosadmin.error.KratosBadRequestException if the id is not a
	 * UUID, or Kratos does not support a value of {@code expand}
	 * @throws io.github.kratosadmin.error.KratosNotFoundException if there is no session
	 * with this id
	 * @see <a href=
	 * "https://www.ory.sh/docs/reference/api#tag/identity/operation/getSession">getSession</a>
	 */
	@GetMapping(path = "/sessions/{id}", produces = "application/json")
	@SinceKratos("0.11")
	Session getSession(@PathVariable("id") String id,
			@RequestParam(name = "expand", required = false) @Nullable List<SessionExpand> expand);

	/**
	 * Ends a session. It can still be read, but is not active. Nothing happens if it has
	 * ended already.
	 * @param id the id of the session
	 * @throws io.github.kratosadmin.error.KratosBadRequestException if the id is not a
	 * UUID
	 * @throws io.github.kratosadmin.error.KratosNotFoundException if there is no session
	 * with this id
	 * @see <a href=
	 * "https://www.ory.sh/docs/reference/api#tag/identity/operation/disableSession">disableSession</a>
	 */
	@DeleteMapping(path = "/sessions/{id}", produces = "application/json")
	@SinceKratos("0.11")
	void disableSession(@PathVariable("id") String id);

	/**
	 * Extends a session by the lifespan in the configuration of Kratos. Kratos ignores
	 * the request before the time that it sets with
	 * {@code session.earliest_possible_extend}. A session that has ended does not become
	 * active again.
	 * @param id the id of the session
	 * @return the extended session; empty if Kratos 1.3 or later is configured with
	 * {@code feature_flags.faster_session_extend}. Kratos then responds with 204, and
	 * some gateways change that to 200 with an empty object or an empty body
	 * @throws io.github.kratosadmin.error.KratosBadRequestException if the id is not a
	 * UUID
	 * @throws io.github.kratosadmin.error.KratosNotFoundException if there is no session
	 * with this id
	 * @see <a href=
	 * "https://www.ory.sh/docs/reference/api#tag/identity/operation/extendSession">extendSession</a>
	 */
	@PatchMapping(path = "/sessions/{id}/extend", produces = "application/json")
	@SinceKratos("0.10")
	Optional<Session> extendSession(@PathVariable("id") String id);

	/**
	 * Lists a page of the sessions of an identity. All pages together have each session
	 * once, unless sessions begin or are deleted in the meantime: Kratos numbers these
	 * pages, so a session may then be missing or listed twice. With
	 * {@link ListIdentitySessions#active()}, this also applies if sessions end. If all
	 * sessions fit in one page (1000 by default), the page has each once.
	 * @param identityId the id of the identity
	 * @param query the filters, the page and its size
	 * @return the page, with the identity and the devices of each session; empty if there
	 * is no identity with this id, except on Kratos 0.11.1
	 * @throws io.github.kratosadmin.error.KratosNotFoundException on Kratos 0.11.1, if
	 * there is no identity with this id
	 * @see <a href=
	 * "https://www.ory.sh/docs/reference/api#tag/identity/operation/listIdentitySessions">listIdentitySessions</a>
	 */
	@SinceKratos("0.9")
	Page<Session> listIdentitySessions(String identityId, ListIdentitySessions query);

	/**
	 * Lists the first page of the sessions of an identity, 1000 at most.
	 * @param identityId the id of the identity
	 * @return the page
	 * @see #listIdentitySessions(String, ListIdentitySessions)
	 */
	@SinceKratos("0.9")
	default Page<Session> listIdentitySessions(String identityId) {
		return listIdentitySessions(identityId, ListIdentitySessions.builder().build());
	}

	/**
	 * Streams the sessions of an identity. Each page is requested when the stream reaches
	 * it. If that fails, the terminal operation throws the exception. Close the stream
	 * after use: no more pages are requested. A session may be missing or listed twice
	 * under the same conditions as with
	 * {@link #listIdentitySessions(String, ListIdentitySessions)}.
	 * @param identityId the id of the identity
	 * @param query the filters, the first page and the size of all pages
	 * @return a lazy, sequential stream that holds one page at a time
	 */
	@SinceKratos("0.9")
	default Stream<Session> streamIdentitySessions(String identityId, ListIdentitySessions query) {
		return PageStream.of("listIdentitySessions", (token) -> listIdentitySessions(identityId, query.at(token)),
				query.pageToken());
	}

	/**
	 * Streams the sessions of an identity, in pages of 1000.
	 * @param identityId the id of the identity
	 * @return a lazy, sequential stream that holds one page at a time
	 * @see #streamIdentitySessions(String, ListIdentitySessions)
	 */
	@SinceKratos("0.9")
	default Stream<Session> streamIdentitySessions(String identityId) {
		return streamIdentitySessions(identityId, ListIdentitySessions.builder().build());
	}

	/**
	 * Deletes all sessions of an identity.
	 * @param identityId the id of the identity
	 * @throws io.github.kratosadmin.error.KratosNotFoundException if there is no identity
	 * with this id, or it has no sessions
	 * @see <a href=
	 * "https://www.ory.sh/docs/reference/api#tag/identity/operation/deleteIdentitySessions">deleteIdentitySessions</a>
	 */
	@DeleteMapping(path = "/identities/{id}/sessions", produces = "application/json")
	@SinceKratos("0.8")
	void deleteIdentitySessions(@PathVariable("id") String identityId);

	/**
	 * Deletes all sessions of many identities. The client sends {@code manageSessions}
	 * with up to {@value ManageSessions#MAX_IDS} ids at a time. If the server does not
	 * have this operation (Kratos up to 26.2), it sends one request for each identity. An
	 * identity that does not exist or has no sessions is not a failure. After a failure,
	 * the sessions of the other identities are still deleted.
	 * @param identityIds the ids of the identities, any number; a repeated id counts once
	 * @throws IllegalArgumentException if an id is missing or not a UUID: nothing was
	 * sent
	 * @throws io.github.kratosadmin.error.KratosSessionsNotDeletedException if sessions
	 * of some identities may remain, with the failure for each
	 * @throws io.github.kratosadmin.error.KratosUnsupportedException if the server cannot
	 * delete sessions (Kratos up to 0.7): nothing was sent
	 */
	@SinceKratos("0.8")
	default void deleteIdentitySessions(Collection<String> identityIds) {
		new ManySessions(this).delete(Uuids.distinct(identityIds));
	}

	/**
	 * Ends or deletes many sessions: those of up to {@value ManageSessions#MAX_IDS}
	 * identities, up to {@value ManageSessions#MAX_IDS} sessions, or those of everybody.
	 * Ids that Kratos does not find have no effect. For everybody, Kratos processes up to
	 * 5000 sessions in one call, and then says that there may be {@code more}.
	 * @param request the sessions, and what to do with them
	 * @return the number of sessions that were processed, and whether there may be more
	 * @see <a href=
	 * "https://www.ory.sh/docs/reference/api#tag/identity/operation/manageSessions">manageSessions</a>
	 */
	@PostMapping(path = "/sessions", consumes = "application/json", produces = "application/json")
	@SinceKratos("after 26.2")
	@OnNewConnection
	ManageSessionsResult manageSessions(@RequestBody ManageSessions request);

	/**
	 * Ends or deletes the sessions of everybody: each user has to sign in again. Kratos
	 * processes up to 5000 sessions in one call. The client repeats the call while there
	 * may be more. As Kratos may miss sessions if others are deleted at the same time,
	 * the client stops only after a call that processed few. Sessions that begin in the
	 * meantime may stay active. A failed call is not retried. If the thread is
	 * interrupted, the running call fails.
	 * @param action what to do with the sessions
	 * @param confirmation the confirmation that this is intended
	 * @return the number of sessions that were processed; sessions that had ended before
	 * only count if they were deleted
	 * @throws io.github.kratosadmin.error.KratosSessionsDrainException if a call fails
	 * after others have processed sessions; it has their number. If the first call fails,
	 * the exception is that of the call
	 * @throws io.github.kratosadmin.error.KratosUnreadableResponseException if Kratos
	 * says that there are more sessions, but processes none
	 * @see #manageSessions(ManageSessions)
	 */
	@SinceKratos("after 26.2")
	default long drainSessions(ManageSessionsAction action, ManageSessions.Confirmation confirmation) {
		return new ManySessions(this).drain(ManageSessions.ofEverybody(action, confirmation));
	}

}
