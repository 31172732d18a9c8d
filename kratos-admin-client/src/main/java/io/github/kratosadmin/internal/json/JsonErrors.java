package io.github.kratosadmin.internal.json;

import java.util.List;

import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.exc.ValueInstantiationException;

/**
 * Describes where and why JSON could not be read. Unlike the messages of Jackson, these
 * do not quote values, which may be secrets.
 */
public final class JsonErrors {

	private JsonErrors() {
	}

	/**
	 * Describes a failure by field, reason and position.
	 * @param ex the failure
	 * @return the description, without any value of the JSON
	 */
	public static String describe(JacksonException ex) {
		return describe(ex, ex.getPath(), reason(ex));
	}

	/**
	 * Describes a failure like {@link #describe}, but without the name of an unknown
	 * field, which may be a value in the wrong place.
	 * @param ex the failure
	 * @return the description
	 */
	public static String describeWithoutUnknownField(JacksonException ex) {
		List<JacksonException.Reference> path = ex.getPath();
		return (ex instanceof UnrecognizedPropertyException)
				? describe(ex, path.subList(0, path.size() - 1), "unknown field") : describe(ex);
	}

	private static String describe(JacksonException ex, List<JacksonException.Reference> path, String reason) {
		StringBuilder text = new StringBuilder();
		for (JacksonException.Reference step : path) {
			text.append('/').append((step.getPropertyName() != null) ? step.getPropertyName() : step.getIndex());
		}
		if (!text.isEmpty()) {
			text.append(": ");
		}
		text.append(reason);
		TokenStreamLocation location = ex.getLocation();
		if (location != null && location.getColumnNr() > 0) {
			text.append(" at line ").append(location.getLineNr()).append(", column ").append(location.getColumnNr());
		}
		return text.toString();
	}

	private static String reason(JacksonException ex) {
		if (ex instanceof UnexpectedEndOfInputException) {
			return "the JSON ends too early";
		}
		if (ex instanceof StreamConstraintsException) {
			return ex.getOriginalMessage();
		}
		if (ex instanceof ValueInstantiationException && ex.getCause() != null) {
			String message = ex.getCause().getMessage();
			return (message != null) ? message : ex.getCause().getClass().getSimpleName();
		}
		if (ex instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null) {
			return "expected " + mismatch.getTargetType().getSimpleName()
					+ ((mismatch.getCurrentToken() != null) ? ", found " + mismatch.getCurrentToken() : "");
		}
		return (ex instanceof MismatchedInputException) ? "unexpected JSON" : "not JSON";
	}

}
