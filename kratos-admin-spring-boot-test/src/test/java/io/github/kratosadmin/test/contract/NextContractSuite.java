package io.github.kratosadmin.test.contract;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import io.github.kratosadmin.error.KratosBadRequestException;
import io.github.kratosadmin.error.KratosConflictException;
import io.github.kratosadmin.error.KratosNotFoundException;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.identity.CredentialsType;
import io.github.kratosadmin.identity.Identity;
import io.github.kratosadmin.identity.IdentityCredentials;
import io.github.kratosadmin.identity.IdentityPath;
import io.github.kratosadmin.identity.IdentityRegion;
import io.github.kratosadmin.identity.ImportCredentials;
import io.github.kratosadmin.identity.JsonPatch;
import io.github.kratosadmin.identity.RecoveryAddress;
import io.github.kratosadmin.identity.UpdateIdentity;
import io.github.kratosadmin.identity.VerifiableAddress;
import io.github.kratosadmin.identity.WebAuthnCredential;
import io.github.kratosadmin.selfservice.CreateTestLoginFlow;
import io.github.kratosadmin.selfservice.FlowType;
import io.github.kratosadmin.selfservice.LoginFlow;
import io.github.kratosadmin.selfservice.SelfServiceApi;
import io.github.kratosadmin.session.ListIdentitySessions;
import io.github.kratosadmin.session.ListSessions;
import io.github.kratosadmin.session.ManageSessions;
import io.github.kratosadmin.session.ManageSessions.Confirmation;
import io.github.kratosadmin.session.ManageSessionsAction;
import io.github.kratosadmin.session.ManageSessionsResult;
import io.github.kratosadmin.session.Session;
import io.github.kratosadmin.session.SessionApi;
import io.github.kratosadmin.session.SessionExpand;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Adds tests of what the main branch of Kratos has and no release: it is refused on older
 * servers, or behaves otherwise there.
 */
abstract class NextContractSuite extends LaterContractSuite {

	// manageSessions

	@Test
	void disablesTheSessionsOfManyIdentities() {
		String alice = signedIn("alice", 2);
		String bob = signedIn("bob", 1);
		String carol = signedIn("carol", 1);
		ManageSessions request = ManageSessions.ofIdentities(ManageSessionsAction.DISABLE, List.of(alice, bob));
		if (hasAfterNewestRelease(() -> this.kratos.sessions().manageSessions(request))) {
			assertManaged(this.kratos.sessions().manageSessions(request), 3);
			assertThat(sessionsOf(alice, ListIdentitySessions.builder())).hasSize(2)
				.noneMatch((session) -> session.active());
			assertThat(sessionsOf(carol, ListIdentitySessions.builder())).singleElement()
				.matches((session) -> session.active());
			assertManaged(this.kratos.sessions().manageSessions(request), 0);
		}
	}

	@Test
	void deletesTheSessionsOfManyIdentitiesEvenDisabledOnes() {
		String alice = signedIn("alice", 2);
		String bob = signedIn("bob", 1);
		ManageSessions request = ManageSessions.ofIdentities(ManageSessionsAction.DELETE,
				List.of(alice, bob, UNKNOWN_ID));
		if (hasAfterNewestRelease(() -> this.kratos.sessions().manageSessions(request))) {
			SessionApi sessions = this.kratos.sessions();
			String disabled = sessionsOf(alice, ListIdentitySessions.builder()).get(0).id();
			sessions.disableSession(disabled);
			assertManaged(sessions.manageSessions(request), 3);
			assertThat(sessionsOf(alice, ListIdentitySessions.builder())).isEmpty();
			assertThatExceptionOfType(KratosNotFoundException.class).isThrownBy(() -> sessions.getSession(disabled));
			assertManaged(sessions.manageSessions(request), 0);
		}
	}

	@Test
	void managesSessionsByTheirIds() {
		String alice = signedIn("alice", 3);
		ManageSessions unknown = ManageSessions.ofSessions(ManageSessionsAction.DELETE, List.of(UNKNOWN_ID));
		if (hasAfterNewestRelease(() -> this.kratos.sessions().manageSessions(unknown))) {
			SessionApi sessions = this.kratos.sessions();
			assertManaged(sessions.manageSessions(unknown), 0);
			List<String> ids = sessionsOf(alice, ListIdentitySessions.builder()).stream().map(Session::id).toList();
			assertManaged(
					sessions.manageSessions(ManageSessions.ofSessions(ManageSessionsAction.DISABLE, ids.subList(0, 2))),
					2);
			assertManaged(
					sessions.manageSessions(ManageSessions.ofSessions(ManageSessionsAction.DELETE, ids.subList(1, 3))),
					2);
			assertThat(sessionsOf(alice, ListIdentitySessions.builder())).singleElement()
				.satisfies((session) -> assertThat(session.id()).isEqualTo(ids.get(0)))
				.satisfies((session) -> assertThat(session.active()).isFalse());
		}
	}

