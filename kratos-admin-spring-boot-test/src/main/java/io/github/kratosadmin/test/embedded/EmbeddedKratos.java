package io.github.kratosadmin.test.embedded;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

import io.github.kratosadmin.test.embedded.internal.courier.Courier;
import io.github.kratosadmin.test.embedded.internal.courier.CourierHandler;
import io.github.kratosadmin.test.embedded.internal.courier.MessageText;
import io.github.kratosadmin.test.embedded.internal.flow.FlowAccess;
import io.github.kratosadmin.test.embedded.internal.flow.FlowActions;
import io.github.kratosadmin.test.embedded.internal.flow.FlowFactory;
import io.github.kratosadmin.test.embedded.internal.flow.FlowHandler;
import io.github.kratosadmin.test.embedded.internal.flow.FlowStore;
import io.github.kratosadmin.test.embedded.internal.flow.FormFactory;
import io.github.kratosadmin.test.embedded.internal.flow.RecoveryHandler;
import io.github.kratosadmin.test.embedded.internal.flow.SelfServiceErrors;
import io.github.kratosadmin.test.embedded.internal.flow.TestLoginHandler;
import io.github.kratosadmin.test.embedded.internal.http.AdminHandler;
import io.github.kratosadmin.test.embedded.internal.http.AdminPort;
import io.github.kratosadmin.test.embedded.internal.http.AdminRedirects;
import io.github.kratosadmin.test.embedded.internal.http.AdminRequest;
import io.github.kratosadmin.test.embedded.internal.http.AdminResponse;
import io.github.kratosadmin.test.embedded.internal.http.ErrorResponseException;
import io.github.kratosadmin.test.embedded.internal.http.LoopbackServer;
import io.github.kratosadmin.test.embedded.internal.http.PlannedFailures;
import io.github.kratosadmin.test.embedded.internal.http.Router;
import io.github.kratosadmin.test.embedded.internal.http.Urls;
import io.github.kratosadmin.test.embedded.internal.identity.IdentityHandler;
import io.github.kratosadmin.test.embedded.internal.identity.IdentityInput;
import io.github.kratosadmin.test.embedded.internal.identity.IdentityManager;
import io.github.kratosadmin.test.embedded.internal.identity.IdentityStore;
import io.github.kratosadmin.test.embedded.internal.identity.StoredIdentity;
import io.github.kratosadmin.test.embedded.internal.metadata.HealthChecks;
import io.github.kratosadmin.test.embedded.internal.metadata.MetadataHandler;
import io.github.kratosadmin.test.embedded.internal.schema.SchemaHandler;
import io.github.kratosadmin.test.embedded.internal.schema.SchemaStore;
import io.github.kratosadmin.test.embedded.internal.session.SessionHandler;
import io.github.kratosadmin.test.embedded.internal.session.SessionStore;
import io.github.kratosadmin.test.embedded.internal.session.StoredSession;
import io.github.kratosadmin.test.embedded.internal.text.Ids;
import io.github.kratosadmin.test.embedded.internal.text.Json;
import org.jspecify.annotations.Nullable;

