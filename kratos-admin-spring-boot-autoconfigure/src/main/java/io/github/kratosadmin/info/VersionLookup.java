package io.github.kratosadmin.info;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import io.github.kratosadmin.error.KratosException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Requests the version of Kratos on its own thread, at most once at a time and once in an
 * interval. It keeps the last known version.
 */
class VersionLookup {

	private static final Log logger = LogFactory.getLog(KratosInfoContributor.class);

	private final Supplier<String> request;

	private final long intervalNanos;

	private @Nullable Future<?> lookup;

	private long started;

	private volatile @Nullable String version;

	VersionLookup(Supplier<String> request, Duration interval) {
		this.request = request;
		this.intervalNanos = interval.toNanos();
	}

	/**
	 * Returns the version.
	 * @param timeout how long to wait for a running request
	 * @return the last known version, or {@code null} if it was never known
	 */
	@Nullable String get(Duration timeout) {
		try {
			lookup().get(timeout.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException ex) {
			logger.debug("Kratos has not sent its version yet");
		}
		catch (ExecutionException ex) {
			logger.debug("The version of Kratos is unknown: " + describe(ex));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		return this.version;
	}

	private synchronized Future<?> lookup() {
		Future<?> lookup = this.lookup;
		if (lookup != null && (!lookup.isDone() || System.nanoTime() - this.started < this.intervalNanos)) {
			return lookup;
		}
		FutureTask<@Nullable Void> task = new FutureTask<>(this::request);
		Thread thread = new Thread(task, "kratos-info");
		thread.setDaemon(true);
		thread.start();
		// Only after the start, as a task never ends if its thread cannot start.
		this.lookup = task;
		this.started = System.nanoTime();
		return task;
	}

	private @Nullable Void request() {
		this.version = this.request.get();
		return null;
	}

	/**
	 * Describes a failure for the log. Only the client's own exceptions are free of
	 * secrets. Other exceptions may come from a token provider of the application.
	 */
	private static String describe(ExecutionException failure) {
		Throwable cause = (failure.getCause() != null) ? failure.getCause() : failure;
		return (cause instanceof KratosException) ? String.valueOf(cause.getMessage()) : cause.getClass().getName();
	}

}
