package io.github.kratosadmin.batch;

import java.util.Locale;
import java.util.Map;

import io.github.kratosadmin.batch.RowOutcome.Outcome;
import io.github.kratosadmin.error.KratosUnsupportedException;
import io.github.kratosadmin.identity.Identity;
import io.github.kratosadmin.identity.ImportCredentials;
import io.github.kratosadmin.identity.ImportCredentials.SamlProvider;
import io.github.kratosadmin.identity.UpdateIdentity;
import io.github.kratosadmin.test.embedded.KratosEra;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests of {@link KratosIdentityUpdateItemWriter}.
 */
class KratosIdentityUpdateItemWriterTests {

	@ParameterizedTest
	@EnumSource(KratosEra.class)
	void anIdentityIsReplacedAndReplacedAgain(KratosEra era) throws Exception {
		try (WriterFixture fixture = new WriterFixture(era)) {
			IdentityUpdate item = update(fixture.create("before@example.org"), "after@example.org");
			assertThat(fixture.write(writer(fixture), item)).containsExactly(Outcome.DONE);
			assertThat(fixture.get(item.identityId()).traits().path("email").asString()).isEqualTo("after@example.org");
			assertThat(fixture.write(writer(fixture), item)).containsExactly(Outcome.DONE);
			assertThat(fixture.outcomes)
				.containsExactly(new RowOutcome(null, item.identityId(), Outcome.DONE, null, null));
			assertThat(fixture.deadLetters).isEmpty();
		}
	}

	@ParameterizedTest
	@EnumSource(KratosEra.class)
	void whatConcernsAnItemIsItsOutcome(KratosEra era) throws Exception {
		try (WriterFixture fixture = new WriterFixture(era)) {
			String id = fixture.create("one@example.org");
			fixture.create("two@example.org");
			String last = fixture.create("three@example.org");
			UpdateIdentity invalid = UpdateIdentity.builder().schemaId("default").traits(Map.of("email", 1)).build();
			assertThat(fixture.write(writer(fixture), new IdentityUpdate(id, invalid), update(id, "two@example.org"),
					update(WriterFixture.UNKNOWN_ID, "four@example.org"), update("one@example.org", "x@example.org"),
					update(last, "five@example.org")))
				.containsExactly(Outcome.FAILED, Outcome.FAILED, Outcome.FAILED, Outcome.FAILED, Outcome.DONE);
			assertThat(fixture.outcomes.stream().map((outcome) -> String.valueOf(outcome.failure()))).satisfiesExactly(
					(text) -> assertThat(text).contains("status 400"),
					(text) -> assertThat(text).contains("status 409"),
					(text) -> assertThat(text).contains("status 404"), (text) -> assertThat(text).isEqualTo("null"),
					(text) -> assertThat(text).isEqualTo("null"));
			assertThat(fixture.outcomes.get(0).reason()).startsWith("updateIdentity failed with status 400");
			assertThat(fixture.outcomes.get(3))
				.isEqualTo(new RowOutcome(null, null, Outcome.FAILED, "The id is not a UUID with dashes", null));
			assertThat(fixture.deadLetters).isEqualTo(fixture.outcomes.subList(0, 4));
			assertThat(fixture.get(id).traits().path("email").asString()).isEqualTo("one@example.org");
			assertThat(fixture.get(last).traits().path("email").asString()).isEqualTo("five@example.org");
		}
	}

	@Test
	void updatesOfOneIdentityAreMadeInTheirOrder() throws Exception {
		try (WriterFixture fixture = new WriterFixture(KratosEra.V26)) {
			String id = fixture.create("before@example.org");
			IdentityUpdate[] items = new IdentityUpdate[20];
			for (int i = 0; i < items.length; i++) {
				items[i] = update((i % 2 == 0) ? id : id.toUpperCase(Locale.ROOT), i + "@example.org");
			}
			fixture.write(writer(fixture), items);
			assertThat(fixture.get(id).traits().path("email").asString()).isEqualTo("19@example.org");
		}
	}

	@Test
	void aPasswordIsSetAgain() throws Exception {
		try (WriterFixture fixture = new WriterFixture(KratosEra.V26)) {
			IdentityUpdate item = withCredentials(fixture, ImportCredentials.builder().password("a new password"));
			assertThat(fixture.write(writer(fixture), item, item)).containsExactly(Outcome.DONE, Outcome.DONE);
		}
	}

	@Test
	void credentialsThatWouldBeAddedAgainAreNotSent() throws Exception {
		try (WriterFixture fixture = new WriterFixture(KratosEra.NEXT)) {
			assertThat(fixture.write(writer(fixture),
					withCredentials(fixture, ImportCredentials.builder().oidc("github", "4711")),
					withCredentials(fixture, ImportCredentials.builder().saml(new SamlProvider("okta", "4711", null))),
					withCredentials(fixture, ImportCredentials.builder().lookupSecret("a-lookup-code"))))
				.containsOnly(Outcome.FAILED);
			assertThat(fixture.reason()).isEqualTo("Credentials of the types oidc, saml and lookup_secret are added to"
					+ " those that the identity has, and would be added again after a crash: leave them out");
			assertThat(fixture.requests("PUT")).isZero();
		}
	}

	@Test
	void aFieldThatTheServerDoesNotHaveFailsTheStep() {
		try (WriterFixture fixture = new WriterFixture(KratosEra.V0_7)) {
			UpdateIdentity update = UpdateIdentity.builder()
				.traits(Map.of("email", "a@example.org"))
				.metadataAdmin(Map.of("a", 1))
				.build();
			IdentityUpdate item = new IdentityUpdate(fixture.create("a@example.org"), update);
			assertThatExceptionOfType(KratosUnsupportedException.class)
				.isThrownBy(() -> fixture.write(writer(fixture), item));
		}
	}

	@Test
	void anItemDoesNotShowItsContent() {
		assertThat(update(WriterFixture.UNKNOWN_ID, "secret@example.org"))
			.hasToString("IdentityUpdate[identityId=" + WriterFixture.UNKNOWN_ID + "]");
		assertThat(update("secret@example.org", "secret@example.org")).hasToString("IdentityUpdate[identityId=***]");
	}

	@Test
	@SuppressWarnings("NullAway")
	void anItemNeedsContent() {
		assertThatIllegalArgumentException().isThrownBy(() -> new IdentityUpdate(WriterFixture.UNKNOWN_ID, null))
			.withMessage("The update is missing");
	}

	private static KratosIdentityUpdateItemWriter writer(WriterFixture fixture) {
		return fixture.configure(new KratosIdentityUpdateItemWriterBuilder()).build();
	}

	private static IdentityUpdate withCredentials(WriterFixture fixture, ImportCredentials.Builder credentials) {
		UpdateIdentity update = UpdateIdentity.builder()
			.schemaId("default")
			.traits(Map.of("email", "a@example.org"))
			.credentials(credentials.build())
			.build();
		return new IdentityUpdate(fixture.admin.identities()
			.listIdentities()
			.items()
			.stream()
			.findFirst()
			.map(Identity::id)
			.orElseGet(() -> fixture.create("a@example.org")), update);
	}

	private static IdentityUpdate update(String id, String email) {
		return new IdentityUpdate(id,
				UpdateIdentity.builder().schemaId("default").traits(Map.of("email", email)).build());
	}

}
