package io.github.kratosadmin.samples.docs;

import java.lang.reflect.AnnotatedType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.courier.ListCourierMessages;
import io.github.kratosadmin.error.KratosException;
import io.github.kratosadmin.error.KratosUnsupportedException;
import io.github.kratosadmin.identity.BatchPatchIdentities;
import io.github.kratosadmin.identity.Consistency;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.identity.CredentialsType;
import io.github.kratosadmin.identity.IdentityPath;
import io.github.kratosadmin.identity.IdentityRegion;
import io.github.kratosadmin.identity.IdentityState;
import io.github.kratosadmin.identity.ImportCredentials;
import io.github.kratosadmin.identity.ImportCredentials.OidcProvider;
import io.github.kratosadmin.identity.ImportCredentials.SamlProvider;
import io.github.kratosadmin.identity.ImportIdentities;
import io.github.kratosadmin.identity.JsonPatch;
import io.github.kratosadmin.identity.ListIdentities;
import io.github.kratosadmin.identity.RecoveryAddress;
import io.github.kratosadmin.identity.UnknownRow;
import io.github.kratosadmin.identity.UpdateIdentity;
import io.github.kratosadmin.identity.VerifiableAddress;
import io.github.kratosadmin.identity.WebAuthnCredential;
import io.github.kratosadmin.recovery.CreateRecoveryCode;
import io.github.kratosadmin.recovery.CreateRecoveryLink;
import io.github.kratosadmin.schema.ListIdentitySchemas;
import io.github.kratosadmin.selfservice.CreateTestLoginFlow;
import io.github.kratosadmin.selfservice.FlowType;
import io.github.kratosadmin.session.ListIdentitySessions;
import io.github.kratosadmin.session.ListSessions;
import io.github.kratosadmin.session.ManageSessions;
import io.github.kratosadmin.session.ManageSessions.Confirmation;
import io.github.kratosadmin.session.ManageSessionsAction;
import io.github.kratosadmin.test.embedded.EmbeddedKratos;
import io.github.kratosadmin.test.embedded.KratosEra;
import io.github.kratosadmin.version.SinceKratos;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests that the tables of operations, parameters, fields and tasks list the declarations
 * of the client and the versions that it requires.
 */
class OperationTableTests {

	private static final String ID = "12345678-9abc-4def-8123-456789abcdef";

	private static final List<Row> ROWS = rows();

	private static final Map<Class<?>, Object> ARGUMENTS = Map.ofEntries(entry(String.class, ID),
			entry(CreateIdentity.class, create().build()), entry(UpdateIdentity.class, update().build()),
			entry(JsonPatch.class, patch(IdentityPath.traits())),
			entry(BatchPatchIdentities.class, new BatchPatchIdentities(List.of())),
			entry(CredentialsType.class, CredentialsType.OIDC),
			entry(CreateRecoveryLink.class, new CreateRecoveryLink(ID)),
			entry(CreateRecoveryCode.class, new CreateRecoveryCode(ID)),
			entry(ManageSessions.class, ManageSessions.ofIdentities(ManageSessionsAction.DISABLE, List.of(ID))),
			entry(CreateTestLoginFlow.class, new CreateTestLoginFlow("google")),
			entry(ListIdentities.class, ListIdentities.builder().build()),
			entry(ListSessions.class, ListSessions.builder().build()),
			entry(ListIdentitySessions.class, ListIdentitySessions.builder().build()),
			entry(ListIdentitySchemas.class, ListIdentitySchemas.builder().build()),
			entry(ListCourierMessages.class, ListCourierMessages.builder().build()));

	private static final Map<KratosAdmin, EmbeddedKratos> SERVERS = new HashMap<>();

	@BeforeAll
	static void start() {
		for (KratosEra era : KratosEra.values()) {
			EmbeddedKratos server = EmbeddedKratos.builder().era(era).start();
			SERVERS.put(KratosAdmin.builder().baseUrl(server.adminUrl().toString()).build(), server);
		}
	}

