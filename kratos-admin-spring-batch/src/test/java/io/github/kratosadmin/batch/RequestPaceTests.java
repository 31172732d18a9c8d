package io.github.kratosadmin.batch;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import io.github.kratosadmin.error.KratosError;
import io.github.kratosadmin.error.KratosRateLimitedException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests of {@link RequestPace}.
 */
class RequestPaceTests {

	/** Starts below zero, as {@link System#nanoTime()} may. */
	private long now = Long.MIN_VALUE / 2;

	private final List<Long> waits = new ArrayList<>();

	@Test
	void doesNotWaitWithoutAMaximum() {
		RequestPace pace = pace(null);
		pace.send(() -> 1);
		pace.send(() -> 2);
		assertThat(this.waits).containsExactly(0L, 0L);
	}

	@Test
	void spacesRequestsEvenly() {
		RequestPace pace = pace(4);
		pace.send(() -> 1);
		pace.send(() -> 2);
		this.now += TimeUnit.MILLISECONDS.toNanos(100);
		pace.send(() -> 3);
		assertThat(this.waits).containsExactly(0L, 250L, 150L);
	}

	@Test
	void doesNotMakeUpForTimeInWhichNothingWasSent() {
		RequestPace pace = pace(4);
		pace.send(() -> 1);
		this.now += TimeUnit.SECONDS.toNanos(10);
		pace.send(() -> 2);
		pace.send(() -> 3);
		assertThat(this.waits).containsExactly(0L, 0L, 250L);
	}

	@Test
	void sendsARefusedRequestAgainAfterTheRequestedTime() {
		RequestPace pace = pace(null);
		assertThat(pace.send(failing(limited(Duration.ofSeconds(30)), limited(Duration.ofSeconds(7)))))
			.isEqualTo("done");
		assertThat(this.waits).containsExactly(0L, 30_000L, 7_000L);
	}

	@Test
	void waitsLongerEachTimeIfNoTimeIsRequested() {
		assertThat(pace(null).send(failing(limited(null), limited(null), limited(Duration.ZERO)))).isEqualTo("done");
		assertThat(this.waits).containsExactly(0L, 250L, 500L, 1000L);
	}

	@Test
	void delaysTheRequestsOfOtherThreadsToo() {
		RequestPace pace = pace(null);
		pace.send(failing(limited(Duration.ofSeconds(30))));
		this.now -= TimeUnit.SECONDS.toNanos(10);
		pace.send(() -> 1);
		assertThat(this.waits).containsExactly(0L, 30_000L, 10_000L);
	}

	@Test
	void givesUpAfterSomeRepeats() {
		AtomicInteger sent = new AtomicInteger();
		assertThatExceptionOfType(KratosRateLimitedException.class).isThrownBy(() -> pace(null).send(() -> {
			sent.incrementAndGet();
			throw limited(null);
		}));
		assertThat(sent).hasValue(1 + RequestPace.MAX_REPEATS);
	}

	@Test
	void doesNotWaitLongerThanTwoMinutes() {
		assertThatExceptionOfType(KratosRateLimitedException.class)
			.isThrownBy(() -> pace(null).send(failing(limited(Duration.ofSeconds(121)))));
		assertThat(this.waits).containsExactly(0L);
	}

	@Test
	void endsTheWaitIfTheThreadIsInterrupted() {
		RequestPace pace = new RequestPace(1, () -> 0);
		pace.send(() -> 1);
		Thread.currentThread().interrupt();
		assertThatExceptionOfType(CancellationException.class).isThrownBy(() -> pace.send(() -> 2));
		assertThat(Thread.interrupted()).isTrue();
	}

	@Test
	void refusesAMaximumBelowOne() {
		assertThatIllegalArgumentException().isThrownBy(() -> new RequestPace(0))
			.withMessage("The maximum of requests per second must be at least 1, but is 0");
	}

	private RequestPace pace(@Nullable Integer maxRequestsPerSecond) {
		return new RequestPace(maxRequestsPerSecond, () -> this.now) {

			@Override
			void await(long nanos) {
				RequestPaceTests.this.waits.add(TimeUnit.NANOSECONDS.toMillis(nanos));
				RequestPaceTests.this.now += nanos;
			}

		};
	}

	private static Supplier<String> failing(KratosRateLimitedException... failures) {
		Deque<KratosRateLimitedException> left = new ArrayDeque<>(List.of(failures));
		return () -> {
			if (!left.isEmpty()) {
				throw left.pop();
			}
			return "done";
		};
	}

	private static KratosRateLimitedException limited(@Nullable Duration retryAfter) {
		return new KratosRateLimitedException("updateIdentity", 429, KratosError.NONE, retryAfter);
	}

}
