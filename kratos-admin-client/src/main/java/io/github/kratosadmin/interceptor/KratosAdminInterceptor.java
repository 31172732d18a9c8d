package io.github.kratosadmin.interceptor;

/**
 * Callback before and after each operation of a client, for example to write an audit
 * log. It can add headers and refuse the operation. It cannot change the rest of the
 * request or the result.
 * <p>
 * With the starter, a bean of this type is for all clients, or, with the name of a client
 * as its {@code @Qualifier}, for this client alone.
 * <p>
 * If a method calls several operations, such as a stream or an import, each of them is
 * intercepted. Requests that support an operation, such as the lookup of the version, are
 * not intercepted. The same applies to operations that an interceptor itself calls with
 * the same client.
 * <p>
 * An interceptor must be thread-safe. It runs in the thread that calls the operation. In
 * an import, or in a stream that reads ahead, this is a thread of the client. The time of
 * an interceptor does not count towards the call timeout.
 */
public interface KratosAdminInterceptor {

	/**
	 * Called before an operation. Interceptors are called in their order.
	 * @param call the operation and its arguments
	 * @throws RuntimeException to refuse the operation: nothing is sent, further
	 * interceptors are not called, and the caller of the operation gets the exception
	 */
	default void beforeOperation(OperationCall call) {
	}

	/**
	 * Called after an operation, also if it failed or a later interceptor has refused it.
	 * Interceptors are called in reverse order. An exception of this method is logged,
	 * and the operation keeps its result.
	 * @param call the operation and its arguments
	 * @param result the result of the operation
	 */
	default void afterOperation(OperationCall call, OperationResult result) {
	}

}
