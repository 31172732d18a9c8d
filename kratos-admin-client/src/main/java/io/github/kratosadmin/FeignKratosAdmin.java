package io.github.kratosadmin;

import io.github.kratosadmin.internal.feign.IdentityLocks;
import io.github.kratosadmin.internal.http.HttpTransport;
import io.github.kratosadmin.internal.operation.Retries;
import io.github.kratosadmin.internal.response.BatchReader;
import io.github.kratosadmin.internal.feign.OperationHandler;
import io.github.kratosadmin.internal.operation.ServerVersion;
import io.github.kratosadmin.internal.operation.KratosVersion;
import io.github.kratosadmin.internal.imports.IdentityImport;
import io.github.kratosadmin.internal.response.PageReader;
import io.github.kratosadmin.internal.operation.Routes;
import io.github.kratosadmin.internal.http.ReadLimits;
import io.github.kratosadmin.internal.feign.KratosTarget;
import io.github.kratosadmin.internal.response.ResponseReader;
import io.github.kratosadmin.internal.operation.Calls;
import io.github.kratosadmin.internal.operation.Requirements;

import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

import feign.Contract;
import feign.Feign;
import feign.MethodMetadata;
import feign.Request;
import feign.RequestTemplate;
import feign.Response;
import feign.Retryer;
import io.github.kratosadmin.courier.CourierApi;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.identity.Identity;
import io.github.kratosadmin.identity.IdentityApi;
import io.github.kratosadmin.identity.ImportIdentities;
import io.github.kratosadmin.identity.ImportResult;
import io.github.kratosadmin.identity.ImportSummary;
import io.github.kratosadmin.internal.CallerContext;
import io.github.kratosadmin.internal.json.KratosJson;
import io.github.kratosadmin.metadata.MetadataApi;
import io.github.kratosadmin.paging.Page;
import io.github.kratosadmin.recovery.Invitation;
import io.github.kratosadmin.recovery.RecoveryApi;
import io.github.kratosadmin.schema.SchemaApi;
import io.github.kratosadmin.selfservice.SelfServiceApi;
import io.github.kratosadmin.session.SessionApi;
import org.jspecify.annotations.Nullable;

import org.springframework.cloud.openfeign.FeignClientProperties;
import org.springframework.cloud.openfeign.support.SpringMvcContract;
import org.springframework.core.convert.support.GenericConversionService;
import org.springframework.util.function.SingletonSupplier;

/**
 * The groups of operations, each a Feign client. They are built with Feign alone: what an
 * application configures for its own Feign clients does not reach them. Each is built
 * when it is first asked for, and the HTTP client with the first one: few applications
 * use all of them, and none at its start, which they would prolong.
 */
class FeignKratosAdmin implements KratosAdmin {

	private final Supplier<HttpTransport> transportSupplier;

	private final ServerVersion version;

	private final SingletonSupplier<Requirements> requirements;

	private final SingletonSupplier<IdentityApi> identities;

	private final SingletonSupplier<SessionApi> sessions;

	private final SingletonSupplier<RecoveryApi> recovery;

	private final SingletonSupplier<SchemaApi> schemas;

	private final SingletonSupplier<CourierApi> courier;

	private final SingletonSupplier<SelfServiceApi> selfService;

	private final SingletonSupplier<MetadataApi> metadata;

	private final CallerContext context;

	private final Calls calls;

	private final IdentityLocks locks = new IdentityLocks();

	private @Nullable HttpTransport transport;

	private boolean closed;

	/**
	 * Creates a client.
	 * @param routes where operations go
	 * @param foundRoutes the routes as far as they are found out
	 * @param transport makes what sends
	 * @param context what calls take from their caller's thread
	 * @param calls the calls that are under way
	 * @param retries repeats reads
	 * @param limits how much is read of an answer
	 * @param secrets what may be sent without being an argument of a call
	 */
	FeignKratosAdmin(Routes routes, Supplier<@Nullable Routes> foundRoutes, Supplier<HttpTransport> transport,
			CallerContext context, Calls calls, Retries retries, ReadLimits limits, List<String> secrets) {
		this.transportSupplier = transport;
		this.context = context;
		this.calls = calls;
		this.version = new ServerVersion(() -> metadata().getVersion().version(), foundRoutes);
		this.requirements = SingletonSupplier.of(() -> new Requirements(this.version));
		SingletonSupplier<Feign> feign = SingletonSupplier.of(() -> feign(routes, calls, retries, limits, secrets));
		this.identities = group(feign, IdentityApi.class, routes);
		this.sessions = group(feign, SessionApi.class, routes);
		this.recovery = group(feign, RecoveryApi.class, routes);
		this.schemas = group(feign, SchemaApi.class, routes);
		this.courier = group(feign, CourierApi.class, routes);
		this.selfService = group(feign, SelfServiceApi.class, routes);
		this.metadata = group(feign, MetadataApi.class, routes);
	}

