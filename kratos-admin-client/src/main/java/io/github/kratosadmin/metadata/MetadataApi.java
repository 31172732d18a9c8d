package io.github.kratosadmin.metadata;

import org.springframework.web.bind.annotation.GetMapping;

/**
 * Asks a Kratos about itself.
 * <p>
 * Each method throws a {@link io.github.kratosadmin.error.KratosException} if the call
 * fails.
 */
public interface MetadataApi {

	/**
	 * Asks whether Kratos accepts requests. The database is not looked at.
	 * @return the status
	 * @throws io.github.kratosadmin.error.KratosServerException if it does not
	 * @see <a href=
	 * "https://www.ory.sh/docs/reference/api#tag/metadata/operation/isAlive">isAlive</a>,
	 * Kratos 0.6 and later
	 */
	@GetMapping(path = "/health/alive", produces = "application/json")
	HealthStatus isAlive();

	/**
	 * Asks whether Kratos and what it depends on, the database above all, can serve. That
	 * Kratos is not ready (503) is an answer, not an exception.
	 * @return whether it is ready, and which checks say it is not
	 * @throws io.github.kratosadmin.error.KratosServerException for a 5xx other than 503
	 * @see <a href=
	 * "https://www.ory.sh/docs/reference/api#tag/metadata/operation/isReady">isReady</a>,
	 * Kratos 0.6 and later
	 */
	@GetMapping(path = "/health/ready", produces = "application/json")
	Readiness isReady();

	/**
	 * Asks for the version of Kratos.
	 * @return the version
	 * @see <a href=
	 * "https://www.ory.sh/docs/reference/api#tag/metadata/operation/getVersion">getVersion</a>,
	 * Kratos 0.6 and later
	 */
	@GetMapping(path = "/version", produces = "application/json")
	Version getVersion();

	/**
	 * Reads Kratos's metrics: the operation {@code prometheus}, Kratos 0.6 and later.
	 * @return the metrics in Prometheus's text format, as sent
	 */
	@GetMapping(path = "/metrics/prometheus", produces = "text/plain")
	String prometheus();

}
