package io.github.kratosadmin.batch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.batch.FaultyGateway.Fault;
import io.github.kratosadmin.batch.FaultyGateway.Request;
import io.github.kratosadmin.batch.RowOutcome.Outcome;
import io.github.kratosadmin.error.KratosConflictException;
import io.github.kratosadmin.error.KratosException;
import io.github.kratosadmin.error.KratosForbiddenException;
import io.github.kratosadmin.error.KratosServerException;
import io.github.kratosadmin.error.KratosUnavailableException;
import io.github.kratosadmin.error.KratosUnsupportedException;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.identity.Identity;
import io.github.kratosadmin.identity.IdentityPath;
import io.github.kratosadmin.identity.IdentityState;
import io.github.kratosadmin.identity.ImportCredentials;
import io.github.kratosadmin.identity.ImportIdentities;
import io.github.kratosadmin.identity.JsonPatch;
import io.github.kratosadmin.identity.VerifiableAddress;
import io.github.kratosadmin.test.embedded.EmbeddedKratos;
import io.github.kratosadmin.test.embedded.KratosEra;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.node.JsonNodeFactory;

import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.batch.infrastructure.support.transaction.ResourcelessTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests of {@link KratosIdentityImportItemWriter}.
 */
@Timeout(60)
class KratosIdentityImportItemWriterTests {

	@AutoClose
	private final EmbeddedKratos kratos = EmbeddedKratos.start();

	@AutoClose
	private final FaultyGateway gateway = new FaultyGateway(this.kratos.adminUrl());

	@AutoClose
	private final KratosAdmin admin = KratosAdmin.builder().baseUrl(this.gateway.url().toString()).build();

	private final List<RowOutcome> outcomes = new ArrayList<>();

	private final ExecutionContext context = new ExecutionContext();

	private static CreateIdentity.Builder person(String name) {
		return CreateIdentity.builder().traits(Map.of("email", name + "@example.test"));
	}

	private static IdentityRow row(long row) {
		return IdentityRow.of(row, person("person" + row).build());
	}

	private static List<IdentityRow> rows(int number) {
		return IntStream.range(0, number).mapToObj((row) -> row(row)).toList();
	}

	private KratosIdentityImportItemWriterBuilder builder() {
		return new KratosIdentityImportItemWriterBuilder().name("import")
			.kratosAdmin(this.admin)
			.marker("crm")
			.options(ImportIdentities.builder().maxPause(Duration.ZERO).build())
			.listener(this.outcomes::add);
	}

	private KratosIdentityImportItemWriter open(KratosIdentityImportItemWriterBuilder builder) {
		KratosIdentityImportItemWriter writer = builder.build();
		writer.open(this.context);
		return writer;
	}

	private void write(List<IdentityRow> rows) throws Exception {
		write(builder(), rows);
	}

	private void write(KratosIdentityImportItemWriterBuilder builder, List<IdentityRow> rows) throws Exception {
		KratosIdentityImportItemWriter writer = open(builder);
		this.outcomes.clear();
		writer.write(new Chunk<>(rows));
		writer.update(this.context);
	}

	private RowOutcome outcome() {
		assertThat(this.outcomes).hasSize(1);
		return this.outcomes.get(0);
	}

	private List<Identity> identities() {
		try (Stream<Identity> identities = this.admin.identities().streamIdentities()) {
			return identities.toList();
		}
	}

	/**
	 * Writes a chunk without the gateway.
	 * @return the number of requests, without those of a first chunk, for the version and
	 * the schemas
	 */
	private long calls(List<IdentityRow> rows) throws Exception {
		try (KratosAdmin direct = ReaderFixture.client(this.kratos)) {
			write(builder().kratosAdmin(direct), List.of(row(1_000_000)));
			int before = this.kratos.requests().size();
			write(builder().kratosAdmin(direct), rows);
			return this.kratos.requests().size() - before;
		}
	}

	// Outcomes

	@Test
	void createsTheIdentitiesOfAChunk() throws Exception {
		write(rows(3));
		List<Identity> identities = identities();
		assertThat(this.outcomes).extracting(RowOutcome::row).containsExactly(0L, 1L, 2L);
		assertThat(this.outcomes).extracting(RowOutcome::outcome).containsOnly(Outcome.DONE);
		assertThat(this.outcomes).extracting(RowOutcome::identityId)
			.containsExactlyInAnyOrderElementsOf(identities.stream().map(Identity::id).toList());
		assertThat(this.context.getLong("import.done")).isEqualTo(3);
		assertThat(this.context.getLong("import.resolved")).isZero();
	}

