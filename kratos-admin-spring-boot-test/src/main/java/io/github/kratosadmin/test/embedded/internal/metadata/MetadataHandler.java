package io.github.kratosadmin.test.embedded.internal.metadata;

import java.util.function.LongSupplier;

import io.github.kratosadmin.test.embedded.KratosEra;
import io.github.kratosadmin.test.embedded.internal.http.AdminResponse;
import io.github.kratosadmin.test.embedded.internal.http.Router;
import io.github.kratosadmin.test.embedded.internal.text.Json;

/**
 * Handles the requests for the version and for metrics.
 */
public final class MetadataHandler {

	private final KratosEra era;

	private final LongSupplier requests;

	private final LongSupplier identities;

	/**
	 * Creates a handler.
	 * @param era the era
	 * @param requests counts the requests received
	 * @param identities counts the identities
	 */
	public MetadataHandler(KratosEra era, LongSupplier requests, LongSupplier identities) {
		this.era = era;
		this.requests = requests;
		this.identities = identities;
	}

	public void addRoutes(Router router) {
		router
			.add("GET", "/version",
					(request, none) -> AdminResponse.ok(Json.object().put("version", this.era.version())))
			.add("GET", "/metrics/prometheus", (request, none) -> metrics());
	}

	private AdminResponse metrics() {
		return AdminResponse.of(200, contentTypeOfMetrics(), """
				# HELP embedded_kratos_requests_total Requests received since the last reset.
				# TYPE embedded_kratos_requests_total counter
				embedded_kratos_requests_total %d
				# HELP embedded_kratos_identities Identities of the server.
				# TYPE embedded_kratos_identities gauge
				embedded_kratos_identities %d
				""".formatted(this.requests.getAsLong(), this.identities.getAsLong()));
	}

	private String contentTypeOfMetrics() {
		String contentType = "text/plain; version=0.0.4; charset=utf-8";
		return this.era.isAtLeast(KratosEra.V26) ? contentType + "; escaping=underscores" : contentType;
	}

}
