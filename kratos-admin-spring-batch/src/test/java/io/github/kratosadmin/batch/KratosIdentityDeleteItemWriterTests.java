package io.github.kratosadmin.batch;

import io.github.kratosadmin.batch.RowOutcome.Outcome;
import io.github.kratosadmin.error.KratosNotFoundException;
import io.github.kratosadmin.test.embedded.KratosEra;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of {@link KratosIdentityDeleteItemWriter}.
 */
class KratosIdentityDeleteItemWriterTests {

	@ParameterizedTest
	@EnumSource(KratosEra.class)
	void anIdentityIsDeletedOnce(KratosEra era) throws Exception {
		try (WriterFixture fixture = new WriterFixture(era)) {
			String id = fixture.create("a@example.org");
			String kept = fixture.create("b@example.org");
			assertThat(fixture.write(writer(fixture), id)).containsExactly(Outcome.DONE);
			assertThat(fixture.admin.identities().streamIdentities()).extracting("id").containsExactly(kept);
			assertThat(fixture.write(writer(fixture), id)).containsExactly(Outcome.ALREADY_DONE);
			assertThat(fixture.deadLetters).isEmpty();
		}
	}

	@Test
	void anIdThatIsNotAUuidFails() throws Exception {
		try (WriterFixture fixture = new WriterFixture(KratosEra.V26)) {
			String id = fixture.create("a@example.org");
			assertThat(fixture.write(writer(fixture), "a@example.org", id, " ", "..", id.replace("-", "")))
				.containsExactly(Outcome.FAILED, Outcome.DONE, Outcome.FAILED, Outcome.FAILED, Outcome.FAILED);
			assertThat(fixture.deadLetters).hasSize(4)
				.containsOnly(new RowOutcome(null, null, Outcome.FAILED, "The id is not a UUID with dashes", null));
			assertThat(fixture.requests("DELETE")).isOne();
		}
	}

	@Test
	void theNotFoundOfAGatewayFailsTheStep() {
		try (WriterFixture fixture = new WriterFixture(KratosEra.V26)) {
			String id = fixture.create("a@example.org");
			fixture.kratos.failNext(1, 404);
			assertThatExceptionOfType(KratosNotFoundException.class)
				.isThrownBy(() -> fixture.write(writer(fixture), id));
			assertThat(fixture.outcomes).isEmpty();
		}
	}

	private static KratosIdentityDeleteItemWriter writer(WriterFixture fixture) {
		return fixture.configure(new KratosIdentityDeleteItemWriterBuilder()).build();
	}

}