	@Test
	void marksARowWithoutAnExternalIdInItsAdminMetadata() throws Exception {
		write(List.of(IdentityRow.of(7, person("a").metadataAdmin(Map.of("plan", "pro")).build()),
				IdentityRow.of(8, person("b").externalId("crm-8").build())));
		assertThat(identities()).extracting((identity) -> String.valueOf(identity.metadataAdmin()))
			.containsExactlyInAnyOrder("{\"plan\":\"pro\",\"kratos_admin_import\":\"crm:7\"}", "null");
	}

	@Test
	void recognizesTheIdentitiesThatItCreatedBeforeACrash() throws Exception {
		List<IdentityRow> rows = List.of(row(1), IdentityRow.of(2, person("b").externalId("crm-2").build()));
		write(rows);
		List<String> ids = this.outcomes.stream().map(RowOutcome::identityId).toList();
		write(rows);
		assertThat(this.outcomes).extracting(RowOutcome::outcome).containsOnly(Outcome.ALREADY_DONE);
		assertThat(this.outcomes).extracting(RowOutcome::identityId).containsExactlyElementsOf(ids);
		assertThat(this.context.getLong("import.already.done")).isEqualTo(2);
		assertThat(identities()).hasSize(2);
	}

	@Test
	void anIdentityThatAnotherApplicationCreatedIsAConflict() throws Exception {
		String other = this.admin.identities().createIdentity(person("person1").build()).id();
		write(List.of(row(1)));
		assertThat(outcome().outcome()).isEqualTo(Outcome.FAILED);
		assertThat(outcome().failure()).isInstanceOf(KratosConflictException.class);
		assertThat(outcome().identityId()).isNull();
		assertThat(outcome().reason()).contains("409", "Another identity, " + other).doesNotContain("person1");
	}

	@Test
	void anIdentityOfAnotherRowOrImportIsAConflict() throws Exception {
		write(List.of(row(1)));
		write(List.of(IdentityRow.of(2, person("person1").build())));
		assertThat(outcome().outcome()).isEqualTo(Outcome.FAILED);
		write(builder().marker("other"), List.of(row(1)));
		assertThat(outcome().outcome()).isEqualTo(Outcome.FAILED);
		write(List.of(IdentityRow.of(1, person("person1").externalId("crm-1").build())));
		assertThat(outcome().outcome()).isEqualTo(Outcome.FAILED);
	}

	@Test
	void theSecondOfTwoEqualRowsIsAConflict() throws Exception {
		write(List.of(row(1), IdentityRow.of(2, person("person1").build())));
		assertThat(this.outcomes).extracting(RowOutcome::outcome).containsExactly(Outcome.DONE, Outcome.FAILED);
	}

	@Test
	void theSecondOfTwoRowsWithTheSameExternalIdIsAConflictIfItHasOtherContent() throws Exception {
		IdentityRow first = IdentityRow.of(1, person("a").externalId("crm-1").build());
		IdentityRow equal = IdentityRow.of(2, person("a").externalId("crm-1").build());
		IdentityRow other = IdentityRow.of(3,
				person("b").externalId("crm-1").metadataAdmin(Map.of("plan", "pro")).build());
		write(List.of(first, equal, other));
		assertThat(this.outcomes).extracting(RowOutcome::outcome)
			.containsExactly(Outcome.DONE, Outcome.ALREADY_DONE, Outcome.FAILED);
		assertThat(this.outcomes.get(2).reason()).contains("409",
				"Identity " + this.outcomes.get(0).identityId()
						+ " has the external id of the row, but differs in traits, metadata_admin: another row has the"
						+ " same external id, or the identity was changed");
		this.gateway.faults(firstImports(1, Fault.RESPONSE_LOST));
		write(List.of(other));
		assertThat(outcome().outcome()).isEqualTo(Outcome.FAILED);
	}

	@Test
	void aRowWithAnExternalIdIsRecognizedAfterItsOwnerHasVerifiedItsAddress() throws Exception {
		IdentityRow row = IdentityRow.of(1,
				person("a").externalId("crm-1")
					.verifiableAddress(VerifiableAddress.email("a@example.test", false))
					.build());
		write(List.of(row));
		String id = outcome().identityId();
		this.admin.identities()
			.patchIdentity(id,
					JsonPatch.builder().replace(IdentityPath.verifiableAddress(0, "verified"), true).build());
		write(List.of(row));
		assertThat(outcome().outcome()).isEqualTo(Outcome.ALREADY_DONE);
	}

	@Test
	void aRowThatCannotBeReadIsReportedAndNotSent() throws Exception {
		write(List.of(row(1), IdentityRow.unreadable(2, "not JSON"), row(3)));
		assertThat(this.outcomes).extracting(RowOutcome::outcome)
			.containsExactly(Outcome.DONE, Outcome.FAILED, Outcome.DONE);
		assertThat(this.outcomes.get(1).reason()).isEqualTo("not JSON");
	}

