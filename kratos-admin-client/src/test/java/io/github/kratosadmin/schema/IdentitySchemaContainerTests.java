package io.github.kratosadmin.schema;

import java.util.Map;

import io.github.kratosadmin.internal.json.KratosJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.exc.ValueInstantiationException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class IdentitySchemaContainerTests {

	@Test
	void everythingIsRead() {
		assertThat(read("{\"id\":\"x\",\"schema\":{\"a\":[1.50]},\"new\":1}")).isEqualTo(new IdentitySchemaContainer(
				"x", KratosJson.mapper().readTree("{\"a\":[1.50]}"), Map.of("new", KratosJson.mapper().readTree("1"))));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"id\":\"x\"}", "{\"id\":\"x\",\"schema\":null}" })
	void theSchemaMayBeMissing(String json) {
		assertThat(read(json)).isEqualTo(new IdentitySchemaContainer("x", null, Map.of()));
	}

	@Test
	void aSchemaInBase64IsDecoded() {
		assertThat(read("{\"id\":\"x\",\"schema\":\"eyJhIjpbMS41MF19\"}").schema())
			.isEqualTo(KratosJson.mapper().readTree("{\"a\":[1.50]}"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "secret{", "bm8=", "", "NQ==" })
	void anotherTextIsNotASchema(String text) {
		assertThatExceptionOfType(ValueInstantiationException.class)
			.isThrownBy(() -> read("{\"id\":\"x\",\"schema\":\"" + text + "\"}"))
			.withMessageContaining("the schema is a text, but not JSON in Base64")
			.withMessageNotContaining("secret");
	}

	@Test
	void theIdMustNotBeMissing() {
		assertThatExceptionOfType(ValueInstantiationException.class).isThrownBy(() -> read("{\"schema\":{}}"))
			.withMessageContaining("id is missing");
	}

	private static IdentitySchemaContainer read(String json) {
		return KratosJson.mapper().readValue(json, IdentitySchemaContainer.class);
	}

}
