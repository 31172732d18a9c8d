package io.github.kratosadmin.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.batch.RowOutcome.Outcome;
import io.github.kratosadmin.error.KratosError;
import io.github.kratosadmin.error.KratosException;
import io.github.kratosadmin.error.KratosNotFoundException;
import io.github.kratosadmin.error.KratosRateLimitedException;
import io.github.kratosadmin.error.KratosUnsupportedException;
import io.github.kratosadmin.session.ManageSessions;
import io.github.kratosadmin.session.ManageSessionsAction;
import io.github.kratosadmin.session.SessionApi;
import io.github.kratosadmin.test.embedded.KratosEra;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.batch.infrastructure.item.Chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyCollection;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.willAnswer;
import static org.mockito.BDDMockito.willCallRealMethod;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

/**
 * Tests of {@link KratosSessionDeleteItemWriter}.
 */
class KratosSessionDeleteItemWriterTests {

	private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

	private final SessionApi sessions = mock(SessionApi.class);

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
			String[] ids = IntStream.range(0, 501)
				.mapToObj(KratosSessionDeleteItemWriterTests::id)
				.toArray(String[]::new);
			KratosSessionDeleteItemWriterBuilder builder = fixture
				.configure(new KratosSessionDeleteItemWriterBuilder());
			fixture.write(builder.build(), ids);
			assertThat(fixture.requests("POST")).isEqualTo(2);
			fixture.write(builder.maxRequestsPerSecond(1000).build(), ids);
			assertThat(fixture.requests("POST")).isEqualTo(4);
			assertThat(fixture.requests("DELETE")).isZero();
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

	@ParameterizedTest
	@ValueSource(ints = { 404, 405 })
	void aServerThatDoesNotAcceptManyIdsGetsEachAlone(int status) throws Exception {
		KratosException refusal = (status == 404)
				? new KratosNotFoundException("manageSessions", status, KratosError.NONE)
				: new KratosException("manageSessions", status, KratosError.NONE);
		willThrow(refusal).given(this.sessions).manageSessions(any());
		write(new RequestPace(null), id(1), id(2));
		verify(this.sessions).deleteIdentitySessions(id(1));
		verify(this.sessions).deleteIdentitySessions(id(2));
	}

	/**
	 * As of a gateway that accepts 4 requests per second.
	 */
	@Test
	void theLimitOfRepeatsAppliesToEachRequest() throws Exception {
		AtomicLong now = new AtomicLong();
		AtomicLong accepted = new AtomicLong(-SECOND);
		willThrow(new KratosUnsupportedException("manageSessions", "manageSessions", "after 26.2", "26.2"))
			.given(this.sessions)
			.manageSessions(any());
		willAnswer((call) -> {
			if (now.get() - accepted.get() < SECOND / 4) {
				throw new KratosRateLimitedException("deleteIdentitySessions", 429, KratosError.NONE, null);
			}
			accepted.set(now.get());
			return null;
		}).given(this.sessions).deleteIdentitySessions(anyString());
		willCallRealMethod().given(this.sessions).deleteIdentitySessions(anyCollection());
		String[] ids = IntStream.range(0, 20).mapToObj(KratosSessionDeleteItemWriterTests::id).toArray(String[]::new);
		write(new RequestPace(null, now::get) {
			@Override
			void await(long nanos) {
				now.addAndGet(nanos);
			}
		}, ids);
		verify(this.sessions, times(39)).deleteIdentitySessions(anyString());
	}

	@Test
	void aLimitOfAServerThatAcceptsManyIdsIsWaitedFor() throws Exception {
		List<ManageSessions> sent = new ArrayList<>();
		given(this.sessions.manageSessions(any())).willAnswer((call) -> {
			sent.add(call.getArgument(0));
			if (sent.size() == 1) {
				throw new KratosRateLimitedException("manageSessions", 429, KratosError.NONE, null);
			}
			return null;
		});
		write(new RequestPace(null), id(1), id(2));
		assertThat(sent).hasSize(2)
			.containsOnly(ManageSessions.ofIdentities(ManageSessionsAction.DELETE, List.of(id(1), id(2))));
	}

	private void write(RequestPace pace, String... ids) throws Exception {
		KratosAdmin admin = mock(KratosAdmin.class);
		given(admin.sessions()).willReturn(this.sessions);
		KratosSessionDeleteItemWriterBuilder builder = new KratosSessionDeleteItemWriterBuilder().name("people")
			.kratosAdmin(admin)
			.concurrency(1);
		new KratosSessionDeleteItemWriter(builder, pace).write(Chunk.of(ids));
	}

	private static String id(int number) {
		return new UUID(0, number).toString();
	}

	private static KratosSessionDeleteItemWriter writer(WriterFixture fixture) {
		return fixture.configure(new KratosSessionDeleteItemWriterBuilder()).build();
	}

}
