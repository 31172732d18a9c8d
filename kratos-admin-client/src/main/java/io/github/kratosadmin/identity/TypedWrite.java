package io.github.kratosadmin.identity;

import java.util.Map;
import java.util.stream.IntStream;

import io.github.kratosadmin.internal.json.KratosJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes an object of the application's over a JSON tree that may have more than its
 * class. The tree is read as that class and written again, to see what the class knows of
 * it: that is replaced, and the rest stays. What the object does not change stays as it
 * is written in the tree.
 */
final class TypedWrite {

	private final String what;

	private final String type;

	private TypedWrite(String what, String type) {
		this.what = what;
		this.type = type;
	}

	/**
	 * Writes a value over a tree.
	 * @param base the tree, or {@code null} if there is none
	 * @param value an object of a class; a map or a JSON tree replaces the tree
	 * @param what what the value is, for the message of a failure
	 * @return the tree to send
	 * @throws IllegalArgumentException if the value cannot be written as JSON, or
	 * something that its class lacks cannot be kept
	 */
	static JsonNode over(@Nullable JsonNode base, Object value, String what) {
		JsonNode written = KratosJson.write(value, what);
		if (value instanceof JsonNode || value instanceof Map || !written.isObject() || base == null
				|| !base.isObject()) {
			return written;
		}
		Object read;
		try {
			read = KratosJson.read(base, value.getClass(), "The identity's " + what);
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException(ex.getMessage() + ". What " + value.getClass().getName()
					+ " lacks would be lost: give a map or a JSON tree to replace all " + what, ex.getCause());
		}
		return new TypedWrite(what, value.getClass().getName()).merge(base, KratosJson.write(read, what), written);
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
					"The identity's " + this.what + " have a list whose elements have more than " + this.type
							+ " knows, and which of them are kept cannot be told: change a JSON tree instead");
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
			// What a class makes of an absent field, such as 0, is no change.
			if (!base.has(name) && !value.equals(known.get(name))) {
				merged.set(name, value);
			}
		});
		return merged;
	}

	/**
	 * Whether objects within a tree have fields that are not known. What is {@code null}
	 * is not written.
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
