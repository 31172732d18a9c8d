package io.github.kratosadmin.internal.operation;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

import io.github.kratosadmin.error.KratosException;
import io.github.kratosadmin.error.KratosPoolExhaustedException;
import io.github.kratosadmin.error.KratosRateLimitedException;
import io.github.kratosadmin.error.KratosServerException;
import io.github.kratosadmin.error.KratosUnavailableException;
import io.github.kratosadmin.observation.KratosAdminObservationDocumentation.Events;
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

	private final Settings settings;

	private final ClientCounters counters;

	public Retries(Settings settings, ClientCounters counters) {
		this.settings = settings;
		this.counters = counters;
	}

	/**
	 * Runs a read, and retries it while the call has time left.
	 */
	public @Nullable Object read(String operation, Call call, Action read) throws Throwable {
		if (this.settings.maxRetries() == 0 || !call.startRetries()) {
			return read.run();
		}
		try {
			return new RetryTemplate(new Policy(this.settings, call)).execute(retryable(operation, call, read))
				.orElse(null);
		}
		catch (RetryException ex) {
			// The last failure is enough, without the previous ones.
			throw ex.getLastException();
		}
		finally {
			call.endRetries();
		}
	}

	private Retryable<Optional<Object>> retryable(String operation, Call call, Action read) {
		return new Retryable<>() {

			private @Nullable Throwable failure;

			@Override
			public Optional<Object> execute() throws Throwable {
				if (this.failure != null) {
					call.signal(Events.RETRY);
					Retries.this.counters.retryAfter(this.failure);
				}
				try {
					return Optional.ofNullable(read.run());
				}
				catch (Throwable ex) {
					this.failure = ex;
					throw ex;
				}
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
	 * @param delay the wait before the first retry
	 * @param multiplier the factor by which the wait grows with each further retry
	 * @param maxDelay the maximum wait
	 * @param jitter the maximum time by which a wait is randomly lengthened or shortened
	 * @param statuses the statuses after which to retry
	 * @param maxRetryAfter the maximum wait that a server may request
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
				// A retry would need another connection, of which there are too few.
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
			// Zero would mean no limit.
			Duration left = this.call.timeLeft();
			return (left.toMillis() > 0) ? left : Duration.ofMillis(1);
		}

		@Override
		public BackOff getBackOff() {
			BackOffExecution waits = this.settings.start();
			return () -> () -> {
				long wait = waits.nextBackOff();
				// Waits here, as only an interruption could end the wait of the
				// template.
				boolean waited = wait != BackOffExecution.STOP
						&& this.call.waitBeforeRetry(Math.max(wait, this.retryAfter));
				return waited ? 0 : BackOffExecution.STOP;
			};
		}

	}

}
