package io.github.kratosadmin.benchmarks;

import java.util.Collection;

import io.github.kratosadmin.internal.operation.Call;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openjdk.jmh.results.RunResult;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the benchmarks work. The figures of such a short run mean nothing.
 */
class BenchmarksTests {

	private static ServerProcess server;

	@BeforeAll
	static void start() throws Exception {
		server = new ServerProcess();
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { ClientBenchmark.THIS, ClientBenchmark.HAND_WRITTEN, ClientBenchmark.OFFICIAL })
	void everyClientMakesEveryCall(String name) throws Exception {
		try (KratosCalls calls = ClientBenchmark.client(name, server.url())) {
			assertThat(calls.getIdentity()).hasFieldOrPropertyWithValue("id", KratosCalls.ID)
				.extracting("recoveryAddresses")
				.asInstanceOf(InstanceOfAssertFactories.LIST)
				.hasSize(1);
			assertThat(calls.createIdentity()).hasFieldOrPropertyWithValue("id", KratosCalls.ID);
			assertThat(calls.listIdentities()).hasSize(ConstantResponses.LIST_SIZE).doesNotHaveDuplicates();
			assertThat(calls.importIdentities()).isEqualTo(ConstantResponses.IMPORT_SIZE);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "none", "no handlers", "disabled", "no-op handler", "meters", "meters and tracer" })
	void everyRegistryObservesACall(String name) throws Throwable {
		ObservationBenchmark benchmark = new ObservationBenchmark();
		benchmark.registry = name;
		benchmark.observe();
		assertThat(benchmark.call()).isInstanceOf(Call.class);
	}

	@Test
	void printsATable() throws Exception {
		Collection<RunResult> results = Benchmarks.run(server.url(), "-t", "2", "-f", "0", "-wi", "1", "-w", "10ms",
				"-i", "1", "-r", "1s", "-v", "SILENT", "ClientBenchmark.getIdentity");
		assertThat(results).hasSize(3)
			.allSatisfy((result) -> assertThat(ResultTable.cpu(result)).isPositive())
			.allSatisfy((result) -> assertThat(ResultTable.allocation(result)).isPositive())
			.allSatisfy((result) -> assertThat(ResultTable.throughput(result)).isPositive());
		assertThat(
				new ResultTable(results).toString().lines().filter((line) -> line.startsWith("| getIdentity | 2 | ")))
			.hasSize(3);
	}

}
