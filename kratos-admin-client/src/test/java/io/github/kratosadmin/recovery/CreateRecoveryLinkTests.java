package io.github.kratosadmin.recovery;

import java.time.Duration;

import io.github.kratosadmin.internal.json.KratosJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class CreateRecoveryLinkTests {

	@Test
	void onlyFieldsThatAreSetAreWritten() {
		assertThat(write(new CreateRecoveryLink("x"))).isEqualTo("{\"identity_id\":\"x\"}");
	}

	@Test
	void aBuilderHasNoDefaults() {
		assertThat(CreateRecoveryLink.builder("x").build()).isEqualTo(new CreateRecoveryLink("x"));
		assertThat(CreateRecoveryLink.builder("x").expiresIn(null).build())
			.isEqualTo(new CreateRecoveryLink("x", null));
	}

	@Test
	void theExpiryIsWrittenAsKratosReadsIt() {
		assertThat(write(CreateRecoveryLink.builder("x").expiresIn(Duration.ofMinutes(90)).build()))
			.isEqualTo("{\"identity_id\":\"x\",\"expires_in\":\"90m\"}");
	}

	@ParameterizedTest
	@CsvSource({ "PT1H,1h", "PT24H,24h", "P30D,720h", "PT90M,90m", "PT1M,1m", "PT1S,1s", "PT90S,90s", "PT3601S,3601s",
			"PT0.001S,1ms", "PT1.5S,1500ms", "PT0.000001S,1us", "PT1.000001S,1000001us", "PT0.000000001S,1ns",
			"PT1.000000001S,1000000001ns", "PT1H0.000000001S,3600000000001ns",
			"PT2562047H47M16.854775807S,9223372036854775807ns" })
	void aDurationIsAWholeNumberOfOneUnit(Duration duration, String text) {
		assertThat(write(CreateRecoveryLink.builder("x").expiresIn(duration).build()))
			.isEqualTo("{\"identity_id\":\"x\",\"expires_in\":\"" + text + "\"}");
		assertThat(text).matches("[0-9]+(ns|us|ms|s|m|h)");
	}

	@ParameterizedTest
	@ValueSource(strings = { "PT0S", "PT-1H", "PT-0.000000001S", "PT2562047H47M16.854775808S", "P365000D" })
	void aDurationThatKratosCannotReadIsRejected(Duration duration) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> CreateRecoveryLink.builder("x").expiresIn(duration).build())
			.withMessage("expiresIn must be positive and no longer than 292 years, but was " + duration);
	}

	@ParameterizedTest
	@NullAndEmptySource
	@ValueSource(strings = " ")
	void theIdentityIsRequired(String identityId) {
		assertThatIllegalArgumentException().isThrownBy(() -> new CreateRecoveryLink(identityId))
			.withMessageStartingWith("identityId ");
		assertThatIllegalArgumentException().isThrownBy(() -> CreateRecoveryLink.builder(identityId).build())
			.withMessageStartingWith("identityId ");
	}

	private static String write(CreateRecoveryLink link) {
		return KratosJson.mapper().writeValueAsString(link);
	}

}
