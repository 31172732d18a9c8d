package io.github.kratosadmin.error;

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.kratosadmin.internal.json.KratosJson;
import io.github.kratosadmin.internal.redaction.Redaction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

import static com.fasterxml.jackson.annotation.JsonProperty.Access.WRITE_ONLY;

/**
 * An error as Kratos describes it. The fields and texts differ between versions of
 * Kratos: decide by the class of the exception or by the HTTP status, not by these texts.
 * <p>
 * The secrets of the call (tokens, headers, credentials) are replaced by {@code ***} in
 * all texts. A text is cut off after 131,072 characters, and so are the details in total.
 * The texts may contain personal data, such as an e-mail address that is taken.
 * {@link #toString()} and the message of a {@link KratosException} do not: log these.
 * <p>
 * The constructor is not API: it gains a parameter whenever Kratos gains a field. Obtain
 * instances from the client, in tests from the fixtures in the test module.
 *
 * @param id the kind of error, such as {@code security_csrf_violation}; most errors have
 * none
 * @param code the status code in the body, which may differ from that of the response; 0
 * if the body has none
 * @param status the name of the status, such as {@code Bad Request}
 * @param reason the reason of the failure, possibly in several lines
 * @param message the general description of the failure
 * @param details the details of the failure, a JSON object
 * @param request the id of the request in the log of Kratos
 * @param debug internals of Kratos, only sent by some versions and settings; not shown in
 * messages
 * @param additionalProperties the fields that this version of the client does not know,
 * by name; not shown by {@link #toString()}
 */
public record KratosError(@JsonProperty("id") @Nullable String id, @JsonProperty("code") int code,
		@JsonProperty("status") @Nullable String status, @JsonProperty("reason") @Nullable String reason,
		@JsonProperty("message") @Nullable String message, @JsonProperty("details") @Nullable JsonNode details,
		@JsonProperty("request") @Nullable String request,
		@JsonProperty(value = "debug", access = WRITE_ONLY) @Nullable String debug,
		@JsonAnySetter @JsonProperty(access = WRITE_ONLY) Map<String, JsonNode> additionalProperties)
		implements
			Serializable {

	private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 _-]{0,63}");

	/**
	 * No error: there was no response, or it cannot be read.
	 */
	public static final KratosError NONE = new KratosError(null, 0, null, null, null, null, null, null, Map.of());

	/**
	 * Reads a response of Kratos. During a call, the secrets of the call are replaced in
	 * all texts.
	 */
	public KratosError {
		id = withoutSecrets(id);
		status = withoutSecrets(status);
		reason = withoutSecrets(reason);
		message = withoutSecrets(message);
		request = withoutSecrets(request);
		debug = withoutSecrets(debug);
		details = (details != null && !details.isNull()) ? Redaction.withoutSecrets(details) : null;
		additionalProperties = withoutSecrets(KratosJson.mapOf(additionalProperties));
	}

	private static Map<String, JsonNode> withoutSecrets(Map<String, JsonNode> properties) {
		Map<String, JsonNode> redacted = new LinkedHashMap<>();
		Redaction.withoutSecrets(JsonNodeFactory.instance.objectNode().setAll(properties)).forEachEntry(redacted::put);
		return Collections.unmodifiableMap(redacted);
	}

	private static @Nullable String withoutSecrets(@Nullable String text) {
		return (text != null) ? Redaction.withoutSecrets(text) : null;
	}

	/**
	 * Does not show personal data: the texts, and an id, status or request with unusual
	 * characters.
	 */
	@Override
	public String toString() {
		return "KratosError[id=" + name(this.id) + ", code=" + this.code + ", status=" + name(this.status)
				+ ", request=" + name(this.request) + "]";
	}

	/** A gateway may put anything there, such as the request. */
	private static @Nullable String name(@Nullable String text) {
		return (text == null || NAME.matcher(text).matches()) ? text : "***";
	}

}