	@AfterAll
	static void stop() {
		SERVERS.forEach((client, server) -> {
			client.close();
			server.close();
		});
	}

	@Test
	void listsEveryOperationInItsGroup() {
		Map<String, List<String>> declared = new TreeMap<>();
		groups().forEach((group) -> declared.put(group.getName() + " " + group.getReturnType().getSimpleName(),
				operations(group.getReturnType()).map(Method::getName).sorted().toList()));
		Map<String, List<String>> listed = new TreeMap<>();
		for (Row row : ROWS) {
			listed.merge(row.group(), List.of(row.operation()),
					(some, more) -> Stream.concat(some.stream(), more.stream()).sorted().toList());
		}
		assertThat(listed).isEqualTo(declared);
		assertThat(ROWS).isNotEmpty();
	}

	@ParameterizedTest
	@MethodSource("rows")
	void everyExampleCallsItsOperationAndIsTested(Row row) {
		assertThat(row.example()).startsWith(row.group().replaceAll(" .*", "") + "." + row.operation() + "(");
		assertThat(Document.samples()).anyMatch((source) -> source.contains(row.example()));
	}

	@ParameterizedTest
	@MethodSource("rows")
	void everyOperationRequiresItsVersion(Row row) {
		Method group = groups().filter((method) -> row.group().startsWith(method.getName() + " ")).findFirst().get();
		Method operation = operations(group.getReturnType())
			.filter((method) -> method.getName().equals(row.operation()))
			.findFirst()
			.get();
		Object[] arguments = Arrays.stream(operation.getAnnotatedParameterTypes())
			.map(OperationTableTests::argument)
			.toArray();
		assertThat(requiredVersion((client) -> invoke(operation, invoke(group, client), arguments)))
			.isEqualTo(row.since());
	}

	private static @Nullable Object argument(AnnotatedType parameter) {
		if (parameter.isAnnotationPresent(Nullable.class)) {
			return null;
		}
		Object argument = ARGUMENTS.get(parameter.getType());
		assertThat(argument).as("an argument for a %s", parameter.getType()).isNotNull();
		return argument;
	}

