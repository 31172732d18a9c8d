package io.github.kratosadmin.test.contract;

import io.github.kratosadmin.test.embedded.FlowKind;

/**
 * A Kratos to run the suite on, and what people do with it that the admin API cannot.
 */
interface ContractTarget extends AutoCloseable {

	String adminUrl();

	String publicUrl();

	/**
	 * Registers someone.
	 * @param email the address, which the server does not know yet
	 * @return the session token
	 */
	String register(String email);

	/**
	 * Signs someone in with the suite's password.
	 * @param email the address
	 * @param identityId the id of the identity
	 */
	void signIn(String email, String identityId);

	/**
	 * Starts an API flow of any kind but settings.
	 * @return the flow's id
	 */
	String startFlow(FlowKind kind);

	/**
	 * Starts an API settings flow.
	 * @return the flow's id
	 */
	String startSettingsFlow(String sessionToken);

	/**
	 * Starts a browser's flow of any kind but settings.
	 * @return the flow's id
	 */
	String startBrowserFlow(FlowKind kind);

	/**
	 * Submits a wrong password to an API login flow.
	 */
	void submitWrongPassword(String flowId, String identifier);

	/**
	 * Asks for a recovery message with an API flow.
	 */
	void submitRecovery(String flowId, String email);

	/**
	 * Lets a flow expire, or does nothing where flows expire soon by themselves.
	 */
	void expire(String flowId);

	@Override
	void close();

}
