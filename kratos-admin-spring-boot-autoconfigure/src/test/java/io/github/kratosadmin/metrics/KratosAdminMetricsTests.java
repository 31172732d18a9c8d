package io.github.kratosadmin.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.statistics.ClientStatistics;
import io.github.kratosadmin.statistics.ConnectionStatistics;
import io.github.kratosadmin.statistics.ImportStatistics;
import io.github.kratosadmin.statistics.RetryReason;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.mockito.Answers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link KratosAdminMetrics}.
 */
class KratosAdminMetricsTests {

	private final MeterRegistry registry = new SimpleMeterRegistry();

	@Test
	void bindsAllStatistics() {
		bind(client(statistics("eu", 0)));
		assertThat(meters()).containsExactlyInAnyOrder("kratos.admin.connections[client.name=eu, state=leased] 1.0",
				"kratos.admin.connections[client.name=eu, state=available] 3.0",
				"kratos.admin.connections.pending[client.name=eu] 2.0",
				"kratos.admin.connections.max[client.name=eu] 4.0",
				"kratos.admin.connections.exhausted[client.name=eu] 5.0",
				"kratos.admin.retries[client.name=eu, reason=429] 10.0",
				"kratos.admin.retries[client.name=eu, reason=502] 11.0",
				"kratos.admin.retries[client.name=eu, reason=503] 12.0",
				"kratos.admin.retries[client.name=eu, reason=504] 13.0",
				"kratos.admin.retries[client.name=eu, reason=other_status] 14.0",
				"kratos.admin.retries[client.name=eu, reason=no_response] 15.0",
				"kratos.admin.retries[client.name=eu, reason=token_refused] 17.0",
				"kratos.admin.retries[client.name=eu, reason=path_prefix] 16.0",
				"kratos.admin.import.rows[client.name=eu, outcome=created] 6.0",
				"kratos.admin.import.rows[client.name=eu, outcome=failed] 7.0",
				"kratos.admin.import.rows[client.name=eu, outcome=unknown] 8.0",
				"kratos.admin.import.rows[client.name=eu, outcome=not_sent] 9.0");
	}

	@Test
	void readsTheStatisticsAnew() {
		KratosAdmin client = client(statistics("eu", 0));
		bind(client);
		given(client.statistics()).willReturn(statistics("eu", 100));
		assertThat(meters()).hasSize(17)
			.contains("kratos.admin.connections[client.name=eu, state=leased] 101.0",
					"kratos.admin.import.rows[client.name=eu, outcome=not_sent] 109.0");
	}

	@Test
	void bindsEachClientWithItsName() {
		bind(client(statistics("eu", 0)), client(statistics("us", 100)));
		assertThat(meters()).hasSize(34)
			.contains("kratos.admin.connections.pending[client.name=eu] 2.0",
					"kratos.admin.connections.pending[client.name=us] 102.0");
	}

	@Test
	void addsUpClientsWithTheSameName() {
		KratosAdmin first = client(statistics("eu", 0));
		KratosAdmin second = client(statistics("eu", 100));
		bind(first, second);
		assertThat(meters()).hasSize(17)
			.contains("kratos.admin.connections.pending[client.name=eu] 104.0",
					"kratos.admin.retries[client.name=eu, reason=503] 124.0");
		given(second.statistics()).willReturn(null);
		assertThat(meters()).contains("kratos.admin.connections.pending[client.name=eu] 2.0");
	}

	@Test
	void leavesOutClientsWithoutStatistics() {
		bind(mock(KratosAdmin.class), client(statistics("eu", 0)));
		assertThat(meters()).hasSize(17);
	}

	@Test
	void leavesOutClientsThatFail() {
		KratosAdmin failing = mock();
		given(failing.statistics()).willThrow(new IllegalStateException());
		bind(failing, client(statistics("eu", 0)));
		assertThat(meters()).hasSize(17);
	}

	@Test
	void leavesOutClientsWithoutAName() {
		bind(mock(KratosAdmin.class, Answers.RETURNS_DEEP_STUBS), client(statistics("eu", 0)));
		assertThat(meters()).hasSize(17);
	}

	@Test
	void leavesOutTheNumbersOfAClientThatFailsLater() {
		KratosAdmin first = client(statistics("eu", 0));
		KratosAdmin second = client(statistics("eu", 100));
		bind(first, second);
		given(first.statistics()).willThrow(new IllegalStateException());
		assertThat(meters()).hasSize(17)
			.contains("kratos.admin.connections.pending[client.name=eu] 102.0",
					"kratos.admin.retries[client.name=eu, reason=503] 112.0");
	}

	@Test
	void bindsARealClient() {
		try (KratosAdmin client = KratosAdmin.builder().maxConnections(7).build()) {
			bind(client);
			assertThat(meters()).hasSize(17).contains("kratos.admin.connections.max[client.name=kratos] 7.0");
		}
	}

	private void bind(KratosAdmin... clients) {
		new KratosAdminMetrics(List.of(clients)).bindTo(this.registry);
	}

	private List<String> meters() {
		List<String> meters = new ArrayList<>();
		for (Meter meter : this.registry.getMeters()) {
			assertThat(meter.getId().getDescription()).isNotBlank();
			List<String> tags = meter.getId()
				.getTags()
				.stream()
				.map((tag) -> tag.getKey() + "=" + tag.getValue())
				.toList();
			meter.measure()
				.forEach((measurement) -> meters.add(meter.getId().getName() + tags + " " + measurement.getValue()));
		}
		return meters;
	}

	private static KratosAdmin client(ClientStatistics statistics) {
		KratosAdmin client = mock();
		given(client.statistics()).willReturn(statistics);
		return client;
	}

	/**
	 * Returns statistics with a different value in each place.
	 */
	private static ClientStatistics statistics(String name, int more) {
		Map<RetryReason, Long> retries = Map.of(RetryReason.TOO_MANY_REQUESTS, more + 10L, RetryReason.BAD_GATEWAY,
				more + 11L, RetryReason.SERVICE_UNAVAILABLE, more + 12L, RetryReason.GATEWAY_TIMEOUT, more + 13L,
				RetryReason.OTHER_STATUS, more + 14L, RetryReason.NO_RESPONSE, more + 15L, RetryReason.PATH_PREFIX,
				more + 16L, RetryReason.TOKEN_REFUSED, more + 17L);
		return new ClientStatistics(name, null, new ConnectionStatistics(more + 1, more + 2, more + 3, more + 4),
				more + 5, retries, new ImportStatistics(more + 6, more + 7, more + 8, more + 9));
	}

}