	@Test
	void endsTheSessionsOfEverybody() {
		signedIn("alice", 2);
		signedIn("bob", 1);
		ManageSessions disable = ManageSessions.ofEverybody(ManageSessionsAction.DISABLE,
				Confirmation.SIGN_OUT_EVERYBODY);
		if (hasAfterNewestRelease(() -> this.kratos.sessions().manageSessions(disable))) {
			SessionApi sessions = this.kratos.sessions();
			assertManaged(sessions.manageSessions(disable), 3);
			assertThat(sessions.listSessions(ListSessions.builder().active(true).build()).items()).isEmpty();
			ManageSessions delete = ManageSessions.ofEverybody(ManageSessionsAction.DELETE,
					Confirmation.SIGN_OUT_EVERYBODY);
			assertManaged(sessions.manageSessions(delete), 3);
			assertThat(sessions.listSessions(ListSessions.builder().build()).items()).isEmpty();
		}
	}

	private void assertManaged(ManageSessionsResult result, int processed) {
		assertThat(result.processed()).isEqualTo(processed);
		assertThat(result.more()).isFalse();
		assertNoUnknownProperties(result);
	}

	@Test
	void showsAdminMetadataOfTheIdentityOfASession() {
		String alice = signedIn("alice", 1);
		if (isFrom(0, 11)) {
			this.kratos.identities()
				.patchIdentity(alice, JsonPatch.builder().add(IdentityPath.metadataAdmin(), Map.of("risk", 3)).build());
			Session listed = this.kratos.sessions()
				.listSessions(ListSessions.builder().expand(SessionExpand.IDENTITY).build())
				.items()
				.get(0);
			Session read = this.kratos.sessions().getSession(listed.id(), List.of(SessionExpand.IDENTITY));
			for (Session session : List.of(listed, read, sessionsOf(alice, ListIdentitySessions.builder()).get(0))) {
				assertThat(session.identity().metadataAdmin() != null).isEqualTo(isAfterNewestRelease());
			}
		}
	}

	// createTestLoginFlow

	@Test
	void startsAFlowThatTestsTheSignInWithAProvider() {
		SelfServiceApi selfService = this.kratos.selfService();
		if (hasAfterNewestRelease(() -> selfService.createTestLoginFlow(new CreateTestLoginFlow("google")))) {
			LoginFlow flow = selfService.createTestLoginFlow(new CreateTestLoginFlow("google"));
			assertThat(flow.type()).isEqualTo(FlowType.BROWSER);
			assertThat(flow.testContext().providerId()).isEqualTo("google");
			assertThat(flow.testContext().debugPayload()).isNull();
			assertThat(flow.ui().nodes()).extracting((node) -> node.group()).containsExactly("default", "oidc");
			assertThat(selfService.getSelfServiceLoginFlow(flow.id()).testContext().providerId()).isEqualTo("google");
			assertNoUnknownProperties(flow);
		}
	}

	@Test
	void doesNotTestTheSignInWithAnUnknownProvider() {
		CreateTestLoginFlow unknown = new CreateTestLoginFlow("nope");
		if (hasAfterNewestRelease(() -> this.kratos.selfService().createTestLoginFlow(unknown))) {
			assertThatExceptionOfType(KratosNotFoundException.class)
				.isThrownBy(() -> this.kratos.selfService().createTestLoginFlow(unknown))
				.satisfies((ex) -> assertThat(ex.getError().reason()).contains("\"nope\" is not configured"));
		}
	}

	// Normalized identifiers

	private Identity createWithPhone(String name, Map<String, String> traits) {
		Map<String, String> all = new HashMap<>(traits);
		all.put("email", name + DOMAIN);
		return this.kratos.identities().createIdentity(CreateIdentity.builder().schemaId("phone").traits(all).build());
	}

	private Optional<String> find(String identifier) {
		return this.kratos.identities().findByCredentialsIdentifier(identifier).map(Identity::id);
	}

