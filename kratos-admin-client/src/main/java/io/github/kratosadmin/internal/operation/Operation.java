package io.github.kratosadmin.internal.operation;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.github.kratosadmin.internal.json.KratosJson;
import io.github.kratosadmin.internal.redaction.SensitiveValues;
import io.github.kratosadmin.version.SinceKratos;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.StringUtils;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriUtils;

/**
 * An operation, created once from the method that declares it.
 * <p>
 * Rejects arguments that cannot be sent, and encodes the others. Every value is encoded,
 * and no required argument may be missing. Feign would not encode a value that already
 * looks encoded, so the id {@code %2e%2e} would lead to another path. It would also drop
 * an argument that is {@code null}, so a {@code DELETE} would lose its id.
 */
public final class Operation {

	private final String name;

	private final String httpMethod;

	private final String uriTemplate;

	private final List<Argument> arguments;

	private final @Nullable Since since;

	private final @Nullable Paging paging;

	private final Class<?> returnType;

	private final boolean onNewConnection;

	private final boolean oneAtATime;

	private Operation(Method method) {
		this.name = method.getName();
		RequestMapping mapping = AnnotatedElementUtils.findMergedAnnotation(method, RequestMapping.class);
		this.httpMethod = (mapping != null) ? mapping.method()[0].name() : "";
		this.uriTemplate = (mapping != null) ? mapping.path()[0] : "";
		this.since = sameName(method).map((same) -> since(this.name, same))
			.filter(Objects::nonNull)
			.findFirst()
			.orElse(null);
		Paged paged = method.getAnnotation(Paged.class);
		this.paging = (paged != null) ? paged.value() : null;
		this.returnType = method.getReturnType();
		this.onNewConnection = method.isAnnotationPresent(OnNewConnection.class);
		this.oneAtATime = method.isAnnotationPresent(OneAtATime.class);
		Map<String, RecordComponent> query = query(method);
		this.arguments = Arrays.stream(method.getParameters())
			.map((parameter) -> Argument.of(parameter, query))
			.toList();
	}

	/**
	 * Creates the operation that a method declares.
	 */
	public static Operation of(Method method) {
		return new Operation(method);
	}

	/**
	 * The components of the query record that a method of the same name takes, by the
	 * names of the parameters in the request.
	 */
	private static Map<String, RecordComponent> query(Method method) {
		Map<String, RecordComponent> components = new HashMap<>();
		sameName(method).flatMap((other) -> Arrays.stream(other.getParameterTypes()))
			.filter(Class::isRecord)
			.flatMap((type) -> Arrays.stream(type.getRecordComponents()))
			.forEach((component) -> components.put(snakeCase(component.getName()), component));
		return components;
	}

	/**
	 * The methods with the same name, including those that the declaring interface
	 * inherits.
	 */
	private static Stream<Method> sameName(Method method) {
		Class<?> type = method.getDeclaringClass();
		return Stream.concat(Stream.of(type), Stream.of(type.getInterfaces()))
			.flatMap((declaring) -> Stream.of(declaring.getDeclaredMethods()))
			.filter((other) -> other.getName().equals(method.getName()));
	}

	private static String snakeCase(String name) {
		return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
	}

	private static @Nullable Since since(String feature, @Nullable AnnotatedElement element) {
		SinceKratos since = (element != null) ? element.getAnnotation(SinceKratos.class) : null;
		return (since != null && since.patchPath().isEmpty()) ? Since.of(feature, since) : null;
	}

	public String name() {
		return this.name;
	}

	/**
	 * The HTTP method, empty for a method that only calls other operations.
	 */
	public String httpMethod() {
		return this.httpMethod;
	}

	/**
	 * The path without the prefix, such as <code>/identities/{id}</code>; empty for a
	 * method that only calls other operations.
	 */
	public String uriTemplate() {
		return this.uriTemplate;
	}

	/**
	 * Whether the operation is a read.
	 */
	public boolean isRead() {
		return this.httpMethod.equals("GET");
	}

	/**
	 * How the list of this operation continues, or {@code null} if it is not a list.
	 */
	public @Nullable Paging paging() {
		return this.paging;
	}

	public Class<?> returnType() {
		return this.returnType;
	}

	/**
	 * Whether each request needs a new connection.
	 */
	public boolean needsNewConnection() {
		return this.onNewConnection;
	}

