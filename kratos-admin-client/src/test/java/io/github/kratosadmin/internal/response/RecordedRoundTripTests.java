package io.github.kratosadmin.internal.response;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.error.KratosError;
import io.github.kratosadmin.internal.json.KratosJson;
import io.github.kratosadmin.metadata.Readiness;
import io.github.kratosadmin.paging.Page;
import io.github.kratosadmin.testing.Recording;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that results lose nothing: each recorded response equals the JSON that the
 * client's mapper writes for its result. Times are equal if they are the same instant,
 * numbers if they have the same value. A field omitted by Kratos may be written as its
 * default in Go: {@code null}, {@code false}, zero or empty. Conversely, a field that
 * Kratos sent as {@code null} or as Go's zero time may be omitted.
 */
class RecordedRoundTripTests {

	private static final Instant GO_ZERO_TIME = Instant.parse("0001-01-01T00:00:00Z");

	private static final Map<String, Type> RESULTS = Arrays.stream(KratosAdmin.class.getMethods())
		.map(Method::getReturnType)
		.filter((type) -> type.isInterface() && type.getSimpleName().endsWith("Api"))
		.flatMap((api) -> Arrays.stream(api.getMethods()))
		.filter((method) -> Modifier.isAbstract(method.getModifiers()))
		.collect(Collectors.toMap(Method::getName, Method::getGenericReturnType));

	static Stream<Recording> recordings() {
		return Stream.of("v0.6.3-alpha.1", "v1.3.1", "v26.2.0", "next-2026-07-29")
			.flatMap((version) -> Stream.of("admin", "public")
				.flatMap((server) -> Recording.of(version, server).stream()));
	}

	static Stream<Recording> results() {
		return recordings().filter((recording) -> recording.status() < 300)
			.filter((recording) -> RESULTS.containsKey(recording.operation()))
			.filter((recording) -> isRead(RESULTS.get(recording.operation())))
			.filter((recording) -> recording.body().isContainer());
	}

	static Stream<Recording> failures() {
		return recordings().filter((recording) -> recording.body().path("error").isObject());
	}

	@Test
	void everyOperationWithAResultWasRecorded() {
		Set<String> read = RESULTS.entrySet()
			.stream()
			.filter((operation) -> isRead(operation.getValue()))
			.map(Map.Entry::getKey)
			.collect(Collectors.toSet());
		Set<String> recorded = results().map(Recording::operation).collect(Collectors.toSet());
		assertThat(recorded).isSubsetOf(read);
		assertThat(read).as("without a recording").isEqualTo(recorded);
		assertThat(results()).hasSizeGreaterThan(200);
		assertThat(failures()).hasSizeGreaterThan(100);
	}

	@ParameterizedTest
	@MethodSource("results")
	void aRecordedResultLosesNothing(Recording recording) {
		assertThat(differences(recording.body(), bodyType(RESULTS.get(recording.operation())))).isEmpty();
	}

	@ParameterizedTest
	@MethodSource("failures")
	void aRecordedErrorLosesNothing(Recording recording) {
		assertThat(differences(recording.body().get("error"), type(KratosError.class))).isEmpty();
	}

	private static boolean isRead(Type type) {
		return type != void.class && type != String.class && type != JsonNode.class && type != Readiness.class;
	}

	/** The type of the body; for a page, the list of its items. */
	private static JavaType bodyType(Type type) {
		if (type instanceof ParameterizedType generic) {
			JavaType item = type(generic.getActualTypeArguments()[0]);
			boolean list = generic.getRawType() == Page.class || generic.getRawType() == List.class;
			return list ? KratosJson.mapper().getTypeFactory().constructCollectionType(List.class, item) : item;
		}
		return type(type);
	}

	private static JavaType type(Type type) {
		return KratosJson.mapper().getTypeFactory().constructType(type);
	}

	private static List<String> differences(JsonNode sent, JavaType type) {
		JsonMapper mapper = KratosJson.mapper();
		// The recorded tree does not have exact decimals yet.
		JsonNode exact = mapper.readTree(sent.toString());
		Object result = mapper.readValue(sent.toString(), type);
		JsonNode written = mapper.readTree(mapper.writeValueAsString(result));
		List<String> differences = new ArrayList<>();
		compare("", exact, written, differences);
		return differences;
	}

	private static void compare(String path, JsonNode sent, JsonNode written, List<String> differences) {
		if (sent.isObject() && written.isObject()) {
			Set<String> names = new LinkedHashSet<>(sent.propertyNames());
			names.addAll(written.propertyNames());
			names.forEach((name) -> compare(path + "/" + name, sent.path(name), written.path(name), differences));
		}
		else if (sent.isArray() && written.isArray() && sent.size() == written.size()) {
			for (int i = 0; i < sent.size(); i++) {
				compare(path + "/" + i, sent.get(i), written.get(i), differences);
			}
		}
		else if (!isSame(sent, written)) {
			differences.add(path + ": " + sent + " became " + written);
		}
	}

	private static boolean isSame(JsonNode sent, JsonNode written) {
		if (sent.isMissingNode() || sent.isNull()) {
			return isNothing(written);
		}
		if (sent.isNumber() && written.isNumber()) {
			return sent.decimalValue().compareTo(written.decimalValue()) == 0;
		}
		Instant time = sent.isString() ? time(sent) : null;
		if (time != null && !sent.equals(written)) {
			return time.equals(GO_ZERO_TIME) ? isNothing(written) : written.isString() && time.equals(time(written));
		}
		return sent.equals(written);
	}

	/**
	 * Whether a value is a default that stands for a missing value.
	 */
	private static boolean isNothing(JsonNode value) {
		return switch (value.getNodeType()) {
			case MISSING, NULL -> true;
			case BOOLEAN -> !value.booleanValue();
			case NUMBER -> value.decimalValue().signum() == 0;
			case ARRAY, OBJECT -> value.valueStream().allMatch(RecordedRoundTripTests::isNothing);
			default -> false;
		};
	}

	private static Instant time(JsonNode text) {
		try {
			return OffsetDateTime.parse(text.stringValue()).toInstant();
		}
		catch (DateTimeException ex) {
			return null;
		}
	}

}
