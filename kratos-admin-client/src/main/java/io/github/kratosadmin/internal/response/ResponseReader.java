package io.github.kratosadmin.internal.response;

import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import feign.InvocationContext;
import feign.Response;
import feign.ResponseInterceptor;
import io.github.kratosadmin.error.KratosNotFoundException;
import io.github.kratosadmin.error.KratosUnreadableResponseException;
import io.github.kratosadmin.internal.http.HttpTransport;
import io.github.kratosadmin.internal.http.ResponseBody;
import io.github.kratosadmin.internal.json.JsonErrors;
import io.github.kratosadmin.internal.json.KratosJson;
import io.github.kratosadmin.internal.operation.ActiveCalls;
import io.github.kratosadmin.internal.operation.Invocation;
import io.github.kratosadmin.metadata.Readiness;
import io.github.kratosadmin.paging.Page;
import io.github.kratosadmin.selfservice.SelfServiceError;
import io.github.kratosadmin.selfservice.SelfServiceFlow;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.type.TypeFactory;

/**
 * Turns a response into the result of the operation or into an exception. This is an
 * interceptor rather than a Feign decoder: Feign wraps exceptions of a decoder, and does
 * not call it for methods without a result.
 */
public class ResponseReader implements ResponseInterceptor {

	private static final int NO_CONTENT = 204;

	private static final int PARTIAL_CONTENT = 206;

	private static final String EMPTY_OBJECT = "{}";

	private static final int SERVICE_UNAVAILABLE = 503;

	private static final Object NOTHING = new Object();

	private final Map<Type, ObjectReader> readers = new ConcurrentHashMap<>();

	private final PageReader pages;

	private final ActiveCalls calls;

	private final JsonFactory parsers;

	public ResponseReader(PageReader pages, int maxNesting, ActiveCalls calls) {
		this.pages = pages;
		this.calls = calls;
		this.parsers = KratosJson.factory(maxNesting);
	}

	@Override
	public @Nullable Object intercept(InvocationContext context, Chain chain) {
		Response response = context.response();
		Invocation call = this.calls.invocation();
		try (ResponseBody body = ResponseBody.of(response)) {
			if (response.status() >= 200 && response.status() < 300) {
				return read(call, response, body, context.returnType());
			}
			if (response.status() == SERVICE_UNAVAILABLE && context.returnType() == Readiness.class) {
				return ReadinessReader.notReady(body);
			}
			throw ErrorReader.read(call.name(), response, body);
		}
		catch (ResponseBody.TooLongException ex) {
			throw new KratosUnreadableResponseException(call.name(), response.status(),
					String.valueOf(ex.getMessage()));
		}
		catch (IOException ex) {
			throw HttpTransport.unavailable(call.operation(), URI.create(response.request().url()), ex);
		}
	}

	private @Nullable Object read(Invocation call, Response response, ResponseBody body, Type type) throws IOException {
		if (response.status() == PARTIAL_CONTENT) {
			body.discardConnection();
			throw unreadable(call, response, body, "it is partial, which was not requested");
		}
		if (type == void.class) {
			readNothing(call, response, body);
			return null;
		}
		if (type == String.class) {
			return readText(call, response, body);
		}
		if (type instanceof ParameterizedType list && list.getRawType() == Page.class) {
			Type itemType = list.getActualTypeArguments()[0];
			JavaType itemsType = typeFactory().constructCollectionType(List.class,
					typeFactory().constructType(itemType));
			return this.pages.read(call, response, (List<?>) readJson(call, response, body, itemsType));
		}
		if (type instanceof ParameterizedType optional && optional.getRawType() == Optional.class) {
			return readOptional(call, response, body, optional.getActualTypeArguments()[0]);
		}
		Object result = readJson(call, response, body, (type == Readiness.class) ? JsonNode.class : type);
		if (type == Readiness.class) {
			return ReadinessReader.ready((JsonNode) result)
				.orElseThrow(() -> unreadable(call, response, body, "the status is not ok"));
		}
		if (result == null || (result instanceof JsonNode tree && tree.isNull())) {
			throw (type instanceof Class<?> rawType && isFlow(rawType))
					? new KratosNotFoundException(call.name(), response.status(),
							ErrorReader.error("the response is null, as for an unknown flow"))
					: unreadable(call, response, body, "it is null");
		}
		return result;
	}

