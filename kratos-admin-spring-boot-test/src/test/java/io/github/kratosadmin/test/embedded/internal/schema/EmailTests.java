package io.github.kratosadmin.test.embedded.internal.schema;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Email}.
 */
class EmailTests {

	@ParameterizedTest
	@ValueSource(strings = { "a@example.test", "a.b+c@localhost", "\u00e5@example.test", "\"a b\"@example.test",
			"\ud83d\ude00@example.test", "a.\ud83d\ude00@example.test", " a@example.test", "\"a\\\"b\"@example.test" })
	void acceptsAddressesThatKratosAccepts(String email) {
		assertThat(Email.isEmail(email)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "a", "@example.test", "a@", "a b@example.test", "a@-example.test", "a@example.test.",
			"a@example.test ", "a@example..test", ".a@example.test", "a@ex_ample.test", "<a@example.test>" })
	void refusesAddressesThatKratosRefuses(String email) {
		assertThat(Email.isEmail(email)).isFalse();
	}

}
