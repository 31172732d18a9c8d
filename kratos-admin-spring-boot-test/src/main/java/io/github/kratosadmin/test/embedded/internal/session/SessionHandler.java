package io.github.kratosadmin.test.embedded.internal.session;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

import io.github.kratosadmin.test.embedded.KratosEra;
import io.github.kratosadmin.test.embedded.internal.http.AdminRequest;
import io.github.kratosadmin.test.embedded.internal.http.AdminResponse;
import io.github.kratosadmin.test.embedded.internal.http.ErrorResponseException;
import io.github.kratosadmin.test.embedded.internal.http.Query;
import io.github.kratosadmin.test.embedded.internal.http.Router;
import io.github.kratosadmin.test.embedded.internal.http.Urls;
import io.github.kratosadmin.test.embedded.internal.identity.IdentityStore;
import io.github.kratosadmin.test.embedded.internal.paging.NumberedPaging;
import io.github.kratosadmin.test.embedded.internal.paging.Pagination;
import io.github.kratosadmin.test.embedded.internal.paging.TokenPaging;
import io.github.kratosadmin.test.embedded.internal.text.Ids;
import io.github.kratosadmin.test.embedded.internal.text.Json;
import tools.jackson.databind.node.ArrayNode;

/**
 * Handles the requests for sessions.
 */
public final class SessionHandler {

	private static final Set<String> TRUE = Set.of("1", "t", "T", "true", "True", "TRUE");

	private static final Set<String> FALSE = Set.of("0", "f", "F", "false", "False", "FALSE");

	private final KratosEra era;

	private final SessionStore sessions;

	private final Urls urls;

	private final Clock clock;

	private final boolean extendsSilently;

	private final SessionJson json;

	private final TokenPaging<StoredSession> paging;

	private final SessionManagement management;

	/**
	 * Creates a handler.
	 * @param era the era
	 * @param sessions the sessions
	 * @param identities the identities
	 * @param urls the addresses
	 * @param clock the clock
	 * @param extendsSilently whether the response to an extension has no body
	 */
	public SessionHandler(KratosEra era, SessionStore sessions, IdentityStore identities, Urls urls, Clock clock,
			boolean extendsSilently) {
		this.era = era;
		this.sessions = sessions;
		this.urls = urls;
		this.clock = clock;
		this.extendsSilently = extendsSilently && SessionRules.extendsSessionsSilently(era);
		this.json = new SessionJson(era, identities, urls, clock);
		this.management = new SessionManagement(era, sessions);
		this.paging = new TokenPaging<>(era, "/admin/sessions", SessionRules.sortsSessionsById(era), false,
				Pagination.DEFAULT_PER_PAGE, Pagination.MAX_PER_PAGE,
				(reason) -> new ErrorResponseException(400, "could not parse parameter page_size"));
	}

	public void addRoutes(Router router) {
		if (!SessionRules.hasSessions(this.era)) {
			return;
		}
		router.add("PATCH", "/sessions/:id/extend", (request, id) -> extend(id))
			.add("GET", "/identities/:id/sessions", this::listOfIdentity)
			.add("DELETE", "/identities/:id/sessions", (request, id) -> deleteOfIdentity(id));
		if (SessionRules.listsAllSessions(this.era)) {
			router.add("GET", "/sessions", (request, none) -> list(request.query()))
				.add("GET", "/sessions/:id", (request, id) -> get(request.query(), id))
				.add("DELETE", "/sessions/:id", (request, id) -> disable(id));
		}
		else {
			// In these eras the paths are those of the caller's own sessions.
			router.add("GET", "/sessions", this::redirect).add("DELETE", "/sessions/:id", this::redirect);
		}
		if (SessionRules.managesSessions(this.era)) {
			router.add("POST", "/sessions", (request, none) -> this.management.manage(request));
		}
	}

	/**
	 * Adds the paths of the caller's own sessions. They are always refused, as there are
	 * no session cookies.
	 */
	public void addPublicRoutes(Router router) {
		if (SessionRules.hasSessions(this.era) && !SessionRules.listsAllSessions(this.era)) {
			router.add("GET", "/sessions", SessionHandler::refuse)
				.add("DELETE", "/sessions/:id", SessionHandler::refuse);
		}
	}

