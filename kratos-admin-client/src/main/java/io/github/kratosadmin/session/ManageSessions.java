package io.github.kratosadmin.session;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.kratosadmin.internal.json.KratosJson;
import io.github.kratosadmin.internal.operation.Uuids;
import org.jspecify.annotations.Nullable;

/**
 * A request to end many sessions: those of some identities, some sessions, or those of
 * everybody.
 *
 * @param action what to do with the sessions
 * @param identities the ids of the identities, {@code *} for everybody, or {@code null}
 * @param sessions the ids of the sessions, or {@code null}
 * @param confirmation the confirmation if the sessions of everybody are to end,
 * {@code null} otherwise; it is not sent
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ManageSessions(@JsonProperty("action") ManageSessionsAction action,
		@JsonProperty("identities") @Nullable List<String> identities,
		@JsonProperty("sessions") @Nullable List<String> sessions, @JsonIgnore @Nullable Confirmation confirmation) {

	/**
	 * The number of ids that Kratos accepts in one call.
	 */
	public static final int MAX_IDS = 500;

	private static final String EVERYBODY = "*";

	/**
	 * Creates a request.
	 * @throws IllegalArgumentException if the action is missing, not exactly one of the
	 * lists has ids, there are more than {@value #MAX_IDS}, an id is not a UUID, or the
	 * sessions of everybody are to end without a confirmation
	 */
	public ManageSessions {
		action = KratosJson.required(action, "action");
		identities = copyOf(identities);
		sessions = copyOf(sessions);
		if ((identities == null) == (sessions == null)) {
			throw new IllegalArgumentException("Set either the ids of identities or the ids of sessions");
		}
		if (confirmation != null) {
			checkEverybody(identities);
		}
		else {
			checkIds((identities != null) ? identities : sessions);
		}
	}

	private static @Nullable List<String> copyOf(@Nullable List<String> ids) {
		// Not List.copyOf, which does not say what is wrong with a null.
		return (ids != null) ? Collections.unmodifiableList(new ArrayList<>(ids)) : null;
	}

	private static void checkEverybody(@Nullable List<String> identities) {
		if (!List.of(EVERYBODY).equals(identities)) {
			throw new IllegalArgumentException(
					"A confirmation is only for the sessions of everybody: set none with the ids of some");
		}
	}

	private static void checkIds(@Nullable List<String> ids) {
		if (ids == null || ids.isEmpty() || ids.size() > MAX_IDS) {
			throw new IllegalArgumentException("There must be 1 to " + MAX_IDS + " ids in one call, but there are "
					+ ((ids != null) ? ids.size() : 0));
		}
		if (ids.stream().anyMatch((id) -> id != null && EVERYBODY.equals(id.strip()))) {
			throw new IllegalArgumentException("'*' is not an id: to end the sessions of everybody, use"
					+ " ManageSessions.ofEverybody with a confirmation");
		}
		Uuids.distinct(ids);
	}

	/**
	 * Creates a request for the sessions of some identities.
	 * @param action what to do with the sessions
	 * @param identityIds the ids of the identities, 1 to {@value #MAX_IDS}; unknown ids
	 * and repetitions have no effect
	 * @return the request
	 * @throws IllegalArgumentException if there are no ids or too many, or one is not a
	 * UUID
	 */
	public static ManageSessions ofIdentities(ManageSessionsAction action, Collection<String> identityIds) {
		return new ManageSessions(action, new ArrayList<>(KratosJson.required(identityIds, "identityIds")), null, null);
	}

	/**
	 * Creates a request for some sessions.
	 * @param action what to do with the sessions
	 * @param sessionIds the ids of the sessions, 1 to {@value #MAX_IDS}; unknown ids and
	 * repetitions have no effect
	 * @return the request
	 * @throws IllegalArgumentException if there are no ids or too many, or one is not a
	 * UUID
	 */
	public static ManageSessions ofSessions(ManageSessionsAction action, Collection<String> sessionIds) {
		return new ManageSessions(action, null, new ArrayList<>(KratosJson.required(sessionIds, "sessionIds")), null);
	}

	/**
	 * Creates a request for the sessions of everybody: each user has to sign in again.
	 * Kratos processes a limited number of sessions in one call, and then says that there
	 * may be {@linkplain ManageSessionsResult#more() more}:
	 * {@link SessionApi#drainSessions} repeats the call.
	 * @param action what to do with the sessions
	 * @param confirmation the confirmation that this is intended
	 * @return the request
	 * @throws IllegalArgumentException if there is no confirmation
	 */
	public static ManageSessions ofEverybody(ManageSessionsAction action, Confirmation confirmation) {
		return new ManageSessions(action, List.of(EVERYBODY), null,
				KratosJson.required(confirmation, "the confirmation"));
	}

	/**
	 * The confirmation that the sessions of everybody are to end.
	 */
	public enum Confirmation {

		/**
		 * The sessions of all identities end, and each user has to sign in again.
		 */
		SIGN_OUT_EVERYBODY

	}

}
