package io.github.kratosadmin.internal.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.KratosAdminBuilder;
import io.github.kratosadmin.connection.BearerTokenProvider;
import io.github.kratosadmin.error.KratosUnauthorizedException;
import io.github.kratosadmin.error.KratosUnavailableException;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.identity.Identity;
import io.github.kratosadmin.identity.ImportIdentities;
import io.github.kratosadmin.identity.ImportResult;
import io.github.kratosadmin.identity.ImportResult.Outcome;
import io.github.kratosadmin.identity.ListIdentities;
import io.github.kratosadmin.statistics.RetryReason;
import io.github.kratosadmin.testing.TestServer;
import io.github.kratosadmin.testing.TestServer.Request;
import io.github.kratosadmin.testing.TestServer.StubResponse;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests what the client does if the server refuses the token of a provider.
 */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class RefusedTokenTests {

	private static final CreateIdentity PERSON = CreateIdentity.builder().traits(Map.of()).build();

	@AutoClose
	private final TestServer server = new TestServer();

	private final Tokens tokens = new Tokens();

	@Test
	void aReadIsSentOnceMoreWithAnotherToken() {
		accept("token-2");
		try (KratosAdmin admin = builder().build()) {
			assertThat(admin.identities().getIdentity("x").id()).isEqualTo("x");
			assertThat(admin.identities().getIdentity("x").id()).isEqualTo("x");
			assertThat(admin.statistics().retries()).containsEntry(RetryReason.TOKEN_REFUSED, 1L);
		}
		assertThat(sentTokens()).containsExactly("token-1", "token-2", "token-2");
		assertThat(this.tokens.refused).containsExactly("token-1");
	}

	@Test
	void aSecondRefusalFailsTheRead() {
		accept("token-3");
		try (KratosAdmin admin = builder().build()) {
			assertThatExceptionOfType(KratosUnauthorizedException.class)
				.isThrownBy(() -> admin.identities().getIdentity("x"))
				.matches((ex) -> ex.getStatus() == 401);
			assertThat(sentTokens()).containsExactly("token-1", "token-2");
			assertThat(this.tokens.refused).containsExactly("token-1", "token-2");
			assertThat(admin.identities().getIdentity("x").id()).isEqualTo("x");
		}
	}

	@Test
	void aTokenIsRenewedOncePerCallWithRetriesToo() {
		this.server.respond(unauthorized(), StubResponse.empty(503), unauthorized());
		try (KratosAdmin admin = builder().maxRetries(3)
			.retryDelay(Duration.ofMillis(1), 1, Duration.ofMillis(1), Duration.ZERO)
			.build()) {
			assertThatExceptionOfType(KratosUnauthorizedException.class)
				.isThrownBy(() -> admin.identities().getIdentity("x"));
		}
		assertThat(sentTokens()).containsExactly("token-1", "token-2", "token-2");
	}

	@Test
	void aChangeIsNotSentAgainButTheNextOneHasAnotherToken() {
		accept("token-2");
		try (KratosAdmin admin = builder().build()) {
			assertThatExceptionOfType(KratosUnauthorizedException.class)
				.isThrownBy(() -> admin.identities().createIdentity(PERSON));
			assertThat(sentTokens()).containsExactly("token-1");
			assertThat(this.tokens.refused).containsExactly("token-1");
			assertThat(admin.identities().createIdentity(PERSON).id()).isEqualTo("x");
			assertThat(admin.statistics().retries()).containsEntry(RetryReason.TOKEN_REFUSED, 0L);
		}
		assertThat(sentTokens()).containsExactly("token-1", "token-2");
	}

	@Test
	void theSameTokenIsNotSentAgain() {
		this.server.otherwise((request) -> unauthorized());
		AtomicInteger refused = new AtomicInteger();
		BearerTokenProvider unchanging = new BearerTokenProvider() {

			@Override
			public String getToken() {
				return "token";
			}

			@Override
			public void invalidateToken(String token) {
				refused.incrementAndGet();
			}

		};
		try (KratosAdmin admin = builder().bearerTokenProvider(unchanging).build()) {
			assertThatExceptionOfType(KratosUnauthorizedException.class)
				.isThrownBy(() -> admin.identities().getIdentity("x"))
				.matches(KratosUnauthorizedException::isRequestSent);
			assertThat(admin.statistics().retries()).containsEntry(RetryReason.TOKEN_REFUSED, 0L);
		}
		assertThat(this.server.requests()).hasSize(1);
		assertThat(refused).hasValue(1);
	}

	@Test
	void aConfiguredTokenIsSentOnce() {
		this.server.otherwise((request) -> unauthorized());
		try (KratosAdmin admin = builder().bearerToken("fixed").build()) {
			assertThatExceptionOfType(KratosUnauthorizedException.class)
				.isThrownBy(() -> admin.identities().getIdentity("x"));
		}
		assertThat(sentTokens()).containsExactly("fixed");
	}

	@Test
	void aConfiguredHeaderIsSentOnce() {
		this.server.otherwise((request) -> unauthorized());
		try (KratosAdmin admin = builder().bearerTokenProvider(null).header("Authorization", "Bearer fixed").build()) {
			assertThatExceptionOfType(KratosUnauthorizedException.class)
				.isThrownBy(() -> admin.identities().getIdentity("x"));
		}
		assertThat(sentTokens()).containsExactly("fixed");
	}

	@Test
	void aRefusalByThePublicApiDoesNotInvalidateTheToken() {
		try (TestServer publicApi = new TestServer();
				KratosAdmin admin = builder().publicUrl(publicApi.url()).build()) {
			publicApi.otherwise((request) -> unauthorized());
			assertThatExceptionOfType(KratosUnauthorizedException.class)
				.isThrownBy(() -> admin.selfService().getSelfServiceLoginFlow("x"));
			assertThat(publicApi.request().header("Authorization")).isNull();
		}
		assertThat(this.tokens.refused).isEmpty();
	}

	/** Kratos 0.6 has settings flows at the admin API. */
	@Test
	void aRefusalOfASessionTokenDoesNotInvalidateTheBearerToken() {
		this.server.otherwise((request) -> unauthorized());
		try (KratosAdmin admin = builder().build()) {
			assertThatExceptionOfType(KratosUnauthorizedException.class)
				.isThrownBy(() -> admin.selfService().getSelfServiceSettingsFlow("x", "session"));
		}
		assertThat(sentTokens()).containsExactly("token-1");
		assertThat(this.tokens.refused).isEmpty();
	}

	@Test
	void aProviderThatFailsAfterARefusalFailsTheReadAsNotProcessed() {
		this.server.otherwise((request) -> unauthorized());
		this.tokens.failure = new IllegalStateException("no token today");
		try (KratosAdmin admin = builder().build()) {
			assertThatExceptionOfType(KratosUnavailableException.class)
				.isThrownBy(() -> admin.identities().getIdentity("x"))
				.withMessageNotContaining("no token today")
				.matches((ex) -> !ex.isRequestSent())
				.havingRootCause()
				.withMessage("no token today");
		}
		assertThat(this.server.requests()).hasSize(1);
	}

	@Test
	void aFailureToInvalidateDoesNotHideTheRefusal() {
		accept("token-2");
		BearerTokenProvider failing = new BearerTokenProvider() {

			@Override
			public String getToken() {
				return RefusedTokenTests.this.tokens.getToken();
			}

			@Override
			public void invalidateToken(String token) {
				RefusedTokenTests.this.tokens.invalidateToken(token);
				throw new IllegalStateException("broken");
			}

		};
		try (KratosAdmin admin = builder().bearerTokenProvider(failing).build()) {
			assertThat(admin.identities().getIdentity("x").id()).isEqualTo("x");
		}
		assertThat(sentTokens()).containsExactly("token-1", "token-2");
	}

	@Test
	void theDetectionOfThePrefixIsSentOnceMore() {
		accept("token-2");
		try (KratosAdmin admin = KratosAdmin.builder()
			.baseUrl(this.server.url())
			.bearerTokenProvider(this.tokens)
			.build()) {
			assertThat(admin.identities().createIdentity(PERSON).id()).isEqualTo("x");
		}
		assertThat(this.server.requests()).extracting(Request::toString)
			.containsExactly("GET /admin/version", "GET /admin/version", "POST /admin/identities");
		assertThat(sentTokens()).containsExactly("token-1", "token-2", "token-2");
	}

	@Test
	void theConnectionOfTheRefusedRequestIsFreeForTheNextOne() {
		accept("token-2");
		try (KratosAdmin admin = builder().maxConnections(1).build()) {
			assertThat(admin.identities().getIdentity("x").id()).isEqualTo("x");
		}
		assertThat(this.server.connections()).isEqualTo(1);
	}

	@Test
	void theRepetitionIsAnEventOfTheObservation() {
		accept("token-2");
		TestObservationRegistry registry = TestObservationRegistry.create();
		try (KratosAdmin admin = builder().observationRegistry(registry).build()) {
			admin.identities().getIdentity("x");
		}
		TestObservationRegistryAssert.assertThat(registry)
			.hasNumberOfObservationsEqualTo(1)
			.hasSingleObservationThat()
			.hasEvent("retry")
			.hasLowCardinalityKeyValue("status", "200");
	}

	@Test
	void aPageThatWasReadAheadIsRequestedAgainInTheReadingThread() {
		ThreadLocal<String> reader = new ThreadLocal<>();
		reader.set("reader");
		AtomicInteger asked = new AtomicInteger();
		this.server.otherwise((request) -> {
			String token = token(request);
			if (!request.target().contains("page_token=next")) {
				return StubResponse.json("[{\"id\":\"1\"}]")
					.header("Link", "</admin/identities?page_token=next>; rel=\"next\"");
			}
			return token.equals("reader-3") ? StubResponse.json("[{\"id\":\"2\"}]").header("Link", "<x>")
					: unauthorized();
		});
		List<String> refused = new CopyOnWriteArrayList<>();
		BearerTokenProvider provider = new BearerTokenProvider() {

			@Override
			public String getToken() {
				return reader.get() + "-" + asked.incrementAndGet();
			}

			@Override
			public void invalidateToken(String token) {
				refused.add(token);
			}

		};
		try (KratosAdmin admin = builder().bearerTokenProvider(provider).build();
				Stream<Identity> export = admin.identities().streamIdentitiesAhead(ListIdentities.builder().build())) {
			assertThat(export).extracting(Identity::id).containsExactly("1", "2");
		}
		assertThat(sentTokens()).containsExactly("reader-1", "reader-2", "reader-3");
		assertThat(refused).containsExactly("reader-2");
	}

	@Test
	void anImportGoesOnWithAnotherToken() {
		accept("token-2");
		List<ImportResult> results = new ArrayList<>();
		try (KratosAdmin admin = builder().build()) {
			admin.importIdentities(Stream.generate(() -> PERSON).limit(3),
					ImportIdentities.builder().chunkSize(1).concurrency(1).build(), results::add);
		}
		assertThat(results).extracting(ImportResult::outcome)
			.containsExactly(Outcome.FAILED, Outcome.CREATED, Outcome.CREATED);
		assertThat(results.get(0).failure()).isInstanceOf(KratosUnauthorizedException.class);
		assertThat(this.tokens.refused).containsExactly("token-1");
	}

	// The call timeout

	@Test
	void aProviderThatHangsIsInterruptedAtTheEndOfTheCall() {
		this.tokens.hang = true;
		try (KratosAdmin admin = builder().callTimeout(Duration.ofSeconds(2)).build()) {
			assertThatExceptionOfType(KratosUnavailableException.class)
				.isThrownBy(() -> admin.identities().createIdentity(PERSON))
				.withMessage("createIdentity got no response: the call was not over after PT2S")
				.matches((ex) -> !ex.isRequestSent());
			assertThat(Thread.currentThread().isInterrupted()).isFalse();
			this.tokens.hang = false;
			accept("token-1");
			assertThat(admin.identities().createIdentity(PERSON).id()).isEqualTo("x");
		}
		assertThat(this.server.requests()).hasSize(1);
	}

	@Test
	void aProviderThatSwallowsTheInterruptionCannotSendALateRequest() {
		BearerTokenProvider swallowing = () -> {
			try {
				new CountDownLatch(1).await();
			}
			catch (InterruptedException ex) {
				// Swallowed.
			}
			return "late";
		};
		try (KratosAdmin admin = builder().bearerTokenProvider(swallowing).callTimeout(Duration.ofSeconds(2)).build()) {
			assertThatExceptionOfType(KratosUnavailableException.class)
				.isThrownBy(() -> admin.identities().createIdentity(PERSON))
				.withMessageContaining("the call was not over after PT2S")
				.matches((ex) -> !ex.isRequestSent());
		}
		assertThat(this.server.requests()).isEmpty();
	}

	@Test
	void aClosedClientDoesNotWaitForItsProvider() throws Exception {
		this.tokens.hang = true;
		KratosAdmin admin = builder().build();
		CompletableFuture<KratosUnavailableException> failure = new CompletableFuture<>();
		Thread caller = new Thread(() -> {
			try {
				admin.identities().getIdentity("x");
			}
			catch (KratosUnavailableException ex) {
				failure.complete(ex);
			}
		});
		caller.start();
		this.tokens.asked.await();
		admin.close();
		assertThat(failure.get(30, TimeUnit.SECONDS)).hasMessageContaining("this KratosAdmin is closed")
			.matches((ex) -> !ex.isRequestSent());
		caller.join();
	}

	@Test
	void aThreadInterruptedWhileItWaitsForTheProviderStaysInterrupted() throws Exception {
		this.tokens.hang = true;
		CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
		try (KratosAdmin admin = builder().build()) {
			Thread caller = new Thread(() -> {
				try {
					admin.identities().getIdentity("x");
				}
				catch (KratosUnavailableException ex) {
					interrupted.complete(Thread.currentThread().isInterrupted()
							&& ex.getMessage().contains("the thread was interrupted"));
				}
			});
			caller.start();
			this.tokens.asked.await();
			caller.interrupt();
			assertThat(interrupted.get(30, TimeUnit.SECONDS)).isTrue();
		}
	}

	@Test
	void theRowsOfAnImportFailIfTheProviderHangs() {
		this.tokens.hang = true;
		List<ImportResult> results = new ArrayList<>();
		try (KratosAdmin admin = builder().callTimeout(Duration.ofSeconds(2)).build()) {
			admin.importIdentities(IntStream.range(0, 2).mapToObj((i) -> PERSON),
					ImportIdentities.builder().failuresBeforePause(1).maxPause(Duration.ZERO).build(), results::add);
		}
		assertThat(results).hasSize(2).allSatisfy((result) -> {
			assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
			assertThat(result.failure())
				.isInstanceOfSatisfying(KratosUnavailableException.class,
						(ex) -> assertThat(ex.isRequestSent()).isFalse())
				.hasMessageContaining("the call was not over after PT2S");
		});
		assertThat(this.server.requests()).isEmpty();
	}

	private void accept(String token) {
		this.server.otherwise((request) -> {
			if (!token(request).equals(token)) {
				return unauthorized();
			}
			if (request.method().equals("PATCH")) {
				return StubResponse.json(request.body()
					.replaceAll(".*\"patch_id\":\"([^\"]+)\".*",
							"{\"identities\":[{\"action\":\"create\",\"identity\":\"x\",\"patch_id\":\"$1\"}]}"));
			}
			return request.path().endsWith("/version") ? StubResponse.json("{\"version\":\"v1.3.1\"}")
					: StubResponse.json((request.method().equals("POST") ? 201 : 200), "{\"id\":\"x\"}");
		});
	}

	private static StubResponse unauthorized() {
		return StubResponse.json(401, "{\"message\":\"the token is not valid\"}");
	}

	private static String token(Request request) {
		return request.header("Authorization").replace("Bearer ", "");
	}

	private List<String> sentTokens() {
		return this.server.requests().stream().map(RefusedTokenTests::token).toList();
	}

	private KratosAdminBuilder builder() {
		return KratosAdmin.builder().baseUrl(this.server.url()).pathPrefix("").bearerTokenProvider(this.tokens);
	}

	/**
	 * Provides the same token until it is refused.
	 */
	private static final class Tokens implements BearerTokenProvider {

		private final List<String> refused = new CopyOnWriteArrayList<>();

		private final CountDownLatch asked = new CountDownLatch(1);

		private volatile RuntimeException failure;

		private volatile boolean hang;

		@Override
		public String getToken() {
			this.asked.countDown();
			if (this.hang) {
				try {
					new CountDownLatch(1).await();
				}
				catch (InterruptedException ex) {
					Thread.currentThread().interrupt();
					throw new IllegalStateException("interrupted", ex);
				}
			}
			if (this.failure != null && !this.refused.isEmpty()) {
				throw this.failure;
			}
			return "token-" + (this.refused.size() + 1);
		}

		@Override
		public synchronized void invalidateToken(String token) {
			if (!this.refused.contains(token)) {
				this.refused.add(token);
			}
		}

	}

}
