package io.github.kratosadmin.autoconfigure;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.convert.ConversionException;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * {@link SpringBootCondition} that matches if {@code kratos.admin.enabled} is true or not
 * set. Unlike {@code @ConditionalOnBooleanProperty}, it rejects a value that is not a
 * boolean.
 */
class OnKratosAdminEnabledCondition extends SpringBootCondition {

	private static final String PROPERTY = "kratos.admin.enabled";

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		ConditionMessage.Builder message = ConditionMessage.forCondition("Kratos admin client");
		String value = context.getEnvironment().getProperty(PROPERTY);
		if (value == null) {
			return ConditionOutcome.match(message.because("'" + PROPERTY + "' is not set"));
		}
		return new ConditionOutcome(isTrue(context, value), message.because("'" + PROPERTY + "' is " + value));
	}

	private static boolean isTrue(ConditionContext context, String value) {
		try {
			Boolean enabled = context.getEnvironment().getProperty(PROPERTY, Boolean.class);
			if (enabled != null) {
				return enabled;
			}
		}
		catch (ConversionException ex) {
			// Rejected below.
		}
		throw new InvalidKratosAdminConfigurationException(PROPERTY,
				"It must be true or false, but was '" + value + "'");
	}

}
