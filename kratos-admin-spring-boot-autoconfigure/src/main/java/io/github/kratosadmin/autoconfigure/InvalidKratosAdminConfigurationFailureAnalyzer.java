package io.github.kratosadmin.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says which property holds what, and what to write instead. Spring Boot's own analyzer
 * would show the value as it is, password included.
 */
class InvalidKratosAdminConfigurationFailureAnalyzer
		extends AbstractFailureAnalyzer<InvalidKratosAdminConfigurationException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidKratosAdminConfigurationException cause) {
		return new FailureAnalysis("The client for Kratos's admin API cannot use " + cause.getSource() + ":\n\n    "
				+ cause.getProblem() + ".", "Correct " + cause.getSource() + ".", cause);
	}

}
