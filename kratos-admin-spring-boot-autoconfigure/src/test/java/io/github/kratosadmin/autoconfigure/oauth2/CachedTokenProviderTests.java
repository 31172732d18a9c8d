package io.github.kratosadmin.autoconfigure.oauth2;

import java.lang.reflect.Constructor;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import io.github.kratosadmin.connection.BearerTokenException;
import io.github.kratosadmin.connection.BearerTokenProvider;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.OverridingClassLoader;
import org.springframework.security.oauth2.core.OAuth2AccessToken;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@ExtendWith(OutputCaptureExtension.class)
class CachedTokenProviderTests {

	private static final Instant START = Instant.parse("2026-11-28T10:00:00Z");

	private final AdjustableClock clock = new AdjustableClock();

	private final AtomicInteger requests = new AtomicInteger();

	private volatile Duration lifetime = Duration.ofHours(1);

	private volatile RuntimeException failure;

	private final CachedTokenProvider provider = new CachedTokenProvider("gateway", this::request, this.clock);

	private OAuth2AccessToken request() {
		int number = this.requests.incrementAndGet();
		if (this.failure != null) {
			throw this.failure;
		}
		Instant now = this.clock.instant();
		return new OAuth2AccessToken(OAuth2AccessToken.TokenType.BEARER, "token-" + number, now,
				(this.lifetime != null) ? now.plus(this.lifetime) : null);
	}

	@ParameterizedTest
	@CsvSource({ "PT1H, PT59M", "PT5M, PT4M", "PT1M, PT45S", "PT2S, PT1.5S" })
	void aTokenIsRenewedBeforeItEndsWhileCallersGetTheCurrentOne(Duration lifetime, Duration renewal) {
		this.lifetime = lifetime;
		assertThat(this.provider.getToken()).isEqualTo("token-1");
		this.clock.set(renewal.minusMillis(1));
		assertThat(this.provider.getToken()).isEqualTo("token-1");
		assertThat(this.requests).hasValue(1);
		this.clock.set(renewal);
		assertThat(this.provider.getToken()).isEqualTo("token-1");
		Awaitility.await().until(() -> this.provider.getToken().equals("token-2"));
		assertThat(this.requests).hasValue(2);
	}

	@Test
	void aTokenThatHasEndedIsNotUsed() {
		this.provider.getToken();
		this.clock.set(this.lifetime);
		assertThat(this.provider.getToken()).isEqualTo("token-2");
	}

	@Test
	void aTokenWithoutAnEndIsUsedUntilItIsRefused() {
		this.lifetime = null;
		this.provider.getToken();
		this.clock.set(Duration.ofDays(365));
		assertThat(this.provider.getToken()).isEqualTo("token-1");
		this.provider.invalidateToken("token-1");
		assertThat(this.provider.getToken()).isEqualTo("token-2");
	}

	@Test
	void aRefusalOfAnOlderTokenKeepsTheNewerOne() {
		this.provider.getToken();
		this.provider.invalidateToken("token-1");
		assertThat(this.provider.getToken()).isEqualTo("token-2");
		this.provider.invalidateToken("token-1");
		assertThat(this.provider.getToken()).isEqualTo("token-2");
	}

	@Test
	void aRenewalThatFailsKeepsTheCurrentTokenUntilItEnds(CapturedOutput output) {
		this.provider.getToken();
		this.failure = new BearerTokenException("no token today", null);
		this.clock.set(this.lifetime.minusSeconds(30));
		assertThat(this.provider.getToken()).isEqualTo("token-1");
		Awaitility.await().until(() -> output.getOut().contains("no token today"));
		assertThat(this.provider.getToken()).isEqualTo("token-1");
		assertThat(this.requests).as("not again at once").hasValue(2);
		this.clock.set(this.lifetime);
		assertThatExceptionOfType(BearerTokenException.class).isThrownBy(this.provider::getToken)
			.withMessage("no token today");
		this.failure = null;
		assertThat(this.provider.getToken()).isEqualTo("token-4");
		assertThat(output).doesNotContain("token-1");
	}

	@Test
	void anInterruptedCallerDoesNotEndTheRequestForOthers() throws Exception {
		CountDownLatch requested = new CountDownLatch(1);
		CountDownLatch answer = new CountDownLatch(1);
		AtomicReference<Thread> requester = new AtomicReference<>();
		CachedTokenProvider slow = new CachedTokenProvider("gateway", () -> {
			requester.set(Thread.currentThread());
			requested.countDown();
			await(answer);
			return request();
		}, this.clock);
		CompletableFuture<String> first = new CompletableFuture<>();
		Thread caller = new Thread(() -> {
			try {
				slow.getToken();
			}
			catch (BearerTokenException ex) {
				first.complete(ex.getMessage() + " " + Thread.currentThread().isInterrupted());
			}
		});
		caller.start();
		requested.await();
		CompletableFuture<String> second = CompletableFuture.supplyAsync(slow::getToken);
		caller.interrupt();
		assertThat(first.get(30, TimeUnit.SECONDS))
			.isEqualTo("The wait for a token of the OAuth2 client registration 'gateway' was interrupted true");
		answer.countDown();
		assertThat(second.get(30, TimeUnit.SECONDS)).isEqualTo("token-1");
		assertThat(requester.get().isDaemon()).isTrue();
		assertThat(this.requests).hasValue(1);
	}

	@Test
	void aCallWithAValidTokenSucceedsWhileNoThreadCanStartForTheRenewal() {
		AtomicBoolean exhausted = new AtomicBoolean();
		CachedTokenProvider provider = new CachedTokenProvider("gateway", this::request, this.clock, (run) -> {
			if (exhausted.get()) {
				throw new OutOfMemoryError("unable to create native thread");
			}
			return new Thread(run);
		});
		assertThat(provider.getToken()).isEqualTo("token-1");
		exhausted.set(true);
		this.clock.set(this.lifetime.minusSeconds(30));
		assertThat(provider.getToken()).isEqualTo("token-1");
		exhausted.set(false);
		Awaitility.await().until(() -> provider.getToken().equals("token-2"));
		assertThat(this.requests).hasValue(2);
	}

	@Test
	void theRequestHasTheClassLoaderOfTheClassWhateverThatOfItsCaller() throws Exception {
		OverridingClassLoader jar = new OverridingClassLoader(getClass().getClassLoader()) {

			@Override
			protected boolean isEligibleForOverriding(String className) {
				return className.startsWith(CachedTokenProvider.class.getName());
			}

		};
		Constructor<?> constructor = jar.loadClass(CachedTokenProvider.class.getName())
			.getDeclaredConstructor(String.class, Supplier.class, Clock.class);
		constructor.setAccessible(true);
		AtomicReference<ClassLoader> seen = new AtomicReference<>();
		Supplier<OAuth2AccessToken> request = () -> {
			seen.set(Thread.currentThread().getContextClassLoader());
			return request();
		};
		((BearerTokenProvider) constructor.newInstance("gateway", request, this.clock)).getToken();
		assertThat(seen).hasValue(jar);
	}

	@Test
	void theTokenIsNotShown() {
		this.provider.getToken();
		assertThat(this.provider.toString()).doesNotContain("token-1");
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await(30, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static final class AdjustableClock extends Clock {

		private volatile Instant now = START;

		void set(Duration sinceStart) {
			this.now = START.plus(sinceStart);
		}

		@Override
		public Instant instant() {
			return this.now;
		}

		@Override
		public ZoneId getZone() {
			return ZoneOffset.UTC;
		}

		@Override
		public Clock withZone(ZoneId zone) {
			return this;
		}

	}

}
