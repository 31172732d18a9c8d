package io.github.kratosadmin.test.embedded;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the identities of an {@link EmbeddedKratos}.
 */
class IdentitiesTests {

	private static final String NESTED_SCHEMA = """
			{
			  "$schema": "http://json-schema.org/draft-07/schema#",
			  "type": "object",
			  "definitions": {
			    "mail": {
			      "type": "string",
			      "ory.sh/kratos": {"verification": {"via": "email"}, "recovery": {"via": "email"}}
			    }
			  },
			  "properties": {
			    "traits": {
			      "type": "object",
			      "properties": {
			        "login": {
			          "type": "string",
			          "ory.sh/kratos": {"credentials": {"password": {"identifier": true}}}
			        },
			        "contact": {"type": "object", "properties": {"private": {"$ref": "#/definitions/mail"}}},
			        "mails": {"type": "array", "items": {"$ref": "#/definitions/mail"}}
			      }
			    }
			  }
			}
			""";

	private final MutableClock clock = new MutableClock();

	private final EmbeddedKratos kratos = EmbeddedKratos.builder().era(KratosEra.V0_6).clock(this.clock).start();

	private final AdminClient client = new AdminClient(this.kratos.adminUrl());

	@BeforeEach
	void addSchema() {
		this.kratos.addSchema("nested", NESTED_SCHEMA);
	}

	@AfterEach
	void close() {
		this.kratos.close();
	}

	@Test
	void findsAddressesInNestedObjectsAndArrays() {
		JsonNode identity = createNested(
				"""
						{"contact":{"private":"p@example.test"},"mails":["a@example.test","b@example.test","a@example.test"]}""")
			.json();
		assertThat(values(identity.path("verifiable_addresses"))).containsExactlyInAnyOrder("p@example.test",
				"a@example.test", "b@example.test");
		assertThat(values(identity.path("recovery_addresses"))).containsExactlyInAnyOrder("p@example.test",
				"a@example.test", "b@example.test");
	}

	@Test
	void leavesOutEmptyListsOfAddresses() {
		JsonNode identity = createNested("{\"login\":\"bob\"}").json();
		assertThat(identity.has("verifiable_addresses")).isFalse();
		assertThat(identity.has("recovery_addresses")).isFalse();
	}

	@Test
	void refusesMalformedEmailEvenIfSchemaAllowsIt() {
		AdminClient.Response response = createNested("{\"mails\":[\"nope\"]}");
		assertThat(response.status()).isEqualTo(400);
		assertThat(response.at("/error/reason").asString()).contains("#/traits/mails/0")
			.contains("not valid \"email\"");
	}

	@Test
	void listsAllViolations() {
		AdminClient.Response response = createNested("{\"login\":1,\"mails\":2}");
		assertThat(response.at("/error/reason").asString()).contains("I[#/traits/login]").contains("I[#/traits/mails]");
	}

	@Test
	void addressesAreUniqueAcrossSchemas() {
		this.client.createIdentity("a@example.test");
		assertThat(createNested("{\"mails\":[\"x@example.test\",\"a@example.test\"]}").status()).isEqualTo(409);
		assertThat(createNested("{\"mails\":[\"x@example.test\"]}").status()).isEqualTo(201);
	}

	@Test
	void identifiersAreUniqueIgnoringCase() {
		createNested("{\"login\":\"bob\"}");
		AdminClient.Response response = createNested("{\"login\":\"BOB\"}");
		assertThat(response.status()).isEqualTo(409);
		assertThat(response.at("/error/message").asString()).contains("identity_credential_identifiers");
	}

	@Test
	void refusesEmptyIdentifier() {
		assertThat(createNested("{\"login\":\"\"}").status()).isEqualTo(500);
	}

	@Test
	void conflictingUpdateChangesNothing() {
		this.client.createIdentity("a@example.test");
		String id = this.client.createIdentity("b@example.test");
		JsonNode before = this.client.get("/identities/" + id).json();
		assertThat(update(id, "a@example.test").status()).isEqualTo(409);
		assertThat(this.client.get("/identities/" + id).json()).isEqualTo(before);
	}

