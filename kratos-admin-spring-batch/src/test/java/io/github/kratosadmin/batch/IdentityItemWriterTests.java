package io.github.kratosadmin.batch;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.batch.RowOutcome.Outcome;
import io.github.kratosadmin.error.KratosBadRequestException;
import io.github.kratosadmin.error.KratosConflictException;
import io.github.kratosadmin.error.KratosError;
import io.github.kratosadmin.error.KratosException;
import io.github.kratosadmin.error.KratosForbiddenException;
import io.github.kratosadmin.error.KratosNotFoundException;
import io.github.kratosadmin.error.KratosPoolExhaustedException;
import io.github.kratosadmin.error.KratosRateLimitedException;
import io.github.kratosadmin.error.KratosServerException;
import io.github.kratosadmin.error.KratosUnauthorizedException;
import io.github.kratosadmin.error.KratosUnavailableException;
import io.github.kratosadmin.error.KratosUnreadableResponseException;
import io.github.kratosadmin.error.KratosUnsupportedException;
import io.github.kratosadmin.identity.IdentityApi;
import io.github.kratosadmin.identity.UpdateIdentity;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mockito.ArgumentMatchers;
import org.mockito.Mockito;

import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamException;
import org.springframework.batch.infrastructure.item.ItemStreamWriter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests of {@link IdentityItemWriter} and {@link ConcurrentItemWriterBuilder}.
 */
@Timeout(30)
class IdentityItemWriterTests {

	private static final UpdateIdentity UPDATE = UpdateIdentity.builder().traits(Map.of("a", 1)).build();

	private final List<RowOutcome> outcomes = new ArrayList<>();

	private final IdentityApi identities = mock(IdentityApi.class);

	@ParameterizedTest
	@MethodSource
	void aFailureThatConcernsTheItemIsItsOutcome(KratosException failure) throws Exception {
		given(this.identities.updateIdentity(eq(id(1)), any(UpdateIdentity.class))).willThrow(failure);
		write(writer(2), id(0), id(1), id(2));
		assertThat(this.outcomes).extracting(RowOutcome::outcome)
			.containsExactly(Outcome.DONE, Outcome.FAILED, Outcome.DONE);
		assertThat(this.outcomes.get(1))
			.isEqualTo(new RowOutcome(null, id(1), Outcome.FAILED, failure.getMessage(), failure));
	}

	static Stream<KratosException> aFailureThatConcernsTheItemIsItsOutcome() {
		return Stream.of(new KratosBadRequestException("updateIdentity", 400, error(400, "malformed")),
				new KratosBadRequestException("updateIdentity", 400, error(500, "malformed")),
				new KratosNotFoundException("updateIdentity", 404, error(404, "Unable to locate the resource")),
				new KratosConflictException("updateIdentity", 409, error(409, "exists")),
				new KratosException("updateIdentity", 413, KratosError.NONE));
	}

	@ParameterizedTest
	@MethodSource
	void anyOtherFailureIsThrownAndNoOutcomeReported(RuntimeException failure) {
		given(this.identities.updateIdentity(eq(id(1)), any(UpdateIdentity.class))).willThrow(failure);
		ExecutionContext context = new ExecutionContext();
		for (int concurrency : new int[] { 1, 2 }) {
			KratosIdentityUpdateItemWriter writer = writer(concurrency);
			writer.open(context);
			assertThatThrownBy(() -> writer.write(chunk(id(0), id(1), id(2)))).isSameAs(failure);
			writer.update(context);
		}
		assertThat(this.outcomes).isEmpty();
		assertThat(context.getLong("people.done")).isZero();
	}

