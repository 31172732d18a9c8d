package io.github.kratosadmin.internal.operation;

import java.util.concurrent.Callable;
import java.util.function.Supplier;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Passes the bearer token, the observation and the thread-locals of the calling thread on
 * to threads of the client. A provider of tokens may depend on the thread, for example on
 * its security context.
 */
public final class CallerContext {

	/**
	 * For threads outside of a client's methods, and other implementations of clients.
	 */
	public static final CallerContext NONE = new CallerContext(() -> null, ObservationRegistry.NOOP);

	private static final ThreadLocal<@Nullable CallerContext> CURRENT = new ThreadLocal<>();

	private final Supplier<@Nullable String> caller;

	private final ObservationRegistry registry;

	private final ThreadLocal<@Nullable String> handedOver = new ThreadLocal<>();

	private final ThreadLocal<@Nullable Observation> parent = new ThreadLocal<>();

	/**
	 * Creates the context of a client.
	 * @param token supplies the token of the current thread
	 * @param registry the registry of the observations
	 */
	public CallerContext(Supplier<@Nullable String> token, ObservationRegistry registry) {
		this.caller = token;
		this.registry = registry;
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
			restore(CURRENT, outer);
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
	 * The observation that was handed over to this thread.
	 * @return the observation, {@code null} if there is none
	 */
	public @Nullable Observation parentObservation() {
		return this.parent.get();
	}

	/**
	 * Hands the token, the observation and the thread-locals of this thread over to a
	 * task of another thread.
	 * @param <T> the type of the result
	 * @param task the task of the other thread
	 * @return the task with what is handed over
	 */
	public <T> Callable<T> handOver(Callable<T> task) {
		String token = token();
		// Explicitly, as the observation may not be among the thread-locals.
		Observation observation = this.registry.getCurrentObservation();
		return ThreadLocals.handOver(() -> {
			String outerToken = this.handedOver.get();
			Observation outerParent = this.parent.get();
			this.handedOver.set(token);
			this.parent.set(observation);
			try {
				return task.call();
			}
			finally {
				restore(this.handedOver, outerToken);
				restore(this.parent, outerParent);
			}
		});
	}

	private static <T> void restore(ThreadLocal<@Nullable T> threadLocal, @Nullable T outer) {
		if (outer != null) {
			threadLocal.set(outer);
		}
		else {
			threadLocal.remove();
		}
	}

}
