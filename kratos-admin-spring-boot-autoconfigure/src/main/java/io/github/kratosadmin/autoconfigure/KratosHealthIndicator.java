package io.github.kratosadmin.autoconfigure;

import java.time.Duration;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.error.KratosException;
import io.github.kratosadmin.error.KratosNotFoundException;
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
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * Health of a Kratos: up when {@code /health/ready} says so. Why it is not goes to the
 * log, as Kratos's texts name hosts and users of its database; the details name the
 * checks that fail, or the kind of failure.
 * <p>
 * A check ends in time whatever Kratos does, as it waits for other threads only. The
 * version is asked for beside it, and must neither fail nor delay it: a check shows the
 * version of the last look-up that is over. Only the first look-up is waited for, a
 * little.
 * <p>
 * Kratos's public API says that Kratos is ready too, but has no version, and redirects
 * what belongs to the admin API (from 0.7 on) to another address: then the client has the
 * wrong base URL, and is down. A version alone that is redirected says nothing: a gateway
 * may hide it.
 */
class KratosHealthIndicator extends AbstractHealthIndicator implements DisposableBean {

	private static final Log logger = LogFactory.getLog(KratosHealthIndicator.class);

	/** An id that no identity has. */
	private static final String NOBODY = "00000000-0000-0000-0000-000000000000";

	private static final String ELSEWHERE = "redirected to another address: is the base URL that of the public API?";

	private static final Duration FIRST_VERSION_PATIENCE = Duration.ofMillis(200);

	private final KratosAdmin kratos;

	private final Duration timeout;

	private final Duration firstVersionPatience;

	private final boolean close;

	private final Inquiry<Readiness> readiness;

	private final Inquiry<@Nullable Void> versionLookUp;

	private final AtomicBoolean firstVersion = new AtomicBoolean(true);

	private volatile @Nullable String version;

	private volatile boolean elsewhere;

	/**
	 * Creates an indicator.
	 * @param kratos the client to ask with
	 * @param timeout how long a check takes at most
	 * @param close whether to close the client at the end
	 */
	KratosHealthIndicator(KratosAdmin kratos, Duration timeout, boolean close) {
		this(kratos, timeout, FIRST_VERSION_PATIENCE, close);
	}

	KratosHealthIndicator(KratosAdmin kratos, Duration timeout, Duration firstVersionPatience, boolean close) {
		this.kratos = kratos;
		this.timeout = timeout;
		this.firstVersionPatience = firstVersionPatience;
		this.close = close;
		CustomizableThreadFactory threads = new CustomizableThreadFactory("kratos-health-");
		threads.setDaemon(true);
		this.readiness = new Inquiry<>(threads, () -> kratos.metadata().isReady());
		this.versionLookUp = new Inquiry<>(threads, this::lookUpVersion);
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		try {
			// Makes the client the first time, which is not to be Kratos's time.
			this.kratos.metadata();
			long start = System.nanoTime();
			Readiness readiness = await(this.readiness.ask(), this.timeout);
			if (readiness.ready()) {
				up(builder, this.timeout.minusNanos(System.nanoTime() - start));
			}
			else {
				notReady(builder, readiness);
			}
		}
		catch (TimeoutException ex) {
			logger.warn("Kratos health check failed: no answer within " + this.timeout);
			builder.down().withDetail("failure", "no answer: timed out");
		}
		catch (ExecutionException | RuntimeException ex) {
			Throwable failure = (ex instanceof ExecutionException && ex.getCause() != null) ? ex.getCause() : ex;
			log(failure);
			builder.down().withDetail("failure", kind(failure));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			builder.unknown().withDetail("failure", "interrupted");
		}
	}

