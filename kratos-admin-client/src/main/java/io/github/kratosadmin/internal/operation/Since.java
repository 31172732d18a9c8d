package io.github.kratosadmin.internal.operation;

import io.github.kratosadmin.version.SinceKratos;
import org.jspecify.annotations.Nullable;

/**
 * The first version of Kratos that supports a feature.
 *
 * @param feature the name of the feature in the request
 * @param version the first version
 * @param ignored whether older servers ignore it without an error
 */
public record Since(String feature, KratosVersion version, boolean ignored) {

	static Since of(String feature, SinceKratos since) {
		return new Since(feature, KratosVersion.of(since.value()), since.ignoredBefore());
	}

	boolean isAfter(@Nullable KratosVersion server) {
		return server != null && server.compareTo(this.version) < 0;
	}

}
