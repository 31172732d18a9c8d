package io.github.kratosadmin.autoconfigure;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Thrown if a property or another source of configuration has an invalid value.
 */
public class InvalidKratosAdminConfigurationException extends RuntimeException {

	private final String source;

	private final List<String> properties;

	private final String problem;

	private final String action;

	/**
	 * Creates the exception for a property.
	 * @param property the name of the property
	 * @param problem the problem and its solution, without a secret
	 */
	public InvalidKratosAdminConfigurationException(String property, String problem) {
		this("the property '" + property + "'", List.of(property), problem, "Correct the property '" + property + "'.",
				null);
	}

	/**
	 * Creates the exception.
	 * @param source the source of the value, such as {@code the property 'name'}
	 * @param properties the names of the properties in the source, empty for another
	 * source
	 * @param problem the problem, without a secret
	 * @param action the solution
	 * @param cause the cause; neither it nor its causes may have a failure analyzer
	 */
	InvalidKratosAdminConfigurationException(String source, List<String> properties, String problem, String action,
			@Nullable Throwable cause) {
		super("Failed to configure the Kratos admin client with " + source + ": " + problem, cause);
		this.source = source;
		this.properties = properties;
		this.problem = problem;
		this.action = action;
	}

	String getSource() {
		return this.source;
	}

	List<String> getProperties() {
		return this.properties;
	}

	String getProblem() {
		return this.problem;
	}

	String getAction() {
		return this.action;
	}

}
