package io.github.kratosadmin.autoconfigure.health;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Configuration properties for the Kratos health check.
 */
@ConfigurationProperties("kratos.admin.health")
public class KratosHealthIndicatorProperties {

	/**
	 * Timeout of the health check.
	 */
	private Duration timeout = Duration.ofSeconds(1);

	public Duration getTimeout() {
		return this.timeout;
	}

	public void setTimeout(Duration timeout) {
		this.timeout = timeout;
	}

}
