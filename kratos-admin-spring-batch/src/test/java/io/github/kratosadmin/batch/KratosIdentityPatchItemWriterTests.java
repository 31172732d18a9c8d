package io.github.kratosadmin.batch;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.kratosadmin.batch.RowOutcome.Outcome;
import io.github.kratosadmin.error.KratosUnsupportedException;
import io.github.kratosadmin.identity.Identity;
import io.github.kratosadmin.identity.IdentityPath;
import io.github.kratosadmin.identity.IdentityState;
import io.github.kratosadmin.identity.JsonPatch;
import io.github.kratosadmin.identity.JsonPatch.Operation;
import io.github.kratosadmin.test.embedded.KratosEra;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.JsonNodeFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests of {@link KratosIdentityPatchItemWriter}.
 */
class KratosIdentityPatchItemWriterTests {

	private static final IdentityPath NOTE = IdentityPath.metadataAdmin("note");

	@ParameterizedTest
	@EnumSource(names = { "V1_0", "V1_3", "V26", "NEXT" })
	void fieldsAreSetAndSetAgain(KratosEra era) throws Exception {
		try (WriterFixture fixture = new WriterFixture(era)) {
			String id = fixture.create("a@example.org");
			IdentityPatch item = new IdentityPatch(id,
					JsonPatch.builder()
						.replace(IdentityPath.state(), IdentityState.INACTIVE)
						.add(IdentityPath.metadataAdmin("list"), List.of(1, 2))
						.add(IdentityPath.metadataPublic("deep", "er"), "x")
						.build());
			assertThat(fixture.write(writer(fixture), item)).containsExactly(Outcome.DONE);
			Identity once = fixture.get(id);
			assertThat(once.state()).isEqualTo(IdentityState.INACTIVE);
			assertThat(once.metadataAdmin()).hasToString("{\"list\":[1,2]}");
			assertThat(fixture.write(writer(fixture), item)).containsExactly(Outcome.DONE);
			assertSame(fixture.get(id), once);
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "V1_0", "V1_3", "V26", "NEXT" })
	void aFieldIsRemovedOnce(KratosEra era) throws Exception {
		try (WriterFixture fixture = new WriterFixture(era)) {
			String id = fixture.create("a@example.org");
			patch(fixture, id, JsonPatch.builder().add(NOTE, "x").build());
			IdentityPatch item = new IdentityPatch(id, JsonPatch.builder().remove(NOTE).build());
			assertThat(fixture.write(writer(fixture), item)).containsExactly(Outcome.DONE);
			assertThat(fixture.get(id).metadataAdmin()).hasToString("{}");
			assertThat(fixture.write(writer(fixture), item)).containsExactly(Outcome.ALREADY_DONE);
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "V1_0", "V1_3", "V26", "NEXT" })
	void theOtherChangesAreMadeIfAFieldIsNotThere(KratosEra era) throws Exception {
		try (WriterFixture fixture = new WriterFixture(era)) {
			String id = fixture.create("a@example.org");
			IdentityPatch item = new IdentityPatch(id,
					JsonPatch.builder()
						.remove(NOTE)
						.remove(IdentityPath.traits("name", "first"))
						.add(IdentityPath.metadataPublic("plan"), "free")
						.build());
			assertThat(fixture.write(writer(fixture), item)).containsExactly(Outcome.DONE);
			Identity once = fixture.get(id);
			assertThat(once.metadataPublic()).hasToString("{\"plan\":\"free\"}");
			assertThat(fixture.write(writer(fixture), item)).containsExactly(Outcome.DONE);
			assertSame(fixture.get(id), once);
		}
	}

	@Test
	void anExternalIdIsRemovedOnce() throws Exception {
		try (WriterFixture fixture = new WriterFixture(KratosEra.V26)) {
			String id = fixture.create("a@example.org");
			patch(fixture, id, JsonPatch.builder().add(IdentityPath.externalId(), "4711").build());
			IdentityPatch item = new IdentityPatch(id, JsonPatch.builder().remove(IdentityPath.externalId()).build());
			assertThat(fixture.write(writer(fixture), item)).containsExactly(Outcome.DONE);
			assertThat(fixture.get(id).externalId()).isNull();
			assertThat(fixture.write(writer(fixture), item)).containsExactly(Outcome.ALREADY_DONE);
		}
	}

