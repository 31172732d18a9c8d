package io.github.kratosadmin.session;

import java.util.Map;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.kratosadmin.internal.json.KratosJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import static com.fasterxml.jackson.annotation.JsonProperty.Access.WRITE_ONLY;

/**
 * The result of {@link SessionApi#manageSessions}.
 * <p>
 * The constructor is not API: it gains a parameter whenever Kratos gains a field. Obtain
 * instances from the client, in tests from the fixtures in the test module.
 *
 * @param processed the number of sessions that this call has ended or deleted; sessions
 * that had ended before only count if they were deleted
 * @param more whether there may be more sessions to process with the same request;
 * {@code false} unless it is for everybody. It may be {@code false} although there are
 * more if other requests delete sessions at the same time
 * @param additionalProperties the fields that this version of the client does not know,
 * by name; not shown by {@link #toString()}
 */
public record ManageSessionsResult(@JsonProperty("processed") Long processed, @JsonProperty("more") Boolean more,
		@JsonAnySetter @JsonProperty(access = WRITE_ONLY) Map<String, JsonNode> additionalProperties) {

	/**
	 * Reads a response of Kratos. It always has both values: without them, the response
	 * is from a gateway, and no session may have ended.
	 */
	public ManageSessionsResult {
		processed = KratosJson.required(processed, "processed");
		if (processed < 0) {
			throw new IllegalArgumentException("processed is negative");
		}
		more = KratosJson.required(more, "more");
		additionalProperties = KratosJson.mapOf(additionalProperties);
	}

	@Override
	public String toString() {
		return "ManageSessionsResult[processed=" + this.processed + ", more=" + this.more + "]";
	}

}
