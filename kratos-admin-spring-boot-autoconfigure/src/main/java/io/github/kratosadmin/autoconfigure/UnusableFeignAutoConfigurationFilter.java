package io.github.kratosadmin.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanClassLoaderAware;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.util.ClassUtils;

/**
 * {@link AutoConfigurationImportFilter} that excludes the auto-configurations of Spring
 * Cloud OpenFeign from applications without Spring Cloud Context, which could not start
 * with them. The client uses only the contract from the jar of OpenFeign. Applications
 * with their own Feign clients have Spring Cloud Context and keep the
 * auto-configurations.
 */
class UnusableFeignAutoConfigurationFilter implements AutoConfigurationImportFilter, BeanClassLoaderAware {

	private static final String FEIGN = "org.springframework.cloud.openfeign.";

	private static final String NEEDED = "org.springframework.cloud.context.named.NamedContextFactory";

	private @Nullable ClassLoader classLoader;

	@Override
	public void setBeanClassLoader(ClassLoader classLoader) {
		this.classLoader = classLoader;
	}

	@Override
	public boolean[] match(@Nullable String[] autoConfigurationClasses,
			AutoConfigurationMetadata autoConfigurationMetadata) {
		boolean usable = ClassUtils.isPresent(NEEDED, this.classLoader);
		boolean[] match = new boolean[autoConfigurationClasses.length];
		for (int i = 0; i < match.length; i++) {
			String name = autoConfigurationClasses[i];
			match[i] = usable || name == null || !name.startsWith(FEIGN);
		}
		return match;
	}

}
