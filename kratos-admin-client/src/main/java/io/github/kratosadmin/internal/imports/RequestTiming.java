package io.github.kratosadmin.internal.imports;

import java.time.Instant;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;

/**
 * The time that a request takes, without that in the queue of an executor.
 */
final class RequestTiming {

	private final ImportTime time;

	private volatile Instant from;

	private volatile @Nullable Instant until;

	private volatile long nanos;

	RequestTiming(ImportTime time) {
		this.time = time;
		this.from = time.instant();
	}

	Callable<Object> of(Callable<Object> operation) {
		return () -> {
			this.from = this.time.instant();
			long start = this.time.now();
			try {
				return operation.call();
			}
			finally {
				this.nanos = this.time.now() - start;
				this.until = this.time.instant();
			}
		};
	}

	Instant from() {
		return this.from;
	}

	/**
	 * Returns the time after the request. A clock that was set back meanwhile does not
	 * show it.
	 */
	Instant until() {
		Instant until = this.until;
		return (until != null && until.isAfter(this.from)) ? until : this.from.plusNanos(this.nanos);
	}

	long nanos() {
		return this.nanos;
	}

}
