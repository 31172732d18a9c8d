package io.github.kratosadmin.test.embedded.internal.http;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.kratosadmin.test.embedded.internal.text.Json;
import tools.jackson.databind.JsonNode;

/**
 * A response of either port.
 *
 * @param status the HTTP status
 * @param headers the headers
 * @param body the body, empty if there is none
 */
public record AdminResponse(int status, Map<String, String> headers, byte[] body) {

	public static AdminResponse ok(JsonNode body) {
		return json(200, body);
	}

	public static AdminResponse json(int status, JsonNode body) {
		return of(status, "application/json; charset=utf-8", body);
	}

	static AdminResponse of(int status, String contentType, JsonNode body) {
		return of(status, contentType, new String(Json.write(body), StandardCharsets.UTF_8) + "\n");
	}

	public static AdminResponse of(int status, String contentType, String body) {
		return new AdminResponse(status, Map.of("Content-Type", contentType), body.getBytes(StandardCharsets.UTF_8));
	}

	static AdminResponse plainText(int status, String body) {
		return of(status, "text/plain; charset=utf-8", body);
	}

	/**
	 * Creates a redirect as Go does.
	 * @param request the request
	 * @param location the new URL
	 */
	public static AdminResponse redirect(AdminRequest request, String location) {
		AdminResponse redirect = new AdminResponse(307, Map.of("Location", location), new byte[0]);
		if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
			return redirect;
		}
		String html = "<a href=\"" + escape(location) + "\">Temporary Redirect</a>.\n\n";
		return new AdminResponse(307, redirect.headers, html.getBytes(StandardCharsets.UTF_8))
			.withHeader("Content-Type", "text/html; charset=utf-8");
	}

	private static String escape(String text) {
		return text.replace("&", "&amp;")
			.replace("<", "&lt;")
			.replace(">", "&gt;")
			.replace("\"", "&#34;")
			.replace("'", "&#39;");
	}

	public static AdminResponse noContent() {
		return new AdminResponse(204, Map.of(), new byte[0]);
	}

	public AdminResponse withHeader(String name, String value) {
		Map<String, String> headers = new LinkedHashMap<>(this.headers);
		headers.put(name, value);
		return new AdminResponse(this.status, headers, this.body);
	}

}
