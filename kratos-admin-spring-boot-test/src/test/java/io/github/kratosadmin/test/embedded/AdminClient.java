package io.github.kratosadmin.test.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends requests to a server and reads the responses.
 */
final class AdminClient {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final URI baseUrl;

	AdminClient(URI baseUrl) {
		this.baseUrl = baseUrl;
	}

	/**
	 * The prefix of the paths of the admin API.
	 */
	static String prefix(KratosEra era) {
		return era.isAtLeast(KratosEra.V0_10) ? "/admin" : "";
	}

	/**
	 * The path of the form of a flow.
	 */
	static String pathOf(FlowKind kind) {
		return "/self-service/" + kind.name().toLowerCase(Locale.ROOT);
	}

	Response get(String path) {
		return send("GET", path, null);
	}

	Response delete(String path) {
		return send("DELETE", path, null);
	}

	Response post(String path, String body) {
		return send("POST", path, body);
	}

	Response put(String path, String body) {
		return send("PUT", path, body);
	}

	Response patch(String path, String body) {
		return send("PATCH", path, body);
	}

	/**
	 * Creates an identity with the default schema.
	 */
	String createIdentity(String email) {
		Response response = post("/identities", "{\"traits\":{\"email\":\"" + email + "\"}}");
		return response.json().path("id").asString();
	}

	Response send(String method, String path, @Nullable String body) {
		return send(method, path, body,
				(body != null) ? Map.of("Content-Type", "application/json") : Map.<String, String>of());
	}

	Response send(String method, String path, @Nullable String body, Map<String, String> headers) {
		HttpRequest.Builder request = HttpRequest.newBuilder(this.baseUrl.resolve(path))
			.method(method, (body != null) ? BodyPublishers.ofString(body) : BodyPublishers.noBody());
		headers.forEach(request::header);
		try {
			return new Response(this.http.send(request.build(), BodyHandlers.ofString()));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	record Response(HttpResponse<String> response) {

		int status() {
			return this.response.statusCode();
		}

		Optional<String> header(String name) {
			return this.response.headers().firstValue(name);
		}

		String body() {
			return this.response.body();
		}

		JsonNode json() {
			return JSON.readTree(body());
		}

		JsonNode at(String pointer) {
			return json().at(pointer);
		}

	}

}
