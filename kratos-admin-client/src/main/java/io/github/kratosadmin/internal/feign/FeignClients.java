package io.github.kratosadmin.internal.feign;

import java.io.Closeable;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

import feign.Contract;
import feign.Feign;
import feign.MethodMetadata;
import feign.Request;
import feign.RequestTemplate;
import feign.Response;
import feign.Retryer;
import io.github.kratosadmin.courier.CourierApi;
import io.github.kratosadmin.error.KratosUnsupportedException;
import io.github.kratosadmin.identity.IdentityApi;
import io.github.kratosadmin.internal.http.HttpTransport;
import io.github.kratosadmin.internal.json.WrittenJson;
import io.github.kratosadmin.internal.operation.ActiveCalls;
import io.github.kratosadmin.internal.operation.CallerContext;
import io.github.kratosadmin.internal.operation.Invocation;
import io.github.kratosadmin.internal.operation.KratosVersion;
import io.github.kratosadmin.internal.operation.Operation;
import io.github.kratosadmin.internal.operation.Retries;
import io.github.kratosadmin.internal.operation.Routes;
import io.github.kratosadmin.internal.operation.ServerVersion;
import io.github.kratosadmin.internal.operation.VersionCheck;
import io.github.kratosadmin.internal.response.BatchCheck;
import io.github.kratosadmin.internal.response.PageReader;
import io.github.kratosadmin.internal.response.ResponseReader;
import io.github.kratosadmin.metadata.MetadataApi;
import io.github.kratosadmin.observation.KratosAdminObservationDocumentation.Events;
import io.github.kratosadmin.paging.Page;
import io.github.kratosadmin.recovery.RecoveryApi;
import io.github.kratosadmin.schema.SchemaApi;
import io.github.kratosadmin.selfservice.SelfServiceApi;
import io.github.kratosadmin.session.SessionApi;
import io.github.kratosadmin.statistics.ConnectionStatistics;
import org.jspecify.annotations.Nullable;

import org.springframework.cloud.openfeign.FeignClientProperties;
import org.springframework.cloud.openfeign.support.SpringMvcContract;
import org.springframework.core.convert.support.GenericConversionService;
import org.springframework.util.function.SingletonSupplier;

/**
 * The Feign clients, one for each group of operations. They are built with Feign alone:
 * an application's Feign configuration has no effect on them. Each is created on first
 * use, and the HTTP client with the first one, so that they do not delay the
 * application's start.
 */
public final class FeignClients implements Closeable {

	/** The names of the groups of operations, by the interface that Feign implements. */
	static final Map<Class<?>, String> GROUPS = Map.of(IdentityOperations.class, "IdentityApi", SessionOperations.class,
			"SessionApi", RecoveryApi.class, "RecoveryApi", SchemaOperations.class, "SchemaApi",
			CourierOperations.class, "CourierApi", SelfServiceApi.class, "SelfServiceApi", MetadataApi.class,
			"MetadataApi");

	private final Supplier<HttpTransport> transportSupplier;

	private final ServerVersion version;

	private final SingletonSupplier<VersionCheck> versionCheck;

	private final Map<Class<?>, SingletonSupplier<?>> groups;

	private final CallerContext context;

	private final ActiveCalls calls;

	private final IdentityLocks locks = new IdentityLocks();

	private @Nullable HttpTransport transport;

	/**
	 * Creates the clients.
	 * @param routes the base URLs of the operations
	 * @param foundRoutes supplies the detected routes, {@code null} while not certain
	 * @param transport creates the transport
	 * @param context the context of the calling threads
	 * @param calls the active calls
	 * @param observer observes the calls
	 * @param retries retries reads
	 * @param maxNesting the maximum nesting of the JSON of a response
	 * @param secrets secrets that requests contain in addition to the arguments
	 */
	public FeignClients(Routes routes, Supplier<@Nullable Routes> foundRoutes, Supplier<HttpTransport> transport,
			CallerContext context, ActiveCalls calls, OperationObserver observer, Retries retries, int maxNesting,
			List<String> secrets) {
		this.transportSupplier = transport;
		this.context = context;
		this.calls = calls;
		this.version = new ServerVersion(this::requestVersion, foundRoutes);
		this.versionCheck = SingletonSupplier.of(() -> new VersionCheck(this.version));
		SingletonSupplier<Feign> feign = SingletonSupplier
			.of(() -> feign(routes, calls, observer, retries, maxNesting, secrets));
		Map<Class<?>, SingletonSupplier<?>> groups = new HashMap<>();
		GROUPS.forEach((type, name) -> groups.put(type, group(feign, name, type, routes)));
		this.groups = groups;
	}

	private static <T> SingletonSupplier<T> group(Supplier<Feign> feign, String name, Class<T> type, Routes routes) {
		return SingletonSupplier.of(() -> feign.get().newInstance(new KratosTarget<>(name, type, routes)));
	}

