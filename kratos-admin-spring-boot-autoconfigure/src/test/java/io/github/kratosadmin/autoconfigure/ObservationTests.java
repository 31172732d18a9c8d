package io.github.kratosadmin.autoconfigure;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.observation.DefaultKratosAdminObservationConvention;
import io.github.kratosadmin.observation.KratosAdminObservationContext;
import io.github.kratosadmin.observation.KratosAdminObservationConvention;
import io.github.kratosadmin.testing.StubKratos;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.GlobalObservationConvention;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the observations of the clients that the application has.
 */
class ObservationTests {

	private static final String NAME = "kratos.admin.requests";

	@AutoClose
	private final StubKratos kratos = new StubKratos();

	private final TestObservationRegistry registry = TestObservationRegistry.create();

	private final ApplicationContextRunner withoutRegistry = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(KratosAdminAutoConfiguration.class))
		.withPropertyValues("kratos.admin.base-url=" + this.kratos.url(), "kratos.admin.path-prefix=");

	private final ApplicationContextRunner contextRunner = this.withoutRegistry.withBean(ObservationRegistry.class,
			() -> this.registry);

	@Test
	void observesCallsWithTheRegistryOfTheApplication() {
		this.contextRunner.run(ObservationTests::call);
		assertThat(this.registry).hasSingleObservationThat()
			.hasNameEqualTo(NAME)
			.hasLowCardinalityKeyValue("operation", "getIdentity");
	}

	@Test
	void observesCallsWithTheRegistryOfSpringBoot() {
		this.withoutRegistry.withConfiguration(AutoConfigurations.of(ObservationAutoConfiguration.class))
			.withBean(RecordingHandler.class)
			.run((context) -> {
				call(context);
				assertThat(context.getBean(RecordingHandler.class).observed).isEqualTo(NAME);
			});
	}

	@Test
	void doesNotObserveWithTheDocumentedProperty() {
		this.withoutRegistry.withConfiguration(AutoConfigurations.of(ObservationAutoConfiguration.class))
			.withBean(RecordingHandler.class)
			.withPropertyValues("management.observations.enable.kratos.admin=false")
			.run((context) -> {
				call(context);
				assertThat(context.getBean(RecordingHandler.class).observed).isNull();
			});
	}

	@Test
	void usesTheConventionOfTheApplication() {
		this.contextRunner
			.withBean(KratosAdminObservationConvention.class,
					() -> new DefaultKratosAdminObservationConvention("identities"))
			.run(ObservationTests::call);
		assertThat(this.registry).hasSingleObservationThat().hasNameEqualTo("identities");
	}

	@Test
	void usesAGlobalConventionOfTheApplication() {
		this.withoutRegistry.withConfiguration(AutoConfigurations.of(ObservationAutoConfiguration.class))
			.withBean(RecordingHandler.class)
			.withBean(GlobalConvention.class)
			.run((context) -> {
				call(context);
				assertThat(context.getBean(RecordingHandler.class).observed).isEqualTo("global");
			});
	}

	@Test
	void aCustomizerOfTheApplicationReplacesTheRegistry() {
		this.contextRunner
			.withBean(KratosAdminBuilderCustomizer.class,
					() -> (builder) -> builder.observationRegistry(ObservationRegistry.NOOP))
			.run(ObservationTests::call);
		assertThat(this.registry).doesNotHaveAnyObservation();
	}

	@Test
	void aCustomizerOfTheApplicationTurnsObservationsOff() {
		this.contextRunner
			.withBean(KratosAdminBuilderCustomizer.class, () -> (builder) -> builder.observationRegistry(null))
			.run(ObservationTests::call);
		assertThat(this.registry).doesNotHaveAnyObservation();
	}

	@Test
	void doesNotObserveWithoutARegistry() {
		this.withoutRegistry.run(ObservationTests::call);
	}

	@Test
	void doesNotObserveWithTwoRegistries() {
		this.contextRunner.withBean("other", ObservationRegistry.class, TestObservationRegistry::create)
			.run(ObservationTests::call);
		assertThat(this.registry).doesNotHaveAnyObservation();
	}

	@Test
	void worksWithoutTheModulesOfSpringBootForObservationsAndMetrics() {
		this.contextRunner
			.withClassLoader(new FilteredClassLoader(ObservationAutoConfiguration.class.getPackageName(),
					MetricsAutoConfiguration.class.getPackageName(), "io.micrometer.core", "io.micrometer.tracing"))
			.run(ObservationTests::call);
		assertThat(this.registry).hasSingleObservationThat().hasNameEqualTo(NAME);
	}

	private static void call(ApplicationContext context) {
		context.getBean(KratosAdmin.class).identities().getIdentity("1");
	}

	static class GlobalConvention extends DefaultKratosAdminObservationConvention
			implements GlobalObservationConvention<KratosAdminObservationContext> {

		@Override
		public String getName() {
			return "global";
		}

		@Override
		public KeyValues getLowCardinalityKeyValues(KratosAdminObservationContext context) {
			return KeyValues.empty();
		}

	}

	static class RecordingHandler implements ObservationHandler<Observation.Context> {

		private String observed;

		@Override
		public void onStart(Observation.Context context) {
			this.observed = context.getName();
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return true;
		}

	}

}
