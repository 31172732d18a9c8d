package io.github.kratosadmin.benchmarks;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Responses of a recorded Kratos 26.2. Each is created once.
 */
class ConstantResponses {

	static final int LIST_SIZE = 250;

	static final int IMPORT_SIZE = 10_000;

	static final int BATCH_SIZE = 1000;

	private static final String PATCH_ID = "\"patch_id\":\"";

	/** The first 64 bits of a UUID, which are 0 here. */
	private static final String PATCH_ID_HALF = "00000000-0000-0000-";

	private static final JsonMapper MAPPER = new JsonMapper();

	private static final String NEXT = "Link: </admin/identities?page_size=250&page_token=00000000-0000-0000-0000-"
			+ "000000000000>; rel=\"first\",</admin/identities?page_size=250&page_token="
			+ "2b8ceb60-1d84-4f93-90b8-77bea0de767b>; rel=\"next\"\r\n";

	private final byte[] identity;

	private final byte[] list;

	private final byte[] created;

	/** Responses to batches, by the number of the first identity. */
	private final Map<Long, byte[]> batches = new HashMap<>();

	private final byte[] version = respond("200 OK", "", "{\"version\":\"v26.2.0\"}");

	private final byte[] unknown = respond("404 Not Found", "", "{\"error\":{\"code\":404}}");

	ConstantResponses() throws Exception {
		JsonNode exchanges;
		try (InputStream json = ConstantResponses.class.getResourceAsStream("/recordings/v26.2.0.json")) {
			exchanges = MAPPER.readTree(json).get("exchanges");
		}
		JsonNode identity = recorded(exchanges, "getIdentity");
		this.identity = respond("200 OK", "", identity.toString());
		this.list = respond("200 OK", NEXT, list(recorded(exchanges, "listIdentities next 1").get(0)).toString());
		this.created = respond("201 Created",
				"Location: http://127.0.0.1:4434/identities/96443c17-d550-4f31-9991-4d54e882539d\r\n",
				created(recorded(exchanges, "createIdentity")).toString());
		for (long first = 0; first < IMPORT_SIZE; first += BATCH_SIZE) {
			this.batches.put(first, respond("200 OK", "", batch(first).toString()));
		}
	}

	private static JsonNode recorded(JsonNode exchanges, String name) {
		return exchanges.valueStream()
			.filter((exchange) -> exchange.get("name").stringValue().equals(name))
			.findFirst()
			.orElseThrow()
			.at("/response/body");
	}

	/** With the traits of the request, as a client may compare them. */
	private static JsonNode created(JsonNode identity) {
		return ((ObjectNode) identity).set("traits", MAPPER.valueToTree(KratosCalls.traits(0)));
	}

	/** A page of identities, each with its own id and address. */
	private static JsonNode list(JsonNode identity) {
		ArrayNode list = MAPPER.createArrayNode();
		for (int i = 0; i < LIST_SIZE; i++) {
			ObjectNode copy = (ObjectNode) identity.deepCopy();
			String address = "user" + i + "@example.test";
			copy.put("id", new UUID(0x4000, i).toString());
			((ObjectNode) copy.get("traits")).put("email", address);
			((ObjectNode) copy.at("/verifiable_addresses/0")).put("value", address);
			((ObjectNode) copy.at("/recovery_addresses/0")).put("value", address);
			list.add(copy);
		}
		return list;
	}

	private static JsonNode batch(long first) {
		ObjectNode batch = MAPPER.createObjectNode();
		ArrayNode identities = batch.putArray("identities");
		for (long i = first; i < first + BATCH_SIZE; i++) {
			identities.addObject()
				.put("action", "create")
				.put("identity", new UUID(0x4000, i).toString())
				.put("patch_id", new UUID(0, i).toString());
		}
		return batch;
	}

	private static byte[] respond(String status, String headers, String body) {
		byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
		ByteArrayOutputStream response = new ByteArrayOutputStream();
		response
			.writeBytes(("HTTP/1.1 " + status + "\r\nCache-Control: private, no-cache, no-store, must-revalidate\r\n"
					+ "Content-Type: application/json; charset=utf-8\r\n" + headers
					+ "Date: Mon, 23 Nov 2026 14:22:18 GMT\r\nContent-Length: " + bytes.length + "\r\n\r\n")
				.getBytes(StandardCharsets.US_ASCII));
		response.writeBytes(bytes);
		return response.toByteArray();
	}

	/**
	 * Returns the response to a request.
	 * @param requestLine the first line of the request
	 * @param body the body of the request
	 * @return the bytes of the response, with status and headers
	 */
	byte[] to(String requestLine, byte[] body) {
		if (requestLine.startsWith("GET /admin/identities/")) {
			return this.identity;
		}
		if (requestLine.startsWith("GET /admin/identities")) {
			return this.list;
		}
		if (requestLine.startsWith("POST /admin/identities ")) {
			return this.created;
		}
		if (requestLine.startsWith("PATCH /admin/identities ")) {
			String patchId = firstPatchId(body);
			byte[] batch = this.batches.get(UUID.fromString(patchId).getLeastSignificantBits());
			return (batch != null) ? ofImport(batch, patchId) : this.unknown;
		}
		return requestLine.startsWith("GET /admin/version ") ? this.version : this.unknown;
	}

	private static String firstPatchId(byte[] body) {
		String text = new String(body, 0, Math.min(body.length, 1024), StandardCharsets.ISO_8859_1);
		int start = text.indexOf(PATCH_ID) + PATCH_ID.length();
		return text.substring(start, start + 36);
	}

	/**
	 * Returns the response with the patch ids of an import, which share their first half.
	 */
	private static byte[] ofImport(byte[] batch, String patchId) {
		String half = patchId.substring(0, PATCH_ID_HALF.length());
		return new String(batch, StandardCharsets.ISO_8859_1).replace(PATCH_ID + PATCH_ID_HALF, PATCH_ID + half)
			.getBytes(StandardCharsets.ISO_8859_1);
	}

}
