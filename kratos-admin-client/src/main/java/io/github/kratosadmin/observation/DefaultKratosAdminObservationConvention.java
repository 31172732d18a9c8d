package io.github.kratosadmin.observation;

import io.github.kratosadmin.observation.KratosAdminObservationDocumentation.LowCardinalityKeyNames;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.common.docs.KeyName;
import org.jspecify.annotations.Nullable;

/**
 * The default {@link KratosAdminObservationConvention}. Override a method to change a
 * single value.
 */
public class DefaultKratosAdminObservationConvention implements KratosAdminObservationConvention {

	private static final String DEFAULT_NAME = "kratos.admin.requests";

	private final String name;

	/**
	 * Creates a convention with the name {@code kratos.admin.requests}.
	 */
	public DefaultKratosAdminObservationConvention() {
		this(DEFAULT_NAME);
	}

	/**
	 * Creates a convention with another name.
	 * @param name the name of the observations
	 */
	public DefaultKratosAdminObservationConvention(String name) {
		this.name = name;
	}

	@Override
	public String getName() {
		return this.name;
	}

	@Override
	public String getContextualName(KratosAdminObservationContext context) {
		return "kratos " + context.getOperation();
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(KratosAdminObservationContext context) {
		// Sorted by name, which makes them faster.
		return KeyValues.of(clientName(context), errorId(context), exception(context), method(context),
				operation(context), outcome(context), status(context), uri(context));
	}

	/**
	 * Returns the name of the client.
	 * @param context the context of the call
	 * @return the value of {@link LowCardinalityKeyNames#CLIENT_NAME}
	 */
	protected KeyValue clientName(KratosAdminObservationContext context) {
		return keyValue(LowCardinalityKeyNames.CLIENT_NAME, context.getClientName());
	}

	/**
	 * Returns the id of Kratos's error.
	 * @param context the context of the call
	 * @return the value of {@link LowCardinalityKeyNames#ERROR_ID}
	 */
	protected KeyValue errorId(KratosAdminObservationContext context) {
		return keyValue(LowCardinalityKeyNames.ERROR_ID, context.getErrorId());
	}

	/**
	 * Returns the class of the exception.
	 * @param context the context of the call
	 * @return the value of {@link LowCardinalityKeyNames#EXCEPTION}
	 */
	protected KeyValue exception(KratosAdminObservationContext context) {
		return keyValue(LowCardinalityKeyNames.EXCEPTION, context.getException());
	}

	/**
	 * Returns the HTTP method.
	 * @param context the context of the call
	 * @return the value of {@link LowCardinalityKeyNames#METHOD}
	 */
	protected KeyValue method(KratosAdminObservationContext context) {
		return keyValue(LowCardinalityKeyNames.METHOD, context.getMethod());
	}

	/**
	 * Returns the operation.
	 * @param context the context of the call
	 * @return the value of {@link LowCardinalityKeyNames#OPERATION}
	 */
	protected KeyValue operation(KratosAdminObservationContext context) {
		return keyValue(LowCardinalityKeyNames.OPERATION, context.getOperation());
	}

	/**
	 * Returns the outcome.
	 * @param context the context of the call
	 * @return the value of {@link LowCardinalityKeyNames#OUTCOME}
	 */
	protected KeyValue outcome(KratosAdminObservationContext context) {
		return keyValue(LowCardinalityKeyNames.OUTCOME, context.getOutcome());
	}

	/**
	 * Returns the HTTP status.
	 * @param context the context of the call
	 * @return the value of {@link LowCardinalityKeyNames#STATUS}
	 */
	protected KeyValue status(KratosAdminObservationContext context) {
		return keyValue(LowCardinalityKeyNames.STATUS, context.getStatus());
	}

	/**
	 * Returns the path of the operation.
	 * @param context the context of the call
	 * @return the value of {@link LowCardinalityKeyNames#URI}
	 */
	protected KeyValue uri(KratosAdminObservationContext context) {
		return keyValue(LowCardinalityKeyNames.URI, context.getUriTemplate());
	}

	private static KeyValue keyValue(KeyName key, @Nullable Object value) {
		return KeyValue.of(key, (value != null) ? value.toString() : KeyValue.NONE_VALUE);
	}

}
