package io.github.kratosadmin;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
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
import io.github.kratosadmin.statistics.ClientStatistics;
import org.jspecify.annotations.Nullable;

import org.springframework.util.ClassUtils;

/**
 * The client that {@link KratosAdminBuilder} builds.
 */
class DefaultKratosAdmin implements KratosAdmin {

	private final Supplier<FeignClients> groupsSupplier;

	private final ActiveCalls calls;

	private final CallerContext context;

	private final StatisticsReader statistics;

	private volatile @Nullable FeignClients groups;

	/**
	 * Creates a client.
	 * @param groups creates the groups of operations, at the first use and not at startup
	 * @param calls the running calls
	 * @param context the values that calls take from the thread of the caller
	 * @param statistics reads the statistics, and has the counters
	 */
	DefaultKratosAdmin(Supplier<FeignClients> groups, ActiveCalls calls, CallerContext context,
			StatisticsReader statistics) {
		this.groupsSupplier = groups;
		this.calls = calls;
		this.context = context;
		this.statistics = statistics;
	}

	private FeignClients groups() {
		FeignClients groups = this.groups;
		return (groups != null) ? groups : createGroups();
	}

	private synchronized FeignClients createGroups() {
		FeignClients groups = this.groups;
		if (groups == null) {
			groups = this.groupsSupplier.get();
			this.groups = groups;
		}
		return groups;
	}

	@Override
	public IdentityApi identities() {
		return groups().identities();
	}

	@Override
	public SessionApi sessions() {
		return groups().sessions();
	}

	@Override
	public RecoveryApi recovery() {
		return groups().recovery();
	}

	@Override
	public SchemaApi schemas() {
		return groups().schemas();
	}

	@Override
	public CourierApi courier() {
		return groups().courier();
	}

	@Override
	public SelfServiceApi selfService() {
		return groups().selfService();
	}

	@Override
	public MetadataApi metadata() {
		return groups().metadata();
	}

	@Override
	public ImportSummary importIdentities(Stream<CreateIdentity> rows, ImportIdentities options,
			Consumer<ImportResult> results) {
		return IdentityImport.run(identities(), () -> metadata().isReady(), this.calls::isClosed, this.context,
				this.statistics.counters(), rows, options, results);
	}

	@Override
	public Stream<ImportResult> importIdentitiesLazily(Stream<CreateIdentity> rows, ImportIdentities options) {
		return IdentityImport.stream(identities(), () -> metadata().isReady(), this.calls::isClosed, this.context,
				this.statistics.counters(), rows, options);
	}

	@Override
	public Identity offboard(String identityId) {
		groups().require(TaskOperations.DELETE_IDENTITY_SESSIONS);
		return KratosAdmin.super.offboard(identityId);
	}

	@Override
	public Invitation inviteByCode(CreateIdentity identity, Duration expiresIn) {
		groups().require(TaskOperations.CREATE_RECOVERY_CODE);
		return KratosAdmin.super.inviteByCode(identity, expiresIn);
	}

	@Override
	public ClientStatistics statistics() {
		FeignClients groups = this.groups;
		return this.statistics.read((groups != null) ? groups.connections() : null);
	}

	@Override
	public void close() {
		// First, so that groups that another thread creates now open no connections.
		this.calls.close();
		FeignClients groups = this.groups;
		if (groups != null) {
			groups.close();
		}
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
