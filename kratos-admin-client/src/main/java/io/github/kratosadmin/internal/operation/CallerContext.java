package io.github.kratosadmin.internal.operation;

import java.util.concurrent.Callable;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Passes the bearer token of the calling thread on to threads of the client. A provider
 * may depend on the thread, for example on its security context.
 */
public final class CallerContext {

	/** For clients without a provider of bearer tokens. */
	public static final CallerContext NONE = new CallerContext(() -> null);

	private static final ThreadLocal<@Nullable CallerContext> CURRENT = new ThreadLocal<>();

	private final Supplier<@Nullable String> caller;

	private final ThreadLocal<@Nullable String> handedOver = new ThreadLocal<>();

	/**
	 * Creates the context of a client.
	 * @param token supplies the token of the current thread
	 */
	public CallerContext(Supplier<@Nullable String> token) {
		this.caller = token;
	}

	/**
	 * The context of the client whose method this thread is running.
	 * @return the context, {@link #NONE} outside of a client's methods
	 */
	public static CallerContext current() {
		CallerContext current = CURRENT.get();
		return (current != null) ? current : NONE;
	}

	/**
	 * Makes this context the current one during an action.
	 * @param action the action
	 * @return the result of the action
	 * @throws Throwable if the action fails
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
	 * The token for a request of this thread: the one handed over to it, otherwise the
	 * one from the provider.
	 * @return the token, {@code null} if there is none
	 */
	public @Nullable String token() {
		String token = this.handedOver.get();
		return (token != null) ? token : this.caller.get();
	}

	/**
	 * Hands the token of this thread over to a task of another thread.
	 * @param <T> the type of the result
	 * @param task the task of the other thread
	 * @return the task with the token
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
