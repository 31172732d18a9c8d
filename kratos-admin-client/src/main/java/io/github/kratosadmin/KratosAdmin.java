package io.github.kratosadmin;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.github.kratosadmin.courier.CourierApi;
import io.github.kratosadmin.error.KratosInvitationException;
import io.github.kratosadmin.error.KratosNotFoundException;
import io.github.kratosadmin.error.KratosSessionsNotDeletedException;
import io.github.kratosadmin.error.KratosSessionsRemainException;
import io.github.kratosadmin.error.KratosUnreadableResponseException;
import io.github.kratosadmin.error.KratosUnsupportedException;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.identity.Identity;
import io.github.kratosadmin.identity.IdentityApi;
import io.github.kratosadmin.identity.IdentityPath;
import io.github.kratosadmin.identity.IdentityState;
import io.github.kratosadmin.identity.ImportIdentities;
import io.github.kratosadmin.identity.ImportResult;
import io.github.kratosadmin.identity.ImportSummary;
import io.github.kratosadmin.identity.JsonPatch;
import io.github.kratosadmin.identity.OffboardResult;
import io.github.kratosadmin.identity.ResolvedRow;
import io.github.kratosadmin.identity.UnknownRow;
import io.github.kratosadmin.identity.UpdateIdentity;
import io.github.kratosadmin.internal.imports.IdentityImport;
import io.github.kratosadmin.internal.imports.UnknownRows;
import io.github.kratosadmin.internal.json.KratosJson;
import io.github.kratosadmin.internal.operation.CallerContext;
import io.github.kratosadmin.internal.operation.ClientCounters;
import io.github.kratosadmin.internal.operation.Uuids;
import io.github.kratosadmin.metadata.MetadataApi;
import io.github.kratosadmin.recovery.CreateRecoveryCode;
import io.github.kratosadmin.recovery.CreateRecoveryLink;
import io.github.kratosadmin.recovery.Invitation;
import io.github.kratosadmin.recovery.RecoveryApi;
import io.github.kratosadmin.recovery.RecoveryCode;
import io.github.kratosadmin.recovery.RecoveryLink;
import io.github.kratosadmin.schema.SchemaApi;
import io.github.kratosadmin.selfservice.SelfServiceApi;
import io.github.kratosadmin.session.ListIdentitySessions;
import io.github.kratosadmin.session.ManageSessions;
import io.github.kratosadmin.session.SessionApi;
import io.github.kratosadmin.statistics.ClientStatistics;
import org.jspecify.annotations.Nullable;

/**
 * A client for the admin API of Ory Kratos, with its operations in groups. It is
 * thread-safe: use one instance per Kratos.
 * <p>
 * The client never retries a change that Kratos may have carried out. It retries reads up
 * to {@link KratosAdminBuilder#maxRetries(int)} times. An import may send rows again that
 * were certainly not created. An application may retry a failed call if that does no
 * harm.
 */
public interface KratosAdmin extends AutoCloseable {

	/**
	 * Returns a builder of a client, by default for {@code http://localhost:4434}.
	 * @return the builder
	 */
	static KratosAdminBuilder builder() {
		return new KratosAdminBuilder();
	}

	/**
	 * Returns the operations that create, read, change and delete identities.
	 * @return the operations on identities
	 */
	IdentityApi identities();

	/**
	 * Returns the operations that read, extend and end sessions.
	 * @return the operations on sessions
	 */
	SessionApi sessions();

	/**
	 * Returns the operations that create recovery links and codes.
	 * @return the operations of account recovery
	 */
	RecoveryApi recovery();

	/**
	 * Returns the operations that read identity schemas.
	 * @return the operations on identity schemas
	 */
	SchemaApi schemas();

	/**
	 * Returns the operations that read messages sent by Kratos.
	 * @return the operations on messages
	 */
	CourierApi courier();

	/**
	 * Returns the operations that read self-service flows and the errors shown to users.
	 * @return the operations on self-service flows
	 */
	SelfServiceApi selfService();

	/**
	 * Returns the operations that read the health, the version and the metrics of Kratos.
	 * @return the operations on Kratos itself
	 */
	MetadataApi metadata();

