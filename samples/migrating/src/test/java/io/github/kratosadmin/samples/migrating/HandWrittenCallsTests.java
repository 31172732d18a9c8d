package io.github.kratosadmin.samples.migrating;

import java.util.Map;
import java.util.stream.IntStream;

import feign.Feign;
import feign.FeignException;
import feign.RequestLine;
import feign.Retryer;
import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.error.KratosBadRequestException;
import io.github.kratosadmin.error.KratosException;
import io.github.kratosadmin.error.KratosNotFoundException;
import io.github.kratosadmin.error.KratosRedirectException;
import io.github.kratosadmin.error.KratosUnavailableException;
import io.github.kratosadmin.error.KratosUnsupportedException;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.samples.migrating.StubServer.Response;
import io.github.kratosadmin.test.embedded.EmbeddedKratos;
import io.github.kratosadmin.test.embedded.KratosEra;
import org.junit.jupiter.api.Test;

import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests what is often wrong with hand-written calls, and what this client does instead.
 */
class HandWrittenCallsTests {

	private static final String ID = "12345678-9abc-4def-8123-456789abcdef";

	@Test
	void anOldServerHasAnotherPath() {
		try (Calls calls = new Calls(KratosEra.V0_7)) {
			assertThatExceptionOfType(HttpClientErrorException.NotFound.class)
				.isThrownBy(() -> calls.before().register("alice@example.test"));
			assertThat(calls.after().register("alice@example.test")).isNotBlank();
		}
	}

	@Test
	void aGatewayAlsoSends404() {
		try (StubServer gateway = new StubServer((request) -> Response.json(404, "{\"message\":\"no Route matched\"}"));
				Calls calls = new Calls(gateway.url())) {
			assertThat(calls.before().exists(ID)).isFalse();
			assertThatExceptionOfType(KratosNotFoundException.class).isThrownBy(() -> calls.after().exists(ID));
		}
	}

	@Test
	void pagesStartAt1InOldVersions() {
		try (Calls calls = new Calls(KratosEra.V0_10)) {
			String id = calls.after().register("alice@example.test");
			assertThat(calls.before().all()).containsExactly(id, id);
			assertThat(calls.after().all()).containsExactly(id);
		}
	}

	@Test
	void newVersionsNumberOnlyTheFirstPages() {
		try (Calls calls = new Calls(KratosEra.V26)) {
			calls.kratos()
				.importIdentities(IntStream.range(0, 1251)
					.mapToObj((number) -> CreateIdentity.builder()
						.traits(Map.of("email", "user" + number + "@example.test"))
						.build()), (result) -> {
						});
			assertThatExceptionOfType(HttpClientErrorException.BadRequest.class).isThrownBy(() -> calls.before().all())
				.withMessageContaining("Legacy pagination is not supported");
			assertThat(calls.after().all()).hasSize(1251);
		}
	}

	@Test
	void anOldServerIgnoresAFilter() {
		try (Calls calls = new Calls(KratosEra.V0_10)) {
			String alice = calls.after().register("alice@example.test");
			assertThat(calls.before().find("bob@example.test")).hasValue(alice);
			assertThatExceptionOfType(KratosUnsupportedException.class)
				.isThrownBy(() -> calls.after().find("bob@example.test"));
		}
	}

	@Test
	void aPutDeletesWhatIsMissing() {
		try (Calls calls = new Calls(KratosEra.V26)) {
			String id = calls.after().register("alice@example.test");
			calls.after().changePlan(id, "pro");
			calls.before().changeEmail(id, "alicia@example.test");
			assertThat(calls.kratos().identities().getIdentity(id).metadataAdmin()).isNull();
		}
	}

	@Test
	void messagesQuoteTheResponse() {
		String response = "{\"error\":{\"code\":400,\"message\":\"alice@example.test is not valid\"}}";
		try (StubServer kratos = new StubServer((request) -> Response.json(400, response));
				Calls calls = new Calls(kratos.url())) {
			assertThatExceptionOfType(HttpClientErrorException.BadRequest.class)
				.isThrownBy(() -> calls.before().register("alice@example.test"))
				.withMessageContaining("alice@example.test");
			assertThatExceptionOfType(KratosBadRequestException.class)
				.isThrownBy(() -> calls.after().register("alice@example.test"))
				.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("alice@example.test"));
		}
	}

	@Test
	void aRedirectLeadsElsewhere() {
		try (StubServer other = new StubServer((request) -> Response.json(200, "{\"id\":\"" + ID + "\"}"));
				StubServer gateway = new StubServer(
						(request) -> new Response(302, "Location", other.url() + "/sign-in", ""));
				KratosAdmin kratos = KratosAdmin.builder()
					.baseUrl(gateway.url())
					.header("X-Api-Key", "secret")
					.build()) {
			RestClient.Builder builder = RestClient.builder()
				.defaultHeader("X-Api-Key", "secret")
				.requestFactory(ClientHttpRequestFactoryBuilder.detect().build());
			assertThat(new RestClientAccounts(builder, gateway.url()).exists(ID)).isTrue();
			assertThat(other.requests()).extracting(StubServer.Request::apiKey).containsExactly("secret");
			assertThatExceptionOfType(KratosRedirectException.class)
				.isThrownBy(() -> new KratosAdminAccounts(kratos).exists(ID));
			assertThat(other.requests()).hasSize(1);
		}
	}

	@Test
	void thereIsNoTimeoutByDefault() {
		HttpClientSettings settings = HttpClientSettings.defaults();
		assertThat(settings.connectTimeout()).isNull();
		assertThat(settings.readTimeout()).isNull();
	}

	@Test
	void feignSendsAFailedChangeAgain() {
		try (StubServer server = new StubServer((request) -> null); Calls calls = new Calls(server.url())) {
			FeignAccounts feign = Feign.builder().target(FeignAccounts.class, server.url());
			assertThatExceptionOfType(FeignException.class).isThrownBy(feign::register);
			assertThat(server.requests()).hasSize(10);
			server.requests().clear();
			FeignAccounts withoutRetryer = Feign.builder()
				.retryer(Retryer.NEVER_RETRY)
				.target(FeignAccounts.class, server.url());
			assertThatExceptionOfType(FeignException.class).isThrownBy(withoutRetryer::register);
			assertThat(server.requests()).hasSize(2);
			server.requests().clear();
			assertThatExceptionOfType(KratosUnavailableException.class)
				.isThrownBy(() -> calls.after().register("alice@example.test"))
				.satisfies((ex) -> assertThat(((KratosException) ex).isRequestSent()).isTrue());
			assertThat(server.requests()).hasSize(1);
		}
	}

	interface FeignAccounts {

		@RequestLine("POST /admin/identities")
		void register();

	}

	/** The calls before and after, to the same server. */
	private record Calls(RestClientAccounts before, KratosAdmin kratos, AutoCloseable server) implements AutoCloseable {

		Calls(KratosEra era) {
			this(EmbeddedKratos.builder().era(era).start());
		}

		private Calls(EmbeddedKratos server) {
			this(server.adminUrl().toString(), server);
		}

		Calls(String url) {
			this(url, () -> {
			});
		}

		private Calls(String url, AutoCloseable server) {
			this(new RestClientAccounts(RestClient.builder(), url), KratosAdmin.builder().baseUrl(url).build(), server);
		}

		KratosAdminAccounts after() {
			return new KratosAdminAccounts(this.kratos);
		}

		@Override
		public void close() {
			this.kratos.close();
			try {
				this.server.close();
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

}