	private AdminResponse redirect(AdminRequest request, String id) {
		String query = request.uri().getRawQuery();
		return AdminResponse.redirect(request,
				this.urls.publicBase() + request.path() + ((query != null) ? "?" + query : ""));
	}

	private static AdminResponse refuse(AdminRequest request, String id) {
		throw new ErrorResponseException(401, "The request could not be authorized")
			.withReason("No valid session cookie found.");
	}

	private AdminResponse list(Query query) {
		Predicate<StoredSession> filter = filter(query);
		Set<String> expand = expand(query);
		TokenPaging.Page<StoredSession> page = this.paging.page(query,
				this.sessions.list().stream().filter(filter).toList());
		ArrayNode array = Json.array();
		page.items().forEach((session) -> array.add(this.json.listed(session, expand)));
		return page.toResponse(array, this.era);
	}

	private AdminResponse get(Query query, String id) {
		String parsed = parse(id);
		Set<String> expand = expand(query);
		return AdminResponse.ok(this.json.read(this.sessions.get(parsed), expand));
	}

	private AdminResponse disable(String id) {
		this.sessions.update(parse(id), StoredSession::disabled);
		return AdminResponse.noContent().withHeader("Content-Type", "application/json; charset=utf-8");
	}

	private AdminResponse extend(String id) {
		StoredSession session = this.sessions.update(parse(id),
				(existing) -> existing.expiringAt(this.clock.instant().plus(SessionStore.LIFESPAN)));
		return this.extendsSilently ? AdminResponse.noContent() : AdminResponse.ok(this.json.extended(session));
	}

	private AdminResponse listOfIdentity(AdminRequest request, String id) {
		String identityId = parse(id);
		Query query = request.query();
		List<StoredSession> matching = new ArrayList<>(this.sessions.list());
		matching.removeIf(filter(query).negate().or((session) -> !session.identityId().equals(identityId)));
		NumberedPaging paging = new NumberedPaging(this.era, query);
		if (!SessionRules.pagesIdentitySessions(this.era)) {
			// In these eras the oldest come first.
			List<StoredSession> page = paging.countingFromOne(matching);
			return AdminResponse.ok(page.isEmpty() ? Json.nothing() : write(page));
		}
		Collections.reverse(matching);
		List<StoredSession> page = paging.countingFromOne(matching);
		return paging.withHeaders(AdminResponse.ok(write(page)), matching.size(),
				"/admin/identities/" + id + "/sessions", this.urls.admin() + "/sessions");
	}

	private ArrayNode write(List<StoredSession> sessions) {
		ArrayNode array = Json.array();
		sessions.forEach((session) -> array.add(this.json.listedOfIdentity(session)));
		return array;
	}

	private AdminResponse deleteOfIdentity(String id) {
		if (!this.sessions.removeOf(parse(id))) {
			throw ErrorResponseException.noSuchRow();
		}
		return AdminResponse.noContent();
	}

	private String parse(String id) {
		String parsed = Ids.parse(id);
		if (parsed == null) {
			throw new ErrorResponseException(400, Ids.explain(id, this.era))
				.withDebug(SessionRules.debugsMalformedIds(this.era) ? "could not parse UUID" : "");
		}
		return parsed;
	}

	private Predicate<StoredSession> filter(Query query) {
		String active = query.first("active");
		if (active.isEmpty()) {
			return (session) -> true;
		}
		if (!TRUE.contains(active) && !FALSE.contains(active)) {
			throw new ErrorResponseException(400, "could not parse parameter active");
		}
		boolean wanted = TRUE.contains(active);
		Instant now = this.clock.instant();
		return (session) -> wanted == (SessionRules.calculatesActivityOfSessions(this.era) ? session.isActive(now)
				: session.active());
	}

	private static Set<String> expand(Query query) {
		Set<String> expand = new HashSet<>();
		for (String text : query.all("expand")) {
			String option = text.toLowerCase(Locale.ROOT);
			if (!option.equals("identity") && !option.equals("devices")) {
				throw ErrorResponseException.badRequest("Could not parse expand option: " + text);
			}
			expand.add(option);
		}
		return expand;
	}

}
