package io.github.kratosadmin.test.embedded;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for the sessions of an {@link EmbeddedKratos}. Responses are compared with
 * recorded ones by {@link RecordedExchangesTests}.
 */
class SessionsTests {

	private static final String UNKNOWN_ID = "12345678-9abc-4def-8123-456789abcdef";

	private final MutableClock clock = new MutableClock();

	private final EmbeddedKratos kratos = EmbeddedKratos.builder().clock(this.clock).start();

	private final AdminClient client = new AdminClient(this.kratos.adminUrl());

	@AfterEach
	void close() {
		this.kratos.close();
	}

	@Test
	void listsNewestFirstPageByPage() {
		String identityId = this.client.createIdentity("a@example.test");
		List<String> issued = new ArrayList<>();
		for (int i = 0; i < 5; i++) {
			issued.add(0, createSession(identityId).id());
		}
		AdminClient.Response first = this.client.get("/admin/sessions?page_size=2&active=true");
		assertThat(ids(first)).isEqualTo(issued.subList(0, 2));
		assertThat(first.header("X-Total-Count")).isEmpty();
		AdminClient.Response second = this.client.get(next(first));
		assertThat(ids(second)).isEqualTo(issued.subList(2, 4));
		AdminClient.Response third = this.client.get(next(second));
		assertThat(ids(third)).isEqualTo(issued.subList(4, 5));
		assertThat(third.header("Link").orElseThrow())
			.startsWith("</admin/sessions?active=true&page_size=2&page_token=")
			.contains("rel=\"first\"")
			.doesNotContain("rel=\"next\"");
	}

	@Test
	void continuesListAfterLastSessionWasDeleted() {
		String identityId = this.client.createIdentity("a@example.test");
		IssuedSession oldest = createSession(identityId);
		String other = this.client.createIdentity("b@example.test");
		createSession(other);
		AdminClient.Response first = this.client.get("/admin/sessions?page_size=1");
		this.client.delete("/admin/identities/" + other + "/sessions");
		createSession(identityId);
		assertThat(ids(this.client.get(next(first)))).containsExactly(oldest.id());
	}

	@Test
	void listsAllSessionsOfSameInstant() {
		String identityId = this.client.createIdentity("a@example.test");
		this.kratos.createSession(identityId);
		this.kratos.createSession(identityId);
		AdminClient.Response first = this.client.get("/admin/sessions?page_size=1");
		assertThat(ids(this.client.get(next(first)))).hasSize(1).isNotEqualTo(ids(first));
	}

	@ParameterizedTest
	@CsvSource({ "page_size=0, 250", "page_size=-1, 250", "page_size=1001, 1000", "per_page=2, 250" })
	void limitsPageSize(String query, String size) {
		assertThat(this.client.get("/admin/sessions?" + query).header("Link").orElseThrow())
			.contains("page_size=" + size + "&");
	}

	@ParameterizedTest
	@CsvSource({ "page_size=abc, could not parse parameter page_size", "active=nope, could not parse parameter active",
			"page_token=a.b, could not parse parameter page_size" })
	void refusesMalformedParameters(String query, String message) {
		AdminClient.Response response = this.client.get("/admin/sessions?" + query);
		assertThat(response.status()).isEqualTo(400);
		assertThat(response.at("/error/message").asString()).isEqualTo(message);
	}

