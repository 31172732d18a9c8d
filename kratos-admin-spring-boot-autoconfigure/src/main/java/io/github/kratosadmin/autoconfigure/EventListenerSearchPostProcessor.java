package io.github.kratosadmin.autoconfigure;

import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Excludes the client and its API beans from Spring's search for event listeners at
 * startup. The search reads the annotations of all operations, which takes longer than to
 * create the client. Spring searches the target class of each bean: with Object as this
 * class, it finds no annotations to read.
 */
class EventListenerSearchPostProcessor implements BeanFactoryPostProcessor {

	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
		for (String name : beanFactory.getBeanDefinitionNames()) {
			BeanDefinition definition = beanFactory.getBeanDefinition(name);
			if (KratosAdminBeans.class.getName().equals(definition.getBeanClassName())) {
				definition.setAttribute(AutoProxyUtils.ORIGINAL_TARGET_CLASS_ATTRIBUTE, Object.class);
			}
		}
	}

}