/**
 * The admin API of Ory Kratos in this JVM, for tests and for a first run. It listens for
 * HTTP on two random loopback ports, keeps its state in memory, validates traits against
 * identity schemas, and returns the statuses, headers and bodies of the real server. It
 * starts with one identity schema, {@code default}, for persons.
 *
 * <pre class="code">
 * try (EmbeddedKratos kratos = EmbeddedKratos.start()) {
 *     URI adminUrl = kratos.adminUrl();
 * }
 * </pre>
 *
 * Its methods replace the actions of a person or an operator on a real server: they
 * start, fail and expire flows, issue sessions, add messages, and let health checks fail.
 * <p>
 * It behaves as Kratos 26 unless {@linkplain Builder#era(KratosEra) another era} is set.
 * Paths, pages, errors and the fields of an identity differ between eras. All eras have
 * the seventeen operations of Kratos 0.6. Later operations exist from the era that
 * introduced them: patching an identity, creating many at once, deleting credentials,
 * finding an identity by its external id, and the operations for sessions, messages,
 * recovery codes, lists of schemas and test login flows. Flows, errors and schemas are on
 * the {@linkplain #publicUrl() public port}. From 0.7 on the admin port redirects there.
 * <p>
 * It is not Kratos. It lacks
 * <ul>
 * <li>all operations of the public port, except those to which the admin port redirects,
 * and the redirects of identities to the admin port;</li>
 * <li>cookies and the pages of self-service flows: the flow of a browser cannot be read
 * from 0.7 on, as that requires a cookie;</li>
 * <li>sign-in: passwords and links to other providers are stored and returned, but the
 * hash of a plaintext password is not its own. A schema can name identifiers for
 * passwords, security keys and codes, not for passkeys. Each session counts as signed in
 * by password on one device, and works only for settings flows. The QR code in a settings
 * flow is blank;</li>
 * <li>a courier: messages stay queued. Their text is in every response, as on a server in
 * development mode. Their links and codes have no effect. A recovery link or code belongs
 * to a flow, but cannot be submitted;</li>
 * <li>a database: the state ends with the server. Database errors have the text of
 * SQLite;</li>
 * <li>the rest of test login flows: they are started and read, but no provider is called,
 * and nobody returns from it;</li>
 * <li>characters newer than the Unicode version of the JVM, which count as invisible in
 * {@link KratosEra#NEXT}, and there the form of a Greek sigma at the end of a word next
 * to an invisible character;</li>
 * <li>hooks, sign-in with other providers, TLS, CORS, tracing, or the metrics of a real
 * server;</li>
 * <li>other spellings: base64 schema ids with padding or in a new identity, and JSON keys
 * in another case;</li>
 * <li>{@code HEAD} and {@code OPTIONS};</li>
 * <li>the redirect of a browser to sign in: a settings flow without its session is always
 * 401;</li>
 * <li>references to other documents in identity schemas, and messages by SMS;</li>
 * <li>in schemas, the rule that there is at least one trait, and regular expressions with
 * long names of Unicode categories, such as {@code \p{Letter}}, or with two groups of the
 * same name;</li>
 * <li>the spelling in the request of a number that is an identifier;</li>
 * <li>the redirect of a path with an extra slash;</li>
 * <li>the effects of a patch on the response only: on the URL of the schema, and, in 1.x,
 * on the id of an address that the patch removes and the traits add again;</li>
 * <li>differences between the versions of one era.</li>
 * </ul>
 * Schema violations are described in the words of another validator. A response with a
 * body closes its connection.
 * <p>
 * It is safe for use by multiple threads.
 */
public final class EmbeddedKratos implements AutoCloseable {

	private final KratosEra era;

	private final LoopbackServer adminServer;

	private final LoopbackServer publicServer;

	private final URI adminUrl;

	private final URI publicUrl;

	private final SchemaStore schemas;

	private final IdentityStore identities = new IdentityStore();

	private final IdentityManager identityManager;

	private final FlowStore flows = new FlowStore();

	private final FlowFactory flowFactory;

	private final FlowActions flowActions;

	private final SessionStore sessions;

	private final Courier courier;

	private final SelfServiceErrors errors;

	private final HealthChecks health;

	private final PlannedFailures failures = new PlannedFailures();

	private final Duration latency;

	private final RequestLog requests = new RequestLog();

	private final Snapshot start;

