package io.github.kratosadmin.test.contract;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.kratosadmin.courier.CourierMessage;
import io.github.kratosadmin.courier.CourierMessageStatus;
import io.github.kratosadmin.courier.ListCourierMessages;
import io.github.kratosadmin.error.KratosBadRequestException;
import io.github.kratosadmin.error.KratosConflictException;
import io.github.kratosadmin.error.KratosException;
import io.github.kratosadmin.error.KratosNotFoundException;
import io.github.kratosadmin.error.KratosUnsupportedException;
import io.github.kratosadmin.identity.BatchPatchIdentities;
import io.github.kratosadmin.identity.BatchPatchIdentities.IdentityPatch;
import io.github.kratosadmin.identity.BatchPatchIdentitiesResult.IdentityPatchResult;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.identity.CredentialsType;
import io.github.kratosadmin.identity.Identity;
import io.github.kratosadmin.identity.IdentityPath;
import io.github.kratosadmin.identity.IdentityState;
import io.github.kratosadmin.identity.ImportCredentials;
import io.github.kratosadmin.identity.ImportIdentities;
import io.github.kratosadmin.identity.ImportResult;
import io.github.kratosadmin.identity.ImportResult.Outcome;
import io.github.kratosadmin.identity.JsonPatch;
import io.github.kratosadmin.identity.ListIdentities;
import io.github.kratosadmin.identity.OffboardResult;
import io.github.kratosadmin.identity.RecoveryAddress;
import io.github.kratosadmin.identity.ResolvedRow;
import io.github.kratosadmin.identity.ResolvedRow.Fate;
import io.github.kratosadmin.identity.UnknownRow;
import io.github.kratosadmin.identity.UpdateIdentity;
import io.github.kratosadmin.identity.VerifiableAddress;
import io.github.kratosadmin.json.RequestJson;
import io.github.kratosadmin.recovery.CreateRecoveryCode;
import io.github.kratosadmin.recovery.CreateRecoveryLink;
import io.github.kratosadmin.recovery.Invitation;
import io.github.kratosadmin.recovery.RecoveryCode;
import io.github.kratosadmin.schema.IdentitySchemaContainer;
import io.github.kratosadmin.schema.ListIdentitySchemas;
import io.github.kratosadmin.selfservice.CreateTestLoginFlow;
import io.github.kratosadmin.selfservice.SelfServiceApi;
import io.github.kratosadmin.session.ListIdentitySessions;
import io.github.kratosadmin.session.ListSessions;
import io.github.kratosadmin.session.ManageSessions;
import io.github.kratosadmin.session.Session;
import io.github.kratosadmin.session.SessionApi;
import io.github.kratosadmin.session.SessionDevice;
import io.github.kratosadmin.session.SessionExpand;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.kratosadmin.session.ManageSessionsAction.DISABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests the operations that Kratos added after 0.6, and the tasks that use several
 * operations. If the server does not have an operation, the client must refuse the call
 * before it sends a request.
 */
abstract class LaterContractSuite extends ContractSuite {

	private static final String BCRYPT = "$2a$04$NpiFJJwLmT2tzuJLdE6fkOsZYS/aV95kn0hqjhyoxQLrNq4Gr0YZ.";

	/**
	 * Whether the server has a version or a later one. If not, asserts that a call is
	 * refused as unsupported.
	 */
	private boolean has(int major, int minor, Callable<?> call) {
		if (isFrom(major, minor)) {
			return true;
		}
		assertThatExceptionOfType(KratosUnsupportedException.class).isThrownBy(call::call)
			.satisfies((ex) -> assertThat(ex.getRequiredVersion()).isEqualTo(major + "." + minor));
		return false;
	}

	/**
	 * Whether the server has what no release has. If not, asserts that a call is refused
	 * as unsupported.
	 */
	final boolean hasAfterNewestRelease(Callable<?> call) {
		if (isAfterNewestRelease()) {
			return true;
		}
		assertThatExceptionOfType(KratosUnsupportedException.class).isThrownBy(call::call)
			.satisfies((ex) -> assertThat(ex.getRequiredVersion()).isEqualTo("after 26.2"));
		return false;
	}

	private static Callable<?> call(Runnable call) {
		return () -> {
			call.run();
			return null;
		};
	}

	final CreateIdentity.Builder person(String name) {
		return CreateIdentity.builder().schemaId("default").traits(Map.of("email", name + DOMAIN));
	}

	// manageSessions and createTestLoginFlow

	@Test
	void refusesOnEveryReleaseWhatNoneHas() {
		SessionApi sessions = this.kratos.sessions();
		SelfServiceApi selfService = this.kratos.selfService();
		String id = create("alice").id();
		hasAfterNewestRelease(
				() -> sessions.manageSessions(ManageSessions.ofIdentities(DISABLE, List.of(id))).processed());
		hasAfterNewestRelease(() -> selfService.createTestLoginFlow(new CreateTestLoginFlow("google")).id());
	}

	// patchIdentity

	private Identity patch(Identity identity, JsonPatch.Builder patch) {
		this.kratos.identities().patchIdentity(identity.id(), patch.build());
		return this.kratos.identities().getIdentity(identity.id());
	}

	private boolean hasPatches(Identity identity) {
		JsonPatch patch = JsonPatch.builder().replace(IdentityPath.state(), IdentityState.INACTIVE).build();
		return has(0, 11, () -> this.kratos.identities().patchIdentity(identity.id(), patch));
	}

	@Test
	void patchesOnlyNamedFields() {
		Identity alice = create("alice");
		if (hasPatches(alice)) {
			Identity patched = patch(alice,
					JsonPatch.builder()
						.replace(IdentityPath.traits("name", "first"), "Alicia")
						.replace(IdentityPath.state(), IdentityState.INACTIVE));
			assertThat(patched.traits().at("/name/first").asString()).isEqualTo("Alicia");
			assertThat(patched.traits().path("email").asString()).isEqualTo("alice" + DOMAIN);
			assertThat(patched.state()).isEqualTo(IdentityState.INACTIVE);
			assertThat(patched.schemaId()).isEqualTo("default");
		}
	}

	@Test
	void patchesMetadataThatIsNull() {
		Identity alice = create("alice");
		if (hasPatches(alice) && isFrom(1, 0)) {
			Identity patched = patch(alice,
					JsonPatch.builder()
						.add(IdentityPath.metadataPublic("plan"), "pro")
						.replace(IdentityPath.metadataAdmin("risk", "a/b~c"), 3));
			assertThat(patched.metadataPublic().path("plan").asString()).isEqualTo("pro");
			assertThat(patched.metadataAdmin().path("risk").path("a/b~c").asInt()).isEqualTo(3);
			patched = patch(patched, JsonPatch.builder().add(IdentityPath.metadataPublic("since"), 2026));
			assertThat(patched.metadataPublic().path("plan").asString()).as("existing fields stay").isEqualTo("pro");
			patched = patch(patched, JsonPatch.builder().remove(IdentityPath.metadataAdmin("risk", "a/b~c")));
			assertThat(patched.metadataAdmin().path("risk").isEmpty()).isTrue();
			patched = patch(patched, JsonPatch.builder().remove(IdentityPath.metadataPublic()));
			assertThat(patched.metadataPublic()).isNull();
			assertThat(patched.metadataAdmin()).isNotNull();
		}
	}

