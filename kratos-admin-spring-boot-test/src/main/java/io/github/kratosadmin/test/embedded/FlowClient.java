package io.github.kratosadmin.test.embedded;

/**
 * The client that starts a self-service flow. Kratos calls it the type of the flow.
 */
public enum FlowClient {

	/**
	 * A client that uses JSON, such as a mobile application.
	 */
	API,

	/**
	 * A browser.
	 */
	BROWSER

}
