package io.github.kratosadmin.observation;

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.docs.ObservationDocumentation;

/**
 * The observations of the client.
 */
public enum KratosAdminObservationDocumentation implements ObservationDocumentation {

	/**
	 * A call of an operation, including all of its requests.
	 */
	KRATOS_ADMIN_REQUESTS {

		@Override
		public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
			return DefaultKratosAdminObservationConvention.class;
		}

		@Override
		public KeyName[] getLowCardinalityKeyNames() {
			return LowCardinalityKeyNames.values();
		}

		@Override
		public Observation.Event[] getEvents() {
			return Events.values();
		}

	};

	/**
	 * The keys of an observation. Each observation has all of them. A key without a
	 * value, or without one yet, is {@code none}.
	 */
	public enum LowCardinalityKeyNames implements KeyName {

		/**
		 * The name of the client, {@code kratos} by default.
		 */
		CLIENT_NAME("client.name"),

		/**
		 * The id of Kratos's error, such as {@code identity_disabled}. Most errors have
		 * none. An unknown id is {@code other}, because a proxy may send anything.
		 */
		ERROR_ID("error.id"),

		/**
		 * The simple name of the class of the exception.
		 */
		EXCEPTION("exception"),

		/**
		 * The HTTP method of the operation.
		 */
		METHOD("method"),

		/**
		 * The Kratos operation, such as {@code getIdentity}.
		 */
		OPERATION("operation"),

		/**
		 * The {@linkplain KratosAdminObservationContext#getOutcome() outcome}.
		 */
		OUTCOME("outcome"),

		/**
		 * The HTTP status of the response.
		 */
		STATUS("status"),

		/**
		 * The path of the operation without the prefix, such as
		 * <code>/identities/{id}</code>.
		 */
		URI("uri");

		private final String name;

		LowCardinalityKeyNames(String name) {
			this.name = name;
		}

		@Override
		public String asString() {
			return this.name;
		}

	}

	/**
	 * The events of an observation.
	 */
	public enum Events implements Observation.Event {

		/**
		 * The request is sent again after a failure.
		 */
		RETRY("retry"),

		/**
		 * A redirect is followed.
		 */
		REDIRECT("redirect"),

		/**
		 * The version of the server is requested.
		 */
		VERSION("version");

		private final String name;

		Events(String name) {
			this.name = name;
		}

		@Override
		public String getName() {
			return this.name;
		}

	}

}
