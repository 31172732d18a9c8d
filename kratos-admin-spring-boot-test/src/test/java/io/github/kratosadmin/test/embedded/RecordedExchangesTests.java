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
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

/**
 * Repeats the recorded requests to real servers, and compares every response of the admin
 * API with the recorded one. Requests to the rest of the public API are replaced by
 * methods of {@link EmbeddedKratos}.
 */
class RecordedExchangesTests {

	private static final String ADMIN_URL = "http://127.0.0.1:4434";

	private static final URI PUBLIC_URL = URI.create("http://127.0.0.1:4433/");

	private static final Duration LIFESPAN = Duration.ofSeconds(12);

	private static final String PUBLIC_STEP = "public: ";

	private static final List<String> HEADERS = List.of("Content-Type", "Link", "Location", "X-Total-Count");

	/**
	 * The values that are not compared, by the name of the exchange: messages of the
	 * schema validator, metrics, the devices of sessions, and the version, which depends
	 * on the build.
	 */
	private static final Map<String, Set<String>> IGNORED = Map.ofEntries(
			Map.entry("batchPatchIdentities invalid one", Set.of("/identities/1/error/reason")),
			Map.entry("createIdentity invalid phone", Set.of("/error/reason")),
			Map.entry("createIdentity invalid traits", Set.of("/error/reason")),
			Map.entry("createIdentity missing required trait", Set.of("/error/reason")),
			Map.entry("createIdentity two directions in email", Set.of("/error/reason")),
			Map.entry("createIdentity unexpected trait", Set.of("/error/reason")),
			Map.entry("createIdentity zero-width space in email", Set.of("/error/reason")),
			Map.entry("getSession expand", Set.of("/devices/0/ip_address", "/devices/0/user_agent")),
			Map.entry("listIdentitySessions", Set.of("/0/devices/0/ip_address", "/0/devices/0/user_agent")),
			Map.entry("listIdentitySessions active", Set.of("/0/devices/0/ip_address", "/0/devices/0/user_agent")),
			Map.entry("listSessions active expand", Set.of("/0/devices/0/ip_address", "/0/devices/0/user_agent")),
			Map.entry("patchIdentity", Set.of("/error/reason")),
			Map.entry("patchIdentity invalid traits", Set.of("/error/reason")),
			Map.entry("updateIdentity invalid traits", Set.of("/error/reason")), Map.entry("prometheus", Set.of("")),
			Map.entry("getVersion", Set.of("/version")));

	/**
	 * The token of the first page. Some versions write its parts in any order, others
	 * encrypt it.
	 */
	private static final Pattern FIRST_PAGE = Pattern
		.compile("(?<=page_token=)(Y3JlYXRlZF9hdD0yMjAwLTEyLTMxIDIzOjU5OjU5[\\w-]+|[\\w-]{200,})(?=[&>])");

	private static final String TOKEN_OF_FIRST_PAGE = "aWQ9MDAwMDAwMDAtMDAwMC0wMDAwLTAwMDAtMDAwMDAwMDAwMDAw"
			+ "L2NyZWF0ZWRfYXQ9MjIwMC0xMi0zMSAyMzo1OTo1OQ";

	private final JsonMapper json = JsonMapper.builder().build();

	private final Queue<UUID> identityIds = new ConcurrentLinkedQueue<>();

	private final MutableClock clock = new MutableClock();

	private final RecordedValues values = new RecordedValues();

	private final List<String> compared = new ArrayList<>();

	private EmbeddedKratos kratos;

	private boolean expired;

	private IssuedSession session;

	@AfterEach
	void close() {
		this.kratos.close();
	}

	@TestFactory
	List<DynamicTest> respondsAsKratos06() {
		return replay(KratosEra.V0_6, 97, 10);
	}

	@TestFactory
	List<DynamicTest> respondsAsKratos13() {
		return replay(KratosEra.V1_3, 294, 12);
	}

	@TestFactory
	List<DynamicTest> respondsAsKratos26() {
		return replay(KratosEra.V26, 208, 12);
	}

	@TestFactory
	List<DynamicTest> respondsAsTheMainBranch() {
		return replay(KratosEra.NEXT, "next-2026-07-29", 307, 18);
	}

	private List<DynamicTest> replay(KratosEra era, int recorded, int publicSteps) {
		return replay(era, era.version(), recorded, publicSteps);
	}

