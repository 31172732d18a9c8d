package io.github.kratosadmin.autoconfigure;

import java.util.Arrays;
import java.util.concurrent.Executor;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.thread.Threading;
import org.springframework.core.env.Environment;
import org.springframework.core.task.VirtualThreadTaskExecutor;
import org.springframework.util.StringUtils;

/**
 * Finds the executor of a client. It never uses an executor of the application that is
 * not named, as other tasks of the application may need all its threads.
 */
class ClientExecutors {

	private final ConfigurableListableBeanFactory beanFactory;

	private final Environment environment;

	ClientExecutors(ConfigurableListableBeanFactory beanFactory, Environment environment) {
		this.beanFactory = beanFactory;
		this.environment = environment;
	}

	/**
	 * Returns the executor.
	 * @param beanName the name of its bean, empty or {@code null} for none
	 * @return the bean, without a name virtual threads if they are enabled, otherwise
	 * {@code null} for threads of the client
	 * @throws IllegalArgumentException if there is no such bean
	 */
	@Nullable Executor get(@Nullable String beanName) {
		if (StringUtils.hasText(beanName)) {
			return bean(beanName);
		}
		return Threading.VIRTUAL.isActive(this.environment) ? new VirtualThreadTaskExecutor("kratos-admin-") : null;
	}

	private Executor bean(String name) {
		BeanFactory beans = this.beanFactory;
		if (!beans.containsBean(name) || !beans.isTypeMatch(name, Executor.class)) {
			String[] names = BeanFactoryUtils.beanNamesForTypeIncludingAncestors(this.beanFactory, Executor.class, true,
					false);
			Arrays.sort(names);
			throw new IllegalArgumentException("There is no Executor bean '" + name + "', "
					+ ((names.length > 0) ? "only " + String.join(", ", names) : "nor any other"));
		}
		return beans.getBean(name, Executor.class);
	}

}
