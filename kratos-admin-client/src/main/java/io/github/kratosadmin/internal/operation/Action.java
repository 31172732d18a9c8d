package io.github.kratosadmin.internal.operation;

import org.jspecify.annotations.Nullable;

/**
 * A step of a call, such as one attempt to send its request.
 */
@FunctionalInterface
public interface Action {

	/**
	 * Runs this step.
	 * @return the result, or {@code null} if there is none
	 * @throws Throwable if it fails
	 */
	@Nullable Object run() throws Throwable;

}
