package io.github.kratosadmin.selfservice;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.kratosadmin.json.KratosJson;
import org.jspecify.annotations.Nullable;

/**
 * The form of a flow.
 *
 * @param action where to send the form
 * @param method the HTTP method to send it with
 * @param nodes what the form consists of
 * @param messages messages for the whole form
 */
public record UiContainer(@JsonProperty("action") @Nullable String action,
		@JsonProperty("method") @Nullable String method, @JsonProperty("nodes") List<UiNode> nodes,
		@JsonProperty("messages") List<UiText> messages) {

	static final UiContainer EMPTY = new UiContainer(null, null, List.of(), List.of());

	/**
	 * Reads what Kratos sent: absent lists are empty.
	 */
	public UiContainer {
		nodes = KratosJson.listOf(nodes);
		messages = KratosJson.listOf(messages);
	}

}
