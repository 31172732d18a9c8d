package io.github.kratosadmin.internal.operation;

import io.github.kratosadmin.internal.response.ListFilter;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

import io.github.kratosadmin.error.KratosUnsupportedException;
import io.github.kratosadmin.identity.BatchPatchIdentities;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.identity.ImportCredentials;
import io.github.kratosadmin.identity.JsonPatch;
import io.github.kratosadmin.identity.UpdateIdentity;
import io.github.kratosadmin.recovery.CreateRecoveryCode;
import org.jspecify.annotations.Nullable;

import static java.util.Map.entry;

/**
 * What exists since which version of Kratos, if not in 0.6: the one place that says so. A
 * server that is too old may ignore what it does not know without a word, so that it is
 * refused here, before anything is sent. A server whose version cannot be read counts as
 * the newest.
 */
public class Requirements {

	private static final Map<String, Since> OPERATIONS = Map.ofEntries(entry("listIdentitySchemas", since(0, 8)),
			entry("deleteIdentitySessions", since(0, 8)), entry("listIdentitySessions", since(0, 9)),
			entry("extendSession", since(0, 10)), entry("patchIdentity", since(0, 11)),
			entry("listSessions", since(0, 11)), entry("getSession", since(0, 11)),
			entry("disableSession", since(0, 11)), entry("createRecoveryCodeForIdentity", since(0, 11)),
			entry("listCourierMessages", since(0, 11)), entry("getCourierMessage", since(0, 11)),
			entry("batchPatchIdentities", since(0, 13)), entry("deleteIdentityCredentials", since(0, 13)),
			entry("getIdentityByExternalID", since(25, 4)));

	/**
	 * By the operation and the parameter. Whether an old server has ignored a filter,
	 * {@link ListFilter} sees in its answer, except one for what is similar.
	 */
	private static final Map<String, Since> PARAMETERS = Map.ofEntries(
			entry("getIdentity include_credential", since(0, 8)), entry("createRecoveryLink return_to", since(0, 9)),
			entry("listIdentities credentials_identifier", since(0, 13)), entry("listIdentities ids", since(1, 1)),
			entry("listIdentities preview_credentials_identifier_similar", since(1, 1).ignoredBefore()),
			entry("listIdentities consistency", since(1, 1)), entry("listIdentities include_credential", since(1, 2)),
			entry("listIdentities organization_id", since(25, 4)));

	private static final List<Field> FIELDS = List.of(create("state", since(0, 8), CreateIdentity::state),
			create("credentials", since(0, 9), CreateIdentity::credentials),
			create("verifiable_addresses", since(0, 9), CreateIdentity::verifiableAddresses),
			create("recovery_addresses", since(0, 9), CreateIdentity::recoveryAddresses),
			create("metadata_public", since(0, 10), CreateIdentity::metadataPublic),
			create("metadata_admin", since(0, 10), CreateIdentity::metadataAdmin),
			create("external_id", since(25, 4), CreateIdentity::externalId),
			create("organization_id", since(25, 4), CreateIdentity::organizationId),
			update("state", since(0, 7), UpdateIdentity::state),
			update("metadata_public", since(0, 10), UpdateIdentity::metadataPublic),
			update("metadata_admin", since(0, 10), UpdateIdentity::metadataAdmin),
			update("credentials", since(0, 11).ignoredBefore(), UpdateIdentity::credentials),
			update("external_id", since(25, 4).ignoredBefore(), UpdateIdentity::externalId),
			credentials("use_password_migration_hook", since(1, 3), Requirements::usesPasswordMigrationHook),
			credentials("saml", since(25, 4), (credentials) -> credentials.saml() != null),
			credentials("use_auto_link", since(25, 4),
					(credentials) -> hasOidc(credentials, (account) -> account.useAutoLink() != null)),
			credentials("organization", since(25, 4),
					(credentials) -> hasOidc(credentials, (account) -> account.organization() != null)),
			patch("external_id", since(25, 4).ignoredBefore()), patch("organization_id", since(25, 4).ignoredBefore()),
			new Field("flow_type", since(1, 2).ignoredBefore(), Requirements::hasFlowType));

	private final ServerVersion server;

	public Requirements(ServerVersion server) {
		this.server = server;
	}

	/**
	 * Checks for an operation, before what comes before it is done.
	 * @throws KratosUnsupportedException if the server does not have it
	 */
	public void check(String operation) {
		Map<String, Since> needed = new LinkedHashMap<>();
		put(needed, operation, OPERATIONS.get(operation));
		check(operation, needed);
	}

	/**
	 * Checks what an operation is called with.
	 * @return the version of the server, {@code null} if it is not known or did not
	 * matter
	 * @throws KratosUnsupportedException if the server does not have it
	 */
	public @Nullable KratosVersion check(Operation operation, @Nullable Object[] arguments) {
		return check(operation.operation(), needed(operation, arguments));
	}

