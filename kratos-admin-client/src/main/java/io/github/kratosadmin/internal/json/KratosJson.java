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
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.exc.ValueInstantiationException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/**
 * Reads and writes the JSON of the Kratos API. The client has its own mapper, so the
 * application's Jackson settings have no effect on it.
 */
public final class KratosJson {

	/**
	 * Names, values and ends in one document: five thousand for each of a thousand
	 * identities. Without a limit the smallest of objects take many times the memory that
	 * the body has.
	 */
	private static final long MAX_TOKENS = 5_000_000;

	/**
	 * How deep JSON is nested at most, unless set otherwise: schemas and traits stay far
	 * below.
	 */
	public static final int MAX_NESTING = 500;

	/** A picture in the traits, in Base64, has less. */
	private static final int MAX_STRING_LENGTH = 20_000_000;

	/** More digits than a number means something with; to read it takes ever longer. */
	private static final int MAX_NUMBER_LENGTH = 1000;

	private static final int MAX_NAME_LENGTH = 50_000;

	private static final JsonMapper MAPPER = builder().annotationIntrospector(new WireAnnotationIntrospector()).build();

	/**
	 * For the application's own classes. An identity schema refuses {@code null} where a
	 * value may be absent: a value that a class has none for is left out, and so is an
	 * empty {@link Optional} of a map. What a map or a tree says is sent as it is.
	 */
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
	 * The mapper for everything that Kratos sends and receives. It writes secrets, and
	 * what a record does not know, which no other mapper does.
	 * @return the mapper, immutable and safe for use by many threads
	 */
	public static JsonMapper mapper() {
		return MAPPER;
	}

	/**
	 * Makes parsers that stop at what no Kratos sends, before it takes up time and
	 * memory: strings, numbers and names that are too long, and nesting.
	 * @param maxNesting how deep the JSON may be nested
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
	 * Reads a JSON tree as a class of the application's.
	 * @param <T> the class
	 * @param tree the tree, such as an identity's traits
	 * @param type the class to read it as
	 * @param what what the tree is, for the message of a failure
	 * @return the value
	 * @throws IllegalArgumentException if the tree does not fit the class; the message
	 * names the field
	 */
	public static <T> T read(JsonNode tree, Class<T> type, String what) {
		String failure = what + " cannot be read as " + type.getName() + ": ";
		T value;
		try {
			value = VALUES.treeToValue(tree, type);
		}
		catch (JacksonException ex) {
			// What the class itself threw is passed on, but not what quotes a value.
			Throwable cause = (ex instanceof ValueInstantiationException) ? ex.getCause() : null;
			throw new IllegalArgumentException(failure + JsonErrors.describe(ex), cause);
		}
		if (value == null) {
			throw new IllegalArgumentException(failure + "the JSON is null");
		}
		return value;
	}

	/**
	 * Turns an object of the application's into a JSON tree. Properties of classes that
	 * are {@code null} or an empty {@link Optional} are left out, at any depth, as is an
	 * empty {@link Optional} in a map; a {@code null} in a map or a tree is kept.
	 * @param value the object; a tree is taken as it is
	 * @param what what the object is, for the message of a failure
	 * @return the tree
	 * @throws IllegalArgumentException if the object cannot be written as JSON
	 */
	public static JsonNode write(Object value, String what) {
		try {
			return (value instanceof JsonNode tree) ? tree : VALUES.valueToTree(value);
		}
		catch (JacksonException ex) {
			throw new IllegalArgumentException(what + " of type " + value.getClass().getName()
					+ " cannot be written as JSON: " + JsonErrors.describe(ex), ex.getCause());
		}
	}

	/**
	 * A list as Kratos may send it: absent, {@code null}, or with {@code null} in it.
	 * @param <T> the type of the elements
	 * @param list the list, or {@code null}
	 * @return an unmodifiable list without {@code null}, empty where there was no list
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
	 * A map as Kratos may send it: absent, {@code null}, or with {@code null} in it.
	 * @param <T> the type of the values
	 * @param map the map, or {@code null}
	 * @return an unmodifiable map without {@code null}, empty where there was no map
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
	 * Copies trees, so that they may be changed.
	 * @param trees the trees, by name
	 * @return a map of other trees that are equal
	 */
	public static Map<String, JsonNode> copyOf(Map<String, JsonNode> trees) {
		Map<String, JsonNode> copy = new LinkedHashMap<>(trees);
		copy.replaceAll((name, tree) -> tree.deepCopy());
		return copy;
	}

	/**
	 * A tree as Kratos may send it: absent or a JSON {@code null}.
	 * @param tree the tree, or {@code null}
	 * @return the tree, {@code null} for a JSON {@code null}
	 */
	public static @Nullable JsonNode orNull(@Nullable JsonNode tree) {
		return (tree != null && !tree.isNull()) ? tree : null;
	}

	/**
	 * Insists on a value.
	 * @param <T> the type of the value
	 * @param value the value, or {@code null}
	 * @param name the name of the value
	 * @return the value
	 * @throws IllegalArgumentException if there is none
	 */
	public static <T> T required(@Nullable T value, String name) {
		if (value == null) {
			throw new IllegalArgumentException(name + " is missing");
		}
		return value;
	}

	/**
	 * Equals what Jackson leaves out of a map.
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