	@Test
	void aPatchThatIsRefusedForAnotherReasonFails() throws Exception {
		try (WriterFixture fixture = new WriterFixture(KratosEra.V26)) {
			String id = fixture.create("a@example.org");
			patch(fixture, id, JsonPatch.builder().add(NOTE, "x").build());
			JsonPatch required = JsonPatch.builder().remove(NOTE).remove(IdentityPath.traits("email")).build();
			JsonPatch invalid = JsonPatch.builder().replace(IdentityPath.traits("email"), 1).build();
			assertThat(fixture.write(writer(fixture), new IdentityPatch(id, required), new IdentityPatch(id, invalid),
					new IdentityPatch(WriterFixture.UNKNOWN_ID, invalid)))
				.containsOnly(Outcome.FAILED);
			assertThat(fixture.outcomes.stream().map(RowOutcome::reason))
				.allSatisfy((reason) -> assertThat(reason).startsWith("patchIdentity failed with status 40"));
			assertThat(fixture.get(id).metadataAdmin()).hasToString("{\"note\":\"x\"}");
		}
	}

	/**
	 * The builder refuses such a patch, but a patch may also be read from JSON.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "/state", "/id", "/credentials", "/credentials/oidc", "/traitsx", "traits/name" })
	void aFieldThatCannotBeRemovedIsNotTakenForOneThatIsNotThere(String path) throws Exception {
		Operation operation = new Operation("remove", path, null);
		Operation absent = new Operation("remove", "/traits/name", null);
		Operation other = new Operation("add", "/metadata_public", JsonNodeFactory.instance.objectNode());
		try (WriterFixture fixture = new WriterFixture(KratosEra.V26)) {
			String id = fixture.create("a@example.org");
			assertThat(fixture.write(writer(fixture), new IdentityPatch(id, new JsonPatch(List.of(operation))),
					new IdentityPatch(id, new JsonPatch(List.of(operation, absent, other)))))
				.containsOnly(Outcome.FAILED);
			assertThat(fixture.reason()).startsWith("patchIdentity failed with status 400");
			assertThat(fixture.get(id).metadataPublic()).isNull();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/metadata_admin", "/metadata_admin/note", "/metadata_admin/note/deep" })
	void aFieldThatThePatchItselfAddsIsNotTakenForOneThatIsNotThere(String added) throws Exception {
		Operation add = new Operation("add", added,
				JsonNodeFactory.instance.objectNode().set("note", JsonNodeFactory.instance.objectNode()));
		Operation absent = new Operation("remove", "/metadata_admin/absent", null);
		Operation remove = new Operation("remove", "/metadata_admin/note", null);
		try (WriterFixture fixture = new WriterFixture(KratosEra.V26)) {
			String id = fixture.create("a@example.org");
			fixture.write(writer(fixture), new IdentityPatch(id, new JsonPatch(List.of(absent, add, remove))));
			assertThat(String.valueOf(fixture.get(id).metadataAdmin())).doesNotContain("note");
		}
	}

	@ParameterizedTest
	@MethodSource
	void aPatchThatCannotBeMadeAgainIsNotSent(JsonPatch.Builder patch) throws Exception {
		try (WriterFixture fixture = new WriterFixture(KratosEra.V26)) {
			String id = fixture.create("a@example.org");
			assertThat(fixture.write(writer(fixture), new IdentityPatch(id, patch.build())))
				.containsExactly(Outcome.FAILED);
			assertThat(fixture.reason()).contains("after a crash");
			assertThat(fixture.requests("PATCH")).isZero();
		}
	}

	static Stream<JsonPatch.Builder> aPatchThatCannotBeMadeAgainIsNotSent() {
		IdentityPath verified = IdentityPath.verifiableAddress(0, "verified");
		return Stream.of(JsonPatch.builder().add(IdentityPath.metadataAdmin("list", "-"), 1),
				JsonPatch.builder().add(IdentityPath.metadataAdmin("list", "0"), 1),
				JsonPatch.builder().add(IdentityPath.metadataAdmin("list", "-1"), 1),
				JsonPatch.builder().add(IdentityPath.metadataAdmin("list", "+1"), 1),
				JsonPatch.builder().add(IdentityPath.metadataAdmin("list", "-", "name"), 1),
				JsonPatch.builder().replace(NOTE, 1).remove(IdentityPath.metadataAdmin("a\nb", "0")),
				JsonPatch.builder().replace(verified, true).replace(IdentityPath.traits("email"), "b@example.org"),
				JsonPatch.builder().replace(verified, true).replace(IdentityPath.schemaId(), "customer"));
	}

	@Test
	void theReasonNamesTheOperationWithoutItsValue() throws Exception {
		try (WriterFixture fixture = new WriterFixture(KratosEra.V26)) {
			JsonPatch patch = JsonPatch.builder().add(IdentityPath.metadataAdmin("list", "-"), "secret").build();
			fixture.write(writer(fixture), new IdentityPatch(fixture.create("a@example.org"), patch));
			assertThat(fixture.reason()).isEqualTo("'add /metadata_admin/list/-' may insert or remove an element of an"
					+ " array, and would do so again after a crash: replace the whole array");
		}
	}

	@Test
	void anElementIsReplacedAndReplacedAgain() throws Exception {
		try (WriterFixture fixture = new WriterFixture(KratosEra.V26)) {
			String id = fixture.create("a@example.org");
			patch(fixture, id,
					JsonPatch.builder().add(IdentityPath.metadataAdmin(), Map.of("l", List.of(1, 2))).build());
			JsonPatch patch = JsonPatch.builder().replace(IdentityPath.metadataAdmin("l", "0"), 7).build();
			IdentityPatch item = new IdentityPatch(id, patch);
			assertThat(fixture.write(writer(fixture), item, item)).containsExactly(Outcome.DONE, Outcome.DONE);
			assertThat(fixture.get(id).metadataAdmin()).hasToString("{\"l\":[7,2]}");
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "V0_6", "V0_7", "V0_10" })
	void aServerThatCannotPatchFailsTheStep(KratosEra era) {
		try (WriterFixture fixture = new WriterFixture(era)) {
			IdentityPatch item = new IdentityPatch(fixture.create("a@example.org"),
					JsonPatch.builder().replace(IdentityPath.traits("email"), "b@example.org").build());
			assertThatExceptionOfType(KratosUnsupportedException.class)
				.isThrownBy(() -> fixture.write(writer(fixture), item));
			assertThat(fixture.outcomes).isEmpty();
		}
	}

	@Test
	@SuppressWarnings("NullAway")
	void anItemNeedsChangesAndDoesNotShowThem() {
		assertThat(new IdentityPatch(WriterFixture.UNKNOWN_ID, JsonPatch.builder().add(NOTE, "secret").build()))
			.hasToString("IdentityPatch[identityId=" + WriterFixture.UNKNOWN_ID + "]");
		assertThatIllegalArgumentException().isThrownBy(() -> new IdentityPatch(WriterFixture.UNKNOWN_ID, null))
			.withMessage("The patch is missing");
	}

	private static void patch(WriterFixture fixture, String id, JsonPatch patch) {
		fixture.admin.identities().patchIdentity(id, patch);
	}

	private static KratosIdentityPatchItemWriter writer(WriterFixture fixture) {
		return fixture.configure(new KratosIdentityPatchItemWriterBuilder()).build();
	}

	private static void assertSame(Identity actual, Identity expected) {
		assertThat(actual).usingRecursiveComparison().ignoringFieldsMatchingRegexes(".*updatedAt").isEqualTo(expected);
	}

}
