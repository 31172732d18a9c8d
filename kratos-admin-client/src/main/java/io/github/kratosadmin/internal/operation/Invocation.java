package io.github.kratosadmin.internal.operation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * An operation and its arguments.
 */
public final class Invocation {

	private final Operation operation;

	private final @Nullable Object[] values;

	/**
	 * Creates an invocation.
	 * @param operation the operation
	 * @param values the original arguments, before ids are encoded
	 */
	public Invocation(Operation operation, @Nullable Object[] values) {
		this.operation = operation;
		this.values = values;
	}

	public Operation operation() {
		return this.operation;
	}

	/**
	 * The name of the operation.
	 */
	public String name() {
		return this.operation.name();
	}

	/**
	 * The original arguments.
	 */
	public @Nullable Object[] values() {
		return this.values;
	}

	/**
	 * The request body, {@code null} if there is none.
	 */
	public @Nullable Object body() {
		return this.operation.body(this.values);
	}

	/**
	 * The arguments that are not {@code null}, without the body, by their names in the
	 * request.
	 */
	public Map<String, Object> arguments() {
		Map<String, Object> arguments = new LinkedHashMap<>();
		for (int i = 0; i < this.values.length; i++) {
			Object value = this.values[i];
			if (value != null && !this.operation.isBody(i)) {
				arguments.put(this.operation.argumentName(i),
						(value instanceof List<?> list) ? Collections.unmodifiableList(new ArrayList<>(list)) : value);
			}
		}
		return Collections.unmodifiableMap(arguments);
	}

	/**
	 * The value of an argument.
	 * @param name the name of the argument in the request
	 * @return the value, {@code null} if it is not set or there is no such argument
	 */
	public @Nullable Object value(String name) {
		for (int i = 0; i < this.values.length; i++) {
			if (this.operation.argumentName(i).equals(name)) {
				return this.values[i];
			}
		}
		return null;
	}

	/**
	 * The value of an argument as text.
	 * @param name the name of the argument in the request
	 * @return the text, {@code null} if it is not set or there is no such argument
	 */
	public @Nullable String text(String name) {
		Object value = value(name);
		return (value != null) ? value.toString() : null;
	}

}
