package io.github.kratosadmin.benchmarks;

import java.util.List;
import java.util.Map;

/**
 * The calls that are measured, as one client makes them.
 */
interface KratosCalls extends AutoCloseable {

	String ID = "96443c17-d550-4f31-9991-4d54e882539d";

	/** The traits of an identity to create. */
	Map<String, Object> TRAITS = Map.of("email", "alice@example.test", "name",
			Map.of("first", "Alice", "last", "Ådén"));

	/**
	 * Reads one identity.
	 * @return the identity, of whatever class the client has for it
	 */
	Object getIdentity() throws Exception;

	/**
	 * Lists {@link ConstantAnswers#LIST_SIZE} identities.
	 * @return the identities
	 */
	List<?> listIdentities() throws Exception;

	/**
	 * Creates an identity.
	 * @return the identity
	 */
	Object createIdentity() throws Exception;

}
