package io.github.kratosadmin.selfservice;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.kratosadmin.internal.json.KratosJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import static com.fasterxml.jackson.annotation.JsonProperty.Access.WRITE_ONLY;

/**
 * The attributes of a node of a form. Values, texts and images may be secrets, such as
 * the key of an authenticator app: {@code toString()} does not show them.
 * <p>
 * The constructors are not API: they gain a parameter whenever Kratos gains a field.
 */
public sealed interface UiNodeAttributes {

	/**
	 * Reads attributes.
	 * @param nodeType the type of the node, which determines the attributes in every
	 * version of Kratos
	 * @param attributes the attributes in the response
	 * @return the attributes
	 */
	static UiNodeAttributes read(@Nullable String nodeType, @Nullable JsonNode attributes) {
		if (attributes == null || !attributes.isObject()) {
			return new Unknown(Map.of());
		}
		return switch ((nodeType != null) ? nodeType : "") {
			case "input" -> KratosJson.mapper().treeToValue(attributes, Input.class);
			case "text" -> KratosJson.mapper().treeToValue(attributes, Text.class);
			case "img" -> KratosJson.mapper().treeToValue(attributes, Image.class);
			case "a" -> KratosJson.mapper().treeToValue(attributes, Anchor.class);
			case "script" -> KratosJson.mapper().treeToValue(attributes, Script.class);
			case "div" -> KratosJson.mapper().treeToValue(attributes, Division.class);
			default -> KratosJson.mapper().treeToValue(attributes, Unknown.class);
		};
	}

	/**
	 * An input of the form.
	 *
	 * @param name the name of the value in the form
	 * @param type the HTML type of the input, such as {@code text}, {@code password} or
	 * {@code submit}
	 * @param value the value: any JSON
	 * @param required whether a value is required
	 * @param disabled whether the input is disabled
	 * @param pattern the regular expression that the value must match
	 * @param maxlength the maximum length of the value (since Kratos 1.3)
	 * @param autocomplete the autofill hint for browsers, such as {@code email} or
	 * {@code one-time-code} (since Kratos 0.11)
	 * @param options the values to choose from (after Kratos 26.2)
	 * @param label the label, if it differs from that of the node
	 * @param onclick the script to run on a click (since Kratos 0.8)
	 * @param onclickTrigger the function of Kratos's {@code webauthn.js} to call on a
	 * click (since Kratos 1.3)
	 * @param onload the script to run when the form is loaded (since Kratos 1.2)
	 * @param onloadTrigger the function of Kratos's {@code webauthn.js} to call when the
	 * form is loaded (since Kratos 1.3)
	 * @param nodeType the type of the node, the same as {@link UiNode#type()} (since
	 * Kratos 0.8)
	 * @param additionalProperties the fields that this version of the client does not
	 * know, by name; not shown by {@link #toString()}
	 */
	record Input(@JsonProperty("name") @Nullable String name, @JsonProperty("type") @Nullable String type,
			@JsonProperty("value") @Nullable JsonNode value, @JsonProperty("required") boolean required,
			@JsonProperty("disabled") boolean disabled, @JsonProperty("pattern") @Nullable String pattern,
			@JsonProperty("maxlength") @Nullable Long maxlength,
			@JsonProperty("autocomplete") @Nullable String autocomplete, @JsonProperty("options") List<Option> options,
			@JsonProperty("label") @Nullable UiText label, @JsonProperty("onclick") @Nullable String onclick,
			@JsonProperty("onclickTrigger") @Nullable String onclickTrigger,
			@JsonProperty("onload") @Nullable String onload,
			@JsonProperty("onloadTrigger") @Nullable String onloadTrigger,
			@JsonProperty("node_type") @Nullable String nodeType,
			@JsonAnySetter @JsonProperty(access = WRITE_ONLY) Map<String, JsonNode> additionalProperties)
			implements
				UiNodeAttributes {

		/**
		 * Reads a response of Kratos.
		 */
		public Input {
			value = KratosJson.orNull(value);
			options = KratosJson.listOf(options);
			additionalProperties = KratosJson.mapOf(additionalProperties);
		}

		@Override
		public String toString() {
			return "Input[name=" + this.name + ", type=" + this.type + "]";
		}

	}

	/**
	 * A value to choose from.
	 *
	 * @param value the value: any JSON
	 * @param additionalProperties the fields that this version of the client does not
	 * know, by name; not shown by {@link #toString()}
	 */
	record Option(@JsonProperty("value") @Nullable JsonNode value,
			@JsonAnySetter @JsonProperty(access = WRITE_ONLY) Map<String, JsonNode> additionalProperties) {

		/**
		 * Reads a response of Kratos.
		 */
		public Option {
			value = KratosJson.orNull(value);
			additionalProperties = KratosJson.mapOf(additionalProperties);
		}

		@Override
		public String toString() {
			return "Option[]";
		}

	}

