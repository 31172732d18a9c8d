package io.github.kratosadmin.test.embedded.internal.identity;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;

import io.github.kratosadmin.test.embedded.KratosEra;
import io.github.kratosadmin.test.embedded.internal.http.BodyDecoder;
import io.github.kratosadmin.test.embedded.internal.http.MalformedBodyException;
import io.github.kratosadmin.test.embedded.internal.text.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Applies a JSON Patch as Kratos does, which is more lenient than RFC 6902: a replace
 * adds a missing field, and an add creates missing parents. It supports only add, remove
 * and replace. Errors have the text of the library of Kratos.
 */
final class PatchOperations {

	private static final Set<String> OPERATIONS = Set.of("add", "remove", "replace");

	private static final Set<String> STANDARD_OPERATIONS = Set.of("add", "remove", "replace", "move", "copy", "test");

	private static final String MISSING = ": missing value";

	private final KratosEra era;

	private final List<JsonNode> operations = new ArrayList<>();

	private PatchOperations(KratosEra era) {
		this.era = era;
	}

	/**
	 * Reads a patch.
	 * @param era the era
	 * @param body the body of the request
	 * @throws MalformedBodyException if it is not a patch, or has a path that cannot be
	 * patched
	 */
	static PatchOperations read(KratosEra era, byte[] body) throws MalformedBodyException {
		PatchOperations patch = new PatchOperations(era);
		JsonNode operations = patch.parse(body);
		if (!operations.isArray() && !operations.isNull()) {
			throw mismatch(operations, "jsonpatch.Patch");
		}
		for (JsonNode operation : operations) {
			if (!operation.isObject()) {
				throw mismatch(operation, "jsonpatch.Operation");
			}
			patch.operations.add(operation);
		}
		if (patch.checksPatchesFirst()) {
			for (JsonNode operation : patch.operations) {
				check(operation);
			}
		}
		for (JsonNode operation : patch.operations) {
			patch.checkAllowed(operation);
		}
		return patch;
	}

	private JsonNode parse(byte[] body) throws MalformedBodyException {
		try {
			JsonNode node = Json.readWhole(body);
			if (!node.isMissingNode()) {
				return node;
			}
		}
		catch (JacksonException ex) {
			if (!checksPatchesFirst()) {
				throw new MalformedBodyException("invalid JSON: " + ex.getOriginalMessage());
			}
		}
		throw new MalformedBodyException(
				checksPatchesFirst() ? "invalid state detected" : "unexpected end of JSON input");
	}

	private static MalformedBodyException mismatch(JsonNode node, String type) {
		return new MalformedBodyException(
				"json: cannot unmarshal " + BodyDecoder.kind(node) + " into Go value of type " + type);
	}

	private static void check(JsonNode operation) throws MalformedBodyException {
		String kind = operation.path("op").asString("");
		String problem = null;
		if (!STANDARD_OPERATIONS.contains(kind)) {
			problem = "unsupported operation";
		}
		else if (!operation.path("path").isString()) {
			problem = "failed to decode 'path': operation missing path field" + MISSING;
		}
		else if (Set.of("add", "replace").contains(kind) && !operation.has("value")) {
			problem = "failed to decode 'value': operation, missing value field" + MISSING;
		}
		if (problem != null) {
			ObjectNode sorted = Json.object();
			TreeMap<String, JsonNode> fields = new TreeMap<>();
			operation.forEachEntry(fields::put);
			fields.forEach(sorted::set);
			throw new MalformedBodyException("invalid operation " + sorted + ": " + problem);
		}
	}

	private void checkAllowed(JsonNode operation) throws MalformedBodyException {
		String kind = operation.path("op").asString("unknown");
		if (!OPERATIONS.contains(kind)) {
			throw new MalformedBodyException("unsupported operation: " + kind);
		}
		JsonNode path = operation.path("path");
		if (!path.isString()) {
			throw new MalformedBodyException("error parsing patch operations: operation missing path field" + MISSING);
		}
		if (isDenied(path.asString())) {
			throw new MalformedBodyException("patch includes denied path: " + path.asString());
		}
	}

	private boolean isDenied(String path) {
		if (!checksPatchesFirst()) {
			return Set.of("/id", "/stateChangedAt", "/credentials").contains(path);
		}
		String lower = path.toLowerCase(Locale.ROOT);
		if (IdentityRules.checksTypesOfPatchedCredentials(this.era)
				&& (lower + "/").matches("/credentials/(oidc|saml)/.*")) {
			return true;
		}
		return Set.of("/id", "/statechangedat", "/credentials").contains(lower)
				|| lower.startsWith("/credentials/oidc/");
	}

	/**
	 * Applies the patch.
	 * @param document the document to change
	 * @throws MalformedBodyException if it does not apply
	 */
	void apply(ObjectNode document) throws MalformedBodyException {
		for (JsonNode operation : this.operations) {
			String path = operation.path("path").asString();
			JsonNode value = operation.has("value") ? operation.path("value") : Json.nothing();
			switch (operation.path("op").asString()) {
				case "add" -> add(document, path, value);
				case "remove" -> remove(document, path);
				default -> replace(document, path, value);
			}
		}
	}

	private void add(ObjectNode document, String path, JsonNode value) throws MalformedBodyException {
		String[] keys = keys(path);
		if (keys.length == 0) {
			if (!path.isEmpty() || !checksPatchesFirst() || !value.isObject()) {
				throw missingPath("add", "\"" + path + "\"");
			}
			document.removeAll();
			document.setAll((ObjectNode) value);
			return;
		}
		JsonNode container = ensureParent(document, keys);
		String key = keys[keys.length - 1];
		if (container instanceof ObjectNode object) {
			object.set(key, value);
			return;
		}
		insert((ArrayNode) container, key, value, path);
	}

