package io.github.kratosadmin.info;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import io.github.kratosadmin.error.KratosException;
import io.github.kratosadmin.autoconfigure.internal.SingleFlightTask;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * Requests the version of Kratos on its own thread, at most once at a time and once in an
 * interval. It keeps the last known version.
 */
class VersionLookup {

	private static final Log logger = LogFactory.getLog(KratosInfoContributor.class);

	private final Supplier<String> request;

	private final SingleFlightTask<@Nullable Void> lookup;

	private volatile @Nullable String version;

	VersionLookup(Supplier<String> request, Duration interval) {
		this.request = request;
		CustomizableThreadFactory threads = new CustomizableThreadFactory("kratos-info-");
		threads.setDaemon(true);
		this.lookup = new SingleFlightTask<>(threads, this::request, interval);
	}

	/**
	 * Starts a request, unless one is running or has started within the interval.
	 * @return the last request
	 */
	Future<@Nullable Void> start() {
		return this.lookup.submit();
	}

	/**
	 * Returns the version.
	 * @param timeout how long to wait for a running request
	 * @return the last known version, or {@code null} if it was never known
	 */
	@Nullable String get(Duration timeout) {
		try {
			start().get(timeout.toNanos(), TimeUnit.NANOSECONDS);
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
