package io.github.kratosadmin.test.embedded;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the differences between {@linkplain KratosEra eras} in sessions. The
 * expectations were measured on real servers.
 */
class SessionErasTests {

	private static final String UNKNOWN_ID = "12345678-9abc-4def-8123-456789abcdef";

	private final MutableClock clock = new MutableClock();

	private EmbeddedKratos kratos;

	private AdminClient client;

	private IssuedSession older;

	private IssuedSession newer;

	private void start(KratosEra era) {
		start(EmbeddedKratos.builder().era(era));
	}

	private void start(EmbeddedKratos.Builder builder) {
		this.kratos = builder.clock(this.clock).start();
		this.client = new AdminClient(this.kratos.adminUrl());
		this.older = this.kratos.register("{\"email\":\"a@example.test\"}");
		this.clock.advance(Duration.ofMillis(1));
		this.newer = this.kratos.createSession(this.older.identityId());
	}

	@AfterEach
	void close() {
		this.kratos.close();
	}

	@ParameterizedTest
	@EnumSource(names = { "V0_6", "V0_7" })
	void hasNoSessionsBeforeV0_10(KratosEra era) {
		start(era);
		for (String path : List.of("/sessions", "/sessions/" + this.older.id(),
				"/identities/" + this.older.identityId() + "/sessions")) {
			assertThat(this.client.get(path).body()).isEqualTo("404 page not found\n");
			assertThat(this.client.delete(path).body()).isEqualTo("404 page not found\n");
		}
		assertThat(this.client.send("PATCH", "/sessions/" + this.older.id() + "/extend", null).body())
			.isEqualTo("404 page not found\n");
	}

	@Test
	void listsOnlyOwnSessionsInV0_10() {
		start(KratosEra.V0_10);
		AdminClient.Response list = this.client.get("/admin/sessions?page_size=2");
		assertThat(list.status()).isEqualTo(307);
		assertThat(list.header("Location")).hasValue(this.kratos.publicUrl() + "/sessions?page_size=2");
		String session = "/sessions/" + this.older.id();
		assertThat(this.client.delete("/admin" + session).header("Location"))
			.hasValue(this.kratos.publicUrl() + session);
		assertThat(this.client.get("/admin" + session).status()).isEqualTo(405);
		AdminClient publicClient = new AdminClient(this.kratos.publicUrl());
		for (AdminClient.Response response : List.of(publicClient.get("/sessions"), publicClient.delete(session))) {
			assertThat(response.status()).isEqualTo(401);
			assertThat(response.at("/error/reason").asString()).isEqualTo("No valid session cookie found.");
		}
	}

	@Test
	void listsSessionsOfIdentityOldestFirstWithoutLinksInV0_10() {
		start(KratosEra.V0_10);
		AdminClient.Response response = listOfIdentity("?per_page=1&page=2");
		assertThat(response.at("/0/id").asString()).isEqualTo(this.newer.id());
		assertThat(response.header("Link")).isEmpty();
		assertThat(response.header("X-Total-Count")).isEmpty();
		assertThat(response.at("/0").has("devices")).isFalse();
		assertThat(response.at("/0/identity/verifiable_addresses/0/value").asString()).isEqualTo("a@example.test");
		assertThat(response.at("/0/identity/schema_url").asString()).startsWith("http");
		assertThat(listOfIdentity("?page_size=1").json()).hasSize(2);
	}

	@Test
	void returnsNullForNoSessionsInV0_10() {
		start(KratosEra.V0_10);
		AdminClient.Response response = this.client.get("/admin/identities/" + UNKNOWN_ID + "/sessions");
		assertThat(response.status()).isEqualTo(200);
		assertThat(response.json().isNull()).isTrue();
	}

	@Test
	void returnsExpiredSessionAsActiveInV0_10() {
		start(KratosEra.V0_10);
		this.clock.advance(Duration.ofHours(25));
		assertThat(listOfIdentity("?active=true").at("/1/active").asBoolean()).isTrue();
	}