	@Test
	void patchesAVerifiableAddress() {
		Identity alice = create("alice");
		if (hasPatches(alice)) {
			Identity patched = patch(alice,
					JsonPatch.builder()
						.replace(IdentityPath.verifiableAddress(0, "verified"), true)
						.replace(IdentityPath.verifiableAddress(0, "status"), "completed")
						.add(IdentityPath.verifiableAddress(0, "verified_at"), "2026-01-02T03:04:05Z"));
			assertThat(patched.verifiableAddresses()).singleElement().satisfies((address) -> {
				assertThat(address.verified()).isTrue();
				assertThat(address.status()).isEqualTo("completed");
				assertThat(address.verifiedAt()).isEqualTo("2026-01-02T03:04:05Z");
			});
		}
	}

	@Test
	void patchesTheExternalIdSinceV25_4() {
		Identity alice = create("alice");
		if (hasPatches(alice)) {
			JsonPatch patch = JsonPatch.builder().add(IdentityPath.externalId(), "crm-" + alice.id()).build();
			if (has(25, 4, () -> this.kratos.identities().patchIdentity(alice.id(), patch))) {
				this.kratos.identities().patchIdentity(alice.id(), patch);
				assertThat(this.kratos.identities().findByExternalId("crm-" + alice.id())).map(Identity::id)
					.hasValue(alice.id());
				assertThat(patch(alice, JsonPatch.builder().remove(IdentityPath.externalId())).externalId()).isNull();
			}
		}
	}

	@Test
	void refusesInvalidPatches() {
		Identity alice = create("alice");
		if (hasPatches(alice)) {
			assertThatExceptionOfType(KratosBadRequestException.class).isThrownBy(
					() -> patch(alice, JsonPatch.builder().replace(IdentityPath.traits("email"), "no address")));
			assertThatExceptionOfType(KratosBadRequestException.class)
				.isThrownBy(() -> patch(alice, JsonPatch.builder().remove(IdentityPath.traits("phone"))));
			assertThatExceptionOfType(KratosBadRequestException.class).isThrownBy(
					() -> patch(alice, JsonPatch.builder().replace(IdentityPath.state(), new IdentityState("gone"))));
			assertThat(this.kratos.identities().getIdentity(alice.id()).traits()).isEqualTo(alice.traits());
			JsonPatch patch = JsonPatch.builder().replace(IdentityPath.state(), IdentityState.INACTIVE).build();
			assertThatExceptionOfType(KratosNotFoundException.class)
				.isThrownBy(() -> this.kratos.identities().patchIdentity(UNKNOWN_ID, patch));
		}
	}

	// createIdentity with all fields

	@Test
	void createsAnIdentityWithAllFields() {
		CreateIdentity identity = person("alice").state(IdentityState.INACTIVE)
			.metadataPublic(Map.of("plan", "pro"))
			.metadataAdmin(Map.of("risk", 3))
			.credentials(ImportCredentials.builder().hashedPassword(BCRYPT).build())
			.verifiableAddress(VerifiableAddress.email("alice" + DOMAIN, true))
			.recoveryAddress(RecoveryAddress.email("alice" + DOMAIN))
			.build();
		if (isFrom(0, 10)) {
			Identity created = this.kratos.identities()
				.getIdentity(this.kratos.identities().createIdentity(identity).id());
			assertThat(created.state()).isEqualTo(IdentityState.INACTIVE);
			assertThat(created.metadataPublic().path("plan").asString()).isEqualTo("pro");
			assertThat(created.metadataAdmin().path("risk").asInt()).isEqualTo(3);
			assertThat(created.credentials().get("password").identifiers()).containsExactly("alice" + DOMAIN);
			assertThat(created.verifiableAddresses()).singleElement()
				.satisfies((address) -> assertThat(address.verified()).isTrue())
				.satisfies((address) -> assertThat(address.status()).isEqualTo("completed"));
			assertThat(created.recoveryAddresses()).hasSize(1);
		}
		else {
			assertThatExceptionOfType(KratosUnsupportedException.class)
				.isThrownBy(() -> this.kratos.identities().createIdentity(identity));
			assertThat(all(250)).isEmpty();
		}
	}

	@Test
	void createsAnIdentityAgain() {
		// 0.13 does not show hashes.
		if (isFrom(1, 0)) {
			CreateIdentity.Builder alice = person("alice").state(IdentityState.INACTIVE)
				.metadataPublic(Map.of("plan", "pro"))
				.metadataAdmin(Map.of("risk", new BigDecimal("1.50")))
				.credentials(ImportCredentials.builder().hashedPassword(BCRYPT).oidc("google", "alice:2").build())
				.verifiableAddress(VerifiableAddress.email("alice" + DOMAIN, true))
				.recoveryAddress(RecoveryAddress.email("alice" + DOMAIN));
			CreateIdentity identity = isFrom(25, 4) ? alice.externalId("crm-1").build() : alice.build();
			Identity first = readWithSecrets(this.kratos.identities().createIdentity(identity).id());
			assertThat(identity.differences(first)).isEmpty();
			CreateIdentity again = CreateIdentity.from(first).build();
			this.kratos.identities().deleteIdentity(first.id());
			Identity second = readWithSecrets(this.kratos.identities().createIdentity(again).id());
			assertThat(RequestJson.write(CreateIdentity.from(second).build())).isEqualTo(RequestJson.write(again))
				.contains("alice:2", BCRYPT, "\"verified\":true");
			assertThat(again.differences(second)).isEmpty();
			assertThat(second.id()).isNotEqualTo(first.id());
		}
	}

	private Identity readWithSecrets(String id) {
		return this.kratos.identities().getIdentity(id, List.of(CredentialsType.PASSWORD, CredentialsType.OIDC));
	}

	@Test
	void createsAnIdentityWithAnExternalIdSinceV25_4() {
		CreateIdentity identity = person("alice").externalId("crm/47 11").build();
		if (has(25, 4, () -> this.kratos.identities().createIdentity(identity))) {
			Identity created = this.kratos.identities().createIdentity(identity);
			assertThat(created.externalId()).isEqualTo("crm/47 11");
			assertThat(this.kratos.identities().getIdentityByExternalID("crm/47 11").id()).isEqualTo(created.id());
			assertThat(this.kratos.identities().findByExternalId("crm/47 11")).isPresent();
			assertThatExceptionOfType(KratosConflictException.class).isThrownBy(
					() -> this.kratos.identities().createIdentity(person("bob").externalId("crm/47 11").build()));
		}
		assertThat(all(250)).hasSize(isFrom(25, 4) ? 1 : 0);
	}

