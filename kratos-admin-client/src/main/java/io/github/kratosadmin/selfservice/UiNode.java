package io.github.kratosadmin.selfservice;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.kratosadmin.json.KratosJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One part of a form.
 *
 * @param type the kind of node: {@code input}, {@code text}, {@code img}, {@code a},
 * {@code script}, {@code div}, or one of a newer Kratos
 * @param group what the node belongs to, such as {@code default}, {@code password} or
 * {@code profile}
 * @param attributes what the node is made of, depending on its type
 * @param messages messages for this node
 * @param label the label to show
 */
public record UiNode(@Nullable String type, @Nullable String group, UiNodeAttributes attributes, List<UiText> messages,
		@Nullable UiText label) {

	/**
	 * Copies the messages.
	 */
	public UiNode {
		messages = KratosJson.listOf(messages);
	}

	@JsonCreator
	static UiNode read(@JsonProperty("type") @Nullable String type, @JsonProperty("group") @Nullable String group,
			@JsonProperty("attributes") @Nullable JsonNode attributes,
			@JsonProperty("messages") @Nullable List<UiText> messages, @JsonProperty("meta") @Nullable Meta meta) {
		return new UiNode(type, group, UiNodeAttributes.read(type, attributes), KratosJson.listOf(messages),
				(meta != null) ? meta.label() : null);
	}

	record Meta(@JsonProperty("label") @Nullable UiText label) {

	}

}
