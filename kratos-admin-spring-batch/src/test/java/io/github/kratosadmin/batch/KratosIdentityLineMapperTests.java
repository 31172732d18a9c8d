package io.github.kratosadmin.batch;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.core.io.ByteArrayResource;

import static io.github.kratosadmin.batch.ReaderFixture.readRows;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link KratosIdentityLineMapper}.
 */
class KratosIdentityLineMapperTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			``                                   | The line is empty
			` \t`                                | The line is empty
			ann@example.org,$2a$10$hash          | not JSON at column
			{"traits":{"email":"ann@example.org" | the JSON ends too early
			{"traits":{},"ann@example.org":1}    | unknown field at column
			{"schema_id":"ann@example.org"}      | traits is missing
			null                                 | traits is missing
			{"traits":{"name":"ann@\uFFFD"}}      | bytes that are not UTF-8
			{"traits":{}} {"traits":{"email":"ann@example.org"}} | expected CreateIdentity
			""")
	void aLineThatCannotBeReadIsARowWithAProblemThatDoesNotShowIt(String line, String problem) {
		IdentityRow row = new KratosIdentityLineMapper().mapLine((line != null) ? line : "", 1);
		assertThat(row.identity()).isNull();
		assertThat(row.row()).isOne();
		assertThat(row.problem()).contains(problem).doesNotContain("ann@", "hash", "line 1");
	}

	@Test
	void theReaderOfSpringBatchReadsEveryLineWithItsNumber() throws Exception {
		String file = """
				\uFEFF{"traits":{"email":"å\u2028@example.org"},"state":"inactive"}

				{"traits":{"email":"b@example.org"}}
				secret
				# a comment
				{"traits":{"number":123456789012345678901234567890,"ratio":1.50},"external_id":"crm-1"}""";
		List<IdentityRow> rows = readRows(new ByteArrayResource(file.getBytes(UTF_8)));
		assertThat(rows).extracting(IdentityRow::row).containsExactly(1L, 2L, 3L, 4L, 6L);
		assertThat(rows.get(0).identity().traits()).hasToString("{\"email\":\"å\u2028@example.org\"}");
		assertThat(rows.get(0).identity().state()).hasToString("inactive");
		assertThat(rows.get(1).problem()).isEqualTo("The line is empty");
		assertThat(rows.get(3).problem()).contains("not JSON");
		assertThat(rows.get(4).identity().traits())
			.hasToString("{\"number\":123456789012345678901234567890,\"ratio\":1.50}");
	}

}