	/**
	 * Disables an identity, so that it cannot sign in, and then deletes its sessions. In
	 * this order, nobody can sign in between the two steps. If a sign-in is already
	 * running, its session cannot be used while the identity is disabled. The call also
	 * succeeds for an identity without sessions, or one that is already disabled.
	 * <p>
	 * The call succeeds only if Kratos then lists no active session of the identity.
	 * Kratos 0.8 cannot list sessions: the call succeeds if Kratos responds that it has
	 * deleted the sessions, or that there are none. If a step fails, the identity may
	 * already be disabled, and the application may retry the call.
	 * @param identityId the id of the identity
	 * @return the identity, which is inactive
	 * @throws io.github.kratosadmin.error.KratosNotFoundException if there is no identity
	 * with this id, or a gateway responds with 404
	 * @throws io.github.kratosadmin.error.KratosSessionsRemainException if the identity
	 * is disabled, but still has active sessions
	 * @throws io.github.kratosadmin.error.KratosUnsupportedException if the server cannot
	 * delete sessions (Kratos up to 0.7): nothing was changed
	 * @throws io.github.kratosadmin.error.KratosIdentityChangedException before Kratos
	 * 0.11, if the identity was changed in the meantime: this call has changed nothing
	 * @see <a href=
	 * "https://www.ory.sh/docs/reference/api#tag/identity/operation/patchIdentity">patchIdentity</a>,
	 * or before Kratos 0.11 updateIdentity, and <a href=
	 * "https://www.ory.sh/docs/reference/api#tag/identity/operation/deleteIdentitySessions">deleteIdentitySessions</a>;
	 * Kratos 0.8 and later
	 */
	default Identity offboard(String identityId) {
		Identity disabled = disable(identityId);
		KratosNotFoundException notFound = null;
		try {
			sessions().deleteIdentitySessions(identityId);
		}
		catch (KratosNotFoundException ex) {
			// It has no sessions, or the request did not reach Kratos.
			notFound = ex;
		}
		checkSessionsEnded(identityId, notFound);
		return disabled;
	}

	/**
	 * Offboards many identities: disables each, deletes the sessions of all, and checks
	 * each, as {@link #offboard(String)} does. The sessions are deleted for up to 500
	 * identities at a time if the server has {@code manageSessions} (a Kratos after
	 * 26.2), and otherwise for one. A failure of one identity does not stop the others.
	 * If a request for several identities fails, each of them has its failure.
	 * <p>
	 * The requests are sent one after another, at least two for each identity. If the
	 * thread is interrupted or this client closed, the remaining identities have a
	 * failure.
	 * @param identityIds the ids of the identities, any number; a repeated id counts once
	 * @return a result for each identity, in the order of the ids
	 * @throws IllegalArgumentException if an id is missing or not a UUID: nothing was
	 * sent
	 * @throws io.github.kratosadmin.error.KratosUnsupportedException if the server cannot
	 * delete sessions (Kratos up to 0.7): nothing was changed
	 */
	default List<OffboardResult> offboard(Collection<String> identityIds) {
		List<String> ids = Uuids.distinct(identityIds);
		List<OffboardResult> results = new ArrayList<>();
		for (int from = 0; from < ids.size(); from += ManageSessions.MAX_IDS) {
			results.addAll(offboardChunk(ids.subList(from, Math.min(from + ManageSessions.MAX_IDS, ids.size()))));
		}
		return results;
	}

	private List<OffboardResult> offboardChunk(List<String> ids) {
		Map<String, Identity> disabled = new LinkedHashMap<>();
		Map<String, RuntimeException> failures = new HashMap<>();
		for (String id : ids) {
			try {
				disabled.put(id, disable(id));
			}
			catch (RuntimeException ex) {
				failures.put(id, ex);
			}
		}
		try {
			sessions().deleteIdentitySessions(disabled.keySet());
		}
		catch (KratosSessionsNotDeletedException ex) {
			failures.putAll(ex.getFailures());
		}
		catch (RuntimeException ex) {
			disabled.keySet().forEach((id) -> failures.put(id, ex));
		}
		disabled.keySet().forEach((id) -> failures.compute(id, (key, failure) -> checkSessions(id, failure)));
		return ids.stream().map((id) -> new OffboardResult(id, disabled.get(id), failures.get(id))).toList();
	}

	/**
	 * Checks that no session remains, also after a 404, which need not be from Kratos.
	 */
	private @Nullable RuntimeException checkSessions(String identityId, @Nullable RuntimeException failure) {
		if (failure != null && !(failure instanceof KratosNotFoundException)) {
			return failure;
		}
		try {
			checkSessionsEnded(identityId, (KratosNotFoundException) failure);
			return null;
		}
		catch (RuntimeException ex) {
			return ex;
		}
	}