	private static void insert(ArrayNode array, String key, JsonNode value, String path) throws MalformedBodyException {
		if (key.equals("-")) {
			array.add(value);
			return;
		}
		String failed = "error in add for path: '" + path + "': ";
		Integer index = index(key);
		if (index == null) {
			throw new MalformedBodyException(
					failed + "value was not a proper array index: '" + key + "': " + syntax(key));
		}
		int size = array.size() + 1;
		array.insert(position(index, size, failed), value);
	}

	/**
	 * Creates the missing parents of a key: an array if the next key is an index, filled
	 * with nulls up to the index, otherwise an object.
	 */
	private JsonNode ensureParent(ObjectNode document, String[] keys) throws MalformedBodyException {
		JsonNode container = document;
		for (int i = 0; i < keys.length - 1; i++) {
			JsonNode next = child(container, keys[i]);
			if (next == null || next.isNull()) {
				next = create(keys[i + 1]);
				put(container, keys[i], next, String.join("/", keys));
			}
			if (!next.isContainer()) {
				throw new MalformedBodyException(
						checksPatchesFirst() ? "invalid state detected" : "json: cannot unmarshal "
								+ BodyDecoder.kind(next) + " into Go value of type map[string]*jsonpatch.lazyNode");
			}
			container = next;
		}
		return container;
	}

	private static JsonNode create(String nextKey) {
		Integer index = nextKey.equals("-") ? Integer.valueOf(0) : index(nextKey);
		if (index == null) {
			return Json.object();
		}
		ArrayNode array = Json.array();
		for (int i = 0; i < index; i++) {
			array.addNull();
		}
		return array;
	}

	private static void put(JsonNode container, String key, JsonNode value, String path) throws MalformedBodyException {
		if (container instanceof ObjectNode object) {
			object.set(key, value);
			return;
		}
		ArrayNode array = (ArrayNode) container;
		Integer index = index(key);
		if (index != null && index >= 0 && index < array.size()) {
			array.set(index, value);
			return;
		}
		while (index != null && array.size() < index) {
			array.addNull();
		}
		insert(array, key, value, path);
	}

	private static void remove(ObjectNode document, String path) throws MalformedBodyException {
		String[] keys = keys(path);
		JsonNode container = parent(document, keys);
		if (container == null) {
			throw missingPath("remove", "\"" + path + "\"");
		}
		String key = keys[keys.length - 1];
		String failed = "error in remove for path: '" + path + "': ";
		if (container instanceof ObjectNode object) {
			if (!object.has(key)) {
				throw new MalformedBodyException(failed + "unable to remove nonexistent key: " + key + MISSING);
			}
			object.remove(key);
			return;
		}
		Integer index = index(key);
		if (index == null) {
			throw new MalformedBodyException(failed + syntax(key));
		}
		((ArrayNode) container).remove(position(index, container.size(), failed));
	}

	private void replace(ObjectNode document, String path, JsonNode value) throws MalformedBodyException {
		String[] keys = keys(path);
		String last = (keys.length == 0) ? "" : keys[keys.length - 1];
		if (!last.equals("-") && index(last) == null) {
			add(document, path, value);
			return;
		}
		JsonNode container = parent(document, keys);
		if (container == null) {
			throw missingPath("replace", path);
		}
		if (child(container, last) == null) {
			throw new MalformedBodyException("replace operation does not apply: doc is missing key: " + path + MISSING);
		}
		put(container, last, value, path);
	}

	private static @Nullable JsonNode parent(ObjectNode document, String[] keys) {
		JsonNode container = (keys.length == 0) ? null : document;
		for (int i = 0; i < keys.length - 1 && container != null; i++) {
			JsonNode next = child(container, keys[i]);
			container = (next != null && next.isContainer()) ? next : null;
		}
		return container;
	}

	private static @Nullable JsonNode child(JsonNode container, String key) {
		if (container.isObject()) {
			return container.get(key);
		}
		Integer index = index(key);
		if (index == null) {
			return null;
		}
		return container.get((index < 0) ? index + container.size() : index);
	}

	/**
	 * The decoded keys of a path, empty if the path has no slash.
	 */
	private static String[] keys(String path) {
		String[] split = path.split("/", -1);
		String[] keys = new String[split.length - 1];
		for (int i = 1; i < split.length; i++) {
			keys[i - 1] = split[i].replace("~1", "/").replace("~0", "~");
		}
		return keys;
	}

	private static @Nullable Integer index(String key) {
		try {
			return Integer.valueOf(key);
		}
		catch (NumberFormatException ex) {
			return null;
		}
	}

	private static int position(int index, int size, String failed) throws MalformedBodyException {
		if (index >= size || index < -size) {
			throw new MalformedBodyException(
					failed + "Unable to access invalid index: " + index + ": invalid index referenced");
		}
		return (index < 0) ? index + size : index;
	}

	private static String syntax(String key) {
		return "strconv.Atoi: parsing \"" + key + "\": invalid syntax";
	}

	private static MalformedBodyException missingPath(String operation, String path) {
		return new MalformedBodyException(
				operation + " operation does not apply: doc is missing path: " + path + MISSING);
	}

	/**
	 * Whether a patch is checked before it is applied, and the case of its paths is
	 * ignored.
	 */
	private boolean checksPatchesFirst() {
		return this.era.isAtLeast(KratosEra.V26);
	}

}
