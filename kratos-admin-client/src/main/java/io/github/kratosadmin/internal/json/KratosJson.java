package io.github.kratosadmin.internal.json;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/**
 * Reads and writes the JSON of the Kratos API. The client has its own mapper, so the
 * application's Jackson settings have no effect on it.
 */
public final class KratosJson {

	/**
	 * Names, values and ends in one document: five thousand for each of a thousand
	 * identities. Without a limit, very small objects take many times the memory of the
	 * body.
	 */
	private static final long MAX_TOKENS = 5_000_000;

	/**
	 * The default of the maximum nesting, far more than schemas and traits have.
	 */
	public static final int MAX_NESTING = 500;

	/** More than a picture in the traits has in Base64. */
	private static final int MAX_STRING_LENGTH = 20_000_000;

	/** More digits than a meaningful number has: reading it would take too long. */
	private static final int MAX_NUMBER_LENGTH = 1000;

	private static final int MAX_NAME_LENGTH = 50_000;

	private static final JsonMapper MAPPER = builder().annotationIntrospector(new WireAnnotationIntrospector()).build();

	private static final JsonMapper VALUES = builder()
		.changeDefaultPropertyInclusion((inclusion) -> JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT,
				JsonInclude.Include.CUSTOM, null, EmptyOptional.class))
		.build();

	private KratosJson() {
	}

	private static JsonMapper.Builder builder() {
		return JsonMapper.builder(factory(MAX_NESTING))
			.addModule(new SimpleModule().addDeserializer(Instant.class, new TimestampDeserializer()))
			.disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
			// A tree that is read and written back must not lose a digit.
			.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
			.disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES);
	}

	/**
	 * Returns the mapper for all JSON of the Kratos API. Unlike other mappers, it writes
	 * the secrets and the unknown fields of records.
	 * @return the mapper, which is immutable and thread-safe
	 */
	public static JsonMapper mapper() {
		return MAPPER;
	}

	/**
	 * Returns the mapper for classes of the application. An identity schema rejects
	 * {@code null} for a value that may be absent. Properties that are {@code null} or an
	 * empty {@link Optional} are therefore left out, and so is an empty {@link Optional}
	 * in a map. A {@code null} in a map or a tree is written.
	 * @return the mapper, which is immutable and thread-safe
	 */
	public static JsonMapper values() {
		return VALUES;
	}

	/**
	 * Returns a factory of parsers with limits, so that JSON that Kratos never sends does
	 * not take up time and memory.
	 * @param maxNesting the maximum nesting
	 * @return the factory
	 */
	public static JsonFactory factory(int maxNesting) {
		StreamReadConstraints constraints = StreamReadConstraints.builder()
			.maxNestingDepth(maxNesting)
			.maxStringLength(MAX_STRING_LENGTH)
			.maxNumberLength(MAX_NUMBER_LENGTH)
			.maxNameLength(MAX_NAME_LENGTH)
			.maxTokenCount(MAX_TOKENS)
			.build();
		return JsonFactory.builder().streamReadConstraints(constraints).build();
	}

	/**
	 * Cleans a list, which Kratos may leave out or send with {@code null} in it.
	 * @param <T> the type of the elements
	 * @param list the list, or {@code null}
	 * @return an unmodifiable list without {@code null}, empty if there is no list
	 */
	public static <T> List<T> listOf(@Nullable List<T> list) {
		if (list == null || list.isEmpty()) {
			return List.of();
		}
		List<T> copy = new ArrayList<>(list);
		copy.removeIf(Objects::isNull);
		return Collections.unmodifiableList(copy);
	}

	/**
	 * Cleans a map, which Kratos may leave out or send with {@code null} in it.
	 * @param <T> the type of the values
	 * @param map the map, or {@code null}
	 * @return an unmodifiable map without {@code null}, empty if there is no map
	 */
	public static <T> Map<String, T> mapOf(@Nullable Map<String, T> map) {
		if (map == null || map.isEmpty()) {
			return Map.of();
		}
		Map<String, T> copy = new LinkedHashMap<>(map);
		copy.values().removeIf(Objects::isNull);
		return Collections.unmodifiableMap(copy);
	}

	/**
	 * Copies trees, so that the copies can be changed.
	 * @param trees the trees by name
	 * @return the copies by name
	 */
	public static Map<String, JsonNode> copyOf(Map<String, JsonNode> trees) {
		Map<String, JsonNode> copy = new LinkedHashMap<>(trees);
		copy.replaceAll((name, tree) -> tree.deepCopy());
		return copy;
	}

	/**
	 * Cleans a tree, which Kratos may leave out or send as a JSON {@code null}.
	 * @param tree the tree, or {@code null}
	 * @return the tree, or {@code null} for a JSON {@code null}
	 */
	public static @Nullable JsonNode orNull(@Nullable JsonNode tree) {
		return (tree != null && !tree.isNull()) ? tree : null;
	}

	/**
	 * Checks that a value is not missing.
	 * @param <T> the type of the value
	 * @param value the value, or {@code null}
	 * @param name the name of the value
	 * @return the value
	 * @throws IllegalArgumentException if the value is {@code null}
	 */
	public static <T> T required(@Nullable T value, String name) {
		if (value == null) {
			throw new IllegalArgumentException(name + " is missing");
		}
		return value;
	}

	/**
	 * Equals the values that Jackson leaves out of a map.
	 */
	@SuppressWarnings("EqualsWhichDoesntCheckParameterClass")
	static final class EmptyOptional {

		@Override
		public boolean equals(@Nullable Object value) {
			return value instanceof Optional<?> optional && optional.isEmpty();
		}

		@Override
		public int hashCode() {
			return 0;
		}

	}

}
