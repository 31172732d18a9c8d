package io.github.kratosadmin.test.embedded;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

class RecordedValuesTests {

	private final RecordedValues values = new RecordedValues();

	@Test
	void acceptsTokenThatContainsTextLikeOtherTokens() {
		String recorded = "x".repeat(86) + "==";
		String actual = "y".repeat(32) + "+" + "z".repeat(32) + "/" + "0".repeat(20) + "==";
		assertThatNoException().isThrownBy(() -> this.values.assertSame("csrf", recorded, actual));
	}

	@Test
	void refusesSecondActualTokenForSameRecordedToken() {
		String recorded = "x".repeat(32);
		this.values.assertSame("token", recorded, "y".repeat(32));
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> this.values.assertSame("token", recorded, "z".repeat(32)));
	}

}
