package io.github.kratosadmin.test.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link EmbeddedKratos} as a whole.
 */
class EmbeddedKratosTests {

	private static final String SCHEMA = "{\"properties\":{\"traits\":{\"properties\":{\"x\":{}}}}}";

	private final EmbeddedKratos kratos = EmbeddedKratos.start();

	private final AdminClient client = new AdminClient(this.kratos.adminUrl());

	private final AdminClient publicClient = new AdminClient(this.kratos.publicUrl());

	@AfterEach
	void close() {
		this.kratos.close();
	}

	@Test
	void listensOnLoopbackOnly() {
		assertThat(this.kratos.adminUrl()).hasScheme("http").hasHost("127.0.0.1").hasPath("");
		assertThat(this.kratos.publicUrl()).hasScheme("http").hasHost("127.0.0.1").hasPath("");
		assertThat(this.kratos.publicUrl()).isNotEqualTo(this.kratos.adminUrl());
	}

	@Test
	void serversDoNotShareState() {
		this.client.createIdentity("a@example.test");
		try (EmbeddedKratos other = EmbeddedKratos.start()) {
			assertThat(other.adminUrl()).isNotEqualTo(this.kratos.adminUrl());
			assertThat(new AdminClient(other.adminUrl()).get("/identities").json()).isEmpty();
		}
	}

	@Test
	void createsIdentityWithoutConfiguration() {
		String id = this.client.createIdentity("a@example.test");
		AdminClient.Response response = this.client.get("/identities/" + id);
		assertThat(response.at("/traits/email").asString()).isEqualTo("a@example.test");
		assertThat(response.at("/schema_url").asString()).isEqualTo(this.kratos.publicUrl() + "/schemas/ZGVmYXVsdA");
	}

	@Test
	void returnsRequestIdInErrors() {
		AdminClient.Response response = this.client.send("GET", "/identities/nope", null,
				Map.of("X-Request-ID", "r-1"));
		assertThat(response.at("/error/request").asString()).isEqualTo("r-1");
	}

	@Test
	void namesAllowedMethods() {
		AdminClient.Response response = this.client.send("PUT", "/identities", null);
		assertThat(response.status()).isEqualTo(405);
		assertThat(response.header("Allow")).contains("GET, PATCH, POST");
	}

	@Test
	void respondsToHeadWithoutBody() {
		AdminClient.Response response = this.client.send("HEAD", "/version", null);
		assertThat(response.status()).isEqualTo(405);
		assertThat(response.body()).isEmpty();
	}

	@Test
	void waitsBeforeItHandlesRequests() throws IOException {
		try (EmbeddedKratos slow = EmbeddedKratos.builder().latency(Duration.ofHours(1)).start()) {
			URL url = slow.adminUrl().resolve("/admin/identities").toURL();
			HttpURLConnection connection = (HttpURLConnection) url.openConnection();
			connection.setReadTimeout(100);
			assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(connection::getResponseCode);
			connection.disconnect();
		}
	}

	@Test
	void respondsAfterTheLatency() {
		try (EmbeddedKratos slow = EmbeddedKratos.builder().latency(Duration.ofMillis(1)).start()) {
			assertThat(new AdminClient(slow.adminUrl()).get("/identities").status()).isEqualTo(200);
		}
		assertThatIllegalArgumentException().isThrownBy(() -> EmbeddedKratos.builder().latency(Duration.ZERO))
			.withMessage("latency must be positive but is PT0S");
	}

	@Test
	void responseWithBodyClosesConnection() {
		assertThat(this.client.get("/version").header("Connection")).contains("close");
	}

	@Test
	void responseWithoutBodyKeepsConnection() {
		String id = this.client.createIdentity("a@example.test");
		assertThat(this.client.delete("/identities/" + id).header("Connection")).isEmpty();
	}

	@Test
	void returnsCausesOfFailedChecksUntilReady() {
		this.kratos.notReady("database", "driver: bad connection");
		this.kratos.notReady("migrations", "migrations are pending");
		AdminClient.Response response = this.client.get("/health/ready");
		assertThat(response.status()).isEqualTo(503);
		assertThat(response.header("Content-Type")).contains("application/json");
		assertThat(response.json()).hasToString("{\"error\":{\"code\":500,\"status\":\"Internal Server Error\","
				+ "\"message\":\"driver: bad connection; migrations are pending\"}}");
		assertThat(this.client.get("/health/alive").status()).isEqualTo(200);
		assertThat(this.client.get("/version").status()).isEqualTo(200);
		this.kratos.ready();
		assertThat(this.client.get("/health/ready").json()).hasToString("{\"status\":\"ok\"}");
	}

	@Test
	void failsOnlyNextRequests() {
		this.kratos.failNext(2, 503);
		AdminClient.Response first = this.client.post("/identities", "{\"traits\":{\"email\":\"a@example.test\"}}");
		AdminClient.Response second = this.client.get("/no-such-thing");
		AdminClient.Response third = this.client.get("/identities");
		assertThat(first.status()).isEqualTo(503);
		assertThat(first.header("Content-Type")).contains("application/json");
		assertThat(first.at("/error/code").asInt()).isEqualTo(503);
		assertThat(first.at("/error/status").asString()).isEqualTo("Service Unavailable");
		assertThat(first.at("/error/message").asString()).isNotEmpty();
		assertThat(second.status()).isEqualTo(503);
		assertThat(third.status()).isEqualTo(200);
		assertThat(third.json()).isEmpty();
	}

