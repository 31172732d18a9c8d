package io.github.kratosadmin.test.embedded;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the differences between {@linkplain KratosEra eras} in flows. The forms of
 * 0.6, 1.3 and 26 are compared with recorded ones by {@link RecordedExchangesTests}.
 */
class FlowErasTests {

	private static final String UNKNOWN_ID = "12345678-9abc-4def-8123-456789abcdef";

	private EmbeddedKratos kratos;

	private AdminClient client;

	private void start(KratosEra era) {
		this.kratos = EmbeddedKratos.builder().era(era).start();
		this.client = new AdminClient(this.kratos.publicUrl());
	}

	@AfterEach
	void close() {
		this.kratos.close();
	}

	@ParameterizedTest
	@CsvSource({ "V0_6, 200", "V0_7, 200", "V0_10, 404", "V1_0, 404", "V1_3, 404", "V26, 404" })
	void returnsNullForUnknownVerificationFlowBeforeV0_10(KratosEra era, int status) {
		start(era);
		AdminClient.Response response = get(FlowKind.VERIFICATION, UNKNOWN_ID);
		assertThat(response.status()).isEqualTo(status);
		assertThat(response.json().isNull()).isEqualTo(status == 200);
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "V0_6")
	void browserFlowRequiresCookieSinceV0_7(KratosEra era) {
		start(era);
		for (FlowKind kind : List.of(FlowKind.LOGIN, FlowKind.REGISTRATION, FlowKind.RECOVERY, FlowKind.VERIFICATION)) {
			AdminClient.Response response = get(kind, this.kratos.createFlow(kind, FlowClient.BROWSER));
			assertThat(response.status()).isEqualTo(403);
			assertThat(response.at("/error/id").asString(""))
				.isEqualTo((era == KratosEra.V0_7) ? "" : "security_csrf_violation");
		}
	}

	@Test
	void browserFlowRequiresNoCookieInV0_6() {
		start(KratosEra.V0_6);
		assertThat(get(FlowKind.LOGIN, this.kratos.createFlow(FlowKind.LOGIN, FlowClient.BROWSER)).status())
			.isEqualTo(200);
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "V0_6")
	void settingsFlowRequiresSessionOfItsIdentitySinceV0_7(KratosEra era) {
		start(era);
		IssuedSession session = this.kratos.register("{\"email\":\"a@example.test\"}");
		IssuedSession other = this.kratos.register("{\"email\":\"b@example.test\"}");
		String id = this.kratos.createSettingsFlow(FlowClient.API, session);
		assertThat(get(FlowKind.SETTINGS, id).status()).isEqualTo(401);
		assertThat(settings(id, "X-Session-Token", "nope").status()).isEqualTo(401);
		AdminClient.Response forbidden = settings(id, "X-Session-Token", other.token());
		assertThat(forbidden.status()).isEqualTo(403);
		assertThat(forbidden.at("/error/id").asString(""))
			.isEqualTo((era == KratosEra.V0_7) ? "" : "security_identity_mismatch");
		assertThat(settings(id, "X-Session-Token", session.token()).status()).isEqualTo(200);
		assertThat(settings(id, "Authorization", "bearer " + session.token()).status()).isEqualTo(200);
		assertThat(settings(UNKNOWN_ID, "X-Session-Token", session.token()).status())
			.isEqualTo((era == KratosEra.V0_7) ? 403 : 404);
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "V0_6")
	void refusesSessionOfInactiveIdentity(KratosEra era) {
		start(era);
		IssuedSession session = this.kratos.register("{\"email\":\"a@example.test\"}");
		String id = this.kratos.createSettingsFlow(FlowClient.API, session);
		AdminClient admin = new AdminClient(this.kratos.adminUrl());
		String path = AdminClient.prefix(era) + "/identities/" + session.identityId();
		admin.put(path, "{\"state\":\"inactive\",\"traits\":{\"email\":\"a@example.test\"}}");
		assertThat(settings(id, "X-Session-Token", session.token()).status()).isEqualTo(401);
	}