	/**
	 * Reads the response to a change whose result is optional: the result, or a response
	 * that {@link #readNothing} accepts.
	 */
	private Optional<Object> readOptional(Invocation call, Response response, ResponseBody body, Type type)
			throws IOException {
		if (response.status() == NO_CONTENT) {
			return Optional.empty();
		}
		Object result = readJson(call, response, body, type, true);
		if (result == null) {
			throw unreadable(call, response, body, "it is null");
		}
		return (result != NOTHING) ? Optional.of(result) : Optional.empty();
	}

	/** Kratos up to 0.8 returns null for an unknown flow. */
	private static boolean isFlow(Class<?> type) {
		return SelfServiceFlow.class.isAssignableFrom(type) || type == SelfServiceError.class;
	}

	/**
	 * Reads the response to a change without a result. Some gateways turn the 204 into a
	 * 200 with an empty object or an empty body. Anything else may be the response to
	 * another request.
	 */
	private static void readNothing(Invocation call, Response response, ResponseBody body) throws IOException {
		StringBuilder text = new StringBuilder();
		byte[] part = new byte[512];
		for (int count = body.read(part); count != -1; count = body.read(part)) {
			text.append(new String(part, 0, count, StandardCharsets.ISO_8859_1).replaceAll("\\s", ""));
			if (!EMPTY_OBJECT.startsWith(text.toString())) {
				// Before the end is read, which gives the connection to the next call.
				body.discardConnection();
				throw unreadable(call, response, body, "expected no body");
			}
		}
		if (!text.isEmpty() && !EMPTY_OBJECT.contentEquals(text)) {
			throw unreadable(call, response, body, "expected no body");
		}
	}

	private static String readText(Invocation call, Response response, ResponseBody body) throws IOException {
		String text = body.readText();
		boolean html = response.headers()
			.getOrDefault("Content-Type", List.of())
			.stream()
			.anyMatch((contentType) -> contentType.contains("html"));
		if (html) {
			throw unreadable(call, response, body, "it is HTML");
		}
		return text;
	}

	private @Nullable Object readJson(Invocation call, Response response, ResponseBody body, Type type)
			throws IOException {
		return readJson(call, response, body, type, false);
	}

	private @Nullable Object readJson(Invocation call, Response response, ResponseBody body, Type type,
			boolean mayBeNothing) throws IOException {
		ObjectReader reader = this.readers.computeIfAbsent(type,
				(key) -> KratosJson.mapper()
					.readerFor(typeFactory().constructType(key))
					.without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS));
		try (JsonParser parser = this.parsers.createParser(ObjectReadContext.empty(), body)) {
			Object result = (mayBeNothing && isNothing(parser)) ? NOTHING : reader.readValue(parser);
			String problem = (result != null) ? ResultCheck.problem(call, result) : null;
			if (problem != null) {
				// Before the end is read, which gives the connection to the next call.
				body.discardConnection();
				throw new KratosUnreadableResponseException(call.name(), response.status(), problem);
			}
			if (parser.nextToken() != null) {
				throw unreadable(call, response, body, "there is more than one JSON document");
			}
			return result;
		}
		catch (JacksonIOException ex) {
			throw ex.getCause();
		}
		catch (JacksonException ex) {
			// Without Jackson's exception as the cause: it quotes values, which may be
			// secrets.
			throw unreadable(call, response, body, JsonErrors.describe(ex));
		}
		catch (NumberFormatException ex) {
			// Jackson does not wrap it. Its message quotes the number.
			throw unreadable(call, response, body, "a number has an exponent that is out of range");
		}
	}

	/**
	 * Whether the body is empty or an empty object. Otherwise the value can be read from
	 * the parser.
	 */
	private static boolean isNothing(JsonParser parser) {
		JsonToken first = parser.nextToken();
		return first == null || (first == JsonToken.START_OBJECT && parser.nextToken() == JsonToken.END_OBJECT);
	}

	private static TypeFactory typeFactory() {
		return KratosJson.mapper().getTypeFactory();
	}

	static KratosUnreadableResponseException unreadable(Invocation call, Response response, ResponseBody body,
			String problem) {
		return new KratosUnreadableResponseException(call.name(), response.status(),
				problem + " " + body.describe(response));
	}

}
