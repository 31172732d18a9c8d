package io.github.kratosadmin;

import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import io.github.kratosadmin.internal.json.KratosJson;
import io.github.kratosadmin.internal.operation.Operation;
import io.github.kratosadmin.metadata.Readiness;
import io.github.kratosadmin.paging.Page;
import io.github.kratosadmin.testing.Operations;
import io.github.kratosadmin.version.SinceKratos;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares the client with the admin operations of Kratos 26.2.0: their methods, paths
 * and parameters, and the fields of requests and responses.
 * {@code operations-v26.2.0.json} is generated from the OpenAPI document of Kratos. It
 * has the names of this client for renamed operations, and lacks {@code prometheus}.
 */
class SpecificationTests {

	private static final String SAME_AS_PER_PAGE = "another name of 'per_page', which older versions support too";

	private static final String SAME_AS_PAGE = "another form of 'page', which older versions support too";

	/**
	 * The differences of the client by operation and field or parameter, with their
	 * reason.
	 */
	private static final Map<String, String> DIFFERENCES = Map.of("getSelfServiceError id",
			"sent as 'error', the only name that 0.6 reads", "patchIdentity from",
			"for patch operations that Kratos rejects", "listIdentitySessions page_size", SAME_AS_PER_PAGE,
			"listIdentitySessions page_token", SAME_AS_PAGE, "listIdentitySchemas page_size", SAME_AS_PER_PAGE,
			"listIdentitySchemas page_token", SAME_AS_PAGE);

	static Stream<JsonNode> operations() throws Exception {
		try (InputStream in = SpecificationTests.class.getResourceAsStream("/operations-v26.2.0.json")) {
			return KratosJson.mapper().readTree(in).valueStream();
		}
	}

	@Test
	void everyOperationExists() throws Exception {
		Set<String> expected = operations().map((operation) -> operation.path("name").asString())
			.collect(Collectors.toCollection(TreeSet::new));
		expected.add("prometheus");
		assertThat(expected).hasSize(31);
		assertThat(methods().filter((method) -> !isNewer(method)).map(Method::getName).collect(Collectors.toSet()))
			.containsExactlyInAnyOrderElementsOf(expected);
	}

	/**
	 * Returns whether an operation is newer than the specification.
	 */
	private static boolean isNewer(Method method) {
		SinceKratos since = method.getAnnotation(SinceKratos.class);
		return since != null && since.value().startsWith("after ");
	}

	@ParameterizedTest
	@MethodSource("operations")
	void anOperationIsSentAsSpecified(JsonNode operation) {
		Method method = method(operation);
		RequestMapping mapping = AnnotatedElementUtils.findMergedAnnotation(method, RequestMapping.class);
		assertThat(mapping.method()).extracting(Enum::name).containsExactly(operation.path("method").asString());
		assertThat(mapping.path()).containsExactly(operation.path("path").asString());
		assertThat(Operation.of(method).httpMethod()).isEqualTo(operation.path("method").asString());
		assertThat(Operation.of(method).uriTemplate()).isEqualTo(operation.path("path").asString());
	}

	@ParameterizedTest
	@MethodSource("operations")
	void everyParameterCanBeSet(JsonNode operation) {
		Method method = method(operation);
		Set<String> parameters = Arrays.stream(method.getParameters())
			.map((parameter) -> parameter.getAnnotation(RequestParam.class))
			.filter((parameter) -> parameter != null)
			.map((parameter) -> parameter.name().isEmpty() ? parameter.value() : parameter.name())
			.collect(Collectors.toSet());
		assertThat(parameters).containsAll(operation.path("query")
			.valueStream()
			.map(JsonNode::asString)
			.filter((name) -> !DIFFERENCES.containsKey(method.getName() + " " + name))
			.toList());
	}

	@ParameterizedTest
	@MethodSource("operations")
	void everyFieldOfTheBodyCanBeSet(JsonNode operation) {
		Method method = method(operation);
		Optional<Type> body = Arrays.stream(method.getParameters())
			.filter((parameter) -> parameter.isAnnotationPresent(RequestBody.class))
			.map((parameter) -> parameter.getParameterizedType())
			.findFirst();
		assertThat(body.isPresent()).isEqualTo(operation.has("body"));
		body.ifPresent((type) -> assertHas(method.getName(), "", type, operation.path("body")));
	}

	@ParameterizedTest
	@MethodSource("operations")
	void everyFieldOfTheResponseCanBeRead(JsonNode operation) {
		Method method = method(operation);
		if (method.getReturnType() != Readiness.class) {
			assertHas(method.getName(), "", method.getGenericReturnType(), operation.path("response"));
		}
	}

	/**
	 * Checks that the fields of a specification are components of a record, at any depth.
	 */
	private static void assertHas(String operation, String path, Type type, JsonNode fields) {
		if (fields.isEmpty() || JsonNode.class == type) {
			return;
		}
		if (type instanceof ParameterizedType generic) {
			Type[] arguments = generic.getActualTypeArguments();
			boolean map = generic.getRawType() == Map.class;
			assertThat(generic.getRawType()).as(path).isIn(Page.class, List.class, Optional.class, Map.class);
			assertHas(operation, path, arguments[map ? 1 : 0], map ? fields.path("*") : fields);
			return;
		}
		Class<?> record = (Class<?>) type;
		assertThat(record.isRecord()).as("%s%s is read as a record, not as %s", operation, path, type).isTrue();
		Map<String, Type> components = components(record);
		if (components.isEmpty()) {
			assertHas(operation, path, record.getRecordComponents()[0].getGenericType(), fields);
			return;
		}
		Set<String> names = new LinkedHashSet<>(fields.propertyNames());
		names.removeIf((name) -> DIFFERENCES.containsKey(operation + " " + name));
		assertThat(components.keySet()).as("%s%s, %s", operation, path, record.getSimpleName()).containsAll(names);
		names.forEach((name) -> assertHas(operation, path + "/" + name, components.get(name), fields.get(name)));
	}

	/**
	 * Returns the components of a record by their names in JSON; none if the record is
	 * written as its only component.
	 */
	private static Map<String, Type> components(Class<?> record) {
		return Arrays.stream(record.getRecordComponents())
			.filter((component) -> annotation(component, JsonValue.class) == null)
			.collect(Collectors.toMap((component) -> annotation(component, JsonProperty.class).value(),
					RecordComponent::getGenericType));
	}

	private static <A extends Annotation> A annotation(RecordComponent component, Class<A> type) {
		return component.getAccessor().getAnnotation(type);
	}

	private static Method method(JsonNode operation) {
		return methods().filter((method) -> method.getName().equals(operation.path("name").asString()))
			.reduce((first, second) -> {
				throw new AssertionError("Two operations of the same name: " + first + ", " + second);
			})
			.orElseThrow(() -> new AssertionError("No operation " + operation.path("name")));
	}

	/**
	 * Returns the declared operations of all groups.
	 */
	private static Stream<Method> methods() {
		return Operations.all();
	}

}
