package io.github.kratosadmin.identity;

import java.util.Map;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Merges an object of the application into a JSON tree. To determine the fields of the
 * class, the tree is read as the class and written again. Fields of the class are
 * replaced, and the others stay the same. Unchanged fields keep their notation in the
 * tree, such as the digits of a number.
 */
final class TypedWrite {

	private final String what;

	private final String type;

	private TypedWrite(String what, String type) {
		this.what = what;
		this.type = type;
	}

	/**
	 * Merges a value into a tree.
	 * @param mapper the mapper that reads and writes the value
	 * @param base the tree, or {@code null} if there is none
	 * @param value an object of a class to merge; a map or a JSON tree replaces the tree
	 * @param what the name of the value, for error messages
	 * @return the tree to send
	 * @throws IllegalArgumentException if the value cannot be written as JSON, or fields
	 * that its class does not have cannot be kept
	 */
	static JsonNode over(ValueMapper mapper, @Nullable JsonNode base, Object value, String what) {
		JsonNode written = mapper.write(value, what);
		if (value instanceof JsonNode || value instanceof Map || !written.isObject() || base == null
				|| !base.isObject()) {
			return written;
		}
		Object read;
		try {
			read = mapper.read(base, value.getClass(), "The identity's " + what);
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException(
					ex.getMessage() + ". Fields that " + value.getClass().getName()
							+ " does not have would be lost: pass a map or a JSON tree to replace all " + what,
					ex.getCause());
		}
		return new TypedWrite(what, value.getClass().getName()).merge(base, mapper.write(read, what), written);
	}

	private JsonNode merge(JsonNode base, JsonNode known, JsonNode written) {
		if (written.equals(known)) {
			return base;
		}
		if (base.isObject() && known.isObject() && written.isObject()) {
			return mergeObjects(base.asObject(), known.asObject(), written.asObject());
		}
		if (base.isArray() && hasMore(base, known)) {
			throw new IllegalArgumentException(
					"A changed list in the identity's " + this.what + " has elements with fields that " + this.type
							+ " does not have, and they would be lost: change a JSON tree instead");
		}
		return written;
	}

	private JsonNode mergeObjects(ObjectNode base, ObjectNode known, ObjectNode written) {
		ObjectNode merged = base.objectNode();
		base.forEachEntry((name, value) -> {
			JsonNode of = known.get(name);
			JsonNode to = written.get(name);
			if (of == null) {
				merged.set(name, (to != null) ? to : value);
			}
			else if (to != null) {
				merged.set(name, merge(value, of, to));
			}
		});
		written.forEachEntry((name, value) -> {
			// The default for a missing field, such as 0, is not a change.
			if (!base.has(name) && !value.equals(known.get(name))) {
				merged.set(name, value);
			}
		});
		return merged;
	}

	/**
	 * Returns whether objects in a tree have fields that the class does not have. A
	 * {@code null} does not count: it is not written.
	 */
	private static boolean hasMore(JsonNode base, JsonNode known) {
		if (base.isArray() && known.isArray()) {
			return base.size() != known.size()
					|| IntStream.range(0, base.size()).anyMatch((i) -> hasMore(base.get(i), known.get(i)));
		}
		return base.isObject() && base.propertyStream()
			.filter((field) -> !field.getValue().isNull())
			.anyMatch((field) -> !known.has(field.getKey()) || hasMore(field.getValue(), known.get(field.getKey())));
	}

}
