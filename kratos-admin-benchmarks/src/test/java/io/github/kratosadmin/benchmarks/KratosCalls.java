package io.github.kratosadmin.benchmarks;

import java.util.List;
import java.util.Map;

/**
 * The calls that are measured, as one client makes them.
 */
interface KratosCalls extends AutoCloseable {

	String ID = "96443c17-d550-4f31-9991-4d54e882539d";

	/**
	 * Reads one identity.
	 * @return the identity, of whatever class the client has for it
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
	 * Creates {@link ConstantResponses#IMPORT_SIZE} identities, as many at once as Kratos
	 * lets.
	 * @return how many were created
	 */
	long importIdentities() throws Exception;

	static Map<String, Object> traits(long number) {
		return Map.of("email", "user" + number + "@example.test", "name", Map.of("first", "Alice", "last", "Ådén"));
	}

}
