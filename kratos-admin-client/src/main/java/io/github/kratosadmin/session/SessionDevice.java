package io.github.kratosadmin.session;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * A device that a session was used on.
 *
 * @param id the id, a UUID
 * @param ipAddress where it was: an IP address, with or without a port
 * @param userAgent what it was, as it describes itself
 * @param location where that is, such as a city, if a proxy tells Kratos; empty otherwise
 */
public record SessionDevice(@JsonProperty("id") @Nullable String id,
		@JsonProperty("ip_address") @Nullable String ipAddress, @JsonProperty("user_agent") @Nullable String userAgent,
		@JsonProperty("location") @Nullable String location) {

	/**
	 * Shows no personal data.
	 */
	@Override
	public String toString() {
		return "SessionDevice[id=" + this.id + "]";
	}

}