	private EmbeddedKratos(Builder builder) {
		this.era = builder.era;
		this.latency = builder.latency;
		Clock clock = builder.clock;
		Supplier<UUID> idSource = builder.idSource;
		Supplier<String> ids = () -> idSource.get().toString();
		this.schemas = new SchemaStore(builder.schemas, this.era);
		this.identityManager = new IdentityManager(this.era, this.schemas, this.identities, ids, clock);
		this.sessions = new SessionStore(this.era, ids, clock);
		this.errors = new SelfServiceErrors(this.era, ids, clock);
		this.health = new HealthChecks(this.era);
		this.adminServer = new LoopbackServer();
		this.publicServer = new LoopbackServer();
		this.adminUrl = URI.create(this.adminServer.url());
		this.publicUrl = URI.create(this.publicServer.url());
		Urls urls = Urls.of(this.adminServer.url(), (builder.publicUrl != null) ? builder.publicUrl : this.publicUrl,
				builder.pagesUrl, this.era);
		this.courier = new Courier(this.era, urls, ids, clock);
		FormFactory forms = new FormFactory(this.era, this.schemas);
		this.flowFactory = new FlowFactory(this.era, forms, ids, clock, urls, builder.flowLifespan);
		this.flowActions = new FlowActions(this.flows, this.flowFactory, forms, clock);
		this.identityManager.onDelete(this.flows::removeSettingsOf);
		this.identityManager.onDelete(this.sessions::removeOf);
		SessionHandler sessionHandler = new SessionHandler(this.era, this.sessions, this.identities, urls, clock,
				builder.extendsSessionsSilently);
		Router adminRoutes = adminRoutes(urls, builder);
		sessionHandler.addRoutes(adminRoutes);
		AdminPort adminPort = new AdminPort(this.era, urls, adminRoutes,
				openRoutes(urls, clock, this.errors::onAdminPort));
		Router publicRoutes = openRoutes(urls, clock, this.errors::onPublicPort);
		sessionHandler.addPublicRoutes(publicRoutes);
		new AdminRedirects(this.era, urls).addRoutes(publicRoutes);
		this.start = snapshot();
		this.adminServer.start((request) -> handle(request, adminPort::route));
		this.publicServer.start((request) -> handle(request, publicRoutes::route));
	}

	/**
	 * The operations that only the admin port has.
	 */
	private Router adminRoutes(Urls urls, Builder builder) {
		Router router = new Router();
		new IdentityHandler(this.era, this.identityManager, this.identities, urls, builder.clock,
				builder.conflictsFailTheBatch)
			.addRoutes(router);
		new RecoveryHandler(this.era, this.identities, this.flowFactory, this.flows, urls, builder.recoveryLinkLifespan)
			.addRoutes(router);
		new TestLoginHandler(this.era, this.flowFactory, this.flows, urls, Set.copyOf(builder.oidcProviders))
			.addRoutes(router);
		new CourierHandler(this.era, this.courier).addRoutes(router);
		new MetadataHandler(this.era, this.requests::count, this.identities::count).addRoutes(router);
		this.health.addRoutes(router);
		return router;
	}

	/**
	 * The operations of the public port, which the admin port of 0.6 has too.
	 */
	private Router openRoutes(Urls urls, Clock clock, AdminHandler errors) {
		Router router = new Router();
		FlowAccess access = new FlowAccess(this.era, this.sessions, this.identities);
		new FlowHandler(this.era, this.flows, access, this.identities, urls, clock).addRoutes(router);
		new SchemaHandler(this.era, this.schemas, urls).addRoutes(router);
		router.add("GET", "/self-service/errors", errors);
		return router;
	}

	/**
	 * Starts a server with the defaults of {@link #builder()}.
	 * @return the started server
	 */
	public static EmbeddedKratos start() {
		return builder().start();
	}

	/**
	 * Creates a builder for a server with other settings.
	 * @return a new builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * The address of the admin API.
	 * @return an {@code http} URL with the address and port this server listens on,
	 * without a path
	 */
	public URI adminUrl() {
		return this.adminUrl;
	}

	/**
	 * The address of the public API, which has flows, errors and schemas. From 0.7 on the
	 * admin port redirects there. In 0.6 both ports have them, and anybody can read a
	 * flow.
	 * @return an {@code http} URL with the address and port this server listens on,
	 * without a path, even if {@link Builder#publicUrl(URI)} is set
	 */
	public URI publicUrl() {
		return this.publicUrl;
	}

	/**
	 * The era of Kratos that this server imitates.
	 * @return the era
	 */
	public KratosEra era() {
		return this.era;
	}

