package io.github.kratosadmin.samples.migrating;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.courier.ListCourierMessages;
import io.github.kratosadmin.error.KratosException;
import io.github.kratosadmin.identity.BatchPatchIdentities;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.identity.CredentialsType;
import io.github.kratosadmin.identity.IdentityPath;
import io.github.kratosadmin.identity.IdentityState;
import io.github.kratosadmin.identity.JsonPatch;
import io.github.kratosadmin.identity.ListIdentities;
import io.github.kratosadmin.identity.UpdateIdentity;
import io.github.kratosadmin.recovery.CreateRecoveryCode;
import io.github.kratosadmin.recovery.CreateRecoveryLink;
import io.github.kratosadmin.schema.ListIdentitySchemas;
import io.github.kratosadmin.selfservice.CreateTestLoginFlow;
import io.github.kratosadmin.session.ListIdentitySessions;
import io.github.kratosadmin.session.ListSessions;
import io.github.kratosadmin.session.ManageSessions;
import io.github.kratosadmin.session.ManageSessionsAction;
import io.github.kratosadmin.test.embedded.EmbeddedKratos;
import io.github.kratosadmin.test.embedded.KratosEra;
import org.jspecify.annotations.Nullable;
import sh.ory.kratos.ApiClient;
import sh.ory.kratos.ApiException;

/**
 * The first request that an operation sends, such as {@code GET /identities/…}. The path
 * has neither the query nor the prefix {@code /admin}.
 */
class Requests implements AutoCloseable {

	private static final String ID = "12345678-9abc-4def-8123-456789abcdef";

	private static final Map<Class<?>, Object> ARGUMENTS = Map.ofEntries(Map.entry(String.class, ID),
			Map.entry(CreateIdentity.class, CreateIdentity.builder().traits(Map.of()).build()),
			Map.entry(UpdateIdentity.class, UpdateIdentity.builder().traits(Map.of()).build()),
			Map.entry(JsonPatch.class,
					JsonPatch.builder().replace(IdentityPath.state(), IdentityState.INACTIVE).build()),
			Map.entry(BatchPatchIdentities.class, new BatchPatchIdentities(List.of())),
			Map.entry(CredentialsType.class, new CredentialsType(ID)),
			Map.entry(CreateRecoveryLink.class, new CreateRecoveryLink(ID)),
			Map.entry(CreateRecoveryCode.class, new CreateRecoveryCode(ID)),
			Map.entry(ManageSessions.class, ManageSessions.ofIdentities(ManageSessionsAction.DISABLE, List.of(ID))),
			Map.entry(CreateTestLoginFlow.class, new CreateTestLoginFlow(ID)),
			Map.entry(ListIdentities.class, ListIdentities.builder().build()),
			Map.entry(ListSessions.class, ListSessions.builder().build()),
			Map.entry(ListIdentitySessions.class, ListIdentitySessions.builder().build()),
			Map.entry(ListIdentitySchemas.class, ListIdentitySchemas.builder().build()),
			Map.entry(ListCourierMessages.class, ListCourierMessages.builder().build()));

	private final EmbeddedKratos server = EmbeddedKratos.builder().era(KratosEra.NEXT).start();

	private final KratosAdmin kratos = KratosAdmin.builder().baseUrl(this.server.adminUrl().toString()).build();

	private final ApiClient official = new ApiClient().setBasePath(this.server.adminUrl().toString());

	/**
	 * Returns the request of an operation of this client.
	 */
	String of(Method group, Method operation) throws Exception {
		return request(operation, group.invoke(this.kratos)).orElseThrow();
	}

	/**
	 * Returns the request of an operation of the official client, or nothing if it sends
	 * none with the arguments of this test.
	 */
	Optional<String> ofOfficial(Class<?> api, Method operation) throws Exception {
		return request(operation, api.getConstructor(ApiClient.class).newInstance(this.official));
	}

	private Optional<String> request(Method operation, Object target) throws Exception {
		this.server.reset();
		Object[] arguments = new Object[operation.getParameterCount()];
		for (int i = 0; i < arguments.length; i++) {
			arguments[i] = argument(operation.getParameterTypes()[i]);
		}
		try {
			operation.invoke(target, arguments);
		}
		catch (InvocationTargetException ex) {
			if (!(ex.getCause() instanceof KratosException || ex.getCause() instanceof ApiException)) {
				throw ex;
			}
			// The request was sent, or not. The rest does not matter here.
		}
		List<String> requests = this.server.requests()
			.stream()
			.map((request) -> request.method() + " " + request.path().replaceAll("^/admin(?=/)|\\?.*", ""))
			.toList();
		// A call may first request the version.
		return requests.stream()
			.filter((request) -> !request.equals("GET /version"))
			.findFirst()
			.or(() -> requests.stream().findFirst());
	}

	private static @Nullable Object argument(Class<?> type) throws Exception {
		boolean officialBody = type.getPackageName().equals("sh.ory.kratos.model") && !type.isEnum();
		return officialBody ? type.getConstructor().newInstance() : ARGUMENTS.get(type);
	}

	@Override
	public void close() {
		this.kratos.close();
		this.server.close();
	}

}
