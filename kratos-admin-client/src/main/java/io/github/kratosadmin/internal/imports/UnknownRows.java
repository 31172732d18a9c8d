package io.github.kratosadmin.internal.imports;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;

import io.github.kratosadmin.error.KratosBadRequestException;
import io.github.kratosadmin.error.KratosNotFoundException;
import io.github.kratosadmin.error.KratosUnsupportedException;
import io.github.kratosadmin.identity.Consistency;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.identity.CredentialsType;
import io.github.kratosadmin.identity.Identity;
import io.github.kratosadmin.identity.IdentityApi;
import io.github.kratosadmin.identity.IdentityCredentials;
import io.github.kratosadmin.identity.ImportCredentials;
import io.github.kratosadmin.identity.ListIdentities;
import io.github.kratosadmin.identity.ResolvedRow;
import io.github.kratosadmin.identity.ResolvedRow.Fate;
import io.github.kratosadmin.identity.UnknownRow;
import io.github.kratosadmin.internal.json.KratosJson;
import io.github.kratosadmin.internal.response.IdentifierForm;
import io.github.kratosadmin.schema.IdentitySchemaContainer;
import io.github.kratosadmin.schema.SchemaApi;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import org.springframework.util.StringUtils;

/**
 * Finds the identities of rows of imports, and what became of the rows. Looks for an
 * identity by its external id, then by its identifiers. The time of its creation and its
 * content show whether the row created it.
 */
public final class UnknownRows {

	/** Replicas of the server may have different clocks. */
	private static final Duration MARGIN = Duration.ofSeconds(5);

	/** MySQL stores times in seconds. */
	private static final Duration PRECISION = Duration.ofSeconds(1);

	private static final Duration SCHEMAS_AGE = Duration.ofMinutes(1);

	private final IdentityApi identities;

	private final SchemaApi schemas;

	private final Supplier<@Nullable String> serverDate;

	private final Clock clock;

	private volatile @Nullable Schemas read;

	/** Whether the server has already answered the search for an external id. */
	private volatile boolean hasExternalIds;

	public UnknownRows(IdentityApi identities, SchemaApi schemas, Supplier<@Nullable String> serverDate) {
		this(identities, schemas, serverDate, Clock.systemUTC());
	}

	/**
	 * Creates an instance.
	 * @param identities finds identities
	 * @param schemas reads the identity schemas
	 * @param serverDate the {@code Date} header of the last response, or {@code null}
	 * @param clock the clock of this application
	 */
	UnknownRows(IdentityApi identities, SchemaApi schemas, Supplier<@Nullable String> serverDate, Clock clock) {
		this.identities = identities;
		this.schemas = schemas;
		this.serverDate = serverDate;
		this.clock = clock;
	}

	/**
	 * Finds out what became of a row.
	 */
	public ResolvedRow resolve(UnknownRow row) {
		KratosJson.required(row, "row");
		Search search = search(row.identity(), "Row " + row.row());
		ResolvedRow result = new ResolvedRow(row.row(), Fate.ABSENT, null);
		for (Identity identity : search.found()) {
			Fate fate = fate(row, identity, search);
			if (result.fate() == Fate.ABSENT || fate == Fate.CREATED
					|| (fate == Fate.UNDECIDED && result.fate() == Fate.EXISTED)) {
				result = new ResolvedRow(row.row(), fate, identity.id());
			}
		}
		return result;
	}

	/**
	 * Finds the identities with the external id or else an identifier of one to create.
	 */
	public List<Identity> find(CreateIdentity identity) {
		return search(KratosJson.required(identity, "identity"), "The identity").found();
	}

	/**
	 * Returns whether an identity to create has an external id that the server supports
	 * or an identifier.
	 */
	public boolean canFind(CreateIdentity identity) {
		KratosJson.required(identity, "identity");
		String externalId = identity.externalId();
		return (StringUtils.hasText(externalId) && this.hasExternalIds) || !accounts(identity.credentials()).isEmpty()
				|| identifiers(identity).stream().anyMatch((identifiers) -> !identifiers.isEmpty())
				|| (StringUtils.hasText(externalId) && isSupported(externalId));
	}

	private boolean isSupported(String externalId) {
		try {
			return byExternalId(externalId) != null;
		}
		catch (IllegalArgumentException ex) {
			// This one cannot be sent, such as "..".
			return true;
		}
		catch (KratosBadRequestException ex) {
			if (!ex.isFromKratos()) {
				throw ex;
			}
			return true;
		}
	}

	private Search search(CreateIdentity identity, String subject) {
		String externalId = identity.externalId();
		Search byExternalId = StringUtils.hasText(externalId) ? byExternalId(externalId) : null;
		return (byExternalId != null && !byExternalId.found().isEmpty()) ? byExternalId
				: byIdentifiers(identity, byExternalId, subject);
	}

