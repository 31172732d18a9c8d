package io.github.kratosadmin.error;

/**
 * The server is too old for the request. Nothing was sent, as old servers ignore unknown
 * fields and parameters.
 */
public class KratosUnsupportedException extends KratosException {

	private final String requiredVersion;

	private final String serverVersion;

	/**
	 * Creates the exception.
	 * @param operation the Kratos operation
	 * @param feature the missing feature as Kratos spells it, such as {@code external_id}
	 * @param requiredVersion the version of Kratos that has it, such as {@code 25.4} or
	 * {@code after 26.2}
	 * @param serverVersion the version of the server
	 */
	public KratosUnsupportedException(String operation, String feature, String requiredVersion, String serverVersion) {
		super(operation, 0, KratosError.NONE, operation + " was not sent: " + feature + " needs "
				+ describe(requiredVersion) + ", but the server is " + serverVersion, null);
		this.requestSent = false;
		this.requiredVersion = requiredVersion;
		this.serverVersion = serverVersion;
	}

	private static String describe(String version) {
		return version.startsWith("after ") ? "a Kratos " + version : "Kratos " + version + " or later";
	}

	/**
	 * Returns the first version of Kratos that has the feature.
	 * @return the version, such as {@code 25.4}, or {@code after 26.2} if the feature is
	 * newer than the newest release
	 */
	public String getRequiredVersion() {
		return this.requiredVersion;
	}

	/**
	 * Returns the major and minor version of the server.
	 * @return the version, such as {@code 1.3}
	 */
	public String getServerVersion() {
		return this.serverVersion;
	}

}