	@Test
	void everyParameterAndFieldRequiresItsVersion() {
		Map<String, String> required = new TreeMap<>();
		required.put("getIdentity `includeCredential`",
				requiredVersion((client) -> client.identities().getIdentity(ID, List.of(CredentialsType.OIDC))));
		required.put("createRecoveryLink `returnTo`",
				requiredVersion((client) -> client.recovery().createRecoveryLink(new CreateRecoveryLink(ID), "/")));
		required.put("createRecoveryCodeForIdentity `flowType`", requiredVersion((client) -> client.recovery()
			.createRecoveryCodeForIdentity(CreateRecoveryCode.builder(ID).flowType(FlowType.API).build())));
		required.put("listIdentities `credentialsIdentifier`", list(query().credentialsIdentifier("nobody")));
		required.put("listIdentities `startAfter`", list(query().startAfter(ID)));
		required.put("listIdentities `ids`", list(query().ids(List.of(ID))));
		required.put("listIdentities `previewCredentialsIdentifierSimilar`",
				list(query().previewCredentialsIdentifierSimilar("nobody")));
		required.put("listIdentities `consistency`", list(query().consistency(Consistency.STRONG)));
		required.put("listIdentities `includeCredential`", list(query().includeCredential(CredentialsType.OIDC)));
		required.put("listIdentities `organizationId`", list(query().organizationId(ID)));
		required.put("createIdentity `state`", create(create().state(IdentityState.ACTIVE)));
		required.put("createIdentity `credentials`", create(create().credentials(credentials().password("x").build())));
		required.put("createIdentity `verifiableAddresses`",
				create(create().verifiableAddress(VerifiableAddress.email("a@example.test", true))));
		required.put("createIdentity `recoveryAddresses`",
				create(create().recoveryAddress(RecoveryAddress.email("a@example.test"))));
		required.put("createIdentity `metadataPublic`", create(create().metadataPublic(Map.of())));
		required.put("createIdentity `metadataAdmin`", create(create().metadataAdmin(Map.of())));
		required.put("createIdentity `externalId`", create(create().externalId("x")));
		required.put("createIdentity `organizationId`", create(create().organizationId(ID)));
		required.put("createIdentity `region`", create(create().region(IdentityRegion.EU)));
		required.put("updateIdentity `region`", update(update().region(IdentityRegion.EU)));
		required.put("patchIdentity `region`", patched(IdentityPath.region()));
		required.put("`ImportCredentials` `totp`", create(create().credentials(credentials().totp("x").build())));
		required.put("`ImportCredentials` `lookupSecret`",
				create(create().credentials(credentials().lookupSecret("x").build())));
		required.put("`ImportCredentials` `webauthn`",
				create(create().credentials(credentials().webauthn(key()).build())));
		required.put("`ImportCredentials` `passkey`",
				create(create().credentials(credentials().passkey(key()).build())));
		required.put("`RecoveryAddress` `breakGlassForOrganization`", create(create().recoveryAddress(
				RecoveryAddress.builder().value("a@example.test").via("email").breakGlassForOrganization(ID).build())));
		required.put("updateIdentity `state`", update(update().state(IdentityState.ACTIVE)));
		required.put("updateIdentity `metadataPublic`", update(update().metadataPublic(Map.of())));
		required.put("updateIdentity `metadataAdmin`", update(update().metadataAdmin(Map.of())));
		required.put("updateIdentity `credentials`", update(update().credentials(credentials().password("x").build())));
		required.put("updateIdentity `externalId`", update(update().externalId("x")));
		required.put("patchIdentity `externalId`", patched(IdentityPath.externalId()));
		required.put("patchIdentity `organizationId`", patched(IdentityPath.organizationId()));
		required.put("`ImportCredentials` `usePasswordMigrationHook`",
				create(create().credentials(credentials().usePasswordMigrationHook(true).build())));
		required.put("`ImportCredentials` `saml`",
				create(create().credentials(credentials().saml(new SamlProvider("x", "y", null)).build())));
		required.put("`ImportCredentials` `useAutoLink`",
				create(create().credentials(credentials().oidc(new OidcProvider("x", "y", true, null)).build())));
		required.put("`ImportCredentials` `organization`",
				create(create().credentials(credentials().oidc(new OidcProvider("x", "y", null, ID)).build())));
		assertThat(listedFields()).isEqualTo(required);
	}

	@Test
	void everyParameterAndFieldWithAVersionIsListed() {
		Map<String, String> annotated = new TreeMap<>();
		groups().flatMap((group) -> operations(group.getReturnType()))
			.forEach((operation) -> Stream.of(operation.getParameters())
				.forEach((parameter) -> addVersions(operation.getName(), parameter, annotated)));
		Stream.of(ImportCredentials.class.getDeclaredClasses())
			.filter(Class::isRecord)
			.forEach((type) -> addVersions("`ImportCredentials`", type, annotated));
		addVersions("`ImportCredentials`", ImportCredentials.class, annotated);
		addVersions("`RecoveryAddress`", RecoveryAddress.class, annotated);
		assertThat(listedFields()).isEqualTo(annotated);
	}

	private static void addVersions(String operation, Parameter parameter, Map<String, String> versions) {
		for (SinceKratos since : parameter.getAnnotationsByType(SinceKratos.class)) {
			String name = since.patchPath().isEmpty() ? parameter.getName() : camelCase(since.patchPath().substring(1));
			versions.put(operation + " `" + name + "`", since.value());
		}
		addVersions(operation, parameter.getType(), versions);
	}

