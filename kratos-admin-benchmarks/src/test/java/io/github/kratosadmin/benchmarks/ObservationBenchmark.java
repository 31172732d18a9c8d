package io.github.kratosadmin.benchmarks;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.github.kratosadmin.identity.IdentityApi;
import io.github.kratosadmin.internal.feign.OperationObserver;
import io.github.kratosadmin.internal.http.AdminHeaders;
import io.github.kratosadmin.internal.operation.ActiveCalls;
import io.github.kratosadmin.internal.operation.Invocation;
import io.github.kratosadmin.internal.operation.Operation;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.handler.PropagatingSenderTracingObservationHandler;
import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelPropagator;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import org.springframework.util.ClassUtils;

/**
 * Benchmark of the observation of a call that sends nothing. The difference to the case
 * {@code none} is the cost of the observation.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class ObservationBenchmark {

	private static final Invocation INVOCATION = new Invocation(
			Operation.of(ClassUtils.getMethod(IdentityApi.class, "getIdentity", String.class)), new Object[] { "id" });

	/**
	 * What observes the calls: no registry, a registry without handlers, a registry that
	 * does not observe this operation, a handler that does nothing, meters, and meters
	 * with traces that are sampled but not exported.
	 */
	@Param({ "none", "no handlers", "disabled", "no-op handler", "meters", "meters and tracer" })
	public String registry = "none";

	private final ActiveCalls calls = new ActiveCalls(Duration.ofMinutes(1));

	private OperationObserver observer;

	/**
	 * Creates the observer.
	 */
	@Setup
	public void observe() {
		ObservationRegistry registry = registry(this.registry);
		this.observer = new OperationObserver("kratos", registry, null, List.of(),
				new AdminHeaders(Map.of(), null, registry, this.calls, null));
	}

	/**
	 * Runs a call.
	 */
	@Benchmark
	public Object call() throws Throwable {
		return this.observer.run(this.calls, INVOCATION, (call) -> call);
	}

	static ObservationRegistry registry(String name) {
		if (name.equals("none")) {
			return ObservationRegistry.NOOP;
		}
		ObservationRegistry registry = ObservationRegistry.create();
		switch (name) {
			case "no handlers" -> {
			}
			case "disabled" -> registry.observationConfig()
				.observationHandler(new NoOpHandler())
				.observationPredicate((observation, context) -> false);
			case "no-op handler" -> registry.observationConfig().observationHandler(new NoOpHandler());
			case "meters" -> registry.observationConfig().observationHandler(meters());
			case "meters and tracer" ->
				registry.observationConfig().observationHandler(meters()).observationHandler(tracer());
			default -> throw new IllegalArgumentException(name);
		}
		return registry;
	}

	private static ObservationHandler<Observation.Context> meters() {
		return new DefaultMeterObservationHandler(new SimpleMeterRegistry());
	}

	private static ObservationHandler<?> tracer() {
		Tracer tracer = SdkTracerProvider.builder().build().get("benchmark");
		return new PropagatingSenderTracingObservationHandler<>(
				new OtelTracer(tracer, new OtelCurrentTraceContext(), (event) -> {
				}), new OtelPropagator(ContextPropagators.create(W3CTraceContextPropagator.getInstance()), tracer));
	}

	private static final class NoOpHandler implements ObservationHandler<Observation.Context> {

		@Override
		public boolean supportsContext(Observation.Context context) {
			return true;
		}

	}

}
