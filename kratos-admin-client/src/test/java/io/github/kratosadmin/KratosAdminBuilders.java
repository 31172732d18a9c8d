package io.github.kratosadmin;

import java.util.function.Function;

import io.github.kratosadmin.internal.http.HttpSender;
import io.github.kratosadmin.internal.http.HttpSettings;

/**
 * Builds clients with another {@code HttpSender}, for tests in other packages.
 */
public final class KratosAdminBuilders {

	private KratosAdminBuilders() {
	}

	public static KratosAdmin build(KratosAdminBuilder builder, Function<HttpSettings, HttpSender> http) {
		return builder.build(http);
	}

}