	@Test
	void doesNotFindAnUnknownExternalId() {
		if (has(25, 4, () -> this.kratos.identities().findByExternalId("none"))) {
			assertThat(this.kratos.identities().findByExternalId("none")).isEmpty();
			assertThatExceptionOfType(KratosNotFoundException.class)
				.isThrownBy(() -> this.kratos.identities().getIdentityByExternalID("none"));
		}
	}

	static Stream<String> hashes() throws IOException {
		try (InputStream in = LaterContractSuite.class.getResourceAsStream("/password-hashes.txt")) {
			return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines()
				.filter((line) -> !line.startsWith("#"));
		}
	}

	@ParameterizedTest
	@MethodSource("hashes")
	void importsPasswordHashesOfEveryFormat(String hash) {
		if (isFrom(1, 3)) {
			Identity alice = this.kratos.identities()
				.createIdentity(
						person("alice").credentials(ImportCredentials.builder().hashedPassword(hash).build()).build());
			assertThat(this.kratos.identities()
				.getIdentity(alice.id(), List.of(CredentialsType.PASSWORD))
				.credentials()
				.get("password")
				.config()
				.path("hashed_password")
				.asString()).isEqualTo(hash);
			this.target.signIn("alice" + DOMAIN, alice.id());
			assertThat(sessionsOf(alice.id(), ListIdentitySessions.builder())).hasSize(1);
		}
	}

	@Test
	void refusesAnUnknownHashFormat() {
		CreateIdentity identity = person("alice")
			.credentials(ImportCredentials.builder().hashedPassword("clear by mistake").build())
			.build();
		if (has(0, 9, () -> this.kratos.identities().createIdentity(identity))) {
			assertThatExceptionOfType(KratosBadRequestException.class)
				.isThrownBy(() -> this.kratos.identities().createIdentity(identity));
			assertThat(all(250)).isEmpty();
		}
	}

	// Credentials

	private Identity withProviders(String name) {
		return this.kratos.identities()
			.createIdentity(person(name)
				.credentials(ImportCredentials.builder()
					.password("contract-password")
					.oidc("github", name + "-1")
					.oidc("google", name + "-2")
					.build())
				.build());
	}

	@Test
	void deletesCredentials() {
		if (!has(0, 13, call(
				() -> this.kratos.identities().deleteIdentityCredentials(UNKNOWN_ID, CredentialsType.TOTP, null)))) {
			return;
		}
		Identity alice = withProviders("alice");
		assertThatExceptionOfType(KratosNotFoundException.class).isThrownBy(
				() -> this.kratos.identities().deleteIdentityCredentials(alice.id(), CredentialsType.TOTP, null));
		assertThatExceptionOfType(KratosNotFoundException.class).isThrownBy(
				() -> this.kratos.identities().deleteIdentityCredentials(UNKNOWN_ID, CredentialsType.TOTP, null));
		if (isFrom(1, 3)) {
			this.kratos.identities().deleteIdentityCredentials(alice.id(), CredentialsType.OIDC, "google:alice-2");
			assertThat(this.kratos.identities().getIdentity(alice.id()).credentials().get("oidc").identifiers())
				.containsExactly("github:alice-1");
		}
	}

	@Test
	void returnsSecretsOfCredentialsOnlyOnRequest() {
		if (isFrom(1, 0)) {
			Identity alice = withProviders("alice");
			assertThat(this.kratos.identities().getIdentity(alice.id()).credentials().get("password").config())
				.isNull();
			Identity shown = this.kratos.identities()
				.getIdentity(alice.id(), List.of(CredentialsType.PASSWORD, CredentialsType.OIDC));
			assertThat(shown.credentials().get("password").config().path("hashed_password").asString())
				.startsWith("$2");
			assertThat(shown.credentials().get("oidc").config().path("providers")).hasSize(2);
			assertThatExceptionOfType(KratosBadRequestException.class).isThrownBy(
					() -> this.kratos.identities().getIdentity(alice.id(), List.of(new CredentialsType("nope"))));
		}
	}

	@Test
	void anUpdateKeepsCredentialsAndAddsNewOnes() {
		if (isFrom(0, 11)) {
			Identity alice = withProviders("alice");
			this.kratos.identities()
				.updateIdentity(alice.id(),
						UpdateIdentity.from(alice)
							.credentials(ImportCredentials.builder().hashedPassword(BCRYPT).build())
							.build());
			Identity updated = this.kratos.identities().getIdentity(alice.id());
			assertThat(updated.credentials()).containsKeys("password", "oidc");
			assertThat(updated.credentials().get("oidc").identifiers()).hasSize(2);
		}
	}

	// listIdentities with filters

	private List<Identity> list(ListIdentities.Builder query) {
		try (Stream<Identity> identities = this.kratos.identities().streamIdentities(query.build())) {
			return identities.toList();
		}
	}

	@Test
	void findsAnIdentityByItsIdentifier() {
		create(3);
		Identity alice = create("alice");
		if (has(0, 13, () -> this.kratos.identities().findByCredentialsIdentifier("alice" + DOMAIN))) {
			assertThat(this.kratos.identities().findByCredentialsIdentifier("alice" + DOMAIN)).map(Identity::id)
				.hasValue(alice.id());
			assertThat(this.kratos.identities().findByCredentialsIdentifier("ALICE" + DOMAIN)).map(Identity::id)
				.hasValue(alice.id());
			assertThat(this.kratos.identities().findByCredentialsIdentifier("nobody" + DOMAIN)).isEmpty();
			assertThat(this.kratos.identities().findByCredentialsIdentifier("alice")).isEmpty();
			assertThat(list(ListIdentities.builder().pageSize(1).credentialsIdentifier("alice" + DOMAIN))).hasSize(1);
		}
	}

	@Test
	void findsAnIdentityByAnIdentifierThatKratosNormalizes() {
		Identity ibrahim = create("İbrahim");
		create("other");
		if (isFrom(0, 13)) {
			assertThat(this.kratos.identities().findByCredentialsIdentifier("İbrahim" + DOMAIN)).map(Identity::id)
				.hasValue(ibrahim.id());
			String lower = isAfterNewestRelease() ? "i\u0307brahim" : "ibrahim";
			assertThat(this.kratos.identities().findByCredentialsIdentifier(" " + lower + DOMAIN + "\u00a0"))
				.map(Identity::id)
				.hasValue(ibrahim.id());
		}
	}