	/**
	 * Returns {@code null} if the server does not have external ids.
	 */
	private @Nullable Search byExternalId(String externalId) {
		Instant before = this.clock.instant();
		try {
			List<Identity> found = this.identities.findByExternalId(externalId).stream().toList();
			this.hasExternalIds = true;
			return new Search(found, serverClock(before), (identity) -> true);
		}
		catch (KratosUnsupportedException ex) {
			return null;
		}
	}

	private Search byIdentifiers(CreateIdentity identity, @Nullable Search byExternalId, String subject) {
		List<Map<String, Set<String>>> bySchema = identifiers(identity);
		Set<String> inTraits = new LinkedHashSet<>();
		bySchema.forEach((identifiers) -> inTraits.addAll(identifiers.keySet()));
		Map<String, Set<String>> accounts = accounts(identity.credentials());
		if (inTraits.isEmpty() && accounts.isEmpty() && byExternalId == null) {
			throw new IllegalArgumentException(subject
					+ " has neither an external id that the server supports nor an identifier of its identity schema,"
					+ " so its identity cannot be recognized: look for it with scanAllIdentitiesByTrait");
		}
		for (String identifier : inTraits) {
			Instant before = this.clock.instant();
			List<Identity> found = byIdentifier(identifier);
			if (!found.isEmpty()) {
				return new Search(found, serverClock(before), (candidate) -> bySchema.stream()
					.allMatch((types) -> isIdentifier(identifier, types.get(identifier), candidate)));
			}
		}
		for (String account : accounts.keySet()) {
			Instant before = this.clock.instant();
			List<Identity> found = byAccount(account, inTraits.isEmpty());
			if (!found.isEmpty()) {
				return new Search(found, serverClock(before),
						(candidate) -> isIdentifier(account, accounts.get(account), candidate));
			}
		}
		return new Search(List.of(), ServerClock.of(Instant.EPOCH, Instant.EPOCH, null), (candidate) -> true);
	}

	private List<Identity> byIdentifier(String identifier) {
		try {
			return list(identifier, Consistency.STRONG);
		}
		catch (KratosUnsupportedException ex) {
			// Up to 1.0. Without the filter too, the client refuses the next call.
			return list(identifier, null);
		}
	}

	/**
	 * Up to 1.0, Kratos cannot search for accounts. It has no consistency either.
	 * @param required whether the row cannot be recognized otherwise
	 */
	private List<Identity> byAccount(String account, boolean required) {
		try {
			return list(account, Consistency.STRONG);
		}
		catch (KratosUnsupportedException ex) {
			if (required) {
				throw new KratosUnsupportedException("listIdentities", "credentials_identifier of an account",
						ex.getRequiredVersion(), ex.getServerVersion());
			}
			return List.of();
		}
	}

	private List<Identity> list(String identifier, @Nullable Consistency consistency) {
		return this.identities
			.listIdentities(ListIdentities.builder().credentialsIdentifier(identifier).consistency(consistency).build())
			.items();
	}

	/**
	 * Returns whether no other identity can have the identifier: it is unique among the
	 * credentials of a type.
	 * @param types the types of credentials for which the row has it, or {@code null}
	 */
	private static boolean isIdentifier(String identifier, @Nullable Set<String> types, Identity identity) {
		String form = IdentifierForm.of(identifier);
		return types != null && types.stream()
			.map(identity.credentials()::get)
			.filter(Objects::nonNull)
			.flatMap((credentials) -> credentials.identifiers().stream())
			.map(IdentifierForm::of)
			.anyMatch(form::equals);
	}

	private ServerClock serverClock(Instant before) {
		return ServerClock.of(before, this.clock.instant(), this.serverDate.get());
	}

	/**
	 * Returns the identifiers in the traits of a row by the schemas that it may have:
	 * only the server knows which one is the default.
	 */
	private List<Map<String, Set<String>>> identifiers(CreateIdentity identity) {
		return schemas(identity.schemaId()).stream()
			.map((schema) -> SchemaIdentifiers.of(schema, identity.traits()))
			.toList();
	}

	/**
	 * Returns the accounts of a row at other providers as Kratos identifies them.
	 */
	private static Map<String, Set<String>> accounts(@Nullable ImportCredentials credentials) {
		Map<String, Set<String>> accounts = new LinkedHashMap<>();
		if (credentials != null && credentials.oidc() != null) {
			credentials.oidc()
				.config()
				.providers()
				.forEach((account) -> add(accounts, account.provider(), account.subject(), CredentialsType.OIDC));
		}
		if (credentials != null && credentials.saml() != null) {
			credentials.saml()
				.config()
				.providers()
				.forEach((account) -> add(accounts, account.provider(), account.subject(), CredentialsType.SAML));
		}
		return accounts;
	}

	private static void add(Map<String, Set<String>> accounts, String provider, String subject, CredentialsType type) {
		accounts.computeIfAbsent(provider + ":" + subject, (account) -> new LinkedHashSet<>()).add(type.value());
	}

