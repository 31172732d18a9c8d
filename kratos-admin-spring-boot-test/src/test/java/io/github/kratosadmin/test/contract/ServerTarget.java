package io.github.kratosadmin.test.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

import io.github.kratosadmin.test.embedded.FlowKind;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A real Kratos, used through its public API as people do. Its flows live 12 seconds.
 */
class ServerTarget implements ContractTarget {

	private static final String PASSWORD = "Xk2-contract-9qLmz7";

	private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final String adminUrl;

	private final String publicUrl;

	private final Runnable close;

	ServerTarget(String adminUrl, String publicUrl, Runnable close) {
		this.adminUrl = adminUrl;
		this.publicUrl = publicUrl;
		this.close = close;
	}

	@Override
	public String adminUrl() {
		return this.adminUrl;
	}

	@Override
	public String register(String email) {
		Map<String, Object> body = Map.of("method", "password", "password", PASSWORD, "traits", Map.of("email", email));
		JsonNode registered = send(request("/self-service/registration?flow=" + startFlow(FlowKind.REGISTRATION))
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(body))));
		return registered.get("session_token").stringValue();
	}

	@Override
	public String startFlow(FlowKind kind) {
		return send(request("/self-service/" + kind.name().toLowerCase(Locale.ROOT) + "/api")).get("id").stringValue();
	}

	@Override
	public String startSettingsFlow(String sessionToken) {
		return send(request("/self-service/settings/api").header("X-Session-Token", sessionToken)).get("id")
			.stringValue();
	}

	@Override
	public void expire(String flowId) {
	}

	@Override
	public void close() {
		this.close.run();
	}

	private HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(URI.create(this.publicUrl + path))
			.timeout(Duration.ofSeconds(30))
			.header("Accept", "application/json");
	}

	private JsonNode send(HttpRequest.Builder request) {
		try {
			HttpResponse<String> answer = this.http.send(request.build(), HttpResponse.BodyHandlers.ofString());
			if (answer.statusCode() != 200) {
				throw new IllegalStateException(answer + ": " + answer.body());
			}
			return JsonMapper.shared().readTree(answer.body());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

}
