package io.github.kratosadmin;

import io.github.kratosadmin.courier.CourierApi;
import io.github.kratosadmin.identity.IdentityApi;
import io.github.kratosadmin.metadata.MetadataApi;
import io.github.kratosadmin.recovery.RecoveryApi;
import io.github.kratosadmin.schema.SchemaApi;
import io.github.kratosadmin.selfservice.SelfServiceApi;
import io.github.kratosadmin.session.SessionApi;

/**
 * The admin API of an Ory Kratos, by resource. Safe for use by many threads; one instance
 * per Kratos is enough.
 * <p>
 * Nothing is ever sent twice, except that the JDK's HTTP client, in use where Apache
 * HttpClient 5 is missing, repeats a read whose connection is closed before the answer
 * begins. A call that fails may be tried again by the application, which knows whether
 * that does harm.
 */
public interface KratosAdmin extends AutoCloseable {

	/**
	 * Starts a client for a Kratos at {@code http://localhost:4434}.
	 * @return the builder
	 */
	static KratosAdminBuilder builder() {
		return new KratosAdminBuilder();
	}

	/**
	 * Creates, reads, changes and deletes identities.
	 * @return the operations on identities
	 */
	IdentityApi identities();

	/**
	 * Reads, extends and ends sessions.
	 * @return the operations on sessions
	 */
	SessionApi sessions();

	/**
	 * Lets people back into their accounts.
	 * @return the operations of account recovery
	 */
	RecoveryApi recovery();

	/**
	 * Reads identity schemas.
	 * @return the operations on identity schemas
	 */
	SchemaApi schemas();

	/**
	 * Reads the messages that Kratos sends to identities.
	 * @return the operations on messages
	 */
	CourierApi courier();

	/**
	 * Reads self-service flows and the errors shown to users.
	 * @return the operations on self-service flows
	 */
	SelfServiceApi selfService();

	/**
	 * Asks a Kratos about its health, version and metrics.
	 * @return the operations on Kratos itself
	 */
	MetadataApi metadata();

	/**
	 * Closes the connections; those of the JDK's HTTP client are closed when they have
	 * been idle for a while. Calls fail afterwards.
	 */
	@Override
	void close();

}
