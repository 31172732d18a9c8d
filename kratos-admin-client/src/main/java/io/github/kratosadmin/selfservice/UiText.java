package io.github.kratosadmin.selfservice;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.kratosadmin.json.KratosJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A message or label.
 *
 * @param id the id of the message, the same in every language
 * @param text the text; may hold a secret, such as a backup code, and is kept out of
 * {@link #toString()}
 * @param type the kind of message, such as {@code info}, {@code error} or {@code success}
 * @param context data for translations, an object by name; kept out of
 * {@link #toString()} like the text
 */
public record UiText(@JsonProperty("id") long id, @JsonProperty("text") @Nullable String text,
		@JsonProperty("type") @Nullable String type, @JsonProperty("context") @Nullable JsonNode context) {

	/**
	 * Reads what Kratos sent.
	 */
	public UiText {
		context = KratosJson.orNull(context);
	}

	@Override
	public String toString() {
		return "UiText[id=" + this.id + ", type=" + this.type + "]";
	}

}
