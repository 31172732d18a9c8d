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
 * One part of a form.
 * <p>
 * The constructor is not API: it gains a parameter whenever Kratos gains a field. Obtain
 * instances from the client, in tests from the fixtures in the test module.
 *
 * @param type the kind of node: {@code input}, {@code text}, {@code img}, {@code a},
 * {@code script}, {@code div}, or one of a newer Kratos
 * @param group what the node belongs to, such as {@code default}, {@code password} or
 * {@code profile}
 * @param attributes what the node is made of, depending on its type
 * @param messages messages for this node
 * @param meta what is said of the node: see {@link #label()}
 * @param additionalProperties what this version of the client does not know, by name;
 * kept out of {@link #toString()}
 */
public record UiNode(@JsonProperty("type") @Nullable String type, @JsonProperty("group") @Nullable String group,
		@JsonProperty("attributes") UiNodeAttributes attributes, @JsonProperty("messages") List<UiText> messages,
		@JsonProperty("meta") Meta meta,
		@JsonAnySetter @JsonProperty(access = WRITE_ONLY) Map<String, JsonNode> additionalProperties) {

	/**
	 * Reads what Kratos sent: what is absent is empty.
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
	 * The label to show.
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
	 * What is said of a node.
	 *
	 * @param label the label to show
	 * @param additionalProperties what this version of the client does not know, by name;
	 * kept out of {@link #toString()}
	 */
	public record Meta(@JsonProperty("label") @Nullable UiText label,
			@JsonAnySetter @JsonProperty(access = WRITE_ONLY) Map<String, JsonNode> additionalProperties) {

		static final Meta EMPTY = new Meta(null, Map.of());

		/**
		 * Reads what Kratos sent.
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
