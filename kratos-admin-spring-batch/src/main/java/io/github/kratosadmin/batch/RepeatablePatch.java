package io.github.kratosadmin.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import io.github.kratosadmin.identity.Identity;
import io.github.kratosadmin.identity.JsonPatch;
import io.github.kratosadmin.identity.JsonPatch.Operation;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Determines whether a patch has the same result if it is made again.
 */
final class RepeatablePatch {

	/** As Kratos reads the index of an element: -1 is the last one. */
	private static final Pattern INDEX = Pattern.compile("/[+-]?[0-9]+\\z");

	private static final Pattern END_OF_ARRAY = Pattern.compile("/-(/|\\z)");

	/** The fields that can be removed, or of which parts can be. */
	private static final List<String> FIELDS = List.of("/traits", "/metadata_public", "/metadata_admin", "/external_id",
			"/organization_id");

	private RepeatablePatch() {
	}

	/**
	 * Returns why a patch cannot be made again.
	 * @return the reason, or {@code null} if it can
	 */
	static @Nullable String problem(JsonPatch patch) {
		for (Operation operation : patch.operations()) {
			String path = operation.path();
			if (END_OF_ARRAY.matcher(path).find()
					|| (!operation.op().equals("replace") && INDEX.matcher(path).find())) {
				return "'" + operation + "' may insert or remove an element of an array, and would do so again after"
						+ " a crash: replace the whole array";
			}
		}
		if (changes(patch, "/verifiable_addresses/") && (changes(patch, "/traits") || changes(patch, "/schema_id"))) {
			return "A patch of the traits may put another address in the place of the one that it changes, and would"
					+ " change that one after a crash: change the addresses in a second step";
		}
		return null;
	}

	private static boolean changes(JsonPatch patch, String path) {
		return patch.operations().stream().anyMatch((operation) -> operation.path().startsWith(path));
	}

	/**
	 * Returns whether a patch removes a field.
	 */
	static boolean removes(JsonPatch patch) {
		return patch.operations().stream().anyMatch(RepeatablePatch::removes);
	}

	private static boolean removes(Operation operation) {
		return operation.op().equals("remove");
	}

	/**
	 * Returns the operations of a patch, without those that remove a field that the
	 * identity does not have. Others that Kratos may have refused remain, such as one
	 * that removes the state.
	 */
	static List<Operation> withoutAbsent(JsonPatch patch, Identity identity) {
		ObjectNode fields = JsonNodeFactory.instance.objectNode();
		fields.set("traits", identity.traits());
		set(fields, "metadata_public", identity.metadataPublic());
		set(fields, "metadata_admin", identity.metadataAdmin());
		set(fields, "external_id", text(identity.externalId()));
		set(fields, "organization_id", text(identity.organizationId()));
		List<Operation> remaining = new ArrayList<>();
		for (Operation operation : patch.operations()) {
			String path = operation.path();
			// An earlier operation may add the field.
			if (!removes(operation) || !isAbsent(path, fields)
					|| remaining.stream().anyMatch((earlier) -> overlap(earlier.path(), path))) {
				remaining.add(operation);
			}
		}
		return remaining;
	}

	private static boolean isAbsent(String path, ObjectNode fields) {
		return FIELDS.stream().anyMatch((field) -> contains(field, path)) && fields.at(path).isMissingNode();
	}

	private static boolean overlap(String path, String other) {
		return contains(path, other) || contains(other, path);
	}

	private static boolean contains(String path, String other) {
		return other.equals(path) || other.startsWith(path + "/");
	}

	private static void set(ObjectNode fields, String name, @Nullable JsonNode value) {
		if (value != null) {
			fields.set(name, value);
		}
	}

	private static @Nullable JsonNode text(@Nullable String value) {
		return (value != null) ? JsonNodeFactory.instance.stringNode(value) : null;
	}

}
