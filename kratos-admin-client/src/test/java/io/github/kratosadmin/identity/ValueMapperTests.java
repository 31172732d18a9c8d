package io.github.kratosadmin.identity;

import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.kratosadmin.internal.json.KratosJson;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Traits and metadata that are read and written with a mapper of the application.
 */
class ValueMapperTests {

	private static final ObjectMapper SNAKE_CASE = JsonMapper.builder()
		.propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
		.build();

	private static final ObjectMapper WITH_MODULE = JsonMapper.builder()
		.addModule(new SimpleModule().addSerializer(Phone.class, new PhoneSerializer())
			.addDeserializer(Phone.class, new PhoneDeserializer()))
		.build();

	private static final String TREE = """
			{"first_name":"A","nick_name":"a","more":{"x":1},"size":1.10}""";

	private static final Identity IDENTITY = read(TREE);

	private static Identity read(String tree) {
		return KratosJson.mapper()
			.readValue(
					"{\"id\":\"x\",\"traits\":%1$s,\"metadata_public\":%1$s,\"metadata_admin\":%1$s}".formatted(tree),
					Identity.class);
	}

	@Test
	void aTreeIsWrittenAsItIs() {
		JsonNode tree = KratosJson.mapper().readTree("{}");
		assertThat(ValueMapper.DEFAULT.write(tree, "traits")).isSameAs(tree);
		assertThat(ValueMapper.of(SNAKE_CASE).write(tree, "traits")).isSameAs(tree);
	}

	@Test
	void anIdentityIsReadWithTheNamesOfTheMapper() {
		Person person = new Person("A", "a");
		assertThat(IDENTITY.traitsAs(Person.class, SNAKE_CASE)).isEqualTo(person);
		assertThat(IDENTITY.metadataPublicAs(Person.class, SNAKE_CASE)).isEqualTo(person);
		assertThat(IDENTITY.metadataAdminAs(Person.class, SNAKE_CASE)).isEqualTo(person);
		assertThat(IDENTITY.traitsAs(Person.class)).isEqualTo(new Person(null, null));
	}

	@Test
	void metadataThatIsMissingIsReadAsNull() {
		Identity identity = KratosJson.mapper().readValue("{\"id\":\"x\"}", Identity.class);
		assertThat(identity.metadataPublicAs(Person.class, SNAKE_CASE)).isNull();
		assertThat(identity.metadataAdminAs(Person.class, SNAKE_CASE)).isNull();
		assertThatIllegalArgumentException().isThrownBy(() -> identity.traitsAs(Person.class, SNAKE_CASE))
			.withMessage("The traits of identity x cannot be read as " + Person.class.getName() + ": the JSON is null");
	}

	@Test
	void anIdentityIsCreatedWithTheNamesOfTheMapper() {
		CreateIdentity create = CreateIdentity.builder()
			.traits(new Person("T", null), SNAKE_CASE)
			.metadataPublic(new Person("P", null), SNAKE_CASE)
			.metadataAdmin(new Person("A", null), SNAKE_CASE)
			.build();
		assertThat(create.traits()).hasToString("{\"first_name\":\"T\"}");
		assertThat(create.metadataPublic()).hasToString("{\"first_name\":\"P\"}");
		assertThat(create.metadataAdmin()).hasToString("{\"first_name\":\"A\"}");
		assertThat(CreateIdentity.builder().traits(new Person("T", null)).build().traits())
			.hasToString("{\"firstName\":\"T\"}");
	}

	@Test
	void metadataMayBeNull() {
		CreateIdentity create = CreateIdentity.builder()
			.traits(Map.of())
			.metadataPublic(null, SNAKE_CASE)
			.metadataAdmin(null, SNAKE_CASE)
			.build();
		assertThat(create.metadataPublic()).isNull();
		assertThat(create.metadataAdmin()).isNull();
		UpdateIdentity update = UpdateIdentity.from(IDENTITY)
			.metadataPublic(null, SNAKE_CASE)
			.metadataAdmin(null, SNAKE_CASE)
			.build();
		assertThat(update.metadataPublic()).isNull();
		assertThat(update.metadataAdmin()).isNull();
	}

	@Test
	void anUpdateKeepsFieldsThatTheClassDoesNotHaveAndRemovesTheOthers() {
		UpdateIdentity update = UpdateIdentity.from(IDENTITY)
			.traits(new Person("T", null), SNAKE_CASE)
			.metadataPublic(new Person("P", null), SNAKE_CASE)
			.metadataAdmin(new Person("M", "a"), SNAKE_CASE)
			.build();
		assertThat(update.traits()).hasToString("{\"first_name\":\"T\",\"more\":{\"x\":1},\"size\":1.10}");
		assertThat(update.metadataPublic()).hasToString("{\"first_name\":\"P\",\"more\":{\"x\":1},\"size\":1.10}");
		assertThat(update.metadataAdmin())
			.hasToString("{\"first_name\":\"M\",\"nick_name\":\"a\",\"more\":{\"x\":1},\"size\":1.10}");
		assertThat(UpdateIdentity.builder().traits(new Person("T", null), SNAKE_CASE).build().traits())
			.hasToString("{\"first_name\":\"T\"}");
	}

