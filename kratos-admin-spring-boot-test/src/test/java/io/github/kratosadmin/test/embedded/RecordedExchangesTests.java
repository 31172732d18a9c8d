package io.github.kratosadmin.test.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

/**
 * Sends what was once sent to a real server, and compares every answer of the admin API
 * with the recorded one. What was done through the public API is done through methods.
 */
class RecordedExchangesTests {

	private static final String ADMIN_URL = "http://127.0.0.1:4434";

	private static final URI PUBLIC_URL = URI.create("http://127.0.0.1:4433/");

	private static final Duration LIFESPAN = Duration.ofSeconds(12);

	private static final List<String> HEADERS = List.of("Content-Type", "Link", "Location");

	/**
	 * All that is not compared, by the name of the exchange: the words of the schema
	 * validator, and measurements.
	 */
	private static final Map<String, Set<String>> IGNORED = Map.of("createIdentity invalid traits",
			Set.of("/error/reason"), "createIdentity missing required trait", Set.of("/error/reason"),
			"createIdentity unexpected trait", Set.of("/error/reason"), "updateIdentity invalid traits",
			Set.of("/error/reason"), "prometheus", Set.of(""));

	private final JsonMapper json = JsonMapper.builder().build();

	private final Queue<UUID> identityIds = new ConcurrentLinkedQueue<>();

	private final MutableClock clock = new MutableClock();

	private final EmbeddedKratos kratos = EmbeddedKratos.builder()
		.era(KratosEra.V0_6)
		.schema("default", resource("/person.schema.json"))
		.schema("customer", resource("/customer.schema.json"))
		.publicUrl(PUBLIC_URL)
		.flowLifespan(LIFESPAN)
		.recoveryLinkLifespan(LIFESPAN)
		.clock(this.clock)
		.idSource(this::nextId)
		.start();

	private final AdminClient client = new AdminClient(this.kratos.adminUrl());

	private final RecordedValues values = new RecordedValues();

	private final List<String> compared = new ArrayList<>();

	private boolean expired;

	private IssuedSession session;

	@AfterEach
	void close() {
		this.kratos.close();
	}

	@TestFactory
	List<DynamicTest> answersAsRecorded() {
		JsonNode exchanges = this.json.readTree(resource("/recordings/v0.6.3-alpha.1.json")).path("exchanges");
		List<DynamicTest> tests = new ArrayList<>();
		List<String> expected = new ArrayList<>();
		for (JsonNode exchange : exchanges) {
			String name = tests.size() + " " + exchange.path("name").asString();
			if (exchange.path("server").asString().equals("admin")) {
				expected.add(name);
				tests.add(dynamicTest(name, () -> compare(name, exchange)));
			}
			else {
				tests.add(dynamicTest(name, () -> doPublicly(exchange)));
			}
		}
		assertThat(tests).hasSize(97);
		assertThat(expected).hasSize(87);
		tests.add(dynamicTest("every admin exchange was compared",
				() -> assertThat(this.compared).containsExactlyElementsOf(expected)));
		return tests;
	}

	private void compare(String name, JsonNode exchange) {
		try {
			sendAndCompare(exchange);
			this.compared.add(name);
		}
		catch (AssertionError ex) {
			throw new AssertionError("Exchange " + name + ": " + ex.getMessage(), ex);
		}
	}

	private void sendAndCompare(JsonNode exchange) {
		JsonNode request = exchange.path("request");
		JsonNode response = exchange.path("response");
		prepare(exchange);
		AdminClient.Answer answer = this.client.send(request.path("method").asString(),
				this.values.translate(request.path("path").asString()), body(request), headers(request));
		assertThat(answer.status()).as("status, with the body " + answer.body())
			.isEqualTo(response.path("status").asInt());
		for (String header : HEADERS) {
			compareHeader(header, response.path("headers").path(header), answer);
		}
		compareBody(exchange.path("name").asString(), response.path("body"), answer);
	}

