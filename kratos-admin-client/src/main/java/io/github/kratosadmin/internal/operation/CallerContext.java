package io.github.kratosadmin.internal.operation;

import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Passes the bearer token, the observation and the thread-locals of the calling thread on
 * to the threads that run tasks of the client. A provider of tokens may depend on the
 * thread, for example on its security context.
 */
public final class CallerContext {

	/**
	 * For threads outside of a client's methods, and other implementations of clients.
	 */
	public static final CallerContext NONE = new CallerContext(() -> null, false, ObservationRegistry.NOOP, null);

	private static final ThreadLocal<@Nullable CallerContext> CURRENT = new ThreadLocal<>();

	private final Supplier<@Nullable String> caller;

	private final boolean renewable;

	private final ObservationRegistry registry;

	private final @Nullable Executor executor;

	/** The threads of the client by their name, unless there is an executor. */
	private final Map<String, Executor> threads = new ConcurrentHashMap<>();

	private final ThreadLocal<@Nullable HandedOver> handedOver = new ThreadLocal<>();

	/**
	 * Creates the context of a client.
	 * @param token supplies the token of the current thread
	 * @param renewable whether there may be another token after this one was refused
	 * @param registry the registry of the observations
	 * @param executor runs the tasks, {@code null} for threads of the client
	 */
	public CallerContext(Supplier<@Nullable String> token, boolean renewable, ObservationRegistry registry,
			@Nullable Executor executor) {
		this.caller = token;
		this.renewable = renewable;
		this.registry = registry;
		this.executor = executor;
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
		HandedOver handedOver = this.handedOver.get();
		return (handedOver != null && handedOver.token() != null) ? handedOver.token() : this.caller.get();
	}

	/**
	 * Whether there may be another token after one was refused.
	 */
	public boolean hasRenewableToken() {
		return this.renewable;
	}

	/**
	 * Whether the token of this thread was handed over to it. The provider is not asked
	 * for another one in this thread, as its token may depend on the thread.
	 */
	public boolean hasHandedOverToken() {
		HandedOver handedOver = this.handedOver.get();
		return handedOver != null && handedOver.token() != null;
	}

	/**
	 * The observation that was handed over to this thread.
	 * @return the observation, {@code null} if there is none
	 */
	public @Nullable Observation parentObservation() {
		HandedOver handedOver = this.handedOver.get();
		return (handedOver != null) ? handedOver.parent() : null;
	}

	/**
	 * Whether this thread runs interceptors, or a task of one.
	 */
	public boolean isIntercepting() {
		HandedOver handedOver = this.handedOver.get();
		return handedOver != null && handedOver.intercepting();
	}

	/**
	 * Runs interceptors.
	 */
	public void intercept(Runnable interceptors) {
		HandedOver outer = this.handedOver.get();
		this.handedOver.set((outer != null) ? new HandedOver(outer.token(), outer.parent(), true)
				: new HandedOver(null, null, true));
		try {
			interceptors.run();
		}
		finally {
			restore(this.handedOver, outer);
		}
	}

	/**
	 * Returns an instance that runs tasks for this client.
	 * @param threadName the name of its threads, if they are not those of an executor
	 * @return the instance, without tasks
	 */
	public BackgroundTasks newTasks(String threadName) {
		return (this.executor != null) ? BackgroundTasks.withExecutor(this.executor)
				: BackgroundTasks.withThreads(this.threads.computeIfAbsent(threadName, BackgroundTasks::newThreads));
	}

	/**
	 * Hands the token, the observation and the thread-locals of this thread over to a
	 * task of another thread.
	 * @param <T> the type of the result
	 * @param task the task of the other thread
	 * @return the task with what is handed over
	 */
	public <T> Callable<T> handOver(Callable<T> task) {
		// The observation too, as it may not be among the thread-locals.
		HandedOver handedOver = new HandedOver(token(), this.registry.getCurrentObservation(), isIntercepting());
		return ThreadLocals.handOver(() -> {
			HandedOver outer = this.handedOver.get();
			this.handedOver.set(handedOver);
			try {
				return task.call();
			}
			finally {
				restore(this.handedOver, outer);
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

	/**
	 * What a thread of the client has from the calling thread.
	 *
	 * @param token the token, {@code null} for that of the provider
	 * @param parent the parent of observations, {@code null} if there is none
	 * @param intercepting whether an interceptor makes the calls
	 */
	private record HandedOver(@Nullable String token, @Nullable Observation parent, boolean intercepting) {

	}

}
