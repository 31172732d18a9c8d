package io.github.kratosadmin.test.embedded.internal.flow;

import java.nio.charset.StandardCharsets;
import java.util.Set;

import io.github.kratosadmin.test.embedded.KratosEra;
import io.github.kratosadmin.test.embedded.internal.http.AdminRequest;
import io.github.kratosadmin.test.embedded.internal.http.AdminResponse;
import io.github.kratosadmin.test.embedded.internal.http.BodyDecoder;
import io.github.kratosadmin.test.embedded.internal.http.ErrorResponseException;
import io.github.kratosadmin.test.embedded.internal.http.MalformedBodyException;
import io.github.kratosadmin.test.embedded.internal.http.Router;
import io.github.kratosadmin.test.embedded.internal.http.Urls;
import io.github.kratosadmin.test.embedded.internal.text.Json;
import io.github.kratosadmin.test.embedded.internal.text.Names;
import tools.jackson.databind.node.ObjectNode;

/**
 * Handles the requests for flows that test the sign-in with a provider.
 */
public final class TestLoginHandler {

	private static final int MAX_PROVIDER_ID = 255;

	private final KratosEra era;

	private final FlowFactory factory;

	private final FlowStore flows;

	private final Urls urls;

	private final Set<String> providers;

	public TestLoginHandler(KratosEra era, FlowFactory factory, FlowStore flows, Urls urls, Set<String> providers) {
		this.era = era;
		this.factory = factory;
		this.flows = flows;
		this.urls = urls;
		this.providers = providers;
	}

	public void addRoutes(Router router) {
		if (FlowRules.testsLogins(this.era)) {
			router.add("POST", "/test-login-flows", (request, none) -> create(request));
		}
	}

	private AdminResponse create(AdminRequest request) {
		String provider = providerId(request);
		if (provider.isEmpty()) {
			throw ErrorResponseException.badRequest("provider_id is required");
		}
		if (provider.getBytes(StandardCharsets.UTF_8).length > MAX_PROVIDER_ID) {
			throw ErrorResponseException.badRequest("provider_id must be at most " + MAX_PROVIDER_ID + " characters");
		}
		if (!this.providers.contains(provider)) {
			throw new ErrorResponseException(404, "The requested resource could not be found")
				.withReason("OpenID Connect provider " + Json.text(provider) + " is not configured");
		}
		Flow flow = this.factory.createTestLogin(provider, this.urls.admin() + request.target());
		this.flows.add(flow);
		ObjectNode json = flow.toJson(this.era, (identityId) -> {
			throw new IllegalStateException("A " + Names.of(flow.kind()) + " flow has no identity");
		});
		return AdminResponse.json(201, json);
	}

	private static String providerId(AdminRequest request) {
		try {
			return BodyDecoder.decode("createTestLoginFlowBody", request.body()).string("provider_id");
		}
		catch (MalformedBodyException ex) {
			throw ErrorResponseException.badRequest("could not parse request body");
		}
	}

}