	private List<DynamicTest> replay(KratosEra era, String recording, int recorded, int publicSteps) {
		EmbeddedKratos.Builder builder = EmbeddedKratos.builder()
			.schema("default", resource("/person.schema.json"))
			.schema("customer", resource("/customer.schema.json"));
		if (era == KratosEra.NEXT) {
			builder.schema("phone", resource("/phone.schema.json")).oidcProvider("github");
		}
		this.kratos = builder.era(era)
			.publicUrl(PUBLIC_URL)
			.flowLifespan(LIFESPAN)
			.recoveryLinkLifespan((era == KratosEra.V0_6) ? LIFESPAN : Duration.ofHours(1))
			.clock(this.clock)
			.idSource(this::nextId)
			.start();
		JsonNode exchanges = this.json.readTree(resource("/recordings/" + recording + ".json")).path("exchanges");
		List<DynamicTest> tests = new ArrayList<>();
		List<String> expected = new ArrayList<>();
		int done = 0;
		for (JsonNode exchange : exchanges) {
			String name = (expected.size() + done) + " " + exchange.path("name").asString();
			if (exchange.path("name").asString().startsWith(PUBLIC_STEP)) {
				done++;
				tests.add(dynamicTest(name, () -> callMethod(exchange)));
			}
			else {
				expected.add(name);
				tests.add(dynamicTest(name, () -> compare(name, exchange)));
			}
		}
		assertThat(expected.size() + done).as("exchanges").isGreaterThanOrEqualTo(recorded);
		assertThat(done).as("steps through the public API").isEqualTo(publicSteps);
		tests.add(dynamicTest("every other exchange was compared",
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
		JsonNode recorded = exchange.path("response");
		prepare(exchange);
		AdminClient.Response response = client(exchange).send(request.path("method").asString(),
				this.values.translate(request.path("path").asString()), body(request), headers(request));
		assertThat(response.status()).as("status, with the body " + response.body())
			.isEqualTo(recorded.path("status").asInt());
		for (String header : HEADERS) {
			compareHeader(header, recorded.path("headers").path(header), response);
		}
		compareBody(exchange.path("name").asString().replace(" (followed)", ""), recorded.path("body"), response);
	}

	private AdminClient client(JsonNode exchange) {
		boolean admin = exchange.path("server").asString().equals("admin");
		return new AdminClient(admin ? this.kratos.adminUrl() : this.kratos.publicUrl());
	}

	private void prepare(JsonNode exchange) {
		this.clock.advance(Duration.ofMillis(1));
		if (exchange.path("name").asString().endsWith(" expired") && !this.expired) {
			this.clock.advance(LIFESPAN);
			this.expired = true;
		}
		// Identities get their recorded ids, so that lists have the recorded order. All
		// other ids are new.
		if (exchange.path("response").path("status").asInt() == 201 && exchange.at("/response/body").has("id")) {
			this.identityIds.add(UUID.fromString(exchange.at("/response/body/id").asString()));
		}
		exchange.at("/response/body/identities")
			.forEach((entry) -> this.identityIds
				.add(entry.has("identity") ? UUID.fromString(entry.path("identity").asString()) : UUID.randomUUID()));
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
		if (body.path("identities").asString("").equals("1001 × create")) {
			return batch(1001);
		}
		return this.values.translate(body.isString() ? body.asString() : body.toString());
	}

	/**
	 * A batch that was too long to record.
	 */
	private String batch(int size) {
		ObjectNode batch = this.json.createObjectNode();
		ArrayNode identities = batch.putArray("identities");
		for (int i = 0; i < size; i++) {
			identities.addObject()
				.putObject("create")
				.put("schema_id", "default")
				.putObject("traits")
				.put("email", "batch" + i + "@example.test");
		}
		return batch.toString();
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

	private void compareHeader(String name, JsonNode recorded, AdminClient.Response response) {
		Optional<String> actual = response.header(name);
		assertThat(actual.isPresent()).as("has header " + name).isEqualTo(!recorded.isMissingNode());
		actual.ifPresent((value) -> this.values.assertSame(name,
				FIRST_PAGE.matcher(recorded.asString().replace(ADMIN_URL, this.kratos.adminUrl().toString()))
					.replaceAll(TOKEN_OF_FIRST_PAGE),
				value));
	}

	private void compareBody(String name, JsonNode recorded, AdminClient.Response response) {
		Optional<String> contentType = response.header("Content-Type");
		if (contentType.isEmpty() || response.status() == 204) {
			assertThat(recorded.isNull()).as("has no body").isTrue();
			assertThat(response.body()).isEmpty();
			return;
		}
		boolean text = contentType.get().startsWith("text/");
		JsonNode actual = text ? this.json.getNodeFactory().stringNode(response.body()) : response.json();
		this.values.assertSame("",
				this.json.readTree(recorded.toString().replace(ADMIN_URL, this.kratos.adminUrl().toString())), actual,
				IGNORED.getOrDefault(name, Set.of()));
	}

	private void callMethod(JsonNode exchange) {
		String name = exchange.path("name").asString().substring(PUBLIC_STEP.length());
		JsonNode body = exchange.at("/request/body");
		String flowId = exchange.at("/response/body/id").asString("");
		switch (name) {
			case "init registration api" -> create(FlowKind.REGISTRATION, flowId);
			case "init login api" -> create(FlowKind.LOGIN, flowId);
			case "init recovery api" -> create(FlowKind.RECOVERY, flowId);
			case "init verification api" -> create(FlowKind.VERIFICATION, flowId);
			case "submit registration", "submit second registration" -> register(exchange.at("/response/body"));
			case "init settings api" ->
				this.values.map(flowId, this.kratos.createSettingsFlow(FlowClient.API, this.session));
			case "init login browser" -> this.values.map(
					flowId.isEmpty() ? exchange.at("/response/headers/Location").asString().split("flow=")[1] : flowId,
					this.kratos.createFlow(FlowKind.LOGIN, FlowClient.BROWSER));
			case "submit wrong password" -> this.kratos.submitWrongPassword(this.values.actual(flowId),
					body.path("password_identifier").asString());
			case "submit recovery" ->
				this.kratos.submitRecovery(this.values.actual(flowId), body.path("email").asString());
			default -> throw new IllegalStateException("Unexpected exchange " + name);
		}
	}

	private void create(FlowKind kind, String recordedId) {
		this.values.map(recordedId, this.kratos.createFlow(kind, FlowClient.API));
	}

	private void register(JsonNode response) {
		this.identityIds.add(UUID.fromString(response.at("/identity/id").asString()));
		// The form turned missing traits into an empty object.
		this.session = this.kratos.register(response.at("/identity/traits").toString());
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
