package io.github.kratosadmin.selfservice;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.kratosadmin.json.KratosJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/**
 * What a node of a form is made of. Values, texts and images may be secrets, such as the
 * key of an authenticator app: {@code toString()} shows none of them.
 */
public sealed interface UiNodeAttributes {

	/**
	 * Reads attributes.
	 * @param nodeType the type of the node, the only thing that tells them apart in every
	 * version
	 * @param attributes the attributes as Kratos sent them
	 * @return the attributes
	 */
	static UiNodeAttributes read(@Nullable String nodeType, @Nullable JsonNode attributes) {
		if (attributes == null || !attributes.isObject() || nodeType == null) {
			return new Unknown((attributes != null) ? attributes : NullNode.getInstance());
		}
		return switch (nodeType) {
			case "input" -> KratosJson.mapper().treeToValue(attributes, Input.class);
			case "text" -> KratosJson.mapper().treeToValue(attributes, Text.class);
			case "img" -> KratosJson.mapper().treeToValue(attributes, Image.class);
			case "a" -> KratosJson.mapper().treeToValue(attributes, Anchor.class);
			case "script" -> KratosJson.mapper().treeToValue(attributes, Script.class);
			case "div" -> KratosJson.mapper().treeToValue(attributes, Division.class);
			default -> new Unknown(attributes);
		};
	}

	/**
	 * An input of the form.
	 *
	 * @param name the name to send the value under
	 * @param type the HTML type of the input, such as {@code text}, {@code password} or
	 * {@code submit}
	 * @param value the value: any JSON
	 * @param required whether it has to be filled in
	 * @param disabled whether it is shown only
	 * @param pattern the regular expression that the value must match
	 * @param label the label, where it is not that of the node
	 */
	record Input(@JsonProperty("name") @Nullable String name, @JsonProperty("type") @Nullable String type,
			@JsonProperty("value") @Nullable JsonNode value, @JsonProperty("required") boolean required,
			@JsonProperty("disabled") boolean disabled, @JsonProperty("pattern") @Nullable String pattern,
			@JsonProperty("label") @Nullable UiText label) implements UiNodeAttributes {

		/**
		 * Reads what Kratos sent.
		 */
		public Input {
			value = KratosJson.orNull(value);
		}

		@Override
		public String toString() {
			return "Input[name=" + this.name + ", type=" + this.type + "]";
		}

	}

	/**
	 * A text to show.
	 *
	 * @param id the id of the node (since Kratos 0.8)
	 * @param text the text
	 */
	record Text(@JsonProperty("id") @Nullable String id,
			@JsonProperty("text") @Nullable UiText text) implements UiNodeAttributes {

	}

	/**
	 * An image to show.
	 *
	 * @param id the id of the node (since Kratos 0.8)
	 * @param src the URL of the image
	 */
	record Image(@JsonProperty("id") @Nullable String id,
			@JsonProperty("src") @Nullable String src) implements UiNodeAttributes {

		@Override
		public String toString() {
			return "Image[id=" + this.id + "]";
		}

	}

	/**
	 * A link to show.
	 *
	 * @param id the id of the node (since Kratos 0.8)
	 * @param href the URL of the link
	 * @param title the text of the link
	 */
	record Anchor(@JsonProperty("id") @Nullable String id, @JsonProperty("href") @Nullable String href,
			@JsonProperty("title") @Nullable UiText title) implements UiNodeAttributes {

		@Override
		public String toString() {
			return "Anchor[id=" + this.id + "]";
		}

	}

	/**
	 * A script to load (since Kratos 0.8).
	 *
	 * @param id the id of the node
	 * @param src the URL of the script
	 * @param type the MIME type of the script
	 * @param async whether to load it asynchronously
	 * @param integrity the hash that the script must have
	 * @param crossorigin the CORS setting
	 * @param referrerpolicy the referrer policy
	 * @param nonce the nonce for the content security policy (since Kratos 0.9); kept out
	 * of {@link #toString()}
	 */
	record Script(@JsonProperty("id") @Nullable String id, @JsonProperty("src") @Nullable String src,
			@JsonProperty("type") @Nullable String type, @JsonProperty("async") boolean async,
			@JsonProperty("integrity") @Nullable String integrity,
			@JsonProperty("crossorigin") @Nullable String crossorigin,
			@JsonProperty("referrerpolicy") @Nullable String referrerpolicy,
			@JsonProperty("nonce") @Nullable String nonce) implements UiNodeAttributes {

		@Override
		public String toString() {
			return "Script[id=" + this.id + ", src=" + this.src + "]";
		}

	}

	/**
	 * A division to put something into (since Kratos 25.4).
	 *
	 * @param id the id of the node
	 * @param cssClass the CSS class
	 * @param data the data attributes, an object by name
	 */
	record Division(@JsonProperty("id") @Nullable String id, @JsonProperty("class") @Nullable String cssClass,
			@JsonProperty("data") @Nullable JsonNode data) implements UiNodeAttributes {

		/**
		 * Reads what Kratos sent.
		 */
		public Division {
			data = KratosJson.orNull(data);
		}

		@Override
		public String toString() {
			return "Division[id=" + this.id + "]";
		}

	}

	/**
	 * Attributes of a node whose type this version of the client does not know.
	 *
	 * @param json the attributes as Kratos sent them
	 */
	record Unknown(JsonNode json) implements UiNodeAttributes {

		@Override
		public String toString() {
			return "Unknown[]";
		}

	}

}