	@Test
	void updateFreesTheOldAddress() {
		String id = this.client.createIdentity("a@example.test");
		assertThat(update(id, "b@example.test").status()).isEqualTo(200);
		assertThat(this.client.createIdentity("a@example.test")).isNotEmpty();
		assertThat(update(id, "a@example.test").status()).isEqualTo(409);
	}

	@Test
	void deletionFreesTheAddress() {
		String id = this.client.createIdentity("a@example.test");
		assertThat(this.client.delete("/identities/" + id).status()).isEqualTo(204);
		assertThat(this.client.createIdentity("a@example.test")).isNotEmpty().isNotEqualTo(id);
	}

	@Test
	void updateKeepsIdsOfUnchangedAddresses() {
		JsonNode identity = createNested("{\"mails\":[\"a@example.test\",\"b@example.test\"]}").json();
		String stays = addressId(identity, "a@example.test");
		JsonNode updated = this.client
			.put("/identities/" + identity.path("id").asString(),
					"{\"traits\":{\"mails\":[\"c@example.test\",\"a@example.test\"]}}")
			.json();
		assertThat(addressId(updated, "a@example.test")).isEqualTo(stays);
		assertThat(addressId(updated, "c@example.test")).isNotEqualTo(addressId(identity, "b@example.test"));
	}

	@Test
	void updateChangesTimeOfAddressesButNotOfIdentity() {
		String id = this.client.createIdentity("a@example.test");
		this.clock.advance(Duration.ofMinutes(1));
		JsonNode updated = update(id, "a@example.test").json();
		assertThat(updated.path("created_at").asString()).isEqualTo("2026-11-23T14:21:54.123456Z");
		assertThat(updated.path("updated_at").asString()).isEqualTo("2026-11-23T14:21:54.123456Z");
		JsonNode address = updated.at("/verifiable_addresses/0");
		assertThat(address.path("created_at").asString()).isEqualTo("2026-11-23T14:21:54.123456Z");
		assertThat(address.path("updated_at").asString()).isEqualTo("2026-11-23T14:22:54.123456Z");
	}

	@Test
	void responseToUpdateHasUrlOfPreviousSchema() {
		String id = this.client.createIdentity("a@example.test");
		JsonNode updated = this.client.put("/identities/" + id, "{\"schema_id\":\"nested\",\"traits\":{}}").json();
		assertThat(updated.path("schema_id").asString()).isEqualTo("nested");
		assertThat(updated.path("schema_url").asString()).endsWith("/schemas/default");
		assertThat(this.client.get("/identities/" + id).at("/schema_url").asString()).endsWith("/schemas/nested");
	}

	@Test
	void updateWithoutSchemaKeepsTheSchema() {
		String id = createNested("{}").at("/id").asString();
		JsonNode updated = this.client.put("/identities/" + id, "{\"traits\":{\"login\":\"bob\"}}").json();
		assertThat(updated.path("schema_id").asString()).isEqualTo("nested");
	}

	@Test
	void keepsIdentifiersIfNewSchemaHasNone() {
		this.kratos.addSchema("free", "{\"type\":\"object\"}");
		String id = createNested("{\"login\":\"bob\"}").at("/id").asString();
		this.client.put("/identities/" + id, "{\"schema_id\":\"free\",\"traits\":{}}");
		assertThat(createNested("{\"login\":\"bob\"}").status()).isEqualTo(409);
	}

	@Test
	void updateWithMalformedBodyFailsWith500() {
		String id = this.client.createIdentity("a@example.test");
		AdminClient.Response response = this.client.put("/identities/" + id, "{\"colour\":\"red\"}");
		assertThat(response.status()).isEqualTo(500);
		assertThat(response.at("/error/message").asString()).isEqualTo("json: unknown field \"colour\"");
	}

