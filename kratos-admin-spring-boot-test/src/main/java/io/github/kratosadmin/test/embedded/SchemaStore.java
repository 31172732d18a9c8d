package io.github.kratosadmin.test.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The identity schemas of a server, in the order in which they were added.
 */
final class SchemaStore {

	static final String DEFAULT_ID = "default";

	private final Map<String, IdentitySchema> schemas;

	SchemaStore(Map<String, IdentitySchema> initial) {
		this.schemas = new LinkedHashMap<>(initial);
	}

	static IdentitySchema personSchema() {
		try (InputStream in = SchemaStore.class.getResourceAsStream("default.schema.json")) {
			if (in == null) {
				throw new IllegalStateException("default.schema.json is missing from the class path");
			}
			return new IdentitySchema(DEFAULT_ID, new String(in.readAllBytes(), StandardCharsets.UTF_8));
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Unable to read default.schema.json", ex);
		}
	}

	synchronized void add(IdentitySchema schema) {
		this.schemas.put(schema.id(), schema);
	}

	/**
	 * Finds a schema.
	 * @param id its id; empty for the default one
	 * @throws KratosError if there is none of that id
	 */
	synchronized IdentitySchema get(@Nullable String id) {
		String effectiveId = (id == null || id.isEmpty()) ? DEFAULT_ID : id;
		IdentitySchema schema = this.schemas.get(effectiveId);
		if (schema == null) {
			throw unknown(effectiveId);
		}
		return schema;
	}

	synchronized List<IdentitySchema> list() {
		return List.copyOf(this.schemas.values());
	}

	static KratosError unknown(String id) {
		return KratosError.badRequest("Unable to find JSON Schema ID: " + id);
	}

	/**
	 * Remembers the schemas.
	 * @return brings them back, and no others
	 */
	synchronized Runnable snapshot() {
		Map<String, IdentitySchema> schemas = new LinkedHashMap<>(this.schemas);
		return () -> restore(schemas);
	}

	private synchronized void restore(Map<String, IdentitySchema> schemas) {
		this.schemas.clear();
		this.schemas.putAll(schemas);
	}

}
