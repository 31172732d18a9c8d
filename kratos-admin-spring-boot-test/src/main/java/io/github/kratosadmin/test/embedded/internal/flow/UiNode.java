package io.github.kratosadmin.test.embedded.internal.flow;

import io.github.kratosadmin.test.embedded.FlowType;
import io.github.kratosadmin.test.embedded.KratosEra;
import io.github.kratosadmin.test.embedded.internal.text.Json;
import io.github.kratosadmin.test.embedded.internal.text.Tokens;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A part of a form.
 *
 * @param type {@code input}, {@code text} or {@code img}
 * @param group the method it belongs to
 * @param attributes what there is to know about it
 * @param label the label, if there is one
 */
public record UiNode(String type, String group, ObjectNode attributes, @Nullable UiText label) {

	static UiNode input(String group, String name, String type) {
		return new UiNode("input", group, Json.object().put("name", name).put("type", type), null);
	}

	static UiNode csrfToken(FlowType type) {
		String token = (type == FlowType.BROWSER) ? Tokens.csrfToken() : "";
		return input("default", "csrf_token", "hidden").value(Json.text(token)).required();
	}

	static UiNode method(String method, UiText label) {
		return method(method, "submit").labelled(label);
	}

	static UiNode method(String method, String type) {
		return input(method, "method", type).value(Json.text(method));
	}

	UiNode labelled(@Nullable UiText label) {
		return new UiNode(this.type, this.group, this.attributes, label);
	}

	UiNode required() {
		return with("required", Json.yes());
	}

	UiNode completedAs(KratosEra era, String what) {
		return era.completesInputs() ? with("autocomplete", Json.text(what)) : this;
	}

	/**
	 * Sets the value, or takes it away.
	 */
	public UiNode value(@Nullable JsonNode value) {
		return with("value", value);
	}

	UiNode with(String attribute, @Nullable JsonNode value) {
		ObjectNode attributes = this.attributes.deepCopy();
		if (value != null) {
			attributes.set(attribute, value);
		}
		else {
			attributes.remove(attribute);
		}
		return new UiNode(this.type, this.group, attributes, this.label);
	}

	/**
	 * The name, or the id of what is no input.
	 */
	public String name() {
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
		if (era.repeatsTypesOfNodes()) {
			attributes.put("node_type", this.type);
		}
		json.set("attributes", attributes);
		json.set("messages", era.writesEmptyMessages() ? Json.array() : Json.nothing());
		ObjectNode meta = json.putObject("meta");
		if (this.label != null) {
			meta.set("label", this.label.toJson(era));
		}
		return json;
	}

}
