package io.github.kratosadmin.metadata;

import org.springframework.web.bind.annotation.GetMapping;

/**
 * Reads the health, the version and the metrics of Kratos.
 * <p>
 * Each method throws a {@link io.github.kratosadmin.error.KratosException} if the call
 * fails.
 */
public interface MetadataApi {

	/**
	 * Checks whether Kratos accepts requests. It does not check the database.
	 * @return the status
	 * @throws io.github.kratosadmin.error.KratosServerException if Kratos does not accept
	 * requests
	 * @see <a href=
	 * "https://www.ory.sh/docs/reference/api#tag/metadata/operation/isAlive">isAlive</a>
	 */
	@GetMapping(path = "/health/alive", produces = "application/json")
	HealthStatus isAlive();

	/**
	 * Checks whether Kratos and its dependencies, above all the database, are ready. If
	 * Kratos is not ready (503), no exception is thrown.
	 * @return whether Kratos is ready, and the errors of the failed checks
	 * @throws io.github.kratosadmin.error.KratosServerException for a 5xx other than 503
	 * @see <a href=
	 * "https://www.ory.sh/docs/reference/api#tag/metadata/operation/isReady">isReady</a>
	 */
	@GetMapping(path = "/health/ready", produces = "application/json")
	Readiness isReady();

	/**
	 * Reads the version of Kratos.
	 * @return the version
	 * @see <a href=
	 * "https://www.ory.sh/docs/reference/api#tag/metadata/operation/getVersion">getVersion</a>
	 */
	@GetMapping(path = "/version", produces = "application/json")
	Version getVersion();

	/**
	 * Reads the metrics of Kratos with the operation {@code prometheus}.
	 * @return the metrics in the text format of Prometheus
	 */
	@GetMapping(path = "/metrics/prometheus", produces = "text/plain")
	String prometheus();

}
