package io.github.kratosadmin.test.autoconfigure;

import io.github.kratosadmin.test.embedded.EmbeddedKratos;

import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestContextAnnotationUtils;
import org.springframework.test.context.TestExecutionListener;

/**
 * Resets the server of {@link AutoConfigureEmbeddedKratos} before each test.
 */
class ResetEmbeddedKratosTestExecutionListener implements TestExecutionListener {

	@Override
	public void beforeTestMethod(TestContext testContext) {
		if (TestContextAnnotationUtils.hasAnnotation(testContext.getTestClass(), AutoConfigureEmbeddedKratos.class)) {
			testContext.getApplicationContext().getBean(EmbeddedKratos.class).reset();
		}
	}

}
