package io.github.kratosadmin.samples.docs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.courier.CourierMessage;
import io.github.kratosadmin.courier.CourierMessageStatus;
import io.github.kratosadmin.courier.ListCourierMessages;
import io.github.kratosadmin.error.KratosConflictException;
import io.github.kratosadmin.error.KratosRateLimitedException;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.identity.Identity;
import io.github.kratosadmin.identity.IdentityPath;
import io.github.kratosadmin.identity.IdentityState;
import io.github.kratosadmin.identity.ImportCredentials;
import io.github.kratosadmin.identity.ImportIdentities;
import io.github.kratosadmin.identity.ImportResult;
import io.github.kratosadmin.identity.ImportSummary;
import io.github.kratosadmin.identity.JsonPatch;
import io.github.kratosadmin.identity.ListIdentities;
import io.github.kratosadmin.identity.OffboardResult;
import io.github.kratosadmin.identity.ResolvedRow;
import io.github.kratosadmin.identity.UnknownRow;
import io.github.kratosadmin.identity.UpdateIdentity;
import io.github.kratosadmin.identity.VerifiableAddress;
import io.github.kratosadmin.recovery.Invitation;
import io.github.kratosadmin.session.ListIdentitySessions;
import io.github.kratosadmin.session.ManageSessions.Confirmation;
import io.github.kratosadmin.session.ManageSessionsAction;
import io.github.kratosadmin.session.Session;
import io.github.kratosadmin.test.embedded.EmbeddedKratos;
import io.github.kratosadmin.test.embedded.EmbeddedKratosExtension;
import io.github.kratosadmin.test.embedded.IssuedSession;
import io.github.kratosadmin.test.embedded.KratosEra;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the examples in docs/tasks.md.
 */
class TasksTests {

	@RegisterExtension
	static EmbeddedKratosExtension embedded = new EmbeddedKratosExtension();

	private KratosAdmin kratos;

	private String id;

	@BeforeEach
	void createIdentity() {
		this.kratos = KratosAdmin.builder().baseUrl(embedded.kratos().adminUrl().toString()).build();
		this.id = this.kratos.identities()
			.createIdentity(CreateIdentity.builder()
				.traits(Map.of("email", "alice@example.test", "name", Map.of("first", "Alice", "last", "Adams")))
				.credentials(ImportCredentials.builder().password("correct horse battery staple").build())
				.externalId("crm-4711")
				.build())
			.id();
	}

	@AfterEach
	void close() {
		this.kratos.close();
	}

	@Test
	void writesAndReadsTypedTraitsAndMetadata() {
		KratosAdmin kratos = this.kratos;
		CreateIdentity customer = CreateIdentity.builder()
			.traits(new CustomerTraits("bob@example.test"))
			.metadataAdmin(new Plan("pro"))
			.build();
		Identity bob = kratos.identities().createIdentity(customer);
		CustomerTraits traits = bob.traitsAs(CustomerTraits.class);
		Plan plan = bob.metadataAdminAs(Plan.class); // null if there is none
		assertThat(traits.email()).isEqualTo("bob@example.test");
		assertThat(plan).isEqualTo(new Plan("pro"));
	}

	@Test
	void usesTheMapperOfTheApplication() {
		KratosAdmin kratos = this.kratos;
		JsonMapper jsonMapper = JsonMapper.builder().build();
		CreateIdentity customer = CreateIdentity.builder()
			.traits(new CustomerTraits("carol@example.test"), jsonMapper)
			.build();
		Identity carol = kratos.identities().createIdentity(customer);
		CustomerTraits traits = carol.traitsAs(CustomerTraits.class, jsonMapper);
		assertThat(traits).isEqualTo(new CustomerTraits("carol@example.test"));
	}

	@Test
	void findsAnIdentity() {
		KratosAdmin kratos = this.kratos;
		Optional<Identity> byIdentifier = kratos.identities().findByCredentialsIdentifier("alice@example.test");
		Optional<Identity> byExternalId = kratos.identities().findByExternalId("crm-4711");
		assertThat(byIdentifier).map(Identity::id).hasValue(this.id);
		assertThat(byExternalId).map(Identity::id).hasValue(this.id);
		assertThat(kratos.identities().findByCredentialsIdentifier("nobody@example.test")).isEmpty();
	}