	@ParameterizedTest
	@ValueSource(strings = { "nonsense", "aWQ9bm9wZS9jcmVhdGVkX2F0PTIyMDAtMTItMzEgMjM6NTk6NTk",
			"aWQ9MDAwMDAwMDAtMDAwMC0wMDAwLTAwMDAtMDAwMDAwMDAwMDAwL2NyZWF0ZWRfYXQ9bm9wZQ" })
	void refusesInvalidPageTokens(String token) {
		AdminClient.Response response = this.client.get("/admin/sessions?page_token=" + token);
		assertThat(response.status()).isEqualTo(400);
		assertThat(response.at("/error/reason").asString())
			.isEqualTo("The page token is invalid, do not craft your own page tokens");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/admin/sessions?expand=nope", "/admin/sessions/" + UNKNOWN_ID + "?expand=nope" })
	void refusesUnknownExpandOption(String path) {
		AdminClient.Response response = this.client.get(path);
		assertThat(response.status()).isEqualTo(400);
		assertThat(response.at("/error/reason").asString()).isEqualTo("Could not parse expand option: nope");
	}

	@Test
	void sessionOfInactiveIdentityIsInactiveOnlyIfExpanded() {
		String identityId = this.client.createIdentity("a@example.test");
		String sessionId = createSession(identityId).id();
		this.client.put("/admin/identities/" + identityId,
				"{\"schema_id\":\"default\",\"state\":\"inactive\",\"traits\":{\"email\":\"a@example.test\"}}");
		String session = "/admin/sessions/" + sessionId;
		assertThat(this.client.get(session).at("/active").asBoolean()).isTrue();
		assertThat(this.client.get(session + "?expand=identity").at("/active").asBoolean()).isFalse();
		assertThat(this.client.get("/admin/sessions?active=true").at("/0/active").asBoolean()).isTrue();
		AdminClient.Response ofIdentity = this.client.get("/admin/identities/" + identityId + "/sessions?active=true");
		assertThat(ofIdentity.at("/0/id").asString()).isEqualTo(sessionId);
		assertThat(ofIdentity.at("/0/active").asBoolean()).isFalse();
		assertThat(ofIdentity.at("/0/identity/state").asString()).isEqualTo("inactive");
		assertThat(this.client.send("PATCH", session + "/extend", null).at("/active").asBoolean()).isFalse();
	}

	@Test
	void sessionExpiresOneDayAfterIssueOrExtension() {
		String identityId = this.client.createIdentity("a@example.test");
		String path = "/admin/sessions/" + createSession(identityId).id();
		this.clock.advance(Duration.ofHours(25));
		assertThat(this.client.get(path).at("/active").asBoolean()).isFalse();
		assertThat(ids(this.client.get("/admin/sessions?active=true"))).isEmpty();
		assertThat(ids(this.client.get("/admin/sessions?active=false"))).hasSize(1);
		AdminClient.Response extended = this.client.send("PATCH", path + "/extend", null);
		assertThat(extended.at("/active").asBoolean()).isTrue();
		assertThat(extended.at("/expires_at").asString()).isEqualTo("2026-11-25T15:21:54.124456789Z");
		this.clock.advance(Duration.ofHours(23));
		assertThat(this.client.get(path).at("/active").asBoolean()).isTrue();
	}

	@Test
	void disabledSessionCannotStartSettingsFlow() {
		IssuedSession session = this.kratos.register("{\"email\":\"a@example.test\"}");
		assertThat(this.client.delete("/admin/sessions/" + session.id()).status()).isEqualTo(204);
		assertThat(this.client.get("/admin/sessions?active=false").at("/0/id").asString()).isEqualTo(session.id());
		assertThatIllegalArgumentException().isThrownBy(() -> this.kratos.createSettingsFlow(FlowClient.API, session))
			.withMessage("There is no active session " + session.id());
	}

	@Test
	void deletionOfIdentityDeletesItsSessions() {
		IssuedSession session = this.kratos.register("{\"email\":\"a@example.test\"}");
		this.client.delete("/admin/identities/" + session.identityId());
		assertThat(this.client.get("/admin/sessions/" + session.id()).status()).isEqualTo(404);
	}

	@Test
	void resetForgetsSessions() {
		this.kratos.register("{\"email\":\"a@example.test\"}");
		this.kratos.reset();
		assertThat(this.client.get("/admin/sessions").json()).isEmpty();
	}

	/**
	 * Pages count from 1, and page 0 is page 1, but the links count from 0.
	 */
	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			page=0&per_page=2               | 0 2 | next=1 last=1
			page=1&per_page=2               | 0 2 | first=0 prev=0
			page=2&per_page=2               | 2 3 | first=0 prev=0
			page=3&per_page=2               | 3 3 | first=0 prev=0
			page_size=2                     | 0 2 | next=1 last=1
			page_size=2&page_token=nope     | 0 2 | next=1 last=1
			per_page=3                      | 0 3 | first=0
			page=2                          | 3 3 | first=0
			page=abc&per_page=abc           | 0 3 | first=0
			active=false                    | 3 3 | first=0 next=1 prev=-1
			""")
	void pagesOfSessionsOfIdentityCountFromOneButLinksFromZero(String query, String range, String links) {
		String identityId = this.client.createIdentity("a@example.test");
		List<String> issued = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			issued.add(0, createSession(identityId).id());
		}
		String path = "/admin/identities/" + identityId + "/sessions?";
		AdminClient.Response response = this.client.get(path + query);
		String[] bounds = range.split(" ");
		assertThat(ids(response)).isEqualTo(issued.subList(Integer.parseInt(bounds[0]), Integer.parseInt(bounds[1])));
		String link = response.header("Link").orElseThrow();
		assertThat(link.split("<")).allSatisfy((part) -> assertThat(part.isEmpty() || part.startsWith(path)).isTrue());
		assertThat(link.replaceAll("<[^>]*[?&]page=(-?\\d+)[^>]*>; rel=\"(\\w+)\",?", "$2=$1 ").strip())
			.isEqualTo(links);
		assertThat(response.header("X-Total-Count")).hasValue(query.contains("active") ? "0" : "3");
	}

	@ParameterizedTest
	@CsvSource({ "GET, /admin/sessions/%s", "DELETE, /admin/sessions/%s", "PATCH, /admin/sessions/%s/extend",
			"GET, /admin/identities/%s/sessions", "DELETE, /admin/identities/%s/sessions" })
	void refusesMalformedId(String method, String path) {
		assertThat(message(method, path, "nope")).isEqualTo("uuid: incorrect UUID length 4 in string \"nope\"");
		assertThat(message(method, path, "123456789-abc-4def-8123-456789abcdef"))
			.isEqualTo("uuid: incorrect UUID format in string \"123456789-abc-4def-8123-456789abcdef\"");
		assertThat(message(method, path, "12345678-9abc-4def-8123-456789abcdeg"))
			.isEqualTo("uuid: invalid UUID format");
	}

	private String message(String method, String path, String id) {
		AdminClient.Response response = this.client.send(method, path.formatted(id), null);
		assertThat(response.status()).isEqualTo(400);
		return response.at("/error/message").asString();
	}

	private IssuedSession createSession(String identityId) {
		this.clock.advance(Duration.ofMillis(1));
		return this.kratos.createSession(identityId);
	}

	private static List<String> ids(AdminClient.Response response) {
		return response.json().valueStream().map((session) -> session.path("id").asString()).toList();
	}

	private static String next(AdminClient.Response response) {
		return response.header("Link").orElseThrow().replaceAll(".*<([^>]+)>; rel=\"next\".*", "$1");
	}

}
