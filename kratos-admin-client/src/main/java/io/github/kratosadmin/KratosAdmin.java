package io.github.kratosadmin;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.github.kratosadmin.courier.CourierApi;
import io.github.kratosadmin.error.KratosInvitationException;
import io.github.kratosadmin.error.KratosNotFoundException;
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
import io.github.kratosadmin.identity.UpdateIdentity;
import io.github.kratosadmin.internal.imports.IdentityImport;
import io.github.kratosadmin.internal.json.KratosJson;
import io.github.kratosadmin.internal.operation.CallerContext;
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
import io.github.kratosadmin.session.SessionApi;
import org.jspecify.annotations.Nullable;

/**
 * The admin API of an Ory Kratos, by resource. Safe for use by many threads; one instance
 * per Kratos is enough.
 * <p>
 * No change that may have been carried out is ever sent twice. Reads are sent again where
 * {@link KratosAdminBuilder#maxRetries(int)} says so, and an import sends again what was
 * certainly not done. A call that fails may be tried again by the application, which
 * knows whether that does harm.
 */
public interface KratosAdmin extends AutoCloseable {

	/**
	 * Starts a client for a Kratos at {@code http://localhost:4434}.
	 * @return the builder
	 */
	static KratosAdminBuilder builder() {
		return new KratosAdminBuilder();
	}

	/**
	 * Creates, reads, changes and deletes identities.
	 * @return the operations on identities
	 */
	IdentityApi identities();

	/**
	 * Reads, extends and ends sessions.
	 * @return the operations on sessions
	 */
	SessionApi sessions();

	/**
	 * Lets people back into their accounts.
	 * @return the operations of account recovery
	 */
	RecoveryApi recovery();

	/**
	 * Reads identity schemas.
	 * @return the operations on identity schemas
	 */
	SchemaApi schemas();

	/**
	 * Reads the messages that Kratos sends to identities.
	 * @return the operations on messages
	 */
	CourierApi courier();

	/**
	 * Reads self-service flows and the errors shown to users.
	 * @return the operations on self-service flows
	 */
	SelfServiceApi selfService();

	/**
	 * Asks a Kratos about its health, version and metrics.
	 * @return the operations on Kratos itself
	 */
	MetadataApi metadata();

