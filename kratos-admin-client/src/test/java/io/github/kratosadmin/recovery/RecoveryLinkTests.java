package io.github.kratosadmin.recovery;

import java.time.Instant;
import java.util.Map;

import io.github.kratosadmin.internal.json.KratosJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.exc.ValueInstantiationException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RecoveryLinkTests {

	@Test
	void everythingIsRead() {
		assertThat(read("""
				{"recovery_link":"http://a.test/?token=t","expires_at":"2026-11-23T15:21:55.116555058Z","new":1}"""))
			.isEqualTo(new RecoveryLink("http://a.test/?token=t", Instant.parse("2026-11-23T15:21:55.116555058Z"),
					Map.of("new", KratosJson.mapper().readTree("1"))));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"recovery_link\":\"x\"}", "{\"recovery_link\":\"x\",\"expires_at\":null}",
			"{\"recovery_link\":\"x\",\"expires_at\":\"0001-01-01T00:00:00Z\"}" })
	void theExpiryMayBeMissing(String json) {
		assertThat(read(json)).isEqualTo(new RecoveryLink("x", null, Map.of()));
	}

	@Test
	void theLinkMustNotBeMissing() {
		assertThatExceptionOfType(ValueInstantiationException.class).isThrownBy(() -> read("{}"))
			.withMessageContaining("recovery_link is missing");
	}

	private static RecoveryLink read(String json) {
		return KratosJson.mapper().readValue(json, RecoveryLink.class);
	}

}
