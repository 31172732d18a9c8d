package io.github.kratosadmin.internal.json;

import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;

/**
 * {@link RuntimeHintsRegistrar} for the JSON mapper.
 */
class JsonRuntimeHints implements RuntimeHintsRegistrar {

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		// Instantiated by Jackson.
		hints.reflection().registerType(KratosJson.EmptyOptional.class, MemberCategory.INVOKE_DECLARED_CONSTRUCTORS);
		// Read by ITU, which parses the timestamps.
		hints.resources().registerPattern("leap_second_dates.csv");
	}

}
