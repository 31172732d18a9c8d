package io.github.kratosadmin.test.container;

import java.util.LinkedHashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link KratosConfiguration}. Kratos refuses keys that the configuration
 * schema of its version does not have.
 */
class KratosConfigurationTests {

	@ParameterizedTest
	@CsvSource({ "v0.6.3,false,false", "v0.7.6,true,false", "v0.10.1,true,false", "v0.11.0,true,true",
			"v26.2.0,true,true" })
	void hasKeysOfItsVersion(String tag, boolean passwordLookup, boolean code) {
		JsonNode methods = configuration(tag).at("/selfservice/methods");
		assertThat(methods.path("password").has("config")).isEqualTo(passwordLookup);
		assertThat(methods.has("code")).isEqualTo(code);
		assertThat(methods.at("/link/enabled").booleanValue()).isTrue();
	}

	@Test
	void namesDefaultSchemaByUrlBeforeV0_9() {
		assertThat(configuration("v0.8.3").path("identity")).isEqualTo(JsonMapper.shared().readTree("""
				{"default_schema_url": "file:///default.json",
				 "schemas": [{"id": "customer", "url": "file:///customer.json"}]}"""));
	}

	@Test
	void namesDefaultSchemaByIdSinceV0_9() {
		assertThat(configuration("v0.9.0").path("identity")).isEqualTo(JsonMapper.shared().readTree("""
				{"default_schema_id": "default",
				 "schemas": [{"id": "default", "url": "file:///default.json"},
				             {"id": "customer", "url": "file:///customer.json"}]}"""));
	}

	private static JsonNode configuration(String tag) {
		Map<String, String> schemas = new LinkedHashMap<>();
		schemas.put("default", "file:///default.json");
		schemas.put("customer", "file:///customer.json");
		return JsonMapper.shared().readTree(new KratosConfiguration(ImageVersion.ofTag(tag)).toJson(schemas));
	}

}
