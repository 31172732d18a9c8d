package io.github.kratosadmin;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import io.github.kratosadmin.error.KratosPoolExhaustedException;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.identity.ImportIdentities;
import io.github.kratosadmin.identity.ImportResult;
import io.github.kratosadmin.statistics.ClientStatistics;
import io.github.kratosadmin.statistics.ConnectionStatistics;
import io.github.kratosadmin.statistics.ImportStatistics;
import io.github.kratosadmin.statistics.RetryReason;
import io.github.kratosadmin.testing.TestServer;
import io.github.kratosadmin.testing.TestServer.StubResponse;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests for {@link KratosAdmin#statistics()}.
 */
class StatisticsTests {

	private static final String IDENTITY = "{\"id\":\"x\"}";

	private static final StubResponse UNKNOWN_ROUTE = StubResponse.text(404, "404 page not found\n");

	@AutoClose
	private final TestServer server = new TestServer();

	private KratosAdminBuilder builder() {
		return KratosAdmin.builder()
			.baseUrl(this.server.url())
			.retryDelay(Duration.ofMillis(1), 1, Duration.ofMillis(1), Duration.ZERO);
	}

	private static ClientStatistics statistics(KratosAdmin admin) {
		return Objects.requireNonNull(admin.statistics());
	}

	@Test
	void aClientThatIsNotUsedHasItsNameAndItsMaximum() {
		try (KratosAdmin admin = builder().name("eu").maxConnections(7).build()) {
			ClientStatistics statistics = statistics(admin);
			assertThat(statistics.clientName()).isEqualTo("eu");
			assertThat(statistics.pathPrefix()).isNull();
			assertThat(statistics.connections()).isEqualTo(new ConnectionStatistics(0, 0, 0, 7));
			assertThat(statistics.poolExhausted()).isZero();
			assertThat(statistics.retries()).containsOnlyKeys(RetryReason.values()).containsValue(0L);
			assertThat(statistics.importRows()).isEqualTo(new ImportStatistics(0, 0, 0, 0));
		}
		assertThat(this.server.connections()).isZero();
	}

	@Test
	void anImplementationOfTheApplicationNeedsNoStatistics() {
		assertThat(Stream.of(KratosAdmin.class.getMethods()).filter((method) -> method.getName().equals("statistics")))
			.singleElement()
			.satisfies((method) -> assertThat(method.isDefault()).isTrue());
	}

	@Test
	void theNameIsThatAtTheTimeOfTheBuild() {
		KratosAdminBuilder builder = builder().name("eu").pathPrefix("/kratos");
		try (KratosAdmin admin = builder.build(); KratosAdmin other = builder.name("us").pathPrefix("").build()) {
			assertThat(statistics(admin)).extracting(ClientStatistics::clientName, ClientStatistics::pathPrefix)
				.containsExactly("eu", "/kratos");
			assertThat(statistics(other)).extracting(ClientStatistics::clientName, ClientStatistics::pathPrefix)
				.containsExactly("us", "");
		}
	}

	@ParameterizedTest
	@CsvSource({ "/admin,/base/admin", "'',/base" })
	void thePrefixIsThatWhereTheVersionWasRead(String prefix, String path) {
		this.server.otherwise((request) -> request.path().equals(path + "/version")
				? StubResponse.json("{\"version\":\"v1\"}") : UNKNOWN_ROUTE);
		try (KratosAdmin admin = builder().baseUrl(this.server.url() + "/base").build()) {
			admin.metadata().getVersion();
			assertThat(statistics(admin).pathPrefix()).isEqualTo(prefix);
		}
	}

	@Test
	void aPrefixThatIsAGuessIsNotShown() {
		this.server
			.otherwise((request) -> request.path().startsWith("/admin") ? UNKNOWN_ROUTE : StubResponse.json(IDENTITY));
		try (KratosAdmin admin = builder().build()) {
			admin.identities().getIdentity("x");
			assertThat(statistics(admin).pathPrefix()).isNull();
		}
	}

	@Test
	void theConnectionsAreThoseOfThePoolEvenAfterTheClientIsClosed() throws Exception {
		this.server.respond(StubResponse.held()).otherwise((request) -> StubResponse.json(IDENTITY));
		KratosAdmin admin = builder().pathPrefix("").maxConnections(2).acquireTimeout(Duration.ofMinutes(1)).build();
		Thread holder = start(admin);
		this.server.awaitRequest();
		assertThat(statistics(admin).connections()).isEqualTo(new ConnectionStatistics(1, 0, 0, 2));
		admin.identities().getIdentity("x");
		assertThat(statistics(admin).connections()).isEqualTo(new ConnectionStatistics(1, 0, 1, 2));
		this.server.respond(StubResponse.held());
		Thread second = start(admin);
		this.server.awaitRequest();
		this.server.awaitRequest();
		Thread waiting = start(admin);
		Awaitility.await()
			.untilAsserted(
					() -> assertThat(statistics(admin).connections()).isEqualTo(new ConnectionStatistics(2, 1, 0, 2)));
		admin.close();
		for (Thread thread : new Thread[] { holder, second, waiting }) {
			thread.join();
		}
		assertThat(statistics(admin).connections()).isEqualTo(new ConnectionStatistics(0, 0, 0, 2));
	}

	private static Thread start(KratosAdmin admin) {
		Thread thread = new Thread(() -> catchThrowable(() -> admin.identities().getIdentity("x")));
		thread.start();
		return thread;
	}

	@Test
	void aRequestForWhichNoConnectionIsFreeIsCounted() throws Exception {
		this.server.otherwise((request) -> StubResponse.held());
		try (KratosAdmin admin = builder().pathPrefix("")
			.maxConnections(1)
			.acquireTimeout(Duration.ofMillis(500))
			.build()) {
			Thread holder = start(admin);
			this.server.awaitRequest();
			for (int i = 1; i <= 2; i++) {
				assertThatExceptionOfType(KratosPoolExhaustedException.class)
					.isThrownBy(() -> admin.identities().getIdentity("x"));
				assertThat(statistics(admin).poolExhausted()).isEqualTo(i);
			}
			holder.interrupt();
			holder.join();
			assertThat(statistics(admin).poolExhausted()).isEqualTo(2);
		}
	}

	@ParameterizedTest
	@CsvSource({ "TOO_MANY_REQUESTS,429", "BAD_GATEWAY,502", "SERVICE_UNAVAILABLE,503", "GATEWAY_TIMEOUT,504",
			"OTHER_STATUS,500", "OTHER_STATUS,599" })
	void aRetryIsCountedWithTheStatusBeforeIt(RetryReason reason, int status) {
		this.server.respond(StubResponse.text(status, ""), StubResponse.text(status, ""), StubResponse.json(IDENTITY));
		try (KratosAdmin admin = builder().pathPrefix("")
			.maxRetries(2)
			.retryStatuses(Set.of(429, 500, 502, 503, 504, 599))
			.build()) {
			admin.identities().getIdentity("x");
			assertOnlyRetries(admin, reason, 2);
		}
	}

	@Test
	void aRetryWithoutAResponseIsCounted() {
		this.server.respond(StubResponse.dropped(), StubResponse.json(IDENTITY));
		try (KratosAdmin admin = builder().pathPrefix("").maxRetries(1).build()) {
			admin.identities().getIdentity("x");
			assertOnlyRetries(admin, RetryReason.NO_RESPONSE, 1);
		}
	}

	@Test
	void aFailureThatIsNotRetriedIsNotCounted() {
		this.server.otherwise((request) -> StubResponse.text(503, ""));
		try (KratosAdmin admin = builder().pathPrefix("").maxRetries(1).build()) {
			assertThat(catchThrowable(() -> admin.identities().deleteIdentity("x"))).isNotNull();
			assertThat(statistics(admin).retries()).values().containsOnly(0L);
			assertThat(catchThrowable(() -> admin.identities().getIdentity("x"))).isNotNull();
			assertOnlyRetries(admin, RetryReason.SERVICE_UNAVAILABLE, 1);
		}
	}

	@Test
	void aRetryAtANewPrefixIsCounted() {
		this.server
			.otherwise((request) -> request.path().startsWith("/admin") ? UNKNOWN_ROUTE : StubResponse.json(IDENTITY));
		try (KratosAdmin admin = builder().build()) {
			admin.identities().getIdentity("x");
			assertThat(statistics(admin).retries()).values().containsOnly(0L);
			this.server.otherwise((request) -> {
				if (!request.path().startsWith("/admin")) {
					return StubResponse.text(404, "gone");
				}
				return StubResponse.json(request.path().endsWith("/version") ? "{\"version\":\"v1\"}" : IDENTITY);
			});
			admin.identities().getIdentity("x");
			assertOnlyRetries(admin, RetryReason.PATH_PREFIX, 1);
			assertThat(statistics(admin).pathPrefix()).isEqualTo("/admin");
		}
	}

	private static void assertOnlyRetries(KratosAdmin admin, RetryReason reason, long count) {
		assertThat(statistics(admin).retries()).containsOnlyKeys(RetryReason.values())
			.allSatisfy(
					(other, retries) -> assertThat(retries).as(other.name()).isEqualTo((other == reason) ? count : 0L));
	}

	@Test
	void theRowsOfAllImportsAreCountedByOutcome() {
		// Without batchPatchIdentities, each row is a request.
		this.server.version("v0.11.1");
		this.server.respond(StubResponse.json(201, IDENTITY), StubResponse.json(409, "{\"error\":{\"code\":409}}"),
				StubResponse.dropped());
		ImportIdentities options = ImportIdentities.builder().concurrency(1).build();
		try (KratosAdmin admin = builder().pathPrefix("").build()) {
			admin.importIdentities(people(3), options, (result) -> {
			});
			assertThat(statistics(admin).importRows()).isEqualTo(new ImportStatistics(1, 1, 1, 0));
			this.server.respond(StubResponse.json(201, IDENTITY));
			try (Stream<ImportResult> results = admin.importIdentitiesLazily(people(1), options)) {
				assertThat(results).hasSize(1);
			}
			assertThat(statistics(admin).importRows()).isEqualTo(new ImportStatistics(2, 1, 1, 0));
			admin.close();
			admin.importIdentities(people(5), options, (result) -> {
			});
			assertThat(statistics(admin).importRows()).isEqualTo(new ImportStatistics(2, 1, 1, 5));
		}
	}

	private static Stream<CreateIdentity> people(int count) {
		return Stream.generate(() -> CreateIdentity.builder().traits(Map.of()).build()).limit(count);
	}

}
