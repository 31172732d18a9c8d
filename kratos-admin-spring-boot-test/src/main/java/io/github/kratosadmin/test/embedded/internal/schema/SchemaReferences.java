package io.github.kratosadmin.test.embedded.internal.schema;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Rewrites the references of a schema to their meaning in Kratos. {@code #/…} always
 * refers to the whole document, even in a subschema with an {@code $id}. Any other
 * reference is the {@code $id} of a subschema or another document. Each {@code $id} is
 * then removed, and so is {@code $schema}, which Kratos reads in the root only.
 */
final class SchemaReferences {

	private static final Set<String> VALUES = Set.of("const", "enum");

	private final String idKeyword;

	private final Map<String, String> pointers = new HashMap<>();

	private SchemaReferences(String idKeyword) {
		this.idKeyword = idKeyword;
	}

	/**
	 * Rewrites a schema.
	 * @param schema the schema, which is not changed
	 * @param idKeyword {@code $id}, or {@code id} in draft 4
	 */
	static JsonNode rewrite(JsonNode schema, String idKeyword) {
		SchemaReferences references = new SchemaReferences(idKeyword);
		JsonNode rewritten = schema.deepCopy();
		references.collect(rewritten, "", "#");
		references.apply(rewritten, "");
		return rewritten;
	}

	private void collect(JsonNode node, String base, String pointer) {
		String id = idOf(node, base);
		if (node.path(this.idKeyword).isString()) {
			this.pointers.putIfAbsent(id, pointer);
		}
		if (node.isObject()) {
			node.forEachEntry((name, child) -> collect(child, id, pointer + "/" + escape(name)));
		}
		for (int i = 0; node.isArray() && i < node.size(); i++) {
			collect(node.path(i), id, pointer + "/" + i);
		}
	}

	private void apply(JsonNode node, String base) {
		String id = idOf(node, base);
		if (node instanceof ObjectNode object) {
			if (object.path("$ref").isString()) {
				object.put("$ref", target(object.path("$ref").asString(), id));
			}
			for (String keyword : Set.of(this.idKeyword, "$schema")) {
				if (object.path(keyword).isString()) {
					object.remove(keyword);
				}
			}
			object.forEachEntry((name, child) -> {
				if (!VALUES.contains(name)) {
					apply(child, id);
				}
			});
		}
		else if (node.isArray()) {
			node.forEach((child) -> apply(child, id));
		}
	}

	private String idOf(JsonNode node, String base) {
		JsonNode id = node.path(this.idKeyword);
		return id.isString() ? resolve(base, id.asString()) : base;
	}

	private String target(String reference, String base) {
		if (withoutEmptyFragment(reference).isEmpty()) {
			return "#";
		}
		if (reference.startsWith("#/")) {
			return reference;
		}
		String resolved = resolve(base, reference);
		return this.pointers.getOrDefault(resolved, resolved);
	}

	private static String resolve(String base, String reference) {
		try {
			return withoutEmptyFragment(URI.create(base).resolve(reference).toString());
		}
		catch (IllegalArgumentException ex) {
			// Java refuses some URIs that Go accepts.
			return withoutEmptyFragment(reference);
		}
	}

	private static String withoutEmptyFragment(String url) {
		return url.replaceFirst("#/?$", "");
	}

	private static String escape(String name) {
		return URLEncoder.encode(name.replace("~", "~0").replace("/", "~1"), StandardCharsets.UTF_8)
			.replace("+", "%20");
	}

}