	private void checkSessionsEnded(String identityId, @Nullable KratosNotFoundException notFound) {
		ListIdentitySessions active = ListIdentitySessions.builder().active(true).pageSize(1).build();
		boolean remain;
		try {
			remain = !sessions().listIdentitySessions(identityId, active).items().isEmpty();
		}
		catch (KratosUnsupportedException ex) {
			// Kratos 0.8 lists no sessions.
			if (notFound != null && !notFound.isAbsent()) {
				throw notFound;
			}
			return;
		}
		if (remain) {
			throw new KratosSessionsRemainException("deleteIdentitySessions", identityId, notFound);
		}
	}

	private Identity disable(String identityId) {
		Identity disabled = requestDisabled(identityId);
		if (!IdentityState.INACTIVE.equals(disabled.state())) {
			throw new KratosUnreadableResponseException("patchIdentity", 200,
					"the identity is not inactive, although it should have become so");
		}
		return disabled;
	}

	private Identity requestDisabled(String identityId) {
		JsonPatch patch = JsonPatch.builder().replace(IdentityPath.state(), IdentityState.INACTIVE).build();
		try {
			return identities().patchIdentity(identityId, patch);
		}
		catch (KratosUnsupportedException ex) {
			return identities().updateIdentity(identityId,
					(identity) -> UpdateIdentity.from(identity).state(IdentityState.INACTIVE).build());
		}
	}

	/**
	 * Creates an identity, and a link with which its owner signs in and chooses a
	 * password. Kratos does not send the link: the application passes it to the owner.
	 * @param identity the identity to create
	 * @param expiresIn the lifetime of the link
	 * @return the identity and the link
	 * @throws IllegalArgumentException if the duration is not positive or longer than 292
	 * years: nothing was created
	 * @throws io.github.kratosadmin.error.KratosInvitationException if the identity was
	 * created, but the link was not, for example because links are switched off, the
	 * default of Kratos 0.11 and later
	 * @see IdentityApi#createIdentity(CreateIdentity)
	 * @see RecoveryApi#createRecoveryLink(CreateRecoveryLink)
	 */
	default Invitation inviteByLink(CreateIdentity identity, Duration expiresIn) {
		// Check the duration before anything is created.
		CreateRecoveryLink.builder("identity").expiresIn(KratosJson.required(expiresIn, "expiresIn")).build();
		Identity created = identities().createIdentity(identity);
		try {
			RecoveryLink link = recovery()
				.createRecoveryLink(CreateRecoveryLink.builder(created.id()).expiresIn(expiresIn).build());
			return new Invitation(created, link.recoveryLink(), null, link.expiresAt());
		}
		catch (RuntimeException ex) {
			throw new KratosInvitationException("createRecoveryLink", created.id(), ex);
		}
	}

	/**
	 * Creates an identity, and a code with which its owner signs in and chooses a
	 * password. Kratos does not send the code: the application passes it to the owner.
	 * @param identity the identity to create
	 * @param expiresIn the lifetime of the code
	 * @return the identity, the code, and the link to enter it at
	 * @throws IllegalArgumentException if the duration is not positive or longer than 292
	 * years: nothing was created
	 * @throws io.github.kratosadmin.error.KratosUnsupportedException if the server has no
	 * codes (Kratos up to 0.10): nothing was created
	 * @throws io.github.kratosadmin.error.KratosInvitationException if the identity was
	 * created, but the code was not
	 * @see IdentityApi#createIdentity(CreateIdentity)
	 * @see RecoveryApi#createRecoveryCodeForIdentity(CreateRecoveryCode)
	 */
	default Invitation inviteByCode(CreateIdentity identity, Duration expiresIn) {
		// Check the duration before anything is created.
		CreateRecoveryCode.builder("identity").expiresIn(KratosJson.required(expiresIn, "expiresIn")).build();
		Identity created = identities().createIdentity(identity);
		try {
			RecoveryCode code = recovery()
				.createRecoveryCodeForIdentity(CreateRecoveryCode.builder(created.id()).expiresIn(expiresIn).build());
			return new Invitation(created, code.recoveryLink(), code.recoveryCode(), code.expiresAt());
		}
		catch (RuntimeException ex) {
			throw new KratosInvitationException("createRecoveryCodeForIdentity", created.id(), ex);
		}
	}

	/**
	 * Imports identities with the defaults of {@link ImportIdentities#builder()}.
	 * @param rows the identities to create, read as they are sent; the stream is closed
	 * @param results the consumer of a result for each row, in the order of the rows
	 * @return the numbers of rows that were created and that were not
	 * @see #importIdentities(Stream, ImportIdentities, Consumer)
	 */
	default ImportSummary importIdentities(Stream<CreateIdentity> rows, Consumer<ImportResult> results) {
		return importIdentities(rows, ImportIdentities.builder().build(), results);
	}