	/**
	 * Adds an identity schema, or replaces the one with the same id. {@link #reset()}
	 * removes it again; {@link Builder#schema(String, String)} adds one that stays.
	 * @param id the id; identities that name no schema have {@code default}
	 * @param jsonSchema the JSON schema, draft 4, 6 or 7, whose property {@code traits}
	 * describes the traits
	 * @throws IllegalArgumentException if Kratos of the era would not start with the
	 * schema, or would fail for every identity, or if the schema refers to other
	 * documents
	 */
	public void addSchema(String id, String jsonSchema) {
		this.schemas.add(id, jsonSchema);
	}

	/**
	 * Completes a registration flow as a person would: creates an identity with the
	 * default schema, a session, and a message to each verifiable address. The messages
	 * count as sent.
	 * @param traits the traits as a JSON object
	 * @return the session of the new identity
	 * @throws IllegalArgumentException if the traits are not valid, or another identity
	 * has one of their addresses or identifiers
	 */
	public IssuedSession register(String traits) {
		StoredIdentity identity = call(
				() -> this.identityManager.create(IdentityInput.ofTraits(Json.readArgument("Traits", traits)), "sent"));
		identity.verifiableAddresses()
			.stream()
			.filter((address) -> address.via().equals("email"))
			.forEach((address) -> this.courier.addVerification(address.value()));
		return createSession(identity.id());
	}

	/**
	 * Issues a session that expires after a day.
	 * @param identityId the id of the identity that signs in
	 * @return the session
	 * @throws IllegalArgumentException if there is no such identity
	 */
	public IssuedSession createSession(String identityId) {
		return issued(this.sessions.issue(identity(identityId).id()));
	}

	/**
	 * Starts a flow of any kind but {@link FlowKind#SETTINGS}. From 0.7 on only the flow
	 * of an API client can be read. The flow of a browser is refused with 403, as there
	 * are no cookies.
	 * @param kind the kind of flow
	 * @param client the client that starts it
	 * @return the id of the flow
	 * @throws IllegalArgumentException if it is a settings flow, which needs
	 * {@linkplain #createSettingsFlow(FlowClient, IssuedSession) a session} or
	 * {@linkplain #createSettingsFlow(FlowClient, String) an identity}
	 */
	public String createFlow(FlowKind kind, FlowClient client) {
		return this.flowActions.start(kind, client);
	}

	/**
	 * Starts a settings flow for the identity of a session.
	 * @param client the client that starts it
	 * @param session the session
	 * @return the id of the flow
	 * @throws IllegalArgumentException if there is no such session, or it was disabled or
	 * has expired
	 */
	public String createSettingsFlow(FlowClient client, IssuedSession session) {
		StoredSession stored = this.sessions.find(session.token());
		if (stored == null || !issued(stored).equals(session)) {
			throw new IllegalArgumentException("There is no active session " + session.id());
		}
		return createSettingsFlow(client, session.identityId());
	}

	/**
	 * Starts a settings flow for an identity.
	 * @param client the client that starts it
	 * @param identityId the id of the identity
	 * @return the id of the flow
	 * @throws IllegalArgumentException if there is no such identity
	 */
	public String createSettingsFlow(FlowClient client, String identityId) {
		return this.flowActions.startSettings(client, identity(identityId));
	}

	/**
	 * Submits a wrong password to a login flow. The flow then has the message that the
	 * credentials are invalid.
	 * @param flowId the id of the flow
	 * @param identifier the identifier of the person, such as an email address
	 * @throws IllegalArgumentException if there is no such login flow
	 */
	public void submitWrongPassword(String flowId, String identifier) {
		this.flowActions.submitWrongPassword(flowId, identifier);
	}

