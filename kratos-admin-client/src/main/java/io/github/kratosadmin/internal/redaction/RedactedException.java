package io.github.kratosadmin.internal.redaction;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Replaces a cause whose message contains a sensitive value.
 */
final class RedactedException extends Exception {

	private final String type;

	private RedactedException(Throwable original, UnaryOperator<String> redaction) {
		super((original.getMessage() != null) ? redaction.apply(original.getMessage()) : null);
		this.type = original.getClass().getName();
		setStackTrace(original.getStackTrace());
	}

	static RedactedException of(Throwable original, UnaryOperator<String> redaction) {
		return of(original, redaction, new IdentityHashMap<>());
	}

	private static RedactedException of(Throwable original, UnaryOperator<String> redaction,
			Map<Throwable, RedactedException> made) {
		RedactedException redacted = new RedactedException(original, redaction);
		made.put(original, redacted);
		Throwable cause = original.getCause();
		if (cause != null && !made.containsKey(cause)) {
			redacted.initCause(of(cause, redaction, made));
		}
		for (Throwable suppressed : original.getSuppressed()) {
			if (!made.containsKey(suppressed)) {
				redacted.addSuppressed(of(suppressed, redaction, made));
			}
		}
		return redacted;
	}

	/**
	 * Shows the class of the original exception.
	 */
	@Override
	public String toString() {
		String message = getMessage();
		return (message != null) ? this.type + ": " + message : this.type;
	}

}
