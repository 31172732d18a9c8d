package io.github.kratosadmin.internal.json;

import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.exc.MismatchedInputException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class TimestampDeserializerTests {

	@ParameterizedTest
	@CsvSource({ "2026-11-23T14:21:54Z, 2026-11-23T14:21:54Z", "2026-11-23T14:21:54.5Z, 2026-11-23T14:21:54.5Z",
			"2026-11-23T14:21:54.489337Z, 2026-11-23T14:21:54.489337Z",
			"2026-11-23T15:21:55.116555058Z, 2026-11-23T15:21:55.116555058Z",
			"2026-11-23T15:21:55.116555058+01:00, 2026-11-23T14:21:55.116555058Z",
			"2026-11-23T00:30:00-05:30, 2026-11-23T06:00:00Z", "2026-11-23T14:21:54+00:00, 2026-11-23T14:21:54Z",
			"1970-01-01T00:00:00Z, 1970-01-01T00:00:00Z", "0001-01-01T00:00:01Z, 0001-01-01T00:00:01Z",
			"9999-12-31T23:59:59.999999999Z, 9999-12-31T23:59:59.999999999Z" })
	void aTimestampMayHaveAnyFractionAndOffset(String text, Instant expected) {
		assertThat(read("\"" + text + "\"")).isEqualTo(expected);
	}

	/** Jackson reads the formats that the fast parser rejects. */
	@ParameterizedTest
	@CsvSource({ "2026-11-23t14:21:54z, 2026-11-23T14:21:54Z", "2026-11-23T14:21:54-00:00, 2026-11-23T14:21:54Z",
			"2016-12-31T23:59:60Z, 2016-12-31T23:59:59Z", "2026-11-23T24:00:00Z, 2026-11-24T00:00:00Z" })
	void rareFormatsAreReadToo(String text, Instant expected) {
		assertThat(read("\"" + text + "\"")).isEqualTo(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000Z", "0001-01-01T00:00:00+00:00" })
	void goZeroTimeIsNull(String text) {
		assertThat(read("\"" + text + "\"")).isNull();
	}

	@Test
	void jsonNullIsNull() {
		assertThat(read("null")).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"soon\"", "\"2026-11-23\"", "\"2026-11-23T14:21:54\"", "\"2026-02-30T00:00:00Z\"",
			"\"2026-11-23T14:21:54+19:00\"", "\"2026-11-23T14:21:54Zx\"", "{}", "[]", "true" })
	void otherTextsAreRejected(String json) {
		assertThatExceptionOfType(MismatchedInputException.class).isThrownBy(() -> read(json));
	}

	private static Instant read(String json) {
		return KratosJson.mapper().readValue(json, Instant.class);
	}

}
