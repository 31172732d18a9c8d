package io.github.kratosadmin;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
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
import io.github.kratosadmin.identity.OffboardResult;
import io.github.kratosadmin.identity.ResolvedRow;
import io.github.kratosadmin.identity.UnknownRow;
import io.github.kratosadmin.internal.feign.FeignClients;
import io.github.kratosadmin.internal.imports.IdentityImport;
import io.github.kratosadmin.internal.imports.UnknownRows;
import io.github.kratosadmin.internal.operation.Operation;
import io.github.kratosadmin.internal.operation.Uuids;
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

	private final Supplier<ClientParts> assembly;

	private volatile @Nullable ClientParts parts;

	private volatile @Nullable UnknownRows unknownRows;

	private volatile boolean closed;

	/**
	 * Creates a client.
	 * @param assembly assembles the client, at its first use and not at startup
	 */
	DefaultKratosAdmin(Supplier<ClientParts> assembly) {
		this.assembly = assembly;
	}

	private ClientParts parts() {
		ClientParts parts = this.parts;
		return (parts != null) ? parts : assemble();
	}

	private synchronized ClientParts assemble() {
		ClientParts parts = this.parts;
		if (parts == null) {
			parts = this.assembly.get();
			if (this.closed) {
				parts.close();
			}
			this.parts = parts;
		}
		return parts;
	}

	private FeignClients groups() {
		return parts().groups();
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
		ClientParts parts = parts();
		return IdentityImport.run(identities(), () -> metadata().isReady(), parts.calls()::isClosed, parts.context(),
				parts.statistics().counters(), rows, options, results);
	}

	@Override
	public Stream<ImportResult> importIdentitiesLazily(Stream<CreateIdentity> rows, ImportIdentities options) {
		ClientParts parts = parts();
		return IdentityImport.stream(identities(), () -> metadata().isReady(), parts.calls()::isClosed, parts.context(),
				parts.statistics().counters(), rows, options);
	}

	@Override
	public ResolvedRow resolveUnknown(UnknownRow row) {
		return unknownRows().resolve(row);
	}

	@Override
	public List<Identity> findIdentities(CreateIdentity identity) {
		return unknownRows().find(identity);
	}

	@Override
	public boolean canFindIdentities(CreateIdentity identity) {
		return unknownRows().canFind(identity);
	}

	private UnknownRows unknownRows() {
		UnknownRows rows = this.unknownRows;
		if (rows == null) {
			// Two threads may create one each, and read the schemas twice.
			rows = new UnknownRows(identities(), schemas(), parts().calls()::serverDate);
			this.unknownRows = rows;
		}
		return rows;
	}

	@Override
	public Identity offboard(String identityId) {
		groups().require(TaskOperations.DELETE_IDENTITY_SESSIONS);
		return KratosAdmin.super.offboard(identityId);
	}

	@Override
	public List<OffboardResult> offboard(Collection<String> identityIds) {
		List<String> ids = Uuids.distinct(identityIds);
		if (!ids.isEmpty()) {
			groups().require(TaskOperations.DELETE_IDENTITY_SESSIONS);
		}
		return KratosAdmin.super.offboard(ids);
	}

	@Override
	public Invitation inviteByCode(CreateIdentity identity, Duration expiresIn) {
		groups().require(TaskOperations.CREATE_RECOVERY_CODE);
		return KratosAdmin.super.inviteByCode(identity, expiresIn);
	}

	@Override
	public ClientStatistics statistics() {
		ClientParts parts = parts();
		return parts.statistics().read(parts.groups().connections());
	}

	@Override
	public boolean isClosed() {
		return this.closed;
	}

	@Override
	public synchronized void close() {
		this.closed = true;
		if (this.parts != null) {
			this.parts.close();
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
