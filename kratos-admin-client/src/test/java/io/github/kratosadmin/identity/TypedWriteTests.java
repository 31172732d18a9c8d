package io.github.kratosadmin.identity;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import io.github.kratosadmin.internal.json.KratosJson;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class TypedWriteTests {

	private static final String TREE = """
			{"email":"a@a.test","name":{"first":"A","last":"B","title":"Dr"},"size":1.10,"phone":"1",
			"tags":["x"],"cars":[{"plate":"1","color":"red"}]}""";

	private static final JsonNode BASE = json(TREE);

	private static JsonNode json(String json) {
		return KratosJson.mapper().readTree(json);
	}

	private static JsonNode over(Object value) {
		return TypedWrite.over(ValueMapper.DEFAULT, BASE, value, "traits");
	}

	@Test
	void fieldsThatTheClassLacksStay() {
		assertThat(over(new Narrow("b@a.test"))).isEqualTo(json(TREE.replace("a@a.test", "b@a.test")));
	}

	@Test
	void unchangedFieldsKeepTheirNotation() {
		Wide unchanged = ValueMapper.DEFAULT.read(BASE, Wide.class, "it");
		assertThat(over(unchanged)).isEqualTo(BASE);
		assertThat(over(unchanged).toString()).isEqualTo(BASE.toString());
	}

	@Test
	void fieldsOfTheClassWithoutAValueAreRemoved() {
		Wide wide = ValueMapper.DEFAULT.read(BASE, Wide.class, "it");
		assertThat(over(new Wide(wide.email(), new Name("C", null), wide.size(), null, wide.tags(), wide.cars(), 0)))
			.isEqualTo(json("""
					{"email":"a@a.test","name":{"first":"C","title":"Dr"},"size":1.10,"tags":["x"],
					"cars":[{"plate":"1","color":"red"}]}"""));
	}

	@Test
	void newFieldsAreAdded() {
		Wide wide = ValueMapper.DEFAULT.read(BASE, Wide.class, "it");
		JsonNode merged = over(new Wide(wide.email(), wide.name(), 2.5, "2", List.of("x", "y"), wide.cars(), 7));
		assertThat(json(merged.toString())).isEqualTo(json("""
				{"email":"a@a.test","name":{"first":"A","last":"B","title":"Dr"},"size":2.5,"phone":"2",
				"tags":["x","y"],"cars":[{"plate":"1","color":"red"}],"age":7}"""));
	}

	@Test
	void aChangedListWhoseElementsHaveUnknownFieldsIsRejected() {
		Wide wide = ValueMapper.DEFAULT.read(BASE, Wide.class, "it");
		Wide other = new Wide(wide.email(), wide.name(), wide.size(), wide.phone(), wide.tags(),
				List.of(new Car("2", null), new Car("1", null)), 0);
		assertThatIllegalArgumentException().isThrownBy(() -> over(other))
			.withMessageContaining("has elements with fields that " + Wide.class.getName() + " does not have")
			.withMessageNotContaining("red");
	}

	@Test
	void aListWithoutUnknownFieldsIsReplaced() {
		JsonNode base = json("{\"cars\":[{\"plate\":\"1\",\"seats\":4}],\"size\":1.10}");
		Wide other = new Wide(null, null, 1.1, null, null, List.of(new Car("2", null), new Car("1", 5)), 0);
		assertThat(TypedWrite.over(ValueMapper.DEFAULT, base, other, "traits"))
			.hasToString("{\"cars\":[{\"plate\":\"2\"},{\"plate\":\"1\",\"seats\":5}],\"size\":1.10}");
	}

	@Test
	void nullInAListIsNotAnUnknownField() {
		JsonNode base = json("{\"cars\":[{\"plate\":\"1\",\"seats\":null}]}");
		Wide other = new Wide(null, null, null, null, null, List.of(new Car("2", null)), 0);
		assertThat(TypedWrite.over(ValueMapper.DEFAULT, base, other, "traits"))
			.hasToString("{\"cars\":[{\"plate\":\"2\"}]}");
	}

	@Test
	void aMapOrATreeReplacesAll() {
		assertThat(over(Map.of("a", 1))).isEqualTo(json("{\"a\":1}"));
		assertThat(over(json("{\"a\":1}"))).isEqualTo(json("{\"a\":1}"));
	}

	@Test
	void aClassThatKeepsUnknownFieldsReplacesAll() {
		Open open = ValueMapper.DEFAULT.read(BASE, Open.class, "it");
		open.all.remove("phone");
		assertThat(over(open).has("phone")).isFalse();
		assertThat(over(open).path("email").asString()).isEqualTo("a@a.test");
	}

	@Test
	void aTreeThatCannotBeReadAsTheClassIsRejected() {
		assertThatIllegalArgumentException().isThrownBy(() -> over(new Other(List.of("x"))))
			.withMessageStartingWith("The identity's traits cannot be read as " + Other.class.getName())
			.withMessageEndingWith("Fields that " + Other.class.getName()
					+ " does not have would be lost: pass a map or a JSON tree to replace all traits");
	}

	@Test
	void theObjectIsWrittenIfThereIsNoTree() {
		assertThat(TypedWrite.over(ValueMapper.DEFAULT, null, new Narrow("x"), "traits"))
			.isEqualTo(json("{\"email\":\"x\"}"));
	}

	@Test
	void anUpdateFromAnIdentityKeepsFieldsThatTheClassLacks() {
		Identity identity = KratosJson.mapper()
			.readValue("{\"id\":\"x\",\"traits\":" + TREE + ",\"metadata_public\":" + TREE + ",\"metadata_admin\":"
					+ TREE + "}", Identity.class);
		UpdateIdentity update = UpdateIdentity.from(identity)
			.traits(new Narrow("t"))
			.metadataPublic(new Narrow("p"))
			.metadataAdmin(new Narrow("a"))
			.build();
		assertThat(update.traits()).isEqualTo(json(TREE.replace("a@a.test", "t")));
		assertThat(update.metadataPublic()).isEqualTo(json(TREE.replace("a@a.test", "p")));
		assertThat(update.metadataAdmin()).isEqualTo(json(TREE.replace("a@a.test", "a")));
		assertThat(UpdateIdentity.builder().traits(new Narrow("t")).build().traits())
			.isEqualTo(json("{\"email\":\"t\"}"));
	}

	record Narrow(String email) {

	}

	record Name(String first, String last) {

	}

	record Car(String plate, Integer seats) {

	}

	record Wide(String email, Name name, Double size, String phone, List<String> tags, List<Car> cars, int age) {

	}

	record Other(List<String> name) {

	}

	static class Open {

		private final Map<String, Object> all = new java.util.LinkedHashMap<>();

		@JsonAnyGetter
		Map<String, Object> all() {
			return this.all;
		}

		@JsonAnySetter
		void set(String name, Object value) {
			this.all.put(name, value);
		}

	}

}