	/**
	 * Imports any number of identities. The client sends them with
	 * {@code batchPatchIdentities}, in chunks within the limits of Kratos and several at
	 * the same time, but fewer while the server is busy
	 * ({@link ImportIdentities#givingWay()}). If the server does not have this operation,
	 * it sends them with {@code createIdentity}. The method returns when all rows are
	 * done.
	 * <p>
	 * A chunk that Kratos may have carried out is not sent again: its rows are reported
	 * as unknown. {@link #resolveUnknown(UnknownRow)} finds out what became of them. If
	 * Kratos refused a chunk because of a row, or a proxy because of its size, it is sent
	 * in parts, to find the invalid rows. After a 429, it is sent again after the
	 * requested delay, up to {@link ImportIdentities#maxPause()}. The same applies if the
	 * connection failed. Other rows that were certainly not created are reported as
	 * failed. You may import the same rows again if each has an identifier: rows that
	 * exist fail as conflicts.
	 * <p>
	 * After {@link ImportIdentities#failuresBeforePause()} failed requests in a row, the
	 * import pauses until Kratos is ready and a request with one row succeeds. If that
	 * takes longer than {@link ImportIdentities#maxPause()}, or this client is closed,
	 * the remaining rows are reported as not sent.
	 * <p>
	 * The thread of the caller runs the consumer of the results, the progress listener
	 * and the {@code BearerTokenProvider}. Other threads send the requests. If an
	 * {@linkplain KratosAdminBuilder#executor executor} has none for them, the thread of
	 * the caller does. If the stream of rows, the listener or the consumer throws an
	 * exception, no more requests are sent, the running ones end, and their results are
	 * passed on before the exception is thrown. The same happens if the thread is
	 * interrupted, which also ends the running requests.
	 * <p>
	 * Only the rows of the running chunks are held in memory, but the JDK also holds all
	 * elements of one {@code flatMap} of the given stream.
	 * @param rows the identities to create, read as they are sent; the stream is closed
	 * @param options the size of the chunks, the number of chunks at the same time, the
	 * progress listener, and the conditions for a pause and a stop
	 * @param results the consumer of a result for each row, in the order of the rows;
	 * after a stop, for each row that was sent
	 * @return the numbers of rows that were created and that were not
	 * @throws io.github.kratosadmin.error.KratosUnavailableException if this thread is
	 * interrupted; it stays interrupted
	 * @see <a href=
	 * "https://www.ory.sh/docs/reference/api#tag/identity/operation/batchPatchIdentities">batchPatchIdentities</a>,
	 * Kratos 0.13 and later; {@code createIdentity} before
	 */
	default ImportSummary importIdentities(Stream<CreateIdentity> rows, ImportIdentities options,
			Consumer<ImportResult> results) {
		return IdentityImport.run(identities(), () -> metadata().isReady(), () -> false, CallerContext.NONE,
				new ClientCounters(), rows, options, results);
	}

	/**
	 * Imports identities as a lazy stream of the results: <strong>nothing is sent before
	 * a terminal operation</strong> such as {@code forEach} reads the results, and the
	 * import continues as they are read. Close the stream after use, which also closes
	 * the given stream. If it is closed early, nothing more is sent, and the running
	 * requests have no results. To get their results, use
	 * {@link ImportIdentities#stop()}.
	 * @param rows the identities to create, read as they are sent
	 * @param options the size of the chunks, the number of chunks at the same time, the
	 * progress listener, and the conditions for a pause and a stop
	 * @return a result for each row, in the order of the rows
	 * @see #importIdentities(Stream, ImportIdentities, Consumer)
	 */
	default Stream<ImportResult> importIdentitiesLazily(Stream<CreateIdentity> rows, ImportIdentities options) {
		return IdentityImport.stream(identities(), () -> metadata().isReady(), () -> false, CallerContext.NONE,
				new ClientCounters(), rows, options);
	}

