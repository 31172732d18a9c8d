package io.github.kratosadmin.internal.json;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonProperty.Access;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class KratosJsonTests {

	@ParameterizedTest
	@ValueSource(strings = { "0", "-1", "1.0", "1.10", "100.00", "0.1", "3.141592653589793238462643383279502884",
			"12345678901234567890123456789012345678901234567890", "-9223372036854775809", "41" })
	void aNumberKeepsAllItsDigits(String number) {
		JsonNode tree = KratosJson.mapper().readTree("{\"n\":" + number + "}");
		assertThat(KratosJson.mapper().writeValueAsString(tree)).isEqualTo("{\"n\":" + number + "}");
	}

	@ParameterizedTest
	@ValueSource(strings = { "0.0000001", "1e2", "1E-10", "1.50E+3", "-2e0" })
	void aNumberInAnotherNotationKeepsItsValue(String number) {
		String written = KratosJson.mapper().writeValueAsString(KratosJson.mapper().readTree(number));
		assertThat(new BigDecimal(written)).isEqualByComparingTo(number);
	}

	@Test
	void aTreeKeepsItsOrderAndItsNulls() {
		String json = "{\"z\":null,\"a\":[null,{\"y\":1,\"b\":\"\\u0000Å😀\"}]}";
		assertThat(KratosJson.mapper().writeValueAsString(KratosJson.mapper().readTree(json))).isEqualTo(json);
	}

	private static JsonNode write(Object value) {
		return KratosJson.values().valueToTree(value);
	}

	@Test
	void aMapIsWrittenAsAnObject() {
		assertThat(write(Map.of("a", List.of(1)))).hasToString("{\"a\":[1]}");
	}

	@Test
	void absentPropertiesOfAClassAreLeftOut() {
		Person ann = new Person("Ann", null, Optional.empty(), new Person(null, null, Optional.of("b"), null));
		assertThat(write(ann)).hasToString("{\"first\":\"Ann\",\"friend\":{\"nickname\":\"b\"}}");
		assertThat(write(Map.of("people", List.of(ann))))
			.hasToString("{\"people\":[{\"first\":\"Ann\",\"friend\":{\"nickname\":\"b\"}}]}");
	}

	@Test
	void anEmptyOptionalInAMapIsLeftOut() {
		Map<String, Object> map = new LinkedHashMap<>();
		map.put("a", Optional.empty());
		map.put("b", Optional.of("x"));
		map.put("c", null);
		assertThat(write(map)).hasToString("{\"b\":\"x\",\"c\":null}");
		assertThat(write(Map.of("d", List.of(map)))).hasToString("{\"d\":[{\"b\":\"x\",\"c\":null}]}");
		assertThat(write(new Said(map, null, null, null, null))).hasToString("{\"map\":{\"b\":\"x\",\"c\":null}}");
		assertThat(write(new Said(null, null, null, null, map))).hasToString("{\"b\":\"x\",\"c\":null}");
		assertThat(write(Map.of("e", Optional.of(map)))).hasToString("{\"e\":{\"b\":\"x\",\"c\":null}}");
	}

	@Test
	void aNullInAMapATreeOrAListIsWritten() {
		Map<String, Object> map = new HashMap<>();
		map.put("a", null);
		JsonNode tree = KratosJson.mapper().readTree("{\"b\":null}");
		assertThat(write(map)).hasToString("{\"a\":null}");
		assertThat(write(Map.of("c", map))).hasToString("{\"c\":{\"a\":null}}");
		assertThat(write(tree)).hasToString("{\"b\":null}");
		assertThat(write(new Said(map, tree, NullNode.getInstance(), Arrays.asList(1, null), map)))
			.hasToString("{\"map\":{\"a\":null},\"tree\":{\"b\":null},\"nothing\":null,\"list\":[1,null],\"a\":null}");
	}

	@Test
	void aClassMayChooseToWriteNull() {
		assertThat(write(new Outspoken(null))).hasToString("{\"a\":null}");
	}

	@Test
	void writeOnlyPropertiesOfAClassAreNotWritten() {
		assertThat(write(new Reserved("x", "y"))).hasToString("{\"a\":\"x\"}");
	}

	@Test
	void aListThatIsMissingIsEmpty() {
		assertThat(KratosJson.listOf(null)).isEmpty();
	}

	@Test
	void aListHasNoNulls() {
		assertThat(KratosJson.listOf(Arrays.asList("a", null, "b"))).containsExactly("a", "b").isUnmodifiable();
	}

	@Test
	void aMapThatIsMissingIsEmpty() {
		assertThat(KratosJson.mapOf(null)).isEmpty();
	}

	@Test
	void aMapHasNoNulls() {
		Map<String, String> map = new HashMap<>(Map.of("a", "b"));
		map.put("c", null);
		assertThat(KratosJson.mapOf(map)).isEqualTo(Map.of("a", "b")).isUnmodifiable();
	}

	@Test
	void aJsonNullIsNull() {
		assertThat(KratosJson.orNull(NullNode.getInstance())).isNull();
		assertThat(KratosJson.orNull(null)).isNull();
		assertThat(KratosJson.orNull(KratosJson.mapper().readTree("0"))).hasToString("0");
	}

	@Test
	void aMissingValueIsNamed() {
		assertThat(KratosJson.required("a", "id")).isEqualTo("a");
		assertThatIllegalArgumentException().isThrownBy(() -> KratosJson.required(null, "id"))
			.withMessage("id is missing");
	}

	record Person(String first, String last, Optional<String> nickname, Person friend) {

	}

	record Said(Map<String, Object> map, JsonNode tree, JsonNode nothing, List<Integer> list,
			@JsonAnyGetter Map<String, Object> more) {

	}

	record Outspoken(@JsonInclude(JsonInclude.Include.ALWAYS) String a) {

	}

	record Reserved(String a, @JsonProperty(access = Access.WRITE_ONLY) String b) {

	}

}
