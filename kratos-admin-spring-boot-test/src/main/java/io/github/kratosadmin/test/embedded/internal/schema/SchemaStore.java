package io.github.kratosadmin.test.embedded.internal.schema;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.kratosadmin.test.embedded.KratosEra;
import io.github.kratosadmin.test.embedded.internal.http.ErrorResponseException;
import org.jspecify.annotations.Nullable;

/**
 * The identity schemas of a server, in the order in which they were added.
 */
public final class SchemaStore {

	public static final String DEFAULT_ID = "default";

	/** Not in this package, as {@code KratosContainer} uses it too. */
	private static final String PERSON_SCHEMA = "/io/github/kratosadmin/test/embedded/default.schema.json";

	private final Map<String, IdentitySchema> schemas = new LinkedHashMap<>();

	private final KratosEra era;

	/**
	 * Creates a store.
	 * @param initial the first schemas, by their ids
	 * @param era the era
	 * @throws IllegalArgumentException if Kratos cannot use one of them
	 */
	public SchemaStore(Map<String, String> initial, KratosEra era) {
		this.era = era;
		initial.forEach(this::add);
	}

	/**
	 * The default schema of a server.
	 */
	public static String personSchema() {
		try (InputStream in = SchemaStore.class.getResourceAsStream(PERSON_SCHEMA)) {
			if (in == null) {
				throw new IllegalStateException(PERSON_SCHEMA + " is missing from the class path");
			}
			return new String(in.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Unable to read " + PERSON_SCHEMA, ex);
		}
	}

	/**
	 * Adds a schema, or replaces the one with the same id.
	 * @throws IllegalArgumentException if Kratos cannot use it
	 */
	public void add(String id, String json) {
		IdentitySchema schema = new IdentitySchema(id, json, this.era);
		synchronized (this) {
			this.schemas.put(id, schema);
		}
	}

	/**
	 * Finds a schema.
	 * @param id its id; empty for the default one
	 * @throws ErrorResponseException if there is no such schema
	 */
	public synchronized IdentitySchema get(@Nullable String id) {
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

	static ErrorResponseException unknown(String id) {
		return ErrorResponseException.badRequest("Unable to find JSON Schema ID: " + id);
	}

	/**
	 * Takes a snapshot of the schemas.
	 * @return an action that restores it
	 */
	public synchronized Runnable snapshot() {
		Map<String, IdentitySchema> schemas = new LinkedHashMap<>(this.schemas);
		return () -> restore(schemas);
	}

	private synchronized void restore(Map<String, IdentitySchema> schemas) {
		this.schemas.clear();
		this.schemas.putAll(schemas);
	}

}
