package io.github.kratosadmin.test.autoconfigure;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.autoconfigure.KratosAdminBuilderCustomizer;
import io.github.kratosadmin.error.KratosNotFoundException;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.identity.Identity;
import io.github.kratosadmin.identity.ImportIdentities;
import io.github.kratosadmin.identity.ImportResult;
import io.github.kratosadmin.identity.ListIdentities;
import io.github.kratosadmin.test.embedded.EmbeddedKratos;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.exporter.FinishedSpan;
import io.micrometer.tracing.exporter.SpanReporter;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests the spans of calls in an application with tracing by OpenTelemetry: their
 * parents, and the headers that continue them in Kratos.
 */
@SpringBootTest(classes = TracedCallsTests.Application.class,
		properties = { "management.tracing.sampling.probability=1", "management.tracing.export.enabled=true",
				"management.opentelemetry.tracing.export.schedule-delay=10ms",
				"management.tracing.baggage.remote-fields=region" })
@AutoConfigureEmbeddedKratos
class TracedCallsTests {

	@Autowired
	private KratosAdmin client;

	@Autowired
	private ObservationRegistry observations;

	@Autowired
	private Tracer tracer;

	@Autowired
	private RecordingReporter spans;

	@Autowired
	private RequestRecorder requests;

	@BeforeEach
	void detectThePrefix() {
		this.client.metadata().getVersion();
	}

	@Test
	void aCallIsAChildOfTheSpanOfItsCaller() throws Exception {
		Identity identity = this.client.identities().createIdentity(identity(1));
		Trace trace = trace(() -> this.client.identities().getIdentity(identity.id()));
		FinishedSpan call = trace.only("kratos getIdentity");
		assertThat(call.getParentId()).isEqualTo(trace.root().getSpanId());
		assertThat(call.getKind()).isEqualTo(Span.Kind.CLIENT);
		assertThat(call.getRemoteServiceName()).isEqualTo("kratos");
		assertThat(call.getTags()).containsEntry("operation", "getIdentity")
			.containsEntry("outcome", "SUCCESS")
			.containsEntry("status", "200")
			.containsEntry("uri", "/identities/{id}");
		assertContinued("GET /admin/identities/" + identity.id(), List.of(call));
	}

	@Test
	void theSpanOfAFailedCallHasItsError() throws Exception {
		Trace trace = trace(() -> assertThatExceptionOfType(KratosNotFoundException.class)
			.isThrownBy(() -> this.client.identities().getIdentity("00000000-0000-0000-0000-000000000001")));
		FinishedSpan call = trace.only("kratos getIdentity");
		assertThat(call.getParentId()).isEqualTo(trace.root().getSpanId());
		assertThat(call.getError()).hasMessage("getIdentity failed with status 404");
		assertThat(call.getTags()).containsEntry("outcome", "CLIENT_ERROR")
			.containsEntry("exception", "KratosNotFoundException");
	}

	@Test
	void pagesThatAreReadAheadAreChildrenOfTheSpanOfTheReader() throws Exception {
		IntStream.range(0, 3).forEach((i) -> this.client.identities().createIdentity(identity(i)));
		Trace trace = trace(() -> {
			try (Stream<Identity> identities = this.client.identities()
				.streamIdentitiesAhead(ListIdentities.builder().pageSize(1).build())) {
				assertThat(identities).hasSize(3);
			}
			return null;
		});
		assertThat(trace.all("kratos listIdentities")).hasSizeGreaterThanOrEqualTo(3)
			.extracting(FinishedSpan::getParentId)
			.containsOnly(trace.root().getSpanId());
		assertContinued("GET /admin/identities", trace.all("kratos listIdentities"));
	}

	@Test
	void requestsOfAnImportAreChildrenOfTheSpanOfItsCaller() throws Exception {
		Trace trace = trace(() -> {
			try (Stream<ImportResult> results = this.client.importIdentitiesLazily(
					IntStream.range(0, 4).mapToObj(TracedCallsTests::identity),
					ImportIdentities.builder().chunkSize(2).concurrency(2).build())) {
				assertThat(results).extracting(ImportResult::failure).containsOnlyNulls().hasSize(4);
			}
			return null;
		});
		assertThat(trace.all("kratos batchPatchIdentities")).hasSize(2)
			.extracting(FinishedSpan::getParentId)
			.containsOnly(trace.root().getSpanId());
		assertContinued("PATCH /admin/identities", trace.all("kratos batchPatchIdentities"));
	}

	/** Also a field that is not among the remote ones. */
	@Test
	void theBaggageOfTheCallerIsSentAsDocumented() throws Exception {
		Identity identity = this.client.identities().createIdentity(identity(1));
		trace(() -> {
			try (AutoCloseable baggage = this.tracer.createBaggageInScope("tenant", "blue")) {
				return this.client.identities().getIdentity(identity.id());
			}
		});
		assertThat(this.requests.headers("GET /admin/identities/" + identity.id(), "baggage"))
			.singleElement(InstanceOfAssertFactories.STRING)
			.startsWith("tenant=blue");
	}

	/**
	 * Asserts that each of the spans is continued by one of the requests.
	 */
	private void assertContinued(String requestLine, List<FinishedSpan> spans) {
		assertThat(this.requests.headers(requestLine, "traceparent")).containsAll(
				spans.stream().map((span) -> "00-" + span.getTraceId() + "-" + span.getSpanId() + "-01").toList());
	}

	/**
	 * Runs an action of the application in an observation, and waits for its spans.
	 */
	private Trace trace(Callable<?> action) throws Exception {
		AtomicReference<String> traceId = new AtomicReference<>();
		Observation.createNotStarted("application", this.observations).observeChecked(() -> {
			traceId.set(this.tracer.currentSpan().context().traceId());
			return action.call();
		});
		FinishedSpan root = Awaitility.await()
			.until(() -> this.spans.find(traceId.get(), "application"), Optional::isPresent)
			.orElseThrow();
		return new Trace(root, this.spans);
	}

	private static CreateIdentity identity(int number) {
		return CreateIdentity.builder().traits(Map.of("email", "person" + number + "@example.test")).build();
	}

	/** The children of a span end before it, so they are reported when it is. */
	private record Trace(FinishedSpan root, RecordingReporter spans) {

		List<FinishedSpan> all(String name) {
			return this.spans.stream(this.root.getTraceId(), name).toList();
		}

		FinishedSpan only(String name) {
			assertThat(all(name)).hasSize(1);
			return all(name).get(0);
		}

	}

	static class RecordingReporter implements SpanReporter {

		private final Queue<FinishedSpan> finished = new ConcurrentLinkedQueue<>();

		@Override
		public void report(FinishedSpan span) {
			this.finished.add(span);
		}

		Optional<FinishedSpan> find(String traceId, String name) {
			return stream(traceId, name).findFirst();
		}

		Stream<FinishedSpan> stream(String traceId, String name) {
			return this.finished.stream()
				.filter((span) -> span.getTraceId().equals(traceId) && span.getName().equals(name));
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		RequestRecorder requestRecorder(EmbeddedKratos kratos) {
			return new RequestRecorder(kratos.adminUrl());
		}

		@Bean
		KratosAdminBuilderCustomizer throughTheRecorder(RequestRecorder requests) {
			return (builder) -> builder.baseUrl(requests.url());
		}

		@Bean
		RecordingReporter spanReporter() {
			return new RecordingReporter();
		}

	}

}
