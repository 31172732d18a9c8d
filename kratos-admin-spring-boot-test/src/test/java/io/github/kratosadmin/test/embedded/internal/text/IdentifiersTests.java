package io.github.kratosadmin.test.embedded.internal.text;

import io.github.kratosadmin.test.embedded.KratosEra;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link Identifiers}. The expected values are those of the code of Kratos.
 */
class IdentifiersTests {

	@ParameterizedTest
	@CsvSource(ignoreLeadingAndTrailingWhitespace = false,
			value = { "\uff21lice,alice", "ALICE\u200d,alice", " bob\u00a0,bob", "\u0130brahim,i\u0307brahim",
					"\u0391\u03a3,\u03b1\u03c3", "\ufb01x,fix", "e\u0301,\u00e9", "\u05d0a,\u05d0a",
					"a\ud83d\ude00b," + "a\ud83d\ude00b", "a b,a b", "a\u2009b,a b", "\u00bd,1\u20442", "\u1e9e,\u00df",
					"a\u034fb,ab", "a\ufe0fb,ab", "a\ufeffb,ab", "a\u202eb,ab", "a\u3164b,ab", "a\ue000b,ab",
					"a\u20acb,a\u20acb", "\uff76\uff9e,\u30ac", "\u2121,tel", "l\u00b7l,l\u00b7l", "a\u00b7b,ab",
					"\u30b8\u30e7\u30f3\u30fb\u30b9\u30df\u30b9,\u30b8\u30e7\u30f3\u30fb\u30b9\u30df\u30b9" })
	void normalizesCharacters(String text, String normalized) {
		assertThat(Identifiers.normalize(text, KratosEra.NEXT)).isEqualTo(normalized);
	}

	@ParameterizedTest
	@CsvSource({ "+49 176 671 11 638,+4917667111638", "0049 176 67111638,0049 176 67111638",
			"tel:+49-176-67111638,+4917667111638", "+1 (415) 555-2671,+14155552671",
			"+1 415 555 2671 ext. 5,+14155552671",
			"+\uff11\uff14\uff11\uff15\uff15\uff15\uff15\uff12\uff16\uff17\uff11," + "+14155552671", "+49,+49",
			"+1415,+1415", "+1-800-FLOWERS,+18003569377", "+14155552671@x.test,+14155552671@x.test" })
	void formatsValidPhoneNumbersWithCountryCode(String text, String normalized) {
		assertThat(Identifiers.normalize(text, KratosEra.NEXT)).isEqualTo(normalized);
	}

	@Test
	void onlyTrimsAndLowersUpToV26() {
		assertThat(Identifiers.normalize(" \ufb01\u200b\u0130\u00a0", KratosEra.V26)).isEqualTo("\ufb01\u200bi");
		assertThat(Identifiers.normalize("+1 415 555 2671", KratosEra.V26)).isEqualTo("+1 415 555 2671");
	}

	@ParameterizedTest
	@CsvSource({ "al\u200bice@x.test, precis", "\u05d0a@x.test, bidirule", "1\u00e9@x.test, bidirule",
			"a@b@x.test, mail", "'', precis", "a b@x.test, mail", "a\u2025@x.test, mail" })
	void refusesEmailAddress(String text, String problem) {
		assertThatIllegalArgumentException().isThrownBy(() -> Identifiers.address("email", text))
			.withMessageStartingWith(problem);
	}

	@ParameterizedTest
	@CsvSource({ "\ufb01ona@Example.test, fiona@example.test", "\u00e91@x.test, \u00e91@x.test",
			"\"a\\\"b\"@x.test, 'a\"b@x.test'", "\uff21\uff20x.test, a@x.test",
			"\u05d0\u05d1@\u05d0.\u05d1, \u05d0\u05d1@\u05d0.\u05d1" })
	void normalizesEmailAddress(String text, String normalized) {
		assertThat(Identifiers.address("email", text)).isEqualTo(normalized);
	}

	@ParameterizedTest
	@CsvSource({ "+1 415\u200b 555 2671, precis", "4155552671, the phone number", "+1415, the provided number" })
	void refusesPhoneNumber(String text, String problem) {
		assertThatIllegalArgumentException().isThrownBy(() -> Identifiers.address("sms", text))
			.withMessageStartingWith(problem);
	}

}
