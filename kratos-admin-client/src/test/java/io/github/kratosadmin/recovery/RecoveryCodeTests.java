package io.github.kratosadmin.recovery;

import java.time.Instant;
import java.util.Map;

import io.github.kratosadmin.internal.json.KratosJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.exc.ValueInstantiationException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RecoveryCodeTests {

	@Test
	void everythingIsRead() {
		assertThat(read("""
				{"recovery_link":"http://a.test/?flow=f","recovery_code":"012345",
				"expires_at":"2026-11-23T15:21:55.116555058Z","new":1}"""))
			.isEqualTo(new RecoveryCode("http://a.test/?flow=f", "012345",
					Instant.parse("2026-11-23T15:21:55.116555058Z"), Map.of("new", KratosJson.mapper().readTree("1"))));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"recovery_link\":\"x\",\"recovery_code\":\"1\"}",
			"{\"recovery_link\":\"x\",\"recovery_code\":\"1\",\"expires_at\":null}",
			"{\"recovery_link\":\"x\",\"recovery_code\":\"1\",\"expires_at\":\"0001-01-01T00:00:00Z\"}" })
	void theExpiryMayBeMissing(String json) {
		assertThat(read(json)).isEqualTo(new RecoveryCode("x", "1", null, Map.of()));
	}

	@ParameterizedTest
	@CsvSource({ "recovery_link, recovery_code is missing", "recovery_code, recovery_link is missing" })
	void theLinkAndTheCodeMustNotBeMissing(String present, String message) {
		assertThatExceptionOfType(ValueInstantiationException.class)
			.isThrownBy(() -> read("{\"" + present + "\":\"x\"}"))
			.withMessageContaining(message);
	}

	private static RecoveryCode read(String json) {
		return KratosJson.mapper().readValue(json, RecoveryCode.class);
	}

}