	private static void addVersions(String operation, Class<?> type, Map<String, String> versions) {
		for (RecordComponent component : type.isRecord() ? type.getRecordComponents() : new RecordComponent[0]) {
			SinceKratos since = component.getAnnotation(SinceKratos.class);
			if (since != null) {
				versions.put(operation + " `" + component.getName() + "`", since.value());
			}
		}
	}

	private static String camelCase(String name) {
		return Pattern.compile("_(\\w)").matcher(name).replaceAll((match) -> match.group(1).toUpperCase(Locale.ROOT));
	}

	@Test
	void everyTaskRequiresItsVersion() {
		CreateIdentity identity = create().build();
		Map<String, String> required = new TreeMap<>();
		required.put("updateIdentity(id, change)", requiredVersion(
				(client) -> client.identities().updateIdentity(ID, (found) -> UpdateIdentity.from(found).build())));
		required.put("importIdentities", requiredVersion((client) -> client.importIdentities(Stream.of(identity),
				ImportIdentities.builder().build(), (result) -> {
				})));
		required.put("streamIdentitiesAhead",
				requiredVersion((client) -> client.identities().streamIdentitiesAhead(query().build()).toList()));
		required.put("inviteByLink", requiredVersion((client) -> client.inviteByLink(identity, Duration.ofHours(1))));
		required.put("inviteByCode", requiredVersion((client) -> client.inviteByCode(identity, Duration.ofHours(1))));
		required.put("offboard", requiredVersion((client) -> client.offboard(ID)));
		required.put("offboard(ids)", requiredVersion((client) -> client.offboard(List.of(ID))));
		required.put("deleteIdentitySessions(ids)", requiredVersion((client) -> {
			client.sessions().deleteIdentitySessions(List.of(ID));
			return null;
		}));
		required.put("drainSessions", requiredVersion((client) -> client.sessions()
			.drainSessions(ManageSessionsAction.DISABLE, Confirmation.SIGN_OUT_EVERYBODY)));
		required.put("findByCredentialsIdentifier",
				requiredVersion((client) -> client.identities().findByCredentialsIdentifier("nobody")));
		required.put("resolveUnknown", requiredVersion((client) -> client.resolveUnknown(new UnknownRow(0,
				create().traits(Map.of("email", "alice@example.test")).build(), Instant.EPOCH, Instant.EPOCH))));
		required.put("findIdentities", requiredVersion(
				(client) -> client.findIdentities(create().traits(Map.of("email", "alice@example.test")).build())));
		required.put("findByExternalId", requiredVersion((client) -> client.identities().findByExternalId("x")));
		Map<String, String> listed = new TreeMap<>();
		for (List<String> row : Document.of("docs/versions.md").table("| task | since Kratos |")) {
			Document.code(row.get(0)).forEach((task) -> listed.put(task, row.get(1)));
		}
		assertThat(listed).isEqualTo(required);
	}

	@Test
	void anUnsupportedTaskChangesNothing() {
		CreateIdentity identity = create().traits(Map.of("email", "alice@example.test")).build();
		KratosAdmin kratos = client(KratosEra.V0_7);
		String id = kratos.identities().createIdentity(identity).id();
		assertThatExceptionOfType(KratosUnsupportedException.class).isThrownBy(() -> kratos.offboard(id));
		assertThat(kratos.identities().getIdentity(id).state()).isEqualTo(IdentityState.ACTIVE);
		assertThatExceptionOfType(KratosUnsupportedException.class)
			.isThrownBy(() -> client(KratosEra.V0_10).inviteByCode(identity, Duration.ofHours(1)));
	}

	private static KratosAdmin client(KratosEra era) {
		return SERVERS.entrySet()
			.stream()
			.filter((entry) -> entry.getValue().era() == era)
			.map(Map.Entry::getKey)
			.findFirst()
			.get();
	}

