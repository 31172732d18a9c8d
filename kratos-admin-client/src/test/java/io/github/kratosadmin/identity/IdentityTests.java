package io.github.kratosadmin.identity;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.kratosadmin.internal.json.KratosJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class IdentityTests {

	private static final Identity EMPTY = new Identity("x", null, null, null, null, NullNode.getInstance(), List.of(),
			List.of(), null, null, Map.of(), null, null, null, null, null, Map.of());

	@Test
	void everythingButTheIdMayBeAbsent() {
		assertThat(read("{\"id\":\"x\"}")).isEqualTo(EMPTY);
	}

	@Test
	void everythingButTheIdMayBeNull() {
		assertThat(read("""
				{"id":"x","schema_id":null,"schema_url":null,"state":null,"state_changed_at":null,"traits":null,
				"verifiable_addresses":null,"recovery_addresses":null,"metadata_public":null,"metadata_admin":null,
				"credentials":null,"external_id":null,"organization_id":null,"created_at":null,"updated_at":null}"""))
			.isEqualTo(EMPTY);
	}

	@Test
	void everythingInAnAddressMayBeNullOrAbsent() {
		Identity identity = read("""
				{"id":"x","verifiable_addresses":[{},null,{"id":null,"value":null,"verified":null,"via":null,
				"status":null,"verified_at":null,"created_at":null,"updated_at":null}],"recovery_addresses":[{},null,
				{"id":null,"value":null,"via":null,"created_at":null,"updated_at":null}]}""");
		assertThat(identity.verifiableAddresses()).hasSize(2).allSatisfy((address) -> {
			assertThat(address).hasAllNullFieldsOrPropertiesExcept("verified", "additionalProperties");
			assertThat(address.verified()).isFalse();
			assertThat(address.additionalProperties()).isEmpty();
		});
		assertThat(identity.recoveryAddresses()).hasSize(2).allSatisfy((address) -> {
			assertThat(address).hasAllNullFieldsOrPropertiesExcept("additionalProperties");
			assertThat(address.additionalProperties()).isEmpty();
		});
	}

	@Test
	void everythingInCredentialsMayBeNullOrAbsent() {
		Identity identity = read("""
				{"id":"x","credentials":{"password":{},"oidc":{"type":null,"identifiers":null,"config":null,
				"version":null,"created_at":null,"updated_at":null}}}""");
		IdentityCredentials empty = new IdentityCredentials(null, List.of(), null, 0, null, null, Map.of());
		assertThat(identity.credentials().get("password")).isEqualTo(empty);
		assertThat(identity.credentials().get("oidc").identifiers()).isEmpty();
	}

	@Test
	void credentialsThatAreNullAreIgnored() {
		assertThat(read("{\"id\":\"x\",\"credentials\":{\"password\":null}}").credentials()).isEmpty();
	}

	@Test
	void everythingIsRead() {
		Identity identity = read(
				"""
						{"id":"x","schema_id":"default","schema_url":"http://a.test/schemas/default","state":"inactive",
						"state_changed_at":"2026-01-02T03:04:05Z","traits":{"email":"a@a.test"},
						"verifiable_addresses":[{"id":"v","value":"a@a.test","verified":true,"via":"email","status":"completed",
						"verified_at":"2026-01-02T03:04:06Z","created_at":"2026-01-02T03:04:07Z",
						"updated_at":"2026-01-02T03:04:08Z"}],"recovery_addresses":[{"id":"r","value":"b@a.test","via":"sms",
						"created_at":"2026-01-02T03:04:09Z","updated_at":"2026-01-02T03:04:10Z",
						"break_glass_for_organization":"o"}],
						"metadata_public":{"a":1},"metadata_admin":["b"],"credentials":{"password":{"type":"password",
						"identifiers":["a@a.test"],"config":{"hashed_password":"x"},"version":1,
						"created_at":"2026-01-02T03:04:11Z","updated_at":"2026-01-02T03:04:12Z"}},"external_id":"e",
						"organization_id":"o","region":"eu-central","created_at":"2026-01-02T03:04:13Z","updated_at":"2026-01-02T03:04:14Z"}""");
		assertThat(identity).isEqualTo(new Identity("x", "default", "http://a.test/schemas/default",
				IdentityState.INACTIVE, Instant.parse("2026-01-02T03:04:05Z"), json("{\"email\":\"a@a.test\"}"),
				List.of(VerifiableAddress.builder()
					.id("v")
					.value("a@a.test")
					.verified(true)
					.via("email")
					.status("completed")
					.verifiedAt(Instant.parse("2026-01-02T03:04:06Z"))
					.createdAt(Instant.parse("2026-01-02T03:04:07Z"))
					.updatedAt(Instant.parse("2026-01-02T03:04:08Z"))
					.build()),
				List.of(RecoveryAddress.builder()
					.id("r")
					.value("b@a.test")
					.via("sms")
					.createdAt(Instant.parse("2026-01-02T03:04:09Z"))
					.updatedAt(Instant.parse("2026-01-02T03:04:10Z"))
					.breakGlassForOrganization("o")
					.build()),
				json("{\"a\":1}"), json("[\"b\"]"),
				Map.of("password",
						new IdentityCredentials("password", List.of("a@a.test"), json("{\"hashed_password\":\"x\"}"), 1,
								Instant.parse("2026-01-02T03:04:11Z"), Instant.parse("2026-01-02T03:04:12Z"),
								Map.of())),
				"e", "o", IdentityRegion.EU_CENTRAL, Instant.parse("2026-01-02T03:04:13Z"),
				Instant.parse("2026-01-02T03:04:14Z"), Map.of()));
	}

	@Test
	void unknownFieldsAreKept() {
		Identity identity = read("""
				{"new":{"a":[1]},"id":"x","verifiable_addresses":[{"new":2}],"recovery_addresses":[{"new":3}],
				"credentials":{"password":{"new":null}}}""");
		assertThat(identity.additionalProperties()).isEqualTo(Map.of("new", json("{\"a\":[1]}")));
		assertThat(identity.verifiableAddresses().get(0).additionalProperties()).isEqualTo(Map.of("new", json("2")));
		assertThat(identity.recoveryAddresses().get(0).additionalProperties()).isEqualTo(Map.of("new", json("3")));
		assertThat(identity.credentials().get("password").additionalProperties())
			.isEqualTo(Map.of("new", NullNode.getInstance()));
	}

	@Test
	void aStateMayBeUnknown() {
		Identity identity = read("{\"id\":\"x\",\"state\":\"suspended\"}");
		assertThat(identity.state()).isEqualTo(new IdentityState("suspended")).hasToString("suspended");
	}

	@Test
	void aKnownStateEqualsItsConstant() {
		assertThat(read("{\"id\":\"x\",\"state\":\"active\"}").state()).isEqualTo(IdentityState.ACTIVE);
	}

	@Test
	void goZeroTimesAreNull() {
		Identity identity = read("""
				{"id":"x","state_changed_at":"0001-01-01T00:00:00Z","created_at":"0001-01-01T00:00:00Z",
				"updated_at":"0001-01-01T00:00:00Z"}""");
		assertThat(identity).isEqualTo(EMPTY);
	}

	@Test
	void aJsonNullInMetadataIsNull() {
		Identity identity = read("{\"id\":\"x\",\"metadata_public\":null,\"metadata_admin\":null}");
		assertThat(identity.metadataPublic()).isNull();
		assertThat(identity.metadataAdmin()).isNull();
	}

	@Test
	void traitsAreReadAsAClassOfTheApplication() {
		Identity identity = read("""
				{"id":"x","traits":{"email":"a@a.test","name":{"first":"Ann"},"balance":12.50,"born":"2000-02-29",
				"more":1}}""");
		assertThat(identity.traitsAs(Customer.class))
			.isEqualTo(new Customer("a@a.test", new Name("Ann"), new BigDecimal("12.50"), LocalDate.of(2000, 2, 29)));
	}

	@Test
	void traitsAreReadAsAMap() {
		Object traits = read("{\"id\":\"x\",\"traits\":{\"a\":[1,\"b\"]}}").traitsAs(Map.class);
		assertThat(traits).isEqualTo(Map.of("a", List.of(1, "b")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"name\":{\"first\":[\"CANARY\"]}}", "{\"name\":{\"first\":{\"CANARY\":\"CANARY\"}}}" })
	void traitsThatDoNotFitNameTheField(String traits) {
		assertThat(failToRead(traits)).hasMessageStartingWith("The traits of identity x cannot be read as "
				+ "io.github.kratosadmin.identity.IdentityTests$Customer: /name/first: expected String, found START_");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"name\":\"CANARY\"}", "{\"balance\":\"CANARY\"}", "{\"balance\":[\"CANARY\"]}",
			"{\"born\":\"CANARY\"}", "{\"born\":[\"CANARY\"]}", "[\"CANARY\"]", "\"CANARY\"" })
	void traitsThatDoNotFitAreNotQuoted(String traits) {
		assertThat(failToRead(traits)).hasMessageStartingWith("The traits of identity x cannot be read as ");
	}

	@Test
	void traitsThatTheClassRejectsShowTheReason() {
		Identity identity = read("{\"id\":\"x\",\"traits\":{\"age\":-1}}");
		assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> identity.traitsAs(Aged.class))
			.withMessageContaining("cannot be read as " + Aged.class.getName() + ": nobody is that young")
			.withCauseInstanceOf(ArithmeticException.class);
	}

	@Test
	void traitsThatAreMissingAreNotRead() {
		assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> EMPTY.traitsAs(Customer.class))
			.withMessage(
					"The traits of identity x cannot be read as " + Customer.class.getName() + ": the JSON is null");
	}

	private static IllegalArgumentException failToRead(String traits) {
		Identity identity = read("{\"id\":\"x\",\"traits\":" + traits + "}");
		IllegalArgumentException failure = catchThrowableOfType(IllegalArgumentException.class,
				() -> identity.traitsAs(Customer.class));
		for (Throwable ex = failure; ex != null; ex = ex.getCause()) {
			assertThat(ex.toString()).doesNotContain("CANARY");
		}
		return failure;
	}

	private static Identity read(String json) {
		return KratosJson.mapper().readValue(json, Identity.class);
	}

	private static JsonNode json(String json) {
		return KratosJson.mapper().readTree(json);
	}

	record Customer(String email, Name name, BigDecimal balance, LocalDate born) {

	}

	record Name(@JsonProperty("first") String given) {

	}

	record Aged(int age) {

		Aged {
			if (age < 0) {
				throw new ArithmeticException("nobody is that young");
			}
		}

	}

}
