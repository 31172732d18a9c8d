package io.github.kratosadmin.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.util.ClassUtils;

/**
 * Leaves out Spring Cloud OpenFeign's auto-configuration in an application that could not
 * start with it. The client needs OpenFeign's contract only; the auto-configuration in
 * the same jar also needs Spring Cloud Context, and does not ask whether that is there.
 * An application that uses Feign itself has both, and nothing is left out.
 */
class UnusableFeignAutoConfigurationFilter implements AutoConfigurationImportFilter {

	private static final String FEIGN_AUTO_CONFIGURATION = "org.springframework.cloud.openfeign.FeignAutoConfiguration";

	private static final boolean USABLE = ClassUtils.isPresent(
			"org.springframework.cloud.context.named.NamedContextFactory",
			UnusableFeignAutoConfigurationFilter.class.getClassLoader());

	@Override
	public boolean[] match(@Nullable String[] autoConfigurationClasses,
			AutoConfigurationMetadata autoConfigurationMetadata) {
		boolean[] match = new boolean[autoConfigurationClasses.length];
		for (int i = 0; i < match.length; i++) {
			match[i] = USABLE || !FEIGN_AUTO_CONFIGURATION.equals(autoConfigurationClasses[i]);
		}
		return match;
	}

}
