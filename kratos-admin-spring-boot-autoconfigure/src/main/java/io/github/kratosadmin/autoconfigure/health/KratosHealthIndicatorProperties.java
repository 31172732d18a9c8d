package io.github.kratosadmin.autoconfigure.health;

import java.time.Duration;

import io.github.kratosadmin.health.HealthCheck;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Configuration properties for the Kratos health check.
 */
@ConfigurationProperties("kratos.admin.health")
public class KratosHealthIndicatorProperties {

	/**
	 * Request of the health check: 'ready' for '/health/ready', 'identity' for an
	 * identity that does not exist, as Ory Network has no '/health/ready'.
	 */
	private HealthCheck check = HealthCheck.READY;

	/**
	 * Timeout of the health check.
	 */
	private Duration timeout = Duration.ofSeconds(1);

	public HealthCheck getCheck() {
		return this.check;
	}

	public void setCheck(HealthCheck check) {
		this.check = check;
	}

	public Duration getTimeout() {
		return this.timeout;
	}

	public void setTimeout(Duration timeout) {
		this.timeout = timeout;
	}

}