	@Test
	void findsAnIdentityByTheAccountOfAProvider() {
		// 1.0 finds only the identifiers of passwords.
		if (isFrom(1, 1)) {
			Identity alice = withProviders("alice");
			assertThat(this.kratos.identities().findByCredentialsIdentifier("google:alice-2")).map(Identity::id)
				.hasValue(alice.id());
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 250 })
	void listsIdentitiesByTheirIds(int pageSize) {
		List<String> ids = create(5);
		List<String> some = List.of(ids.get(0), ids.get(3), ids.get(4), UNKNOWN_ID);
		ListIdentities.Builder query = ListIdentities.builder().pageSize(pageSize).ids(some);
		if (has(1, 1, () -> list(query))) {
			assertThat(list(query)).extracting(Identity::id)
				.containsExactlyInAnyOrder(ids.get(0), ids.get(3), ids.get(4));
		}
	}

	@Test
	void listsIdentitiesByTheirIdsInAnyForm() {
		String id = create("alice").id();
		create("bob");
		if (isFrom(1, 1)) {
			for (String form : List.of(id.toUpperCase(Locale.ROOT), id.replace("-", ""), "{" + id + "}",
					"urn:uuid:" + id)) {
				assertThat(list(ListIdentities.builder().ids(List.of(form)))).extracting(Identity::id)
					.containsExactly(id);
				assertThat(this.kratos.identities().getIdentity(form).id()).isEqualTo(id);
			}
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 250 })
	void listsIdentitiesAfterAnId(int pageSize) {
		List<String> ids = create(7).stream().sorted().toList();
		this.kratos.identities().deleteIdentity(ids.get(3));
		if (has(1, 1, () -> list(ListIdentities.builder().startAfter(ids.get(3))))) {
			assertThat(after(ids.get(3), pageSize)).as("a deleted identity").isEqualTo(ids.subList(4, 7));
			assertThat(after(ids.get(1).toUpperCase(Locale.ROOT), pageSize)).containsExactly(ids.get(2), ids.get(4),
					ids.get(5), ids.get(6));
			assertThat(after(ids.get(6), pageSize)).isEmpty();
			assertThat(after("00000000-0000-0000-0000-000000000000", pageSize)).hasSize(6).isSorted();
			assertThat(after("ffffffff-ffff-ffff-ffff-ffffffffffff", pageSize)).isEmpty();
		}
	}

	private List<String> after(String id, int pageSize) {
		return list(ListIdentities.builder().pageSize(pageSize).startAfter(id)).stream().map(Identity::id).toList();
	}

	@Test
	void listsIdentitiesWithASimilarIdentifier() {
		create(3);
		Identity alice = create("alice");
		ListIdentities.Builder query = ListIdentities.builder().previewCredentialsIdentifierSimilar("alice");
		if (has(1, 1, () -> list(query))) {
			assertThat(list(query)).extracting(Identity::id).containsExactly(alice.id());
		}
	}

	@Test
	void listsIdentitiesOfAnOrganization() {
		create(2);
		ListIdentities.Builder query = ListIdentities.builder().organizationId(UNKNOWN_ID);
		if (has(25, 4, () -> list(query))) {
			Identity alice = this.kratos.identities()
				.createIdentity(person("alice").organizationId(UNKNOWN_ID).build());
			assertThat(list(query)).extracting(Identity::id).containsExactly(alice.id());
			assertThat(list(ListIdentities.builder().organizationId(UNKNOWN_ID.replace("-", ""))))
				.extracting(Identity::id)
				.containsExactly(alice.id());
		}
	}

	@Test
	void listsSecretsOfCredentials() {
		ListIdentities.Builder query = ListIdentities.builder().includeCredential(CredentialsType.PASSWORD);
		if (has(1, 2, () -> list(query))) {
			withProviders("alice");
			assertNoUnknownProperties(list(query));
			assertThat(list(query)).singleElement()
				.satisfies((identity) -> assertThat(
						identity.credentials().get("password").config().path("hashed_password").asString())
					.startsWith("$2"));
		}
	}

	@Test
	void scansForATrait() {
		create(5);
		Identity alice = create("alice");
		try (Stream<Identity> found = this.kratos.identities().scanAllIdentitiesByTrait("Å alice", "name", "first")) {
			assertThat(found).extracting(Identity::id).containsExactly(alice.id());
		}
	}

	// batchPatchIdentities and imports

	@Test
	void createsSeveralIdentitiesWithOneCall() {
		String patchId = "10000000-0000-4000-8000-000000000000";
		BatchPatchIdentities batch = new BatchPatchIdentities(List
			.of(new IdentityPatch(person("alice").build(), patchId), new IdentityPatch(person("bob").build(), null)));
		if (has(0, 13, () -> this.kratos.identities().batchPatchIdentities(batch))) {
			List<IdentityPatchResult> results = this.kratos.identities().batchPatchIdentities(batch).identities();
			assertThat(results).extracting(IdentityPatchResult::action).containsOnly("create");
			assertThat(results.get(0).patchId()).isEqualTo(patchId);
			assertThat(all(250)).extracting(Identity::id)
				.containsExactlyInAnyOrderElementsOf(results.stream().map(IdentityPatchResult::identity).toList());
		}
	}

	@Test
	void returnsTheResultOfEachIdentity() {
		create("alice");
		BatchPatchIdentities batch = new BatchPatchIdentities(List.of(new IdentityPatch(person("alice").build(), null),
				new IdentityPatch(person("bob").build(), null)));
		if (!isFrom(0, 13)) {
			return;
		}
		List<IdentityPatchResult> results;
		try {
			results = this.kratos.identities().batchPatchIdentities(batch).identities();
		}
		catch (KratosConflictException ex) {
			// Up to 1.3, and on MySQL in every version, a conflict fails the batch.
			assertThat(all(250)).as("no identity is created").hasSize(1);
			return;
		}
		assertThat(isFrom(25, 4)).as("up to 1.3 a conflict fails the batch").isTrue();
		assertThat(results).extracting(IdentityPatchResult::action).containsExactly("error", "create");
		assertThat(results.get(0).error().code()).isEqualTo(409);
		assertThat(all(250)).hasSize(2);
	}

	private List<ImportResult> importAll(Stream<CreateIdentity> identities, ImportIdentities.Builder options) {
		List<ImportResult> results = new ArrayList<>();
		this.kratos.importIdentities(identities, options.build(), results::add);
		return results;
	}