	private void prepare(JsonNode exchange) {
		this.clock.advance(Duration.ofMillis(1));
		if (exchange.path("name").asString().endsWith(" expired") && !this.expired) {
			this.clock.advance(LIFESPAN);
			this.expired = true;
		}
		// Identities get their recorded ids so that lists come in the recorded order; all
		// other ids are new.
		if (exchange.path("response").path("status").asInt() == 201) {
			this.identityIds.add(UUID.fromString(exchange.at("/response/body/id").asString()));
		}
	}

	private UUID nextId() {
		UUID id = this.identityIds.poll();
		return (id != null) ? id : UUID.randomUUID();
	}

	private String body(JsonNode request) {
		JsonNode body = request.path("body");
		if (body.isMissingNode()) {
			return null;
		}
		return this.values.translate(body.isString() ? body.asString() : body.toString());
	}

	private Map<String, String> headers(JsonNode request) {
		Map<String, String> headers = new LinkedHashMap<>();
		request.path("headers")
			.forEachEntry((name, value) -> headers.put(name, this.values.translate(value.asString())));
		if (request.has("body")) {
			headers.put("Content-Type", "application/json");
		}
		return headers;
	}

	private void compareHeader(String name, JsonNode recorded, AdminClient.Answer answer) {
		Optional<String> actual = answer.header(name);
		assertThat(actual.isPresent()).as("there is a " + name + " header").isEqualTo(!recorded.isMissingNode());
		actual.ifPresent((value) -> this.values.assertSame(name,
				recorded.asString().replace(ADMIN_URL, this.kratos.adminUrl().toString()), value));
	}

	private void compareBody(String name, JsonNode recorded, AdminClient.Answer answer) {
		Set<String> ignored = IGNORED.getOrDefault(name, Set.of());
		if (answer.status() == 204) {
			assertThat(answer.body()).isEmpty();
			return;
		}
		boolean text = answer.header("Content-Type").orElse("").startsWith("text/plain");
		JsonNode actual = text ? this.json.getNodeFactory().stringNode(answer.body()) : answer.json();
		this.values.assertSame("", recorded, actual, ignored);
	}

	private void doPublicly(JsonNode exchange) {
		String name = exchange.path("name").asString();
		JsonNode body = exchange.at("/request/body");
		String flowId = exchange.at("/response/body/id").asString("");
		switch (name) {
			case "public: init registration api" -> create(FlowKind.REGISTRATION, flowId);
			case "public: init login api" -> create(FlowKind.LOGIN, flowId);
			case "public: init recovery api" -> create(FlowKind.RECOVERY, flowId);
			case "public: init verification api" -> create(FlowKind.VERIFICATION, flowId);
			case "public: submit registration" -> register(body, exchange.at("/response/body"));
			case "public: init settings api" ->
				this.values.map(flowId, this.kratos.createSettingsFlow(FlowType.API, this.session));
			case "public: init login browser" ->
				this.values.map(exchange.at("/response/headers/Location").asString().split("flow=")[1],
						this.kratos.createFlow(FlowKind.LOGIN, FlowType.BROWSER));
			case "public: submit wrong password" -> this.kratos.submitWrongPassword(this.values.actual(flowId),
					body.path("password_identifier").asString());
			case "public: submit recovery" ->
				this.kratos.submitRecovery(this.values.actual(flowId), body.path("email").asString());
			default -> throw new IllegalStateException("Unexpected exchange " + name);
		}
	}

	private void create(FlowKind kind, String recordedId) {
		this.values.map(recordedId, this.kratos.createFlow(kind, FlowType.API));
	}

	private void register(JsonNode body, JsonNode response) {
		this.session = this.kratos.register(body.path("traits").toString());
		this.values.map(response.at("/identity/id").asString(), this.session.identityId());
		this.values.map(response.at("/session/id").asString(), this.session.id());
		this.values.map(response.path("session_token").asString(), this.session.token());
	}

	private static String resource(String name) {
		try (InputStream in = RecordedExchangesTests.class.getResourceAsStream(name)) {
			assertThat(in).as(name).isNotNull();
			return new String(in.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
