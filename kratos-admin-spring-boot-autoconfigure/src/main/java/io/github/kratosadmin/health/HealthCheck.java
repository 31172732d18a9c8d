package io.github.kratosadmin.health;

/**
 * The request of the Kratos health check.
 */
public enum HealthCheck {

	/**
	 * {@code /health/ready}. The version is requested as well.
	 */
	READY,

	/**
	 * An identity that does not exist. For Ory Network and for gateways that do not serve
	 * {@code /health/ready}. The credentials of the client are checked as well.
	 */
	IDENTITY

}
