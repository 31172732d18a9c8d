package io.github.kratosadmin.autoconfigure;

import java.util.TreeMap;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.error.KratosException;
import io.github.kratosadmin.error.KratosUnavailableException;
import io.github.kratosadmin.error.KratosUnreadableAnswerException;
import io.github.kratosadmin.metadata.Readiness;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Health of a Kratos: up when {@code /health/ready} says so. Why it is not goes to the
 * log, as Kratos's texts name hosts and users of its database; the details name the
 * checks that fail, or the kind of failure.
 */
class KratosHealthIndicator extends AbstractHealthIndicator implements DisposableBean {

	private static final Log logger = LogFactory.getLog(KratosHealthIndicator.class);

	private final KratosAdmin kratos;

	private final boolean close;

	private final VersionLookup version;

	/**
	 * Creates an indicator.
	 * @param kratos the client to ask with
	 * @param close whether to close the client at the end
	 */
	KratosHealthIndicator(KratosAdmin kratos, boolean close) {
		this.kratos = kratos;
		this.close = close;
		this.version = new VersionLookup(kratos.metadata());
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		Readiness readiness;
		try {
			readiness = this.kratos.metadata().isReady();
		}
		catch (RuntimeException ex) {
			logger.warn("Kratos health check failed: " + ex.getMessage());
			logger.debug("Kratos health check failed", ex);
			builder.down().withDetail("failure", failure(ex));
			return;
		}
		if (readiness.ready()) {
			builder.up();
			this.version.get().ifPresent((version) -> builder.withDetail("version", version));
		}
		else {
			logger.warn("Kratos is not ready: "
					+ (readiness.errors().isEmpty() ? readiness.message() : new TreeMap<>(readiness.errors())));
			builder.down().withDetail("failure", "not ready");
			if (!readiness.errors().isEmpty()) {
				builder.withDetail("checks", readiness.errors().keySet().stream().sorted().toList());
			}
		}
	}

	@Override
	public void destroy() {
		if (this.close) {
			this.kratos.close();
		}
	}

	/**
	 * The kind of failure, without a message: messages may have what details must not.
	 */
	private static String failure(RuntimeException ex) {
		if (ex instanceof KratosUnavailableException && ex.getCause() != null) {
			return "no answer: " + ex.getCause().getClass().getSimpleName();
		}
		if (ex instanceof KratosUnreadableAnswerException) {
			return "unreadable answer";
		}
		return (ex instanceof KratosException answer) ? "status " + answer.getStatus() : ex.getClass().getSimpleName();
	}

}
