package io.github.kratosadmin.internal.operation;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.kratosadmin.version.SinceKratos;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a type of request body that not every version supports, at any depth.
 * Created once with the operation.
 */
final class BodyFields {

	private final List<Field> fields = new ArrayList<>();

	private BodyFields() {
	}

	/**
	 * Finds the fields of a type. Types other than records have none.
	 */
	static BodyFields of(Class<?> type) {
		BodyFields found = new BodyFields();
		for (RecordComponent component : type.isRecord() ? type.getRecordComponents() : new RecordComponent[0]) {
			SinceKratos annotation = component.getAnnotation(SinceKratos.class);
			Since since = (annotation != null) ? Since.of(name(component), annotation) : null;
			Class<?> nestedType = recordType(component.getGenericType());
			BodyFields nested = (nestedType != null) ? of(nestedType) : new BodyFields();
			if (since != null || !nested.fields.isEmpty()) {
				component.getAccessor().setAccessible(true);
				found.fields.add(new Field(component.getAccessor(), since, nested));
			}
		}
		return found;
	}

	/**
	 * Finds the fields that are set in a body of the type.
	 */
	void find(Object body, Consumer<Since> found) {
		if (body instanceof List<?> list) {
			list.forEach((item) -> find(item, found));
			return;
		}
		for (Field field : this.fields) {
			Object value = field.value(body);
			if (value == null) {
				continue;
			}
			if (field.since() != null) {
				found.accept(field.since());
			}
			if (!field.nested().fields.isEmpty()) {
				field.nested().find(value, found);
			}
		}
	}

	private static String name(RecordComponent component) {
		JsonProperty property = component.getAccessor().getAnnotation(JsonProperty.class);
		return (property != null) ? property.value() : component.getName();
	}

	/**
	 * The record type of a component or of its list items.
	 */
	private static @Nullable Class<?> recordType(Type type) {
		if (type instanceof ParameterizedType list) {
			return Stream.of(list.getActualTypeArguments())
				.map(BodyFields::recordType)
				.filter(Objects::nonNull)
				.findFirst()
				.orElse(null);
		}
		return (type instanceof Class<?> plain && plain.isRecord()) ? plain : null;
	}

	/**
	 * A field.
	 *
	 * @param accessor reads it from the record
	 * @param since the first version that supports it, or {@code null} for every version
	 * @param nested the fields of its type, or of its items if it is a list
	 */
	private record Field(Method accessor, @Nullable Since since, BodyFields nested) {

		@Nullable Object value(Object body) {
			try {
				return this.accessor.invoke(body);
			}
			catch (IllegalAccessException | InvocationTargetException ex) {
				throw new IllegalStateException("Failed to read " + this.accessor, ex);
			}
		}

	}

}