	/**
	 * A text to show.
	 *
	 * @param id the id of the node (since Kratos 0.8)
	 * @param text the text
	 * @param nodeType the type of the node, the same as {@link UiNode#type()} (since
	 * Kratos 0.8)
	 * @param additionalProperties the fields that this version of the client does not
	 * know, by name; not shown by {@link #toString()}
	 */
	record Text(@JsonProperty("id") @Nullable String id, @JsonProperty("text") @Nullable UiText text,
			@JsonProperty("node_type") @Nullable String nodeType,
			@JsonAnySetter @JsonProperty(access = WRITE_ONLY) Map<String, JsonNode> additionalProperties)
			implements
				UiNodeAttributes {

		/**
		 * Reads a response of Kratos.
		 */
		public Text {
			additionalProperties = KratosJson.mapOf(additionalProperties);
		}

		@Override
		public String toString() {
			return "Text[id=" + this.id + ", text=" + this.text + "]";
		}

	}

	/**
	 * An image to show.
	 *
	 * @param id the id of the node (since Kratos 0.8)
	 * @param src the URL of the image
	 * @param width its width in pixels (since Kratos 0.8)
	 * @param height its height in pixels (since Kratos 0.8)
	 * @param nodeType the type of the node, the same as {@link UiNode#type()} (since
	 * Kratos 0.8)
	 * @param additionalProperties the fields that this version of the client does not
	 * know, by name; not shown by {@link #toString()}
	 */
	record Image(@JsonProperty("id") @Nullable String id, @JsonProperty("src") @Nullable String src,
			@JsonProperty("width") @Nullable Long width, @JsonProperty("height") @Nullable Long height,
			@JsonProperty("node_type") @Nullable String nodeType,
			@JsonAnySetter @JsonProperty(access = WRITE_ONLY) Map<String, JsonNode> additionalProperties)
			implements
				UiNodeAttributes {

		/**
		 * Reads a response of Kratos.
		 */
		public Image {
			additionalProperties = KratosJson.mapOf(additionalProperties);
		}

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
	 * @param nodeType the type of the node, the same as {@link UiNode#type()} (since
	 * Kratos 0.8)
	 * @param additionalProperties the fields that this version of the client does not
	 * know, by name; not shown by {@link #toString()}
	 */
	record Anchor(@JsonProperty("id") @Nullable String id, @JsonProperty("href") @Nullable String href,
			@JsonProperty("title") @Nullable UiText title, @JsonProperty("node_type") @Nullable String nodeType,
			@JsonAnySetter @JsonProperty(access = WRITE_ONLY) Map<String, JsonNode> additionalProperties)
			implements
				UiNodeAttributes {

		/**
		 * Reads a response of Kratos.
		 */
		public Anchor {
			additionalProperties = KratosJson.mapOf(additionalProperties);
		}

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
	 * @param nonce the nonce for the content security policy (since Kratos 0.9); not
	 * shown by {@link #toString()}
	 * @param nodeType the type of the node, the same as {@link UiNode#type()} (since
	 * Kratos 0.8)
	 * @param additionalProperties the fields that this version of the client does not
	 * know, by name; not shown by {@link #toString()}
	 */
	record Script(@JsonProperty("id") @Nullable String id, @JsonProperty("src") @Nullable String src,
			@JsonProperty("type") @Nullable String type, @JsonProperty("async") boolean async,
			@JsonProperty("integrity") @Nullable String integrity,
			@JsonProperty("crossorigin") @Nullable String crossorigin,
			@JsonProperty("referrerpolicy") @Nullable String referrerpolicy,
			@JsonProperty("nonce") @Nullable String nonce, @JsonProperty("node_type") @Nullable String nodeType,
			@JsonAnySetter @JsonProperty(access = WRITE_ONLY) Map<String, JsonNode> additionalProperties)
			implements
				UiNodeAttributes {

		/**
		 * Reads a response of Kratos.
		 */
		public Script {
			additionalProperties = KratosJson.mapOf(additionalProperties);
		}

		@Override
		public String toString() {
			return "Script[id=" + this.id + ", src=" + this.src + "]";
		}

	}

	/**
	 * A container for other elements (since Kratos 25.4).
	 *
	 * @param id the id of the node
	 * @param cssClass the CSS class
	 * @param data the data attributes, a JSON object
	 * @param nodeType the type of the node, the same as {@link UiNode#type()} (since
	 * Kratos 0.8)
	 * @param additionalProperties the fields that this version of the client does not
	 * know, by name; not shown by {@link #toString()}
	 */
	record Division(@JsonProperty("id") @Nullable String id, @JsonProperty("class") @Nullable String cssClass,
			@JsonProperty("data") @Nullable JsonNode data, @JsonProperty("node_type") @Nullable String nodeType,
			@JsonAnySetter @JsonProperty(access = WRITE_ONLY) Map<String, JsonNode> additionalProperties)
			implements
				UiNodeAttributes {

		/**
		 * Reads a response of Kratos.
		 */
		public Division {
			data = KratosJson.orNull(data);
			additionalProperties = KratosJson.mapOf(additionalProperties);
		}

		@Override
		public String toString() {
			return "Division[id=" + this.id + "]";
		}

	}

	/**
	 * Attributes of a node whose type this version of the client does not know.
	 *
	 * @param additionalProperties the attributes in the response, by name; empty if they
	 * are not a JSON object
	 */
	record Unknown(@JsonAnySetter @JsonProperty(access = WRITE_ONLY) Map<String, JsonNode> additionalProperties)
			implements
				UiNodeAttributes {

		/**
		 * Reads a response of Kratos.
		 */
		public Unknown {
			additionalProperties = KratosJson.mapOf(additionalProperties);
		}

		@Override
		public String toString() {
			return "Unknown[]";
		}

	}

}
