package io.github.kratosadmin.test.embedded;

import java.util.Locale;

/**
 * Who a self-service flow was started by.
 */
public enum FlowClient {

	/**
	 * A client that speaks JSON, such as a mobile application.
	 */
	API,

	/**
	 * A browser.
	 */
	BROWSER;

	public String value() {
		return name().toLowerCase(Locale.ROOT);
	}

}
