package io.github.kratosadmin.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * The {@link ObservationConvention} of
 * {@link KratosAdminObservationDocumentation#KRATOS_ADMIN_REQUESTS}.
 */
public interface KratosAdminObservationConvention extends ObservationConvention<KratosAdminObservationContext> {

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof KratosAdminObservationContext;
	}

}
