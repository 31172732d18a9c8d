package io.github.kratosadmin.autoconfigure;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.Function;

import io.github.kratosadmin.KratosAdmin;
import org.jspecify.annotations.Nullable;

/**
 * A group of operations that asks {@link KratosAdmin} for itself at each call. A mock of
 * {@code KratosAdmin} in a test has no groups when beans are made, and others later.
 */
final class Group implements InvocationHandler {

	private final Class<?> type;

	private final KratosAdmin kratos;

	private final Function<KratosAdmin, ? extends @Nullable Object> group;

	private Group(Class<?> type, KratosAdmin kratos, Function<KratosAdmin, ? extends @Nullable Object> group) {
		this.type = type;
		this.kratos = kratos;
		this.group = group;
	}

	static <T> T of(Class<T> type, KratosAdmin kratos, Function<KratosAdmin, T> group) {
		return type.cast(
				Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, new Group(type, kratos, group)));
	}

	@Override
	public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] args) throws Throwable {
		if (method.getDeclaringClass() == Object.class) {
			return switch (method.getName()) {
				case "equals" -> args != null && proxy == args[0];
				case "hashCode" -> System.identityHashCode(proxy);
				default -> toString();
			};
		}
		try {
			return method.invoke(current(), args);
		}
		catch (InvocationTargetException ex) {
			throw ex.getTargetException();
		}
	}

	/**
	 * The group that a call goes to.
	 */
	static Object current(Object proxy) {
		return ((Group) Proxy.getInvocationHandler(proxy)).current();
	}

	private Object current() {
		Object current = this.group.apply(this.kratos);
		if (current == null) {
			throw new IllegalStateException("The bean of type KratosAdmin, a " + this.kratos.getClass().getName()
					+ ", has no " + this.type.getSimpleName() + ". If it is a mock, let it return one, or mock "
					+ this.type.getSimpleName() + " as well");
		}
		return current;
	}

	@Override
	public String toString() {
		return this.type.getSimpleName() + " of " + this.kratos;
	}

}