	static Stream<RuntimeException> anyOtherFailureIsThrownAndNoOutcomeReported() {
		Exception cause = new IOException("reset");
		return Stream.of(new KratosBadRequestException("updateIdentity", 400, KratosError.NONE),
				new KratosUnauthorizedException("updateIdentity", 401, error(401, "no")),
				new KratosForbiddenException("updateIdentity", 403, error(403, "no")),
				new KratosNotFoundException("updateIdentity", 404, KratosError.NONE),
				new KratosNotFoundException("updateIdentity", 404,
						error(404, "Requested url does not match any rules")),
				new KratosException("updateIdentity", 405, KratosError.NONE),
				new KratosConflictException("updateIdentity", 409, KratosError.NONE),
				new KratosRateLimitedException("updateIdentity", 429, KratosError.NONE, Duration.ofHours(1)),
				new KratosServerException("updateIdentity", 500, error(500, "no")),
				new KratosServerException("updateIdentity", 503, KratosError.NONE),
				new KratosUnavailableException("updateIdentity", "connection reset", cause),
				new KratosPoolExhaustedException("updateIdentity", "no connection", cause),
				new KratosUnreadableResponseException("updateIdentity", 200, "HTML"),
				new KratosUnsupportedException("updateIdentity", "metadata_admin", "0.10", "0.7"),
				new IllegalArgumentException("The bearer token must consist of visible ASCII characters"),
				new IllegalStateException("an interceptor"));
	}

	@Test
	void severalChangesAreMadeAtTheSameTimeByDefault() throws Exception {
		CyclicBarrier barrier = new CyclicBarrier(4);
		Set<String> threads = ConcurrentHashMap.newKeySet();
		given(this.identities.updateIdentity(anyString(), any(UpdateIdentity.class))).willAnswer((call) -> {
			threads.add(Thread.currentThread().getName());
			barrier.await(20, TimeUnit.SECONDS);
			return null;
		});
		write(builder().build(), id(0), id(1), id(2), id(3));
		assertThat(threads).containsExactlyInAnyOrder("people-1", "people-2", "people-3", "people-4");
	}

	@Test
	void theOutcomesHaveTheOrderOfTheItems() throws Exception {
		List<String> ids = IntStream.range(0, 200).map((i) -> i % 150).mapToObj(IdentityItemWriterTests::id).toList();
		write(writer(4), ids.toArray(String[]::new));
		assertThat(this.outcomes).extracting(RowOutcome::identityId).isEqualTo(ids);
	}

	@Test
	void aRefusedRequestIsSentAgain() throws Exception {
		given(this.identities.updateIdentity(anyString(), any(UpdateIdentity.class)))
			.willThrow(new KratosRateLimitedException("updateIdentity", 429, KratosError.NONE, null))
			.willReturn(null);
		write(writer(1), id(0));
		assertThat(this.outcomes).extracting(RowOutcome::outcome).containsExactly(Outcome.DONE);
	}