	private @Nullable KratosVersion check(String operation, Map<String, Since> needed) {
		if (needed.isEmpty()) {
			return null;
		}
		boolean ignored = needed.values().stream().anyMatch(Since::ignored);
		KratosVersion known = ignored ? this.server.ask() : this.server.get();
		boolean tooOld = needed.values().stream().anyMatch((since) -> since.isAfter(known));
		// The server may have been replaced by a newer one.
		KratosVersion version = (tooOld && !ignored) ? this.server.ask() : known;
		check(operation, needed, version);
		return version;
	}

	/**
	 * What a call needs, by what it is called.
	 */
	private static Map<String, Since> needed(Operation operation, @Nullable Object[] arguments) {
		Map<String, Since> needed = new LinkedHashMap<>();
		put(needed, operation.operation(), OPERATIONS.get(operation.operation()));
		for (int i = 0; i < arguments.length; i++) {
			Object argument = arguments[i];
			if (argument == null) {
				continue;
			}
			put(needed, operation.name(i), PARAMETERS.get(operation.operation() + " " + operation.name(i)));
			for (Field field : FIELDS) {
				put(needed, field.name(), field.isSet().test(argument) ? field.since() : null);
			}
		}
		return needed;
	}

	private static void put(Map<String, Since> needed, String feature, @Nullable Since since) {
		if (since != null) {
			needed.put(feature, since);
		}
	}

	private static void check(String operation, Map<String, Since> needed, @Nullable KratosVersion version) {
		needed.forEach((feature, since) -> {
			if (version != null && since.isAfter(version)) {
				throw new KratosUnsupportedException(operation, feature, since.version().toString(),
						version.toString());
			}
		});
	}

	public ServerVersion server() {
		return this.server;
	}

	/**
	 * The version of the server, or {@code null} if it does not tell.
	 */
	public @Nullable KratosVersion version() {
		return this.server.get();
	}

	/**
	 * Whether servers of a version know a parameter.
	 */
	public static boolean knows(String operation, String parameter, KratosVersion version) {
		Since since = PARAMETERS.get(operation + " " + parameter);
		return since == null || !since.isAfter(version);
	}

	private static Since since(int major, int minor) {
		return new Since(new KratosVersion(major, minor), false);
	}

	private static Field create(String name, Since since, Function<CreateIdentity, @Nullable Object> value) {
		return new Field(name, since, (body) -> creates(body, (create) -> value.apply(create) != null));
	}

	private static boolean creates(Object body, Predicate<CreateIdentity> which) {
		if (body instanceof CreateIdentity create) {
			return which.test(create);
		}
		return body instanceof BatchPatchIdentities batch
				&& batch.identities().stream().map(BatchPatchIdentities.IdentityPatch::create).anyMatch(which);
	}

	private static Field update(String name, Since since, Function<UpdateIdentity, @Nullable Object> value) {
		return new Field(name, since, (body) -> body instanceof UpdateIdentity update && value.apply(update) != null);
	}

	private static Field credentials(String name, Since since, Predicate<ImportCredentials> isSet) {
		return new Field(name, since, (body) -> {
			if (body instanceof UpdateIdentity update) {
				return update.credentials() != null && isSet.test(update.credentials());
			}
			return creates(body, (create) -> create.credentials() != null && isSet.test(create.credentials()));
		});
	}

	private static boolean hasFlowType(Object body) {
		return body instanceof CreateRecoveryCode code && code.flowType() != null;
	}

	private static boolean usesPasswordMigrationHook(ImportCredentials credentials) {
		return credentials.password() != null && credentials.password().config().usePasswordMigrationHook() != null;
	}

	private static boolean hasOidc(ImportCredentials credentials, Predicate<ImportCredentials.OidcProvider> which) {
		return credentials.oidc() != null && credentials.oidc().config().providers().stream().anyMatch(which);
	}

	private static Field patch(String name, Since since) {
		return new Field(name, since, (body) -> body instanceof JsonPatch patch
				&& patch.operations().stream().anyMatch((operation) -> operation.path().equals("/" + name)));
	}

	/**
	 * A version.
	 *
	 * @param version the version
	 * @param ignored whether servers before it ignore what they do not know, and do not
	 * refuse it themselves. There a version that was read earlier does not do: the server
	 * may have been replaced
	 */
	private record Since(KratosVersion version, boolean ignored) {

		Since ignoredBefore() {
			return new Since(this.version, true);
		}

		boolean isAfter(@Nullable KratosVersion server) {
			return server != null && server.compareTo(this.version) < 0;
		}

	}

	/**
	 * A field of a body.
	 */
	private record Field(String name, Since since, Predicate<Object> isSet) {

	}

}
