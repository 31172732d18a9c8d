package io.github.kratosadmin;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import feign.Request;
import io.github.kratosadmin.courier.CourierMessage;
import io.github.kratosadmin.identity.Identity;
import io.github.kratosadmin.json.KratosJson;
import io.github.kratosadmin.selfservice.SelfServiceError;
import io.github.kratosadmin.selfservice.SelfServiceFlow;
import io.github.kratosadmin.session.Session;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/**
 * Compares a result with what was asked for. A server or proxy that sends one response
 * too many on a connection answers each later request with the response to the one
 * before.
 */
final class ResultCheck {

	private static final String CREATE = "createIdentity";

	private static final String BY_EXTERNAL_ID = "getIdentityByExternalID";

	private ResultCheck() {
	}

	/**
	 * Looks for what shows that a result belongs to another request.
	 * @param operation the operation
	 * @param request the request
	 * @param result the result
	 * @return what shows it, or {@code null} if nothing does
	 */
	static @Nullable String problem(String operation, Request request, Object result) {
		String problem = switch (operation) {
			case CREATE -> (result instanceof Identity identity) ? created(request, identity) : null;
			case BY_EXTERNAL_ID -> (result instanceof Identity identity
					&& !pathVariable(request, "{externalID}").equals(identity.externalId()))
							? "it is that of an identity with another external id" : null;
			case "listIdentitySessions" ->
				(result instanceof List<?> sessions) ? otherIdentity(pathVariable(request, "{id}"), sessions) : null;
			default -> other(operation, request, result);
		};
		boolean read = request.httpMethod() == Request.HttpMethod.GET;
		return (problem != null && !read) ? problem + "; what was asked for may have been done all the same" : problem;
	}

	private static @Nullable String other(String operation, Request request, Object result) {
		String id = id(result);
		String asked = (id != null) ? asked(operation, request) : null;
		if (asked != null && !Uuids.canonical(asked).equals(Uuids.canonical(String.valueOf(id)))) {
			return "it is that of another one than was asked for";
		}
		return (operation.equals("updateIdentity") && result instanceof Identity identity)
				? ignoredExternalId(request, identity) : null;
	}

	/**
	 * Servers before 25.4 take no notice of an external id. One that hides its version is
	 * not known to be one.
	 */
	private static @Nullable String ignoredExternalId(Request request, Identity identity) {
		String sent = sent(request).path("external_id").asString("");
		return (!sent.isEmpty() && !sent.equals(identity.externalId()))
				? "the server has ignored the external id, and carried out the rest" : null;
	}

	private static @Nullable String id(Object result) {
		if (result instanceof Identity identity) {
			return identity.id();
		}
		if (result instanceof Session session) {
			return session.id();
		}
		if (result instanceof CourierMessage message) {
			return message.id();
		}
		if (result instanceof SelfServiceFlow flow) {
			return flow.id();
		}
		return (result instanceof SelfServiceError error) ? error.id() : null;
	}

	private static @Nullable String asked(String operation, Request request) {
		if (operation.equals("getSelfServiceError")) {
			String error = queryParameter(request, "error");
			// Kratos makes up an error, with an id of its own.
			return error.startsWith("stub:") ? null : error;
		}
		return operation.startsWith("getSelfService") ? queryParameter(request, "id") : pathVariable(request, "{id}");
	}

	private static @Nullable String otherIdentity(String asked, List<?> sessions) {
		for (Object item : sessions) {
			Identity identity = (item instanceof Session session) ? session.identity() : null;
			if (identity != null && !Uuids.canonical(asked).equals(Uuids.canonical(identity.id()))) {
				return "there is a session of another identity than was asked for";
			}
		}
		return null;
	}

	/**
	 * What shows that an identity is not the one that was to be created: another schema
	 * or external id, or traits none of whose texts were sent. Kratos may write some of
	 * them differently.
	 */
	private static @Nullable String created(Request request, Identity identity) {
		JsonNode sent = sent(request);
		if (differs(sent.path("schema_id"), identity.schemaId())) {
			return "it is that of an identity with another schema";
		}
		if (differs(sent.path("external_id"), identity.externalId())) {
			return "it is that of an identity with another external id";
		}
		Set<String> sentTexts = texts(sent.path("traits")).collect(Collectors.toSet());
		Set<String> texts = texts(identity.traits()).collect(Collectors.toSet());
		return (!sentTexts.isEmpty() && !texts.isEmpty() && texts.stream().noneMatch(sentTexts::contains))
				? "it is that of an identity with other traits" : null;
	}

	private static JsonNode sent(Request request) {
		return KratosJson.mapper().readTree(Objects.requireNonNull(request.body()));
	}

	private static boolean differs(JsonNode sent, @Nullable String received) {
		// An empty schema is the default one.
		return !sent.asString("").isEmpty() && received != null && !sent.stringValue().equals(received);
	}

	private static Stream<String> texts(JsonNode traits) {
		if (traits.isString()) {
			String text = Normalizer.normalize(traits.stringValue(), Normalizer.Form.NFKC);
			return Stream.of(text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", ""));
		}
		return traits.valueStream().flatMap(ResultCheck::texts);
	}

	/**
	 * What an operation was given for a variable of its path.
	 */
	private static String pathVariable(Request request, String variable) {
		List<String> pattern = segments(request.requestTemplate().methodMetadata().template().path());
		List<String> path = segments(request.url().replaceFirst("[?#].*", ""));
		int index = path.size() - pattern.size() + pattern.indexOf(variable);
		return UriUtils.decode(path.get(index), StandardCharsets.UTF_8);
	}

	private static List<String> segments(String path) {
		return List.of(path.split("/", -1));
	}

	private static String queryParameter(Request request, String name) {
		String query = request.url().substring(request.url().indexOf('?') + 1);
		String value = UriComponentsBuilder.newInstance().query(query).build().getQueryParams().getFirst(name);
		return UriUtils.decode(Objects.requireNonNullElse(value, ""), StandardCharsets.UTF_8);
	}

}
