package io.github.kratosadmin.test.embedded.internal.flow;

import java.util.List;
import java.util.function.UnaryOperator;

import io.github.kratosadmin.test.embedded.KratosEra;
import io.github.kratosadmin.test.embedded.internal.text.Json;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The form of a flow.
 *
 * @param action the URL to which it is submitted
 * @param nodes its nodes
 * @param messages its messages
 */
record Form(String action, List<FormNode> nodes, List<FormText> messages) {

	Form change(UnaryOperator<FormNode> nodes, FormText message) {
		return replace(this.nodes.stream().map(nodes).toList(), message);
	}

	Form replace(List<FormNode> nodes, FormText message) {
		return new Form(this.action, nodes, List.of(message));
	}

	ObjectNode toJson(KratosEra era) {
		ObjectNode json = Json.object();
		json.put("action", this.action);
		json.put("method", "POST");
		ArrayNode nodes = json.putArray("nodes");
		this.nodes.forEach((node) -> nodes.add(node.toJson(era)));
		if (!this.messages.isEmpty()) {
			ArrayNode messages = json.putArray("messages");
			this.messages.forEach((message) -> messages.add(message.toJson(era)));
		}
		return json;
	}

}
