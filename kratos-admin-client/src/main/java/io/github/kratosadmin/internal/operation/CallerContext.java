package io.github.kratosadmin.internal.operation;

import java.util.concurrent.Callable;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Passes the bearer token of the calling thread on to threads of the client. A provider
 * may depend on the thread, for example on its security context.
 */
public final class CallerContext {

	/** For calls of whatever needs nothing of the caller. */
	public static final CallerContext NONE = new CallerContext(() -> null);

	private static final ThreadLocal<@Nullable CallerContext> CURRENT = new ThreadLocal<>();

	private final Supplier<@Nullable String> caller;

	private final ThreadLocal<@Nullable String> handedOver = new ThreadLocal<>();

	/**
	 * Creates the context of a client.
	 * @param token asks for the token in the thread that it is called in
	 */
	public CallerContext(Supplier<@Nullable String> token) {
		this.caller = token;
	}

	/**
	 * The context of the client whose method this thread is in.
	 * @return the context, {@link #NONE} outside of a client's methods
	 */
	public static CallerContext current() {
		CallerContext current = CURRENT.get();
		return (current != null) ? current : NONE;
	}

	/**
	 * Makes this context the current one while something is done.
	 * @param action what to do
	 * @return its result
	 * @throws Throwable if it fails
	 */
	public @Nullable Object during(Action action) throws Throwable {
		CallerContext outer = CURRENT.get();
		CURRENT.set(this);
		try {
			return action.run();
		}
		finally {
			if (outer != null) {
				CURRENT.set(outer);
			}
			else {
				CURRENT.remove();
			}
		}
	}

	/**
	 * The token for a request of this thread: the one that was handed over to it, or else
	 * the one that the provider gives.
	 * @return the token, {@code null} if there is none
	 */
	public @Nullable String token() {
		String token = this.handedOver.get();
		return (token != null) ? token : this.caller.get();
	}

	/**
	 * Asks for the token in this thread, for something that another thread does.
	 * @param <T> the type of the result
	 * @param task what the other thread does
	 * @return the same with that token
	 */
	public <T> Callable<T> handOver(Callable<T> task) {
		String token = token();
		return () -> {
			this.handedOver.set(token);
			try {
				return task.call();
			}
			finally {
				this.handedOver.remove();
			}
		};
	}

}
