package io.github.kratosadmin.test.embedded.internal.flow;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import io.github.kratosadmin.test.embedded.KratosEra;
import io.github.kratosadmin.test.embedded.internal.http.AdminRequest;
import io.github.kratosadmin.test.embedded.internal.http.AdminResponse;
import io.github.kratosadmin.test.embedded.internal.http.ErrorResponseException;
import io.github.kratosadmin.test.embedded.internal.http.Query;
import io.github.kratosadmin.test.embedded.internal.text.GoTime;
import io.github.kratosadmin.test.embedded.internal.text.Ids;
import io.github.kratosadmin.test.embedded.internal.text.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The self-service errors of a server, and the responses to the requests for them.
 */
public final class SelfServiceErrors {

	private static final String STUB = "stub:500";

	private final KratosEra era;

	private final Map<String, ObjectNode> containers = new ConcurrentHashMap<>();

	private final Supplier<String> ids;

	private final Clock clock;

	public SelfServiceErrors(KratosEra era, Supplier<String> ids, Clock clock) {
		this.era = era;
		this.ids = ids;
		this.clock = clock;
	}

	public AdminResponse onAdminPort(AdminRequest request, String none) {
		return AdminResponse.ok(get(id(request.query())));
	}

	public AdminResponse onPublicPort(AdminRequest request, String none) {
		try {
			return onAdminPort(request, none);
		}
		catch (ErrorResponseException ex) {
			throw FlowRules.returns403ForUnknownErrors(this.era)
					? ErrorResponseException.forbidden("A request failed due to a missing or invalid csrf_token value.")
						.withDebug(ex.describe())
					: ex;
		}
	}

	private String id(Query query) {
		String id = query.first("error");
		return (id.isEmpty() && FlowRules.findsSelfServiceErrorsById(this.era)) ? query.first("id") : id;
	}

	/**
	 * Stores an error.
	 * @return the id of its container
	 * @throws IllegalArgumentException if there are several errors and the era allows one
	 */
	public String add(JsonNode error) {
		String id = this.ids.get();
		if (error.isArray() && !FlowRules.listsSelfServiceErrors(this.era)) {
			throw new IllegalArgumentException(
					"Only Kratos 0.6 has several errors, " + this.era.version() + " has one");
		}
		this.containers.put(id, container(id, error, this.clock.instant().truncatedTo(ChronoUnit.MICROS)));
		return id;
	}

	private ObjectNode get(String text) {
		if (text.equals(STUB)) {
			// The stub was never stored.
			return container(this.ids.get(), ErrorResponseException.internal("This is a stub error.").toJson(null),
					GoTime.ZERO);
		}
		String id = Ids.parse(text);
		ObjectNode container = (id != null) ? this.containers.get(id) : null;
		if (container == null) {
			throw ErrorResponseException.noSuchRow();
		}
		return container;
	}

	private ObjectNode container(String id, JsonNode error, Instant stored) {
		ObjectNode container = Json.object();
		container.put("id", id);
		if (FlowRules.listsSelfServiceErrors(this.era)) {
			container.set("errors", error.isArray() ? error : Json.array().add(error));
		}
		else {
			container.set("error", error);
		}
		container.put("created_at", Json.timestamp(stored));
		container.put("updated_at", Json.timestamp(stored));
		return container;
	}

	/**
	 * Takes a snapshot of the errors.
	 * @return an action that restores it
	 */
	public Runnable snapshot() {
		Map<String, ObjectNode> containers = Map.copyOf(this.containers);
		return () -> {
			this.containers.clear();
			this.containers.putAll(containers);
		};
	}

}
