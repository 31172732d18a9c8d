package io.github.kratosadmin.selfservice;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.kratosadmin.internal.json.KratosJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

class SelfServiceFlowTests {

	static Stream<Class<?>> flows() {
		return Stream.of(SelfServiceFlow.class.getPermittedSubclasses());
	}

	@Test
	void thereAreFiveFlows() {
		assertThat(flows()).hasSize(5);
	}

	@ParameterizedTest
	@MethodSource("flows")
	void everythingButTheIdMayBeAbsent(Class<? extends SelfServiceFlow> type) {
		checkEmpty(read("{\"id\":\"x\"}", type));
	}

	@ParameterizedTest
	@MethodSource("flows")
	void everythingButTheIdMayBeNull(Class<? extends SelfServiceFlow> type) {
		checkEmpty(read("""
				{"id":"x","type":null,"expires_at":null,"issued_at":null,"request_url":null,"active":null,"state":null,
				"ui":null,"forced":null,"identity":null}""", type));
	}

	@ParameterizedTest
	@MethodSource("flows")
	void everythingInTheFormMayBeNull(Class<? extends SelfServiceFlow> type) {
		assertThat(
				read("{\"id\":\"x\",\"ui\":{\"action\":null,\"method\":null,\"nodes\":null,\"messages\":null}}", type)
					.ui())
			.isEqualTo(UiContainer.EMPTY);
	}

	@ParameterizedTest
	@MethodSource("flows")
	void everythingIsRead(Class<? extends SelfServiceFlow> type) {
		SelfServiceFlow flow = read("""
				{"id":"x","type":"browser","expires_at":"2026-01-02T03:04:05Z","issued_at":"2026-01-02T03:04:06Z",
				"request_url":"http://a.test/r","active":"password","state":"choose_method","new":{"a":1},
				"ui":{"action":"http://a.test/a","method":"POST","messages":[{"id":4000006,"text":"no","type":"error",
				"context":{"a":1}}],"new":1},"return_to":"http://a.test/e","transient_payload":{"b":2}}""", type);
		assertThat(flow.id()).isEqualTo("x");
		assertThat(flow.type()).isEqualTo(FlowType.BROWSER);
		assertThat(flow.expiresAt()).isEqualTo(Instant.parse("2026-01-02T03:04:05Z"));
		assertThat(flow.issuedAt()).isEqualTo(Instant.parse("2026-01-02T03:04:06Z"));
		assertThat(flow.requestUrl()).isEqualTo("http://a.test/r");
		assertThat(flow.active()).isEqualTo("password");
		assertThat(flow.state()).isEqualTo("choose_method");
		assertThat(flow.ui()).isEqualTo(new UiContainer("http://a.test/a", "POST", List.of(),
				List.of(new UiText(4000006, "no", "error", KratosJson.mapper().readTree("{\"a\":1}"), Map.of())),
				Map.of("new", KratosJson.mapper().readTree("1"))));
		assertThat(flow.returnTo()).isEqualTo("http://a.test/e");
		assertThat(flow.transientPayload()).isEqualTo(KratosJson.mapper().readTree("{\"b\":2}"));
		assertThat(flow.additionalProperties()).isEqualTo(Map.of("new", KratosJson.mapper().readTree("{\"a\":1}")));
	}

	@ParameterizedTest
	@MethodSource("flows")
	void theTypeAndStateMayBeUnknown(Class<? extends SelfServiceFlow> type) {
		SelfServiceFlow flow = read("{\"id\":\"x\",\"type\":\"telepathy\",\"state\":\"adrift\"}", type);
		assertThat(flow.type()).isEqualTo(new FlowType("telepathy")).hasToString("telepathy");
		assertThat(flow.state()).isEqualTo("adrift");
	}

	@ParameterizedTest
	@CsvSource({ "'\"forced\":true', true", "'\"forced\":false', false", "'\"refresh\":true', true",
			"'\"refresh\":false', false", "'\"forced\":null', false" })
	void aForcedLoginMayHaveEitherName(String field, boolean forced) {
		assertThat(read("{\"id\":\"x\"," + field + "}", LoginFlow.class).forced()).isEqualTo(forced);
	}

	@Test
	void theIdentityOfASettingsFlowIsRead() {
		assertThat(read("{\"id\":\"x\",\"identity\":{\"id\":\"y\"}}", SettingsFlow.class).identity().id())
			.isEqualTo("y");
	}

	@Test
	void theNextStepsAfterAFlowAreRead() {
		List<ContinueWith> next = read(
				"""
						{"id":"x","continue_with":[{"action":"show_verification_ui","flow":{"id":"f","url":"http://a.test/v",
						"verifiable_address":"a@a.test"}},{"action":"set_ory_session_token","ory_session_token":"t"},
						{"action":"redirect_browser_to","redirect_browser_to":"http://a.test/r"},{"action":"dance","new":1}]}""",
				SettingsFlow.class)
			.continueWith();
		assertThat(next).containsExactly(new ContinueWith("show_verification_ui",
				new ContinueWith.Flow("f", "http://a.test/v", "a@a.test", Map.of()), null, null, null, Map.of()),
				new ContinueWith("set_ory_session_token", null, null, "t", null, Map.of()),
				new ContinueWith("redirect_browser_to", null, "http://a.test/r", null, null, Map.of()),
				new ContinueWith("dance", null, null, null, null, Map.of("new", KratosJson.mapper().readTree("1"))));
	}

	private static void checkEmpty(SelfServiceFlow flow) {
		assertThat(flow.id()).isEqualTo("x");
		assertThat(flow.type()).isNull();
		assertThat(flow.expiresAt()).isNull();
		assertThat(flow.issuedAt()).isNull();
		assertThat(flow.requestUrl()).isNull();
		assertThat(flow.active()).isNull();
		assertThat(flow.state()).isNull();
		assertThat(flow.ui()).isEqualTo(UiContainer.EMPTY);
	}

	private static <T> T read(String json, Class<T> type) {
		return KratosJson.mapper().readValue(json, type);
	}

}
