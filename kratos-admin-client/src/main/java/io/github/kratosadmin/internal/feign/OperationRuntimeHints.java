package io.github.kratosadmin.internal.feign;

import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.util.List;

import io.github.kratosadmin.error.KratosError;
import io.github.kratosadmin.identity.ImportResult;
import io.github.kratosadmin.identity.OffboardResult;
import io.github.kratosadmin.identity.ResolvedRow;
import io.github.kratosadmin.recovery.Invitation;
import io.github.kratosadmin.selfservice.UiNodeAttributes;
import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.ReflectionHints;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.util.ClassUtils;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * {@link RuntimeHintsRegistrar} for the interfaces that Feign implements, and for the
 * types of their requests and responses.
 */
class OperationRuntimeHints implements RuntimeHintsRegistrar {

	private final BindingReflectionHintsRegistrar bindings = new BindingReflectionHintsRegistrar();

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		for (Class<?> type : FeignClients.GROUPS.keySet()) {
			hints.proxies().registerJdkProxy(type);
			registerMethods(hints.reflection(), type);
		}
		// Spring's contract creates these annotations from the attributes of others.
		for (Class<?> annotation : List.of(RequestMapping.class, PathVariable.class, RequestParam.class,
				RequestHeader.class)) {
			hints.proxies().registerJdkProxy(annotation);
		}
		// Feign calls default methods with the lookup that this method returns.
		hints.reflection()
			.registerMethod(ClassUtils.getMethod(MethodHandles.class, "privateLookupIn", Class.class,
					MethodHandles.Lookup.class), ExecutableMode.INVOKE);
		registerOtherTypes(hints.reflection());
		// ThreadLocals looks for it by name.
		hints.reflection().registerTypeIfPresent(classLoader, "io.micrometer.context.ContextSnapshotFactory");
	}

	private void registerMethods(ReflectionHints hints, Class<?> type) {
		hints.registerType(type, MemberCategory.INVOKE_PUBLIC_METHODS);
		hints.registerForInterfaces(type, (hint) -> hint.withMembers(MemberCategory.INVOKE_PUBLIC_METHODS));
		for (Method method : type.getMethods()) {
			this.bindings.registerReflectionHints(hints, method.getGenericReturnType());
			this.bindings.registerReflectionHints(hints, method.getGenericParameterTypes());
		}
	}

	/**
	 * Registers the types that no operation names: errors, the results of tasks, and the
	 * attributes among which {@link UiNodeAttributes} selects by the type of the node.
	 */
	private void registerOtherTypes(ReflectionHints hints) {
		this.bindings.registerReflectionHints(hints, KratosError.class, ImportResult.class, OffboardResult.class,
				Invitation.class, ResolvedRow.class);
		this.bindings.registerReflectionHints(hints, UiNodeAttributes.class.getPermittedSubclasses());
	}

}