	private static <T> SingletonSupplier<T> group(Supplier<Feign> feign, Class<T> type, Routes routes) {
		return SingletonSupplier.of(() -> feign.get().newInstance(new KratosTarget<>(type, routes)));
	}

	private Feign feign(Routes routes, Calls calls, Retries retries, ReadLimits limits, List<String> secrets) {
		HttpTransport transport = transport();
		return Feign.builder()
			.contract(contract(routes))
			.client((transport != null) ? transport : FeignKratosAdmin::refuse)
			.encoder(FeignKratosAdmin::writeJson)
			.responseInterceptor(new ResponseReader(new PageReader(new PageServer()), limits, calls))
			.invocationHandlerFactory((target, handlers) -> new OperationHandler(target, handlers,
					this.requirements.obtain(), calls, retries, transport, this.locks, this.context,
					new BatchReader(this.version, (id) -> identities().getIdentity(id)), secrets))
			.retryer(Retryer.NEVER_RETRY)
			.build();
	}

	private synchronized @Nullable HttpTransport transport() {
		if (this.closed) {
			// A transport that is made now would never be closed.
			return null;
		}
		HttpTransport made = this.transportSupplier.get();
		this.transport = made;
		return made;
	}

	private static Response refuse(Request request, Request.Options options) {
		throw HttpTransport.closed(request);
	}

	private static Contract contract(Routes routes) {
		FeignClientProperties properties = new FeignClientProperties();
		// Otherwise an encoded slash in an id becomes a slash of the path.
		properties.setDecodeSlash(false);
		// Without conversions: what comes from Operation is text already.
		SpringMvcContract contract = new SpringMvcContract(List.of(), new GenericConversionService(), properties);
		return (type) -> {
			List<MethodMetadata> operations = contract.parseAndValidateMetadata(type);
			// Once, as Feign parses the address each time that a target sets it.
			operations.stream()
				.map(MethodMetadata::template)
				.forEach((template) -> template.target(routes.baseFor(template.path()).toString()));
			return operations;
		};
	}

	private static void writeJson(Object body, Type type, RequestTemplate template) {
		template.body(KratosJson.mapper().writeValueAsBytes(body), StandardCharsets.UTF_8);
	}

	@Override
	public IdentityApi identities() {
		return this.identities.obtain();
	}

	@Override
	public SessionApi sessions() {
		return this.sessions.obtain();
	}

	@Override
	public RecoveryApi recovery() {
		return this.recovery.obtain();
	}

	@Override
	public SchemaApi schemas() {
		return this.schemas.obtain();
	}

	@Override
	public CourierApi courier() {
		return this.courier.obtain();
	}

	@Override
	public SelfServiceApi selfService() {
		return this.selfService.obtain();
	}

	@Override
	public MetadataApi metadata() {
		return this.metadata.obtain();
	}

	@Override
	public ImportSummary importIdentities(Stream<CreateIdentity> rows, ImportIdentities options,
			Consumer<ImportResult> results) {
		return IdentityImport.run(this, this.calls::isClosed, this.context, rows, options, results);
	}

	@Override
	public Stream<ImportResult> importIdentitiesLazily(Stream<CreateIdentity> rows, ImportIdentities options) {
		return IdentityImport.stream(this, this.calls::isClosed, this.context, rows, options);
	}

	@Override
	public Identity offboard(String identityId) {
		this.requirements.obtain().check("deleteIdentitySessions");
		return KratosAdmin.super.offboard(identityId);
	}

	@Override
	public Invitation inviteByCode(CreateIdentity identity, Duration expiresIn) {
		this.requirements.obtain().check("createRecoveryCodeForIdentity");
		return KratosAdmin.super.inviteByCode(identity, expiresIn);
	}

	@Override
	public synchronized void close() {
		this.closed = true;
		this.calls.close();
		this.locks.close();
		if (this.transport != null) {
			this.transport.close();
		}
	}

	private final class PageServer implements PageReader.Server {

		@Override
		public @Nullable KratosVersion version() {
			return FeignKratosAdmin.this.version.get();
		}

		@Override
		public @Nullable KratosVersion askVersion() {
			return FeignKratosAdmin.this.version.ask();
		}

		@Override
		public Page<?> page(int number, int size) {
			return identities().listIdentities(size, null, number, null, null, null, null, null, null, null);
		}

		@Override
		public Page<?> signsInWith(String identifier) {
			return identities().listIdentities(1, null, null, null, null, null, identifier, null, null, null);
		}

		@Override
		public Page<?> signsInWithForSure(String identifier) {
			return FeignKratosAdmin.this.calls.onNewConnections(() -> identities().listIdentities(null, null, null,
					null, null, null, identifier, null, null, null));
		}

		@Override
		public boolean onNewConnection() {
			return FeignKratosAdmin.this.calls.needNewConnections();
		}

	}

}
