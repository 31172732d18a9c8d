package io.github.kratosadmin.internal.operation;

import org.jspecify.annotations.Nullable;

/**
 * An operation and what it is called with.
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

	public String operation() {
		return this.operation.operation();
	}

	/**
	 * Whether the operation reads only.
	 */
	public boolean read() {
		return this.operation.read();
	}

	/**
	 * What is sent as the body, {@code null} if there is none.
	 */
	public @Nullable Object body() {
		return this.operation.body(this.values);
	}

	/**
	 * The text of an argument.
	 * @param name the name of the argument as it is sent
	 * @return the text, empty if the argument is {@code null}
	 */
	public String text(String name) {
		for (int i = 0; i < this.values.length; i++) {
			if (this.operation.name(i).equals(name)) {
				Object value = this.values[i];
				return (value != null) ? value.toString() : "";
			}
		}
		throw new IllegalArgumentException(operation() + " has no argument " + name);
	}

}
