package io.github.kratosadmin.autoconfigure;

/**
 * A property, or another source of configuration, holds what the client cannot use.
 */
class InvalidKratosAdminConfigurationException extends RuntimeException {

	private final String source;

	private final String problem;

	/**
	 * Creates the exception.
	 * @param source what holds it, such as a property
	 * @param cause says what it holds and what to write instead, without showing a secret
	 */
	InvalidKratosAdminConfigurationException(String source, IllegalArgumentException cause) {
		super("The client for Kratos's admin API cannot use " + source + ": " + cause.getMessage(), cause);
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
