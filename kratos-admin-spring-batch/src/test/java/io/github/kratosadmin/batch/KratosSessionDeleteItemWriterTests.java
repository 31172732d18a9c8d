package io.github.kratosadmin.batch;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.batch.RowOutcome.Outcome;
import io.github.kratosadmin.error.KratosError;
import io.github.kratosadmin.error.KratosException;
import io.github.kratosadmin.error.KratosRateLimitedException;
import io.github.kratosadmin.error.KratosServerException;
import io.github.kratosadmin.error.KratosSessionsNotDeletedException;
import io.github.kratosadmin.error.KratosUnsupportedException;
import io.github.kratosadmin.session.SessionApi;
import io.github.kratosadmin.test.embedded.KratosEra;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.ArgumentMatchers;
import org.mockito.Mockito;

import org.springframework.batch.infrastructure.item.Chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.anyCollection;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.willAnswer;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.mock;

/**
 * Tests of {@link KratosSessionDeleteItemWriter}.
 */
class KratosSessionDeleteItemWriterTests {

	@ParameterizedTest
	@EnumSource(names = { "V0_10", "V1_0", "V1_3", "V26", "NEXT" })
	void theSessionsOfIdentitiesAreDeleted(KratosEra era) throws Exception {
		try (WriterFixture fixture = new WriterFixture(era)) {
			String[] ids = new String[9];
			for (int i = 0; i < ids.length; i++) {
				ids[i] = fixture.create(i + "@example.org");
				fixture.kratos.createSession(ids[i]);
			}
			String kept = fixture.create("kept@example.org");
			fixture.kratos.createSession(kept);
			assertThat(fixture.write(writer(fixture), ids)).hasSize(9).containsOnly(Outcome.DONE);
			assertThat(fixture.outcomes).extracting(RowOutcome::identityId).containsExactly(ids);
			for (String id : ids) {
				assertThat(fixture.admin.sessions().listIdentitySessions(id).items()).isEmpty();
			}
			assertThat(fixture.admin.sessions().listIdentitySessions(kept).items()).hasSize(1);
			assertThat(fixture.write(writer(fixture), ids)).containsOnly(Outcome.DONE);
		}
	}

	@Test
	void anIdThatIsNotAUuidFails() throws Exception {
		try (WriterFixture fixture = new WriterFixture(KratosEra.V26)) {
			String id = fixture.create("a@example.org");
			assertThat(fixture.write(writer(fixture), "a@example.org", id, WriterFixture.UNKNOWN_ID, id))
				.containsExactly(Outcome.FAILED, Outcome.DONE, Outcome.DONE, Outcome.DONE);
			assertThat(fixture.deadLetters)
				.containsExactly(new RowOutcome(null, null, Outcome.FAILED, "The id is not a UUID with dashes", null));
			assertThat(fixture.requests("DELETE")).isEqualTo(2);
		}
	}

	@Test
	void nothingIsSentWithoutAValidId() throws Exception {
		try (WriterFixture fixture = new WriterFixture(KratosEra.V26)) {
			assertThat(fixture.write(writer(fixture), "a@example.org")).containsExactly(Outcome.FAILED);
			assertThat(fixture.kratos.requests()).isEmpty();
		}
	}

	@Test
	void aNewServerEndsTheSessionsOfManyAtOnce() throws Exception {
		try (WriterFixture fixture = new WriterFixture(KratosEra.NEXT)) {
			String[] ids = new String[9];
			for (int i = 0; i < ids.length; i++) {
				ids[i] = fixture.create(i + "@example.org");
			}
			KratosSessionDeleteItemWriterBuilder builder = fixture
				.configure(new KratosSessionDeleteItemWriterBuilder());
			long before = fixture.requests("POST");
			fixture.write(builder.concurrency(2).build(), ids);
			assertThat(fixture.requests("POST") - before).isEqualTo(2);
			fixture.write(builder.maxRequestsPerSecond(1000).build(), ids);
			assertThat(fixture.requests("POST") - before).isEqualTo(2 + 9);
		}
	}

	@Test
	void aServerThatCannotDeleteSessionsFailsTheStep() {
		try (WriterFixture fixture = new WriterFixture(KratosEra.V0_7)) {
			String id = fixture.create("a@example.org");
			assertThatExceptionOfType(KratosUnsupportedException.class)
				.isThrownBy(() -> fixture.write(writer(fixture), id));
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 401, 403, 404, 500, 503 })
	void aFailureFailsTheStep(int status) {
		try (WriterFixture fixture = new WriterFixture(KratosEra.V26)) {
			String id = fixture.create("a@example.org");
			fixture.kratos.createSession(id);
			fixture.kratos.failNext(1, status);
			assertThatExceptionOfType(KratosException.class).isThrownBy(() -> fixture.write(writer(fixture), id))
				.satisfies((ex) -> assertThat(ex.getStatus()).isEqualTo(status));
			assertThat(fixture.outcomes).isEmpty();
		}
	}

	@Test
	void afterALimitOnlyTheRemainingIdsAreSentAgain() throws Exception {
		List<String> ids = List.of(id(1), id(2), id(3));
		KratosRateLimitedException limited = new KratosRateLimitedException("deleteIdentitySessions", 429,
				KratosError.NONE, null);
		Map<String, RuntimeException> failures = new LinkedHashMap<>();
		failures.put(id(2), limited);
		failures.put(id(3), limited);
		SessionApi sessions = mock(SessionApi.class);
		List<List<String>> sent = new ArrayList<>();
		willAnswer((call) -> {
			sent.add(List.copyOf(call.<Collection<String>>getArgument(0)));
			if (sent.size() == 1) {
				throw new KratosSessionsNotDeletedException("deleteIdentitySessions", failures);
			}
			return null;
		}).given(sessions).deleteIdentitySessions(anyCollection());
		write(sessions, ids);
		assertThat(sent).containsExactly(ids, List.of(id(2), id(3)));
	}

	@Test
	void aFailureOfOneIdIsNotHiddenByALimitOfAnother() {
		Map<String, RuntimeException> failures = new LinkedHashMap<>();
		failures.put(id(1), new KratosRateLimitedException("deleteIdentitySessions", 429, KratosError.NONE, null));
		failures.put(id(2), new KratosServerException("deleteIdentitySessions", 500, KratosError.NONE));
		SessionApi sessions = mock(SessionApi.class);
		willThrow(new KratosSessionsNotDeletedException("deleteIdentitySessions", failures)).given(sessions)
			.deleteIdentitySessions(anyCollection());
		assertThatExceptionOfType(KratosServerException.class).isThrownBy(() -> write(sessions, List.of(id(1), id(2))));
	}

	private static void write(SessionApi sessions, List<String> ids) throws Exception {
		KratosAdmin admin = mock(KratosAdmin.class);
		given(admin.sessions()).willReturn(sessions);
		new KratosSessionDeleteItemWriterBuilder().name("people")
			.kratosAdmin(admin)
			.concurrency(1)
			.build()
			.write(new Chunk<>(ids));
	}

	private static String id(int number) {
		return new UUID(0, number).toString();
	}

	private static KratosSessionDeleteItemWriter writer(WriterFixture fixture) {
		return fixture.configure(new KratosSessionDeleteItemWriterBuilder()).build();
	}

}
