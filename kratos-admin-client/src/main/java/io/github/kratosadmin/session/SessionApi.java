package io.github.kratosadmin.session;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.github.kratosadmin.internal.paging.PageStream;
import io.github.kratosadmin.paging.Page;
import io.github.kratosadmin.version.SinceKratos;
import org.jspecify.annotations.Nullable;

import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
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
	 * Lists the sessions of all identities, a page at a time. Page after page has every
	 * session once; one that begins or is deleted meanwhile may or may not be among them,
	 * and the others are not affected. To a page token that it did not give Kratos 1.1
	 * and 1.2 answers with the first page.
	 * @param query which sessions, which page, of what size
	 * @return the page
	 * @throws IllegalArgumentException if the server is Kratos 0.11 to 1.0, and the page
	 * token is none that it gives: the page would seem to be empty
	 * @throws io.github.kratosadmin.error.KratosBadRequestException if Kratos does not
	 * know what to expand
	 * @see <a href=
	 * "https://www.ory.sh/docs/reference/api#tag/identity/operation/listSessions">listSessions</a>,
	 * Kratos 0.11 and later
	 */
	@SinceKratos("0.11")
	Page<Session> listSessions(ListSessions query);

	/**
	 * Lists the first page of all sessions, 250 at most.
	 * @return the page
	 * @see #listSessions(ListSessions)
	 */
	@SinceKratos("0.11")
	default Page<Session> listSessions() {
		return listSessions(ListSessions.builder().build());
	}

	/**
	 * A lazy stream over the sessions of all identities, which asks for a page when it
	 * gets to it: a failed call fails the stream's terminal operation. A stream that is
	 * left early or closed asks for no more.
	 * @param query which sessions, the size of the pages, and where to start
	 * @return the stream, sequential, holding one page at a time
	 */
	default Stream<Session> streamSessions(ListSessions query) {
		return PageStream.of("listSessions", (token) -> listSessions(query.at(token)), query.pageToken());
	}

	/**
	 * Reads a session, without its identity.
	 * @param id the session's id
	 * @return the session
	 * @throws io.github.kratosadmin.error.KratosBadRequestException if the id is no UUID
	 * @throws io.github.kratosadmin.error.KratosNotFoundException if there is none with
	 * this id
	 * @see <a href=
	 * "https://www.ory.sh/docs/reference/api#tag/identity/operation/getSession">getSession</a>,
	 * Kratos 0.11 and later
	 */
	default Session getSession(String id) {
		return getSession(id, null);
	}

	/**
	 * Reads a session.
	 * @param id the session's id
	 * @param expand what to read with it, or {@code null} for nothing
	 * @return the session
	 * @throws io.github.kratosadmin.error.KratosBadRequestException if the id is no UUID,
	 * or Kratos does not know what to expand
	 * @throws io.github.kratosadmin.error.KratosNotFoundException if there is none with
	 * this id
	 * @see <a href=
	 * "https://www.ory.sh/docs/reference/api#tag/identity/operation/getSession">getSession</a>,
	 * Kratos 0.11 and later
	 */
	@GetMapping(path = "/sessions/{id}", produces = "application/json")
	@SinceKratos("0.11")
	Session getSession(@PathVariable("id") String id,
			@RequestParam(name = "expand", required = false) @Nullable List<SessionExpand> expand);

	/**
	 * Ends a session: it can be read afterwards, but is not active. One that has ended
	 * already stays so.
	 * @param id the session's id
	 * @throws io.github.kratosadmin.error.KratosBadRequestException if the id is no UUID
	 * @throws io.github.kratosadmin.error.KratosNotFoundException if there is none with
	 * this id
	 * @see <a href=
	 * "https://www.ory.sh/docs/reference/api#tag/identity/operation/disableSession">disableSession</a>,
	 * Kratos 0.11 and later
	 */
	@DeleteMapping(path = "/sessions/{id}", produces = "application/json")
	@SinceKratos("0.11")
	void disableSession(@PathVariable("id") String id);

	/**
	 * Extends a session by the lifespan that Kratos is configured with, if it is late
	 * enough for that: {@code session.earliest_possible_extend} says when it is. A
	 * session that has ended does not become active again.
	 * @param id the session's id
	 * @return the session as it is now; empty where Kratos (since 1.3) is configured with
	 * {@code feature_flags.faster_session_extend}, and does not tell: the response is
	 * 204, of which some gateways make a 200 with an empty object or nothing
	 * @throws io.github.kratosadmin.error.KratosBadRequestException if the id is no UUID
	 * @throws io.github.kratosadmin.error.KratosNotFoundException if there is none with
	 * this id
	 * @see <a href=
	 * "https://www.ory.sh/docs/reference/api#tag/identity/operation/extendSession">extendSession</a>,
	 * Kratos 0.10 and later
	 */
	@PatchMapping(path = "/sessions/{id}/extend", produces = "application/json")
	@SinceKratos("0.10")
	Optional<Session> extendSession(@PathVariable("id") String id);

	/**
	 * Lists the sessions of an identity, a page at a time. Whatever the version, page
	 * after page has every session once, as long as none begins or is deleted meanwhile:
	 * Kratos numbers these pages, so that one may be missed then, or be there twice. That
	 * cannot be where all fit in a page, which has 1000 of them unless the query says
	 * otherwise. With {@code active}, those that end meanwhile count as deleted.
	 * @param identityId the identity's id
	 * @param query which sessions, which page, of what size
	 * @return the page, with the identity and the devices of each session; empty if there
	 * is no such identity, but in Kratos 0.11.1
	 * @throws io.github.kratosadmin.error.KratosNotFoundException from Kratos 0.11.1, if
	 * there is no such identity
	 * @see <a href=
	 * "https://www.ory.sh/docs/reference/api#tag/identity/operation/listIdentitySessions">listIdentitySessions</a>,
	 * Kratos 0.9 and later
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
	 * A lazy stream over the sessions of an identity, which asks for a page when it gets
	 * to it: a failed call fails the stream's terminal operation. A stream that is left
	 * early or closed asks for no more.
	 * @param identityId the identity's id
	 * @param query which sessions, the size of the pages, and where to start
	 * @return the stream, sequential, holding one page at a time; what
	 * {@link #listIdentitySessions(String, ListIdentitySessions)} says of sessions that
	 * begin or end meanwhile holds here too
	 */
	default Stream<Session> streamIdentitySessions(String identityId, ListIdentitySessions query) {
		return PageStream.of("listIdentitySessions", (token) -> listIdentitySessions(identityId, query.at(token)),
				query.pageToken());
	}

	/**
	 * Deletes all sessions of an identity, however many.
	 * @param identityId the identity's id
	 * @throws io.github.kratosadmin.error.KratosNotFoundException if it has none, or
	 * there is no such identity
	 * @see <a href=
	 * "https://www.ory.sh/docs/reference/api#tag/identity/operation/deleteIdentitySessions">deleteIdentitySessions</a>,
	 * Kratos 0.8 and later
	 */
	@DeleteMapping(path = "/identities/{id}/sessions", produces = "application/json")
	@SinceKratos("0.8")
	void deleteIdentitySessions(@PathVariable("id") String identityId);

}