	/**
	 * Submits an address to a recovery flow. The state of the flow is then
	 * {@code sent_email}. A message is added if an identity has this recovery address.
	 * @param flowId the id of the flow
	 * @param email the address
	 * @throws IllegalArgumentException if there is no such recovery flow
	 */
	public void submitRecovery(String flowId, String email) {
		this.flowActions.submitRecovery(flowId, email);
		boolean known = this.identities.all()
			.values()
			.stream()
			.flatMap((identity) -> identity.recoveryAddresses().stream())
			.anyMatch((address) -> address.value().equals(email));
		if (known) {
			this.courier.addRecovery(email);
		}
	}

	/**
	 * Adds an email that stays queued.
	 * @param recipient the address it is for
	 * @param subject the subject
	 * @param body the body
	 * @return the id of the message
	 */
	public String addCourierMessage(String recipient, String subject, String body) {
		return this.courier.add(Objects.requireNonNull(recipient, "recipient"), "stub",
				new MessageText(Objects.requireNonNull(subject, "subject"), Objects.requireNonNull(body, "body")));
	}

	/**
	 * Lets a flow expire. Reading it then fails with 410.
	 * @param flowId the id of the flow
	 * @throws IllegalArgumentException if there is no such flow
	 */
	public void expireFlow(String flowId) {
		this.flowActions.expire(flowId);
	}

	/**
	 * Stores a self-service error, as Kratos does before it redirects a browser to the
	 * error page.
	 * @param error the error as a JSON object, or, in 0.6, several in an array
	 * @return the id of the error
	 * @throws IllegalArgumentException if it is not JSON, or has several errors in a
	 * later era
	 */
	public String addError(String error) {
		return this.errors.add(Json.readArgument("Error", error));
	}

	/**
	 * Lets a readiness check fail. Until {@link #ready()}, {@code /health/ready} returns
	 * 503 with the causes of all failed checks. All other operations continue to work.
	 * @param check the name of the check, such as {@code database}
	 * @param cause why it fails
	 */
	public void notReady(String check, String cause) {
		this.health.fail(check, cause);
	}

	/**
	 * Lets all readiness checks succeed again.
	 */
	public void ready() {
		this.health.clear();
	}

	/**
	 * Lets the next requests fail with an error in the envelope of Kratos. Only
	 * {@code GET /admin/version} does not fail or count. Failed requests change nothing,
	 * and are not redirected. A second call replaces the rest of the first.
	 * @param requests the number of requests to fail
	 * @param status the HTTP status, from 400 to 599
	 * @throws IllegalArgumentException if the number or the status is out of range
	 */
	public void failNext(int requests, int status) {
		if (requests < 1) {
			throw new IllegalArgumentException("The number of requests must be positive but is " + requests);
		}
		if (status < 400 || status > 599) {
			throw new IllegalArgumentException("The status must be from 400 to 599 but is " + status);
		}
		this.failures.plan(requests, status);
	}

	/**
	 * The requests received on both ports since the start or the last {@link #reset()},
	 * oldest first, including failed and redirected ones. The last 10,000 are kept.
	 * @return the requests
	 */
	public List<ReceivedRequest> requests() {
		return this.requests.requests();
	}

	/**
	 * Returns to the state after the start: forgets identities, sessions, flows,
	 * messages, errors, added schemas, planned failures and received requests. The ports
	 * stay the same.
	 */
	public void reset() {
		this.start.restore();
	}

	/**
	 * Takes a snapshot of the state: identities, sessions, flows, messages, errors,
	 * schemas, and planned failures.
	 * @return the snapshot
	 */
	public Snapshot snapshot() {
		return new Snapshot(List.of(this.failures.snapshot(), this.health.snapshot(), this.flows.snapshot(),
				this.sessions.snapshot(), this.courier.snapshot(), this.identities.snapshot(), this.errors.snapshot(),
				this.schemas.snapshot(), this.requests::clear));
	}

	/**
	 * Stops listening and ends all threads. Does nothing if it was closed before.
	 */
	@Override
	public void close() {
		this.adminServer.close();
		this.publicServer.close();
	}

	@Override
	public String toString() {
		return "EmbeddedKratos[" + this.era.version() + " at " + this.adminUrl + "]";
	}

