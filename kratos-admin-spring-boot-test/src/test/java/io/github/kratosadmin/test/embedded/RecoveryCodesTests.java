package io.github.kratosadmin.test.embedded;

import java.net.URI;
import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the recovery codes of an {@link EmbeddedKratos} and for {@code return_to}.
 * The expectations were measured on real servers.
 */
class RecoveryCodesTests {

	private static final String UNKNOWN_ID = "12345678-9abc-4def-8123-456789abcdef";

	private final MutableClock clock = new MutableClock();

	private EmbeddedKratos kratos;

	private AdminClient client;

	private AdminClient publicClient;

	private String identityId;

	private void start(KratosEra era) {
		this.kratos = EmbeddedKratos.builder()
			.era(era)
			.clock(this.clock)
			.pagesUrl(URI.create("https://login.example.test/app/"))
			.recoveryLinkLifespan(Duration.ofMinutes(30))
			.start();
		this.client = new AdminClient(this.kratos.adminUrl());
		this.publicClient = new AdminClient(this.kratos.publicUrl());
		String prefix = (era == KratosEra.V26) ? "" : AdminClient.prefix(era);
		this.identityId = this.client
			.post(prefix + "/identities", "{\"schema_id\":\"default\",\"traits\":{\"email\":\"a@example.test\"}}")
			.at("/id")
			.asString();
	}

	@AfterEach
	void close() {
		this.kratos.close();
	}

	@ParameterizedTest
	@EnumSource(names = { "V0_6", "V0_7", "V0_10" })
	void cannotCreateCodesBeforeV1_0(KratosEra era) {
		start(era);
		String path = (era == KratosEra.V0_10) ? "/admin/recovery/code" : "/recovery/code";
		assertThat(this.client.post(path, body(this.identityId)).body()).isEqualTo("404 page not found\n");
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = { "V0_6", "V0_7", "V0_10" })
	void createsFlowThatWaitsForCode(KratosEra era) {
		start(era);
		AdminClient.Response response = create(body(this.identityId));
		assertThat(response.status()).isEqualTo(201);
		assertThat(response.at("/recovery_code").asString()).matches("[0-9]{6}");
		assertThat(response.at("/expires_at").asString()).isEqualTo("2026-11-23T14:51:54.123456789Z");
		assertThat(response.at("/recovery_link").asString())
			.matches("https://login\\.example\\.test/app/recovery\\?flow=[0-9a-f-]{36}");
		AdminClient.Response flow = flow(response);
		assertThat(flow.status()).isEqualTo(200);
		assertThat(flow.at("/type").asString()).isEqualTo("browser");
		assertThat(flow.at("/state").asString()).isEqualTo("sent_email");
		assertThat(flow.at("/active").asString()).isEqualTo("code");
		assertThat(flow.at("/expires_at")).isEqualTo(response.at("/expires_at"));
		assertThat(flow.json().has("return_to")).isFalse();
		assertThat(flow.at("/ui/nodes").valueStream().map((node) -> node.at("/attributes/name").asString()))
			.containsExactly("code", "method");
		assertThat(flow.at("/ui/nodes/0/attributes").has("maxlength")).isEqualTo(era != KratosEra.V1_0);
		this.clock.advance(Duration.ofMinutes(31));
		assertThat(flow(response).status()).isEqualTo(410);
	}

	@ParameterizedTest
	@CsvSource({ "V1_0, browser", "V1_3, api", "V26, api" })
	void createsFlowOfRequestedTypeSinceV1_3(KratosEra era, String type) {
		start(era);
		AdminClient.Response response = create("{\"identity_id\":\"" + this.identityId + "\",\"flow_type\":\"api\"}");
		assertThat(flow(response).at("/type").asString()).isEqualTo(type);
	}

	@ParameterizedTest
	@CsvSource({ "V1_0, 201", "V1_3, 400", "V26, 400" })
	void refusesUnknownFlowTypeSinceV1_3(KratosEra era, int status) {
		start(era);
		AdminClient.Response response = create("{\"identity_id\":\"" + this.identityId + "\",\"flow_type\":\"nope\"}");
		assertThat(response.status()).isEqualTo(status);
		if (status == 400) {
			assertThat(response.at("/error/reason").asString())
				.isEqualTo("Value from \"flow_type\" is not valid: \"nope\"");
		}
		assertThat(create("{\"identity_id\":\"" + this.identityId + "\",\"flow_type\":3}").status()).isEqualTo(status);
		assertThat(create("{\"identity_id\":\"" + this.identityId + "\",\"flow_type\":\"\"}").status())
			.isEqualTo(status);
		assertThat(create("{\"identity_id\":\"" + this.identityId + "\",\"flow_type\":null}").status()).isEqualTo(201);
	}

