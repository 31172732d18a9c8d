package io.github.kratosadmin.internal.operation;

import org.jspecify.annotations.Nullable;

/**
 * A step of a call was not started or was interrupted, because the call is over.
 */
public final class CallOverException extends IllegalStateException {

	CallOverException(@Nullable String reason, @Nullable Throwable cause) {
		super(reason, cause);
	}

}
