package io.github.kratosadmin.test.embedded;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for the self-service flows of an {@link EmbeddedKratos}.
 */
class FlowsTests {

	private final MutableClock clock = new MutableClock();

	private final EmbeddedKratos kratos = EmbeddedKratos.builder()
		.era(KratosEra.V0_6)
		.clock(this.clock)
		.flowLifespan(Duration.ofMinutes(10))
		.start();

	private final AdminClient client = new AdminClient(this.kratos.adminUrl());

	@AfterEach
	void close() {
		this.kratos.close();
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "SETTINGS")
	void expiresAfterLifespan(FlowKind kind) {
		String id = this.kratos.createFlow(kind, FlowClient.API);
		JsonNode flow = get(kind, id).json();
		assertThat(flow.path("issued_at").asString()).isEqualTo("2026-11-23T14:21:54.123456789Z");
		assertThat(flow.path("expires_at").asString()).isEqualTo("2026-11-23T14:31:54.123456789Z");
		this.clock.advance(Duration.ofMinutes(10));
		assertThat(get(kind, id).status()).isEqualTo(200);
		this.clock.advance(Duration.ofNanos(1));
		assertThat(get(kind, id).status()).isEqualTo(410);
	}

	@Test
	void canBeExpired() {
		String id = this.kratos.createSettingsFlow(FlowClient.API, this.client.createIdentity("a@example.test"));
		assertThat(get(FlowKind.SETTINGS, id).status()).isEqualTo(200);
		this.kratos.expireFlow(id);
		AdminClient.Response response = get(FlowKind.SETTINGS, id);
		assertThat(response.status()).isEqualTo(410);
		assertThat(response.at("/error/details/api").asString())
			.isEqualTo(this.kratos.publicUrl() + "/self-service/settings/api");
	}

	@Test
	void expiredBrowserFlowHasRedirectUrl() {
		String id = this.kratos.createFlow(FlowKind.LOGIN, FlowClient.BROWSER);
		this.kratos.expireFlow(id);
		AdminClient.Response response = get(FlowKind.LOGIN, id);
		assertThat(response.at("/error/reason").asString())
			.isEqualTo("The login flow has expired. Redirect the user to the login flow init endpoint to initialize "
					+ "a new login flow.");
		assertThat(response.at("/error/details/redirect_to").asString())
			.isEqualTo(this.kratos.publicUrl() + "/self-service/login/browser");
	}

	@Test
	void isFoundOnlyByItsKind() {
		String id = this.kratos.createFlow(FlowKind.LOGIN, FlowClient.API);
		assertThat(get(FlowKind.REGISTRATION, id).status()).isEqualTo(404);
		assertThatIllegalArgumentException().isThrownBy(() -> this.kratos.submitRecovery(id, "a@example.test"))
			.withMessage("There is no recovery flow " + id);
		assertThatIllegalArgumentException().isThrownBy(() -> this.kratos.expireFlow("nope"));
	}

	@Test
	void settingsFlowRequiresIdentity() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.kratos.createFlow(FlowKind.SETTINGS, FlowClient.API));
		assertThatIllegalArgumentException().isThrownBy(() -> this.kratos.createSettingsFlow(FlowClient.API, "nope"));
	}

	@Test
	void settingsFlowHasCurrentIdentity() {
		String identityId = this.client.createIdentity("a@example.test");
		String id = this.kratos.createSettingsFlow(FlowClient.API, identityId);
		this.client.put("/identities/" + identityId, "{\"traits\":{\"email\":\"b@example.test\"}}");
		assertThat(get(FlowKind.SETTINGS, id).at("/identity/traits/email").asString()).isEqualTo("b@example.test");
	}

	@Test
	void deletionOfIdentityDeletesSettingsFlowAndSession() {
		IssuedSession session = this.kratos.register("{\"email\":\"a@example.test\"}");
		String id = this.kratos.createSettingsFlow(FlowClient.BROWSER, session);
		this.client.delete("/identities/" + session.identityId());
		assertThat(get(FlowKind.SETTINGS, id).status()).isEqualTo(404);
		assertThatIllegalArgumentException().isThrownBy(() -> this.kratos.createSettingsFlow(FlowClient.API, session));
	}

	@Test
	void settingsFlowHasInputsForAllTraitsInOrderOfDefaultSchema() {
		this.kratos.addSchema("wide", """
				{
				  "type": "object",
				  "definitions": {"tag": {"type": "object", "properties": {"name": {"type": "string"}}}},
				  "properties": {
				    "traits": {
				      "type": "object",
				      "properties": {
				        "site": {"type": "string", "format": "uri", "pattern": "^https"},
				        "tags": {"type": "array", "items": {"$ref": "#/definitions/tag"}},
				        "nicks": {"type": "array", "items": {"type": "string"}},
				        "news": {"type": "boolean"},
				        "age": {"type": "integer", "title": "Age"},
				        "email": {"type": "string", "format": "email"},
				        "born": {"type": ["string", "null"]}
				      },
				      "allOf": [{"properties": {"seen": {"type": "string", "format": "date-time"}}}]
				    }
				  }
				}
				""");
		String identityId = this.client.post("/identities", """
				{"schema_id": "wide", "traits": {"email": "a@example.test", "age": 41, "nicks": ["x", "y"]}}""")
			.at("/id")
			.asString();
		String id = this.kratos.createSettingsFlow(FlowClient.API, identityId);
		List<String> inputs = new ArrayList<>();
		get(FlowKind.SETTINGS, id).at("/ui/nodes")
			.forEach((node) -> inputs.add(node.path("group").asString() + " " + node.at("/attributes/name").asString()
					+ " " + node.at("/attributes/type").asString() + " " + node.at("/attributes/value").asString("-")));
		assertThat(inputs).containsExactly("default csrf_token hidden ", "profile traits.email email a@example.test",
				"profile traits.age number 41", "profile traits.news checkbox -", "profile traits.nicks text -",
				"profile traits.seen datetime-local -", "profile traits.site url -", "profile traits.nicks.0 text x",
				"profile traits.nicks.1 text y", "profile method submit profile", "password password password -",
				"password method submit password");
	}

	@Test
	void startsNoFlowWithRecursiveSchema() {
		this.kratos.addSchema("default",
				"""
						{
						  "type": "object",
						  "properties": {"traits": {"type": "object", "properties": {"parent": {"$ref": "#/properties/traits"}}}}
						}
						""");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.kratos.createFlow(FlowKind.REGISTRATION, FlowClient.API))
			.withMessageContaining("circular");
	}

	@Test
	void browserFlowHasCsrfToken() {
		String id = this.kratos.createFlow(FlowKind.REGISTRATION, FlowClient.BROWSER);
		assertThat(get(FlowKind.REGISTRATION, id).at("/ui/nodes/0/attributes/value").asString()).hasSize(88);
	}

	private AdminClient.Response get(FlowKind kind, String id) {
		return this.client.get(AdminClient.pathOf(kind) + "/flows?id=" + id);
	}

}