	@Test
	void aRowThatCouldNotBeRecognizedIsNotSent() throws Exception {
		this.kratos.addSchema("nothing", "{\"properties\":{\"traits\":{\"type\":\"object\"}}}");
		write(List.of(IdentityRow.of(1, person("a").schemaId("nothing").build()),
				IdentityRow.of(2, person("b").metadataAdmin(JsonNodeFactory.instance.arrayNode()).build()),
				IdentityRow.of(3, person("c").schemaId("unknown").build())));
		assertThat(this.outcomes).extracting(RowOutcome::outcome).containsOnly(Outcome.FAILED);
		assertThat(this.outcomes).extracting(RowOutcome::reason)
			.containsExactly(IdentityLookup.NOT_FINDABLE,
					"The row has no external id, and its admin metadata is not an object, so the marker cannot be"
							+ " added to it",
					IdentityLookup.NOT_FINDABLE);
		write(builder().marker(null), List.of(row(4)));
		assertThat(outcome().reason())
			.isEqualTo("The row has no external id, and the writer no marker, so the identity could not be recognized"
					+ " after a crash: set marker");
		assertThat(this.gateway.requests()).noneMatch(Request::isImport);
	}

	@Test
	void noMetadataIsAnObject() throws Exception {
		write(List.of(IdentityRow.of(1, person("a").metadataAdmin(JsonNodeFactory.instance.nullNode()).build())));
		assertThat(outcome().outcome()).isEqualTo(Outcome.DONE);
	}

	@Test
	void aRowThatKratosRefusesIsReportedWithoutItsContent() throws Exception {
		write(List.of(row(1),
				IdentityRow.of(2, CreateIdentity.builder().traits(Map.of("email", "not-an-email")).build()),
				IdentityRow.of(3,
						person("c").credentials(ImportCredentials.builder().hashedPassword("plain-text").build())
							.build()),
				row(4)));
		assertThat(this.outcomes).extracting(RowOutcome::outcome)
			.containsExactly(Outcome.DONE, Outcome.FAILED, Outcome.FAILED, Outcome.DONE);
		assertThat(this.outcomes.get(1).reason()).contains("400").doesNotContain("not-an-email");
		assertThat(this.outcomes.get(2).reason()).contains("400").doesNotContain("plain-text");
	}

	@Test
	void aServerWithoutExternalIdsFailsTheStep() throws Exception {
		try (EmbeddedKratos old = ReaderFixture.start(KratosEra.V1_3); KratosAdmin admin = ReaderFixture.client(old)) {
			assertThatExceptionOfType(KratosUnsupportedException.class)
				.isThrownBy(() -> write(builder().kratosAdmin(admin),
						List.of(IdentityRow.of(1, person("a").externalId("crm-1").build()), row(2))))
				.withMessageContaining("external_id");
			assertThat(this.outcomes).isEmpty();
			CreateIdentity onlyExternalId = CreateIdentity.builder().traits(Map.of()).externalId("crm-1").build();
			assertThatExceptionOfType(KratosUnsupportedException.class)
				.isThrownBy(() -> write(builder().kratosAdmin(admin), List.of(IdentityRow.of(1, onlyExternalId))))
				.withMessageContaining("external_id");
			write(builder().kratosAdmin(admin), List.of(row(2)));
			assertThat(outcome().outcome()).isEqualTo(Outcome.ALREADY_DONE);
		}
	}

	@ParameterizedTest
	@EnumSource(value = KratosEra.class, names = { "V1_0", "V1_3", "V26", "NEXT" })
	void recognizesIdentitiesInEachEra(KratosEra era) throws Exception {
		try (EmbeddedKratos server = EmbeddedKratos.builder().era(era).conflictsFailTheBatch().start();
				KratosAdmin admin = ReaderFixture.client(server)) {
			write(builder().kratosAdmin(admin), List.of(row(1), row(2)));
			write(builder().kratosAdmin(admin), List.of(row(0), row(1), row(2), row(3)));
			assertThat(this.outcomes).extracting(RowOutcome::outcome)
				.containsExactly(Outcome.DONE, Outcome.ALREADY_DONE, Outcome.ALREADY_DONE, Outcome.DONE);
		}
	}

	// Rows of unknown fate

	/**
	 * The fault for the first imports.
	 */
	private static Function<Request, Fault> firstImports(int number, Fault fault) {
		AtomicInteger left = new AtomicInteger(number);
		return (request) -> (request.isImport() && left.getAndDecrement() > 0) ? fault : Fault.NONE;
	}