	@Test
	void expiredBrowserFlowHasRedirectUrl() {
		start(KratosEra.V26);
		IssuedSession session = this.kratos.register("{\"email\":\"a@example.test\"}");
		String id = this.kratos.createSettingsFlow(FlowClient.BROWSER, session);
		this.kratos.expireFlow(id);
		AdminClient.Response response = settings(id, "X-Session-Token", session.token());
		assertThat(response.status()).isEqualTo(410);
		assertThat(response.at("/error/details")).hasToString("{\"redirect_to\":\"" + this.kratos.publicUrl()
				+ "/self-service/settings/browser\",\"return_to\":\"\"}");
	}

	@ParameterizedTest
	@CsvSource({ "V0_7, LOGIN, csrf_token password_identifier password method=password",
			"V0_10, LOGIN, csrf_token identifier password method=password",
			"V1_0, LOGIN, csrf_token identifier password method=password",
			"V0_7, REGISTRATION, csrf_token traits.email password traits.name.first traits.name.last method=password",
			"V1_0, REGISTRATION, csrf_token traits.email password traits.name.first traits.name.last method=password",
			"V0_7, RECOVERY, csrf_token email method=link", "V0_10, RECOVERY, csrf_token email method=link",
			"V1_0, RECOVERY, csrf_token email method=code", "V0_7, VERIFICATION, csrf_token email method=link",
			"V1_0, VERIFICATION, email method=code" })
	void formHasInputsOfItsEra(KratosEra era, FlowKind kind, String nodes) {
		start(era);
		assertThat(nodes(get(kind, this.kratos.createFlow(kind, FlowClient.API)).json())).isEqualTo(nodes);
	}

	@ParameterizedTest
	@CsvSource({ "V0_7, ''", "V0_10, ' lookup_secret_regenerate totp_qr totp_secret_key totp_code method=totp'",
			"V1_0, ' lookup_secret_regenerate totp_qr totp_secret_key totp_code method=totp'" })
	void settingsFormHasSecondFactorsSinceV0_10(KratosEra era, String secondFactors) {
		start(era);
		IssuedSession session = this.kratos.register("{\"email\":\"a@example.test\"}");
		String id = this.kratos.createSettingsFlow(FlowClient.API, session);
		assertThat(nodes(settings(id, "X-Session-Token", session.token()).json())).isEqualTo(
				"csrf_token traits.email traits.name.first traits.name.last method=profile password method=password"
						+ secondFactors);
	}

	@ParameterizedTest
	@CsvSource({ "V0_6, link, csrf_token email method=", "V0_7, link, csrf_token email method=link",
			"V0_10, link, csrf_token email method=link", "V1_0, code, csrf_token code method=code method=code email" })
	void recoveryContinuesByLinkOrCode(KratosEra era, String active, String nodes) {
		start(era);
		String id = this.kratos.createFlow(FlowKind.RECOVERY, FlowClient.API);
		this.kratos.submitRecovery(id, "a@example.test");
		JsonNode flow = get(FlowKind.RECOVERY, id).json();
		assertThat(flow.path("state").asString()).isEqualTo("sent_email");
		assertThat(flow.path("active").asString()).isEqualTo(active);
		assertThat(nodes(flow)).isEqualTo(nodes);
	}

	@Test
	void labelsIdentifierAsTraitIfThereIsOnlyOne() {
		start(KratosEra.V26);
		assertThat(labelOfIdentifier()).isEqualTo("Email");
		this.kratos.addSchema("default", "{\"properties\":{\"traits\":{\"properties\":{\"x\":{}}}}}");
		assertThat(labelOfIdentifier()).isEqualTo("ID");
	}

	private String labelOfIdentifier() {
		return get(FlowKind.LOGIN, this.kratos.createFlow(FlowKind.LOGIN, FlowClient.API))
			.at("/ui/nodes/1/meta/label/text")
			.asString();
	}

	private static String nodes(JsonNode flow) {
		List<String> nodes = new ArrayList<>();
		flow.at("/ui/nodes").forEach((node) -> {
			JsonNode attributes = node.path("attributes");
			String name = attributes.path("name").asString(attributes.path("id").asString(""));
			nodes.add(name.equals("method") ? "method=" + attributes.path("value").asString("") : name);
		});
		return String.join(" ", nodes);
	}

	private AdminClient.Response get(FlowKind kind, String id) {
		return this.client.get(AdminClient.pathOf(kind) + "/flows?id=" + id);
	}

	private AdminClient.Response settings(String id, String header, String value) {
		return this.client.send("GET", "/self-service/settings/flows?id=" + id, null, Map.of(header, value));
	}

}