	private AdminResponse handle(AdminRequest request, Function<AdminRequest, AdminResponse> routes) {
		this.requests.add(new ReceivedRequest(request.method(), request.target()));
		try {
			TimeUnit.NANOSECONDS.sleep(this.latency.toNanos());
			// The client requests it before its first call, to find the prefix of the
			// paths.
			if (!request.path().equals("/admin/version")) {
				this.failures.next();
			}
			return routes.apply(request);
		}
		catch (ErrorResponseException ex) {
			return ex.toResponse(request.requestId());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return new ErrorResponseException(503, "The server is being closed").toResponse(request.requestId());
		}
		catch (RuntimeException ex) {
			return new ErrorResponseException(500, ex.toString()).toResponse(request.requestId());
		}
	}

	private static IssuedSession issued(StoredSession session) {
		return new IssuedSession(session.id(), session.identityId(), session.token());
	}

	private StoredIdentity identity(String id) {
		return call(() -> this.identities.get(Ids.parse(id)));
	}

	private static <T> T call(Supplier<T> operation) {
		try {
			return operation.get();
		}
		catch (ErrorResponseException ex) {
			throw new IllegalArgumentException(ex.describe(), ex);
		}
	}

	/**
	 * A state of an {@link EmbeddedKratos}.
	 */
	public static final class Snapshot {

		private final List<Runnable> parts;

		private Snapshot(List<Runnable> parts) {
			this.parts = parts;
		}

		/**
		 * Returns the server to this state, and forgets the received requests. It can be
		 * called any number of times.
		 */
		public void restore() {
			this.parts.forEach(Runnable::run);
		}

	}

	/**
	 * Builds an {@link EmbeddedKratos}. One builder can start several servers.
	 */
	public static final class Builder {

		private final Map<String, String> schemas = new LinkedHashMap<>();

		private final Set<String> oidcProviders = new LinkedHashSet<>();

		private KratosEra era = KratosEra.V26;

		private @Nullable URI publicUrl;

		private URI pagesUrl = URI.create("http://127.0.0.1:4455/");

		private Clock clock = Clock.systemUTC();

		private Supplier<UUID> idSource = UUID::randomUUID;

		private Duration flowLifespan = Duration.ofHours(1);

		private Duration recoveryLinkLifespan = Duration.ofHours(1);

		private boolean extendsSessionsSilently;

		private boolean conflictsFailTheBatch;

		private Duration latency = Duration.ZERO;

		private Builder() {
			this.schemas.put(SchemaStore.DEFAULT_ID, SchemaStore.personSchema());
		}

		/**
		 * Sets the era of Kratos that the server imitates. The default is
		 * {@link KratosEra#V26}.
		 * @param era the era
		 * @return this builder
		 */
		public Builder era(KratosEra era) {
			this.era = Objects.requireNonNull(era, "era");
			return this;
		}

		/**
		 * Adds an identity schema, or replaces the one with the same id. It is checked
		 * when the server starts.
		 * @param id the id; identities that name no schema have {@code default}
		 * @param jsonSchema the JSON schema, draft 4, 6 or 7, whose property
		 * {@code traits} describes the traits
		 * @return this builder
		 */
		public Builder schema(String id, String jsonSchema) {
			this.schemas.put(Objects.requireNonNull(id, "id"), Objects.requireNonNull(jsonSchema, "jsonSchema"));
			return this;
		}

		/**
		 * Adds a provider of OpenID Connect, so that {@code createTestLoginFlow} starts a
		 * flow for it. Other flows do not offer it. By default there is none.
		 * @param id the id of the provider, such as {@code github}
		 * @return this builder
		 */
		public Builder oidcProvider(String id) {
			this.oidcProviders.add(Objects.requireNonNull(id, "id"));
			return this;
		}

		/**
		 * Sets the base URL of schemas, recovery links, the forms of flows and the
		 * redirects to the public API. Kratos calls it {@code serve.public.base_url}. The
		 * server does not call it. The default is {@link EmbeddedKratos#publicUrl()}.
		 * @param publicUrl the address
		 * @return this builder
		 */
		public Builder publicUrl(URI publicUrl) {
			this.publicUrl = Objects.requireNonNull(publicUrl, "publicUrl");
			return this;
		}

