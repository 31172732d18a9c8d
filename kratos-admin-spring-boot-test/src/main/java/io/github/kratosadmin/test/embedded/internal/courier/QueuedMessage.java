package io.github.kratosadmin.test.embedded.internal.courier;

import java.time.Instant;

import io.github.kratosadmin.test.embedded.KratosEra;
import io.github.kratosadmin.test.embedded.internal.paging.TokenPaging;
import io.github.kratosadmin.test.embedded.internal.text.Json;
import tools.jackson.databind.node.ObjectNode;

/**
 * A message that stays queued. {@link #toString()} leaves out its text, which can contain
 * a code.
 *
 * @param id the id
 * @param recipient the address of the recipient
 * @param template the kind of message
 * @param text the text
 * @param createdAt when it was added
 */
record QueuedMessage(String id, String recipient, String template, MessageText text,
		Instant createdAt) implements TokenPaging.Item {

	static final String STATUS = "queued";

	ObjectNode toJson(KratosEra era) {
		ObjectNode json = Json.object();
		json.put("id", this.id);
		json.put("status", STATUS);
		json.put("type", "email");
		json.put("recipient", this.recipient);
		json.put("body", this.text.body());
		json.put("subject", this.text.subject());
		json.put("template_type", this.template);
		if (CourierRules.hasCourierChannels(era)) {
			json.put("channel", "email");
		}
		json.put("send_count", 0);
		json.put("created_at", Json.timestamp(this.createdAt));
		json.put("updated_at", Json.timestamp(this.createdAt));
		return json;
	}

	@Override
	public String toString() {
		return "QueuedMessage[id=" + this.id + ", recipient=" + this.recipient + "]";
	}

}