	@ParameterizedTest
	@CsvSource({ "V1_0, -1h, -1h", "V1_3, -1h, -1h0m0s", "V26, -1h, -1h0m0s", "V26, 0s, 0s", "V26, -90s, -1m30s" })
	void refusesLifespanThatIsNotPositive(KratosEra era, String expiresIn, String shown) {
		start(era);
		AdminClient.Response response = create(
				"{\"identity_id\":\"" + this.identityId + "\",\"expires_in\":\"" + expiresIn + "\"}");
		assertThat(response.status()).isEqualTo(400);
		assertThat(response.at("/error/reason").asString())
			.isEqualTo("Value from \"expires_in\" must result to a future time: " + shown);
	}

	@Test
	void expiresAfterRequestedLifespan() {
		start(KratosEra.V26);
		AdminClient.Response response = create(
				"{\"identity_id\":\"" + this.identityId + "\",\"expires_in\":\"1h30m\"}");
		assertThat(response.at("/expires_at").asString()).isEqualTo("2026-11-23T15:51:54.123456789Z");
	}

	@ParameterizedTest
	@CsvSource(delimiterString = " -> ", quoteCharacter = '`',
			textBlock = """
					{"identity_id":"nope"} -> 400 -> Unable to decode JSON payload: uuid: incorrect UUID length 4 in string "nope"
					{"identity_id":"nope","expires_in":3} -> 400 -> Unable to decode JSON payload: uuid: incorrect UUID length 4 in string "nope"
					{"expires_in":"soon"} -> 400 -> Unable to parse "expires_in" whose format should match "[0-9]+(ns|us|ms|s|m|h)" but did not: soon
					{} -> 404 -> could not find identity
					""")
	void refusesInvalidRequests(String body, int status, String reason) {
		start(KratosEra.V26);
		AdminClient.Response response = create(body);
		assertThat(response.status()).isEqualTo(status);
		assertThat(response.at("/error/reason").asString()).isEqualTo(reason);
	}

	@ParameterizedTest
	@CsvSource({ "V0_6, true", "V0_7, true", "V0_10, false", "V1_0, false", "V1_3, false", "V26, false" })
	void allowsAnyReturnToBeforeV0_10(KratosEra era, boolean anywhere) {
		start(era);
		for (String elsewhere : new String[] { "https://evil.example.test/x", "https://login.example.test/other",
				"http://login.example.test/app" }) {
			AdminClient.Response response = createLink(era, elsewhere, this.identityId);
			assertThat(response.status()).isEqualTo(anywhere ? 200 : 400);
			if (!anywhere) {
				assertThat(response.at("/error/id").asString()).isEqualTo("self_service_flow_return_to_forbidden");
				assertThat(response.at("/error/reason").asString())
					.isEqualTo("Requested return_to URL \"" + elsewhere + "\" is not allowed.");
			}
		}
		for (String allowed : new String[] { "https://login.example.test/app/welcome", "/app/here", "",
				this.kratos.publicUrl() + "/self-service/settings" }) {
			assertThat(createLink(era, allowed, this.identityId).status()).isEqualTo(200);
		}
	}

	@ParameterizedTest
	@CsvSource({ "V0_7, 200", "V0_10, 500", "V1_0, 400", "V26, 400" })
	void statusForMalformedReturnToDependsOnEra(KratosEra era, int status) {
		start(era);
		assertThat(createLink(era, ":::", this.identityId).status()).isEqualTo(status);
	}

	@Test
	void checksLifespanThenReturnToThenIdentity() {
		start(KratosEra.V26);
		assertThat(createLink(KratosEra.V26, "https://evil.example.test/", UNKNOWN_ID).at("/error/id").asString())
			.isEqualTo("self_service_flow_return_to_forbidden");
		assertThat(this.client
			.post("/admin/recovery/link?return_to=https://evil.example.test/",
					"{\"identity_id\":\"" + this.identityId + "\",\"expires_in\":\"soon\"}")
			.at("/error/reason")
			.asString()).startsWith("Unable to parse \"expires_in\"");
	}

	@Test
	void flowHasReturnTo() {
		start(KratosEra.V26);
		AdminClient.Response response = this.client
			.post("/admin/recovery/code?return_to=https://login.example.test/app/x", body(this.identityId));
		AdminClient.Response flow = flow(response);
		assertThat(flow.at("/return_to").asString()).isEqualTo("https://login.example.test/app/x");
		assertThat(flow.at("/request_url").asString())
			.endsWith("/admin/recovery/code?return_to=https://login.example.test/app/x");
		assertThat(this.client.post("/admin/recovery/code?return_to=https://evil.example.test/", body(this.identityId))
			.status()).isEqualTo(400);
	}

	private AdminClient.Response createLink(KratosEra era, String returnTo, String identityId) {
		String path = AdminClient.prefix(era) + "/recovery/link";
		return this.client.post(path + "?return_to=" + returnTo, body(identityId));
	}

	private AdminClient.Response create(String body) {
		return this.client.post("/admin/recovery/code", body);
	}

	private static String body(String identityId) {
		return "{\"identity_id\":\"" + identityId + "\"}";
	}

	private AdminClient.Response flow(AdminClient.Response code) {
		String id = code.at("/recovery_link").asString().split("flow=")[1];
		return this.publicClient.get("/self-service/recovery/flows?id=" + id);
	}

}