	/**
	 * Whether the operation changes the identity whose id is the first argument.
	 */
	public boolean isOneAtATime() {
		return this.oneAtATime;
	}

	/**
	 * Whether servers of a version support a parameter.
	 */
	public boolean knows(String parameter, KratosVersion version) {
		return this.arguments.stream()
			.filter((argument) -> argument.name().equals(parameter))
			.noneMatch((argument) -> argument.since() != null && argument.since().isAfter(version));
	}

	/**
	 * The operation, parameters and body fields that not every version supports.
	 * @param values the arguments, none for the operation alone
	 */
	public List<Since> needs(@Nullable Object... values) {
		List<Since> needs = new ArrayList<>();
		if (this.since != null) {
			needs.add(this.since);
		}
		for (int i = 0; i < values.length; i++) {
			Object value = values[i];
			Argument argument = this.arguments.get(i);
			if (value == null) {
				continue;
			}
			if (argument.since() != null) {
				needs.add(argument.since());
			}
			if (argument.place() == Place.BODY) {
				argument.needsOfPatch(value, needs::add);
				argument.bodyFields().find(value, needs::add);
			}
		}
		return needs;
	}

	/**
	 * The page token among the arguments, if it is a UUID in some versions but not here.
	 */
	public @Nullable ForeignToken foreignToken(@Nullable Object[] values) {
		for (int i = 0; i < values.length; i++) {
			UuidPageToken uuids = this.arguments.get(i).uuids();
			Object token = values[i];
			if (uuids != null && token != null && !Uuids.isUuid(token.toString())) {
				return new ForeignToken(this.arguments.get(i).name(), token.toString(), KratosVersion.of(uuids.from()),
						KratosVersion.of(uuids.to()));
			}
		}
		return null;
	}

	/**
	 * Checks and encodes the arguments.
	 * @throws IllegalArgumentException if one cannot be sent
	 */
	public @Nullable Object[] prepare(@Nullable Object[] values) {
		@Nullable Object[] prepared = new Object[values.length];
		for (int i = 0; i < values.length; i++) {
			prepared[i] = prepare(this.arguments.get(i), values[i]);
		}
		return prepared;
	}

	/**
	 * Collects the values that must not be shown.
	 */
	public void collectSensitive(@Nullable Object[] values, SensitiveValues to) {
		for (int i = 0; i < values.length; i++) {
			Object value = values[i];
			Place place = this.arguments.get(i).place();
			if (value instanceof List<?> list) {
				list.forEach((element) -> collectSensitive(to, place, element));
			}
			else if (value != null) {
				collectSensitive(to, place, value);
			}
		}
	}

	private static void collectSensitive(SensitiveValues to, Place place, Object value) {
		switch (place) {
			case BODY -> to.addBody(value);
			case HEADER -> to.addSecret(value.toString());
			case URL -> {
				if (!isEnumOrNumber(value)) {
					to.addPersonal(value.toString());
				}
			}
		}
	}

	/**
	 * Whether a value is not personal: a number, or a constant such as a state, which has
	 * a type of its own.
	 */
	private static boolean isEnumOrNumber(Object value) {
		return !(value instanceof String)
				&& value.toString().chars().allMatch((c) -> c == '_' || Character.isLetterOrDigit(c));
	}

	private @Nullable Object prepare(Argument argument, @Nullable Object value) {
		if (value == null) {
			check(!argument.required(), argument, "must not be null");
			return null;
		}
		if (argument.place() == Place.BODY) {
			return value;
		}
		if (value instanceof List<?> list) {
			// Feign repeats the parameter for each element. It would send an empty list
			// as
			// a parameter without a value.
			return list.isEmpty() ? null : list.stream().map((element) -> prepare(argument, element)).toList();
		}
		// Kratos 1.1 and 1.2 find an id in its canonical form only.
		return prepare(argument, argument.name().equals("ids") ? Uuids.canonical(value.toString()) : value.toString());
	}

	private String prepare(Argument argument, String text) {
		check(!text.isBlank(), argument, "must not be blank");
		if (argument.place() == Place.HEADER) {
			check(text.chars().allMatch((c) -> c > ' ' && c < 127), argument,
					"must consist of visible ASCII characters, as it is sent as a header");
			// Feign would decode it to a slash.
			check(!text.toUpperCase(Locale.ROOT).contains("%2F"), argument, "must not contain '%2F'");
			return text;
		}
		check(!text.equals(".") && !text.equals(".."), argument, "must not be '.' or '..'");
		check(StandardCharsets.UTF_8.newEncoder().canEncode(text), argument, "must be valid Unicode");
		return UriUtils.encode(text, StandardCharsets.UTF_8);
	}

