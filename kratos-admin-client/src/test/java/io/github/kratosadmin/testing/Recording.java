package io.github.kratosadmin.testing;

import java.io.InputStream;
import java.util.List;
import java.util.Map;

import io.github.kratosadmin.testing.TestServer.StubResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A recorded request to a real Kratos, and its response.
 *
 * @param name the name of the recording, which starts with the operation
 * @param request the request
 * @param response the response
 */
public record Recording(String name, JsonNode request, JsonNode response) {

	/** Not that of the client, so that its changes do not change the expectations. */
	public static final JsonMapper MAPPER = new JsonMapper();

	public static JsonNode read(String file) {
		try (InputStream json = Recording.class.getResourceAsStream("/recordings/" + file)) {
			return MAPPER.readTree(json);
		}
		catch (Exception ex) {
			throw new IllegalStateException(file, ex);
		}
	}

	public static List<Recording> of(String version, String server) {
		return read(version + ".json").get("exchanges")
			.valueStream()
			.filter((exchange) -> exchange.get("server").stringValue().equals(server))
			.map((exchange) -> new Recording(exchange.get("name").stringValue(), exchange.get("request"),
					exchange.get("response")))
			.toList();
	}

	public String operation() {
		return this.name.split(" ")[0];
	}

	public String method() {
		return this.request.get("method").stringValue();
	}

	public String target() {
		return this.request.get("path").stringValue();
	}

	public String requestHeader(String name) {
		return this.request.at("/headers/" + name).asString(null);
	}

	public JsonNode requestBody() {
		return this.request.path("body");
	}

	public int status() {
		return this.response.get("status").intValue();
	}

	public JsonNode body() {
		return this.response.get("body");
	}

	public StubResponse stubResponse() {
		String text = body().isString() ? body().stringValue() : body().toString();
		StubResponse response = StubResponse.of(status(), (status() != 204) ? text : "");
		for (Map.Entry<String, JsonNode> header : this.response.get("headers").properties()) {
			response = response.header(header.getKey(), header.getValue().stringValue());
		}
		return response;
	}

	@Override
	public String toString() {
		return this.name;
	}

}
