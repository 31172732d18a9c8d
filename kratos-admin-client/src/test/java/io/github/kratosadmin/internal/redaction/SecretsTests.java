package io.github.kratosadmin.internal.redaction;

import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.KratosAdminBuilder;
import io.github.kratosadmin.courier.CourierMessage;
import io.github.kratosadmin.courier.ListCourierMessages;
import io.github.kratosadmin.courier.MessageDispatch;
import io.github.kratosadmin.error.KratosError;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.identity.Identity;
import io.github.kratosadmin.identity.IdentityCredentials;
import io.github.kratosadmin.identity.UpdateIdentity;
import io.github.kratosadmin.internal.http.AdminHeaders;
import io.github.kratosadmin.internal.json.KratosJson;
import io.github.kratosadmin.internal.operation.ActiveCalls;
import io.github.kratosadmin.recovery.RecoveryCode;
import io.github.kratosadmin.recovery.RecoveryLink;
import io.github.kratosadmin.selfservice.LoginFlow;
import io.github.kratosadmin.selfservice.SelfServiceError;
import io.github.kratosadmin.selfservice.SettingsFlow;
import io.github.kratosadmin.selfservice.UiContainer;
import io.github.kratosadmin.selfservice.UiNode;
import io.github.kratosadmin.selfservice.UiText;
import io.github.kratosadmin.session.Session;
import io.github.kratosadmin.session.SessionDevice;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Checks that {@code toString()} of types with secrets does not show them.
 */
class SecretsTests {

	private static final String CREDENTIALS = "{\"type\":\"password\",\"identifiers\":[\"shown\"],"
			+ "\"config\":{\"hashed_password\":\"CANARY\",\"CANARY\":1}}";

	private static final String TEXT = "{\"id\":1050015,\"text\":\"CANARY\",\"type\":\"shown\","
			+ "\"context\":{\"secret\":\"CANARY\"}}";

	private static final String ERROR = "{\"id\":\"shown\",\"debug\":\"CANARY\",\"details\":{\"token\":\"CANARY\"}}";

	private static final String DEVICE = "{\"id\":\"shown\",\"ip_address\":\"CANARY\",\"user_agent\":\"CANARY\","
			+ "\"location\":\"CANARY\"}";

	private static final String DISPATCH = "{\"id\":\"shown\",\"error\":{\"reason\":\"CANARY\"}}";

	static Stream<Arguments> secrets() {
		String ui = "{\"nodes\":[" + String.join(",", nodes().toList()) + "],\"messages\":[" + TEXT + "]}";
		String flow = "{\"id\":\"shown\",\"ui\":" + ui + "}";
		return Stream.of(
				arguments(RecoveryLink.class,
						"{\"recovery_link\":\"http://CANARY\",\"expires_at\":\"2026-01-02T03:04:05Z\"}"),
				arguments(RecoveryCode.class, "{\"recovery_link\":\"http://CANARY\",\"recovery_code\":\"CANARY\"}"),
				arguments(Session.class,
						"{\"id\":\"shown\",\"tokenized\":\"CANARY\",\"devices\":[" + DEVICE
								+ "],\"identity\":{\"id\":\"shown\",\"traits\":{\"a\":\"CANARY\"}}}"),
				arguments(SessionDevice.class, DEVICE),
				arguments(CourierMessage.class,
						"{\"id\":\"shown\",\"body\":\"CANARY\",\"subject\":\"CANARY\",\"recipient\":\"CANARY\","
								+ "\"dispatches\":[" + DISPATCH + "]}"),
				arguments(MessageDispatch.class, DISPATCH), arguments(IdentityCredentials.class, CREDENTIALS),
				arguments(Identity.class, "{\"id\":\"shown\",\"credentials\":{\"password\":" + CREDENTIALS + "}}"),
				arguments(Identity.class,
						"{\"id\":\"shown\",\"traits\":{\"a\":\"CANARY\"},\"metadata_admin\":\"CANARY\","
								+ "\"metadata_public\":\"CANARY\",\"recovery_addresses\":[{\"value\":\"CANARY\"}],"
								+ "\"verifiable_addresses\":[{\"value\":\"CANARY\"}]}"),
				arguments(CreateIdentity.class, "{\"schema_id\":\"shown\",\"traits\":{\"a\":\"CANARY\"}}"),
				arguments(UpdateIdentity.class,
						"{\"schema_id\":\"shown\",\"traits\":{\"a\":\"CANARY\"},\"metadata_admin\":\"CANARY\"}"),
				arguments(KratosError.class, ERROR),
				arguments(SelfServiceError.class, "{\"id\":\"shown\",\"errors\":[" + ERROR + "]}"),
				arguments(UiText.class, TEXT), arguments(UiContainer.class, ui), arguments(LoginFlow.class, flow),
				arguments(SettingsFlow.class, flow));
	}