	private static Map<String, String> listedFields() {
		Map<String, String> listed = new TreeMap<>();
		Matcher row = Pattern.compile("(?m)^\\| (\\w+|`\\w+`) \\| ((?:`\\w+`(?:, )?)+) \\| ((?:after )?[\\d.]+) \\|$")
			.matcher(Document.of("docs/versions.md").text());
		while (row.find()) {
			for (String field : row.group(2).split(", ")) {
				listed.put(row.group(1) + " " + field, row.group(3));
			}
		}
		return listed;
	}

	private static ListIdentities.Builder query() {
		return ListIdentities.builder();
	}

	private static CreateIdentity.Builder create() {
		return CreateIdentity.builder().traits(Map.of());
	}

	private static UpdateIdentity.Builder update() {
		return UpdateIdentity.builder().traits(Map.of());
	}

	private static ImportCredentials.Builder credentials() {
		return ImportCredentials.builder();
	}

	private static WebAuthnCredential key() {
		return WebAuthnCredential.builder(new byte[1], new byte[1]).build();
	}

	private static JsonPatch patch(IdentityPath path) {
		return JsonPatch.builder().replace(path, Map.of()).build();
	}

	private static String list(ListIdentities.Builder query) {
		return requiredVersion((client) -> client.identities().listIdentities(query.build()));
	}

	private static String create(CreateIdentity.Builder identity) {
		return requiredVersion((client) -> client.identities().createIdentity(identity.build()));
	}

	private static String update(UpdateIdentity.Builder identity) {
		return requiredVersion((client) -> client.identities().updateIdentity(ID, identity.build()));
	}

	private static String patched(IdentityPath path) {
		return requiredVersion((client) -> client.identities().patchIdentity(ID, patch(path)));
	}

	/**
	 * Returns the version that a call requires, from the exception on the newest server
	 * without support, or 0.6 if all servers support it.
	 */
	private static String requiredVersion(Call call) {
		TreeMap<KratosEra, String> required = new TreeMap<>();
		SERVERS.forEach((client, server) -> {
			try {
				call.make(client);
			}
			catch (KratosUnsupportedException ex) {
				required.put(server.era(), ex.getRequiredVersion());
			}
			catch (KratosException ex) {
				// The request was sent. The rest does not matter here.
				assertThat(ex.getStatus()).isPositive();
			}
		});
		return required.isEmpty() ? "0.6" : required.lastEntry().getValue();
	}

	private static Object invoke(Method method, Object target, Object... arguments) {
		try {
			return method.invoke(target, arguments);
		}
		catch (InvocationTargetException ex) {
			if (ex.getCause() instanceof RuntimeException cause) {
				throw cause;
			}
			throw new IllegalStateException(ex);
		}
		catch (IllegalAccessException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Stream<Method> groups() {
		return Stream.of(KratosAdmin.class.getMethods())
			.filter((method) -> method.getReturnType().getSimpleName().endsWith("Api"));
	}

	/** Returns the operations, without conveniences, which are default methods. */
	private static Stream<Method> operations(Class<?> group) {
		return Stream.of(group.getMethods()).filter((method) -> !method.isDefault());
	}

	static List<Row> rows() {
		List<Row> rows = new ArrayList<>();
		String group = "";
		for (String line : Document.of("docs/operations.md").text().lines().toList()) {
			Matcher heading = Pattern.compile("\\| \\*\\*`(\\w+)\\(\\)`\\*\\* \\| \\| bean `(\\w+)` \\|").matcher(line);
			Matcher row = Pattern.compile("\\| `(\\w+)\\([^`]*\\)` \\| ((?:after )?[\\d.]+) \\| `(\\w+\\..*)` \\|")
				.matcher(line);
			if (heading.matches()) {
				group = heading.group(1) + " " + heading.group(2);
			}
			else if (row.matches()) {
				rows.add(new Row(group, row.group(1), row.group(2), row.group(3)));
			}
		}
		return rows;
	}

	private interface Call {

		Object make(KratosAdmin client);

	}

	/**
	 * A row of the table of operations.
	 */
	record Row(String group, String operation, String since, String example) {

	}

}
