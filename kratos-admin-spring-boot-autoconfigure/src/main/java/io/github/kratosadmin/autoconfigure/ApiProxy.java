package io.github.kratosadmin.autoconfigure;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.Function;

import io.github.kratosadmin.KratosAdmin;
import org.jspecify.annotations.Nullable;

/**
 * Proxy of an API such as {@link io.github.kratosadmin.identity.IdentityApi}. Each call
 * gets the API from {@link KratosAdmin}, as a mock of {@code KratosAdmin} is not yet set
 * up when beans are created.
 */
final class ApiProxy implements InvocationHandler {

	private final Class<?> type;

	private final KratosAdmin kratos;

	private final Function<KratosAdmin, ? extends @Nullable Object> getter;

	private ApiProxy(Class<?> type, KratosAdmin kratos, Function<KratosAdmin, ? extends @Nullable Object> getter) {
		this.type = type;
		this.kratos = kratos;
		this.getter = getter;
	}

	static <T> T of(Class<T> type, KratosAdmin kratos, Function<KratosAdmin, T> getter) {
		return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type },
				new ApiProxy(type, kratos, getter)));
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
			return method.invoke(target(), args);
		}
		catch (InvocationTargetException ex) {
			throw ex.getTargetException();
		}
	}

	/**
	 * Returns the API to which a proxy delegates.
	 */
	static Object target(Object proxy) {
		return ((ApiProxy) Proxy.getInvocationHandler(proxy)).target();
	}

	private Object target() {
		Object target = this.getter.apply(this.kratos);
		if (target == null) {
			throw new IllegalStateException("The KratosAdmin bean of type " + this.kratos.getClass().getName()
					+ " returned no " + this.type.getSimpleName() + ". If it is a mock, make it return one, or mock "
					+ this.type.getSimpleName() + " as well");
		}
		return target;
	}

	@Override
	public String toString() {
		return this.type.getSimpleName() + " of " + this.kratos;
	}

}
