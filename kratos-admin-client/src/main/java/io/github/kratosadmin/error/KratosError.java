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
 * An error as Kratos describes it. Kratos leaves out what it does not know, and says
 * different things in different versions: decide by the class of the exception or by the
 * HTTP status, not by these texts.
 * <p>
 * The texts are Kratos's, as they came, except that secrets which the call has sent
 * (tokens, headers, credentials) are replaced by {@code ***}, and that what is longer
 * than 128 kB, or all of the details together, is cut off. They may have personal data in
 * them, such as an e-mail address that is taken: {@link #toString()} and the message of a
 * {@link KratosException} leave that out, so log those.
 * <p>
 * The constructor is not API: it gains a parameter whenever Kratos gains a field. Obtain
 * instances from the client, in tests from the fixtures in the test module.
 *
 * @param id the kind of error, such as {@code security_csrf_violation}; most errors have
 * none
 * @param code the status code Kratos names in the body, which is not always that of the
 * response; 0 if the body has none
 * @param status the name of the status, such as {@code Bad Request}
 * @param reason why the request failed, possibly in several lines
 * @param message what failed in general
 * @param details more about the failure, an object by name
 * @param request the id of the request, to find it in Kratos's log
 * @param debug internals of Kratos, shown by some versions and settings only; kept out of
 * messages
 * @param additionalProperties what this version of the client does not know, by name;
 * kept out of {@link #toString()}
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
	 * No error: there was no response, or it could not be read.
	 */
	public static final KratosError NONE = new KratosError(null, 0, null, null, null, null, null, null, Map.of());

	/**
	 * Reads what Kratos sent. During a call the secrets that the call has sent are
	 * replaced in all texts.
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
	 * Shows no personal data: not the texts, nor an id, status or request that does not
	 * look like one.
	 */
	@Override
	public String toString() {
		return "KratosError[id=" + name(this.id) + ", code=" + this.code + ", status=" + name(this.status)
				+ ", request=" + name(this.request) + "]";
	}

	/** Something in front of Kratos may put anything there, such as the request. */
	private static @Nullable String name(@Nullable String text) {
		return (text == null || NAME.matcher(text).matches()) ? text : "***";
	}

}
