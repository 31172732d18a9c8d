package io.github.kratosadmin.autoconfigure.internal;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.annotation.BeanFactoryAnnotationUtils;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;

/**
 * Reads the qualifiers of beans, which say for which client a bean is.
 */
public final class BeanQualifiers {

	private BeanQualifiers() {
	}

	/**
	 * Returns the qualifier of a bean. That of a mock is at its field, and that of a bean
	 * in another scope is at the bean behind the proxy.
	 * @param beanName the name of the bean
	 * @param beanFactory has the bean
	 * @return the qualifier, or {@code null} if the bean has none
	 */
	public static @Nullable String find(String beanName, ConfigurableBeanFactory beanFactory) {
		RootBeanDefinition definition = definition(beanName, beanFactory);
		AnnotatedElement element = (definition != null) ? definition.getQualifiedElement() : null;
		Qualifier qualifier = (element != null) ? AnnotationUtils.getAnnotation(element, Qualifier.class) : null;
		if (qualifier != null) {
			return qualifier.value();
		}
		List<String> tested = new ArrayList<>();
		// Spring first tests the name of the bean and its aliases, and then the
		// qualifier.
		BeanFactoryAnnotationUtils.isQualifierMatch((value) -> !tested.add(value), beanName, beanFactory);
		int names = 1 + beanFactory.getAliases(beanName).length;
		if (tested.size() > names) {
			return tested.get(names);
		}
		String named = named((definition != null) ? definition.getResolvedFactoryMethod() : null);
		if (named != null) {
			return named;
		}
		String target = ScopedProxyUtils.getTargetBeanName(beanName);
		return beanFactory.containsBean(target) ? find(target, beanFactory) : null;
	}

	/**
	 * Returns the value of a {@code @Named} on the method of a bean. That on a class is
	 * the name of its bean.
	 */
	private static @Nullable String named(@Nullable Method method) {
		if (method == null) {
			return null;
		}
		MergedAnnotation<?> named = MergedAnnotations.from(method).get("jakarta.inject.Named");
		return named.isPresent() ? named.getString(MergedAnnotation.VALUE) : null;
	}

	private static @Nullable RootBeanDefinition definition(String beanName, ConfigurableBeanFactory beanFactory) {
		try {
			return (beanFactory.getMergedBeanDefinition(beanName) instanceof RootBeanDefinition bean) ? bean : null;
		}
		catch (NoSuchBeanDefinitionException ex) {
			// A singleton without a definition.
			return null;
		}
	}

}
