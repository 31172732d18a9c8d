package io.github.kratosadmin.autoconfigure;

import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Marks the API beans of the starter as proxies. Spring searches the methods of all beans
 * for event listeners at startup: with the mark, it does not read the annotations of all
 * operations, which takes longer than to create the client.
 */
class ApiProxyPostProcessor implements BeanFactoryPostProcessor {

	private static final String CONFIGURATION = KratosApisConfiguration.class.getName();

	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
		for (String name : beanFactory.getBeanDefinitionNames()) {
			BeanDefinition definition = beanFactory.getBeanDefinition(name);
			if (CONFIGURATION.equals(definition.getFactoryBeanName())) {
				definition.setAttribute(AutoProxyUtils.ORIGINAL_TARGET_CLASS_ATTRIBUTE, ApiProxy.class);
			}
		}
	}

}
