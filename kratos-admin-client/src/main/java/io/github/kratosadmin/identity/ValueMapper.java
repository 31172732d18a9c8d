package io.github.kratosadmin.identity;

import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.kratosadmin.internal.json.JsonErrors;
import io.github.kratosadmin.internal.json.KratosJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.exc.ValueInstantiationException;

import org.springframework.util.ConcurrentReferenceHashMap;

/**
 * Reads and writes traits and metadata as objects of the application, with the client's
 * mapper or with one that the application passes.
 */
final class ValueMapper {

	/** Uses the client's mapper. */
	static final ValueMapper DEFAULT = new ValueMapper(null);

	/** A mapper with one of these writes fields that have no value. */
	private static final Set<JsonInclude.Include> WRITES_ABSENT = Set.of(JsonInclude.Include.USE_DEFAULTS,
			JsonInclude.Include.ALWAYS, JsonInclude.Include.NON_NULL);

	/** A copy of a mapper is expensive: it has to learn the classes again. */
	private static final Map<ObjectMapper, ObjectMapper> COPIES = new ConcurrentReferenceHashMap<>();

	private final @Nullable ObjectMapper mapper;

	private ValueMapper(@Nullable ObjectMapper mapper) {
		this.mapper = mapper;
	}

	/**
	 * Uses the application's mapper. Fields without a value are not written, as with the
	 * client's mapper: identity schemas refuse {@code null}.
	 */
	static ValueMapper of(ObjectMapper mapper) {
		return new ValueMapper(COPIES.computeIfAbsent(KratosJson.required(mapper, "mapper"), ValueMapper::copy));
	}

	private static ObjectMapper copy(ObjectMapper mapper) {
		return mapper.rebuild()
			.changeDefaultPropertyInclusion((inclusion) -> WRITES_ABSENT.contains(inclusion.getValueInclusion())
					? inclusion.withValueInclusion(JsonInclude.Include.NON_ABSENT) : inclusion)
			.build();
	}

	/**
	 * Reads a tree as a class.
	 * @throws IllegalArgumentException if the tree does not fit the class
	 */
	<T> T read(JsonNode tree, Class<T> type, String what) {
		if (this.mapper == null) {
			return KratosJson.read(tree, type, what);
		}
		String failure = what + " cannot be read as " + type.getName() + ": ";
		T value;
		try {
			value = this.mapper.treeToValue(tree, type);
		}
		catch (RuntimeException ex) {
			// Deserializers quote values, so only the class's own exception is the cause.
			Throwable cause = (ex instanceof ValueInstantiationException) ? ex.getCause() : null;
			throw new IllegalArgumentException(failure + describe(ex), cause);
		}
		if (value == null) {
			throw new IllegalArgumentException(failure + "the JSON is null");
		}
		return value;
	}

	/**
	 * Writes an object as a tree.
	 * @throws IllegalArgumentException if the object cannot be written
	 */
	JsonNode write(Object value, String what) {
		if (this.mapper == null || value instanceof JsonNode) {
			return KratosJson.write(value, what);
		}
		try {
			return this.mapper.valueToTree(value);
		}
		catch (RuntimeException ex) {
			throw new IllegalArgumentException(
					what + " of type " + value.getClass().getName() + " cannot be written as JSON: " + describe(ex),
					ex.getCause());
		}
	}

	/**
	 * The exception of a serializer or deserializer may quote a value.
	 */
	private static String describe(RuntimeException ex) {
		return (ex instanceof JacksonException json) ? JsonErrors.describe(json) : ex.getClass().getSimpleName();
	}

}
