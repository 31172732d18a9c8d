package io.github.kratosadmin.testing;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.identity.BatchPatchIdentities;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.identity.IdentityPath;
import io.github.kratosadmin.identity.IdentityState;
import io.github.kratosadmin.identity.JsonPatch;
import io.github.kratosadmin.identity.UpdateIdentity;
import io.github.kratosadmin.internal.feign.CourierOperations;
import io.github.kratosadmin.internal.feign.IdentityOperations;
import io.github.kratosadmin.internal.feign.SchemaOperations;
import io.github.kratosadmin.internal.feign.SessionOperations;
import io.github.kratosadmin.internal.operation.Invocation;
import io.github.kratosadmin.internal.operation.Operation;
import io.github.kratosadmin.metadata.MetadataApi;
import io.github.kratosadmin.recovery.CreateRecoveryCode;
import io.github.kratosadmin.recovery.CreateRecoveryLink;
import io.github.kratosadmin.recovery.RecoveryApi;
import io.github.kratosadmin.selfservice.CreateTestLoginFlow;
import io.github.kratosadmin.selfservice.SelfServiceApi;
import io.github.kratosadmin.session.ManageSessions;
import io.github.kratosadmin.session.ManageSessions.Confirmation;
import io.github.kratosadmin.session.ManageSessionsAction;

/**
 * All declared operations, found by reflection, and arguments for them.
 */
public final class Operations {

	private static final Map<Class<?>, Object> BODIES = Map.of(CreateIdentity.class,
			CreateIdentity.builder().traits(Map.of()).build(), UpdateIdentity.class,
			UpdateIdentity.builder().traits(Map.of()).build(), JsonPatch.class,
			JsonPatch.builder().add(IdentityPath.state(), IdentityState.ACTIVE).build(), BatchPatchIdentities.class,
			new BatchPatchIdentities(List.of()), CreateRecoveryLink.class, new CreateRecoveryLink("x"),
			CreateRecoveryCode.class, new CreateRecoveryCode("x"), ManageSessions.class,
			ManageSessions.ofEverybody(ManageSessionsAction.DISABLE, Confirmation.SIGN_OUT_EVERYBODY),
			CreateTestLoginFlow.class, new CreateTestLoginFlow("x"));

	private Operations() {
	}

	public static Stream<Method> all() {
		return Stream
			.of(IdentityOperations.class, SessionOperations.class, RecoveryApi.class, SchemaOperations.class,
					CourierOperations.class, SelfServiceApi.class, MetadataApi.class)
			.flatMap((type) -> Arrays.stream(type.getMethods()))
			.filter((method) -> Modifier.isAbstract(method.getModifiers()));
	}

	private static Stream<Method> groups() {
		return Arrays.stream(KratosAdmin.class.getMethods())
			.filter((method) -> method.getReturnType().getSimpleName().endsWith("Api"));
	}

	/**
	 * Returns whether a parameter accepts one or more texts, possibly wrapped in a
	 * record.
	 */
	public static boolean isText(Parameter parameter) {
		return BODIES.get(parameter.getType()) == null && argument(parameter, "x") != null;
	}

	/**
	 * Returns an argument for a parameter, the text if the parameter accepts one.
	 */
	public static Object argument(Parameter parameter, String text) {
		Type type = parameter.getParameterizedType();
		return (type instanceof ParameterizedType list) ? List.of(value(list.getActualTypeArguments()[0], text))
				: value(type, text);
	}

	private static Object value(Type type, String text) {
		if (type == String.class) {
			return text;
		}
		Class<?> plain = (Class<?>) type;
		if (!plain.isRecord() || BODIES.containsKey(plain)) {
			return BODIES.get(plain);
		}
		try {
			return plain.getConstructor(String.class).newInstance(text);
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException("no value for " + type, ex);
		}
	}

	/**
	 * Calls an operation.
	 * @throws RuntimeException if the operation throws one
	 */
	public static Object call(KratosAdmin admin, Method operation, Object... arguments) throws Exception {
		Method group = groups()
			.filter((method) -> method.getReturnType().isAssignableFrom(operation.getDeclaringClass()))
			.findFirst()
			.orElseThrow();
		try {
			return operation.invoke(group.invoke(admin), arguments);
		}
		catch (InvocationTargetException ex) {
			if (ex.getCause() instanceof RuntimeException cause) {
				throw cause;
			}
			throw ex;
		}
	}

	/**
	 * Returns a call of the operation with a name, with {@code null} as its arguments.
	 */
	public static Invocation invocation(String name) {
		Method method = all().filter((operation) -> operation.getName().equals(name)).findFirst().orElseThrow();
		return new Invocation(Operation.of(method), new Object[method.getParameterCount()]);
	}

}
