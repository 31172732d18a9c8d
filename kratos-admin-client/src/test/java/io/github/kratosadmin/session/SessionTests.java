package io.github.kratosadmin.session;

import java.time.Instant;

import io.github.kratosadmin.json.KratosJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class SessionTests {

	@Test
	void everythingIsRead() {
		Session session = read("""
				{"id":"x","active":true,"expires_at":"2026-01-02T03:04:05Z","authenticated_at":"2026-01-02T03:04:06Z",
				"issued_at":"2026-01-02T03:04:07Z","identity":{"id":"y"},"devices":[{"id":"z"}]}""");
		assertThat(session).isEqualTo(new Session("x", true, Instant.parse("2026-01-02T03:04:05Z"),
				Instant.parse("2026-01-02T03:04:06Z"), Instant.parse("2026-01-02T03:04:07Z"), session.identity()));
		assertThat(session.identity().id()).isEqualTo("y");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"id\":\"x\"}", "{\"id\":\"x\",\"active\":null,\"expires_at\":null,"
			+ "\"authenticated_at\":null,\"issued_at\":null,\"identity\":null}" })
	void everythingButTheIdMayBeMissing(String json) {
		assertThat(read(json)).isEqualTo(new Session("x", false, null, null, null, null));
	}

	private static Session read(String json) {
		return KratosJson.mapper().readValue(json, Session.class);
	}

}
