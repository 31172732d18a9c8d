package io.github.kratosadmin.autoconfigure;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Configuration properties for the health of Kratos.
 */
@ConfigurationProperties("management.health.kratos")
public class KratosHealthProperties {

	/**
	 * How long the check takes at most, whatever Kratos does.
	 */
	private Duration timeout = Duration.ofSeconds(1);

	public Duration getTimeout() {
		return this.timeout;
	}

	public void setTimeout(Duration timeout) {
		this.timeout = timeout;
	}

}