	@Test
	void findsAnIdentityByAnySpellingOfItsUserName() {
		if (isAfterNewestRelease()) {
			String quinn = createWithPhone("quinn", Map.of("username", " \uff31ui\u00adnn\u200b")).id();
			createWithPhone("other", Map.of("username", "other"));
			for (String spelling : new String[] { "quinn", "QUINN", "qui\u200bnn", "\uff51uinn" }) {
				assertThat(find(spelling)).as(spelling).hasValue(quinn);
			}
			assertThat(find("quin")).isEmpty();
			assertThatExceptionOfType(KratosConflictException.class)
				.isThrownBy(() -> createWithPhone("third", Map.of("username", "Qu\u2060inn")));
		}
	}

	@Test
	void findsAnIdentityByALigatureInItsAddress() {
		Identity created = create("\ufb01ona");
		if (isAfterNewestRelease()) {
			assertThat(find("fiona" + DOMAIN)).hasValue(created.id());
			assertThat(find("\ufb01ona" + DOMAIN)).hasValue(created.id());
			assertThat(created.verifiableAddresses()).extracting(VerifiableAddress::value)
				.containsExactly("fiona" + DOMAIN);
			assertThatExceptionOfType(KratosConflictException.class).isThrownBy(() -> create("fiona"));
		}
		else if (isFrom(0, 13)) {
			assertThat(find("\ufb01ona" + DOMAIN)).hasValue(created.id());
			assertThat(find("fiona" + DOMAIN)).isEmpty();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "al\u200bice", "\u05d0lice", "1\u00e9" })
	void refusesAnAddressWithInvisibleCharactersOrTwoDirections(String name) {
		if (isAfterNewestRelease()) {
			assertThatExceptionOfType(KratosBadRequestException.class).isThrownBy(() -> create(name));
			assertThat(all(250)).isEmpty();
		}
		else {
			assertThat(create(name).traits().path("email").asString()).isEqualTo(name + DOMAIN);
		}
	}

	@Test
	void formatsPhoneNumbers() {
		if (isAfterNewestRelease()) {
			Identity quinn = createWithPhone("quinn", Map.of("phone", "+1 (415) 555-2671"));
			assertPhone(quinn, "+14155552671");
			for (String spelling : new String[] { "+14155552671", "+1 415 555 2671", "tel:+1-415-555-2671" }) {
				assertThat(find(spelling)).as(spelling).hasValue(quinn.id());
			}
			assertThatExceptionOfType(KratosConflictException.class)
				.isThrownBy(() -> createWithPhone("other", Map.of("phone", "+1-415-555-2671")));
			Identity updated = this.kratos.identities()
				.updateIdentity(quinn.id(),
						UpdateIdentity.from(quinn)
							.traits(Map.of("email", "quinn" + DOMAIN, "phone", "+49 176 671 11 638"))
							.build());
			assertPhone(updated, "+4917667111638");
			assertPhone(
					this.kratos.identities()
						.patchIdentity(quinn.id(),
								JsonPatch.builder().replace(IdentityPath.traits("phone"), "+44 20 7946 0018").build()),
					"+442079460018");
		}
	}

	private void assertPhone(Identity identity, String phone) {
		assertThat(identity.traits().path("phone").asString()).isEqualTo(phone);
		assertThat(identity.verifiableAddresses()).extracting(VerifiableAddress::value).containsExactly(phone);
		assertThat(identity.recoveryAddresses()).extracting(RecoveryAddress::value).containsExactly(phone);
		assertThat(find(phone)).hasValue(identity.id());
	}

	// Imported credentials

	static Stream<String> expensiveOrMalformedHashes() {
		String hash = "NpiFJJwLmT2tzuJLdE6fkOsZYS/aV95kn0hqjhyoxQLrNq4Gr0YZ.";
		String saltAndKey = "$Y29udHJhY3Qtc2FsdC0xNg$VDpOUxd9PcskZ9T14y/w0/ZH7B1olS4rdm/TzjM+O1I";
		return Stream.of("$2a$16$" + hash, "$2a$04$" + hash.substring(2),
				"$argon2id$v=19$m=1048577,t=1,p=1" + saltAndKey, "$argon2id$v=18$m=64,t=1,p=1" + saltAndKey,
				"$pbkdf2-sha256$i=10000001,l=32" + saltAndKey);
	}

