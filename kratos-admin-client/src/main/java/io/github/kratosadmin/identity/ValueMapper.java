package io.github.kratosadmin.identity;

import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.kratosadmin.internal.json.JsonErrors;
import io.github.kratosadmin.internal.json.KratosJson;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.exc.ValueInstantiationException;

import org.springframework.util.ConcurrentReferenceHashMap;

/**
 * Reads and writes traits and metadata as objects of the application, with the mapper of
 * the client or with one of the application.
 */
final class ValueMapper {

	/** Uses the mapper of the client. */
	static final ValueMapper DEFAULT = new ValueMapper(KratosJson.values());

	/** A mapper with one of these settings writes fields that have no value. */
	private static final Set<JsonInclude.Include> WRITES_ABSENT = Set.of(JsonInclude.Include.USE_DEFAULTS,
			JsonInclude.Include.ALWAYS, JsonInclude.Include.NON_NULL);

	/** Cached: each copy of a mapper has to introspect the classes again. */
	private static final Map<ObjectMapper, ObjectMapper> COPIES = new ConcurrentReferenceHashMap<>();

	private final ObjectMapper mapper;

	private ValueMapper(ObjectMapper mapper) {
		this.mapper = mapper;
	}

	/**
	 * Returns an instance with a mapper of the application. Fields without a value are
	 * not written, as with the mapper of the client: identity schemas reject
	 * {@code null}.
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
		String failure = what + " cannot be read as " + type.getName() + ": ";
		T value;
		try {
			value = this.mapper.treeToValue(tree, type);
		}
		catch (RuntimeException ex) {
			// Deserializers quote values: only an exception of the class itself is kept.
			Throwable cause = (ex instanceof ValueInstantiationException) ? ex.getCause() : null;
			throw new IllegalArgumentException(failure + describe(ex), cause);
		}
		if (value == null) {
			throw new IllegalArgumentException(failure + "the JSON is null");
		}
		return value;
	}

	/**
	 * Writes an object as a tree. A tree is returned as it is.
	 * @throws IllegalArgumentException if the object cannot be written
	 */
	JsonNode write(Object value, String what) {
		try {
			return (value instanceof JsonNode tree) ? tree : this.mapper.valueToTree(value);
		}
		catch (RuntimeException ex) {
			throw new IllegalArgumentException(
					what + " of type " + value.getClass().getName() + " cannot be written as JSON: " + describe(ex),
					ex.getCause());
		}
	}

	/**
	 * Describes an exception of a serializer or deserializer without its message, which
	 * may quote a value.
	 */
	private static String describe(RuntimeException ex) {
		return (ex instanceof JacksonException json) ? JsonErrors.describe(json) : ex.getClass().getSimpleName();
	}

}