	private void up(Health.Builder builder, Duration timeLeft) {
		Future<?> lookUp = this.versionLookUp.ask();
		if (this.firstVersion.getAndSet(false)) {
			awaitVersion(lookUp,
					(timeLeft.compareTo(this.firstVersionPatience) < 0) ? timeLeft : this.firstVersionPatience);
		}
		if (this.elsewhere) {
			builder.down().withDetail("failure", ELSEWHERE);
			return;
		}
		builder.up();
		String version = this.version;
		if (version != null) {
			builder.withDetail("version", version);
		}
	}

	private static void notReady(Health.Builder builder, Readiness readiness) {
		Object why = readiness.errors().isEmpty() ? readiness.message() : new TreeMap<>(readiness.errors());
		// In one line: what Kratos says must not look like another line of the log.
		logger.warn("Kratos is not ready: " + String.valueOf(why).replaceAll("\\p{Cntrl}+", " "));
		builder.down().withDetail("failure", "not ready");
		if (!readiness.errors().isEmpty()) {
			builder.withDetail("checks", readiness.errors().keySet().stream().sorted().toList());
		}
	}

	private @Nullable Void lookUpVersion() {
		String version = null;
		try {
			version = this.kratos.metadata().getVersion().version();
			this.elsewhere = false;
		}
		catch (RuntimeException ex) {
			logger.debug("The version of Kratos is not known: " + describe(ex));
			if (this.elsewhere || leadsElsewhere(ex) || ex instanceof KratosNotFoundException) {
				lookForIdentities();
			}
		}
		finally {
			this.version = version;
		}
		return null;
	}

	/**
	 * Looks whether a server without a version sends reads of identities to another
	 * address, as the public API does. What tells neither leaves what is known: health
	 * must not change whenever a server is busy.
	 */
	private void lookForIdentities() {
		try {
			this.kratos.identities().getIdentity(NOBODY);
			this.elsewhere = false;
		}
		catch (RuntimeException ex) {
			if (leadsElsewhere(ex)) {
				logger.warn("Kratos health check failed: " + describe(ex));
				this.elsewhere = true;
			}
			else if (ex instanceof KratosException response && response.getStatus() >= 400 && response.getStatus() < 500
					&& !(ex instanceof KratosRateLimitedException)) {
				this.elsewhere = false;
			}
		}
	}

	/** A redirect that was not followed: to another server, or to a sign-in page. */
	private static boolean leadsElsewhere(RuntimeException failure) {
		return failure instanceof KratosUnreadableResponseException response && response.getStatus() >= 300
				&& response.getStatus() < 400;
	}

	private static void awaitVersion(Future<?> lookUp, Duration patience) {
		try {
			await(lookUp, patience);
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

	private static void log(Throwable failure) {
		logger.warn("Kratos health check failed: " + describe(failure));
		if (failure instanceof KratosException && !(failure.getCause() instanceof RuntimeException)) {
			logger.debug("Kratos health check failed", failure);
		}
	}

	/**
	 * What the log says of a failure. Only the client's own exceptions are known to have
	 * no secret in them: others may come from what the application gets its token from.
	 */
	private static String describe(Throwable failure) {
		return (failure instanceof KratosException) ? String.valueOf(failure.getMessage())
				: failure.getClass().getName();
	}

	/**
	 * The kind of failure, without a message: messages may have what details must not.
	 */
	private static String kind(Throwable failure) {
		if (failure instanceof KratosUnavailableException && failure.getCause() != null) {
			String kind = failure.getCause().getClass().getSimpleName();
			// Each HTTP library has several for the same thing.
			return "no answer: " + (kind.contains("Timeout") ? "timed out" : kind);
		}
		if (failure instanceof KratosRedirectException) {
			return ELSEWHERE;
		}
		if (failure instanceof KratosUnreadableResponseException) {
			return "unreadable answer";
		}
		return (failure instanceof KratosException answer) ? "status " + answer.getStatus()
				: failure.getClass().getSimpleName();
	}

	@Override
	public void destroy() {
		if (this.close) {
			this.kratos.close();
		}
	}

}
