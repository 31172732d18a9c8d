package io.github.kratosadmin.session;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.github.kratosadmin.internal.json.KratosJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.exc.ValueInstantiationException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SessionTests {

	@Test
	void everythingIsRead() {
		Session session = read("""
				{"id":"x","active":true,"expires_at":"2026-01-02T03:04:05Z","authenticated_at":"2026-01-02T03:04:06Z",
				"authenticator_assurance_level":"aal2","authentication_methods":[{"method":"oidc","aal":"aal1",
				"completed_at":"2026-01-02T03:04:08Z","provider":"github","organization":"o",
				"upstream_acr":"gold","upstream_amr":["pwd","mfa"]}],
				"issued_at":"2026-01-02T03:04:07Z","identity":{"id":"y"},"devices":[{"id":"z",
				"ip_address":"127.0.0.1:1","user_agent":"curl","location":"Bonn"}],"tokenized":"t","new":1}""");
		assertThat(session).isEqualTo(new Session("x", true, Instant.parse("2026-01-02T03:04:05Z"),
				Instant.parse("2026-01-02T03:04:06Z"), "aal2",
				List.of(new SessionAuthenticationMethod("oidc", "aal1", Instant.parse("2026-01-02T03:04:08Z"), "github",
						"o", "gold", List.of("pwd", "mfa"), Map.of())),
				Instant.parse("2026-01-02T03:04:07Z"), session.identity(),
				List.of(new SessionDevice("z", "127.0.0.1:1", "curl", "Bonn", Map.of())), "t",
				Map.of("new", KratosJson.mapper().readTree("1"))));
		assertThat(session.identity().id()).isEqualTo("y");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"id\":\"x\"}", """
			{"id":"x","active":null,"expires_at":null,"authenticated_at":null,"authenticator_assurance_level":null,
			"authentication_methods":null,"issued_at":null,"identity":null,"devices":null,"tokenized":null}""", """
			{"id":"x","expires_at":"0001-01-01T00:00:00Z","authentication_methods":[],"devices":[null]}""" })
	void everythingButTheIdMayBeMissing(String json) {
		assertThat(read(json))
			.isEqualTo(new Session("x", false, null, null, null, List.of(), null, null, List.of(), null, Map.of()));
	}

	@Test
	void theIdMustNotBeMissing() {
		assertThatExceptionOfType(ValueInstantiationException.class).isThrownBy(() -> read("{}"))
			.withMessageContaining("id is missing");
	}

	@Test
	void aMethodAndADeviceMayBeEmpty() {
		assertThat(read("{\"id\":\"x\",\"authentication_methods\":[{}],\"devices\":[{}]}"))
			.extracting(Session::authenticationMethods, Session::devices)
			.containsExactly(
					List.of(new SessionAuthenticationMethod(null, null, null, null, null, null, null, Map.of())),
					List.of(new SessionDevice(null, null, null, null, Map.of())));
	}

	private static Session read(String json) {
		return KratosJson.mapper().readValue(json, Session.class);
	}

}
