package io.github.kratosadmin.selfservice;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.kratosadmin.internal.json.KratosJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class UiNodeTests {

	private static final UiText TEXT = new UiText(1, "t", "info", json("{\"a\":1}"), Map.of());

	private static final String TEXT_JSON = "{\"id\":1,\"text\":\"t\",\"type\":\"info\",\"context\":{\"a\":1}}";

	static Stream<Arguments> types() {
		return Stream.of(arguments("input",
				"{\"name\":\"n\",\"type\":\"text\",\"value\":[1],\"required\":true,\"disabled\":true,"
						+ "\"pattern\":\"p\",\"label\":" + TEXT_JSON + ",\"node_type\":\"input\",\"onclick\":\"x\","
						+ "\"onclickTrigger\":\"xt\",\"onload\":\"l\",\"onloadTrigger\":\"lt\",\"maxlength\":6,"
						+ "\"autocomplete\":\"email\",\"options\":[{\"value\":\"o\"}],\"new\":2}",
				new UiNodeAttributes.Input("n", "text", json("[1]"), true, true, "p", 6L, "email",
						List.of(new UiNodeAttributes.Option(json("\"o\""), Map.of())), TEXT, "x", "xt", "l", "lt",
						"input", Map.of("new", json("2")))),
				arguments("text", "{\"id\":\"i\",\"text\":" + TEXT_JSON + ",\"node_type\":\"text\"}",
						new UiNodeAttributes.Text("i", TEXT, "text", Map.of())),
				arguments("img", "{\"id\":\"i\",\"src\":\"s\",\"width\":1,\"height\":2,\"node_type\":\"img\"}",
						new UiNodeAttributes.Image("i", "s", 1L, 2L, "img", Map.of())),
				arguments("a", "{\"id\":\"i\",\"href\":\"h\",\"title\":" + TEXT_JSON + ",\"node_type\":\"a\"}",
						new UiNodeAttributes.Anchor("i", "h", TEXT, "a", Map.of())),
				arguments("script",
						"{\"id\":\"i\",\"src\":\"s\",\"type\":\"text/javascript\",\"async\":true,\"integrity\":\"sha\","
								+ "\"crossorigin\":\"anonymous\",\"referrerpolicy\":\"no-referrer\",\"nonce\":\"n\"}",
						new UiNodeAttributes.Script("i", "s", "text/javascript", true, "sha", "anonymous",
								"no-referrer", "n", null, Map.of())),
				arguments("div", "{\"id\":\"i\",\"class\":\"c\",\"data\":{\"a\":\"b\"}}",
						new UiNodeAttributes.Division("i", "c", json("{\"a\":\"b\"}"), null, Map.of())),
				arguments("hologram", "{\"id\":\"i\",\"depth\":3}",
						new UiNodeAttributes.Unknown(Map.of("id", json("\"i\""), "depth", json("3")))));
	}

	static Stream<String> typesOfWhichSomethingIsKnown() {
		return types().map((arguments) -> (String) arguments.get()[0]).filter((type) -> !type.equals("hologram"));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("types")
	void theTypeOfANodeDeterminesItsAttributes(String type, String json, UiNodeAttributes attributes) {
		UiNode node = read("{\"type\":\"" + type + "\",\"group\":\"g\",\"attributes\":" + json + ",\"messages\":["
				+ TEXT_JSON + "],\"meta\":{\"label\":" + TEXT_JSON + "},\"new\":1}");
		assertThat(node).isEqualTo(new UiNode(type, "g", attributes, List.of(TEXT), new UiNode.Meta(TEXT, Map.of()),
				Map.of("new", json("1"))));
	}

	@ParameterizedTest
	@MethodSource("typesOfWhichSomethingIsKnown")
	void everyAttributeMayBeAbsent(String type) {
		UiNode node = read("{\"type\":\"" + type + "\",\"attributes\":{}}");
		assertThat(node.attributes()).isNotInstanceOf(UiNodeAttributes.Unknown.class);
	}

	@ParameterizedTest
	@MethodSource("typesOfWhichSomethingIsKnown")
	void everyAttributeMayBeNull(String type) {
		UiNode empty = read("{\"type\":\"" + type + "\",\"attributes\":{}}");
		String nulls = Arrays.stream(empty.attributes().getClass().getRecordComponents())
			.map((component) -> component.getAccessor().getAnnotation(JsonProperty.class).value())
			.filter((name) -> !name.isEmpty())
			.map((name) -> "\"" + name + "\":null")
			.collect(Collectors.joining(","));
		assertThat(read("{\"type\":\"" + type + "\",\"attributes\":{" + nulls + "}}")).isEqualTo(empty);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{\"type\":null,\"group\":null,\"attributes\":null,\"messages\":null,\"meta\":null}",
			"{\"meta\":{}}", "{\"meta\":{\"label\":null}}", "{\"messages\":[null]}", "{\"attributes\":null}" })
	void everythingOfANodeMayBeMissing(String json) {
		assertThat(read(json)).isEqualTo(
				new UiNode(null, null, new UiNodeAttributes.Unknown(Map.of()), List.of(), UiNode.Meta.EMPTY, Map.of()));
	}

	@ParameterizedTest
	@ValueSource(strings = { "[1]", "\"a\"", "7" })
	void attributesThatAreNotAnObjectAreUnknown(String attributes) {
		assertThat(read("{\"type\":\"input\",\"attributes\":" + attributes + "}").attributes())
			.isEqualTo(new UiNodeAttributes.Unknown(Map.of()));
	}

	@Test
	void theNodeTypeAmongTheAttributesDoesNotCount() {
		assertThat(read("{\"type\":\"img\",\"attributes\":{\"node_type\":\"input\",\"type\":\"text\"}}").attributes())
			.isInstanceOf(UiNodeAttributes.Image.class);
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"\"", "\"a\"", "true", "0", "1.50", "{\"a\":null}", "[]" })
	void theValueOfAnInputIsAnyJson(String value) {
		UiNodeAttributes attributes = read("{\"type\":\"input\",\"attributes\":{\"value\":" + value + "}}")
			.attributes();
		assertThat(((UiNodeAttributes.Input) attributes).value()).hasToString(value);
	}

	@Test
	void everythingOfATextMayBeNull() {
		assertThat(KratosJson.mapper()
			.readValue("{\"id\":null,\"text\":null,\"type\":null,\"context\":null}", UiText.class))
			.isEqualTo(KratosJson.mapper().readValue("{}", UiText.class));
	}

	private static UiNode read(String json) {
		return KratosJson.mapper().readValue(json, UiNode.class);
	}

	private static JsonNode json(String json) {
		return KratosJson.mapper().readTree(json);
	}

}