	@Test
	void importsIdentitiesOnEveryVersion() {
		create("person3");
		List<ImportResult> results = importAll(IntStream.range(0, 30).mapToObj((i) -> person("person" + i).build()),
				ImportIdentities.builder().chunkSize(7));
		assertThat(results).extracting(ImportResult::row)
			.containsExactlyElementsOf(IntStream.range(0, 30).mapToObj(Long::valueOf).toList());
		assertThat(results).filteredOn((result) -> result.outcome() != Outcome.CREATED)
			.singleElement()
			.satisfies((result) -> {
				assertThat(result.row()).isEqualTo(3);
				assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
				assertThat(result.failure()).isExactlyInstanceOf(KratosConflictException.class);
			});
		for (ImportResult result : results) {
			if (result.id() != null) {
				assertThat(this.kratos.identities().getIdentity(result.id()).traits().path("email").asString())
					.isEqualTo("person" + result.row() + DOMAIN);
			}
		}
		assertThat(all(250)).hasSize(30);
	}

	@Test
	void importsIdentitiesBetweenExistingOnes() {
		IntStream.range(0, 30).filter((i) -> i % 2 == 0).forEach((i) -> create("person" + i));
		List<ImportResult> results = importAll(IntStream.range(0, 30).mapToObj((i) -> person("person" + i).build()),
				ImportIdentities.builder().chunkSize(30));
		assertThat(results).hasSize(30)
			.allSatisfy((result) -> assertThat(result.outcome())
				.isEqualTo((result.row() % 2 == 0) ? Outcome.FAILED : Outcome.CREATED));
		assertThat(results).filteredOn((result) -> result.outcome() == Outcome.FAILED)
			.extracting(ImportResult::failure)
			.hasOnlyElementsOfType(KratosConflictException.class);
		assertThat(all(250)).hasSize(30);
	}

	@Test
	void importsAChunkWithADuplicate() {
		List<ImportResult> results = importAll(IntStream.range(0, 10).mapToObj((i) -> person("person" + i % 9).build()),
				ImportIdentities.builder());
		assertThat(results.subList(0, 9)).extracting(ImportResult::outcome).containsOnly(Outcome.CREATED);
		assertThat(results.get(9).outcome()).isEqualTo(Outcome.FAILED);
		assertThat(results.subList(0, 9))
			.allSatisfy((result) -> assertThat(this.kratos.identities().getIdentity(result.id())).isNotNull());
	}

	@Test
	void findsOutWhatBecameOfARow() {
		Instant before = Instant.now();
		CreateIdentity alice = person("alice").build();
		UnknownRow row = new UnknownRow(1, alice, before, before);
		if (!isFrom(0, 8) || !has(0, 13, () -> this.kratos.resolveUnknown(row))) {
			return;
		}
		assertThat(this.kratos.resolveUnknown(row)).isEqualTo(new ResolvedRow(1, Fate.ABSENT, null));
		CreateIdentity bob = person("Bob").metadataAdmin(Map.of("from", "crm"))
			.externalId(isFrom(25, 4) ? "crm-1" : null)
			.build();
		String aliceId = this.kratos.identities().createIdentity(alice).id();
		String bobId = this.kratos.identities().createIdentity(bob).id();
		Instant after = Instant.now();
		assertThat(this.kratos.resolveUnknown(new UnknownRow(2, bob, before, after)))
			.isEqualTo(new ResolvedRow(2, Fate.CREATED, bobId));
		// 0.13 does not show that there is no password.
		assertThat(this.kratos.resolveUnknown(new UnknownRow(3, alice, before, after)))
			.isEqualTo(new ResolvedRow(3, isFrom(1, 0) ? Fate.CREATED : Fate.UNDECIDED, aliceId));
		Instant later = after.plusSeconds(60);
		assertThat(this.kratos.resolveUnknown(new UnknownRow(4, alice, later, later)))
			.isEqualTo(new ResolvedRow(4, Fate.EXISTED, aliceId));
		assertThat(this.kratos.resolveUnknown(new UnknownRow(5, bob, later, later)).fate()).isEqualTo(Fate.EXISTED);
	}

	@Test
	void comparesThePasswordHashOfARow() {
		if (!isFrom(1, 0)) {
			return;
		}
		String hash = "$2a$04$NpiFJJwLmT2tzuJLdE6fkOsZYS/aV95kn0hqjhyoxQLrNq4Gr0YZ.";
		Instant before = Instant.now();
		create("alice");
		CreateIdentity alice = person("alice").credentials(ImportCredentials.builder().hashedPassword(hash).build())
			.build();
		CreateIdentity bob = person("bob").credentials(ImportCredentials.builder().hashedPassword(hash).build())
			.build();
		this.kratos.identities().createIdentity(bob);
		Instant after = Instant.now();
		assertThat(this.kratos.resolveUnknown(new UnknownRow(1, alice, before, after)).fate())
			.isEqualTo(Fate.UNDECIDED);
		assertThat(this.kratos.resolveUnknown(new UnknownRow(2, bob, before, after)).fate()).isEqualTo(Fate.CREATED);
	}

	@Test
	void findsTheInvalidIdentitiesOfARefusedChunk() {
		ImportCredentials bad = ImportCredentials.builder().hashedPassword("clear by mistake").build();
		List<ImportResult> results = importAll(
				Stream.of(person("a").build(), person("b").credentials(bad).build(), person("c").build(),
						CreateIdentity.builder().traits(Map.of("email", "no address")).build(), person("a").build(),
						CreateIdentity.builder().schemaId("nope").traits(Map.of("email", "d" + DOMAIN)).build()),
				ImportIdentities.builder());
		assertThat(results).extracting(ImportResult::outcome)
			.containsExactly(Outcome.CREATED, Outcome.FAILED, Outcome.CREATED, Outcome.FAILED, Outcome.FAILED,
					Outcome.FAILED);
		assertThat(results.get(1).failure())
			.isExactlyInstanceOf(isFrom(0, 9) ? KratosBadRequestException.class : KratosUnsupportedException.class);
		assertThat(results.get(3).failure()).isExactlyInstanceOf(KratosBadRequestException.class);
		assertThat(results.get(4).failure()).isExactlyInstanceOf(KratosConflictException.class);
		assertThat(results.get(5).failure()).isExactlyInstanceOf(KratosBadRequestException.class);
		assertThat(all(250)).hasSize(2);
	}

	@Test
	void importsPlaintextPasswords() {
		if (isFrom(0, 9)) {
			ImportCredentials clear = ImportCredentials.builder().password("contract-password").build();
			assertThat(
					importAll(IntStream.range(0, 25).mapToObj((i) -> person("person" + i).credentials(clear).build()),
							ImportIdentities.builder()))
				.extracting(ImportResult::outcome)
				.hasSize(25)
				.containsOnly(Outcome.CREATED);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 250 })
	void exportsEachIdentityOnce(int pageSize) {
		List<String> ids = create(7);
		try (Stream<Identity> identities = this.kratos.identities()
			.streamIdentitiesAhead(ListIdentities.builder().pageSize(pageSize).build())) {
			assertThat(identities).extracting(Identity::id).containsExactlyInAnyOrderElementsOf(ids);
		}
	}

	// Changes by function