	@Test
	void findsOutThatKratosHasCreatedTheRowsOfALostResponse() throws Exception {
		this.gateway.faults(firstImports(1, Fault.RESPONSE_LOST));
		write(List.of(row(1), IdentityRow.of(2, person("b").externalId("crm-2").build())));
		assertThat(this.outcomes).extracting(RowOutcome::outcome).containsOnly(Outcome.DONE);
		assertThat(this.outcomes).extracting(RowOutcome::identityId).doesNotContainNull();
		assertThat(this.context.getLong("import.resolved")).isEqualTo(2);
		assertThat(this.gateway.requests()).filteredOn(Request::isImport).hasSize(1);
	}

	@ParameterizedTest
	@EnumSource(names = { "REQUEST_LOST", "BAD_GATEWAY" })
	void sendsRowsAgainThatKratosHasNotCreated(Fault fault) throws Exception {
		this.gateway.faults(firstImports(2, fault));
		write(rows(5));
		assertThat(this.outcomes).extracting(RowOutcome::outcome).containsOnly(Outcome.DONE);
		assertThat(this.context.getLong("import.resolved")).isEqualTo(5);
		assertThat(identities()).hasSize(5);
	}

	@Test
	void anIdentityOfAnotherRowIsInTheWayOfARowOfUnknownFate() throws Exception {
		String other = this.admin.identities().createIdentity(person("person1").build()).id();
		this.gateway.faults(firstImports(1, Fault.RESPONSE_LOST));
		write(List.of(row(1)));
		assertThat(outcome().outcome()).isEqualTo(Outcome.FAILED);
		assertThat(outcome().reason()).contains("Another identity, " + other);
		assertThat(this.context.getLong("import.resolved")).isEqualTo(1);
	}

	@Test
	void aRequestThatTheServerIsStillWorkingOnDoesNoHarm() throws Exception {
		AtomicInteger imports = new AtomicInteger();
		this.gateway.faults((request) -> {
			if (request.isImport() && imports.getAndIncrement() == 1) {
				// The first request ends now.
				this.admin.identities()
					.createIdentity(person("person1").metadataAdmin(Map.of(RowMarker.KEY, "crm:1")).build());
			}
			return (request.isImport() && imports.get() == 1) ? Fault.REQUEST_LOST : Fault.NONE;
		});
		write(List.of(row(1)));
		assertThat(outcome().outcome()).isEqualTo(Outcome.DONE);
		assertThat(identities()).hasSize(1);
		assertThat(this.context.getLong("import.resolved")).isEqualTo(1);
	}

	@ParameterizedTest
	@EnumSource(names = { "NONE", "REQUEST_LOST" })
	void aRowThatKratosRefusesToLookUpIsUnknownAndNotSentAgain(Fault fault) throws Exception {
		this.admin.identities().createIdentity(person("person1").build());
		this.gateway
			.faults((request) -> request.isLookup() ? Fault.MALFORMED : request.isImport() ? fault : Fault.NONE);
		write(List.of(row(1)));
		assertThat(outcome().outcome()).isEqualTo(Outcome.UNKNOWN);
		assertThat(outcome().reason()).contains(
				". The identity could not be looked up: listIdentities failed with status 400: The request was malformed");
		assertThat(this.gateway.requests()).filteredOn(Request::isImport).hasSize(1);
		assertThat(this.context.getLong("import.resolved")).isZero();
	}

	@Test
	void aRowWithAnExternalIdThatCannotBeSentInALookupIsUnknown() throws Exception {
		IdentityRow row = IdentityRow.of(1, person("a").externalId("..").build());
		write(List.of(row));
		assertThat(outcome().outcome()).isEqualTo(Outcome.DONE);
		write(List.of(row));
		assertThat(outcome().outcome()).isEqualTo(Outcome.UNKNOWN);
		assertThat(outcome().reason())
			.endsWith(". The identity could not be looked up: the client cannot send its external id or identifier");
	}

	@Test
	void aRowForWhichTheServerFailsDoesNotAffectTheOthers() throws Exception {
		this.gateway.faults((request) -> (request.isImport() && request.body().contains("person17@"))
				? Fault.BAD_GATEWAY : Fault.NONE);
		write(rows(100));
		assertThat(this.outcomes).hasSize(100);
		assertThat(this.outcomes).filteredOn((outcome) -> outcome.outcome() != Outcome.DONE)
			.singleElement()
			.satisfies((outcome) -> {
				assertThat(outcome.row()).isEqualTo(17);
				assertThat(outcome.outcome()).isEqualTo(Outcome.UNKNOWN);
				assertThat(outcome.failure()).isInstanceOf(KratosServerException.class);
				assertThat(outcome.reason())
					.startsWith("The row was sent 3 times, and no identity was found: batchPatchIdentities")
					.contains("502");
			});
		assertThat(this.context.getLong("import.unknown")).isEqualTo(1);
	}

