package io.github.kratosadmin.internal.operation;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

import io.github.kratosadmin.error.KratosException;
import io.github.kratosadmin.error.KratosUnavailableException;
import io.github.kratosadmin.statistics.ImportStatistics;
import io.github.kratosadmin.statistics.RetryReason;

/**
 * Counts what a client does, on any thread.
 */
public final class ClientCounters {

	private final Map<RetryReason, LongAdder> retries = new EnumMap<>(RetryReason.class);

	private final LongAdder poolExhausted = new LongAdder();

	private final LongAdder created = new LongAdder();

	private final LongAdder failed = new LongAdder();

	private final LongAdder unknown = new LongAdder();

	private final LongAdder notSent = new LongAdder();

	public ClientCounters() {
		for (RetryReason reason : RetryReason.values()) {
			this.retries.put(reason, new LongAdder());
		}
	}

	/**
	 * Counts a retry.
	 */
	public void retry(RetryReason reason) {
		Objects.requireNonNull(this.retries.get(reason)).increment();
	}

	/**
	 * Counts a retry after a failure.
	 */
	void retryAfter(Throwable failure) {
		retry(reason(failure));
	}

	private static RetryReason reason(Throwable failure) {
		if (failure instanceof KratosUnavailableException) {
			return RetryReason.NO_RESPONSE;
		}
		int status = (failure instanceof KratosException ex) ? ex.getStatus() : 0;
		return switch (status) {
			case 429 -> RetryReason.TOO_MANY_REQUESTS;
			case 502 -> RetryReason.BAD_GATEWAY;
			case 503 -> RetryReason.SERVICE_UNAVAILABLE;
			case 504 -> RetryReason.GATEWAY_TIMEOUT;
			default -> RetryReason.OTHER_STATUS;
		};
	}

	/**
	 * Counts a request that was not sent, because no connection was free in time.
	 */
	public void poolExhausted() {
		this.poolExhausted.increment();
	}

	public void rowCreated() {
		this.created.increment();
	}

	public void rowFailed() {
		this.failed.increment();
	}

	public void rowUnknown() {
		this.unknown.increment();
	}

	public void rowNotSent() {
		this.notSent.increment();
	}

	public Map<RetryReason, Long> retries() {
		Map<RetryReason, Long> retries = new EnumMap<>(RetryReason.class);
		this.retries.forEach((reason, count) -> retries.put(reason, count.sum()));
		return retries;
	}

	public long poolExhaustedCount() {
		return this.poolExhausted.sum();
	}

	public ImportStatistics importRows() {
		return new ImportStatistics(this.created.sum(), this.failed.sum(), this.unknown.sum(), this.notSent.sum());
	}

}
