package io.github.kratosadmin.selfservice;

import java.nio.charset.StandardCharsets;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.kratosadmin.internal.json.KratosJson;

/**
 * A request for a login flow that tests an OpenID Connect provider.
 *
 * @param providerId the id of the provider in the configuration of Kratos
 */
public record CreateTestLoginFlow(@JsonProperty("provider_id") String providerId) {

	private static final int MAX_BYTES = 255;

	/**
	 * Creates a request.
	 * @throws IllegalArgumentException if the id of the provider is missing, blank or
	 * longer than 255 bytes in UTF-8
	 */
	public CreateTestLoginFlow {
		if (KratosJson.required(providerId, "providerId").isBlank()) {
			throw new IllegalArgumentException("providerId must not be blank");
		}
		int bytes = providerId.getBytes(StandardCharsets.UTF_8).length;
		if (bytes > MAX_BYTES) {
			throw new IllegalArgumentException(
					"providerId must have " + MAX_BYTES + " bytes in UTF-8 at most, but has " + bytes);
		}
	}

}
