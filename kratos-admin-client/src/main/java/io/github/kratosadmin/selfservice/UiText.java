package io.github.kratosadmin.selfservice;

import java.util.Map;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.kratosadmin.internal.json.KratosJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import static com.fasterxml.jackson.annotation.JsonProperty.Access.WRITE_ONLY;

/**
 * A message or label.
 * <p>
 * The constructor is not API: it gains a parameter whenever Kratos gains a field. Obtain
 * instances from the client, in tests from the fixtures in the test module.
 *
 * @param id the id of the message, the same in every language
 * @param text the text, which may contain a secret such as a backup code; not shown by
 * {@link #toString()}
 * @param type the type of the message, such as {@code info}, {@code error} or
 * {@code success}
 * @param context the data for translations, a JSON object; not shown by
 * {@link #toString()}
 * @param additionalProperties the fields that this version of the client does not know,
 * by name; not shown by {@link #toString()}
 */
public record UiText(@JsonProperty("id") long id, @JsonProperty("text") @Nullable String text,
		@JsonProperty("type") @Nullable String type, @JsonProperty("context") @Nullable JsonNode context,
		@JsonAnySetter @JsonProperty(access = WRITE_ONLY) Map<String, JsonNode> additionalProperties) {

	/**
	 * Reads a response of Kratos.
	 */
	public UiText {
		context = KratosJson.orNull(context);
		additionalProperties = KratosJson.mapOf(additionalProperties);
	}

	@Override
	public String toString() {
		return "UiText[id=" + this.id + ", type=" + this.type + "]";
	}

}
