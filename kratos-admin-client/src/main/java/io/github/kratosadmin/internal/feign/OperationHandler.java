package io.github.kratosadmin.internal.feign;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import feign.InvocationHandlerFactory.MethodHandler;
import feign.Target;
import io.github.kratosadmin.identity.BatchPatchIdentitiesResult;
import io.github.kratosadmin.internal.http.HttpTransport;
import io.github.kratosadmin.internal.operation.Action;
import io.github.kratosadmin.internal.operation.ActiveCalls;
import io.github.kratosadmin.internal.operation.CallerContext;
import io.github.kratosadmin.internal.operation.Invocation;
import io.github.kratosadmin.internal.operation.KratosVersion;
import io.github.kratosadmin.internal.operation.Operation;
import io.github.kratosadmin.internal.operation.PageTokenCheck;
import io.github.kratosadmin.internal.operation.Retries;
import io.github.kratosadmin.internal.operation.ServerVersion;
import io.github.kratosadmin.internal.operation.Since;
import io.github.kratosadmin.internal.operation.VersionCheck;
import io.github.kratosadmin.internal.redaction.Redaction;
import io.github.kratosadmin.internal.redaction.SensitiveValues;
import io.github.kratosadmin.internal.response.BatchCheck;
import org.jspecify.annotations.Nullable;

/**
 * Runs the steps of a call around Feign: checks and encodes the arguments, checks the
 * version, takes the lock of the identity, and retries reads.
 */
class OperationHandler implements InvocationHandler {

	private final Target<?> target;

	private final Map<Method, MethodHandler> handlers;

	private final Map<Method, Operation> arguments;

	private final VersionCheck versionCheck;

	private final ServerVersion version;

	private final ActiveCalls calls;

	private final OperationObserver observer;

	private final Retries retries;

	private final @Nullable HttpTransport transport;

	private final IdentityLocks locks;

	private final CallerContext context;

	private final BatchCheck batches;

	private final List<String> secrets;

	/**
	 * Creates a handler.
	 * @param target the group of operations
	 * @param handlers Feign's handlers, which send the requests
	 * @param versionCheck rejects calls that need a newer server
	 * @param version the version of the server
	 * @param calls the active calls
	 * @param observer observes the calls
	 * @param retries retries reads
	 * @param transport the transport, which detects the prefix again; {@code null} if the
	 * client is closed
	 * @param locks allows one change of an identity at a time
	 * @param context the context of the calling threads
	 * @param batches checks whether a batch was created
	 * @param secrets secrets that requests contain in addition to the arguments
	 */
	OperationHandler(Target<?> target, Map<Method, MethodHandler> handlers, VersionCheck versionCheck,
			ServerVersion version, ActiveCalls calls, OperationObserver observer, Retries retries,
			@Nullable HttpTransport transport, IdentityLocks locks, CallerContext context, BatchCheck batches,
			List<String> secrets) {
		this.secrets = secrets;
		this.versionCheck = versionCheck;
		this.version = version;
		this.calls = calls;
		this.observer = observer;
		this.retries = retries;
		this.transport = transport;
		this.locks = locks;
		this.context = context;
		this.batches = batches;
		this.target = target;
		this.handlers = handlers;
		this.arguments = handlers.keySet().stream().collect(Collectors.toMap((method) -> method, Operation::of));
	}

	@Override
	public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] args) throws Throwable {
		MethodHandler handler = this.handlers.get(method);
		Operation operation = this.arguments.get(method);
		if (handler == null || operation == null) {
			return invokeObjectMethod(proxy, method, args);
		}
		@Nullable Object[] prepared = operation.prepare((args != null) ? args : new Object[0]);
		// The original id, as the prepared one may be encoded.
		Object changed = (operation.isOneAtATime() && args != null) ? args[0] : null;
		if (method.isDefault()) {
			// It calls other operations, which are checked themselves.
			return this.context.during(() -> (changed != null) ? this.locks.change(operation.name(), changed.toString(),
					this.calls.timeout(), () -> handler.invoke(prepared)) : handler.invoke(prepared));
		}
		return Redaction.during((values) -> collectSensitive(operation, args, values),
				() -> call(operation, (args != null) ? args : new Object[0], prepared, changed, handler));
	}

	private @Nullable Object call(Operation operation, @Nullable Object[] args, @Nullable Object[] prepared,
			@Nullable Object changed, MethodHandler handler) throws Throwable {
		Invocation invocation = new Invocation(operation, args);
		return this.observer.run(this.calls, invocation, (call) -> {
			List<Since> needs = operation.needs(prepared);
			KratosVersion version = needs.isEmpty() ? null : this.versionCheck.check(operation.name(), needs);
			operation.encodeSchemaId(args, prepared, this.version::get);
			Action read = () -> handler.invoke(prepared);
			HttpTransport transport = this.transport;
			Action request = (transport != null) ? () -> transport.callWithPrefixCheck(call, read) : read;
			Operation.ForeignToken foreign = operation.foreignToken(args);
			if (foreign != null) {
				return new PageTokenCheck(operation, foreign, this.version)
					.list(() -> this.retries.read(operation.name(), call, request));
			}
			if (operation.isRead()) {
				return this.retries.read(operation.name(), call, request);
			}
			Object result = (changed != null)
					? this.locks.change(operation.name(), changed.toString(), call.timeLeft(), request::run)
					: request.run();
			return (result instanceof BatchPatchIdentitiesResult batch) ? this.batches.check(batch, version) : result;
		});
	}

	private void collectSensitive(Operation operation, Object @Nullable [] args, SensitiveValues to) {
		this.secrets.forEach(to::addSecret);
		if (args != null) {
			operation.collectSensitive(args, to);
		}
	}

	private Object invokeObjectMethod(Object proxy, Method method, Object @Nullable [] args) {
		return switch (method.getName()) {
			case "equals" -> args != null && proxy == args[0];
			case "hashCode" -> System.identityHashCode(proxy);
			default -> this.target.toString();
		};
	}

}
