package io.github.kratosadmin.testing;

import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Lets each condition of a test wait longer than Awaitility's default of 10 seconds, as a
 * machine may be busy. Applies to all tests of this module.
 */
public class PatientConditions implements BeforeAllCallback {

	@Override
	public void beforeAll(ExtensionContext context) {
		Awaitility.setDefaultTimeout(Duration.ofSeconds(30));
	}

}
