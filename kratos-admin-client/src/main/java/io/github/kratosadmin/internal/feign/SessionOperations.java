package io.github.kratosadmin.internal.feign;

import java.util.List;

import io.github.kratosadmin.internal.operation.Paged;
import io.github.kratosadmin.internal.operation.Paging;
import io.github.kratosadmin.internal.operation.UuidPageToken;
import io.github.kratosadmin.internal.paging.PageToken;
import io.github.kratosadmin.paging.Page;
import io.github.kratosadmin.session.ListIdentitySessions;
import io.github.kratosadmin.session.ListSessions;
import io.github.kratosadmin.session.Session;
import io.github.kratosadmin.session.SessionApi;
import io.github.kratosadmin.session.SessionExpand;
import org.jspecify.annotations.Nullable;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * The operations on sessions, including the lists with the parameters of Kratos.
 */
public interface SessionOperations extends SessionApi {

	/**
	 * Lists the sessions of all identities with the parameters of Kratos.
	 * @param pageSize the size of the page, 250 by default, 1000 at most
	 * @param pageToken the token of the page, issued by Kratos
	 * @param active {@code true} for active sessions, {@code false} for sessions that
	 * have ended
	 * @param expand the parts to read with each session
	 * @return the page
	 * @see <a href=
	 * "https://www.ory.sh/docs/reference/api#tag/identity/operation/listSessions">listSessions</a>
	 */
	@GetMapping(path = "/sessions", produces = "application/json")
	@Paged(Paging.SESSIONS)
	Page<Session> listSessions(@RequestParam(name = "page_size", required = false) @Nullable Integer pageSize,
			@UuidPageToken(from = "0.11", to = "1.0") @RequestParam(name = "page_token",
					required = false) @Nullable String pageToken,
			@RequestParam(name = "active", required = false) @Nullable Boolean active,
			@RequestParam(name = "expand", required = false) @Nullable List<SessionExpand> expand);

	@Override
	default Page<Session> listSessions(ListSessions query) {
		return listSessions(query.pageSize(), PageToken.parseServerToken(query.pageToken()), query.active(),
				query.expand());
	}

	/**
	 * Lists the sessions of an identity with the parameters that every version supports.
	 * Newer versions also support {@code page_size} and {@code page_token}, but their
	 * tokens repeat the first page and skip the last.
	 * @param identityId the id of the identity
	 * @param perPage the size of the page, 250 by default, 1000 at most
	 * @param page the number of the page, starting at 1
	 * @param active {@code true} for active sessions, {@code false} for sessions that
	 * have ended
	 * @return the page
	 * @see <a href=
	 * "https://www.ory.sh/docs/reference/api#tag/identity/operation/listIdentitySessions">listIdentitySessions</a>
	 */
	@GetMapping(path = "/identities/{id}/sessions", produces = "application/json")
	@Paged(Paging.IDENTITY_SESSIONS)
	Page<Session> listIdentitySessions(@PathVariable("id") String identityId,
			@RequestParam(name = "per_page", required = false) @Nullable Integer perPage,
			@RequestParam(name = "page", required = false) @Nullable Integer page,
			@RequestParam(name = "active", required = false) @Nullable Boolean active);

	@Override
	default Page<Session> listIdentitySessions(String identityId, ListIdentitySessions query) {
		return listIdentitySessions(identityId, query.pageSize(), PageToken.parsePage(query.pageToken()),
				query.active());
	}

}