	/**
	 * Encodes the id of an identity schema for the version of the server.
	 * @param values the original arguments
	 * @param prepared the arguments, checked and encoded
	 * @param version supplies the version of the server, called only if it matters
	 */
	public void encodeSchemaId(@Nullable Object[] values, @Nullable Object[] prepared,
			Supplier<@Nullable KratosVersion> version) {
		for (int i = 0; i < values.length; i++) {
			if (this.arguments.get(i).schemaId() && SchemaIdEncoder.isSpecial(String.valueOf(values[i]))) {
				prepared[i] = SchemaIdEncoder.encode(String.valueOf(values[i]), prepared[i], version.get());
			}
		}
	}

	/**
	 * The request body, {@code null} if there is none.
	 */
	@Nullable Object body(@Nullable Object[] values) {
		for (int i = 0; i < values.length; i++) {
			if (this.arguments.get(i).place() == Place.BODY) {
				return values[i];
			}
		}
		return null;
	}

	/**
	 * Whether an argument is the body of the request.
	 */
	boolean isBody(int index) {
		return this.arguments.get(index).place() == Place.BODY;
	}

	/**
	 * The name of an argument in the request.
	 */
	String argumentName(int index) {
		return this.arguments.get(index).name();
	}

	private void check(boolean good, Argument argument, String demand) {
		if (!good) {
			throw new IllegalArgumentException(this.name + ": " + argument.name() + " " + demand);
		}
	}

	private enum Place {

		URL, HEADER, BODY

	}

	private record Argument(String name, Place place, boolean required, boolean schemaId, @Nullable Since since,
			Map<String, Since> patchPaths, BodyFields bodyFields, @Nullable UuidPageToken uuids) {

		static Argument of(Parameter parameter, Map<String, RecordComponent> query) {
			Place place = Place.BODY;
			String name = parameter.getName();
			boolean required = true;
			RequestParam queryParameter = parameter.getAnnotation(RequestParam.class);
			RequestHeader header = parameter.getAnnotation(RequestHeader.class);
			PathVariable path = parameter.getAnnotation(PathVariable.class);
			if (queryParameter != null) {
				place = Place.URL;
				name = queryParameter.name().isEmpty() ? queryParameter.value() : queryParameter.name();
				required = queryParameter.required();
			}
			else if (header != null) {
				place = Place.HEADER;
				name = header.name();
				required = header.required();
			}
			else if (path != null) {
				place = Place.URL;
				name = path.value();
			}
			Since since = Operation.since(name, parameter);
			return new Argument(name, place, required, parameter.isAnnotationPresent(SchemaId.class),
					(since != null || place != Place.URL) ? since : Operation.since(name, query.get(name)),
					patchPaths(parameter), BodyFields.of(parameter.getType()),
					parameter.getAnnotation(UuidPageToken.class));
		}

		private static Map<String, Since> patchPaths(Parameter parameter) {
			Map<String, Since> paths = new HashMap<>();
			for (SinceKratos since : parameter.getAnnotationsByType(SinceKratos.class)) {
				if (StringUtils.hasLength(since.patchPath())) {
					paths.put(since.patchPath(), Since.of(since.patchPath().substring(1), since));
				}
			}
			return paths;
		}

		/**
		 * Finds the paths of a JSON Patch that not every version supports.
		 */
		void needsOfPatch(Object patch, Consumer<Since> found) {
			if (this.patchPaths.isEmpty()) {
				return;
			}
			for (JsonNode operation : KratosJson.mapper().<JsonNode>valueToTree(patch)) {
				Since since = this.patchPaths.get(operation.path("path").asString(""));
				if (since != null) {
					found.accept(since);
				}
			}
		}

	}

	/**
	 * A page token that is not a UUID.
	 *
	 * @param parameter the name of the parameter
	 * @param token the token
	 * @param from the first version whose tokens are UUIDs
	 * @param to the last version whose tokens are UUIDs
	 */
	public record ForeignToken(String parameter, String token, KratosVersion from, KratosVersion to) {

	}

}
