package io.github.kratosadmin.test.contract;

import io.github.kratosadmin.test.embedded.FlowKind;

/**
 * The Kratos that the suite runs on, and the actions of a person that the admin API does
 * not have.
 */
interface ContractTarget extends AutoCloseable {

	String adminUrl();

	String publicUrl();

	/**
	 * Registers a person.
	 * @param email an address that no identity has yet
	 * @return the session token
	 */
	String register(String email);

	/**
	 * Signs a person in with the password of the suite.
	 * @param email the address
	 * @param identityId the id of the identity
	 */
	void signIn(String email, String identityId);

	/**
	 * Starts a flow of any kind but settings for an API client.
	 * @return the flow's id
	 */
	String startFlow(FlowKind kind);

	/**
	 * Starts a settings flow for an API client.
	 * @return the flow's id
	 */
	String startSettingsFlow(String sessionToken);

	/**
	 * Starts a flow of any kind but settings for a browser.
	 * @return the flow's id
	 */
	String startBrowserFlow(FlowKind kind);

	/**
	 * Submits a wrong password to a login flow.
	 */
	void submitWrongPassword(String flowId, String identifier);

	/**
	 * Submits an address to a recovery flow.
	 */
	void submitRecovery(String flowId, String email);

	/**
	 * Lets a flow expire, or does nothing if flows of the server expire soon.
	 */
	void expire(String flowId);

	@Override
	void close();

}