	@ParameterizedTest
	@MethodSource("expensiveOrMalformedHashes")
	void refusesAnExpensiveOrMalformedHash(String hash) {
		CreateIdentity identity = person("alice").credentials(ImportCredentials.builder().hashedPassword(hash).build())
			.build();
		if (isAfterNewestRelease()) {
			assertThatExceptionOfType(KratosBadRequestException.class)
				.isThrownBy(() -> this.kratos.identities().createIdentity(identity))
				.satisfies((ex) -> assertThat(ex.getError().reason()).startsWith("The imported password hash "));
		}
		else if (isFrom(0, 9)) {
			assertThat(this.kratos.identities().createIdentity(identity).id()).isNotBlank();
		}
	}

	private static final List<CredentialsType> FACTORS = List.of(CredentialsType.TOTP, CredentialsType.LOOKUP_SECRET,
			CredentialsType.WEBAUTHN, CredentialsType.PASSKEY);

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static WebAuthnCredential key(String id, String name) {
		return WebAuthnCredential.builder(bytes(id), bytes("public key")).displayName(name).build();
	}

	private static ImportCredentials.Builder factors() {
		return ImportCredentials.builder()
			.totp("otpauth://totp/Example:alice?secret=JBSWY3DPEHPK3PXP&issuer=Example")
			.lookupSecret("first")
			.lookupSecret("second", Instant.parse("2026-01-02T03:04:05Z"))
			.webauthn(key("key1", "Blue"))
			.webauthnUserHandle(bytes("alice"))
			.passkey(key("pass1", "Phone"))
			.passkeyUserHandle(bytes("handle"));
	}

	/**
	 * Whether the server can create an identity with these credentials. Servers before
	 * 0.9 have no credentials to import.
	 */
	private boolean imports(CreateIdentity identity) {
		return isFrom(0, 9) && hasAfterNewestRelease(() -> this.kratos.identities().createIdentity(identity));
	}

	@Test
	void importsSecondFactorsAndPasskeys() {
		CreateIdentity identity = person("alice").credentials(factors().build()).build();
		if (imports(identity)) {
			Identity created = this.kratos.identities().createIdentity(identity);
			Map<String, IdentityCredentials> credentials = credentials(created);
			assertThat(credentials.get("totp").identifiers()).containsExactly(created.id());
			assertThat(credentials.get("totp").config().path("totp_url").asString())
				.startsWith("otpauth://totp/Example:alice");
			assertThat(credentials.get("lookup_secret").config().path("recovery_codes"))
				.hasToString("[{\"code\":\"first\",\"used_at\":null},"
						+ "{\"code\":\"second\",\"used_at\":\"2026-01-02T03:04:05Z\"}]");
			assertThat(credentials.get("webauthn").config().at("/credentials/0/display_name").asString())
				.isEqualTo("Blue");
			assertThat(credentials.get("webauthn").identifiers()).isEmpty();
			assertThat(credentials.get("passkey").identifiers()).containsExactly("handle");
			assertThat(credentials.get("password").config()).isNull();
			assertNoUnknownProperties(created);
		}
	}

	private Map<String, IdentityCredentials> credentials(Identity identity) {
		return this.kratos.identities().getIdentity(identity.id(), FACTORS).credentials();
	}

	@Test
	void addsImportedCredentialsToExistingOnes() {
		CreateIdentity identity = person("alice").credentials(factors().build()).build();
		if (imports(identity)) {
			Identity alice = this.kratos.identities().createIdentity(identity);
			ImportCredentials added = ImportCredentials.builder()
				.totp("otpauth://totp/new")
				.lookupSecret("third")
				.webauthn(key("key1", "Red"))
				.webauthn(key("key2", "Green"))
				.webauthnUserHandle(bytes("alice"))
				.passkey(key("pass2", "Tablet"))
				.passkeyUserHandle(bytes("handle2"))
				.build();
			this.kratos.identities().updateIdentity(alice.id(), UpdateIdentity.from(alice).credentials(added).build());
			Map<String, IdentityCredentials> credentials = credentials(alice);
			assertThat(credentials.get("totp").config().path("totp_url").asString()).isEqualTo("otpauth://totp/new");
			assertThat(credentials.get("lookup_secret").config().path("recovery_codes"))
				.extracting((code) -> code.path("code").asString())
				.containsExactly("first", "second", "third");
			assertThat(credentials.get("webauthn").config().path("credentials"))
				.extracting((key) -> key.path("display_name").asString())
				.containsExactly("Red", "Green");
			assertThat(credentials.get("passkey").config().path("credentials")).hasSize(2);
			assertThat(credentials.get("passkey").identifiers()).containsExactly("handle", "handle2");
		}
	}

