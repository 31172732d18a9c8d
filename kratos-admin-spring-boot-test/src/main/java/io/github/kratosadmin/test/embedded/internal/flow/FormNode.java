package io.github.kratosadmin.test.embedded.internal.flow;

import io.github.kratosadmin.test.embedded.FlowClient;
import io.github.kratosadmin.test.embedded.KratosEra;
import io.github.kratosadmin.test.embedded.internal.text.Json;
import io.github.kratosadmin.test.embedded.internal.text.Tokens;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A node of a form.
 *
 * @param type {@code input}, {@code text} or {@code img}
 * @param group its method
 * @param attributes its attributes
 * @param label the label, or null
 */
record FormNode(String type, String group, ObjectNode attributes, @Nullable FormText label) {

	static FormNode input(String group, String name, String type) {
		return new FormNode("input", group, Json.object().put("name", name).put("type", type), null);
	}

	static FormNode csrfToken(FlowClient client) {
		String token = (client == FlowClient.BROWSER) ? Tokens.csrfToken() : "";
		return input("default", "csrf_token", "hidden").value(Json.text(token)).required();
	}

	static FormNode method(String method, FormText label) {
		return method(method, "submit").labelled(label);
	}

	static FormNode method(String method, String type) {
		return input(method, "method", type).value(Json.text(method));
	}

	FormNode labelled(@Nullable FormText label) {
		return new FormNode(this.type, this.group, this.attributes, label);
	}

	FormNode required() {
		return with("required", Json.yes());
	}

	FormNode completedAs(KratosEra era, String what) {
		return FormRules.completesInputs(era) ? with("autocomplete", Json.text(what)) : this;
	}

	/**
	 * Sets the value, or removes it if it is null.
	 */
	FormNode value(@Nullable JsonNode value) {
		return with("value", value);
	}

	FormNode with(String attribute, @Nullable JsonNode value) {
		ObjectNode attributes = this.attributes.deepCopy();
		if (value != null) {
			attributes.set(attribute, value);
		}
		else {
			attributes.remove(attribute);
		}
		return new FormNode(this.type, this.group, attributes, this.label);
	}

	/**
	 * The name, or the id if it is not an input.
	 */
	String name() {
		return this.attributes.path("name").asString(this.attributes.path("id").asString(""));
	}

	ObjectNode toJson(KratosEra era) {
		ObjectNode json = Json.object();
		json.put("type", this.type);
		json.put("group", this.group);
		ObjectNode attributes = this.attributes.deepCopy();
		if (this.type.equals("input")) {
			attributes.put("disabled", false);
		}
		if (FormRules.hasNodeTypes(era)) {
			attributes.put("node_type", this.type);
		}
		json.set("attributes", attributes);
		json.set("messages", FormRules.writesEmptyMessages(era) ? Json.array() : Json.nothing());
		ObjectNode meta = json.putObject("meta");
		if (this.label != null) {
			meta.set("label", this.label.toJson(era));
		}
		return json;
	}

}