	@Test
	void missingTraitsAreInternalError() {
		AdminClient.Response response = this.client.post("/identities", "{\"schema_id\":\"default\"}");
		assertThat(response.status()).isEqualTo(500);
		assertThat(response.at("/error/message").asString())
			.isEqualTo("invalid character '}' looking for beginning of value");
	}

	@Test
	void nullTraitsAreInvalid() {
		assertThat(this.client.post("/identities", "{\"traits\":null}").status()).isEqualTo(400);
	}

	@Test
	void namesFieldOfWrongType() {
		AdminClient.Response response = this.client.post("/identities", "{\"schema_id\":7,\"traits\":{}}");
		assertThat(response.status()).isEqualTo(400);
		assertThat(response.at("/error/message").asString())
			.isEqualTo("json: cannot unmarshal number into Go struct field CreateIdentity.schema_id of type string");
	}

	@Test
	void ignoresTrailingContent() {
		assertThat(this.client.post("/identities", "{\"traits\":{\"email\":\"a@example.test\"}} and more").status())
			.isEqualTo(201);
	}

	@Test
	void keepsNumbersAsSent() {
		this.kratos.addSchema("free", "{\"type\":\"object\"}");
		AdminClient.Response response = this.client.post("/identities",
				"{\"schema_id\":\"free\",\"traits\":{\"n\":12345678901234567890.5,\"m\":1.0}}");
		assertThat(response.body()).contains("\"traits\":{\"n\":12345678901234567890.5,\"m\":1.0}");
	}

	@Test
	void losesNoIdentityOfConcurrentThreads() throws Exception {
		int threads = 8;
		int each = 25;
		Set<String> ids = ConcurrentHashMap.newKeySet();
		ExecutorService executor = Executors.newFixedThreadPool(threads);
		try {
			List<Callable<Void>> tasks = new ArrayList<>();
			for (int thread = 0; thread < threads; thread++) {
				String prefix = "user" + thread + "-";
				tasks.add(() -> {
					for (int i = 0; i < each; i++) {
						ids.add(this.client.createIdentity(prefix + i + "@example.test"));
					}
					return null;
				});
			}
			for (Future<Void> done : executor.invokeAll(tasks)) {
				done.get();
			}
		}
		finally {
			executor.shutdown();
		}
		assertThat(ids).hasSize(threads * each);
		List<String> listed = new ArrayList<>();
		this.client.get("/identities?per_page=1000").json().forEach((node) -> listed.add(node.path("id").asString()));
		assertThat(listed).containsExactlyInAnyOrderElementsOf(ids);
	}

	@Test
	void concurrentThreadsCannotShareAddress() throws Exception {
		ExecutorService executor = Executors.newFixedThreadPool(8);
		try {
			List<Callable<Integer>> tasks = new ArrayList<>();
			for (int thread = 0; thread < 8; thread++) {
				tasks
					.add(() -> this.client.post("/identities", "{\"traits\":{\"email\":\"a@example.test\"}}").status());
			}
			List<Integer> statuses = new ArrayList<>();
			for (Future<Integer> status : executor.invokeAll(tasks)) {
				statuses.add(status.get());
			}
			assertThat(statuses).containsOnlyOnce(201).containsOnly(201, 409);
		}
		finally {
			executor.shutdown();
		}
	}

	private AdminClient.Response createNested(String traits) {
		return this.client.post("/identities", "{\"schema_id\":\"nested\",\"traits\":" + traits + "}");
	}

	private AdminClient.Response update(String id, String email) {
		return this.client.put("/identities/" + id, "{\"traits\":{\"email\":\"" + email + "\"}}");
	}

	private static List<String> values(JsonNode addresses) {
		List<String> values = new ArrayList<>();
		addresses.forEach((address) -> values.add(address.path("value").asString()));
		return values;
	}

	private static String addressId(JsonNode identity, String value) {
		for (JsonNode address : identity.path("verifiable_addresses")) {
			if (address.path("value").asString().equals(value)) {
				return address.path("id").asString();
			}
		}
		throw new AssertionError("No address " + value + " in " + identity);
	}

}
