package io.github.kratosadmin.internal.operation;

import io.github.kratosadmin.version.SinceKratos;
import org.jspecify.annotations.Nullable;

/**
 * The first version of Kratos that supports a feature.
 *
 * @param feature the name of the feature in the request
 * @param version the first version, or the last one without it
 * @param after whether the version is the last one without it
 * @param ignored whether older servers ignore it without an error
 */
public record Since(String feature, KratosVersion version, boolean after, boolean ignored) {

	private static final String AFTER = "after ";

	static Since of(String feature, SinceKratos since) {
		String value = since.value();
		boolean after = value.startsWith(AFTER);
		return new Since(feature, KratosVersion.of(after ? value.substring(AFTER.length()) : value), after,
				since.ignoredBefore());
	}

	boolean isAfter(@Nullable KratosVersion server) {
		return server != null && server.compareTo(this.version) < (this.after ? 1 : 0);
	}

	/**
	 * The version as in {@link SinceKratos}.
	 */
	String text() {
		return (this.after ? AFTER : "") + this.version;
	}

}
