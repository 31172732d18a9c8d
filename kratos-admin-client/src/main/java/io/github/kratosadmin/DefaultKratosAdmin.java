package io.github.kratosadmin;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.github.kratosadmin.courier.CourierApi;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.identity.Identity;
import io.github.kratosadmin.identity.IdentityApi;
import io.github.kratosadmin.identity.ImportIdentities;
import io.github.kratosadmin.identity.ImportResult;
import io.github.kratosadmin.identity.ImportSummary;
import io.github.kratosadmin.internal.feign.FeignClients;
import io.github.kratosadmin.internal.imports.IdentityImport;
import io.github.kratosadmin.internal.operation.ActiveCalls;
import io.github.kratosadmin.internal.operation.CallerContext;
import io.github.kratosadmin.internal.operation.Operation;
import io.github.kratosadmin.metadata.MetadataApi;
import io.github.kratosadmin.recovery.CreateRecoveryCode;
import io.github.kratosadmin.recovery.Invitation;
import io.github.kratosadmin.recovery.RecoveryApi;
import io.github.kratosadmin.schema.SchemaApi;
import io.github.kratosadmin.selfservice.SelfServiceApi;
import io.github.kratosadmin.session.SessionApi;

import org.springframework.util.ClassUtils;

/**
 * The client that {@link KratosAdminBuilder} builds.
 */
class DefaultKratosAdmin implements KratosAdmin {

	private final FeignClients groups;

	private final ActiveCalls calls;

	private final CallerContext context;

	/**
	 * Creates a client.
	 * @param groups the groups of operations
	 * @param calls the running calls
	 * @param context the values that calls take from the thread of the caller
	 */
	DefaultKratosAdmin(FeignClients groups, ActiveCalls calls, CallerContext context) {
		this.groups = groups;
		this.calls = calls;
		this.context = context;
	}

	@Override
	public IdentityApi identities() {
		return this.groups.identities();
	}

	@Override
	public SessionApi sessions() {
		return this.groups.sessions();
	}

	@Override
	public RecoveryApi recovery() {
		return this.groups.recovery();
	}

	@Override
	public SchemaApi schemas() {
		return this.groups.schemas();
	}

	@Override
	public CourierApi courier() {
		return this.groups.courier();
	}

	@Override
	public SelfServiceApi selfService() {
		return this.groups.selfService();
	}

	@Override
	public MetadataApi metadata() {
		return this.groups.metadata();
	}

	@Override
	public ImportSummary importIdentities(Stream<CreateIdentity> rows, ImportIdentities options,
			Consumer<ImportResult> results) {
		return IdentityImport.run(identities(), () -> metadata().isReady(), this.calls::isClosed, this.context, rows,
				options, results);
	}

	@Override
	public Stream<ImportResult> importIdentitiesLazily(Stream<CreateIdentity> rows, ImportIdentities options) {
		return IdentityImport.stream(identities(), () -> metadata().isReady(), this.calls::isClosed, this.context, rows,
				options);
	}

	@Override
	public Identity offboard(String identityId) {
		this.groups.require(TaskOperations.DELETE_IDENTITY_SESSIONS);
		return KratosAdmin.super.offboard(identityId);
	}

	@Override
	public Invitation inviteByCode(CreateIdentity identity, Duration expiresIn) {
		this.groups.require(TaskOperations.CREATE_RECOVERY_CODE);
		return KratosAdmin.super.inviteByCode(identity, expiresIn);
	}

	@Override
	public void close() {
		this.groups.close();
	}

	/**
	 * The operations that tasks require, made with the first task and not at startup.
	 */
	private static final class TaskOperations {

		static final Operation DELETE_IDENTITY_SESSIONS = Operation
			.of(ClassUtils.getMethod(SessionApi.class, "deleteIdentitySessions", String.class));

		static final Operation CREATE_RECOVERY_CODE = Operation
			.of(ClassUtils.getMethod(RecoveryApi.class, "createRecoveryCodeForIdentity", CreateRecoveryCode.class));

	}

}
