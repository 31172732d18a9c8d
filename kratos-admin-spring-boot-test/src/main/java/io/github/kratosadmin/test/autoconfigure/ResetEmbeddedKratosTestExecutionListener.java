package io.github.kratosadmin.test.autoconfigure;

import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestContextAnnotationUtils;
import org.springframework.test.context.TestExecutionListener;

/**
 * Resets the servers of {@link AutoConfigureEmbeddedKratos} before each test.
 */
class ResetEmbeddedKratosTestExecutionListener implements TestExecutionListener {

	private static final String TEST = ResetEmbeddedKratosTestExecutionListener.class.getName() + ".test";

	/**
	 * Does not start the application, as it can depend on {@code @BeforeAll}.
	 */
	@Override
	public void beforeTestClass(TestContext testContext) {
		if (isAnnotated(testContext) && testContext.hasApplicationContext()) {
			kratos(testContext).beginClass(testContext.getTestClass());
		}
	}

	@Override
	public void beforeTestMethod(TestContext testContext) {
		if (isAnnotated(testContext)) {
			testContext.setAttribute(TEST, kratos(testContext).beginTest(testContext.getTestClass()));
		}
	}

	@Override
	public void afterTestMethod(TestContext testContext) {
		Object test = testContext.removeAttribute(TEST);
		if (test != null && testContext.hasApplicationContext()) {
			kratos(testContext).endTest(test);
		}
	}

	@Override
	public void afterTestClass(TestContext testContext) {
		if (isAnnotated(testContext) && testContext.hasApplicationContext()) {
			kratos(testContext).endClass(testContext.getTestClass());
		}
	}

	private static boolean isAnnotated(TestContext testContext) {
		return TestContextAnnotationUtils.hasAnnotation(testContext.getTestClass(), AutoConfigureEmbeddedKratos.class);
	}

	private static SharedEmbeddedKratos kratos(TestContext testContext) {
		return testContext.getApplicationContext().getBean(SharedEmbeddedKratos.class);
	}

}
