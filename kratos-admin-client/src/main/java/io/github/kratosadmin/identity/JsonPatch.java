package io.github.kratosadmin.identity;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

import static com.fasterxml.jackson.annotation.JsonProperty.Access.WRITE_ONLY;

/**
 * A JSON Patch (RFC 6902) with changes to an identity. Kratos applies all of them in
 * order, or none. Other fields stay the same. The builder has the operations that Kratos
 * accepts.
 *
 * @param operations the operations
 */
public record JsonPatch(@JsonValue List<Operation> operations) {

	/**
	 * Creates a patch with a copy of the operations.
	 * @throws IllegalArgumentException if there are no operations
	 */
	public JsonPatch {
		if (operations.isEmpty()) {
			throw new IllegalArgumentException("The patch is empty: add, replace or remove something");
		}
		operations = List.copyOf(operations);
	}

	/**
	 * Returns a builder of a patch.
	 * @return the builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Shows the paths, but not the values, which may be personal data.
	 */
	@Override
	public String toString() {
		return "JsonPatch" + this.operations;
	}

	/**
	 * An operation of the patch.
	 *
	 * @param op {@code add}, {@code replace} or {@code remove}
	 * @param path the field to change, as a JSON pointer
	 * @param value the new value, {@code null} only for {@code remove}
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	public record Operation(@JsonProperty("op") String op, @JsonProperty("path") String path,
			@JsonProperty(value = "value", access = WRITE_ONLY) @Nullable JsonNode value) {

		/**
		 * Creates an operation.
		 * @throws IllegalArgumentException if the value of {@code add} or {@code replace}
		 * is missing, as in JSON from any mapper other than that of the client: Kratos
		 * would treat it as {@code null}
		 */
		public Operation {
			if (value == null && (op.equals("add") || op.equals("replace"))) {
				throw new IllegalArgumentException("The value of '" + op + " " + path + "' is missing");
			}
		}

		/**
		 * Does not show the value, which may be personal data.
		 */
		@Override
		public String toString() {
			return this.op + " " + this.path;
		}

	}

	/**
	 * Builds a {@link JsonPatch}.
	 */
	public static final class Builder {

		private final List<Operation> operations = new ArrayList<>();

		private Builder() {
		}

		/**
		 * Sets a field, or inserts an element into an array. Since Kratos 1.0, missing
		 * fields on the path are created, even if the metadata is {@code null}. Kratos up
		 * to 0.13 rejects this (400).
		 * @param path the field to set
		 * @param value an object of the application, a map, a JSON tree, or {@code null}
		 * for a JSON {@code null}
		 * @return this builder
		 * @throws IllegalArgumentException if the object cannot be written as JSON
		 */
		public Builder add(IdentityPath path, @Nullable Object value) {
			return operation("add", path, value);
		}

		/**
		 * Replaces a field, or an element of an array. Since Kratos 1.0, a missing field
		 * is created, as {@link #add(IdentityPath, Object)} does. A missing element of an
		 * array is rejected (400). A value for all traits or all metadata replaces
		 * everything, including fields that its class does not have:
		 * {@link UpdateIdentity.Builder#traits(Object)} keeps these fields.
		 * @param path the field to replace
		 * @param value an object of the application, a map, a JSON tree, or {@code null}
		 * for a JSON {@code null}
		 * @return this builder
		 * @throws IllegalArgumentException if the object cannot be written as JSON
		 */
		public Builder replace(IdentityPath path, @Nullable Object value) {
			return operation("replace", path, value);
		}

		/**
		 * Removes a field, or an element of an array. Kratos rejects the patch if it is
		 * missing (400). This does not apply to all metadata, which becomes {@code null}.
		 * @param path the field to remove
		 * @return this builder
		 * @throws IllegalArgumentException if an identity cannot lack the field
		 */
		public Builder remove(IdentityPath path) {
			if (!path.isRemovable()) {
				throw new IllegalArgumentException("An identity cannot be without " + path + ": replace it");
			}
			if (path.isAllMetadata()) {
				return replace(path, null);
			}
			this.operations.add(new Operation("remove", path.toString(), null));
			return this;
		}

		private Builder operation(String op, IdentityPath path, @Nullable Object value) {
			JsonNode json = (value != null) ? ValueMapper.DEFAULT.write(value, path.toString())
					: NullNode.getInstance();
			this.operations.add(new Operation(op, path.toString(), json));
			return this;
		}

		/**
		 * Builds the patch.
		 * @return the patch
		 * @throws IllegalArgumentException if there are no operations
		 */
		public JsonPatch build() {
			return new JsonPatch(this.operations);
		}

	}

}
