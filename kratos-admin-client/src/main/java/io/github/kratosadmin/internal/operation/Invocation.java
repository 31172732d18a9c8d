package io.github.kratosadmin.internal.operation;

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
	 * @param values its arguments as they were given, before ids are encoded
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
	 * The arguments as they were given.
	 */
	public @Nullable Object[] values() {
		return this.values;
	}

	/**
	 * What is sent as the body, {@code null} if there is none.
	 */
	public @Nullable Object body() {
		return this.operation.body(this.values);
	}

	/**
	 * The value of an argument.
	 * @param name the name of the argument as it is sent
	 * @return the value, {@code null} if there is none or no such argument
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
	 * The text of an argument.
	 * @param name the name of the argument as it is sent
	 * @return the text, {@code null} if there is none or no such argument
	 */
	public @Nullable String text(String name) {
		Object value = value(name);
		return (value != null) ? value.toString() : null;
	}

}