	@Test
	void plannedFailuresRequireErrorStatusAndPositiveNumber() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.kratos.failNext(1, 200));
		assertThatIllegalArgumentException().isThrownBy(() -> this.kratos.failNext(0, 500));
	}

	@Test
	void recordsMethodAndPathOfRequestsInOrder() {
		this.client.get("/identities?page=2&per_page=10");
		this.client.post("/identities", "{}");
		this.client.delete("/identities/a%20b");
		assertThat(this.kratos.requests()).containsExactly(new ReceivedRequest("GET", "/identities?page=2&per_page=10"),
				new ReceivedRequest("POST", "/identities"), new ReceivedRequest("DELETE", "/identities/a%20b"));
	}

	@Test
	void countsRequestsAndIdentitiesInMetrics() {
		this.client.createIdentity("a@example.test");
		assertThat(this.client.get("/metrics/prometheus").body()).contains("embedded_kratos_requests_total 2\n",
				"embedded_kratos_identities 1\n");
	}

	@Test
	void resetForgetsEverything() {
		String id = this.client.createIdentity("a@example.test");
		IssuedSession session = this.kratos.createSession(id);
		String flow = this.kratos.createFlow(FlowKind.LOGIN, FlowClient.API);
		String error = this.kratos.addError("{\"message\":\"x\"}");
		this.kratos.addSchema("other", SCHEMA);
		this.kratos.addSchema("default", SCHEMA);
		this.kratos.notReady("database", "down");
		this.kratos.failNext(5, 500);
		this.kratos.reset();
		assertThat(this.kratos.requests()).isEmpty();
		assertThat(this.client.get("/identities").json()).isEmpty();
		assertThat(this.publicClient.get("/self-service/login/flows?id=" + flow).status()).isEqualTo(404);
		assertThat(this.publicClient.get("/self-service/errors?error=" + error).status()).isEqualTo(404);
		assertThat(this.publicClient.get("/schemas/other").status()).isEqualTo(404);
		assertThat(this.publicClient.get("/schemas/default").at("/title").asString()).isEqualTo("Person");
		assertThat(this.client.get("/health/ready").status()).isEqualTo(200);
		assertThatIllegalArgumentException().isThrownBy(() -> this.kratos.createSettingsFlow(FlowClient.API, session));
		assertThat(this.client.createIdentity("a@example.test")).isNotEmpty();
	}

	@Test
	void resetKeepsSchemasOfBuilder() {
		try (EmbeddedKratos kratos = EmbeddedKratos.builder().schema("customer", SCHEMA).start()) {
			kratos.reset();
			assertThat(new AdminClient(kratos.publicUrl()).get("/schemas/customer").status()).isEqualTo(200);
		}
	}

	@Test
	void closeStopsListening() {
		// Ids that only this server has, in case another one gets the port.
		String schemaId = UUID.randomUUID().toString();
		this.kratos.addSchema(schemaId, SCHEMA);
		String identityId = this.kratos.register("{\"email\":\"alice@example.test\"}").identityId();
		URI schema = this.kratos.publicUrl().resolve("/schemas/" + schemaId);
		URI identity = this.kratos.adminUrl().resolve("/admin/identities/" + identityId);
		assertThat(List.of(schema, identity)).allMatch(EmbeddedKratosTests::exists);
		this.kratos.close();
		assertThat(List.of(schema, identity)).noneMatch(EmbeddedKratosTests::exists);
	}

	private static boolean exists(URI url) {
		try {
			return ((HttpURLConnection) url.toURL().openConnection()).getResponseCode() == 200;
		}
		catch (IOException ex) {
			return false;
		}
	}

	@Test
	void closeLeavesNoThreads() throws IOException {
		Set<Thread> before = Thread.getAllStackTraces().keySet();
		EmbeddedKratos kratos = EmbeddedKratos.start();
		request(kratos.adminUrl());
		Set<Thread> started = Thread.getAllStackTraces().keySet();
		started.removeAll(before);
		// Other code in this JVM may start threads too.
		started.removeIf((thread) -> !thread.getName().matches("embedded-kratos-.*|HTTP-Dispatcher"));
		assertThat(started).isNotEmpty();
		kratos.close();
		Awaitility.await().until(() -> started.stream().noneMatch(Thread::isAlive));
	}

	private static void request(URI url) throws IOException {
		try (Socket socket = new Socket(url.getHost(), url.getPort())) {
			socket.getOutputStream().write("GET /version HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.UTF_8));
			try (InputStream in = socket.getInputStream()) {
				assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).startsWith("HTTP/1.1 200");
			}
		}
	}

	@Test
	void closeCanBeCalledTwice() {
		this.kratos.close();
		this.kratos.close();
	}

	@Test
	void toStringOfSessionLeavesOutToken() {
		IssuedSession session = this.kratos.register("{\"email\":\"a@example.test\"}");
		assertThat(session.token()).startsWith("ory_st_").hasSize(39);
		assertThat(session.toString()).contains(session.id(), session.identityId()).doesNotContain(session.token());
	}

	@Test
	void refusesRegistrationWithInvalidOrTakenTraits() {
		this.kratos.register("{\"email\":\"a@example.test\"}");
		assertThatIllegalArgumentException().isThrownBy(() -> this.kratos.register("{\"email\":\"a@example.test\"}"))
			.withMessageContaining("already exists");
		assertThatIllegalArgumentException().isThrownBy(() -> this.kratos.register("{}"))
			.withMessageContaining("email");
		assertThatIllegalArgumentException().isThrownBy(() -> this.kratos.register("{"))
			.withMessageStartingWith("Traits must be JSON");
	}

	@Test
	void sessionRequiresIdentity() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.kratos.createSession("nope"));
	}

	@Test
	void lifespansMustBePositive() {
		assertThatIllegalArgumentException().isThrownBy(() -> EmbeddedKratos.builder().flowLifespan(Duration.ZERO));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> EmbeddedKratos.builder().recoveryLinkLifespan(Duration.ofSeconds(-1)));
	}

}
