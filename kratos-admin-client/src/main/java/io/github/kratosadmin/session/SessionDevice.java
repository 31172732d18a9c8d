package io.github.kratosadmin.session;

import java.util.Map;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.kratosadmin.internal.json.KratosJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import static com.fasterxml.jackson.annotation.JsonProperty.Access.WRITE_ONLY;

/**
 * A device that a session was used on.
 * <p>
 * The constructor is not API: it gains a parameter whenever Kratos gains a field. Obtain
 * instances from the client, in tests from the fixtures in the test module.
 *
 * @param id the id, a UUID
 * @param ipAddress the IP address of the device, with or without a port
 * @param userAgent the user agent of the device
 * @param location the location of the address, such as a city; empty unless a proxy
 * passes it to Kratos
 * @param additionalProperties the fields that this version of the client does not know,
 * by name; not shown by {@link #toString()}
 */
public record SessionDevice(@JsonProperty("id") @Nullable String id,
		@JsonProperty("ip_address") @Nullable String ipAddress, @JsonProperty("user_agent") @Nullable String userAgent,
		@JsonProperty("location") @Nullable String location,
		@JsonAnySetter @JsonProperty(access = WRITE_ONLY) Map<String, JsonNode> additionalProperties) {

	/**
	 * Reads a response of Kratos.
	 */
	public SessionDevice {
		additionalProperties = KratosJson.mapOf(additionalProperties);
	}

	/**
	 * Does not show personal data.
	 */
	@Override
	public String toString() {
		return "SessionDevice[id=" + this.id + "]";
	}

}