	static Stream<String> nodes() {
		return Stream
			.of(Map.entry("input", "{\"name\":\"shown\",\"value\":\"CANARY\",\"label\":" + TEXT + "}"),
					Map.entry("input", "{\"name\":\"shown\",\"value\":{\"a\":[\"CANARY\"]},\"pattern\":\"CANARY\"}"),
					Map.entry("text", "{\"id\":\"shown\",\"text\":" + TEXT + "}"),
					Map.entry("img", "{\"id\":\"shown\",\"src\":\"data:image/png;base64,CANARY\"}"),
					Map.entry("a", "{\"id\":\"shown\",\"href\":\"http://CANARY\",\"title\":" + TEXT + "}"),
					Map.entry("script", "{\"id\":\"shown\",\"nonce\":\"CANARY\",\"integrity\":\"CANARY\"}"),
					Map.entry("div", "{\"id\":\"shown\",\"data\":{\"a\":\"CANARY\"},\"class\":\"CANARY\"}"),
					Map.entry("hologram", "{\"id\":\"CANARY\"}"))
			.map((node) -> "{\"type\":\"" + node.getKey() + "\",\"group\":\"shown\",\"attributes\":" + node.getValue()
					+ ",\"messages\":[" + TEXT + "],\"meta\":{\"label\":" + TEXT + "}}");
	}

	@ParameterizedTest
	@MethodSource("secrets")
	void aRecordDoesNotShowItsSecrets(Class<?> type, String json) {
		assertThat(KratosJson.mapper().readValue(json, type).toString()).startsWith(type.getSimpleName() + "[")
			.doesNotContain("CANARY");
	}

	@ParameterizedTest
	@MethodSource("nodes")
	void aNodeDoesNotShowItsSecrets(String json) {
		UiNode node = KratosJson.mapper().readValue(json, UiNode.class);
		assertThat(node.toString()).contains("shown").doesNotContain("CANARY");
		assertThat(node.attributes().toString()).startsWith(node.attributes().getClass().getSimpleName() + "[");
	}

	@Test
	void aQueryDoesNotShowPersonalData() {
		assertThat(ListCourierMessages.builder().recipient("CANARY").build().toString())
			.startsWith("ListCourierMessages[pageSize=250")
			.doesNotContain("CANARY");
	}

	@Test
	void aClientDoesNotShowItsCredentials() {
		KratosAdminBuilder builder = KratosAdmin.builder().bearerToken("CANARY").header("X-Api-Key", "CANARY");
		try (KratosAdmin admin = builder.build()) {
			assertThat(Stream.of(builder, admin, admin.identities(), admin.sessions(), admin.recovery(),
					admin.schemas(), admin.courier(), admin.selfService(), admin.metadata(),
					new AdminHeaders(Map.of("X", "CANARY"), () -> "CANARY", ObservationRegistry.NOOP,
							new ActiveCalls(Duration.ofMinutes(1)), null)))
				.allSatisfy((object) -> assertThat(object.toString()).isNotEmpty().doesNotContain("CANARY"));
		}
	}

}
