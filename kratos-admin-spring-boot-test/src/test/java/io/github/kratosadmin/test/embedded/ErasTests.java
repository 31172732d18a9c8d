package io.github.kratosadmin.test.embedded;

import java.net.URI;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for the differences between {@linkplain KratosEra eras} in paths, redirects and
 * errors. Other tests cover identities, flows, sessions and pages.
 */
class ErasTests {

	private EmbeddedKratos kratos;

	private AdminClient client;

	private AdminClient publicClient;

	private void start(KratosEra era) {
		start(EmbeddedKratos.builder().era(era));
	}

	private void start(EmbeddedKratos.Builder builder) {
		this.kratos = builder.start();
		this.client = new AdminClient(this.kratos.adminUrl());
		this.publicClient = new AdminClient(this.kratos.publicUrl());
	}

	private String admin(String path) {
		return AdminClient.prefix(this.kratos.era()) + path;
	}

	@AfterEach
	void close() {
		this.kratos.close();
	}

	@Test
	void usesV26ByDefault() {
		start(EmbeddedKratos.builder());
		assertThat(this.kratos.era()).isEqualTo(KratosEra.V26);
	}

	@ParameterizedTest
	@EnumSource
	void returnsVersionOfItsEra(KratosEra era) {
		start(era);
		assertThat(this.client.get(admin("/version")).at("/version").asString()).isEqualTo(era.version());
	}

	@ParameterizedTest
	@CsvSource({ "V0_6, 200, 404", "V0_7, 200, 404", "V0_10, 307, 200", "V1_0, 307, 200", "V1_3, 307, 200",
			"V26, 200, 200" })
	void servesAdminApiWithPrefixesOfItsEra(KratosEra era, int unprefixed, int prefixed) {
		start(era);
		assertThat(this.client.get("/version").status()).isEqualTo(unprefixed);
		assertThat(this.client.get("/admin/version").status()).isEqualTo(prefixed);
	}

	@ParameterizedTest
	@EnumSource(names = { "V0_10", "V1_0", "V1_3" })
	void redirectsEveryMethodAndPathToPrefix(KratosEra era) {
		start(era);
		AdminClient.Response get = this.client.get("/no/such?a=1&b=2");
		assertThat(get.status()).isEqualTo(307);
		assertThat(get.header("Location")).contains("/admin/no/such?a=1&b=2");
		assertThat(get.body()).isEqualTo("<a href=\"/admin/no/such?a=1&amp;b=2\">Temporary Redirect</a>.\n\n");
		AdminClient.Response post = this.client.post("/identities", "{\"traits\":{\"email\":\"a@example.test\"}}");
		assertThat(post.status()).isEqualTo(307);
		assertThat(post.header("Location")).contains("/admin/identities");
		assertThat(post.body()).isEmpty();
		assertThat(this.client.get("/admin/identities").json()).isEmpty();
	}

	@ParameterizedTest
	@EnumSource
	void returns404ForUnknownPath(KratosEra era) {
		start(era);
		for (AdminClient.Response response : new AdminClient.Response[] { this.client.get(admin("/no-such-thing")),
				this.publicClient.get("/no-such-thing") }) {
			assertThat(response.status()).isEqualTo(404);
			assertThat(response.header("Content-Type")).contains("text/plain; charset=utf-8");
			assertThat(response.body()).isEqualTo("404 page not found\n");
		}
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "V0_6")
	void redirectsToPublicUrlSinceV0_7(KratosEra era) {
		start(era);
		for (String path : new String[] { "/schemas/default", "/self-service/errors?error=stub:500",
				"/self-service/login/flows?id=nope" }) {
			AdminClient.Response response = this.client.get(admin(path));
			assertThat(response.status()).as(path).isEqualTo(307);
			assertThat(response.header("Location")).contains(this.kratos.publicUrl() + path);
		}
		assertThat(this.publicClient.get("/schemas/default").status()).isEqualTo(200);
	}

	@Test
	void servesSchemasOnBothPortsInV0_6() {
		start(KratosEra.V0_6);
		assertThat(this.client.get("/schemas/default").status()).isEqualTo(200);
		assertThat(this.publicClient.get("/schemas/default").status()).isEqualTo(200);
	}

	@Test
	void redirectsToConfiguredPublicUrl() {
		start(EmbeddedKratos.builder().publicUrl(URI.create("https://login.example.test/kratos/")));
		assertThat(this.client.get("/admin/schemas/default").header("Location"))
			.contains("https://login.example.test/kratos/schemas/default");
		assertThat(this.kratos.publicUrl()).hasHost("127.0.0.1");
	}

	@Test
	void recordsRequestsOfBothPorts() {
		start(KratosEra.V1_3);
		this.client.get("/schemas/default");
		this.publicClient.get("/schemas/default");
		assertThat(this.kratos.requests()).containsExactly(new ReceivedRequest("GET", "/schemas/default"),
				new ReceivedRequest("GET", "/schemas/default"));
	}

