package io.github.kratosadmin.autoconfigure;

/**
 * Thrown if a property or another source of configuration has an invalid value.
 */
public class InvalidKratosAdminConfigurationException extends RuntimeException {

	private final String source;

	private final String problem;

	/**
	 * Creates the exception.
	 * @param source the source of the value, such as {@code the property 'name'}
	 * @param cause the cause, whose message has the problem and its solution without a
	 * secret
	 */
	public InvalidKratosAdminConfigurationException(String source, IllegalArgumentException cause) {
		super("Failed to configure the Kratos admin client with " + source + ": " + cause.getMessage(), cause);
		this.source = source;
		this.problem = String.valueOf(cause.getMessage());
	}

	String getSource() {
		return this.source;
	}

	String getProblem() {
		return this.problem;
	}

}
