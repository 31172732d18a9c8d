package io.github.kratosadmin.test.embedded.internal.metadata;

import java.util.LinkedHashMap;
import java.util.Map;

import io.github.kratosadmin.test.embedded.KratosEra;
import io.github.kratosadmin.test.embedded.internal.http.AdminResponse;
import io.github.kratosadmin.test.embedded.internal.http.ErrorResponseException;
import io.github.kratosadmin.test.embedded.internal.http.Router;
import io.github.kratosadmin.test.embedded.internal.text.Json;
import tools.jackson.databind.node.ObjectNode;

/**
 * The health checks of a server.
 */
public final class HealthChecks {

	private final KratosEra era;

	private final Map<String, String> causes = new LinkedHashMap<>();

	public HealthChecks(KratosEra era) {
		this.era = era;
	}

	public void addRoutes(Router router) {
		router.add("GET", "/health/alive", (request, none) -> healthy())
			.add("GET", "/health/ready", (request, none) -> ready());
	}

	public synchronized void fail(String check, String cause) {
		this.causes.put(check, cause);
	}

	public synchronized void clear() {
		this.causes.clear();
	}

	/**
	 * Takes a snapshot of the failed checks.
	 * @return an action that restores it
	 */
	public synchronized Runnable snapshot() {
		Map<String, String> causes = new LinkedHashMap<>(this.causes);
		return () -> restore(causes);
	}

	private synchronized void restore(Map<String, String> causes) {
		this.causes.clear();
		this.causes.putAll(causes);
	}

	private synchronized AdminResponse ready() {
		if (this.causes.isEmpty()) {
			return healthy();
		}
		if (!namesFailedChecks()) {
			throw new ErrorResponseException(503, 500, String.join("; ", this.causes.values()));
		}
		ObjectNode body = Json.object();
		ObjectNode errors = body.putObject("errors");
		this.causes.forEach(errors::put);
		return AdminResponse.json(503, body);
	}

	private static AdminResponse healthy() {
		return AdminResponse.ok(Json.object().put("status", "ok"));
	}

	private boolean namesFailedChecks() {
		return !this.era.isAtLeast(KratosEra.V1_0);
	}

}
