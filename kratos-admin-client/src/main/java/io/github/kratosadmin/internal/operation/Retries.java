package io.github.kratosadmin.internal.operation;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

import io.github.kratosadmin.error.KratosException;
import io.github.kratosadmin.error.KratosPoolExhaustedException;
import io.github.kratosadmin.error.KratosRateLimitedException;
import io.github.kratosadmin.error.KratosServerException;
import io.github.kratosadmin.error.KratosUnavailableException;
import org.jspecify.annotations.Nullable;

import org.springframework.core.retry.RetryException;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.core.retry.Retryable;
import org.springframework.util.backoff.BackOff;
import org.springframework.util.backoff.BackOffExecution;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * Retries failed reads, if retries are enabled. Changes are never retried.
 */
public class Retries {

	/** Temporary conditions: too many requests, and gateway errors. */
	public static final Set<Integer> STATUSES = Set.of(429, 502, 503, 504);

	private final Settings settings;

	public Retries(Settings settings) {
		this.settings = settings;
	}

	/**
	 * Runs a read, and retries it as long as its call has time left.
	 */
	public @Nullable Object read(String operation, Call call, Action read) throws Throwable {
		if (this.settings.maxRetries() == 0 || !call.startRetries()) {
			return read.run();
		}
		try {
			return new RetryTemplate(new Policy(this.settings, call)).execute(retryable(operation, read)).orElse(null);
		}
		catch (RetryException ex) {
			// The last failure says it all; the others went before it.
			throw ex.getLastException();
		}
		finally {
			call.endRetries();
		}
	}

	private static Retryable<Optional<Object>> retryable(String operation, Action read) {
		return new Retryable<>() {

			@Override
			public Optional<Object> execute() throws Throwable {
				return Optional.ofNullable(read.run());
			}

			@Override
			public String getName() {
				return operation;
			}

		};
	}

	/**
	 * When and how often a read is retried.
	 *
	 * @param maxRetries the maximum number of retries
	 * @param delay how long to wait before the first retry
	 * @param multiplier how much longer before each further one
	 * @param maxDelay how long at most
	 * @param jitter by how much a wait is made longer or shorter, at random
	 * @param statuses the statuses after which to retry
	 * @param maxRetryAfter the longest wait that a server may ask for
	 */
	public record Settings(int maxRetries, Duration delay, double multiplier, Duration maxDelay, Duration jitter,
			Set<Integer> statuses, Duration maxRetryAfter) {

		BackOffExecution start() {
			ExponentialBackOff waits = new ExponentialBackOff(this.delay.toMillis(), this.multiplier);
			waits.setMaxInterval(this.maxDelay.toMillis());
			waits.setJitter(this.jitter.toMillis());
			waits.setMaxAttempts(this.maxRetries);
			return waits.start();
		}

	}

	/**
	 * The policy of one read.
	 */
	private static final class Policy implements RetryPolicy {

		private final Settings settings;

		private final Call call;

		private long retryAfter;

		Policy(Settings settings, Call call) {
			this.settings = settings;
			this.call = call;
		}

		@Override
		public boolean shouldRetry(Throwable failure) {
			Duration retryAfter = retryAfter(failure);
			if (retryAfter.compareTo(this.settings.maxRetryAfter()) > 0 || this.call.isOver()) {
				return false;
			}
			this.retryAfter = retryAfter.toMillis();
			return passes(failure);
		}

		private boolean passes(Throwable failure) {
			if (failure instanceof KratosUnavailableException) {
				// A retry would need one more of the connections that are scarce.
				return !(failure instanceof KratosPoolExhaustedException);
			}
			return failure instanceof KratosException ex && this.settings.statuses().contains(ex.getStatus())
					&& (ex instanceof KratosRateLimitedException || ex instanceof KratosServerException);
		}

		private static Duration retryAfter(Throwable failure) {
			Duration retryAfter = (failure instanceof KratosException ex) ? ex.getRetryAfter() : null;
			return (retryAfter != null) ? retryAfter : Duration.ZERO;
		}

		@Override
		public Duration getTimeout() {
			// None at all would be no limit.
			Duration left = this.call.timeLeft();
			return (left.toMillis() > 0) ? left : Duration.ofMillis(1);
		}

		@Override
		public BackOff getBackOff() {
			BackOffExecution waits = this.settings.start();
			return () -> () -> {
				long wait = waits.nextBackOff();
				// Waited for here, as the template's own wait has no end but an
				// interruption.
				boolean waited = wait != BackOffExecution.STOP
						&& this.call.waitBeforeRetry(Math.max(wait, this.retryAfter));
				return waited ? 0 : BackOffExecution.STOP;
			};
		}

	}

}
