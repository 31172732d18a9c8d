package io.github.kratosadmin.test.embedded.internal.http;

import java.util.LinkedHashMap;
import java.util.Map;

import io.github.kratosadmin.test.embedded.internal.text.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * An error response in the envelope of Kratos. The HTTP status and the code in the body
 * are usually the same.
 */
public final class ErrorResponseException extends RuntimeException {

	private static final Map<Integer, String> STATUS_TEXTS = Map.ofEntries(Map.entry(400, "Bad Request"),
			Map.entry(401, "Unauthorized"), Map.entry(402, "Payment Required"), Map.entry(403, "Forbidden"),
			Map.entry(404, "Not Found"), Map.entry(405, "Method Not Allowed"), Map.entry(406, "Not Acceptable"),
			Map.entry(408, "Request Timeout"), Map.entry(409, "Conflict"), Map.entry(410, "Gone"),
			Map.entry(412, "Precondition Failed"), Map.entry(413, "Request Entity Too Large"),
			Map.entry(415, "Unsupported Media Type"), Map.entry(422, "Unprocessable Entity"),
			Map.entry(429, "Too Many Requests"), Map.entry(500, "Internal Server Error"),
			Map.entry(501, "Not Implemented"), Map.entry(502, "Bad Gateway"), Map.entry(503, "Service Unavailable"),
			Map.entry(504, "Gateway Timeout"));

	private final int httpStatus;

	private final int code;

	private final String message;

	private @Nullable String id;

	private @Nullable String reason;

	private @Nullable String debug;

	private final Map<String, String> details = new LinkedHashMap<>();

	public ErrorResponseException(int httpStatus, int code, String message) {
		super(message);
		this.httpStatus = httpStatus;
		this.code = code;
		this.message = message;
	}

	public ErrorResponseException(int status, String message) {
		this(status, status, message);
	}

	public static ErrorResponseException badRequest(String reason) {
		return new ErrorResponseException(400, "The request was malformed or contained invalid parameters")
			.withReason(reason);
	}

	/**
	 * The error of the database for a missing row.
	 */
	public static ErrorResponseException noSuchRow() {
		return new ErrorResponseException(404, "Unable to locate the resource");
	}

	public static ErrorResponseException forbidden(String reason) {
		return new ErrorResponseException(403, "The requested action was forbidden").withReason(reason);
	}

	public static ErrorResponseException internal(String reason) {
		return new ErrorResponseException(500,
				"An internal server error occurred, please contact the system administrator")
			.withReason(reason);
	}

	public ErrorResponseException withId(@Nullable String id) {
		this.id = id;
		return this;
	}

	public ErrorResponseException withReason(String reason) {
		this.reason = reason;
		return this;
	}

	public ErrorResponseException withDebug(String debug) {
		this.debug = debug;
		return this;
	}

	public ErrorResponseException withDetail(String name, String value) {
		this.details.put(name, value);
		return this;
	}

	/**
	 * Whether the request is the cause.
	 */
	public boolean isOfRequest() {
		return this.httpStatus < 500;
	}

	/**
	 * The description of the error for callers of the Java API.
	 */
	public String describe() {
		return (this.reason != null) ? this.reason : this.message;
	}

	public AdminResponse toResponse(@Nullable String requestId) {
		return AdminResponse.of(this.httpStatus, "application/json", Json.object().set("error", toJson(requestId)));
	}

	public ObjectNode toJson(@Nullable String requestId) {
		ObjectNode error = Json.object();
		putIfPresent(error, "id", this.id);
		error.put("code", this.code);
		putIfPresent(error, "status", STATUS_TEXTS.get(this.code));
		putIfPresent(error, "request", requestId);
		putIfPresent(error, "reason", this.reason);
		putIfPresent(error, "debug", this.debug);
		if (!this.details.isEmpty()) {
			ObjectNode details = error.putObject("details");
			this.details.forEach(details::put);
		}
		error.put("message", this.message);
		return error;
	}

	private static void putIfPresent(ObjectNode node, String name, @Nullable String value) {
		if (value != null && !value.isEmpty()) {
			node.put(name, value);
		}
	}

}
