package io.github.kratosadmin.autoconfigure;

import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.cloud.openfeign.FeignAutoConfiguration;
import org.springframework.cloud.openfeign.hateoas.FeignHalAutoConfiguration;
import org.springframework.core.io.support.SpringFactoriesLoader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link UnusableFeignAutoConfigurationFilter}. {@link HostApplicationTests}
 * tests that applications start with it.
 */
class UnusableFeignAutoConfigurationFilterTests {

	private static final String[] AUTO_CONFIGURATIONS = { FeignAutoConfiguration.class.getName(), null,
			KratosAdminAutoConfiguration.class.getName(), FeignHalAutoConfiguration.class.getName() };

	private final UnusableFeignAutoConfigurationFilter filter = new UnusableFeignAutoConfigurationFilter();

	@Test
	void excludesOpenFeignAutoConfigurationsWithoutSpringCloudContext() {
		this.filter.setBeanClassLoader(new FilteredClassLoader("org.springframework.cloud.context"));
		assertThat(match()).containsExactly(false, true, true, false);
	}

	@Test
	void excludesNothingWithSpringCloudContext() {
		this.filter.setBeanClassLoader(getClass().getClassLoader());
		assertThat(match()).containsExactly(true, true, true, true);
	}

	@Test
	void isRegistered() {
		assertThat(SpringFactoriesLoader.forDefaultResourceLocation(getClass().getClassLoader())
			.load(AutoConfigurationImportFilter.class))
			.hasAtLeastOneElementOfType(UnusableFeignAutoConfigurationFilter.class);
	}

	private boolean[] match() {
		return this.filter.match(AUTO_CONFIGURATIONS, mock(AutoConfigurationMetadata.class));
	}

}