	@Test
	void linksOfSessionsOfIdentityHaveWrongPathInV1_0() {
		start(KratosEra.V1_0);
		AdminClient.Response response = listOfIdentity("?page=1&per_page=1");
		assertThat(response.at("/0/id").asString()).isEqualTo(this.newer.id());
		String page = "<" + this.kratos.adminUrl() + "/sessions?page=0&per_page=1>";
		assertThat(response.header("Link")).hasValue(page + "; rel=\"first\"," + page + "; rel=\"prev\"");
		assertThat(response.header("X-Total-Count")).hasValue("2");
	}

	@Test
	void sortsSessionsByIdInV1_0() {
		start(KratosEra.V1_0);
		List<String> ids = List.of(this.older.id(), this.newer.id()).stream().sorted().toList();
		AdminClient.Response first = this.client.get("/admin/sessions?page_size=1");
		assertThat(first.at("/0/id").asString()).isEqualTo(ids.get(0));
		assertThat(first.header("X-Total-Count")).hasValue("2");
		String next = "/admin/sessions?page_size=1&page_token=" + ids.get(0);
		assertThat(first.header("Link")).hasValue("<" + next + ">; rel=\"next\"");
		AdminClient.Response second = this.client.get(next);
		assertThat(second.at("/0/id").asString()).isEqualTo(ids.get(1));
		assertThat(second.header("Link"))
			.hasValue("</admin/sessions?page_size=1&page_token=00000000-0000-0000-0000-000000000000>; rel=\"first\"");
		assertThat(this.client.get("/admin/sessions?page_token=nonsense").json()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "V1_3, 2", "V26," })
	void returnsTotalBeforeV26(KratosEra era, String total) {
		start(era);
		AdminClient.Response response = this.client.get("/admin/sessions?page_size=1");
		assertThat(response.at("/0/id").asString()).isEqualTo(this.newer.id());
		assertThat(response.header("X-Total-Count").orElse(null)).isEqualTo(total);
		assertThat(response.header("Link").orElseThrow()).contains("rel=\"first\",").endsWith("rel=\"next\"");
	}

	@ParameterizedTest
	@CsvSource({ "V0_10, true", "V1_0, false", "V1_3, true", "V26, true" })
	void returnsIdentityOfExtendedSessionExceptInV1_0(KratosEra era, boolean shown) {
		start(era);
		AdminClient.Response response = extend();
		assertThat(response.status()).isEqualTo(200);
		assertThat(response.at("/identity").isNull()).isNotEqualTo(shown);
	}

	@ParameterizedTest
	@CsvSource({ "V0_10, 200", "V1_0, 200", "V1_3, 204", "V26, 204" })
	void extendsSessionsSilentlySinceV1_3(KratosEra era, int status) {
		start(EmbeddedKratos.builder().era(era).extendSessionsSilently());
		this.clock.advance(Duration.ofHours(1));
		AdminClient.Response response = extend();
		assertThat(response.status()).isEqualTo(status);
		assertThat(response.body().isEmpty()).isEqualTo(status == 204);
		assertThat(listOfIdentity("?active=true").body()).contains("2026-11-24T15:21:54.124456789Z");
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = { "V0_6", "V0_7" })
	void deletesSessionsOfIdentityOnce(KratosEra era) {
		start(era);
		String path = "/admin/identities/" + this.older.identityId() + "/sessions";
		assertThat(this.client.delete(path).status()).isEqualTo(204);
		assertThat(this.client.delete(path).status()).isEqualTo(404);
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '"', value = { "V0_10, could not parse UUID, encoding/hex: invalid byte: U+0067 'g'",
			"V1_0, \"\", encoding/hex: invalid byte: U+0067 'g'", "V1_3, \"\", uuid: invalid UUID format" })
	void explainsMalformedIdAsItsEraDoes(KratosEra era, String debug, String message) {
		start(era);
		AdminClient.Response response = this.client.send("PATCH",
				"/admin/sessions/12345678-9abc-4def-8123-456789abcdeg/extend", null);
		assertThat(response.at("/error/debug").asString("")).isEqualTo(debug);
		assertThat(response.at("/error/message").asString()).isEqualTo(message);
	}

	private AdminClient.Response extend() {
		return this.client.send("PATCH", "/admin/sessions/" + this.older.id() + "/extend", null);
	}

	private AdminClient.Response listOfIdentity(String query) {
		return this.client.get("/admin/identities/" + this.older.identityId() + "/sessions" + query);
	}

}
