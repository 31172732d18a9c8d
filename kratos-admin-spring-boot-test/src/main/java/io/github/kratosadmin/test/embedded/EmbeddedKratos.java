package io.github.kratosadmin.test.embedded;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
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
 * The admin API of Ory Kratos in this JVM, for tests and for a first run. It speaks real
 * HTTP on two random loopback ports, keeps its state in memory, validates traits against
 * identity schemas, and answers with the statuses, headers and bodies of the real server.
 * A schema for persons, {@code default}, is there from the start.
 *
 * <pre class="code">
 * try (EmbeddedKratos kratos = EmbeddedKratos.start()) {
 *     URI adminUrl = kratos.adminUrl();
 * }
 * </pre>
 *
 * What a person or an operator does to a real server, this class has methods for: flows
 * are started, failed and expired through it, sessions issued, messages added, health
 * checks failed.
 * <p>
 * It speaks as Kratos 26 does unless it is {@linkplain Builder#era(KratosEra) told
 * another era}: where its operations are, how lists are paged, what failures look like
 * and what an identity is made of change from era to era. It has the seventeen operations
 * that Kratos has had since 0.6 and those that came later, each from the era on in which
 * it came: for identities, patching one, creating many at once, deleting its credentials
 * and finding it by its external id; for sessions, messages, recovery codes and lists of
 * schemas. Flows, errors and schemas are on the {@linkplain #publicUrl() public port}, to
 * which the admin port redirects from 0.7 on.
 * <p>
 * It is not Kratos. It does not have
 * <ul>
 * <li>on the public port, anything but what the admin port redirects to it, and the
 * redirects of identities to the admin port;</li>
 * <li>cookies or the pages of self-service flows: nobody can read a browser's flow from
 * 0.7 on, when it takes a cookie;</li>
 * <li>a way to sign in: passwords and links to other providers are taken and shown, but
 * the hash of a password that comes in clear is that of another one; the schema names
 * identifiers of passwords, security keys and codes, not of passkeys; and a session,
 * which always counts as one by password on one device, serves only for settings flows,
 * whose picture for an authenticator app is blank;</li>
 * <li>a courier: messages wait forever and say what they say to everybody, as on a server
 * in development mode; their links and their codes are good for nothing, and a recovery
 * link or code is for a flow but leads no further;</li>
 * <li>a database: nothing outlives it, and where a real server would report a database's
 * error, the text is SQLite's;</li>
 * <li>hooks, sign-in with other providers, TLS, CORS, tracing, or the metrics of a real
 * server;</li>
 * <li>other spellings: UUIDs without dashes, base64 schema ids with padding or in a new
 * identity, JSON keys in another case, {@code HEAD} and {@code OPTIONS}; a settings flow
 * without its session is always 401, where a server sends a browser to sign in;</li>
 * <li>identity schemas that refer to other documents, and messages by SMS;</li>
 * <li>in schemas, the rule that there is at least one trait, regular expressions with
 * long names of Unicode categories, such as {@code \p{Letter}}, or with two groups of one
 * name; and, where a number is an identifier, its spelling in the request;</li>
 * <li>the redirects that a real server answers to a path with a slash too many;</li>
 * <li>what a patch does to an answer only: to the URL of the schema, and, in 1.x, to the
 * id of an address that the patch removes and the traits bring back;</li>
 * <li>what differs between versions of one era.</li>
 * </ul>
 * The texts in which a schema violation is described are its validator's own. A response
 * with a body closes its connection.
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

	private final HealthChecks readiness;

	private final PlannedFailures failures = new PlannedFailures();

	private final RequestLog requests = new RequestLog();

	private final Snapshot start;

	private EmbeddedKratos(Builder builder) {
		this.era = builder.era;
		Clock clock = builder.clock;
		Supplier<UUID> idSource = builder.idSource;
		Supplier<String> ids = () -> idSource.get().toString();
		this.schemas = new SchemaStore(builder.schemas, this.era);
		this.identityManager = new IdentityManager(this.era, this.schemas, this.identities, ids, clock);
		this.sessions = new SessionStore(this.era, ids, clock);
		this.errors = new SelfServiceErrors(this.era, ids, clock);
		this.readiness = new HealthChecks(this.era);
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
	 * What the admin port alone has.
	 */
	private Router adminRoutes(Urls urls, Builder builder) {
		Router router = new Router();
		new IdentityHandler(this.era, this.identityManager, this.identities, urls, builder.clock,
				builder.conflictsFailTheBatch)
			.addRoutes(router);
		new RecoveryHandler(this.era, this.identities, this.flowFactory, this.flows, urls, builder.recoveryLinkLifespan)
			.addRoutes(router);
		new CourierHandler(this.era, this.courier).addRoutes(router);
		new MetadataHandler(this.era, this.requests::count, this.identities::count).addRoutes(router);
		this.readiness.addRoutes(router);
		return router;
	}

	/**
	 * What the public port has, and in 0.6 the admin port too.
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
	 * A builder for a server that differs from the default.
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
	 * The address of the public API, where flows, errors and schemas are. The admin port
	 * redirects there from 0.7 on. In 0.6 both ports have them, and neither asks who
	 * reads a flow.
	 * @return an {@code http} URL with the address and port this server listens on,
	 * without a path, whatever {@link Builder#publicUrl(URI)} says
	 */
	public URI publicUrl() {
		return this.publicUrl;
	}

	/**
	 * The era of Kratos that this server speaks.
	 * @return the era
	 */
	public KratosEra era() {
		return this.era;
	}

	/**
	 * Adds an identity schema, or replaces the one of the same id. {@link #reset()} takes
	 * it away again; {@link Builder#schema(String, String)} adds one that stays.
	 * @param id the id, {@code default} for the one of identities that name none
	 * @param jsonSchema the JSON schema, draft 4, 6 or 7, whose property {@code traits}
	 * describes the traits
	 * @throws IllegalArgumentException if Kratos of the era does not start with it, or
	 * fails for every identity, or if it refers to other documents
	 */
	public void addSchema(String id, String jsonSchema) {
		this.schemas.add(id, jsonSchema);
	}

	/**
	 * Does what a person does who completes a registration flow: creates an identity with
	 * the default schema, a session, and a message to each address that can be verified,
	 * which counts as sent.
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
	 * Issues a session, which lives for a day.
	 * @param identityId the id of the identity that signs in
	 * @return the session
	 * @throws IllegalArgumentException if there is no such identity
	 */
	public IssuedSession createSession(String identityId) {
		return issued(this.sessions.issue(identity(identityId).id()));
	}

	/**
	 * Starts a flow of any kind but {@link FlowKind#SETTINGS}. From 0.7 on only an API
	 * flow can be read; a browser's is refused with 403, as there are no cookies.
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
	 * Starts a settings flow for the identity that is signed in.
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
	 * Submits a wrong password to a login flow, which then carries the message that the
	 * credentials are invalid.
	 * @param flowId the id of the flow
	 * @param identifier what the person signs in with
	 * @throws IllegalArgumentException if there is no such login flow
	 */
	public void submitWrongPassword(String flowId, String identifier) {
		this.flowActions.submitWrongPassword(flowId, identifier);
	}

	/**
	 * Submits an address to a recovery flow, whose state then is {@code sent_email}. The
	 * address need not be known; if an identity can be recovered with it, there is a
	 * message to it.
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
	 * Adds a message that waits to be sent. It is an email, and waits forever.
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
	 * Lets a flow expire. Asked for it, the server answers 410 from now on.
	 * @param flowId the id of the flow
	 * @throws IllegalArgumentException if there is no such flow
	 */
	public void expireFlow(String flowId) {
		this.flowActions.expire(flowId);
	}

	/**
	 * Stores a self-service error, as Kratos does when it sends a browser to the error
	 * page.
	 * @param error the error as a JSON object, or, in 0.6, several in an array
	 * @return the id to ask for the error with
	 * @throws IllegalArgumentException if it is not JSON, or several in a later era
	 */
	public String addError(String error) {
		return this.errors.add(Json.readArgument("Error", error));
	}

	/**
	 * Lets a readiness check fail. The server answers {@code /health/ready} with 503 and
	 * the causes of all failed checks until {@link #ready()}; everything else works on.
	 * @param check the name of the check, such as {@code database}
	 * @param cause why it fails
	 */
	public void notReady(String check, String cause) {
		this.readiness.fail(check, cause);
	}

	/**
	 * Lets all readiness checks succeed again.
	 */
	public void ready() {
		this.readiness.clear();
	}

	/**
	 * Lets the next calls fail, whatever they are but {@code GET /admin/version}, with an
	 * error in Kratos's envelope. They change nothing. A call that would be redirected
	 * fails before it is. Replaces what was left of an earlier call of this method.
	 * @param calls how many calls are to fail
	 * @param status the HTTP status, from 400 to 599
	 * @throws IllegalArgumentException if the number or the status is out of range
	 */
	public void failNext(int calls, int status) {
		if (calls < 1) {
			throw new IllegalArgumentException("The number of calls must be positive but is " + calls);
		}
		if (status < 400 || status > 599) {
			throw new IllegalArgumentException("The status must be from 400 to 599 but is " + status);
		}
		this.failures.plan(calls, status);
	}

	/**
	 * The requests received on both ports since the start or the last {@link #reset()},
	 * oldest first, failed and redirected ones too. Only the last 10,000 are kept.
	 * @return the requests
	 */
	public List<ReceivedRequest> requests() {
		return this.requests.requests();
	}

	/**
	 * Goes back to the state after the start: forgets identities, sessions, flows,
	 * messages, errors, added schemas, planned failures and received requests. The
	 * addresses stay.
	 */
	public void reset() {
		this.start.restore();
	}

	/**
	 * Remembers the state: identities, sessions, flows, messages, errors, schemas, and
	 * what fails.
	 * @return what goes back to it
	 */
	public Snapshot snapshot() {
		return new Snapshot(List.of(this.failures.snapshot(), this.readiness.snapshot(), this.flows.snapshot(),
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
			// Asked before the first call, to find out the prefix of the paths.
			if (!request.path().equals("/admin/version")) {
				this.failures.next();
			}
			return routes.apply(request);
		}
		catch (ErrorResponseException ex) {
			return ex.toResponse(request.requestId());
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
	 * A state that an {@link EmbeddedKratos} was in.
	 */
	public static final class Snapshot {

		private final List<Runnable> parts;

		private Snapshot(List<Runnable> parts) {
			this.parts = parts;
		}

		/**
		 * Lets the server go back to the state, and forget the requests it received. It
		 * can be called any number of times.
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

		private KratosEra era = KratosEra.V26;

		private @Nullable URI publicUrl;

		private URI pagesUrl = URI.create("http://127.0.0.1:4455/");

		private Clock clock = Clock.systemUTC();

		private Supplier<UUID> idSource = UUID::randomUUID;

		private Duration flowLifespan = Duration.ofHours(1);

		private Duration recoveryLinkLifespan = Duration.ofHours(1);

		private boolean extendsSessionsSilently;

		private boolean conflictsFailTheBatch;

		private Builder() {
			this.schemas.put(SchemaStore.DEFAULT_ID, SchemaStore.personSchema());
		}

		/**
		 * Sets the era of Kratos that the server speaks. By default it is
		 * {@link KratosEra#V26}.
		 * @param era the era
		 * @return this builder
		 */
		public Builder era(KratosEra era) {
			this.era = Objects.requireNonNull(era, "era");
			return this;
		}

		/**
		 * Adds an identity schema, or replaces the one of the same id. It is looked at
		 * when the server starts.
		 * @param id the id, {@code default} for the one of identities that name none
		 * @param jsonSchema the JSON schema, draft 4, 6 or 7, whose property
		 * {@code traits} describes the traits
		 * @return this builder
		 */
		public Builder schema(String id, String jsonSchema) {
			this.schemas.put(Objects.requireNonNull(id, "id"), Objects.requireNonNull(jsonSchema, "jsonSchema"));
			return this;
		}

		/**
		 * Sets the address that schema URLs, recovery links, the forms of flows and the
		 * redirects to the public API start with, which Kratos calls
		 * {@code serve.public.base_url}. Nothing need be there: it may be an address for
		 * browsers only. By default it is {@link EmbeddedKratos#publicUrl()}.
		 * @param publicUrl the address
		 * @return this builder
		 */
		public Builder publicUrl(URI publicUrl) {
			this.publicUrl = Objects.requireNonNull(publicUrl, "publicUrl");
			return this;
		}

		/**
		 * Sets the address of the pages on which a person sees flows. A recovery code is
		 * entered there, and {@code return_to} must be there or where flows are. Nothing
		 * need be there. By default it is {@code http://127.0.0.1:4455/}.
		 * @param pagesUrl the address
		 * @return this builder
		 */
		public Builder pagesUrl(URI pagesUrl) {
			this.pagesUrl = Objects.requireNonNull(pagesUrl, "pagesUrl");
			return this;
		}

		/**
		 * Sets the clock that tells when something was created and whether a flow has
		 * expired. By default it is the system's.
		 * @param clock the clock
		 * @return this builder
		 */
		public Builder clock(Clock clock) {
			this.clock = Objects.requireNonNull(clock, "clock");
			return this;
		}

		/**
		 * Sets where the ids of identities, addresses, sessions, flows, messages and
		 * errors come from. By default they are random. Several threads may ask at the
		 * same time.
		 * @param idSource what gives a new id at every call
		 * @return this builder
		 */
		public Builder idSource(Supplier<UUID> idSource) {
			this.idSource = Objects.requireNonNull(idSource, "idSource");
			return this;
		}

		/**
		 * Sets how long a flow lives that {@link EmbeddedKratos} starts. By default it is
		 * an hour.
		 * @param flowLifespan how long, more than nothing
		 * @return this builder
		 * @throws IllegalArgumentException if it is not positive
		 */
		public Builder flowLifespan(Duration flowLifespan) {
			this.flowLifespan = requirePositive(flowLifespan, "flowLifespan");
			return this;
		}

		/**
		 * Sets how long a recovery link or code is good for unless the request says so.
		 * By default it is an hour.
		 * @param recoveryLinkLifespan how long, more than nothing
		 * @return this builder
		 * @throws IllegalArgumentException if it is not positive
		 */
		public Builder recoveryLinkLifespan(Duration recoveryLinkLifespan) {
			this.recoveryLinkLifespan = requirePositive(recoveryLinkLifespan, "recoveryLinkLifespan");
			return this;
		}

		/**
		 * Lets the server answer a request to extend a session with 204 and no body,
		 * instead of the session, as Kratos from 1.3 on does when its feature flag
		 * {@code faster_session_extend} is set.
		 * @return this builder
		 */
		public Builder extendSessionsSilently() {
			this.extendsSessionsSilently = true;
			return this;
		}

		/**
		 * Lets a batch of identities fail with 409 as a whole if one of them conflicts,
		 * as on MySQL and MariaDB. On other databases Kratos from 25.4 on creates the
		 * others.
		 * @return this builder
		 */
		public Builder conflictsFailTheBatch() {
			this.conflictsFailTheBatch = true;
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
		 * @throws IllegalArgumentException if Kratos of the era does not start with one
		 * of the schemas, or fails for every identity, or if one refers to other
		 * documents
		 * @throws java.io.UncheckedIOException if it cannot listen on the loopback
		 * address
		 */
		public EmbeddedKratos start() {
			return new EmbeddedKratos(this);
		}

	}

}