	private List<JsonNode> schemas(@Nullable String schemaId) {
		Schemas read = schemas();
		if (!StringUtils.hasLength(schemaId)) {
			return read.listed().stream().map(UnknownRows::schema).toList();
		}
		return read.listed()
			.stream()
			.filter((schema) -> schema.id().equals(schemaId))
			.findFirst()
			.map((schema) -> List.of(schema(schema)))
			.orElseGet(() -> otherSchema(read, schemaId));
	}

	private List<JsonNode> otherSchema(Schemas read, String schemaId) {
		List<JsonNode> schema = read.others().get(schemaId);
		if (schema == null) {
			// Two threads may read it at the same time.
			schema = newSchema(schemaId);
			read.others().put(schemaId, schema);
		}
		return schema;
	}

	/**
	 * Returns a schema that may have been added in the meantime. It is empty if no
	 * identity has this schema.
	 */
	private List<JsonNode> newSchema(String schemaId) {
		try {
			return List.of(this.schemas.getSchema(schemaId));
		}
		catch (KratosNotFoundException ex) {
			if (!ex.isFromKratos()) {
				throw ex;
			}
			return List.of();
		}
		catch (IllegalArgumentException ex) {
			// It cannot be sent, such as "..".
			return List.of();
		}
	}

	private static JsonNode schema(IdentitySchemaContainer schema) {
		return (schema.schema() != null) ? schema.schema() : KratosJson.mapper().createObjectNode();
	}

	/**
	 * Returns the schemas, read at most once a minute: many rows are resolved in turn.
	 */
	private Schemas schemas() {
		Schemas read = this.read;
		Instant now = this.clock.instant();
		if (read == null || Duration.between(read.time(), now).abs().compareTo(SCHEMAS_AGE) > 0) {
			read = new Schemas(this.schemas.streamIdentitySchemas().toList(), new ConcurrentHashMap<>(), now);
			this.read = read;
		}
		return read;
	}

	private Fate fate(UnknownRow row, Identity identity, Search search) {
		Instant created = identity.createdAt();
		if (created == null) {
			return Fate.UNDECIDED;
		}
		ServerClock clock = search.clock();
		Duration precision = (created.getNano() == 0) ? PRECISION : Duration.ZERO;
		Instant from = row.sentFrom().plus(clock.min()).minus(precision);
		Instant until = row.sentUntil().plus(clock.max()).plus(precision);
		if (created.isBefore(from.minus(MARGIN))) {
			return search.certain().test(identity) ? Fate.EXISTED : Fate.UNDECIDED;
		}
		boolean within = clock.known() && !created.isBefore(from) && !created.isAfter(until);
		boolean same = within && RowContent.isThatOf(row.identity(), identity);
		return (same && isNotRegistered(row.identity(), identity)) ? Fate.CREATED : Fate.UNDECIDED;
	}

	/**
	 * Returns whether an identity with the content of a row certainly comes from the
	 * admin API, and not from a registration at the same time.
	 */
	private boolean isNotRegistered(CreateIdentity row, Identity identity) {
		if (RowContent.isOfAdmin(row)) {
			return true;
		}
		ImportCredentials credentials = row.credentials();
		ImportCredentials.Password password = (credentials != null) ? credentials.password() : null;
		String sent = (password != null) ? password.config().hashedPassword() : null;
		boolean passwordOnly = identity.credentials()
			.keySet()
			.stream()
			.allMatch(CredentialsType.PASSWORD.value()::equals);
		// Who registers has a password or other credentials.
		boolean comparable = (sent != null) || (credentials == null && passwordOnly);
		return comparable && Objects.requireNonNullElse(sent, "").equals(hash(identity));
	}

	/**
	 * Returns the hash of the password: empty if there is none, and {@code null} if the
	 * server does not show it.
	 */
	private @Nullable String hash(Identity identity) {
		try {
			IdentityCredentials password = this.identities.getIdentity(identity.id(), List.of(CredentialsType.PASSWORD))
				.credentials()
				.get(CredentialsType.PASSWORD.value());
			JsonNode config = (password != null) ? password.config() : null;
			return (config != null) ? config.path("hashed_password").asString("") : "";
		}
		catch (KratosBadRequestException ex) {
			// Up to Kratos 0.13.
			return null;
		}
	}

	/**
	 * The result of a search.
	 *
	 * @param found the identities that were found
	 * @param clock the clock of the server
	 * @param certain whether an identity certainly prevents that of the row
	 */
	private record Search(List<Identity> found, ServerClock clock, Predicate<Identity> certain) {

	}

	/**
	 * The identity schemas and when they were read.
	 *
	 * @param listed the schemas that the server listed
	 * @param others those that were then read by their id, empty if absent
	 * @param time the time
	 */
	private record Schemas(List<IdentitySchemaContainer> listed, Map<String, List<JsonNode>> others, Instant time) {

	}

}
