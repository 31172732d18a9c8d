package io.github.kratosadmin.testing;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import javax.net.ssl.SSLContext;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.github.kratosadmin.error.KratosError;
import io.github.kratosadmin.error.KratosException;
import io.github.kratosadmin.internal.json.KratosJson;
import io.github.kratosadmin.selfservice.UiNodeAttributes;
import io.github.kratosadmin.session.ManageSessions;
import io.github.kratosadmin.session.ManageSessionsAction;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/**
 * Creates records of the public types, found by reflection. Every text in them names its
 * place: {@code <<Record.component>>}.
 */
public final class Samples {

	public static final Pattern CANARY = Pattern.compile("<<(.*?)>>");

	private static final List<? extends Class<?>> TYPES = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.withImportOption((location) -> !location.contains("/kratosadmin/internal/"))
		.importPackages("io.github.kratosadmin")
		.stream()
		.map(JavaClass::reflect)
		.filter(Samples::isPublic)
		.toList();

	private final Predicate<RecordComponent> absent;

	private final Map<String, Object> fixed;

	/**
	 * Creates records with other values.
	 * @param absent the components that have no value
	 * @param fixed values by {@code Record.component}
	 */
	public Samples(Predicate<RecordComponent> absent, Map<String, Object> fixed) {
		this.absent = absent;
		this.fixed = fixed;
	}

	public static List<? extends Class<?>> types(Predicate<Class<?>> which) {
		return TYPES.stream().filter(which).toList();
	}

	private static boolean isPublic(Class<?> type) {
		Class<?> outer = type.getEnclosingClass();
		return Modifier.isPublic(type.getModifiers()) && (outer == null || isPublic(outer));
	}

	public static Object of(Class<?> type) {
		return new Samples((component) -> false, Map.of()).make(type);
	}

	public Object make(Class<?> type) {
		RecordComponent[] components = type.getRecordComponents();
		Object[] values = Arrays.stream(components).map((component) -> value(type, component)).toArray();
		try {
			return type
				.getDeclaredConstructor(
						Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new))
				.newInstance(values);
		}
		catch (InvocationTargetException ex) {
			throw new IllegalStateException(type + " cannot be made", ex.getCause());
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(type + " cannot be made", ex);
		}
	}

	private Object value(Class<?> type, RecordComponent component) {
		String name = type.getSimpleName() + "." + component.getName();
		// A page token must be valid, and is not personal.
		if (component.getName().equals("pageToken") || this.absent.test(component)) {
			return null;
		}
		if (component.getName().equals("startAfter")) {
			return new UUID(0, 0).toString();
		}
		if (type == ManageSessions.class && component.getType() != ManageSessionsAction.class) {
			// Exactly one of the lists may be set, and an id must be a UUID.
			return component.getName().equals("sessions") ? List.of(new UUID(0, 0).toString()) : null;
		}
		return this.fixed.containsKey(name) ? this.fixed.get(name) : value(component.getGenericType(), name);
	}

	public Object value(Type type, String name) {
		String canary = "<<" + name + ">>";
		if (type == BooleanSupplier.class) {
			return (BooleanSupplier) () -> false;
		}
		if (type instanceof ParameterizedType generic) {
			if (generic.getRawType() == Consumer.class) {
				return (Consumer<Object>) (given) -> {
				};
			}
			Type[] of = generic.getActualTypeArguments();
			if (generic.getRawType() == Map.class) {
				return Map.of((of[0] == String.class) ? canary + "key" : value(of[0], name), value(of[1], name));
			}
			return List.of(value(of[0], name));
		}
		if (type == JsonNode.class) {
			return KratosJson.mapper().valueToTree(Map.of(canary, canary));
		}
		if (type instanceof Class<?> plain && plain.isRecord()) {
			return make(plain);
		}
		if (type instanceof Class<?> plain && plain.isEnum()) {
			return plain.getEnumConstants()[0];
		}
		return Stream
			.of(canary, 1, 1L, true, Duration.ofSeconds(1), Instant.EPOCH, StringNode.valueOf(canary),
					new IllegalStateException("failure"), new KratosException("x", 500, KratosError.NONE), sslContext(),
					Map.of("id", new IllegalStateException("failure")),
					new UiNodeAttributes.Text(canary, null, null, Map.of()))
			.filter((value) -> boxed((Class<?>) ((type instanceof Class<?>) ? type : String.class)).isInstance(value))
			.findFirst()
			.orElseThrow(() -> new IllegalStateException("no value for " + type));
	}

	private static Class<?> boxed(Class<?> type) {
		return Map
			.<Class<?>, Class<?>>of(int.class, Integer.class, long.class, Long.class, boolean.class, Boolean.class)
			.getOrDefault(type, type);
	}

	private static SSLContext sslContext() {
		try {
			return SSLContext.getDefault();
		}
		catch (java.security.NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