	@Test
	void failsRequestInsteadOfRedirectingIt() {
		start(KratosEra.V1_3);
		this.kratos.failNext(2, 503);
		assertThat(this.client.get("/admin/version").status()).isEqualTo(200);
		assertThat(this.client.get("/identities").status()).isEqualTo(503);
		assertThat(this.publicClient.get("/schemas/default").status()).isEqualTo(503);
		assertThat(this.client.get("/identities").status()).isEqualTo(307);
	}

	@ParameterizedTest
	@EnumSource
	void returnsCausesOfFailedReadinessChecks(KratosEra era) {
		start(era);
		this.kratos.notReady("database", "a");
		this.kratos.notReady("migrations", "b");
		AdminClient.Response response = this.client.get(admin("/health/ready"));
		assertThat(response.status()).isEqualTo(503);
		assertThat(response.json())
			.hasToString((!era.isAtLeast(KratosEra.V1_0)) ? "{\"errors\":{\"database\":\"a\",\"migrations\":\"b\"}}"
					: "{\"error\":{\"code\":500,\"status\":\"Internal Server Error\",\"message\":\"a; b\"}}");
	}

	@ParameterizedTest
	@EnumSource
	void returnsSelfServiceErrorInFormatOfItsEra(KratosEra era) {
		start(era);
		String id = this.kratos.addError("{\"code\":403}");
		AdminClient.Response response = this.publicClient.get("/self-service/errors?error=" + id);
		assertThat(response.at((era == KratosEra.V0_6) ? "/errors/0/code" : "/error/code").asInt()).isEqualTo(403);
		assertThat(response.json().has((era == KratosEra.V0_6) ? "error" : "errors")).isFalse();
		assertThat(this.publicClient.get("/self-service/errors?id=" + id).status())
			.isEqualTo((era == KratosEra.V0_6) ? 403 : 200);
	}

	@ParameterizedTest
	@EnumSource
	void doesNotFindUnknownSelfServiceError(KratosEra era) {
		start(era);
		String path = "/self-service/errors?error=12345678-9abc-4def-8123-456789abcdef";
		assertThat(this.publicClient.get(path).status()).isEqualTo((era == KratosEra.V0_6) ? 403 : 404);
		if (era == KratosEra.V0_6) {
			assertThat(this.client.get(path).status()).isEqualTo(404);
		}
	}

	@Test
	void refusesSeveralErrorsSinceV0_7() {
		start(KratosEra.V0_7);
		assertThatIllegalArgumentException().isThrownBy(() -> this.kratos.addError("[{},{}]"))
			.withMessageContaining("v0.7.6-alpha.1 has one");
	}

	@ParameterizedTest
	@CsvSource({ "V0_10, person", "V1_0, person", "V1_3, person", "V26, cGVyc29u" })
	void namesUnknownSchemaInReasonSinceV0_10(KratosEra era, String named) {
		start(era);
		AdminClient.Response response = this.publicClient.get("/schemas/cGVyc29u");
		assertThat(response.status()).isEqualTo(404);
		assertThat(response.at("/error/reason").asString())
			.isEqualTo("Identity schema `" + named + "` could not be found.");
	}

	@Test
	void namesUnknownSchemaInDebugFieldInV0_7() {
		start(KratosEra.V0_7);
		assertThat(this.publicClient.get("/schemas/nope").at("/error/debug").asString())
			.contains("Unable to find JSON Schema ID: nope");
	}

	@ParameterizedTest
	@EnumSource
	void findsSchemasByEncodedIdsSinceV0_10(KratosEra era) {
		start(era);
		boolean encoded = era.isAtLeast(KratosEra.V0_10);
		assertThat(this.publicClient.get("/schemas/ZGVmYXVsdA").status()).isEqualTo(encoded ? 200 : 404);
		this.client.post(admin("/identities"), "{\"traits\":{\"email\":\"a@example.test\"}}");
		assertThat(this.client.get(admin("/identities")).at("/0/schema_url").asString())
			.isEqualTo(this.kratos.publicUrl() + "/schemas/" + (encoded ? "ZGVmYXVsdA" : "default"));
	}

	@ParameterizedTest
	@EnumSource
	void createsNoRecoveryLinkForUnknownIdentity(KratosEra era) {
		start(era);
		AdminClient.Response response = this.client.post(admin("/recovery/link"),
				"{\"identity_id\":\"12345678-9abc-4def-8123-456789abcdef\"}");
		assertThat(response.status()).isEqualTo((!era.isAtLeast(KratosEra.V0_10)) ? 404 : 400);
	}

	@ParameterizedTest
	@EnumSource
	void refusesRecoveryLinkThatExpiresAtOnce(KratosEra era) {
		start(era);
		String id = this.client.post(admin("/identities"), "{\"traits\":{\"email\":\"a@example.test\"}}")
			.at("/id")
			.asString();
		assertThat(this.client.post(admin("/recovery/link"), "{\"identity_id\":\"" + id + "\",\"expires_in\":\"0s\"}")
			.status()).isEqualTo(400);
	}

}