	@Test
	void aRowThatAGatewayRefusesDoesNotAffectTheOthers() throws Exception {
		this.gateway.faults((request) -> (request.isImport() && request.body().contains("person17@")) ? Fault.FORBIDDEN
				: Fault.NONE);
		write(rows(100));
		assertThat(this.outcomes).filteredOn((outcome) -> outcome.outcome() != Outcome.DONE)
			.singleElement()
			.satisfies((outcome) -> {
				assertThat(outcome.row()).isEqualTo(17);
				assertThat(outcome.outcome()).isEqualTo(Outcome.FAILED);
				assertThat(outcome.failure()).isInstanceOf(KratosForbiddenException.class);
			});
		assertThat(this.context.getLong("import.resolved")).isZero();
	}

	@ParameterizedTest
	@EnumSource(names = { "FORBIDDEN", "BAD_GATEWAY", "REQUEST_LOST" })
	void severalRowsWithoutAnAnswerDoNotAffectTheOthers(Fault fault) throws Exception {
		this.gateway.faults((request) -> (request.isImport()
				&& (request.body().contains("person17@") || request.body().contains("person18@"))) ? fault
						: Fault.NONE);
		write(builder().options(ImportIdentities.builder().chunkSize(1).maxPause(Duration.ZERO).build()), rows(60));
		assertThat(this.outcomes).filteredOn((outcome) -> outcome.outcome() != Outcome.DONE)
			.extracting(RowOutcome::row)
			.containsExactly(17L, 18L);
		assertThat(this.outcomes).hasSize(60);
	}

	@Test
	void aRowAloneIsReportedIfKratosHasAnsweredTheChunkBefore() throws Exception {
		this.gateway.faults((request) -> (request.isImport() && !request.body().contains("person1@")) ? Fault.FORBIDDEN
				: Fault.NONE);
		KratosIdentityImportItemWriter writer = open(builder());
		writer.write(new Chunk<>(List.of(row(1))));
		writer.write(new Chunk<>(List.of(row(2))));
		// Nothing is known about the server any more.
		assertThatExceptionOfType(KratosForbiddenException.class)
			.isThrownBy(() -> writer.write(new Chunk<>(List.of(row(3)))));
		assertThat(this.outcomes).extracting(RowOutcome::outcome).containsExactly(Outcome.DONE, Outcome.FAILED);
	}

	@Test
	void aChunkOfWhichNothingIsSentShowsNothingAboutTheServer() throws Exception {
		this.gateway.faults((request) -> (request.isImport() && !request.body().contains("person1@")) ? Fault.FORBIDDEN
				: Fault.NONE);
		KratosIdentityImportItemWriter writer = open(builder());
		writer.write(new Chunk<>(List.of(row(1))));
		writer.write(new Chunk<>(List.of(IdentityRow.unreadable(2, "not JSON"))));
		writer.write(new Chunk<>(List.of(row(3))));
		assertThat(this.outcomes).extracting(RowOutcome::outcome)
			.containsExactly(Outcome.DONE, Outcome.FAILED, Outcome.FAILED);
	}

	@Test
	void aChunkThatWasThrownShowsThatTheServerFails() throws Exception {
		KratosIdentityImportItemWriter writer = open(builder());
		writer.write(new Chunk<>(List.of(row(1))));
		this.gateway.faults((request) -> (request.isImport() || request.isLookup()) ? Fault.FORBIDDEN : Fault.NONE);
		assertThatExceptionOfType(KratosForbiddenException.class)
			.isThrownBy(() -> writer.write(new Chunk<>(List.of(row(2)))));
		this.gateway.faults((request) -> request.isImport() ? Fault.FORBIDDEN : Fault.NONE);
		assertThatExceptionOfType(KratosForbiddenException.class)
			.isThrownBy(() -> writer.write(new Chunk<>(List.of(row(2)))));
	}

	// Failures of the step

	@ParameterizedTest
	@EnumSource(names = { "FORBIDDEN", "BAD_GATEWAY", "REQUEST_LOST" })
	void throwsForASingleRowIfNothingIsKnownAboutTheServer(Fault fault) {
		this.gateway.faults((request) -> request.isImport() ? fault : Fault.NONE);
		KratosIdentityImportItemWriter writer = open(builder());
		for (int row = 0; row < 3; row++) {
			Chunk<IdentityRow> chunk = new Chunk<>(List.of(row(row)));
			assertThatExceptionOfType(KratosException.class).isThrownBy(() -> writer.write(chunk));
		}
		assertThat(this.outcomes).isEmpty();
	}

