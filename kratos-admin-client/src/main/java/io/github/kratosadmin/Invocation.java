package io.github.kratosadmin;

import org.jspecify.annotations.Nullable;

/**
 * An operation and what it is called with.
 */
final class Invocation {

	private final OperationArguments operation;

	private final @Nullable Object[] values;

	/**
	 * Creates an invocation.
	 * @param operation the operation
	 * @param values its arguments as they were given, before ids are encoded
	 */
	Invocation(OperationArguments operation, @Nullable Object[] values) {
		this.operation = operation;
		this.values = values;
	}

	String operation() {
		return this.operation.operation();
	}

	/**
	 * Whether the operation reads only.
	 */
	boolean read() {
		return this.operation.read();
	}

	/**
	 * What is sent as the body, {@code null} if there is none.
	 */
	@Nullable Object body() {
		return this.operation.body(this.values);
	}

	/**
	 * The text of an argument.
	 * @param name the name of the argument as it is sent
	 * @return the text, empty if the argument is {@code null}
	 */
	String text(String name) {
		for (int i = 0; i < this.values.length; i++) {
			if (this.operation.name(i).equals(name)) {
				Object value = this.values[i];
				return (value != null) ? value.toString() : "";
			}
		}
		throw new IllegalArgumentException(operation() + " has no argument " + name);
	}

}
