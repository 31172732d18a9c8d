package io.github.kratosadmin.recovery;

import java.time.Duration;

import io.github.kratosadmin.internal.json.KratosJson;
import io.github.kratosadmin.selfservice.FlowType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class CreateRecoveryCodeTests {

	@Test
	void onlyFieldsThatAreSetAreWritten() {
		assertThat(write(new CreateRecoveryCode("x"))).isEqualTo("{\"identity_id\":\"x\"}");
		assertThat(write(CreateRecoveryCode.builder("x").expiresIn(Duration.ofMinutes(90)).build()))
			.isEqualTo("{\"identity_id\":\"x\",\"expires_in\":\"90m\"}");
	}

	@Test
	void aBuilderHasNoDefaults() {
		assertThat(CreateRecoveryCode.builder("x").build()).isEqualTo(new CreateRecoveryCode("x"));
		assertThat(CreateRecoveryCode.builder("x").expiresIn(null).flowType(null).build())
			.isEqualTo(new CreateRecoveryCode("x", null, null));
	}

	@Test
	void everythingIsWritten() {
		assertThat(write(CreateRecoveryCode.builder("x").expiresIn(Duration.ofHours(1)).flowType(FlowType.API).build()))
			.isEqualTo("{\"identity_id\":\"x\",\"expires_in\":\"1h\",\"flow_type\":\"api\"}");
	}

	@ParameterizedTest
	@ValueSource(strings = { "PT0S", "PT-1H", "P365000D" })
	void aDurationThatKratosCannotReadIsRejected(Duration duration) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> CreateRecoveryCode.builder("x").expiresIn(duration).build())
			.withMessage("expiresIn must be positive and no longer than 292 years, but was " + duration);
	}

	@ParameterizedTest
	@NullAndEmptySource
	@ValueSource(strings = " ")
	void theIdentityIsRequired(String identityId) {
		assertThatIllegalArgumentException().isThrownBy(() -> new CreateRecoveryCode(identityId))
			.withMessageStartingWith("identityId ");
		assertThatIllegalArgumentException().isThrownBy(() -> CreateRecoveryCode.builder(identityId).build())
			.withMessageStartingWith("identityId ");
	}

	private static String write(CreateRecoveryCode code) {
		return KratosJson.mapper().writeValueAsString(code);
	}

}