	@ParameterizedTest
	@EnumSource(names = { "FORBIDDEN", "BAD_GATEWAY", "REQUEST_LOST" })
	void throwsIfNoRequestHasAResult(Fault fault) {
		this.gateway.faults((request) -> request.isImport() ? fault : Fault.NONE);
		assertThatExceptionOfType(KratosException.class).isThrownBy(() -> write(rows(2)));
		assertThat(this.outcomes).isEmpty();
	}

	@Test
	void throwsIfAGatewayRefusesEverything() throws Exception {
		AtomicInteger imports = new AtomicInteger();
		this.gateway.faults((request) -> (request.isLookup() || (request.isImport() && imports.getAndIncrement() > 0))
				? Fault.FORBIDDEN : Fault.NONE);
		KratosIdentityImportItemWriterBuilder builder = builder()
			.options(ImportIdentities.builder().chunkSize(1).concurrency(1).maxPause(Duration.ZERO).build());
		assertThat(this.admin.canFindIdentities(person("a").build())).isTrue();
		assertThatExceptionOfType(KratosForbiddenException.class).isThrownBy(() -> write(builder, rows(2)));
	}

	@Test
	void throwsIfTheServerIsDown() throws Exception {
		KratosIdentityImportItemWriter writer = open(builder());
		this.kratos.close();
		this.gateway.close();
		assertThatExceptionOfType(KratosUnavailableException.class)
			.isThrownBy(() -> writer.write(new Chunk<>(rows(2))));
		assertThat(this.outcomes).isEmpty();
	}

	@Test
	void throwsIfALookupFails() throws Exception {
		write(List.of(row(1)));
		this.gateway.faults((request) -> request.isLookup() ? Fault.BAD_GATEWAY : Fault.NONE);
		assertThatExceptionOfType(KratosServerException.class).isThrownBy(() -> write(List.of(row(1))));
		assertThat(this.outcomes).isEmpty();
	}

	@Test
	void waitsWhileLookupsFail() throws Exception {
		write(List.of(row(1)));
		AtomicInteger lookups = new AtomicInteger();
		this.gateway.faults(
				(request) -> (request.isLookup() && lookups.getAndIncrement() == 0) ? Fault.BAD_GATEWAY : Fault.NONE);
		write(builder().options(ImportIdentities.builder().build()), List.of(row(1)));
		assertThat(outcome().outcome()).isEqualTo(Outcome.ALREADY_DONE);
		assertThat(lookups).hasValue(2);
	}

	@Test
	void throwsAtOnceIfTheClientIsClosed() {
		KratosIdentityImportItemWriter writer = open(builder().options(ImportIdentities.builder().build()));
		this.admin.close();
		assertThatExceptionOfType(KratosUnavailableException.class).isThrownBy(() -> writer.write(new Chunk<>(rows(2))))
			.withMessageContaining("closed");
	}

	@Test
	void throwsAtOnceIfTheClientIsClosedBeforeALookup() throws Exception {
		write(List.of(row(1)));
		KratosIdentityImportItemWriter writer = open(builder().options(ImportIdentities.builder().build()));
		this.gateway.faults((request) -> {
			if (request.isLookup()) {
				this.admin.close();
			}
			return Fault.NONE;
		});
		assertThatExceptionOfType(KratosUnavailableException.class)
			.isThrownBy(() -> writer.write(new Chunk<>(List.of(row(1)))))
			.withMessageContaining("closed");
	}

	@Test
	void throwsIfTheThreadIsInterrupted() {
		KratosIdentityImportItemWriter writer = open(builder().options(ImportIdentities.builder().build()));
		Thread step = Thread.currentThread();
		this.gateway.faults((request) -> {
			if (request.isImport()) {
				step.interrupt();
			}
			return Fault.NONE;
		});
		assertThatExceptionOfType(KratosUnavailableException.class).isThrownBy(() -> writer.write(new Chunk<>(rows(2))))
			.withMessageContaining("interrupted");
		assertThat(Thread.interrupted()).isTrue();
		assertThat(this.outcomes).isEmpty();
	}

	@Test
	void stopsTheStepIfTheOptionsStopTheImport() {
		KratosIdentityImportItemWriterBuilder builder = builder()
			.options(ImportIdentities.builder().stop(() -> true).build());
		assertThatExceptionOfType(JobInterruptedException.class).isThrownBy(() -> write(builder, rows(2)))
			.withMessage("The import was stopped within a chunk. The chunk is written again after a restart");
		assertThat(this.outcomes).isEmpty();
	}

	// Numbers of calls

