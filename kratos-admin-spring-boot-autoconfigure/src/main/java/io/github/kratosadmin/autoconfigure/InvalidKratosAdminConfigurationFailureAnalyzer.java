package io.github.kratosadmin.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Failure analyzer for {@link InvalidKratosAdminConfigurationException}. It names the
 * property. Spring Boot's own analyzer would also show its value, with any password.
 */
class InvalidKratosAdminConfigurationFailureAnalyzer
		extends AbstractFailureAnalyzer<InvalidKratosAdminConfigurationException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidKratosAdminConfigurationException cause) {
		return new FailureAnalysis("The client for Kratos's admin API cannot use " + cause.getSource() + ":\n\n    "
				+ cause.getProblem() + ".", "Correct " + cause.getSource() + ".", cause);
	}

}