	@Test
	void scansForATrait() {
		assertThat(scan(this.kratos)).containsExactly(this.id);
	}

	private static List<String> scan(KratosAdmin kratos) {
		try (Stream<Identity> adamses = kratos.identities().scanAllIdentitiesByTrait("Adams", "name", "last")) {
			return adamses.map(Identity::id).toList();
		}
	}

	@Test
	void changesATraitAndKeepsTheOthers() {
		assertThat(rename(this.kratos, this.id).traits().at("/name/last").asString()).isEqualTo("Adams");
		assertThat(this.kratos.identities().getIdentity(this.id).traits().at("/name/first").asString())
			.isEqualTo("Alicia");
	}

	private static Identity rename(KratosAdmin kratos, String id) {
		return kratos.identities().updateIdentity(id, (identity) -> {
			ObjectNode traits = identity.traits().asObject();
			traits.withObject("name").put("first", "Alicia");
			return UpdateIdentity.from(identity).traits(traits).build();
		});
	}

	@Test
	void patchesMetadataThatIsNull() {
		Identity patched = patch(this.kratos, this.id);
		assertThat(patched.traits().at("/name/first").asString()).isEqualTo("Alicia");
		assertThat(patched.metadataPublic()).hasToString("{\"plan\":\"pro\"}");
	}

	private static Identity patch(KratosAdmin kratos, String id) {
		JsonPatch patch = JsonPatch.builder()
			.replace(IdentityPath.traits("name", "first"), "Alicia")
			.add(IdentityPath.metadataPublic("plan"), "pro") // creates metadata
			.build();
		return kratos.identities().patchIdentity(id, patch);
	}

	@Test
	void importsIdentities() {
		List<String> report = new ArrayList<>();
		Stream<CreateIdentity> rows = Stream.of(moved("alice"), moved("bob"), moved("carol"));
		importAll(this.kratos, rows, report, new AtomicBoolean());
		assertThat(report).hasSize(2);
		assertThat(report.get(0)).isEqualTo("ImportProgress[created=2, failed=1, unknown=0]");
		assertThat(report.get(1)).startsWith("row 0: FAILED " + KratosConflictException.class.getName());
	}

	@Test
	void stopsAnImport() {
		List<String> report = new ArrayList<>();
		importAll(this.kratos, Stream.of(moved("bob")), report, new AtomicBoolean(true));
		assertThat(report).isEmpty();
		assertThat(this.kratos.identities().findByCredentialsIdentifier("bob@example.test")).isEmpty();
	}

	private static CreateIdentity moved(String name) {
		String email = name + "@example.test";
		String hash = "$2a$04$NpiFJJwLmT2tzuJLdE6fkOsZYS/aV95kn0hqjhyoxQLrNq4Gr0YZ.";
		return CreateIdentity.builder()
			.traits(Map.of("email", email))
			.credentials(ImportCredentials.builder().hashedPassword(hash).oidc("github", name).build())
			.verifiableAddress(VerifiableAddress.email(email, true))
			.build();
	}

	private static void importAll(KratosAdmin kratos, Stream<CreateIdentity> rows, List<String> report,
			AtomicBoolean stopped) {
		ImportIdentities options = ImportIdentities.builder()
			.listener((progress) -> report.add(progress.toString()))
			.stop(stopped::get)
			.build();
		ImportSummary summary = kratos.importIdentities(rows, options, (result) -> {
			if (result.outcome() != ImportResult.Outcome.CREATED) {
				report.add("row " + result.row() + ": " + result.outcome() + " " + result.failure());
			}
		});
	}

	@Test
	void findsOutWhatBecameOfUnknownRows() {
		embedded.kratos().failNext(1, 500);
		List<String> report = new ArrayList<>();
		importAndResolve(this.kratos, Stream.of(moved("bob")), report);
		assertThat(report).containsExactly("row 0: ABSENT null");
	}

