package io.github.kratosadmin.batch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.batch.RowOutcome.Outcome;
import io.github.kratosadmin.error.KratosException;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.identity.CredentialsType;
import io.github.kratosadmin.identity.IdentityPath;
import io.github.kratosadmin.identity.IdentityState;
import io.github.kratosadmin.identity.ImportCredentials;
import io.github.kratosadmin.identity.JsonPatch;
import io.github.kratosadmin.interceptor.KratosAdminInterceptor;
import io.github.kratosadmin.interceptor.OperationCall;
import io.github.kratosadmin.test.embedded.EmbeddedKratos;
import io.github.kratosadmin.test.embedded.KratosEra;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ExecutionContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link KratosIdentityVerificationItemWriter}.
 */
class KratosIdentityVerificationItemWriterTests {

	private static final String HASH = "$2a$10$ZsCsoVQ3xfBG/K37z2XpBeVoJjXNsVK/LHKt6hZDOK1TAZbq5RYGG";

	private static final String OTHER_HASH = "$2a$10$ZsCsoVQ3xfBG/K37z2XpBeVoJjXNsVK/LHKt6hZDOK1TAZbq5RYGH";

	private final EmbeddedKratos kratos = EmbeddedKratos.start();

	private final KratosAdmin kratosAdmin = KratosAdmin.builder()
		.baseUrl(this.kratos.adminUrl().toString())
		.maxRetries(0)
		.build();

	private final List<RowOutcome> outcomes = new ArrayList<>();

	@AfterEach
	void close() {
		this.kratosAdmin.close();
		this.kratos.close();
	}

	@Test
	void importedRowsAreAsWanted() throws Exception {
		List<IdentityRow> rows = List.of(row(1, "Alice@example.test", null), row(2, "bob@example.test", "customer-2"));
		importRows(rows);
		verify(builder(), rows);
		assertThat(this.outcomes).extracting(RowOutcome::outcome).containsExactly(Outcome.DONE, Outcome.DONE);
		assertThat(this.outcomes).extracting(RowOutcome::identityId).doesNotContainNull();
	}

	@Test
	void namesTheFieldsThatDiffer() throws Exception {
		IdentityRow row = row(1, "alice@example.test", "customer-1");
		importRows(List.of(row));
		String id = this.kratosAdmin.identities().findByExternalId("customer-1").orElseThrow().id();
		this.kratosAdmin.identities()
			.patchIdentity(id,
					JsonPatch.builder()
						.replace(IdentityPath.state(), IdentityState.INACTIVE)
						.replace(IdentityPath.traits("email"), "bob@example.test")
						.build());
		verify(builder(), List.of(row));
		assertThat(this.outcomes).singleElement().satisfies((outcome) -> {
			assertThat(outcome.outcome()).isEqualTo(Outcome.FAILED);
			assertThat(outcome.identityId()).isEqualTo(id);
			assertThat(outcome.reason()).isEqualTo("The identity differs in traits, state");
		});
	}

	@Test
	void findsMissingRowsAndThoseOfOthers() throws Exception {
		this.kratosAdmin.identities()
			.createIdentity(CreateIdentity.builder().traits(Map.of("email", "bob@example.test")).build());
		verify(builder(), List.of(row(1, "alice@example.test", null), row(2, "bob@example.test", null)));
		assertThat(this.outcomes).extracting(RowOutcome::outcome).containsExactly(Outcome.FAILED, Outcome.FAILED);
		assertThat(this.outcomes.get(0).reason()).isEqualTo("There is no such identity");
		assertThat(this.outcomes.get(1).reason()).startsWith("Another identity, ")
			.endsWith(", has the external id or an identifier of the row");
	}

	@Test
	void rowsThatTheImportRefusesFail() throws Exception {
		List<IdentityRow> rows = List.of(IdentityRow.unreadable(1, "The line is empty"),
				IdentityRow.of(2, CreateIdentity.builder().traits(Map.of("phone", "+49")).build()));
		verify(builder(), rows);
		assertThat(this.outcomes).extracting(RowOutcome::outcome).containsExactly(Outcome.FAILED, Outcome.FAILED);
		assertThat(this.outcomes).extracting(RowOutcome::reason)
			.containsExactly("The line is empty", IdentityLookup.NOT_FINDABLE);
	}

	@Test
	void aRowThatCannotBeLookedUpIsNotSaidToBeMissing() throws Exception {
		// Reads the schemas.
		verify(builder(), List.of(row(0, "bob@example.test", "customer-0")));
		this.outcomes.clear();
		this.kratos.failNext(1, 400);
		verify(builder(), List.of(row(1, "alice@example.test", "customer-1")));
		verify(builder(), List.of(row(2, "alice@example.test", "..")));
		assertThat(this.outcomes).extracting(RowOutcome::outcome).containsExactly(Outcome.UNKNOWN, Outcome.UNKNOWN);
		assertThat(this.outcomes.get(0).reason())
			.startsWith("The identity could not be looked up: getIdentityByExternalID failed with status 400");
		assertThat(this.outcomes.get(1).reason())
			.isEqualTo("The identity could not be looked up: the client cannot send its external id or identifier");
	}

