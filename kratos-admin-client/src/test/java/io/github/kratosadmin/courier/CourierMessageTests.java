package io.github.kratosadmin.courier;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.github.kratosadmin.internal.json.KratosJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.exc.ValueInstantiationException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class CourierMessageTests {

	private static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");

	@Test
	void everythingIsRead() {
		assertThat(read("""
				{"id":"x","status":"queued","type":"sms","recipient":"+49","body":"b","subject":"s",
				"template_type":"recovery_code_valid","channel":"phone","send_count":2,"dispatches":[{"id":"d",
				"message_id":"x","status":"failed","error":{"a":1},"created_at":"2026-01-02T03:04:05Z",
				"updated_at":"2026-01-02T03:04:06Z"}],"created_at":"2026-01-02T03:04:07Z",
				"updated_at":"2026-01-02T03:04:08Z","new":1}""")).isEqualTo(new CourierMessage("x",
				CourierMessageStatus.QUEUED, CourierMessageType.SMS, "+49", "b", "s", "recovery_code_valid", "phone", 2,
				List.of(new MessageDispatch("d", "x", "failed", KratosJson.mapper().readTree("{\"a\":1}"), TIME,
						TIME.plusSeconds(1), Map.of())),
				TIME.plusSeconds(2), TIME.plusSeconds(3), Map.of("new", KratosJson.mapper().readTree("1"))));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"id\":\"x\"}", """
			{"id":"x","status":null,"type":null,"recipient":null,"body":null,"subject":null,"template_type":null,
			"channel":null,"send_count":null,"dispatches":null,"created_at":null,"updated_at":null}""", """
			{"id":"x","dispatches":[null],"created_at":"0001-01-01T00:00:00Z"}""" })
	void everythingButTheIdMayBeMissing(String json) {
		assertThat(read(json)).isEqualTo(
				new CourierMessage("x", null, null, null, null, null, null, null, 0, List.of(), null, null, Map.of()));
	}

	@Test
	void theIdMustNotBeMissing() {
		assertThatExceptionOfType(ValueInstantiationException.class).isThrownBy(() -> read("{}"))
			.withMessageContaining("id is missing");
	}

	@Test
	void unknownStatusesAndTypesAreRead() {
		CourierMessage message = read("{\"id\":\"x\",\"status\":\"bounced\",\"type\":\"push\"}");
		assertThat(message.status()).isEqualTo(new CourierMessageStatus("bounced")).hasToString("bounced");
		assertThat(message.type()).isEqualTo(new CourierMessageType("push")).hasToString("push");
	}

	@Test
	void aDispatchMayBeEmptyAndItsErrorNull() {
		assertThat(read("{\"id\":\"x\",\"dispatches\":[{\"error\":null}]}").dispatches())
			.containsExactly(new MessageDispatch(null, null, null, null, null, null, Map.of()));
	}

	private static CourierMessage read(String json) {
		return KratosJson.mapper().readValue(json, CourierMessage.class);
	}

}
