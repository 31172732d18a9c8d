package io.github.kratosadmin.internal.http;

import io.github.kratosadmin.connection.BearerTokenProvider;

/**
 * A bearer token that does not change.
 */
public final class ConfiguredToken implements BearerTokenProvider {

	private final String token;

	public ConfiguredToken(String token) {
		this.token = token;
	}

	@Override
	public String getToken() {
		return this.token;
	}

}
