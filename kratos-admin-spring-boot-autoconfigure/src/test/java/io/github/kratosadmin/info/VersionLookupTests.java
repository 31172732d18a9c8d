package io.github.kratosadmin.info;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link VersionLookup}. One that waits for the wrong request would take an
 * hour.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class VersionLookupTests {

	private static final Duration SHORT = Duration.ofMillis(50);

	private static final Duration HOUR = Duration.ofHours(1);

	private final AtomicInteger requests = new AtomicInteger();

	private final CountDownLatch end = new CountDownLatch(1);

	@AfterEach
	void end() {
		this.end.countDown();
	}

	@Test
	void requestsTheVersionOnceInAnInterval() {
		VersionLookup lookup = new VersionLookup(this::next, HOUR);
		assertThat(lookup.get(HOUR)).isEqualTo("v1");
		assertThat(lookup.get(HOUR)).isEqualTo("v1");
	}

	@Test
	void requestsTheVersionAgainAfterTheInterval() {
		VersionLookup lookup = new VersionLookup(this::next, Duration.ZERO);
		assertThat(lookup.get(HOUR)).isEqualTo("v1");
		assertThat(lookup.get(HOUR)).isEqualTo("v2");
	}

	@Test
	void doesNotRepeatAFailureInTheInterval() {
		VersionLookup lookup = new VersionLookup(() -> {
			throw new IllegalStateException(next());
		}, HOUR);
		assertThat(lookup.get(HOUR)).isNull();
		assertThat(lookup.get(HOUR)).isNull();
		assertThat(this.requests).hasValue(1);
	}

	@Test
	void keepsTheLastVersionAfterAFailure() {
		VersionLookup lookup = new VersionLookup(() -> {
			String version = next();
			if (this.requests.get() > 1) {
				throw new IllegalStateException();
			}
			return version;
		}, Duration.ZERO);
		assertThat(lookup.get(HOUR)).isEqualTo("v1");
		assertThat(lookup.get(HOUR)).isEqualTo("v1");
		assertThat(this.requests).hasValue(2);
	}

	@Test
	void doesNotWaitLongerThanTheTimeout() {
		VersionLookup lookup = new VersionLookup(() -> {
			String version = next();
			awaitEnd();
			return version;
		}, HOUR);
		assertThat(lookup.get(SHORT)).isNull();
		assertThat(lookup.get(SHORT)).isNull();
		this.end.countDown();
		Awaitility.await().untilAsserted(() -> assertThat(lookup.get(SHORT)).isEqualTo("v1"));
		assertThat(this.requests).hasValue(1);
	}

	@Test
	void keepsTheThreadInterrupted() {
		VersionLookup lookup = new VersionLookup(() -> {
			awaitEnd();
			return next();
		}, HOUR);
		Thread.currentThread().interrupt();
		assertThat(lookup.get(HOUR)).isNull();
		assertThat(Thread.interrupted()).isTrue();
	}

	private String next() {
		return "v" + this.requests.incrementAndGet();
	}

	private void awaitEnd() {
		try {
			this.end.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
