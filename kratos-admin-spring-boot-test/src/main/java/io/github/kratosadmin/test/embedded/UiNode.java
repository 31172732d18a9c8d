package io.github.kratosadmin.test.embedded;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An input of a form.
 *
 * @param group the method it belongs to
 * @param name the name of the input
 * @param type the type of the input
 * @param value the value, if there is one
 * @param required whether it must be filled in
 * @param pattern the pattern that the value must match, if there is one
 * @param label the label, if there is one
 */
record UiNode(String group, String name, String type, @Nullable JsonNode value, boolean required,
		@Nullable String pattern, @Nullable UiText label) {

	static UiNode csrfToken(FlowType type) {
		String token = (type == FlowType.BROWSER) ? Tokens.csrfToken() : "";
		return new UiNode("default", "csrf_token", "hidden", Json.text(token), true, null, null);
	}

	static UiNode password() {
		return new UiNode("password", "password", "password", null, true, null, UiText.PASSWORD);
	}

	static UiNode identifier() {
		return new UiNode("password", "password_identifier", "text", Json.text(""), true, null, UiText.ID);
	}

	static UiNode email() {
		return new UiNode("link", "email", "email", null, true, null, null);
	}

	static UiNode method(String method, UiText label) {
		return new UiNode(method, "method", "submit", Json.text(method), false, null, label);
	}

	UiNode withValue(@Nullable JsonNode value) {
		return new UiNode(this.group, this.name, this.type, value, this.required, this.pattern, this.label);
	}

	ObjectNode toJson() {
		ObjectNode json = Json.object();
		json.put("type", "input");
		json.put("group", this.group);
		ObjectNode attributes = json.putObject("attributes");
		attributes.put("name", this.name);
		attributes.put("type", this.type);
		if (this.value != null) {
			attributes.set("value", this.value);
		}
		if (this.required) {
			attributes.put("required", true);
		}
		if (this.pattern != null) {
			attributes.put("pattern", this.pattern);
		}
		attributes.put("disabled", false);
		json.putNull("messages");
		ObjectNode meta = json.putObject("meta");
		if (this.label != null) {
			meta.set("label", this.label.toJson());
		}
		return json;
	}

}
