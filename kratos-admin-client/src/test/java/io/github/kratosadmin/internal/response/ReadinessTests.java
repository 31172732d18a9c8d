package io.github.kratosadmin.internal.response;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.error.KratosException;
import io.github.kratosadmin.error.KratosServerException;
import io.github.kratosadmin.error.KratosUnreadableResponseException;
import io.github.kratosadmin.identity.ListIdentities;
import io.github.kratosadmin.metadata.HealthStatus;
import io.github.kratosadmin.metadata.Readiness;
import io.github.kratosadmin.metadata.Version;
import io.github.kratosadmin.paging.Page;
import io.github.kratosadmin.testing.Recording;
import io.github.kratosadmin.testing.TestServer;
import io.github.kratosadmin.testing.TestServer.StubResponse;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests the client with recorded responses of Kratos while its database was running,
 * stopped, and running again.
 */
class ReadinessTests {

	@AutoClose
	private final TestServer server = new TestServer();

	@AutoClose
	private final KratosAdmin admin = KratosAdmin.builder().baseUrl(this.server.url()).pathPrefix("").build();

	static List<Recording> recordings() {
		return Recording.read("readiness.json")
			.propertyStream()
			.flatMap((version) -> version.getValue()
				.valueStream()
				.map((exchange) -> new Recording(
						version.getKey() + ", " + exchange.get("when").stringValue() + ": "
								+ exchange.at("/request/path").stringValue(),
						exchange.get("request"), exchange.get("response"))))
			.toList();
	}

	private static Stream<Recording> of(String path) {
		return recordings().stream().filter((recording) -> recording.target().endsWith(path));
	}

	static Stream<Recording> ready() {
		return of("/health/ready").filter((recording) -> recording.status() == 200);
	}

	static Stream<Recording> notReady() {
		return of("/health/ready").filter((recording) -> recording.status() == 503);
	}

	static Stream<Recording> alive() {
		return of("/health/alive");
	}

	static Stream<Recording> versions() {
		return of("/version");
	}

	static Stream<Recording> lists() {
		return of("/identities").filter((recording) -> recording.status() == 200);
	}

	static Stream<Recording> failedLists() {
		return of("/identities").filter((recording) -> recording.status() == 500);
	}

	@Test
	void everyRecordingIsAccountedFor() {
		assertThat(recordings()).hasSize(3 * 12);
		assertThat(ready()).hasSize(6);
		assertThat(notReady()).hasSize(3);
		assertThat(alive()).hasSize(9);
		assertThat(versions()).hasSize(9);
		assertThat(lists()).hasSize(6);
		assertThat(failedLists()).hasSize(3);
	}

	@ParameterizedTest
	@MethodSource("ready")
	void aKratosWithItsDatabaseIsReady(Recording recording) {
		try (KratosAdmin admin = respondingWith(recording)) {
			assertThat(admin.metadata().isReady()).isEqualTo(new Readiness(true, Map.of(), null));
		}
		checkPath(recording);
	}

	@ParameterizedTest
	@MethodSource("notReady")
	void aKratosWithoutItsDatabaseReportsWhyItIsNotReady(Recording recording) {
		Map<String, String> errors = new HashMap<>();
		recording.body()
			.path("errors")
			.propertyStream()
			.forEach((e) -> errors.put(e.getKey(), e.getValue().stringValue()));
		String message = recording.body().at("/error/message").asString(null);
		assertThat(errors.isEmpty()).isNotEqualTo(message == null);
		try (KratosAdmin admin = respondingWith(recording)) {
			assertThat(admin.metadata().isReady()).isEqualTo(new Readiness(false, errors, message));
		}
		checkPath(recording);
	}

	@ParameterizedTest
	@MethodSource("alive")
	void aKratosWithoutItsDatabaseIsAlive(Recording recording) {
		try (KratosAdmin admin = respondingWith(recording)) {
			assertThat(admin.metadata().isAlive()).isEqualTo(new HealthStatus("ok", Map.of()));
		}
		checkPath(recording);
	}

	@ParameterizedTest
	@MethodSource("versions")
	void aKratosWithoutItsDatabaseReturnsItsVersion(Recording recording) {
		try (KratosAdmin admin = respondingWith(recording)) {
			assertThat(admin.metadata().getVersion())
				.isEqualTo(new Version(recording.body().get("version").stringValue(), Map.of()));
		}
		checkPath(recording);
	}

	@ParameterizedTest
	@MethodSource("lists")
	void aKratosWithItsDatabaseLists(Recording recording) {
		try (KratosAdmin admin = respondingWith(recording)) {
			assertThat(admin.identities().listIdentities(ListIdentities.builder().build()))
				.isEqualTo(new Page<>(List.of(), null, null));
		}
		checkPath(recording);
	}

	@ParameterizedTest
	@MethodSource("failedLists")
	void aKratosWithoutItsDatabaseFailsToList(Recording recording) {
		try (KratosAdmin admin = respondingWith(recording)) {
			KratosException ex = catchThrowableOfType(KratosException.class,
					() -> admin.identities().listIdentities(ListIdentities.builder().build()));
			assertThat(ex).isExactlyInstanceOf(KratosServerException.class);
			assertThat(ex.getStatus()).isEqualTo(500);
			assertThat(ex.getOperation()).isEqualTo("listIdentities");
			JsonNode error = recording.body().get("error");
			assertThat(ex.getError().message()).isEqualTo(error.get("message").stringValue());
			assertThat(ex.getError().status()).isEqualTo(error.get("status").stringValue());
		}
		checkPath(recording);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "<html>Service Unavailable</html>", "null", "[]", "{}", "\"down\"",
			"{\"error\":\"down\"}", "{\"errors\":[\"down\"]}", "{\"errors\":null,\"error\":null}" })
	void any503IsNotReady(String body) {
		this.server.respond(StubResponse.of(503, body));
		assertThat(this.admin.metadata().isReady()).isEqualTo(new Readiness(false, Map.of(), null));
	}

	@Test
	void anotherFailureThan503IsAnException() {
		this.server.respond(StubResponse.json(502, "{}"));
		assertThatExceptionOfType(KratosServerException.class).isThrownBy(() -> this.admin.metadata().isReady())
			.withMessage("isReady failed with status 502: the response is not from Kratos (application/json, 2 bytes)");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"status\":\"pending\"}", "{}", "null", "[]", "\"ok\"", "", "<html>ok</html>" })
	void aSuccessWithoutStatusOkIsUnreadable(String body) {
		this.server.respond(StubResponse.of(200, body));
		assertThatExceptionOfType(KratosUnreadableResponseException.class)
			.isThrownBy(() -> this.admin.metadata().isReady())
			.withMessageStartingWith("isReady got a response with status 200 that cannot be read: ");
	}

	@Test
	void a503OfAnotherOperationIsAnException() {
		this.server.respond(StubResponse.json(503, "{\"errors\":{\"database\":\"down\"}}"));
		assertThatExceptionOfType(KratosServerException.class).isThrownBy(() -> this.admin.metadata().isAlive());
	}

	private KratosAdmin respondingWith(Recording recording) {
		this.server.respond(recording.stubResponse());
		return KratosAdmin.builder()
			.baseUrl(this.server.url())
			.pathPrefix(recording.target().startsWith("/admin") ? "/admin" : "")
			.build();
	}

	private void checkPath(Recording recording) {
		assertThat(this.server.request().method()).isEqualTo(recording.method());
		assertThat(this.server.request().path()).isEqualTo(recording.target());
	}

}
