package io.github.kratosadmin.internal.response;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import io.github.kratosadmin.internal.http.ResponseBody;
import io.github.kratosadmin.internal.json.KratosJson;
import io.github.kratosadmin.internal.redaction.Redaction;
import io.github.kratosadmin.metadata.Readiness;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Reads the readiness of Kratos: one message per check up to 0.10, a single message
 * since.
 */
final class ReadinessReader {

	private ReadinessReader() {
	}

	static Optional<Readiness> ready(@Nullable JsonNode tree) {
		boolean ok = tree != null && "ok".equals(tree.path("status").asString(""));
		return ok ? Optional.of(new Readiness(true, Map.of(), null)) : Optional.empty();
	}

	static Readiness notReady(ResponseBody body) throws IOException {
		JsonNode tree;
		try {
			tree = KratosJson.mapper().readTree(body.readShortText());
		}
		catch (JacksonException | NumberFormatException ex) {
			// A 503 of a proxy also means not ready.
			return new Readiness(false, Map.of(), null);
		}
		Map<String, String> errors = Redaction.withoutSecrets(tree.path("errors"))
			.propertyStream()
			.collect(Collectors.toMap((check) -> check.getKey(), (check) -> check.getValue().asString("")));
		JsonNode message = tree.path("error").path("message");
		return new Readiness(false, errors,
				message.isString() ? Redaction.withoutSecrets(message.stringValue()) : null);
	}

}