	@Test
	void aChangeKeepsOtherFields() {
		Identity alice = create("alice");
		if (isFrom(0, 10)) {
			this.kratos.identities()
				.updateIdentity(alice.id(),
						(identity) -> UpdateIdentity.from(identity)
							.metadataPublic(Map.of("plan", "pro"))
							.metadataAdmin(Map.of("risk", 3))
							.build());
		}
		this.kratos.identities()
			.updateIdentity(alice.id(),
					(identity) -> UpdateIdentity.from(identity)
						.traits(Map.of("email", "alice" + DOMAIN, "name", Map.of("first", "Alicia")))
						.build());
		Identity changed = this.kratos.identities().getIdentity(alice.id());
		assertThat(changed.traits().at("/name/first").asString()).isEqualTo("Alicia");
		assertThat(changed.state()).isEqualTo(alice.state());
		if (isFrom(0, 10)) {
			assertThat(changed.metadataPublic().path("plan").asString()).isEqualTo("pro");
			assertThat(changed.metadataAdmin().path("risk").asInt()).isEqualTo(3);
		}
	}

	@Test
	void losesNoChangesOfConcurrentThreads() throws Exception {
		Identity alice = this.kratos.identities()
			.createIdentity(CreateIdentity.builder()
				.schemaId("customer")
				.traits(Map.of("email", "alice" + DOMAIN, "company", "Acme", "age", 0))
				.build());
		inParallel(8, (thread) -> {
			for (int i = 0; i < 5; i++) {
				this.kratos.identities().updateIdentity(alice.id(), (identity) -> {
					identity.traits().asObject().put("age", identity.traits().path("age").asInt() + 1);
					return UpdateIdentity.from(identity).build();
				});
			}
		});
		assertThat(this.kratos.identities().getIdentity(alice.id()).traits().path("age").asInt()).isEqualTo(40);
		if (isFrom(1, 0)) {
			inParallel(8,
					(thread) -> this.kratos.identities()
						.patchIdentity(alice.id(),
								JsonPatch.builder().add(IdentityPath.metadataAdmin("thread" + thread), true).build()));
			assertThat(this.kratos.identities().getIdentity(alice.id()).metadataAdmin()).hasSize(8);
		}
	}

	private static void inParallel(int threads, IntConsumer task) throws Exception {
		ExecutorService executor = Executors.newFixedThreadPool(threads);
		try {
			for (Future<?> done : IntStream.range(0, threads)
				.<Future<?>>mapToObj((thread) -> executor.submit(() -> task.accept(thread)))
				.toList()) {
				done.get(120, TimeUnit.SECONDS);
			}
		}
		finally {
			executor.shutdownNow();
		}
	}

	@Test
	void aTypedChangeKeepsTraitsThatTheClassLacks() {
		Identity alice = create("alice");
		this.kratos.identities()
			.updateIdentity(alice.id(),
					(identity) -> UpdateIdentity.from(identity).traits(new Email("alicia" + DOMAIN)).build());
		Identity changed = this.kratos.identities().getIdentity(alice.id());
		assertThat(changed.traits().path("email").asString()).isEqualTo("alicia" + DOMAIN);
		assertThat(changed.traits().at("/name/first").asString()).isEqualTo("Å alice");
	}

	record Email(String email) {

	}

	@Test
	void aChangeKeepsTheState() {
		Identity alice = create("alice");
		if (isFrom(0, 7)) {
			this.kratos.identities()
				.updateIdentity(alice.id(),
						(identity) -> UpdateIdentity.from(identity).state(IdentityState.INACTIVE).build());
			this.kratos.identities().updateIdentity(alice.id(), (identity) -> UpdateIdentity.from(identity).build());
			assertThat(this.kratos.identities().getIdentity(alice.id()).state()).isEqualTo(IdentityState.INACTIVE);
		}
	}

	// Sessions

	final String signedIn(String name, int sessions) {
		this.target.register(name + DOMAIN);
		String id = all(250).stream()
			.filter((identity) -> identity.traits().path("email").asString().equals(name + DOMAIN))
			.findFirst()
			.orElseThrow()
			.id();
		for (int i = 1; i < sessions; i++) {
			this.target.signIn(name + DOMAIN, id);
		}
		return id;
	}

	final List<Session> sessionsOf(String identityId, ListIdentitySessions.Builder query) {
		try (Stream<Session> sessions = this.kratos.sessions().streamIdentitySessions(identityId, query.build())) {
			return sessions.toList();
		}
	}

	private boolean hasSessions() {
		return has(0, 11, () -> this.kratos.sessions().listSessions(ListSessions.builder().build()));
	}

	@Test
	void doesNotTruncateSessionsWithAnInvalidPageToken() {
		signedIn("alice", 2);
		ListSessions query = ListSessions.builder().pageSize(1).pageToken("page_token=garbage").build();
		if (!hasSessions() || isFrom(1, 3)) {
			return;
		}
		if (isFrom(1, 1)) {
			assertThat(this.kratos.sessions().listSessions(query).items()).hasSize(1);
		}
		else {
			assertThatIllegalArgumentException().isThrownBy(() -> this.kratos.sessions().listSessions(query));
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 4, 7, 250, 1000 })
	void listsEachSessionOfAnIdentityOnce(int pageSize) {
		String alice = signedIn("alice", 7);
		signedIn("bob", 2);
		if (has(0, 9, () -> sessionsOf(alice, ListIdentitySessions.builder()))) {
			assertThat(sessionsOf(alice, ListIdentitySessions.builder().pageSize(pageSize))).hasSize(7)
				.extracting(Session::id)
				.doesNotHaveDuplicates();
			if (isFrom(0, 11) && !isFrom(0, 12)) {
				assertThatExceptionOfType(KratosNotFoundException.class)
					.isThrownBy(() -> sessionsOf(UNKNOWN_ID, ListIdentitySessions.builder().pageSize(pageSize)));
			}
			else {
				assertThat(sessionsOf(UNKNOWN_ID, ListIdentitySessions.builder().pageSize(pageSize))).isEmpty();
			}
		}
	}

	@Test
	void filtersTheSessionsOfAnIdentityByActivity() {
		String alice = signedIn("alice", 3);
		if (hasSessions()) {
			String first = sessionsOf(alice, ListIdentitySessions.builder()).get(0).id();
			this.kratos.sessions().disableSession(first);
			assertThat(sessionsOf(alice, ListIdentitySessions.builder().active(true))).hasSize(2)
				.extracting(Session::id)
				.doesNotContain(first);
			assertThat(sessionsOf(alice, ListIdentitySessions.builder().active(false))).extracting(Session::id)
				.containsExactly(first);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 250 })
	void listsEachSessionOnce(int pageSize) {
		List<String> identities = List.of(signedIn("alice", 3), signedIn("bob", 2));
		if (hasSessions()) {
			List<String> own = identities.stream()
				.flatMap((id) -> sessionsOf(id, ListIdentitySessions.builder()).stream())
				.map(Session::id)
				.toList();
			try (Stream<Session> sessions = this.kratos.sessions()
				.streamSessions(ListSessions.builder().pageSize(pageSize).build())) {
				assertThat(sessions).extracting(Session::id).doesNotHaveDuplicates().containsAll(own);
			}
		}
	}