	private static void importAndResolve(KratosAdmin kratos, Stream<CreateIdentity> rows, List<String> report) {
		List<UnknownRow> unknown = new ArrayList<>();
		kratos.importIdentities(rows, (result) -> {
			if (result.outcome() == ImportResult.Outcome.UNKNOWN) {
				unknown.add(result.unknown());
			}
		});
		for (UnknownRow row : unknown) {
			ResolvedRow resolved = kratos.resolveUnknown(row);
			report.add("row " + resolved.row() + ": " + resolved.fate() + " " + resolved.identityId());
		}
	}

	@Test
	void limitsTheRateOfAnImport() {
		List<ImportResult> results = new ArrayList<>();
		importSlowly(this.kratos, Stream.of(moved("bob")), results::add);
		assertThat(results).extracting(ImportResult::outcome).containsExactly(ImportResult.Outcome.CREATED);
	}

	private static void importSlowly(KratosAdmin kratos, Stream<CreateIdentity> rows, Consumer<ImportResult> results) {
		ImportIdentities options = ImportIdentities.builder()
			.maxRowsPerSecond(100)
			.maxRequestsPerSecond(2)
			.maxPause(Duration.ofHours(2))
			.build();
		kratos.importIdentities(rows, options, results);
	}

	@Test
	void deletesThousands() throws InterruptedException {
		List<String> ids = IntStream.range(0, 20)
			.mapToObj((i) -> this.kratos.identities().createIdentity(moved("person" + i)).id())
			.collect(Collectors.toCollection(ArrayList::new));
		embedded.kratos().failNext(1, 429);
		ids.add("11111111-1111-4111-8111-111111111111");
		assertThat(deleteAll(this.kratos, ids)).containsOnlyKeys("11111111-1111-4111-8111-111111111111");
		assertThat(this.kratos.identities().listIdentities().items()).hasSize(1);
	}

	private static Map<String, RuntimeException> deleteAll(KratosAdmin kratos, List<String> ids)
			throws InterruptedException {
		Map<String, RuntimeException> failures = new ConcurrentHashMap<>();
		ExecutorService executor = Executors.newFixedThreadPool(4);
		for (String id : ids) {
			executor.execute(() -> {
				try {
					delete(kratos, id);
				}
				catch (RuntimeException ex) {
					failures.put(id, ex);
				}
			});
		}
		executor.shutdown();
		executor.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
		return failures;
	}

	private static void delete(KratosAdmin kratos, String id) {
		for (int attempt = 1; attempt < 5; attempt++) {
			try {
				kratos.identities().deleteIdentity(id);
				return;
			}
			catch (KratosRateLimitedException ex) {
				// Nothing was deleted.
				Duration delay = Objects.requireNonNullElse(ex.getRetryAfter(), Duration.ofSeconds(attempt));
				LockSupport.parkNanos(delay.toNanos());
			}
		}
		kratos.identities().deleteIdentity(id);
	}

	@Test
	void exportsIdentities() {
		List<String> ids = new ArrayList<>();
		IntStream.range(0, 7).forEach((i) -> this.kratos.identities().createIdentity(moved("person" + i)));
		exportAll(this.kratos, (identity) -> ids.add(identity.id()));
		assertThat(ids).hasSize(8).doesNotHaveDuplicates();
	}

	private static void exportAll(KratosAdmin kratos, Consumer<Identity> consumer) {
		ListIdentities query = ListIdentities.builder().pageSize(500).build();
		try (Stream<Identity> identities = kratos.identities().streamIdentitiesAhead(query)) {
			identities.forEach(consumer);
		}
	}

	@Test
	void offboardsAnIdentity() {
		embedded.kratos().createSession(this.id);
		KratosAdmin kratos = this.kratos;
		String id = this.id;
		kratos.offboard(id);
		assertThat(kratos.identities().getIdentity(id).state()).isEqualTo(IdentityState.INACTIVE);
		assertThat(kratos.sessions().listIdentitySessions(id, ListIdentitySessions.builder().build()).items())
			.isEmpty();
	}

