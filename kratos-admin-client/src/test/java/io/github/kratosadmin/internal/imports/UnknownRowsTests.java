package io.github.kratosadmin.internal.imports;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.error.KratosBadRequestException;
import io.github.kratosadmin.error.KratosNotFoundException;
import io.github.kratosadmin.error.KratosServerException;
import io.github.kratosadmin.error.KratosUnsupportedException;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.identity.Identity;
import io.github.kratosadmin.identity.IdentityState;
import io.github.kratosadmin.identity.ImportCredentials;
import io.github.kratosadmin.identity.ImportIdentities;
import io.github.kratosadmin.identity.ImportResult;
import io.github.kratosadmin.identity.ImportResult.Outcome;
import io.github.kratosadmin.identity.ResolvedRow;
import io.github.kratosadmin.identity.ResolvedRow.Fate;
import io.github.kratosadmin.identity.UnknownRow;
import io.github.kratosadmin.internal.json.KratosJson;
import io.github.kratosadmin.testing.TestServer;
import io.github.kratosadmin.testing.TestServer.Request;
import io.github.kratosadmin.testing.TestServer.StubResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class UnknownRowsTests {

	private static final Instant SENT = Instant.parse("2026-03-01T10:00:00.123Z");

	private static final Instant FAILED = SENT.plusSeconds(10);

	private static final String IDENTIFIER = "\"ory.sh/kratos\":{\"credentials\":{\"password\":{\"identifier\":true}}}";

	private String version = "v26.2.0";

	private String schemas = schema("default", "\"email\":{\"type\":\"string\"," + IDENTIFIER + "}");

	/** The identities on the server, as JSON, by external id or identifier. */
	private final Map<String, String> identities = new HashMap<>();

	private Supplier<StubResponse> credentials = () -> hash("");

	/** What the clock of the server shows more than that of the application. */
	private Duration ahead = Duration.ZERO;

	private boolean knowsTime = true;

	@AutoClose
	private final TestServer server = new TestServer().otherwise(this::respond);

	@AutoClose
	private final KratosAdmin admin = KratosAdmin.builder().pathPrefix("").baseUrl(this.server.url()).build();

	private StubResponse respond(Request request) {
		if (request.path().equals("/version")) {
			return StubResponse.json("{\"version\":\"" + this.version + "\"}");
		}
		if (request.path().equals("/schemas")) {
			return StubResponse.json("[" + this.schemas + "]");
		}
		if (request.path().startsWith("/identities/by/external/")) {
			String found = this.identities.get(request.path().substring("/identities/by/external/".length()));
			return (found != null) ? StubResponse.json(found) : StubResponse.json(404,
					"{\"error\":{\"code\":404,\"status\":\"Not Found\",\"message\":\"Unable to locate the resource\"}}");
		}
		if (request.path().equals("/identities/1")) {
			return this.credentials.get();
		}
		String identifier = parameter(request, "credentials_identifier");
		String found = this.identities.get(identifier);
		return StubResponse.json((found != null) ? "[" + found + "]" : "[]");
	}

	private static @Nullable String parameter(Request request, String name) {
		return request.query()
			.stream()
			.filter((parameter) -> parameter.startsWith(name + "="))
			.map((parameter) -> parameter.substring(name.length() + 1))
			.findFirst()
			.orElse(null);
	}

	private static StubResponse hash(String hash) {
		return StubResponse.json("""
				{"id":"1","credentials":{"password":{"config":{"hashed_password":"%s"}}}}""".formatted(hash));
	}

	private static String schema(String id, String traits) {
		return "{\"id\":\"" + id + "\",\"schema\":{\"properties\":{\"traits\":{\"properties\":{" + traits + "}}}}}";
	}

	private ResolvedRow resolve(CreateIdentity identity) {
		return resolve(new UnknownRow(7, identity, SENT, FAILED));
	}

	private ResolvedRow resolve(UnknownRow row) {
		Instant now = SENT.plus(Duration.ofHours(1));
		String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(now.plus(this.ahead).atZone(ZoneOffset.UTC));
		return new UnknownRows(this.admin.identities(), this.admin.schemas(), () -> this.knowsTime ? date : null,
				Clock.fixed(now, ZoneOffset.UTC))
			.resolve(row);
	}

	private static CreateIdentity.Builder alice() {
		return CreateIdentity.builder().schemaId("default").traits(Map.of("email", "Alice@a.test", "age", 30));
	}

	/**
	 * The identity as Kratos would have created it for {@link #alice()}.
	 */
	private String stored(Duration afterSent, UnaryOperator<ObjectNode> change) {
		Instant created = SENT.plus(this.ahead).plus(afterSent);
		ObjectNode identity = (ObjectNode) KratosJson.mapper().readTree("""
				{"id":"1","schema_id":"default","state":"active","traits":{"email":"alice@a.test","age":30},
				"credentials":{"password":{"type":"password","identifiers":["alice@a.test"]}}}""");
		identity.put("created_at", created.toString()).put("updated_at", created.toString());
		return change.apply(identity).toString();
	}

	private void store(Duration afterSent) {
		store(afterSent, (identity) -> identity);
	}

	private void store(Duration afterSent, UnaryOperator<ObjectNode> change) {
		this.identities.put("Alice@a.test", stored(afterSent, change));
	}

	// By identifier

	@Test
	void anIdentityThatWasCreatedWhileTheRowWasSentIsThatOfTheRow() {
		store(Duration.ofSeconds(4));
		assertThat(resolve(alice().build())).isEqualTo(new ResolvedRow(7, Fate.CREATED, "1"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "-PT10S", "-PT24H", "-P1000D" })
	void anIdentityThatWasCreatedBeforeExisted(Duration afterSent) {
		store(afterSent);
		assertThat(resolve(alice().build())).isEqualTo(new ResolvedRow(7, Fate.EXISTED, "1"));
	}

	@Test
	void aRowWithoutAnIdentityIsAbsent() {
		assertThat(resolve(alice().build())).isEqualTo(new ResolvedRow(7, Fate.ABSENT, null));
	}

	@ParameterizedTest
	@ValueSource(strings = { "-PT4S", "PT13S", "PT1H" })
	void anIdentityFromAboutTheSameTimeIsUndecided(Duration afterSent) {
		store(afterSent);
		assertThat(resolve(alice().metadataAdmin(Map.of("from", "crm")).build()).fate()).isEqualTo(Fate.UNDECIDED);
	}

	@ParameterizedTest
	@CsvSource({ "PT20M, PT4S, CREATED", "-PT20M, PT4S, CREATED", "PT20M, -PT10S, EXISTED", "-PT20M, -PT10S, EXISTED",
			"-PT20M, PT20M, UNDECIDED" })
	void theClockOfTheServerDecides(Duration ahead, Duration afterSent, Fate fate) {
		this.ahead = ahead;
		store(afterSent);
		assertThat(resolve(alice().build()).fate()).isEqualTo(fate);
	}

	@ParameterizedTest
	@CsvSource({ "PT4S, UNDECIDED", "-PT10H, UNDECIDED", "-PT48H, EXISTED" })
	void withoutTheTimeOfTheServerOnlyAnOldIdentityIsDecided(Duration afterSent, Fate fate) {
		this.knowsTime = false;
		store(afterSent);
		assertThat(resolve(alice().build()).fate()).isEqualTo(fate);
	}

	@Test
	void aTimeWithoutFractionsMayBeRounded() {
		this.identities.put("Alice@a.test",
				stored(Duration.ZERO, (identity) -> identity.put("created_at", "2026-03-01T09:59:59Z")
					.put("updated_at", "2026-03-01T09:59:59Z")));
		assertThat(resolve(alice().build()).fate()).isEqualTo(Fate.CREATED);
	}

	@Test
	void anIdentityWithoutATimeIsUndecided() {
		store(Duration.ZERO, (identity) -> identity.putNull("created_at"));
		assertThat(resolve(alice().build()).fate()).isEqualTo(Fate.UNDECIDED);
	}

	// Content

	@Test
	void anIdentityWithOtherContentIsUndecided() {
		for (UnaryOperator<ObjectNode> change : List.<UnaryOperator<ObjectNode>>of(
				(identity) -> identity.put("schema_id", "customer"), (identity) -> identity.put("state", "inactive"),
				(identity) -> identity.put("external_id", "crm-1"),
				(identity) -> with(identity, "traits", (traits) -> traits.put("age", 31)),
				(identity) -> with(identity, "traits", (traits) -> traits.remove("age")),
				(identity) -> with(identity, "traits", (traits) -> traits.put("name", "Alice")),
				(identity) -> with(identity, "metadata_admin", (metadata) -> metadata.put("from", "crm")),
				(identity) -> with(identity, "metadata_public", (metadata) -> metadata.put("plan", "pro")))) {
			store(Duration.ofSeconds(4), change);
			assertThat(resolve(alice().build()).fate()).isEqualTo(Fate.UNDECIDED);
		}
	}

	private static ObjectNode with(ObjectNode identity, String field, Consumer<ObjectNode> change) {
		change.accept(identity.withObject(field));
		return identity;
	}

	@Test
	void normalizedTraitsAreThoseOfTheRow() {
		store(Duration.ofSeconds(4), (identity) -> with(identity, "traits", (traits) -> {
			traits.put("phone", "+4930123456");
			traits.putArray("tags").add("file").add("b");
		}));
		CreateIdentity row = alice()
			.traits(Map.of("email", "Alice@a.test", "age", 30, "phone", "+49 30 123 456", "tags",
					List.of("\uFB01le", "b")))
			.build();
		assertThat(resolve(row).fate()).isEqualTo(Fate.CREATED);
	}

	@Test
	void theStateAndTheMetadataOfTheRowAreCompared() {
		store(Duration.ofSeconds(4), (identity) -> with(identity.put("state", "inactive"), "metadata_admin",
				(metadata) -> metadata.put("number", 1)));
		CreateIdentity row = alice().state(IdentityState.INACTIVE).metadataAdmin(Map.of("number", 1L)).build();
		assertThat(resolve(row).fate()).isEqualTo(Fate.CREATED);
	}

	// A registration at the same time

	@Test
	void anIdentityWithThePasswordHashOfTheRowIsThatOfTheRow() {
		store(Duration.ofSeconds(4));
		CreateIdentity row = alice().credentials(ImportCredentials.builder().hashedPassword("$2a$04$x").build())
			.build();
		this.credentials = () -> hash("$2a$04$x");
		assertThat(resolve(row).fate()).isEqualTo(Fate.CREATED);
		this.credentials = () -> hash("$2a$04$y");
		assertThat(resolve(row).fate()).isEqualTo(Fate.UNDECIDED);
		this.credentials = () -> StubResponse.json("{\"id\":\"1\"}");
		assertThat(resolve(row).fate()).isEqualTo(Fate.UNDECIDED);
	}

	@Test
	void anIdentityWithAPasswordIsNotThatOfARowWithoutOne() {
		store(Duration.ofSeconds(4));
		this.credentials = () -> hash("$2a$04$x");
		assertThat(resolve(alice().build()).fate()).isEqualTo(Fate.UNDECIDED);
	}

	@Test
	void anIdentityThatCanSignInInAnotherWayMayHaveBeenRegistered() {
		store(Duration.ofSeconds(4), (identity) -> with(identity, "credentials",
				(credentials) -> credentials.putObject("code").putArray("identifiers").add("alice@a.test")));
		assertThat(resolve(alice().build()).fate()).isEqualTo(Fate.UNDECIDED);
	}

	@Test
	void anIdentityWithAClearPasswordOrAnAccountMayHaveBeenRegistered() {
		store(Duration.ofSeconds(4));
		for (ImportCredentials credentials : List.of(ImportCredentials.builder().password("correct horse").build(),
				ImportCredentials.builder().oidc("github", "4711").build())) {
			assertThat(resolve(alice().credentials(credentials).build()).fate()).isEqualTo(Fate.UNDECIDED);
		}
	}

	@Test
	void aServerThatDoesNotShowHashesLeavesARowUndecided() {
		store(Duration.ofSeconds(4));
		this.credentials = () -> StubResponse.json(400, "{\"error\":{\"code\":400,\"message\":\"invalid\"}}");
		assertThat(resolve(alice().build()).fate()).isEqualTo(Fate.UNDECIDED);
	}

	@Test
	void aRowThatWasSentForLongIsRecognizedByContentThatNoRegistrationHas() {
		CreateIdentity row = alice().metadataAdmin(Map.of("from", "crm")).build();
		store(Duration.ofMinutes(30),
				(identity) -> with(identity, "metadata_admin", (metadata) -> metadata.put("from", "crm")));
		assertThat(resolve(new UnknownRow(0, row, SENT, SENT.plus(Duration.ofHours(1)))).fate())
			.isEqualTo(Fate.CREATED);
		assertThat(this.server.requests()).extracting(Request::path).doesNotContain("/identities/1");
	}

	// By external id

	@Test
	void anExternalIdIsLookedUpFirst() {
		this.identities.put("crm-1", stored(Duration.ofSeconds(4), (identity) -> identity.put("external_id", "crm-1")));
		assertThat(resolve(alice().externalId("crm-1").build())).isEqualTo(new ResolvedRow(7, Fate.CREATED, "1"));
		assertThat(this.server.requests()).extracting(Request::path).doesNotContain("/identities", "/schemas");
	}

	@Test
	void anIdentityThatWasChangedLaterIsRecognizedByItsExternalId() {
		this.identities.put("crm-1", stored(Duration.ofSeconds(4),
				(identity) -> with(
						identity.put("external_id", "crm-1").put("updated_at", FAILED.plusSeconds(900).toString()),
						"traits", (traits) -> traits.put("age", 31))));
		assertThat(resolve(alice().externalId("crm-1").build()).fate()).isEqualTo(Fate.CREATED);
	}

	@Test
	void anIdentityWithTheIdentifierAndAnotherExternalIdExisted() {
		store(Duration.ofDays(-1), (identity) -> identity.put("external_id", "crm-2"));
		assertThat(resolve(alice().externalId("crm-1").build())).isEqualTo(new ResolvedRow(7, Fate.EXISTED, "1"));
	}

	@Test
	void aRowWithAnExternalIdNeedsNoIdentifier() {
		this.schemas = schema("default", "");
		assertThat(resolve(alice().externalId("crm-1").build()).fate()).isEqualTo(Fate.ABSENT);
	}

	@Test
	void identifiersAreUsedIfTheServerHasNoExternalIds() {
		this.version = "v1.3.1";
		store(Duration.ofDays(-1));
		assertThat(resolve(alice().externalId("crm-1").build()).fate()).isEqualTo(Fate.EXISTED);
	}

	@Test
	void a404OfAGatewayDoesNotMeanAbsent() {
		this.server.otherwise((request) -> request.path().equals("/version") ? respond(request)
				: StubResponse.json(404, "{\"message\":\"no Route matched with those values\"}"));
		assertThatExceptionOfType(KratosNotFoundException.class)
			.isThrownBy(() -> resolve(alice().externalId("crm-1").build()));
		assertThatExceptionOfType(KratosNotFoundException.class).isThrownBy(() -> resolve(alice().build()));
	}

	@Test
	void aFailedLookupIsNotAResult() {
		this.server
			.otherwise((request) -> request.path().equals("/identities") ? StubResponse.empty(500) : respond(request));
		assertThatExceptionOfType(KratosServerException.class).isThrownBy(() -> resolve(alice().build()));
	}

	// Which traits are identifiers

	@Test
	void allIdentifiersAreLookedUp() {
		this.schemas = schema("default", """
				"email":{"ory.sh/kratos":{"credentials":{"password":{"identifier":false}}}},
				"logins":{"type":"array","items":{"$ref":"#/definitions/login"}},
				"phone":{"allOf":[{"ory.sh/kratos":{"credentials":{"code":{"identifier":true,"via":"sms"}}}}]},
				"totp":{"ory.sh/kratos":{"credentials":{"totp":{"account_name":true}}}}""");
		this.schemas = this.schemas.replaceFirst("\"properties\"",
				"\"definitions\":{\"login\":{" + IDENTIFIER + "}},\"properties\"");
		ImportCredentials credentials = ImportCredentials.builder().oidc("github", "4711").build();
		resolve(alice()
			.traits(Map.of("email", "a@a.test", "logins", List.of("b", "c"), "phone", "+49", "totp", "d", "name", "e"))
			.credentials(credentials)
			.build());
		assertThat(lookedUp()).containsExactlyInAnyOrder("b", "c", "+49", "github:4711");
	}

	@Test
	void aPhoneNumberIsFoundInTheFormThatKratosStores() {
		this.schemas = schema("default",
				"\"phone\":{\"ory.sh/kratos\":{\"credentials\":{\"code\":{\"identifier\":true,\"via\":\"sms\"}}}}");
		this.identities.put("+4930123456", stored(Duration.ofDays(-1), (identity) -> with(identity, "credentials",
				(credentials) -> credentials.putObject("code").putArray("identifiers").add("+4930123456"))));
		CreateIdentity row = alice().traits(Map.of("phone", "+49 (30) 123-456")).build();
		assertThat(resolve(row)).isEqualTo(new ResolvedRow(7, Fate.EXISTED, "1"));
		assertThat(lookedUp()).containsExactly("+49 (30) 123-456", "+4930123456");
	}

	@Test
	void anIdentifierOfAnotherWayToSignInDoesNotShowThatTheIdentityExisted() {
		store(Duration.ofDays(-1), (identity) -> {
			identity.putObject("credentials").putObject("code").putArray("identifiers").add("alice@a.test");
			return identity;
		});
		assertThat(resolve(alice().build()).fate()).isEqualTo(Fate.UNDECIDED);
	}

	@Test
	void anAccountOfAnotherIdentityShowsThatItExisted() {
		this.identities.put("github:4711", stored(Duration.ofDays(-1), (identity) -> with(identity, "credentials",
				(credentials) -> credentials.putObject("oidc").putArray("identifiers").add("github:4711"))));
		ImportCredentials credentials = ImportCredentials.builder().oidc("github", "4711").build();
		assertThat(resolve(alice().credentials(credentials).build()).fate()).isEqualTo(Fate.EXISTED);
	}

	@Test
	void aServerThatCannotSearchForAccountsIsNotAskedForThem() {
		this.version = "v1.0.0";
		ImportCredentials credentials = ImportCredentials.builder().oidc("github", "4711").build();
		assertThat(resolve(alice().credentials(credentials).build()).fate()).isEqualTo(Fate.ABSENT);
		assertThat(lookedUp()).containsExactly("Alice@a.test");
		this.schemas = schema("default", "");
		assertThatExceptionOfType(KratosUnsupportedException.class)
			.isThrownBy(() -> resolve(alice().credentials(credentials).build()))
			.withMessageContaining("needs Kratos 1.1 or later, but the server is 1.0");
	}

	private List<String> lookedUp() {
		return this.server.requests()
			.stream()
			.filter((request) -> request.path().equals("/identities"))
			.map((request) -> parameter(request, "credentials_identifier"))
			.toList();
	}

	@Test
	void lookupsAreConsistentIfTheServerSupportsIt() {
		resolve(alice().build());
		assertThat(this.server.requests()).filteredOn((request) -> request.path().equals("/identities"))
			.singleElement()
			.satisfies((request) -> assertThat(parameter(request, "consistency")).isEqualTo("strong"));
		this.version = "v0.13.0";
		try (KratosAdmin old = KratosAdmin.builder().pathPrefix("").baseUrl(this.server.url()).build()) {
			assertThat(old.resolveUnknown(new UnknownRow(0, alice().build(), SENT, FAILED)).fate())
				.isEqualTo(Fate.ABSENT);
		}
	}

	@Test
	void aServerThatCannotSearchForIdentifiersIsNotAsked() {
		this.version = "v0.11.1";
		assertThatExceptionOfType(KratosUnsupportedException.class).isThrownBy(() -> resolve(alice().build()))
			.withMessageContaining("credentials_identifier needs Kratos 0.13");
		assertThat(lookedUp()).isEmpty();
	}

	@Test
	void aRowThatCannotBeRecognizedIsRefused() {
		this.schemas = schema("default", "\"email\":{\"type\":\"string\"}");
		assertThatIllegalArgumentException().isThrownBy(() -> resolve(alice().build()))
			.withMessage("Row 7 has neither an external id that the server supports nor an identifier of its identity"
					+ " schema, so its identity cannot be recognized: look for it with scanAllIdentitiesByTrait");
		assertThat(lookedUp()).isEmpty();
	}

	@Test
	void aRowWithoutASchemaMayHaveAnyOfThem() {
		this.schemas += "," + schema("customer", "\"login\":{" + IDENTIFIER + "}");
		store(Duration.ofSeconds(4));
		assertThat(resolve(alice().schemaId(null).build()).fate()).isEqualTo(Fate.CREATED);
		// The e-mail address may not be an identifier of this row.
		store(Duration.ofDays(-1));
		assertThat(resolve(alice().schemaId(null).build()).fate()).isEqualTo(Fate.UNDECIDED);
		assertThat(resolve(alice().build()).fate()).isEqualTo(Fate.EXISTED);
	}

	@Test
	void theSchemasAreReadOnceForManyRows() {
		for (int row = 0; row < 5; row++) {
			this.admin.resolveUnknown(new UnknownRow(row, alice().build(), SENT, FAILED));
		}
		assertThat(this.server.requests()).filteredOn((request) -> request.path().equals("/schemas")).hasSize(1);
	}

	// Identities in the way of one to create

	@Test
	void theIdentityWithTheExternalIdIsFound() {
		store(Duration.ZERO);
		this.identities.put("crm-1",
				stored(Duration.ZERO, (identity) -> identity.put("id", "2").put("external_id", "crm-1")));
		assertThat(this.admin.findIdentities(alice().externalId("crm-1").build())).extracting(Identity::id)
			.containsExactly("2");
		assertThat(lookedUp()).isEmpty();
	}

	@Test
	void anotherIdentityWithTheIdentifierIsFound() {
		store(Duration.ofDays(-1), (identity) -> with(identity, "metadata_admin", (admin) -> admin.put("row", 3)));
		CreateIdentity row = alice().externalId("crm-1").build();
		assertThat(this.admin.findIdentities(row)).singleElement()
			.satisfies((identity) -> assertThat(identity.metadataAdmin()).hasToString("{\"row\":3}"));
		assertThat(this.admin.findIdentities(alice().traits(Map.of("email", "bob@a.test")).build())).isEmpty();
	}

	@Test
	void anIdentityThatCannotBeFoundIsRefused() {
		this.schemas = schema("default", "\"email\":{\"type\":\"string\"}");
		assertThatIllegalArgumentException().isThrownBy(() -> this.admin.findIdentities(alice().build()))
			.withMessageStartingWith(
					"The identity has neither an external id that the server supports nor an identifier");
		assertThatIllegalArgumentException().isThrownBy(() -> this.admin.findIdentities(null))
			.withMessage("identity is missing");
		assertThatIllegalArgumentException().isThrownBy(() -> this.admin.canFindIdentities(null))
			.withMessage("identity is missing");
	}

	@Test
	void theSchemaDecidesWhetherAnIdentityHasAnIdentifier() {
		assertThat(this.admin.canFindIdentities(alice().build())).isTrue();
		assertThat(this.admin.canFindIdentities(alice().traits(Map.of("age", 30)).build())).isFalse();
		assertThat(this.admin.canFindIdentities(alice().traits(Map.of("email", " ")).build())).isFalse();
		assertThat(this.admin
			.canFindIdentities(alice().traits(Map.of("email", " ")).schemaId(null).externalId("crm-1").build()))
			.isTrue();
		assertThat(this.admin.canFindIdentities(alice().traits(Map.of("age", 30))
			.credentials(ImportCredentials.builder().oidc("github", "4711").build())
			.build())).isTrue();
		assertThat(lookedUp()).isEmpty();
		assertThat(this.server.requests()).filteredOn((request) -> request.path().equals("/schemas")).hasSize(1);
	}

	@Test
	void anIdentityOfASchemaThatTheServerDoesNotHaveHasNoIdentifier() {
		this.server.otherwise((request) -> request.path().equals("/schemas/other") ? StubResponse.json(404, """
				{"error":{"code":404,"status":"Not Found","message":"The requested resource could not be found",
				"reason":"Identity schema `other` could not be found."}}""") : respond(request));
		assertThat(this.admin.canFindIdentities(alice().schemaId("other").build())).isFalse();
		assertThat(resolve(alice().schemaId("other").externalId("crm-1").build()).fate()).isEqualTo(Fate.ABSENT);
		this.server.otherwise((request) -> request.path().equals("/schemas/another")
				? StubResponse.json(404, "{\"message\":\"no Route matched with those values\"}") : respond(request));
		assertThatExceptionOfType(KratosNotFoundException.class)
			.isThrownBy(() -> this.admin.canFindIdentities(alice().schemaId("another").build()));
	}

	@Test
	void aSchemaThatIsNotListedIsReadOnceAMinute() {
		List<String> read = new ArrayList<>();
		this.server.otherwise((request) -> {
			if (!request.path().startsWith("/schemas/")) {
				return respond(request);
			}
			read.add(request.path());
			return request.path().endsWith("/added")
					? StubResponse
						.json("{\"properties\":{\"traits\":{\"properties\":{\"email\":{" + IDENTIFIER + "}}}}}")
					: StubResponse.json(404, """
							{"error":{"code":404,"message":"The requested resource could not be found",
							"reason":"Identity schema could not be found."}}""");
		});
		AtomicReference<Instant> now = new AtomicReference<>(SENT);
		Clock clock = new Clock() {
			@Override
			public ZoneOffset getZone() {
				return ZoneOffset.UTC;
			}

			@Override
			public Clock withZone(ZoneId zone) {
				return this;
			}

			@Override
			public Instant instant() {
				return now.get();
			}
		};
		UnknownRows rows = new UnknownRows(this.admin.identities(), this.admin.schemas(), () -> null, clock);
		for (int i = 0; i < 3; i++) {
			assertThat(rows.canFind(alice().schemaId("added").build())).isTrue();
			assertThat(rows.canFind(alice().schemaId("typo").build())).isFalse();
		}
		assertThat(read).containsExactly("/schemas/added", "/schemas/typo");
		now.set(SENT.plusSeconds(61));
		assertThat(rows.canFind(alice().schemaId("typo").build())).isFalse();
		assertThat(read).hasSize(3);
	}

	@ParameterizedTest
	@ValueSource(strings = { " ", ".", ".." })
	void anIdentityOfASchemaThatCannotBeAskedForHasNoIdentifier(String schemaId) {
		assertThat(this.admin.canFindIdentities(alice().schemaId(schemaId).build())).isFalse();
	}

	@Test
	void anIdentityWithOnlyAnExternalIdCanBeFoundIfTheServerHasExternalIds() {
		CreateIdentity row = alice().traits(Map.of("age", 30)).externalId("crm-1").build();
		assertThat(this.admin.canFindIdentities(row)).isTrue();
		assertThat(this.admin.canFindIdentities(row)).isTrue();
		assertThat(this.server.requests()).filteredOn((request) -> request.path().startsWith("/identities"))
			.singleElement()
			.satisfies((request) -> assertThat(request.path()).isEqualTo("/identities/by/external/crm-1"));
		this.version = "v25.3.0";
		try (KratosAdmin old = KratosAdmin.builder().pathPrefix("").baseUrl(this.server.url()).build()) {
			assertThat(old.canFindIdentities(row)).isFalse();
			assertThatIllegalArgumentException().isThrownBy(() -> old.findIdentities(row));
			assertThat(old.canFindIdentities(alice().externalId("crm-1").build())).isTrue();
		}
	}

	@Test
	void anExternalIdThatTheServerRefusesIsSupported() {
		this.server.otherwise((request) -> request.path().startsWith("/identities/by/external/")
				? StubResponse.json(400, "{\"error\":{\"code\":400,\"message\":\"The request was malformed\"}}")
				: respond(request));
		CreateIdentity.Builder row = alice().traits(Map.of("age", 30));
		assertThat(this.admin.canFindIdentities(row.externalId("crm-1").build())).isTrue();
		assertThat(this.admin.canFindIdentities(row.externalId("..").build())).isTrue();
		this.server.otherwise((request) -> request.path().startsWith("/identities/by/external/")
				? StubResponse.json(400, "{}") : respond(request));
		assertThatExceptionOfType(KratosBadRequestException.class)
			.isThrownBy(() -> this.admin.canFindIdentities(row.externalId("crm-1").build()));
	}

	// The row

	@Test
	void anImportReturnsWhatIsNeeded() {
		this.server.otherwise((request) -> switch (request.method()) {
			case "PATCH" -> {
				store(Duration.between(SENT, Instant.now()));
				yield StubResponse.dropped().header("Date", "x");
			}
			default -> respond(request).header("Date",
					DateTimeFormatter.RFC_1123_DATE_TIME.format(Instant.now().atZone(ZoneOffset.UTC)));
		});
		CreateIdentity alice = alice().metadataAdmin(Map.of("secret", "s3cret")).build();
		List<ImportResult> results = new ArrayList<>();
		Instant before = Instant.now();
		this.admin.importIdentities(List.of(alice).stream(), ImportIdentities.builder().build(), results::add);
		ImportResult result = results.get(0);
		assertThat(result.outcome()).isEqualTo(Outcome.UNKNOWN);
		UnknownRow unknown = result.unknown();
		assertThat(unknown).isNotNull();
		assertThat(unknown.identity()).isSameAs(alice);
		assertThat(unknown.sentFrom()).isBetween(before, unknown.sentUntil());
		assertThat(unknown.sentUntil()).isBeforeOrEqualTo(Instant.now());
		assertThat(result.toString() + unknown).doesNotContain("s3cret", "Alice");
		assertThat(JsonMapper.shared().writeValueAsString(result)).doesNotContain("unknown\"", "s3cret", "Alice");
		store(Duration.between(SENT, unknown.sentFrom()),
				(identity) -> with(identity, "metadata_admin", (metadata) -> metadata.put("secret", "s3cret")));
		assertThat(this.admin.resolveUnknown(unknown)).isEqualTo(new ResolvedRow(0, Fate.CREATED, "1"));
	}

	@Test
	void otherRowsHaveNothingToResolve() {
		this.server.otherwise((request) -> request.path().equals("/version") ? respond(request)
				: StubResponse.json(400, "{\"error\":{\"code\":400,\"message\":\"bad\"}}"));
		assertThat(this.admin.importIdentitiesLazily(List.of(alice().build()).stream(),
				ImportIdentities.builder().build()))
			.singleElement()
			.satisfies((result) -> assertThat(result.unknown()).isNull());
	}

	@Test
	void invalidRowsAreRejected() {
		CreateIdentity alice = alice().build();
		assertThatIllegalArgumentException().isThrownBy(() -> new UnknownRow(0, null, SENT, FAILED))
			.withMessage("identity is missing");
		assertThatIllegalArgumentException().isThrownBy(() -> new UnknownRow(0, alice, null, FAILED))
			.withMessage("sentFrom is missing");
		assertThatIllegalArgumentException().isThrownBy(() -> new UnknownRow(0, alice, SENT, null))
			.withMessage("sentUntil is missing");
		assertThatIllegalArgumentException().isThrownBy(() -> new UnknownRow(0, alice, FAILED, SENT))
			.withMessageContaining("sentUntil must not be before sentFrom");
		assertThatIllegalArgumentException().isThrownBy(() -> this.admin.resolveUnknown(null))
			.withMessage("row is missing");
		assertThat(this.server.requests()).isEmpty();
	}

}