	private <T> T group(Class<T> type) {
		return type.cast(Objects.requireNonNull(this.groups.get(type)).obtain());
	}

	private Feign feign(Routes routes, ActiveCalls calls, OperationObserver observer, Retries retries, int maxNesting,
			List<String> secrets) {
		HttpTransport transport = transport();
		return Feign.builder()
			.contract(contract(routes))
			.client((transport != null) ? transport : this::refuse)
			.encoder(FeignClients::writeJson)
			.responseInterceptor(new ResponseReader(new PageReader(new PageServer()), maxNesting, calls))
			.invocationHandlerFactory((target, handlers) -> new OperationHandler(target, handlers,
					this.versionCheck.obtain(), this.version, calls, observer, retries, transport, this.locks,
					this.context, new BatchCheck(this.version, (id) -> identities().getIdentity(id)), secrets))
			.retryer(Retryer.NEVER_RETRY)
			.build();
	}

	private String requestVersion() {
		this.calls.signal(Events.VERSION);
		return metadata().getVersion().version();
	}

	private synchronized @Nullable HttpTransport transport() {
		if (this.calls.isClosed()) {
			// A transport created now would never be closed.
			return null;
		}
		HttpTransport made = this.transportSupplier.get();
		this.transport = made;
		return made;
	}

	private Response refuse(Request request, Request.Options options) {
		throw HttpTransport.closed(this.calls.invocation().operation(), request);
	}

	private static Contract contract(Routes routes) {
		FeignClientProperties properties = new FeignClientProperties();
		// Otherwise an encoded slash in an id would become a separator of the path.
		properties.setDecodeSlash(false);
		// Without conversions, as Operation has already converted the values to text.
		SpringMvcContract contract = new SpringMvcContract(List.of(), new GenericConversionService(), properties);
		return (type) -> {
			List<MethodMetadata> operations = contract.parseAndValidateMetadata(type);
			// Set once, as Feign parses the URL each time that a target sets it.
			operations.stream()
				.map(MethodMetadata::template)
				.forEach((template) -> template.target(routes.baseFor(template.path()).toString()));
			return operations;
		};
	}

	private static void writeJson(Object body, Type type, RequestTemplate template) {
		template.body(WrittenJson.of(body), StandardCharsets.UTF_8);
	}

	public IdentityApi identities() {
		return group(IdentityOperations.class);
	}

	public SessionApi sessions() {
		return group(SessionOperations.class);
	}

	public RecoveryApi recovery() {
		return group(RecoveryApi.class);
	}

	public SchemaApi schemas() {
		return group(SchemaOperations.class);
	}

	public CourierApi courier() {
		return group(CourierOperations.class);
	}

	public SelfServiceApi selfService() {
		return group(SelfServiceApi.class);
	}

	public MetadataApi metadata() {
		return group(MetadataApi.class);
	}

	/**
	 * Checks that the server supports an operation, before the steps that precede it.
	 * @throws KratosUnsupportedException if the server does not support it
	 */
	public void require(Operation operation) {
		try {
			// As a call, so that a request for the version is part of it, and not a call
			// of its own.
			this.calls.run(new Invocation(operation, new Object[0]),
					(call) -> this.versionCheck.obtain().check(operation.name(), operation.needs()));
		}
		catch (RuntimeException | Error ex) {
			throw ex;
		}
		catch (Throwable ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * The connections now, or {@code null} if the HTTP client is not yet needed.
	 */
	public synchronized @Nullable ConnectionStatistics connections() {
		return (this.transport != null) ? this.transport.connections() : null;
	}

	/**
	 * Closes the connections. The active calls must have been closed before.
	 */
	@Override
	public synchronized void close() {
		this.locks.close();
		if (this.transport != null) {
			this.transport.close();
		}
	}

	private final class PageServer implements PageReader.Server {

		@Override
		public @Nullable KratosVersion version() {
			return FeignClients.this.version.get();
		}

		@Override
		public @Nullable KratosVersion askVersion() {
			return FeignClients.this.version.ask();
		}

		@Override
		public Page<?> page(int number, int size) {
			return group(IdentityOperations.class).listIdentities(size, null, number, null, null, null, null, null,
					null, null);
		}

		@Override
		public Page<?> findByIdentifier(String identifier) {
			return group(IdentityOperations.class).listIdentities(1, null, null, null, null, null, identifier, null,
					null, null);
		}

		@Override
		public Page<?> findByIdentifierOnNewConnection(String identifier) {
			return FeignClients.this.calls.onNewConnections(() -> group(IdentityOperations.class).listIdentities(null,
					null, null, null, null, null, identifier, null, null, null));
		}

		@Override
		public boolean onNewConnection() {
			return FeignClients.this.calls.needNewConnections();
		}

	}

}
