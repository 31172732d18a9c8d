package io.github.kratosadmin.test.embedded.internal.session;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

import io.github.kratosadmin.test.embedded.KratosEra;
import io.github.kratosadmin.test.embedded.internal.http.AdminRequest;
import io.github.kratosadmin.test.embedded.internal.http.AdminResponse;
import io.github.kratosadmin.test.embedded.internal.http.BodyDecoder;
import io.github.kratosadmin.test.embedded.internal.http.ErrorResponseException;
import io.github.kratosadmin.test.embedded.internal.http.MalformedBodyException;
import io.github.kratosadmin.test.embedded.internal.text.Ids;
import io.github.kratosadmin.test.embedded.internal.text.Json;
import tools.jackson.databind.node.ObjectNode;

/**
 * Disables or deletes many sessions with one request.
 */
final class SessionManagement {

	private static final int MAX_IDS = 500;

	/**
	 * The number of sessions of everybody that one request changes at most.
	 */
	private static final int MAX_SESSIONS = 5000;

	private static final String EVERYBODY = "*";

	private final KratosEra era;

	private final SessionStore sessions;

	SessionManagement(KratosEra era, SessionStore sessions) {
		this.era = era;
		this.sessions = sessions;
	}

	/**
	 * Handles a request.
	 * @throws ErrorResponseException if the body is malformed, or names no sessions or
	 * too many
	 */
	AdminResponse manage(AdminRequest request) {
		String action;
		List<String> identities;
		List<String> sessions;
		try {
			BodyDecoder body = BodyDecoder.decode("ManageSessionsBody", "session", request.body());
			action = body.string("action", "session.ManageSessionsAction");
			identities = body.strings("identities", "string");
			sessions = body.strings("sessions", "string");
		}
		catch (MalformedBodyException ex) {
			throw new ErrorResponseException(400, ex.text()).withReason("Invalid JSON body.");
		}
		boolean deletes = action.equals("delete");
		if (!deletes && !action.equals("disable")) {
			throw ErrorResponseException.badRequest("The 'action' field must be one of 'disable' or 'delete'.");
		}
		if (identities.isEmpty() == sessions.isEmpty()) {
			throw ErrorResponseException
				.badRequest("Exactly one of 'identities' or 'sessions' must be a non-empty array.");
		}
		if (identities.equals(List.of(EVERYBODY))) {
			int processed = this.sessions.manage(deletes, (session) -> true, MAX_SESSIONS);
			return result(processed, processed == MAX_SESSIONS);
		}
		return result(this.sessions.manage(deletes, named(identities, sessions), Integer.MAX_VALUE), false);
	}

	private Predicate<StoredSession> named(List<String> identities, List<String> sessions) {
		if (sessions.isEmpty()) {
			Set<String> ids = parse("identities", identities);
			return (session) -> ids.contains(session.identityId());
		}
		Set<String> ids = parse("sessions", sessions);
		return (session) -> ids.contains(session.id());
	}

	private Set<String> parse(String field, List<String> texts) {
		if (texts.size() > MAX_IDS) {
			throw unparsed(field, "at most " + MAX_IDS + " IDs may be provided per call");
		}
		Set<String> ids = new HashSet<>();
		for (String text : texts) {
			if (text.equals(EVERYBODY)) {
				throw unparsed(field, "the wildcard '*' is not accepted here");
			}
			String id = Ids.parse(text);
			if (id == null) {
				throw unparsed(field,
						"could not parse " + Json.text(text) + " as UUID: " + Ids.explain(text, this.era));
			}
			ids.add(id);
		}
		return ids;
	}

	private static ErrorResponseException unparsed(String field, String problem) {
		return ErrorResponseException.badRequest("Could not parse '" + field + "' field: " + problem);
	}

	private static AdminResponse result(int processed, boolean more) {
		ObjectNode json = Json.object();
		json.put("processed", processed);
		json.put("more", more);
		return AdminResponse.ok(json);
	}

}