		/**
		 * Sets the base URL of the pages that show flows. A person enters a recovery code
		 * there. A {@code return_to} must be below it, or below the URL of flows. The
		 * server does not call it. The default is {@code http://127.0.0.1:4455/}.
		 * @param pagesUrl the address
		 * @return this builder
		 */
		public Builder pagesUrl(URI pagesUrl) {
			this.pagesUrl = Objects.requireNonNull(pagesUrl, "pagesUrl");
			return this;
		}

		/**
		 * Sets the clock for the times of creation and expiry. The default is the clock
		 * of the system.
		 * @param clock the clock
		 * @return this builder
		 */
		public Builder clock(Clock clock) {
			this.clock = Objects.requireNonNull(clock, "clock");
			return this;
		}

		/**
		 * Sets the source of the ids of identities, addresses, sessions, flows, messages
		 * and errors. By default they are random. The source must be safe for use by
		 * multiple threads.
		 * @param idSource a supplier of new ids
		 * @return this builder
		 */
		public Builder idSource(Supplier<UUID> idSource) {
			this.idSource = Objects.requireNonNull(idSource, "idSource");
			return this;
		}

		/**
		 * Sets the lifespan of the flows that {@link EmbeddedKratos} starts. The default
		 * is one hour.
		 * @param flowLifespan the lifespan, which must be positive
		 * @return this builder
		 * @throws IllegalArgumentException if it is not positive
		 */
		public Builder flowLifespan(Duration flowLifespan) {
			this.flowLifespan = requirePositive(flowLifespan, "flowLifespan");
			return this;
		}

		/**
		 * Sets the lifespan of recovery links and codes if the request has none. The
		 * default is one hour.
		 * @param recoveryLinkLifespan the lifespan, which must be positive
		 * @return this builder
		 * @throws IllegalArgumentException if it is not positive
		 */
		public Builder recoveryLinkLifespan(Duration recoveryLinkLifespan) {
			this.recoveryLinkLifespan = requirePositive(recoveryLinkLifespan, "recoveryLinkLifespan");
			return this;
		}

		/**
		 * Lets the server respond to the extension of a session with 204 and no body,
		 * instead of the session. Kratos from 1.3 on does so with the feature flag
		 * {@code faster_session_extend}.
		 * @return this builder
		 */
		public Builder extendSessionsSilently() {
			this.extendsSessionsSilently = true;
			return this;
		}

		/**
		 * Lets a whole batch of identities fail with 409 if one of them conflicts, as
		 * Kratos does on MySQL and MariaDB. On other databases Kratos from 25.4 on
		 * creates the others.
		 * @return this builder
		 */
		public Builder conflictsFailTheBatch() {
			this.conflictsFailTheBatch = true;
			return this;
		}

		/**
		 * Lets the server wait before it handles a request, to test timeouts and many
		 * requests at the same time. It handles up to eight at the same time on each
		 * port. By default it does not wait.
		 * @param latency how long to wait, which must be positive
		 * @return this builder
		 * @throws IllegalArgumentException if it is not positive
		 */
		public Builder latency(Duration latency) {
			this.latency = requirePositive(latency, "latency");
			return this;
		}

		private static Duration requirePositive(Duration duration, String name) {
			if (duration.isZero() || duration.isNegative()) {
				throw new IllegalArgumentException(name + " must be positive but is " + duration);
			}
			return duration;
		}

		/**
		 * Starts a server.
		 * @return the started server
		 * @throws IllegalArgumentException if Kratos of the era would not start with one
		 * of the schemas, or would fail for every identity, or if a schema refers to
		 * other documents
		 * @throws java.io.UncheckedIOException if it cannot listen on the loopback
		 * address
		 */
		public EmbeddedKratos start() {
			return new EmbeddedKratos(this);
		}

	}

}
