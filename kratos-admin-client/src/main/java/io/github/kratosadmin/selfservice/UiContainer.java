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
 * The form of a flow.
 * <p>
 * The constructor is not API: it gains a parameter whenever Kratos gains a field. Obtain
 * instances from the client, in tests from the fixtures in the test module.
 *
 * @param action the URL to send the form to
 * @param method the HTTP method of the form
 * @param nodes the parts of the form
 * @param messages the messages for the whole form
 * @param additionalProperties the fields that this version of the client does not know,
 * by name; not shown by {@link #toString()}
 */
public record UiContainer(@JsonProperty("action") @Nullable String action,
		@JsonProperty("method") @Nullable String method, @JsonProperty("nodes") List<UiNode> nodes,
		@JsonProperty("messages") List<UiText> messages,
		@JsonAnySetter @JsonProperty(access = WRITE_ONLY) Map<String, JsonNode> additionalProperties) {

	static final UiContainer EMPTY = new UiContainer(null, null, List.of(), List.of(), Map.of());

	/**
	 * Reads a response of Kratos: absent lists are empty.
	 */
	public UiContainer {
		nodes = KratosJson.listOf(nodes);
		messages = KratosJson.listOf(messages);
		additionalProperties = KratosJson.mapOf(additionalProperties);
	}

	@Override
	public String toString() {
		return "UiContainer[action=" + this.action + ", method=" + this.method + ", nodes=" + this.nodes + ", messages="
				+ this.messages + "]";
	}

}