	@Test
	void aRowThatCannotBeReadOrRecognizedCostsNoCall() throws Exception {
		List<IdentityRow> rows = new ArrayList<>(rows(1000));
		assertThat(calls(rows)).isEqualTo(4);
		this.kratos.reset();
		rows.set(400, IdentityRow.unreadable(400, "not JSON"));
		assertThat(calls(rows)).isEqualTo(4);
	}

	@Test
	void aRowThatDoesNotMatchItsSchemaCostsNoCall() throws Exception {
		List<IdentityRow> rows = new ArrayList<>(rows(1000));
		rows.set(400, IdentityRow.of(400, CreateIdentity.builder().traits(Map.of("email", "not-an-email")).build()));
		assertThat(calls(rows)).isEqualTo(4);
		assertThat(this.context.getLong("import.failed")).isEqualTo(1);
	}

	@Test
	void aRowThatKratosCannotReadCostsThreeCalls() throws Exception {
		List<IdentityRow> rows = new ArrayList<>(rows(1000));
		for (CreateIdentity.Builder bad : List.of(
				person("bad").credentials(ImportCredentials.builder().hashedPassword("$6$x$y").build()),
				person("bad").state(new IdentityState("sleeping")), person("bad").organizationId("acme"))) {
			rows.set(400, IdentityRow.of(400, bad.build()));
			assertThat(calls(rows)).isEqualTo(7);
			this.kratos.reset();
		}
		assertThat(this.context.getLong("import.failed")).isEqualTo(3);
	}

	@Test
	void aConflictCostsOneLookupForAnIdentifierAndOneForAnExternalId() throws Exception {
		this.admin.identities().createIdentity(person("person400").build());
		List<IdentityRow> rows = new ArrayList<>(rows(1000));
		assertThat(calls(rows)).isEqualTo(5);
		this.kratos.reset();
		this.admin.identities().createIdentity(person("person400").build());
		rows.set(400, IdentityRow.of(400, person("person400").externalId("crm-400").build()));
		assertThat(calls(rows)).isEqualTo(6);
		assertThat(this.context.getLong("import.failed")).isEqualTo(2);
	}

	@Test
	void aChunkThatIsWrittenAgainCostsOneLookupPerRow() throws Exception {
		List<IdentityRow> rows = rows(1000);
		assertThat(calls(rows)).isEqualTo(4);
		assertThat(calls(rows)).isEqualTo(1004);
		assertThat(this.outcomes).extracting(RowOutcome::outcome).containsOnly(Outcome.ALREADY_DONE);
	}

	// Rate

	private static final class RecordingPace extends RequestPace {

		private final List<Long> waits = new ArrayList<>();

		private boolean interrupts;

		RecordingPace(@Nullable Integer maxRequestsPerSecond) {
			super(maxRequestsPerSecond, () -> 0);
		}

		@Override
		void await(long nanos) throws InterruptedException {
			if (nanos > 0) {
				this.waits.add(TimeUnit.NANOSECONDS.toMillis(nanos));
				if (this.interrupts) {
					throw new InterruptedException();
				}
			}
		}

	}

	private RecordingPace writeAtRate(ImportIdentities.Builder options, int... sizes) throws Exception {
		KratosIdentityImportItemWriterBuilder builder = builder().options(options.build());
		RecordingPace pace = new RecordingPace(builder.options().maxRequestsPerSecond());
		KratosIdentityImportItemWriter writer = new KratosIdentityImportItemWriter(builder, pace);
		writer.open(this.context);
		int from = 0;
		for (int size : sizes) {
			writer.write(new Chunk<>(rows(from + size).subList(from, from + size)));
			from += size;
		}
		return pace;
	}

	@Test
	void waitsBetweenChunksSoThatTheRateHolds() throws Exception {
		assertThat(writeAtRate(ImportIdentities.builder().maxRowsPerSecond(100), 10, 50, 1).waits).containsExactly(100L,
				500L);
		this.kratos.reset();
		// The last request has at most the rows of one second.
		assertThat(writeAtRate(ImportIdentities.builder().maxRowsPerSecond(20), 21, 1).waits).containsExactly(1000L);
		this.kratos.reset();
		assertThat(writeAtRate(ImportIdentities.builder().maxRequestsPerSecond(4), 10, 50).waits).containsExactly(250L);
	}

	@Test
	void doesNotWaitWithoutARate() throws Exception {
		assertThat(writeAtRate(ImportIdentities.builder(), 10, 10).waits).isEmpty();
	}

	@Test
	void lookupsKeepToTheRate() throws Exception {
		write(rows(3));
		assertThat(writeAtRate(ImportIdentities.builder().concurrency(1).maxRequestsPerSecond(4), 3).waits)
			.containsExactly(250L, 500L, 750L);
	}