	@Test
	void deletesSecondFactorsButNoPasskey() {
		CreateIdentity identity = person("alice").credentials(factors().build()).build();
		if (imports(identity)) {
			String alice = this.kratos.identities().createIdentity(identity).id();
			for (CredentialsType type : FACTORS.subList(0, 3)) {
				this.kratos.identities().deleteIdentityCredentials(alice, type, null);
			}
			assertThatExceptionOfType(KratosBadRequestException.class).isThrownBy(
					() -> this.kratos.identities().deleteIdentityCredentials(alice, CredentialsType.PASSKEY, null));
			assertThat(this.kratos.identities().getIdentity(alice).credentials()).containsOnlyKeys("password",
					"passkey");
		}
	}

	@Test
	void deletesAPasswordOnlyNextToAPasskey() {
		ImportCredentials.Builder credentials = ImportCredentials.builder().password("a-Very-l0ng-passphrase");
		if (isAfterNewestRelease()) {
			String bob = this.kratos.identities()
				.createIdentity(person("bob").credentials(credentials.build()).build())
				.id();
			assertThatExceptionOfType(KratosBadRequestException.class).isThrownBy(
					() -> this.kratos.identities().deleteIdentityCredentials(bob, CredentialsType.PASSWORD, null));
			credentials.passkey(key("pass1", "Phone")).passkeyUserHandle(bytes("handle"));
			String alice = this.kratos.identities()
				.createIdentity(person("alice").credentials(credentials.build()).build())
				.id();
			this.kratos.identities().deleteIdentityCredentials(alice, CredentialsType.PASSWORD, null);
		}
	}

	@Test
	void refusesASecondIdentityWithTheSameUserHandle() {
		ImportCredentials passkey = ImportCredentials.builder()
			.passkey(key("pass1", "Phone"))
			.passkeyUserHandle(bytes("handle"))
			.build();
		if (isAfterNewestRelease()) {
			this.kratos.identities().createIdentity(person("alice").credentials(passkey).build());
			assertThatExceptionOfType(KratosConflictException.class)
				.isThrownBy(() -> this.kratos.identities().createIdentity(person("bob").credentials(passkey).build()));
		}
	}

	@Test
	void keepsAnImportedPasswordThatIsImportedAgain() {
		String hash = "$2a$04$NpiFJJwLmT2tzuJLdE6fkOsZYS/aV95kn0hqjhyoxQLrNq4Gr0YZ.";
		ImportCredentials password = ImportCredentials.builder().hashedPassword(hash).build();
		if (isFrom(26, 2)) {
			Identity alice = this.kratos.identities().createIdentity(person("alice").credentials(password).build());
			Identity before = this.kratos.identities().getIdentity(alice.id());
			this.kratos.identities()
				.updateIdentity(alice.id(), UpdateIdentity.from(alice).credentials(password).build());
			assertThat(this.kratos.identities().getIdentity(alice.id()).credentials()).isEqualTo(before.credentials());
		}
	}

	// Regions

	@Test
	void namesTheRegionOnlyInTheResponseToAChange() {
		CreateIdentity identity = person("alice").region(IdentityRegion.EU_CENTRAL).build();
		if (hasAfterNewestRelease(() -> this.kratos.identities().createIdentity(identity))) {
			Identity alice = this.kratos.identities().createIdentity(identity);
			assertThat(alice.region()).isEqualTo(IdentityRegion.EU_CENTRAL);
			assertThat(this.kratos.identities().getIdentity(alice.id()).region()).isNull();
			assertThat(this.kratos.identities()
				.patchIdentity(alice.id(),
						JsonPatch.builder().replace(IdentityPath.region(), IdentityRegion.US_EAST).build())
				.region()).isEqualTo(IdentityRegion.US_EAST);
		}
	}

	@Test
	void refusesAnUnknownRegion() {
		CreateIdentity identity = person("alice").region(new IdentityRegion("mars")).build();
		if (isAfterNewestRelease()) {
			assertThatExceptionOfType(KratosBadRequestException.class)
				.isThrownBy(() -> this.kratos.identities().createIdentity(identity));
		}
	}

}
