package io.github.kratosadmin.benchmarks;

import java.util.List;
import java.util.Map;

import io.github.kratosadmin.identity.CreateIdentity;

/**
 * The measured calls, implemented with one client.
 */
interface KratosCalls extends AutoCloseable {

	int IMPORT_CONCURRENCY = 4;

	String ID = "96443c17-d550-4f31-9991-4d54e882539d";

	/**
	 * Reads one identity.
	 * @return the identity, in the class of the client
	 */
	Object getIdentity() throws Exception;

	/**
	 * Lists {@link ConstantResponses#LIST_SIZE} identities.
	 * @return the identities
	 */
	List<?> listIdentities() throws Exception;

	/**
	 * Creates an identity.
	 * @return the identity
	 */
	Object createIdentity() throws Exception;

	/**
	 * Creates {@link ConstantResponses#IMPORT_SIZE} identities, in the largest batches
	 * that Kratos accepts; except for the official client, several at the same time.
	 * @return the number of created identities
	 */
	long importIdentities() throws Exception;

	static CreateIdentity row(long number) {
		return CreateIdentity.builder().schemaId("default").traits(traits(number)).build();
	}

	static Map<String, Object> traits(long number) {
		return Map.of("email", "user" + number + "@example.test", "name", Map.of("first", "Alice", "last", "Ådén"));
	}

}