	/**
	 * Shuts an identity out: disables it, so that it cannot sign in any more, and then
	 * deletes its sessions. In this order nobody can sign in meanwhile; a session that a
	 * sign-in already under way still makes is good for nothing while the identity is
	 * disabled. An identity that has none is no failure, nor is one that was shut out
	 * before.
	 * <p>
	 * It succeeds only if afterwards Kratos lists no active session of the identity.
	 * Kratos 0.8 cannot be asked: there it succeeds if Kratos says that it has deleted
	 * the sessions, or that there are none. If a step fails the identity may be disabled,
	 * and this may be called again.
	 * @param identityId the identity's id
	 * @return the identity, which is inactive
	 * @throws io.github.kratosadmin.error.KratosNotFoundException if there is none with
	 * this id, or something in front of Kratos answers with 404
	 * @throws io.github.kratosadmin.error.KratosSessionsRemainException if the identity
	 * is disabled, but still has active sessions
	 * @throws io.github.kratosadmin.error.KratosUnsupportedException if the server cannot
	 * delete sessions, as up to Kratos 0.7: nothing was changed
	 * @throws io.github.kratosadmin.error.KratosIdentityChangedException before Kratos
	 * 0.11, if somebody else has changed the identity meanwhile: nothing was changed
	 * @see <a href=
	 * "https://www.ory.sh/docs/reference/api#tag/identity/operation/patchIdentity">patchIdentity</a>,
	 * or before Kratos 0.11 updateIdentity, and <a href=
	 * "https://www.ory.sh/docs/reference/api#tag/identity/operation/deleteIdentitySessions">deleteIdentitySessions</a>;
	 * Kratos 0.8 and later
	 */
	default Identity offboard(String identityId) {
		Identity disabled = disable(identityId);
		if (!IdentityState.INACTIVE.equals(disabled.state())) {
			throw new KratosUnreadableResponseException("patchIdentity", 200,
					"the identity is not inactive, although it should have become so");
		}
		KratosNotFoundException notFound = null;
		try {
			sessions().deleteIdentitySessions(identityId);
		}
		catch (KratosNotFoundException ex) {
			// It has none, or the request has not come to Kratos.
			notFound = ex;
		}
		checkSessionsEnded(identityId, notFound);
		return disabled;
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
	 * password. Kratos sends it to nobody: the application does.
	 * @param identity what to create
	 * @param expiresIn how long the link is good for
	 * @return the identity and the link
	 * @throws IllegalArgumentException if the duration is not positive or longer than 292
	 * years: nothing was created
	 * @throws io.github.kratosadmin.error.KratosInvitationException if the identity was
	 * created, but the link was not, as where links are switched off, which they are by
	 * default from Kratos 0.11 on
	 * @see IdentityApi#createIdentity(CreateIdentity)
	 * @see RecoveryApi#createRecoveryLink(CreateRecoveryLink)
	 */
	default Invitation inviteByLink(CreateIdentity identity, Duration expiresIn) {
		// Refused before anything is created.
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
	 * password. Kratos sends it to nobody: the application does.
	 * @param identity what to create
	 * @param expiresIn how long the code is good for
	 * @return the identity, the code, and the link to enter it at
	 * @throws IllegalArgumentException if the duration is not positive or longer than 292
	 * years: nothing was created
	 * @throws io.github.kratosadmin.error.KratosUnsupportedException if the server has no
	 * codes, as up to Kratos 0.10: nothing was created
	 * @throws io.github.kratosadmin.error.KratosInvitationException if the identity was
	 * created, but the code was not
	 * @see IdentityApi#createIdentity(CreateIdentity)
	 * @see RecoveryApi#createRecoveryCodeForIdentity(CreateRecoveryCode)
	 */
	default Invitation inviteByCode(CreateIdentity identity, Duration expiresIn) {
		// Refused before anything is created.
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
	 * Creates any number of identities, with the defaults of
	 * {@link ImportIdentities#builder()}.
	 * @param rows what to create, read as far as it is sent, and closed
	 * @param results is given a result for each row, in their order
	 * @return how many rows were created, and how many were not
	 * @see #importIdentities(Stream, ImportIdentities, Consumer)
	 */
	default ImportSummary importIdentities(Stream<CreateIdentity> rows, Consumer<ImportResult> results) {
		return importIdentities(rows, ImportIdentities.builder().build(), results);
	}

	/**
	 * Creates any number of identities, by {@code batchPatchIdentities} where the server
	 * has it, in chunks within its limits, several at the same time; by
	 * {@code createIdentity} where it does not. It returns when all rows are done.
	 * <p>
	 * Nothing that may have been done is sent again: its rows are reported as unknown.
	 * What was certainly not done is: a chunk that Kratos has refused because of a row,
	 * or a proxy because of its size, is sent in parts, to find the rows at fault; and
	 * what was refused with 429 is sent again when the server wants it, within
	 * {@link ImportIdentities#maxPause()}. To import the same rows again does no harm if
	 * each has an identifier: those that are there fail as conflicts.
	 * <p>
	 * After {@link ImportIdentities#failuresBeforePause()} failed calls the import pauses
	 * until Kratos is ready and a call comes through. If that takes longer than
	 * {@link ImportIdentities#maxPause()}, the rows that are left are reported as not
	 * sent. So they are if this client is closed.
	 * <p>
	 * The results are given by this thread, as is the progress to the listener. If
	 * something of the application fails, the rows, the listener or what takes the
	 * results, no more calls are made, those under way end, and their results are given
	 * before the failure is thrown. So they are if this thread is interrupted, which also
	 * ends these calls. No more rows are held than those of the chunks under way, but the
	 * JDK holds all that one {@code flatMap} of the given stream gives. The calls are
	 * made in threads of their own; the bearer token is asked for in this one.
	 * @param rows what to create, read as far as it is sent, and closed
	 * @param options how large the chunks are, how many are sent at the same time, who is
	 * told how far it is, and when to pause and to stop
	 * @param results is given a result for each row, in their order; after a stop for
	 * each that was sent
	 * @return how many rows were created, and how many were not
	 * @throws io.github.kratosadmin.error.KratosUnavailableException if this thread is
	 * interrupted; it stays interrupted
	 * @see <a href=
	 * "https://www.ory.sh/docs/reference/api#tag/identity/operation/batchPatchIdentities">batchPatchIdentities</a>,
	 * Kratos 0.13 and later; {@code createIdentity} before
	 */
	default ImportSummary importIdentities(Stream<CreateIdentity> rows, ImportIdentities options,
			Consumer<ImportResult> results) {
		return IdentityImport.run(identities(), () -> metadata().isReady(), () -> false, CallerContext.NONE, rows,
				options, results);
	}

	/**
	 * The same import as a stream: <strong>nothing is sent before its results are
	 * read</strong>, by a terminal operation such as {@code forEach}, and it goes on as
	 * they are read. Close it, which closes the given stream too. One that is left early
	 * or closed sends no more, and the calls under way are carried out without a result:
	 * {@link ImportIdentities#stop()} is for a stop with all results.
	 * @param rows what to create, read as far as it is sent
	 * @param options how large the chunks are, how many are sent at the same time, who is
	 * told how far it is, and when to pause and to stop
	 * @return a result for each row, in their order
	 * @see #importIdentities(Stream, ImportIdentities, Consumer)
	 */
	default Stream<ImportResult> importIdentitiesLazily(Stream<CreateIdentity> rows, ImportIdentities options) {
		return IdentityImport.stream(identities(), () -> metadata().isReady(), () -> false, CallerContext.NONE, rows,
				options);
	}

	/**
	 * Closes the connections, also those of calls that are under way. Calls fail
	 * afterwards.
	 */
	@Override
	void close();

}