	@Test
	void offboardsManyIdentities() {
		embedded.kratos().createSession(this.id);
		KratosAdmin kratos = this.kratos;
		String unknown = UUID.randomUUID().toString();
		List<String> ids = List.of(unknown, this.id);
		List<String> again = kratos.offboard(ids)
			.stream()
			.filter((result) -> !result.succeeded()) // result.failure() has the reason
			.map(OffboardResult::identityId)
			.toList();
		assertThat(again).containsExactly(unknown);
		assertThat(kratos.identities().getIdentity(this.id).state()).isEqualTo(IdentityState.INACTIVE);
		assertThat(kratos.sessions().listIdentitySessions(this.id).items()).isEmpty();
	}

	@Test
	void endsTheSessionsOfManyIdentities() {
		embedded.kratos().createSession(this.id);
		KratosAdmin kratos = this.kratos;
		List<String> ids = List.of(this.id, UUID.randomUUID().toString());
		kratos.sessions().deleteIdentitySessions(ids);
		assertThat(kratos.sessions().listIdentitySessions(this.id).items()).isEmpty();
	}

	@Test
	void endsTheSessionsOfEverybody() {
		try (EmbeddedKratos server = EmbeddedKratos.builder().era(KratosEra.NEXT).start();
				KratosAdmin kratos = KratosAdmin.builder().baseUrl(server.adminUrl().toString()).build()) {
			CreateIdentity bob = CreateIdentity.builder().traits(new CustomerTraits("bob@example.test")).build();
			server.createSession(kratos.identities().createIdentity(bob).id());
			long ended = kratos.sessions().drainSessions(ManageSessionsAction.DISABLE, Confirmation.SIGN_OUT_EVERYBODY);
			assertThat(ended).isEqualTo(1);
			assertThat(kratos.sessions().listSessions().items()).noneMatch(Session::active);
		}
	}

	@Test
	void invitesAnIdentity() {
		KratosAdmin kratos = this.kratos;
		CreateIdentity customer = CreateIdentity.builder().traits(new CustomerTraits("bob@example.test")).build();
		Invitation invitation = kratos.inviteByCode(customer, Duration.ofHours(48));
		String text = "Enter " + invitation.recoveryCode() + " at " + invitation.recoveryLink();
		assertThat(text).matches("Enter \\d{6} at http\\S+flow=\\S+");
		assertThat(invitation.toString()).doesNotContain(invitation.recoveryCode());
	}

	@Test
	void endsTheOtherSessionsOfAnIdentity() {
		IssuedSession current = embedded.kratos().createSession(this.id);
		embedded.kratos().createSession(this.id);
		endOthers(this.kratos, this.id, current.id());
		assertThat(this.kratos.sessions()
			.listIdentitySessions(this.id, ListIdentitySessions.builder().active(true).build())
			.items()).extracting(Session::id).containsExactly(current.id());
	}

	private static void endOthers(KratosAdmin kratos, String identityId, String current) {
		ListIdentitySessions query = ListIdentitySessions.builder().build();
		try (Stream<Session> sessions = kratos.sessions().streamIdentitySessions(identityId, query)) {
			sessions.filter((session) -> session.active() && !session.id().equals(current))
				.forEach((session) -> kratos.sessions().disableSession(session.id()));
		}
	}

	@Test
	void readsTheMessagesToARecipient() {
		EmbeddedKratos kratos = embedded.kratos();
		kratos.register("{\"email\": \"bob@example.test\"}");
		kratos.addCourierMessage("bob@example.test", "Hello", "Welcome");
		kratos.addCourierMessage("carol@example.test", "Hello", "Welcome");
		assertThat(waiting(this.kratos)).hasSize(2)
			.extracting(CourierMessage::recipient)
			.containsOnly("bob@example.test");
	}

	private static List<CourierMessage> waiting(KratosAdmin kratos) {
		ListCourierMessages query = ListCourierMessages.builder()
			.recipient("bob@example.test")
			.status(CourierMessageStatus.QUEUED)
			.build();
		return kratos.courier().listCourierMessages(query).items();
	}

	record CustomerTraits(String email) {

	}

	record Plan(String name) {

	}

}
