package io.github.kratosadmin.identity;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import io.github.kratosadmin.internal.json.KratosJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

import static com.fasterxml.jackson.annotation.JsonProperty.Access.WRITE_ONLY;

/**
 * Changes to an identity (RFC 6902), applied in order, all or none. Other fields stay.
 * The builder has the operations that Kratos accepts.
 *
 * @param operations the changes
 */
public record JsonPatch(@JsonValue List<Operation> operations) {

	/**
	 * Copies the changes.
	 * @throws IllegalArgumentException if there is none
	 */
	public JsonPatch {
		if (operations.isEmpty()) {
			throw new IllegalArgumentException("The patch is empty: add, replace or remove something");
		}
		operations = List.copyOf(operations);
	}

	/**
	 * Starts a patch.
	 * @return the builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Shows no personal data: the paths, but not the values.
	 */
	@Override
	public String toString() {
		return "JsonPatch" + this.operations;
	}

	/**
	 * One change.
	 *
	 * @param op {@code add}, {@code replace} or {@code remove}
	 * @param path what to change, a JSON pointer
	 * @param value the new value, {@code null} only where it is removed
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	public record Operation(@JsonProperty("op") String op, @JsonProperty("path") String path,
			@JsonProperty(value = "value", access = WRITE_ONLY) @Nullable JsonNode value) {

		/**
		 * Checks the change.
		 * @throws IllegalArgumentException if something is to be added or replaced, and
		 * the value is missing, as it is in what another mapper than the client's wrote:
		 * Kratos would take it for {@code null}
		 */
		public Operation {
			if (value == null && (op.equals("add") || op.equals("replace"))) {
				throw new IllegalArgumentException("The value of '" + op + " " + path + "' is missing");
			}
		}

		/**
		 * Shows no personal data: not the value.
		 */
		@Override
		public String toString() {
			return this.op + " " + this.path;
		}

	}

	/**
	 * Builds {@link JsonPatch}.
	 */
	public static final class Builder {

		private final List<Operation> operations = new ArrayList<>();

		private Builder() {
		}

		/**
		 * Sets a field, or inserts into an array. From Kratos 1.0 on what is missing on
		 * the way to the field is created, also where the metadata is {@code null}; up to
		 * 0.13 that is refused (400).
		 * @param path what to set
		 * @param value an object of the application's, a map, a JSON tree, or
		 * {@code null} for a JSON {@code null}
		 * @return this builder
		 * @throws IllegalArgumentException if the object cannot be written as JSON
		 */
		public Builder add(IdentityPath path, @Nullable Object value) {
			return operation("add", path, value);
		}

		/**
		 * Replaces a field, or an element of an array. From Kratos 1.0 on a field that is
		 * missing is created, as {@link #add(IdentityPath, Object)} does; an element of
		 * an array that is missing is refused (400). All traits, or all metadata, are
		 * replaced by what the value has, whatever its class lacks:
		 * {@link UpdateIdentity.Builder#traits(Object)} keeps that.
		 * @param path what to replace
		 * @param value an object of the application's, a map, a JSON tree, or
		 * {@code null} for a JSON {@code null}
		 * @return this builder
		 * @throws IllegalArgumentException if the object cannot be written as JSON
		 */
		public Builder replace(IdentityPath path, @Nullable Object value) {
			return operation("replace", path, value);
		}

		/**
		 * Removes a field, or an element of an array. One that is missing is refused
		 * (400), except all metadata, which becomes {@code null}.
		 * @param path what to remove
		 * @return this builder
		 * @throws IllegalArgumentException if an identity cannot be without it
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
			JsonNode json = (value != null) ? KratosJson.write(value, path.toString()) : NullNode.getInstance();
			this.operations.add(new Operation(op, path.toString(), json));
			return this;
		}

		/**
		 * Builds the patch.
		 * @return the patch
		 * @throws IllegalArgumentException if it is empty
		 */
		public JsonPatch build() {
			return new JsonPatch(this.operations);
		}

	}

}
