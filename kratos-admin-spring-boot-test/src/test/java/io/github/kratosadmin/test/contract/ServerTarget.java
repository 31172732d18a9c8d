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
 * A real Kratos. The actions of a person use its public API. Its flows expire after 12
 * seconds.
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
	public String publicUrl() {
		return this.publicUrl;
	}

	@Override
	public String register(String email) {
		return submit(FlowKind.REGISTRATION, startFlow(FlowKind.REGISTRATION),
				Map.of("method", "password", "password", PASSWORD, "traits", Map.of("email", email)), 200)
			.get("session_token")
			.stringValue();
	}

	@Override
	public void signIn(String email, String identityId) {
		submit(FlowKind.LOGIN, startFlow(FlowKind.LOGIN),
				Map.of("method", "password", "password", PASSWORD, "identifier", email, "password_identifier", email),
				200);
	}

	@Override
	public String startFlow(FlowKind kind) {
		return json(200, request(path(kind) + "/api")).get("id").stringValue();
	}

	@Override
	public String startSettingsFlow(String sessionToken) {
		return json(200, request("/self-service/settings/api").header("X-Session-Token", sessionToken)).get("id")
			.stringValue();
	}

	@Override
	public String startBrowserFlow(FlowKind kind) {
		HttpResponse<String> response = send(request(path(kind) + "/browser"));
		// Up to 0.6 the response is a redirect to the page of the flow for every client.
		return (response.statusCode() == 200) ? JsonMapper.shared().readTree(response.body()).get("id").stringValue()
				: response.headers().firstValue("Location").orElseThrow().split("flow=")[1];
	}

	@Override
	public void submitWrongPassword(String flowId, String identifier) {
		submit(FlowKind.LOGIN, flowId, Map.of("method", "password", "password", "wrong" + PASSWORD, "identifier",
				identifier, "password_identifier", identifier), 400);
	}

	@Override
	public void submitRecovery(String flowId, String email) {
		JsonNode flow = json(200, request(path(FlowKind.RECOVERY) + "/flows?id=" + flowId));
		// The form has the configured method.
		submit(FlowKind.RECOVERY, flowId, Map.of("method", method(flow), "email", email), 200);
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

	private static String method(JsonNode flow) {
		return flow.at("/ui/nodes")
			.valueStream()
			.map((node) -> node.path("attributes"))
			.filter((input) -> input.path("name").asString("").equals("method"))
			.findFirst()
			.orElseThrow()
			.path("value")
			.stringValue();
	}

	private static String path(FlowKind kind) {
		return "/self-service/" + kind.name().toLowerCase(Locale.ROOT);
	}

	private JsonNode submit(FlowKind kind, String flowId, Map<String, Object> form, int status) {
		return json(status, request(path(kind) + "?flow=" + flowId).header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(form))));
	}

	private JsonNode json(int status, HttpRequest.Builder request) {
		HttpResponse<String> response = send(request);
		if (response.statusCode() != status) {
			throw new IllegalStateException(response + ": " + response.body());
		}
		return JsonMapper.shared().readTree(response.body());
	}

	private HttpResponse<String> send(HttpRequest.Builder request) {
		try {
			return this.http.send(request.build(), HttpResponse.BodyHandlers.ofString());
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