	@Test
	void requestsAreSpaced() throws Exception {
		long start = System.nanoTime();
		write(builder().maxRequestsPerSecond(100).build(), id(0), id(1), id(2), id(3));
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(30));
	}

	@Test
	void aClosedClientFailsTheStep() {
		KratosAdmin admin = KratosAdmin.builder().baseUrl(URI.create("http://localhost:1").toString()).build();
		admin.close();
		KratosIdentityUpdateItemWriter writer = builder().kratosAdmin(admin).build();
		assertThatThrownBy(() -> writer.write(chunk(id(0), id(1)))).isInstanceOf(KratosUnavailableException.class);
		assertThat(this.outcomes).isEmpty();
	}

	@Test
	@SuppressWarnings("NullAway")
	void anItemWithoutAnIdFails() throws Exception {
		write(writer(1), id(0), null);
		assertThat(this.outcomes).extracting(RowOutcome::outcome).containsExactly(Outcome.DONE, Outcome.FAILED);
	}

	@Test
	void aWriterInUseIsNotOpenedByAnotherExecution() throws Exception {
		List<String> deadLetters = new ArrayList<>();
		KratosIdentityUpdateItemWriter writer = builder().deadLetterWriter(new StreamWriter(deadLetters)).build();
		ExecutionContext context = new ExecutionContext();
		writer.open(context);
		writer.write(chunk(id(0)));
		assertThatExceptionOfType(ItemStreamException.class).isThrownBy(() -> writer.open(new ExecutionContext()))
			.withMessage("people is in use by another step execution: make it a @StepScope bean, so that each"
					+ " partition has one of its own");
		// Spring Batch closes what it could not open.
		writer.close();
		assertThat(deadLetters).containsExactly("open");
		writer.write(chunk(id(1)));
		writer.update(context);
		assertThat(context.getLong("people.done")).isEqualTo(2);
		writer.close();
		assertThat(deadLetters).containsExactly("open", "close");
		ExecutionContext next = new ExecutionContext();
		writer.open(next);
		writer.update(next);
		assertThat(next.getLong("people.done")).isZero();
	}

	@Test
	void chunksThatAreWrittenAtTheSameTimeAreCounted() throws Exception {
		CyclicBarrier barrier = new CyclicBarrier(2);
		given(this.identities.updateIdentity(anyString(), any(UpdateIdentity.class))).willAnswer((call) -> {
			barrier.await(20, TimeUnit.SECONDS);
			return null;
		});
		KratosIdentityUpdateItemWriter writer = builder().concurrency(1).listener((outcome) -> {
		}).build();
		ExecutionContext context = new ExecutionContext();
		writer.open(context);
		ExecutorService threads = Executors.newFixedThreadPool(2);
		try {
			for (Future<Void> written : threads.invokeAll(List.of(writing(writer, 0), writing(writer, 1)))) {
				written.get();
			}
		}
		finally {
			threads.shutdownNow();
		}
		writer.update(context);
		assertThat(context.getLong("people.done")).isEqualTo(100);
	}

	private static Callable<Void> writing(KratosIdentityUpdateItemWriter writer, int number) {
		return () -> {
			for (int i = 0; i < 50; i++) {
				writer.write(chunk(id(number)));
			}
			return null;
		};
	}

	@Test
	void theBuilderNeedsANameAndAClient() {
		KratosAdmin admin = mock(KratosAdmin.class);
		assertThatIllegalStateException()
			.isThrownBy(() -> new KratosIdentityUpdateItemWriterBuilder().kratosAdmin(admin).build())
			.withMessage("name is missing: set a name that is unique within the step");
		assertThatIllegalStateException()
			.isThrownBy(() -> new KratosIdentityUpdateItemWriterBuilder().name("people").build())
			.withMessage("kratosAdmin is missing: set the client");
	}

	@Test
	void theBuilderRefusesNumbersBelowOne() {
		assertThatIllegalArgumentException().isThrownBy(() -> builder().concurrency(0))
			.withMessage("The concurrency must be at least 1, but is 0");
		assertThatIllegalArgumentException().isThrownBy(() -> builder().maxRequestsPerSecond(0))
			.withMessage("The maximum of requests per second must be at least 1, but is 0");
	}

	private void write(KratosIdentityUpdateItemWriter writer, @Nullable String... ids) throws Exception {
		writer.open(new ExecutionContext());
		writer.write(chunk(ids));
	}

	@SuppressWarnings("NullAway")
	private static Chunk<IdentityUpdate> chunk(@Nullable String... ids) {
		return new Chunk<>(Stream.of(ids).map((id) -> new IdentityUpdate(id, UPDATE)).toList());
	}

	private KratosIdentityUpdateItemWriter writer(int concurrency) {
		return builder().concurrency(concurrency).build();
	}

	private KratosIdentityUpdateItemWriterBuilder builder() {
		KratosAdmin admin = mock(KratosAdmin.class);
		given(admin.identities()).willReturn(this.identities);
		return new KratosIdentityUpdateItemWriterBuilder().name("people")
			.kratosAdmin(admin)
			.listener(this.outcomes::add);
	}

	private static String id(int number) {
		return new UUID(0, number).toString();
	}

	private record StreamWriter(List<String> calls) implements ItemStreamWriter<RowOutcome> {

		@Override
		public void open(ExecutionContext executionContext) {
			this.calls.add("open");
		}

		@Override
		public void write(Chunk<? extends RowOutcome> chunk) {
			this.calls.add("write");
		}

		@Override
		public void close() {
			this.calls.add("close");
		}

	}

	private static KratosError error(int code, String message) {
		return new KratosError(null, code, null, null, message, null, null, null, Map.of());
	}

}
