package io.github.kratosadmin.selfservice;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.github.kratosadmin.error.KratosError;
import io.github.kratosadmin.internal.json.KratosJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class SelfServiceErrorTests {

	private static final KratosError STUB = new KratosError(null, 500, "Internal Server Error", "a stub", null, null,
			null, null, Map.of());

	@Test
	void theErrorsOfKratosUpTo06AreRead() {
		assertThat(read("""
				{"id":"x","errors":[{"code":500,"status":"Internal Server Error","reason":"a stub"},{"code":404}],
				"created_at":"2026-01-02T03:04:05Z","updated_at":"2026-01-02T03:04:06Z"}"""))
			.isEqualTo(new SelfServiceError("x", null,
					List.of(STUB, new KratosError(null, 404, null, null, null, null, null, null, Map.of())),
					Instant.parse("2026-01-02T03:04:05Z"), Instant.parse("2026-01-02T03:04:06Z"), Map.of()));
	}

	@Test
	void theErrorOfKratosSince07IsRead() {
		assertThat(read("""
				{"id":"x","error":{"code":500,"status":"Internal Server Error","reason":"a stub"}}"""))
			.isEqualTo(new SelfServiceError("x", STUB, List.of(), null, null, Map.of()));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"id\":\"x\"}", "{\"id\":\"x\",\"errors\":null,\"error\":null,\"created_at\":null}",
			"{\"id\":\"x\",\"errors\":[]}", "{\"id\":\"x\",\"errors\":[null]}" })
	void theErrorsMayBeMissing(String json) {
		assertThat(read(json)).isEqualTo(new SelfServiceError("x", null, List.of(), null, null, Map.of()));
	}

	@Test
	void everythingInAnErrorMayBeMissing() {
		assertThat(read("""
				{"id":"x","error":{"id":null,"code":null,"status":null,"reason":null,"message":null,"details":null,
				"request":null,"debug":null,"new":1}}""").errors()).singleElement()
			.satisfies((error) -> assertThat(error.code()).isZero())
			.satisfies((error) -> assertThat(error.reason()).isNull());
	}

	private static SelfServiceError read(String json) {
		return KratosJson.mapper().readValue(json, SelfServiceError.class);
	}

}