	@Test
	void theWaitForTheRateEndsWithAnInterruption() throws Exception {
		KratosIdentityImportItemWriterBuilder builder = builder()
			.options(ImportIdentities.builder().maxRowsPerSecond(1).build());
		RecordingPace pace = new RecordingPace(null);
		KratosIdentityImportItemWriter writer = new KratosIdentityImportItemWriter(builder, pace);
		writer.open(this.context);
		writer.write(new Chunk<>(List.of(row(1))));
		pace.interrupts = true;
		assertThatExceptionOfType(CancellationException.class)
			.isThrownBy(() -> writer.write(new Chunk<>(List.of(row(2)))));
		assertThat(Thread.interrupted()).isTrue();
		assertThat(identities()).hasSize(1);
	}

	// Counts

	@Test
	void goesOnCountingAfterARestart() throws Exception {
		this.context.putLong("import.done", 5);
		this.context.putLong("import.resolved", 2);
		write(List.of(row(1)));
		assertThat(this.context.getLong("import.done")).isEqualTo(6);
		assertThat(this.context.getLong("import.resolved")).isEqualTo(2);
	}

	@Test
	void aChunkThatIsRolledBackDoesNotCount() throws Exception {
		KratosIdentityImportItemWriter writer = open(builder());
		TransactionTemplate transaction = new TransactionTemplate(new ResourcelessTransactionManager());
		transaction.executeWithoutResult((status) -> {
			writeUnchecked(writer, List.of(row(1)));
			writeUnchecked(writer, List.of(row(2)));
			status.setRollbackOnly();
		});
		transaction.executeWithoutResult((status) -> writeUnchecked(writer, List.of(row(1), row(2), row(3))));
		writer.update(this.context);
		assertThat(this.context.getLong("import.done")).isEqualTo(1);
		assertThat(this.context.getLong("import.already.done")).isEqualTo(2);
	}

	private static void writeUnchecked(KratosIdentityImportItemWriter writer, List<IdentityRow> rows) {
		try {
			writer.write(new Chunk<>(rows));
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void aChunkOfWhichTheDeadLettersCannotBeWrittenDoesNotCount() throws Exception {
		AtomicInteger written = new AtomicInteger();
		ItemWriter<RowOutcome> deadLetters = (chunk) -> {
			if (written.getAndIncrement() == 0) {
				throw new IllegalStateException("full");
			}
		};
		this.gateway.faults(firstImports(1, Fault.RESPONSE_LOST));
		KratosIdentityImportItemWriter writer = open(builder().deadLetterWriter(deadLetters));
		Chunk<IdentityRow> chunk = new Chunk<>(List.of(row(1), IdentityRow.unreadable(2, "not JSON")));
		assertThatIllegalStateException().isThrownBy(() -> writer.write(chunk)).withMessage("full");
		writer.write(chunk);
		writer.update(this.context);
		assertThat(this.context.getLong("import.failed")).isEqualTo(1);
		assertThat(this.context.getLong("import.done")).isZero();
		assertThat(this.context.getLong("import.already.done")).isEqualTo(1);
		assertThat(this.context.getLong("import.resolved")).isZero();
	}

	// Skips

	@Test
	void aSkippableWriterThrowsIfARowFails() throws Exception {
		List<RowOutcome> dead = new ArrayList<>();
		KratosIdentityImportItemWriter writer = open(
				builder().skippable(true).deadLetterWriter((chunk) -> dead.addAll(chunk.getItems())));
		assertThatExceptionOfType(RowsFailedException.class)
			.isThrownBy(() -> writer.write(new Chunk<>(List.of(row(1), IdentityRow.unreadable(2, "not JSON")))))
			.withMessage("1 of 2 rows failed, the first is row 2: not JSON")
			.satisfies((ex) -> assertThat(ex.getOutcomes()).extracting(RowOutcome::row).containsExactly(2L));
		writer.write(new Chunk<>(List.of(row(1))));
		writer.update(this.context);
		assertThat(this.context.getLong("import.already.done")).isEqualTo(1);
		assertThat(this.context.getLong("import.failed")).isZero();
		assertThat(dead).isEmpty();
	}

	// Builder

	@Test
	void whatIsMissingIsNamed() {
		assertThatIllegalStateException()
			.isThrownBy(() -> new KratosIdentityImportItemWriterBuilder().kratosAdmin(this.admin).build())
			.withMessageStartingWith("name is missing");
		assertThatIllegalStateException()
			.isThrownBy(() -> new KratosIdentityImportItemWriterBuilder().name("import").build())
			.withMessageStartingWith("kratosAdmin is missing");
		assertThatIllegalStateException().isThrownBy(() -> builder().marker(" ").build())
			.withMessage("marker is blank: set the name of the import");
	}

}