	@Test
	void aRowWithOnlyAnExternalIdFailsOnAServerWithoutExternalIds() throws Exception {
		try (EmbeddedKratos old = EmbeddedKratos.builder().era(KratosEra.V1_3).start();
				KratosAdmin admin = KratosAdmin.builder().baseUrl(old.adminUrl().toString()).build()) {
			verify(builder().kratosAdmin(admin), List.of(IdentityRow.of(1,
					CreateIdentity.builder().traits(Map.of("phone", "+49")).externalId("customer-1").build())));
			assertThat(this.outcomes)
				.containsExactly(new RowOutcome(1L, null, Outcome.FAILED, IdentityLookup.NOT_FINDABLE, null));
		}
	}

	@Test
	void comparesHashesIfTold() throws Exception {
		importRows(List.of(withHash(HASH)));
		verify(builder(), List.of(withHash(OTHER_HASH)));
		verify(builder().includeCredential(CredentialsType.PASSWORD), List.of(withHash(HASH), withHash(OTHER_HASH)));
		assertThat(this.outcomes).extracting(RowOutcome::outcome)
			.containsExactly(Outcome.DONE, Outcome.DONE, Outcome.FAILED);
		assertThat(this.outcomes.get(2).reason()).isEqualTo("The identity differs in credentials");
	}

	@Test
	void anIdentityThatIsDeletedMeanwhileIsMissing() throws Exception {
		IdentityRow row = withHash(HASH);
		importRows(List.of(row));
		KratosAdmin client = this.kratosAdmin;
		KratosAdmin deleting = KratosAdmin.builder()
			.baseUrl(this.kratos.adminUrl().toString())
			.interceptor(new KratosAdminInterceptor() {
				@Override
				public void beforeOperation(OperationCall call) {
					if (call.getOperation().equals("getIdentity")) {
						client.identities().deleteIdentity(String.valueOf(call.getArguments().get("id")));
					}
				}
			})
			.build();
		verify(builder().kratosAdmin(deleting).includeCredential(CredentialsType.PASSWORD), List.of(row));
		deleting.close();
		assertThat(this.outcomes)
			.containsExactly(new RowOutcome(1L, null, Outcome.FAILED, "There is no such identity", null));
	}

	@Test
	void nothingIsChanged() throws Exception {
		importRows(List.of(withHash(HASH)));
		int before = this.kratos.requests().size();
		verify(builder().includeCredential(CredentialsType.PASSWORD),
				List.of(withHash(HASH), row(2, "bob@example.test", null)));
		assertThat(this.kratos.requests()).hasSizeGreaterThan(before);
		assertThat(this.kratos.requests().subList(before, this.kratos.requests().size()))
			.allMatch((request) -> request.method().equals("GET"));
	}

	@Test
	void theStepFailsIfTheServerRefusesEveryRequest() throws Exception {
		importRows(List.of(row(1, "alice@example.test", "customer-1")));
		this.kratos.failNext(10, 403);
		assertThatExceptionOfType(KratosException.class).isThrownBy(
				() -> verify(builder().maxPause(Duration.ZERO), List.of(row(1, "alice@example.test", "customer-1"))));
		assertThat(this.outcomes).isEmpty();
	}

	private KratosIdentityVerificationItemWriterBuilder builder() {
		return new KratosIdentityVerificationItemWriterBuilder().name("verification")
			.kratosAdmin(this.kratosAdmin)
			.marker("people")
			.listener(this.outcomes::add);
	}

	private static void verify(KratosIdentityVerificationItemWriterBuilder builder, List<IdentityRow> rows)
			throws Exception {
		KratosIdentityVerificationItemWriter writer = builder.build();
		writer.open(new ExecutionContext());
		writer.write(new Chunk<>(rows));
		writer.close();
	}

	private void importRows(List<IdentityRow> rows) throws Exception {
		KratosIdentityImportItemWriter writer = new KratosIdentityImportItemWriterBuilder().name("import")
			.kratosAdmin(this.kratosAdmin)
			.marker("people")
			.build();
		writer.open(new ExecutionContext());
		writer.write(new Chunk<>(rows));
		writer.close();
	}

	private static IdentityRow row(long row, String email, String externalId) {
		return IdentityRow.of(row,
				CreateIdentity.builder().traits(Map.of("email", email)).externalId(externalId).build());
	}

	private static IdentityRow withHash(String hash) {
		return IdentityRow.of(1,
				CreateIdentity.builder()
					.traits(Map.of("email", "alice@example.test"))
					.externalId("customer-1")
					.credentials(ImportCredentials.builder().hashedPassword(hash).build())
					.build());
	}

}
