package io.github.kratosadmin.health;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

import javax.net.ssl.SSLException;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.autoconfigure.internal.SingleFlightTask;
import io.github.kratosadmin.error.KratosException;
import io.github.kratosadmin.error.KratosNotFoundException;
import io.github.kratosadmin.error.KratosPoolExhaustedException;
import io.github.kratosadmin.error.KratosRateLimitedException;
import io.github.kratosadmin.error.KratosRedirectException;
import io.github.kratosadmin.error.KratosUnavailableException;
import io.github.kratosadmin.error.KratosUnreadableResponseException;
import io.github.kratosadmin.metadata.Readiness;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * {@link HealthIndicator} for Kratos, based on {@code /health/ready} or, with
 * {@link HealthCheck#IDENTITY}, on a read of an identity. The details contain the
 * version, or the kind of failure and the failed checks. Messages from Kratos are only
 * logged, because they may contain hosts and users of its database. A kind of failure is
 * logged once until a check succeeds, not at each check.
 * <p>
 * Requests run on other threads, so that a check never takes longer than its timeout. The
 * version is requested separately. A failure of this request does not fail the check. The
 * first check waits briefly for the version. Later checks show the last known version.
 * <p>
 * The public API of Kratos also reports readiness. Unlike the admin API, it has no
 * version and, in Kratos 0.7 and later, redirects admin requests to another address. The
 * status is then down, as the base URL is wrong. If only the version is redirected, the
 * status stays up, as a gateway may hide the version.
 */
public class KratosHealthIndicator extends AbstractHealthIndicator implements DisposableBean {

	private static final Log logger = LogFactory.getLog(KratosHealthIndicator.class);

	private static final String UNUSED_IDENTITY_ID = "00000000-0000-0000-0000-000000000000";

	private static final String REDIRECTED = "redirected to another address: is the base URL that of the public API?";

	private static final Duration FIRST_VERSION_TIMEOUT = Duration.ofMillis(200);

	/** The server in the log. */
	private final String subject;

	private final KratosAdmin kratos;

	private final HealthCheck check;

	private final Duration timeout;

	private final Duration firstVersionTimeout;

	private final boolean close;

	private final SingleFlightTask<Readiness> readiness;

	private final SingleFlightTask<@Nullable Void> versionLookup;

	private final AtomicBoolean firstVersion = new AtomicBoolean(true);

	private volatile @Nullable String version;

	/** Describes the redirect if identities are redirected. */
	private volatile @Nullable String redirect;

	/** The kinds of failures since the last check that was up. */
	private final Set<String> failures = Collections.synchronizedSet(new HashSet<>());

	/**
	 * Creates an indicator.
	 * @param kratos the client
	 * @param check the request of a check
	 * @param timeout the timeout of a check
	 * @param close whether to close the client when the application context closes
	 */
	public KratosHealthIndicator(KratosAdmin kratos, HealthCheck check, Duration timeout, boolean close) {
		this(null, kratos, check, timeout, FIRST_VERSION_TIMEOUT, close);
	}

	/**
	 * Creates an indicator for a client with a name in the log.
	 * @param name the name of the client in the log, or {@code null} if it is the only
	 * one
	 * @param kratos the client
	 * @param check the request of a check
	 * @param timeout the timeout of a check
	 * @param close whether to close the client when the application context closes
	 */
	public KratosHealthIndicator(@Nullable String name, KratosAdmin kratos, HealthCheck check, Duration timeout,
			boolean close) {
		this(name, kratos, check, timeout, FIRST_VERSION_TIMEOUT, close);
	}

	KratosHealthIndicator(@Nullable String name, KratosAdmin kratos, HealthCheck check, Duration timeout,
			Duration firstVersionTimeout, boolean close) {
		this.subject = (name != null) ? "Kratos '" + name + "'" : "Kratos";
		this.kratos = kratos;
		this.check = check;
		this.timeout = timeout;
		this.firstVersionTimeout = firstVersionTimeout;
		this.close = close;
		CustomizableThreadFactory threads = new CustomizableThreadFactory("kratos-health-");
		threads.setDaemon(true);
		this.readiness = new SingleFlightTask<>(threads, this::checkReadiness);
		this.versionLookup = new SingleFlightTask<>(threads, this::lookUpVersion);
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		complete(builder, start());
	}

	/**
	 * Starts a check, without waiting for its result.
	 */
	StartedCheck start() {
		Future<Readiness> readiness;
		try {
			// The first call creates the client. This does not count towards the timeout.
			this.kratos.metadata();
			readiness = this.readiness.submit();
		}
		catch (RuntimeException ex) {
			readiness = CompletableFuture.failedFuture(ex);
		}
		return new StartedCheck(System.nanoTime(), readiness);
	}

	/**
	 * Waits for the result of a check, for the rest of its timeout.
	 */
	Health complete(StartedCheck check) {
		Health.Builder builder = new Health.Builder();
		complete(builder, check);
		return builder.build();
	}

	private void complete(Health.Builder builder, StartedCheck check) {
		try {
			Readiness readiness = await(check.readiness(), timeLeft(check));
			if (!readiness.ready()) {
				notReady(builder, readiness);
			}
			else if (this.check == HealthCheck.IDENTITY) {
				up(builder);
			}
			else {
				upWithVersion(builder, timeLeft(check));
			}
		}
		catch (TimeoutException ex) {
			down(builder, "no response: timed out",
					this.subject + " health check failed: no response within " + this.timeout);
		}
		catch (ExecutionException | RuntimeException ex) {
			Throwable failure = (ex instanceof ExecutionException && ex.getCause() != null) ? ex.getCause() : ex;
			down(builder, kind(failure), this.subject + " health check failed: " + describe(failure));
			if (failure instanceof KratosException && !(failure.getCause() instanceof RuntimeException)) {
				logger.debug(this.subject + " health check failed", failure);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			builder.unknown().withDetail("failure", "interrupted");
		}
	}

	private Duration timeLeft(StartedCheck check) {
		return this.timeout.minusNanos(System.nanoTime() - check.start());
	}

	private Readiness checkReadiness() {
		return (this.check == HealthCheck.IDENTITY) ? readUnusedIdentity() : this.kratos.metadata().isReady();
	}

	private Readiness readUnusedIdentity() {
		try {
			this.kratos.identities().getIdentity(UNUSED_IDENTITY_ID);
		}
		catch (KratosNotFoundException ex) {
			// Any other 404 may come from a gateway.
			if (!ex.isAbsent()) {
				throw ex;
			}
		}
		return new Readiness(true, Map.of(), null);
	}

	private void upWithVersion(Health.Builder builder, Duration timeLeft) {
		Future<?> lookup = this.versionLookup.submit();
		if (this.firstVersion.getAndSet(false)) {
			awaitVersion(lookup,
					(timeLeft.compareTo(this.firstVersionTimeout) < 0) ? timeLeft : this.firstVersionTimeout);
		}
		String redirect = this.redirect;
		if (redirect != null) {
			down(builder, REDIRECTED, this.subject + " health check failed: " + redirect);
			return;
		}
		up(builder);
		String version = this.version;
		if (version != null) {
			builder.withDetail("version", version);
		}
	}

	private void up(Health.Builder builder) {
		builder.up();
		// In one step, as checks may run at the same time.
		if (this.failures.removeIf((kind) -> true)) {
			logger.info(this.subject + " health check succeeded again");
		}
	}

	private void notReady(Health.Builder builder, Readiness readiness) {
		Object reason = readiness.errors().isEmpty() ? readiness.message() : new TreeMap<>(readiness.errors());
		// On one line, so that text from Kratos cannot forge a log entry.
		down(builder, "not ready",
				this.subject + " is not ready: " + String.valueOf(reason).replaceAll("\\p{Cntrl}+", " "));
		if (!readiness.errors().isEmpty()) {
			builder.withDetail("checks", readiness.errors().keySet().stream().sorted().toList());
		}
	}

	/**
	 * Logs a failure at WARN only if its kind is new since the last success: probes would
	 * repeat it every few seconds, also if the servers behind a load balancer fail in
	 * different ways.
	 */
	private void down(Health.Builder builder, String kind, String message) {
		builder.down().withDetail("failure", kind);
		if (this.failures.add(kind)) {
			logger.warn(message);
		}
		else {
			logger.debug(message);
		}
	}

	private @Nullable Void lookUpVersion() {
		String version = null;
		try {
			version = this.kratos.metadata().getVersion().version();
			this.redirect = null;
		}
		catch (RuntimeException ex) {
			logger.debug("The version of " + this.subject + " is unknown: " + describe(ex));
			if (this.redirect != null || isRedirect(ex) || ex instanceof KratosNotFoundException) {
				checkIdentities();
			}
		}
		finally {
			this.version = version;
		}
		return null;
	}

	/**
	 * Checks whether a server without a version redirects a read of an identity, as the
	 * public API does. Other failures, such as of a busy server, do not change the
	 * result.
	 */
	private void checkIdentities() {
		try {
			this.kratos.identities().getIdentity(UNUSED_IDENTITY_ID);
			this.redirect = null;
		}
		catch (RuntimeException ex) {
			if (isRedirect(ex)) {
				this.redirect = describe(ex);
			}
			else if (ex instanceof KratosException response && response.getStatus() >= 400 && response.getStatus() < 500
					&& !(ex instanceof KratosRateLimitedException)) {
				this.redirect = null;
			}
		}
	}

	/**
	 * Whether a redirect was not followed, such as to another server or a sign-in page.
	 */
	private static boolean isRedirect(RuntimeException failure) {
		return failure instanceof KratosUnreadableResponseException response && response.getStatus() >= 300
				&& response.getStatus() < 400;
	}

	private static void awaitVersion(Future<?> lookup, Duration timeout) {
		try {
			await(lookup, timeout);
		}
		catch (TimeoutException | ExecutionException ex) {
			logger.debug("The version of Kratos is not known yet");
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static <T> T await(Future<T> future, Duration timeout)
			throws InterruptedException, ExecutionException, TimeoutException {
		return future.get(TimeUnit.NANOSECONDS.convert(timeout), TimeUnit.NANOSECONDS);
	}

	/**
	 * Describes a failure for the log. Only the client's own exceptions are free of
	 * secrets. Other exceptions may come from a token provider of the application.
	 */
	private static String describe(Throwable failure) {
		return (failure instanceof KratosException) ? String.valueOf(failure.getMessage())
				: failure.getClass().getName();
	}

	/**
	 * Returns the kind of failure without its message, which the details must not show.
	 */
	private static String kind(Throwable failure) {
		if (failure instanceof KratosPoolExhaustedException) {
			return "no free connection";
		}
		if (failure instanceof KratosUnavailableException && failure.getCause() != null) {
			// An internal class of the client, for each failure of a token provider.
			boolean noToken = failure.getCause().getClass().getSimpleName().equals("NoTokenException");
			return noToken ? "no bearer token" : "no response: " + reason(failure.getCause());
		}
		if (failure instanceof KratosRedirectException) {
			return REDIRECTED;
		}
		if (failure instanceof KratosUnreadableResponseException) {
			return "unreadable response";
		}
		return (failure instanceof KratosException response) ? "status " + response.getStatus()
				: failure.getClass().getSimpleName();
	}

	private static String reason(Throwable cause) {
		String name = cause.getClass().getSimpleName();
		if (name.contains("Timeout")) {
			// HTTP libraries have several exceptions for a timeout.
			return "timed out";
		}
		if (cause instanceof ConnectException) {
			return "connection refused";
		}
		if (cause instanceof UnknownHostException) {
			return "unknown host";
		}
		return (cause instanceof SSLException) ? "TLS failed" : name;
	}

	@Override
	public void destroy() {
		if (this.close) {
			this.kratos.close();
		}
	}

	/**
	 * A check that runs.
	 *
	 * @param start the start of its timeout
	 * @param readiness the response of Kratos
	 */
	record StartedCheck(long start, Future<Readiness> readiness) {

	}

}
