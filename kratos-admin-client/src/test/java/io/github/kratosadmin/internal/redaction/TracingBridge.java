package io.github.kratosadmin.internal.redaction;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import brave.Tracing;
import brave.baggage.BaggageField;
import brave.baggage.BaggagePropagation;
import brave.baggage.BaggagePropagationConfig.SingleBaggageField;
import brave.handler.MutableSpan;
import brave.handler.SpanHandler;
import brave.propagation.B3Propagation;
import brave.propagation.TraceContext;
import io.micrometer.observation.ObservationHandler.FirstMatchingCompositeObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.brave.bridge.BraveBaggageManager;
import io.micrometer.tracing.brave.bridge.BraveCurrentTraceContext;
import io.micrometer.tracing.brave.bridge.BravePropagator;
import io.micrometer.tracing.brave.bridge.BraveTracer;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.handler.PropagatingSenderTracingObservationHandler;
import io.micrometer.tracing.otel.bridge.OtelBaggageManager;
import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelPropagator;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.micrometer.tracing.propagation.Propagator;
import io.opentelemetry.api.baggage.propagation.W3CBaggagePropagator;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.ExceptionEventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;

/**
 * A tracer of Micrometer with its library, and the texts of its finished spans.
 */
abstract class TracingBridge implements AutoCloseable {

	/** The only field of the baggage. */
	static final String BAGGAGE_FIELD = "tenant";

	private final ObservationRegistry registry = ObservationRegistry.create();

	private final Tracer tracer;

	private TracingBridge(Tracer tracer, Propagator propagator) {
		this.tracer = tracer;
		this.registry.observationConfig()
			.observationHandler(new FirstMatchingCompositeObservationHandler(
					new PropagatingSenderTracingObservationHandler<>(tracer, propagator),
					new DefaultTracingObservationHandler(tracer)));
	}

	Tracer tracer() {
		return this.tracer;
	}

	ObservationRegistry registry() {
		return this.registry;
	}

	/**
	 * Everything that the finished spans have, with the stack traces of their errors.
	 */
	abstract String spans();

	@Override
	public abstract void close();

	private static String stackTrace(Throwable error) {
		StringWriter text = new StringWriter();
		error.printStackTrace(new PrintWriter(text));
		return text.toString();
	}

	/**
	 * OpenTelemetry, with the headers of W3C.
	 */
	static final class OpenTelemetry extends TracingBridge {

		private final InMemorySpanExporter exporter;

		private final SdkTracerProvider provider;

		private OpenTelemetry(InMemorySpanExporter exporter, SdkTracerProvider provider,
				io.opentelemetry.api.trace.Tracer tracer, OtelCurrentTraceContext context) {
			super(new OtelTracer(tracer, context, (event) -> {
			}, new OtelBaggageManager(context, List.of(BAGGAGE_FIELD), List.of())),
					new OtelPropagator(
							ContextPropagators.create(TextMapPropagator.composite(
									W3CTraceContextPropagator.getInstance(), W3CBaggagePropagator.getInstance())),
							tracer));
			this.exporter = exporter;
			this.provider = provider;
		}

		static OpenTelemetry create() {
			InMemorySpanExporter exporter = InMemorySpanExporter.create();
			SdkTracerProvider provider = SdkTracerProvider.builder()
				.addSpanProcessor(SimpleSpanProcessor.create(exporter))
				.build();
			return new OpenTelemetry(exporter, provider, provider.get("test"), new OtelCurrentTraceContext());
		}

		@Override
		String spans() {
			StringBuilder text = new StringBuilder();
			for (SpanData span : this.exporter.getFinishedSpanItems()) {
				text.append(span).append(span.getName()).append(span.getAttributes()).append(span.getStatus());
				for (EventData event : span.getEvents()) {
					text.append(event.getName()).append(event.getAttributes());
					if (event instanceof ExceptionEventData error) {
						text.append(stackTrace(error.getException()));
					}
				}
			}
			return text.toString();
		}

		@Override
		public void close() {
			this.provider.close();
		}

		@Override
		public String toString() {
			return "OpenTelemetry";
		}

	}

	/**
	 * Brave, with the headers of B3, and a header for the field of the baggage.
	 */
	static final class Brave extends TracingBridge {

		private final Tracing tracing;

		private final Finished finished;

		private Brave(Tracing tracing, Finished finished) {
			super(new BraveTracer(tracing.tracer(), new BraveCurrentTraceContext(tracing.currentTraceContext()),
					new BraveBaggageManager(List.of(), List.of(BAGGAGE_FIELD))), new BravePropagator(tracing));
			this.tracing = tracing;
			this.finished = finished;
		}

		static Brave create() {
			Finished finished = new Finished();
			Tracing tracing = Tracing.newBuilder()
				.propagationFactory(BaggagePropagation.newFactoryBuilder(B3Propagation.FACTORY)
					.add(SingleBaggageField.remote(BaggageField.create(BAGGAGE_FIELD)))
					.build())
				.addSpanHandler(finished)
				.build();
			return new Brave(tracing, finished);
		}

		@Override
		String spans() {
			StringBuilder text = new StringBuilder();
			for (MutableSpan span : this.finished.spans) {
				text.append(span);
				if (span.error() != null) {
					text.append(stackTrace(span.error()));
				}
			}
			return text.toString();
		}

		@Override
		public void close() {
			this.tracing.close();
		}

		@Override
		public String toString() {
			return "Brave";
		}

		private static final class Finished extends SpanHandler {

			private final Queue<MutableSpan> spans = new ConcurrentLinkedQueue<>();

			@Override
			public boolean end(TraceContext context, MutableSpan span, Cause cause) {
				this.spans.add(new MutableSpan(span));
				return true;
			}

		}

	}

}