	@Test
	void expandsSessions() {
		String alice = signedIn("alice", 1);
		if (hasSessions()) {
			String id = sessionsOf(alice, ListIdentitySessions.builder()).get(0).id();
			Session session = this.kratos.sessions()
				.getSession(id, List.of(SessionExpand.IDENTITY, SessionExpand.DEVICES));
			assertThat(session.identity().id()).isEqualTo(alice);
			assertThat(session.active()).isTrue();
			assertThat(session.authenticatorAssuranceLevel()).isEqualTo("aal1");
			assertThat(session.authenticationMethods()).singleElement()
				.satisfies((method) -> assertThat(method.method()).isEqualTo("password"));
			try (Stream<Session> sessions = this.kratos.sessions()
				.streamSessions(ListSessions.builder()
					.active(true)
					.expand(SessionExpand.IDENTITY, SessionExpand.DEVICES)
					.build())) {
				Session listed = sessions.filter((other) -> other.id().equals(id)).findFirst().orElseThrow();
				assertNoUnknownProperties(session, listed);
				assertThat(listed.identity().id()).isEqualTo(alice);
				assertThat(listed.devices()).extracting(SessionDevice::id)
					.isEqualTo(session.devices().stream().map(SessionDevice::id).toList());
			}
		}
	}

	@Test
	void disablesASession() {
		String alice = signedIn("alice", 1);
		if (hasSessions()) {
			String id = sessionsOf(alice, ListIdentitySessions.builder()).get(0).id();
			this.kratos.sessions().disableSession(id);
			assertThat(this.kratos.sessions().getSession(id).active()).isFalse();
			this.kratos.sessions().disableSession(id);
		}
	}

	@Test
	void extendsASession() {
		String alice = signedIn("alice", 1);
		if (has(0, 10, () -> this.kratos.sessions().extendSession(UNKNOWN_ID))) {
			Session session = sessionsOf(alice, ListIdentitySessions.builder()).get(0);
			assertThat(this.kratos.sessions().extendSession(session.id())).hasValueSatisfying((extended) -> {
				assertThat(extended.id()).isEqualTo(session.id());
				assertThat(extended.expiresAt()).isAfterOrEqualTo(session.expiresAt());
			});
			assertThatExceptionOfType(KratosNotFoundException.class)
				.isThrownBy(() -> this.kratos.sessions().extendSession(UNKNOWN_ID));
		}
	}

	@Test
	void doesNotFindAnUnknownSession() {
		if (hasSessions()) {
			assertThatExceptionOfType(KratosNotFoundException.class)
				.isThrownBy(() -> this.kratos.sessions().getSession(UNKNOWN_ID));
			assertThatExceptionOfType(KratosNotFoundException.class)
				.isThrownBy(() -> this.kratos.sessions().disableSession(UNKNOWN_ID));
			assertThatExceptionOfType(KratosBadRequestException.class)
				.isThrownBy(() -> this.kratos.sessions().getSession("nope"));
		}
	}

	@Test
	void deletesTheSessionsOfAnIdentity() {
		String alice = signedIn("alice", 3);
		if (has(0, 8, call(() -> this.kratos.sessions().deleteIdentitySessions(alice)))) {
			this.kratos.sessions().deleteIdentitySessions(alice);
			assertThatExceptionOfType(KratosNotFoundException.class)
				.isThrownBy(() -> this.kratos.sessions().deleteIdentitySessions(alice));
			if (isFrom(0, 9)) {
				assertThat(sessionsOf(alice, ListIdentitySessions.builder())).isEmpty();
			}
		}
	}

	// Tasks of several operations

	@ParameterizedTest
	@ValueSource(ints = { 0, 2 })
	void offboardsAnIdentity(int sessions) {
		String alice = (sessions > 0) ? signedIn("alice", sessions) : create("alice").id();
		if (has(0, 8, () -> this.kratos.offboard(alice))) {
			assertThat(this.kratos.offboard(alice).state()).isEqualTo(IdentityState.INACTIVE);
			assertThat(this.kratos.identities().getIdentity(alice).state()).isEqualTo(IdentityState.INACTIVE);
			if (isFrom(0, 9)) {
				assertThat(sessionsOf(alice, ListIdentitySessions.builder())).isEmpty();
			}
			assertThat(this.kratos.offboard(alice).state()).as("again").isEqualTo(IdentityState.INACTIVE);
			assertThatExceptionOfType(KratosNotFoundException.class).isThrownBy(() -> this.kratos.offboard(UNKNOWN_ID));
		}
	}

	@Test
	void offboardsManyIdentities() {
		String alice = signedIn("alice", 2);
		String bob = create("bob").id();
		List<String> ids = List.of(alice, UNKNOWN_ID, bob);
		if (has(0, 8, () -> this.kratos.offboard(ids))) {
			List<OffboardResult> results = this.kratos.offboard(ids);
			assertThat(results).extracting(OffboardResult::identityId).containsExactlyElementsOf(ids);
			assertThat(results).extracting(OffboardResult::succeeded).containsExactly(true, false, true);
			assertThat(results.get(1).failure()).isInstanceOf(KratosNotFoundException.class);
			for (String id : List.of(alice, bob)) {
				assertThat(this.kratos.identities().getIdentity(id).state()).isEqualTo(IdentityState.INACTIVE);
				if (isFrom(0, 9)) {
					assertThat(sessionsOf(id, ListIdentitySessions.builder())).isEmpty();
				}
			}
		}
	}

	@Test
	void deletesTheSessionsOfManyIdentities() {
		String alice = signedIn("alice", 2);
		String bob = signedIn("bob", 1);
		String carol = signedIn("carol", 1);
		List<String> ids = List.of(alice, UNKNOWN_ID, bob);
		if (has(0, 8, call(() -> this.kratos.sessions().deleteIdentitySessions(ids)))) {
			this.kratos.sessions().deleteIdentitySessions(ids);
			this.kratos.sessions().deleteIdentitySessions(ids);
			if (isFrom(0, 9)) {
				assertThat(sessionsOf(alice, ListIdentitySessions.builder())).isEmpty();
				assertThat(sessionsOf(bob, ListIdentitySessions.builder())).isEmpty();
				assertThat(sessionsOf(carol, ListIdentitySessions.builder())).hasSize(1);
			}
		}
	}