	/**
	 * Finds out what became of a row of an import whose outcome is not known. Nothing is
	 * changed: the identity is looked up by its external id, if the server has external
	 * ids, or else by its identifiers: the traits that its identity schema marks as such,
	 * and its accounts at other providers.
	 * <p>
	 * This row created the identity if the identity was created while the row was being
	 * sent, has the same content, and cannot come from a registration at the same time.
	 * The last is certain only if the row has
	 * <ul>
	 * <li>an external id or metadata, which no web hook may give to registrations
	 * too,</li>
	 * <li>a hashed password, which is then compared, or</li>
	 * <li>no credentials, and a schema whose identifiers are for passwords only.</li>
	 * </ul>
	 * With an external id, the rest may have been changed later. The time of the server
	 * is taken from the {@code Date} of its response; the clock of this application must
	 * not have been set since the import. If it cannot be said who created the identity,
	 * the result says so.
	 * <p>
	 * The client of {@link #builder()} reads the identity schemas at most once a minute.
	 * The default implementation reads them with each call, and does not know the time of
	 * the server: delegate this method if you decorate a client.
	 * @param row the row, from {@link ImportResult#unknown()} or made by the application
	 * from its input
	 * @return what became of the row
	 * @throws IllegalArgumentException if the identity cannot be recognized, as it has
	 * neither an external id that the server supports nor an identifier
	 * @throws io.github.kratosadmin.error.KratosUnsupportedException if the server cannot
	 * search for identifiers
	 * @throws io.github.kratosadmin.error.KratosException if a lookup fails; a 404 of a
	 * gateway does not mean that the identity is absent
	 * @see <a href=
	 * "https://www.ory.sh/docs/reference/api#tag/identity/operation/listIdentities">listIdentities</a>
	 * with {@code credentials_identifier}, Kratos 0.13 and later, for accounts 1.1 and
	 * later, and {@code getIdentityByExternalID}, Kratos 25.4 and later
	 */
	default ResolvedRow resolveUnknown(UnknownRow row) {
		return new UnknownRows(identities(), schemas(), () -> null).resolve(row);
	}

	/**
	 * Finds the identities that are in the way of an identity to create: the one with the
	 * same external id, or if there is none, those with the same identifier. Identifiers
	 * are the traits that the identity schema marks as such, in the order of the schema,
	 * and then the accounts at other providers. The first one that an identity has
	 * decides. The client of {@link #builder()} reads the identity schemas at most once a
	 * minute. The default implementation reads them with each call: delegate this method
	 * if you decorate a client.
	 * @param identity the identity to create
	 * @return the identities, without secrets; empty if there are none. There are several
	 * only if they have the same identifier for different types of credentials
	 * @throws IllegalArgumentException if the identity has neither an external id that
	 * the server supports nor an identifier
	 * @throws io.github.kratosadmin.error.KratosUnsupportedException if the server cannot
	 * search for identifiers
	 * @throws io.github.kratosadmin.error.KratosException if a lookup fails; a 404 of a
	 * gateway does not mean that the identity is absent
	 * @see #canFindIdentities(CreateIdentity)
	 * @see <a href=
	 * "https://www.ory.sh/docs/reference/api#tag/identity/operation/listIdentities">listIdentities</a>
	 * with {@code credentials_identifier}, Kratos 0.13 and later, for accounts 1.1 and
	 * later, and {@code getIdentityByExternalID}, Kratos 25.4 and later
	 */
	default List<Identity> findIdentities(CreateIdentity identity) {
		return new UnknownRows(identities(), schemas(), () -> null).find(identity);
	}

	/**
	 * Returns whether {@link #findIdentities(CreateIdentity)} has something to look for:
	 * an external id that the server supports, an account at another provider, or an
	 * identifier by the identity schema. For the first identity that has only an external
	 * id, the client asks the server for it. The client of {@link #builder()} reads the
	 * identity schemas at most once a minute. The default implementation reads them with
	 * each call: delegate this method if you decorate a client.
	 * @param identity the identity to create
	 * @return whether it has an external id or an identifier. Kratos before 25.4 has no
	 * external ids: the client does not create identities with one there
	 * @throws io.github.kratosadmin.error.KratosException if a request fails
	 */
	default boolean canFindIdentities(CreateIdentity identity) {
		return new UnknownRows(identities(), schemas(), () -> null).canFind(identity);
	}

	/**
	 * Returns the counters of this client since it was built, and the current state of
	 * its connections. Sends no request.
	 * @return the statistics, or {@code null} if an implementation other than the client
	 * of {@link #builder()} has none
	 */
	default @Nullable ClientStatistics statistics() {
		return null;
	}

	/**
	 * Returns whether this client is closed, so that all calls fail. Sends no request.
	 * @return whether {@link #close()} was called; {@code false} if an implementation
	 * other than the client of {@link #builder()} does not tell
	 */
	default boolean isClosed() {
		return false;
	}

	/**
	 * Closes all connections, also those of running calls. Later calls fail.
	 */
	@Override
	void close();

}
