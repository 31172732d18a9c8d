package io.github.kratosadmin.internal.operation;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.kratosadmin.version.SinceKratos;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a request body, at any depth, that only newer versions of Kratos have.
 */
final class BodyFields {

	private static final ClassValue<BodyFields> TYPES = new ClassValue<>() {

		@Override
		protected BodyFields computeValue(Class<?> type) {
			return new BodyFields(type);
		}

	};

	private final List<Field> fields = new ArrayList<>();

	private BodyFields(Class<?> type) {
		if (!type.isRecord()) {
			return;
		}
		for (RecordComponent component : type.getRecordComponents()) {
			SinceKratos annotation = component.getAnnotation(SinceKratos.class);
			Since since = (annotation != null) ? Since.of(name(component), annotation) : null;
			Class<?> nestedType = recordType(component.getGenericType());
			boolean nested = nestedType != null && !TYPES.get(nestedType).fields.isEmpty();
			if (since != null || nested) {
				component.getAccessor().setAccessible(true);
				this.fields.add(new Field(component, since, nested));
			}
		}
	}

	/**
	 * Finds the fields that a body has.
	 */
	static void find(Object body, Consumer<Since> found) {
		if (body instanceof List<?> list) {
			list.forEach((item) -> find(item, found));
			return;
		}
		for (Field field : TYPES.get(body.getClass()).fields) {
			Object value = field.value(body);
			if (value == null) {
				continue;
			}
			if (field.since() != null) {
				found.accept(field.since());
			}
			// No entry for a type of the JDK, such as String: it would keep this class
			// from being unloaded with its application.
			if (field.nested()) {
				find(value, found);
			}
		}
	}

	private static String name(RecordComponent component) {
		JsonProperty property = component.getAccessor().getAnnotation(JsonProperty.class);
		return (property != null) ? property.value() : component.getName();
	}

	/**
	 * The record that a component is, or is a list of.
	 */
	private static @Nullable Class<?> recordType(Type type) {
		if (type instanceof ParameterizedType list) {
			return Arrays.stream(list.getActualTypeArguments())
				.map(BodyFields::recordType)
				.filter((argument) -> argument != null)
				.findFirst()
				.orElse(null);
		}
		return (type instanceof Class<?> plain && plain.isRecord()) ? plain : null;
	}

	/**
	 * A field.
	 *
	 * @param component the record component
	 * @param since the first version that has it, or {@code null} for every version
	 * @param nested whether its value may have such fields itself
	 */
	private record Field(RecordComponent component, @Nullable Since since, boolean nested) {

		@Nullable Object value(Object record) {
			try {
				return this.component.getAccessor().invoke(record);
			}
			catch (IllegalAccessException | InvocationTargetException ex) {
				throw new IllegalStateException("Failed to read " + this.component, ex);
			}
		}

	}

}