	@Test
	void invitesByLink() {
		Invitation invitation = this.kratos.inviteByLink(person("alice").build(), Duration.ofHours(48));
		assertThat(invitation.identity().traits().path("email").asString()).isEqualTo("alice" + DOMAIN);
		assertThat(invitation.recoveryLink()).contains("/self-service/recovery?");
		assertThat(invitation.recoveryCode()).isNull();
		assertThat(invitation.expiresAt()).isBetween(Instant.now().plus(Duration.ofHours(47)),
				Instant.now().plus(Duration.ofHours(49)));
	}

	@Test
	void invitesByCode() {
		Callable<Invitation> invite = () -> this.kratos.inviteByCode(person("alice").build(), Duration.ofHours(48));
		if (!has(0, 11, invite)) {
			assertThat(all(250)).isEmpty();
		}
		else {
			Invitation invitation = this.kratos.inviteByCode(person("alice").build(), Duration.ofHours(48));
			assertThat(invitation.recoveryCode()).isNotBlank();
			assertThat(invitation.recoveryLink()).contains("/recovery?flow=");
			assertThat(invitation.expiresAt()).isBetween(Instant.now().plus(Duration.ofHours(47)),
					Instant.now().plus(Duration.ofHours(49)));
		}
	}

	@Test
	void refusesAnInvitationThatExpiresAtOnce() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.kratos.inviteByLink(person("alice").build(), Duration.ZERO));
		if (isFrom(0, 11)) {
			assertThatIllegalArgumentException()
				.isThrownBy(() -> this.kratos.inviteByCode(person("alice").build(), Duration.ofSeconds(-1)));
		}
		assertThat(all(250)).isEmpty();
	}

	// Recovery

	@Test
	void createsARecoveryCode() {
		Identity alice = create("alice");
		CreateRecoveryCode request = CreateRecoveryCode.builder(alice.id()).expiresIn(Duration.ofMinutes(90)).build();
		if (has(0, 11, () -> this.kratos.recovery().createRecoveryCodeForIdentity(request))) {
			RecoveryCode code = this.kratos.recovery().createRecoveryCodeForIdentity(request);
			assertThat(code.recoveryCode()).isNotBlank();
			assertThat(code.recoveryLink()).contains("flow=");
			assertThat(code.expiresAt()).isBetween(Instant.now().plus(Duration.ofMinutes(85)),
					Instant.now().plus(Duration.ofMinutes(95)));
			assertThatExceptionOfType(KratosNotFoundException.class).isThrownBy(
					() -> this.kratos.recovery().createRecoveryCodeForIdentity(new CreateRecoveryCode(UNKNOWN_ID)));
		}
	}

	@Test
	void createsARecoveryLinkWithReturnTo() {
		CreateRecoveryLink link = new CreateRecoveryLink(create("alice").id());
		String returnTo = "http://127.0.0.1:4455/after?a=b&c=d";
		if (has(0, 9, () -> this.kratos.recovery().createRecoveryLink(link, returnTo))) {
			assertThat(this.kratos.recovery().createRecoveryLink(link, returnTo).recoveryLink()).contains("token=");
			assertThatExceptionOfType(KratosBadRequestException.class)
				.isThrownBy(() -> this.kratos.recovery().createRecoveryLink(link, "https://elsewhere.example.test/"));
		}
	}

	// Courier

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 250 })
	void listsEachMessageOnce(int pageSize) {
		this.target.register("alice" + DOMAIN);
		this.target.register("bob" + DOMAIN);
		ListCourierMessages.Builder query = ListCourierMessages.builder()
			.pageSize(pageSize)
			.recipient("alice" + DOMAIN);
		if (has(0, 11, () -> this.kratos.courier().listCourierMessages(query.build()))) {
			try (Stream<CourierMessage> messages = this.kratos.courier().streamCourierMessages(query.build())) {
				List<CourierMessage> all = messages.toList();
				assertThat(all).isNotEmpty().extracting(CourierMessage::id).doesNotHaveDuplicates();
				assertThat(all).extracting(CourierMessage::recipient).containsOnly("alice" + DOMAIN);
				CourierMessage message = this.kratos.courier().getCourierMessage(all.get(0).id());
				assertThat(message.subject()).isEqualTo(all.get(0).subject()).isNotBlank();
				assertThat(message.body()).isEqualTo(all.get(0).body()).isNotBlank();
				assertNoUnknownProperties(message, all);
			}
		}
	}

	@Test
	void refusesAnUnknownMessageStatus() {
		if (isFrom(0, 11)) {
			ListCourierMessages query = ListCourierMessages.builder().status(new CourierMessageStatus("nope")).build();
			assertThatExceptionOfType(KratosBadRequestException.class)
				.isThrownBy(() -> this.kratos.courier().listCourierMessages(query));
			assertThatExceptionOfType(KratosException.class)
				.isThrownBy(() -> this.kratos.courier().getCourierMessage(UNKNOWN_ID))
				.satisfies((ex) -> assertThat(ex.getStatus()).isEqualTo(404));
		}
	}

	// Schemas

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 250 })
	void listsEachSchemaOnce(int pageSize) {
		ListIdentitySchemas query = ListIdentitySchemas.builder().pageSize(pageSize).build();
		if (has(0, 8, () -> this.kratos.schemas().listIdentitySchemas(query))) {
			List<String> ids = new ArrayList<>();
			try (Stream<IdentitySchemaContainer> schemas = this.kratos.schemas().streamIdentitySchemas(query)) {
				schemas.forEach((schema) -> {
					ids.add(schema.id());
					assertThat(schema.schema().path("title").asString()).isIn("Person", "Customer",
							"Person with a phone");
				});
			}
			assertThat((Collection<String>) ids).doesNotHaveDuplicates()
				.contains("default", "customer", "preset://email");
			assertThat(this.kratos.schemas().listIdentitySchemas(query).items())
				.hasSize(Math.min(pageSize, ids.size()));
		}
	}

	@Test
	void readsASchemaWithAUrlAsIdSinceV0_9() {
		if (isFrom(0, 9)) {
			assertThat(this.kratos.schemas().getSchema("preset://email").path("title").asString())
				.isEqualTo("Customer");
			assertThat(this.kratos.schemas().getSchema("cHJlc2V0Oi8vZW1haWw").path("title").asString())
				.isEqualTo("Customer");
			assertThatExceptionOfType(KratosNotFoundException.class)
				.isThrownBy(() -> this.kratos.schemas().getSchema("preset://nope"));
			Identity alice = this.kratos.identities()
				.createIdentity(CreateIdentity.builder()
					.schemaId("preset://email")
					.traits(Map.of("email", "alice" + DOMAIN, "company", "Acme"))
					.build());
			assertThat(this.kratos.schemas().getSchema(alice.schemaId()).path("title").asString())
				.isEqualTo("Customer");
		}
	}

}
