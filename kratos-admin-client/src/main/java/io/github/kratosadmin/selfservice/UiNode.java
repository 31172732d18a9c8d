package io.github.kratosadmin.selfservice;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.kratosadmin.internal.json.KratosJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import static com.fasterxml.jackson.annotation.JsonProperty.Access.WRITE_ONLY;

/**
 * A part of a form.
 * <p>
 * The constructor is not API: it gains a parameter whenever Kratos gains a field. Obtain
 * instances from the client, in tests from the fixtures in the test module.
 *
 * @param type the type of the node: {@code input}, {@code text}, {@code img}, {@code a},
 * {@code script}, {@code div}, or another in newer versions of Kratos
 * @param group the group of the node, such as {@code default}, {@code password} or
 * {@code profile}
 * @param attributes the attributes, depending on the type
 * @param messages the messages for this node
 * @param meta the metadata of the node; see {@link #label()}
 * @param additionalProperties the fields that this version of the client does not know,
 * by name; not shown by {@link #toString()}
 */
public record UiNode(@JsonProperty("type") @Nullable String type, @JsonProperty("group") @Nullable String group,
		@JsonProperty("attributes") UiNodeAttributes attributes, @JsonProperty("messages") List<UiText> messages,
		@JsonProperty("meta") Meta meta,
		@JsonAnySetter @JsonProperty(access = WRITE_ONLY) Map<String, JsonNode> additionalProperties) {

	/**
	 * Reads a response of Kratos: absent parts are empty.
	 */
	@SuppressWarnings("NullAway") // Kratos may leave out anything.
	public UiNode {
		messages = KratosJson.listOf(messages);
		meta = (meta != null) ? meta : Meta.EMPTY;
		additionalProperties = KratosJson.mapOf(additionalProperties);
	}

	@JsonCreator
	@SuppressWarnings("NullAway") // As above.
	static UiNode read(@JsonProperty("type") @Nullable String type, @JsonProperty("group") @Nullable String group,
			@JsonProperty("attributes") @Nullable JsonNode attributes, @JsonProperty("messages") List<UiText> messages,
			@JsonProperty("meta") Meta meta, @JsonAnySetter Map<String, JsonNode> additionalProperties) {
		return new UiNode(type, group, UiNodeAttributes.read(type, attributes), messages, meta, additionalProperties);
	}

	/**
	 * Returns the label to show.
	 * @return the label, or {@code null} if there is none
	 */
	public @Nullable UiText label() {
		return this.meta.label();
	}

	@Override
	public String toString() {
		return "UiNode[type=" + this.type + ", group=" + this.group + ", attributes=" + this.attributes + ", messages="
				+ this.messages + ", label=" + label() + "]";
	}

	/**
	 * The metadata of a node.
	 *
	 * @param label the label to show
	 * @param additionalProperties the fields that this version of the client does not
	 * know, by name; not shown by {@link #toString()}
	 */
	public record Meta(@JsonProperty("label") @Nullable UiText label,
			@JsonAnySetter @JsonProperty(access = WRITE_ONLY) Map<String, JsonNode> additionalProperties) {

		static final Meta EMPTY = new Meta(null, Map.of());

		/**
		 * Reads a response of Kratos.
		 */
		public Meta {
			additionalProperties = KratosJson.mapOf(additionalProperties);
		}

		@Override
		public String toString() {
			return "Meta[label=" + this.label + "]";
		}

	}

}
