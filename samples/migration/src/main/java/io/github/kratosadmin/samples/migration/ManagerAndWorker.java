package io.github.kratosadmin.samples.migration;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/**
 * Refuses a process with both profiles: it would run jobs without the lock.
 */
@Configuration(proxyBeanMethods = false)
@Profile("manager & worker")
class ManagerAndWorker {

	@Bean
	static BeanFactoryPostProcessor managerAndWorkerRefusal() {
		return (beanFactory) -> {
			throw new InvalidConfigurationPropertyValueException("spring.profiles.active", "manager,worker",
					"A process is either the manager or a worker. Start one process for each.");
		};
	}

}
