package io.github.kratosadmin.statistics;

/**
 * Why a client sent a request again.
 */
public enum RetryReason {

	/**
	 * The status 429: too many requests.
	 */
	TOO_MANY_REQUESTS("429"),

	/**
	 * The status 502: a gateway got no valid response.
	 */
	BAD_GATEWAY("502"),

	/**
	 * The status 503: the server is unavailable.
	 */
	SERVICE_UNAVAILABLE("503"),

	/**
	 * The status 504: a gateway got no response in time.
	 */
	GATEWAY_TIMEOUT("504"),

	/**
	 * Another status after which the client is configured to retry.
	 */
	OTHER_STATUS("other_status"),

	/**
	 * There was no response.
	 */
	NO_RESPONSE("no_response"),

	/**
	 * The bearer token was refused (status 401), and its provider had another one.
	 */
	TOKEN_REFUSED("token_refused"),

	/**
	 * The path prefix of the server had changed.
	 */
	PATH_PREFIX("path_prefix");

	private final String value;

	RetryReason(String value) {
		this.value = value;
	}

	/**
	 * Returns the reason as metrics show it, such as {@code 503} or {@code no_response}.
	 * @return the value
	 */
	public String value() {
		return this.value;
	}

}
