package io.github.kratosadmin.test.embedded.internal.identity;

import java.util.Set;

import io.github.kratosadmin.test.embedded.internal.http.BodyDecoder;
import io.github.kratosadmin.test.embedded.internal.http.ErrorResponseException;
import io.github.kratosadmin.test.embedded.internal.http.MalformedBodyException;
import io.github.kratosadmin.test.embedded.internal.text.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A JSON Patch whose operations on the region are separated from the others, as the
 * region is not a part of the stored identity.
 *
 * @param region the region, empty if the patch has none
 * @param others the other operations
 */
record RegionPatch(String region, byte[] others) {

	private static final String STRUCT = "identity.patchOp";

	/**
	 * Reads a patch.
	 * @throws ErrorResponseException if it is malformed, or the region is unknown
	 */
	static RegionPatch read(byte[] body) {
		String region = "";
		ArrayNode others = Json.array();
		for (JsonNode operation : operations(body)) {
			if (operation.path("path").asString("").equals("/region")) {
				region = region(operation);
			}
			else {
				others.add(operation);
			}
		}
		return new RegionPatch(region, Json.write(others));
	}

	private static ArrayNode operations(byte[] body) {
		try {
			JsonNode operations = Json.readWhole(body);
			if (operations.isMissingNode()) {
				throw new MalformedBodyException("unexpected end of JSON input");
			}
			if (!operations.isArray() && !operations.isNull()) {
				throw new MalformedBodyException("json: cannot unmarshal " + BodyDecoder.kind(operations)
						+ " into Go value of type []" + STRUCT);
			}
			ArrayNode read = Json.array();
			for (JsonNode operation : operations) {
				read.add(operation(operation));
			}
			return read;
		}
		catch (JacksonException ex) {
			throw unreadable("unexpected end of JSON input");
		}
		catch (MalformedBodyException ex) {
			throw unreadable(ex.text());
		}
	}

	/**
	 * Reads an operation, and drops unknown fields.
	 */
	private static ObjectNode operation(JsonNode node) throws MalformedBodyException {
		if (!node.isObject() && !node.isNull()) {
			throw new MalformedBodyException(
					"json: cannot unmarshal " + BodyDecoder.kind(node) + " into Go value of type " + STRUCT);
		}
		BodyDecoder body = BodyDecoder.of("patchOp", node.isNull() ? Json.object() : (ObjectNode) node);
		ObjectNode operation = Json.object();
		operation.put("op", body.string("op"));
		operation.put("path", body.string("path"));
		if (!body.string("from").isEmpty()) {
			operation.put("from", body.string("from"));
		}
		JsonNode value = body.raw("value");
		if (value != null) {
			operation.set("value", value);
		}
		return operation;
	}

	private static String region(JsonNode operation) {
		String kind = operation.path("op").asString("");
		if (!Set.of("add", "replace").contains(kind)) {
			throw ErrorResponseException.badRequest("operation \"" + kind + "\" is not supported on /region");
		}
		@Nullable JsonNode value = operation.get("value");
		if (value == null || (!value.isString() && !value.isNull())) {
			throw ErrorResponseException.badRequest("failed to unmarshal");
		}
		String region = value.asString("");
		if (region.isEmpty()) {
			throw IdentityHandler.unknownRegion();
		}
		IdentityHandler.checkRegion(region);
		return region;
	}

	private static ErrorResponseException unreadable(String message) {
		return new ErrorResponseException(400, message).withReason("failed to unmarshal JSON patch");
	}

}