	@Test
	void aMapOrATreeReplacesAll() {
		JsonNode tree = KratosJson.mapper().readTree("{\"a\":null}");
		assertThat(UpdateIdentity.from(IDENTITY).traits(tree, SNAKE_CASE).build().traits()).isSameAs(tree);
		assertThat(UpdateIdentity.from(IDENTITY).traits(Map.of("aB", 1), SNAKE_CASE).build().traits())
			.hasToString("{\"aB\":1}");
	}

	@Test
	void aMapperThatFailsOnUnknownFieldsLosesNone() {
		ObjectMapper strict = SNAKE_CASE.rebuild().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
		UpdateIdentity.Builder update = UpdateIdentity.from(IDENTITY);
		assertThatIllegalArgumentException().isThrownBy(() -> update.traits(new Person("T", null), strict))
			.withMessageStartingWith("The identity's traits cannot be read as " + Person.class.getName() + ": /more")
			.withMessageEndingWith("pass a map or a JSON tree to replace all traits");
		assertThatIllegalArgumentException().isThrownBy(() -> IDENTITY.traitsAs(Person.class, strict))
			.withMessageContaining("/more");
	}

	@Test
	void fieldsWithoutAValueAreNotWritten() {
		for (JsonInclude.Include include : new JsonInclude.Include[] { JsonInclude.Include.ALWAYS,
				JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_ABSENT, JsonInclude.Include.NON_EMPTY }) {
			ObjectMapper mapper = JsonMapper.builder()
				.changeDefaultPropertyInclusion((inclusion) -> inclusion.withValueInclusion(include))
				.build();
			assertThat(write(new Maybe(null, Optional.empty(), ""), mapper))
				.isEqualTo((include != JsonInclude.Include.NON_EMPTY) ? "{\"text\":\"\"}" : "{}");
			assertThat(write(new Maybe("a", Optional.of("b"), "c"), mapper))
				.isEqualTo("{\"name\":\"a\",\"maybe\":\"b\",\"text\":\"c\"}");
		}
	}

	@Test
	void aModuleIsUsed() {
		Customer customer = new Customer(new Phone("4711"));
		assertThat(write(customer, WITH_MODULE)).isEqualTo("{\"phone\":\"tel:4711\"}");
		assertThat(read("{\"phone\":\"tel:4711\"}").traitsAs(Customer.class, WITH_MODULE)).isEqualTo(customer);
	}

	@Test
	void withoutTheModuleTheFieldIsNamedAndNoValueQuoted() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> read("{\"phone\":\"CANARY\"}").traitsAs(Customer.class, SNAKE_CASE))
			.withMessageStartingWith("The traits of identity x cannot be read as " + Customer.class.getName())
			.withMessageContaining("/phone")
			.withMessageNotContaining("CANARY")
			.withNoCause();
		assertThatIllegalArgumentException()
			.isThrownBy(() -> CreateIdentity.builder().metadataAdmin(new CreateIdentityTests.Broken(), SNAKE_CASE))
			.withMessageStartingWith("metadataAdmin of type " + CreateIdentityTests.Broken.class.getName()
					+ " cannot be written as JSON: /email")
			.withMessageNotContaining("CANARY");
	}

	@Test
	void aDeserializerThatFailsIsNotQuoted() {
		for (ObjectMapper mapper : new ObjectMapper[] { WITH_MODULE,
				WITH_MODULE.rebuild().disable(DeserializationFeature.WRAP_EXCEPTIONS).build() }) {
			assertThatIllegalArgumentException()
				.isThrownBy(() -> read("{\"phone\":\"CANARY\"}").traitsAs(Customer.class, mapper))
				.withMessageStartingWith("The traits of identity x cannot be read as " + Customer.class.getName())
				.withMessageNotContaining("CANARY")
				.withNoCause();
			assertThatIllegalArgumentException()
				.isThrownBy(() -> read("\"CANARY\"").metadataAdminAs(Phone.class, mapper))
				.withMessageStartingWith("The admin metadata of identity x cannot be read as " + Phone.class.getName())
				.withMessageNotContaining("CANARY")
				.withNoCause();
		}
	}

	private static String write(Object traits, ObjectMapper mapper) {
		return CreateIdentity.builder().traits(traits, mapper).build().traits().toString();
	}

	record Person(String firstName, String nickName) {

	}

	record Maybe(String name, Optional<String> maybe, String text) {

	}

	record Customer(Phone phone) {

	}

	static final class Phone {

		private final String number;

		private Phone(String number) {
			this.number = number;
		}

		@Override
		public boolean equals(Object other) {
			return other instanceof Phone phone && phone.number.equals(this.number);
		}

		@Override
		public int hashCode() {
			return this.number.hashCode();
		}

	}

	static class PhoneSerializer extends ValueSerializer<Phone> {

		@Override
		public void serialize(Phone phone, JsonGenerator json, SerializationContext context) {
			json.writeString("tel:" + phone.number);
		}

	}

	static class PhoneDeserializer extends ValueDeserializer<Phone> {

		@Override
		public Phone deserialize(JsonParser json, DeserializationContext context) {
			String text = json.getString();
			if (!text.startsWith("tel:")) {
				throw new IllegalStateException(text);
			}
			return new Phone(text.substring("tel:".length()));
		}

	}

}
