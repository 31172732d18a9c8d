package io.github.kratosadmin;

import java.text.Normalizer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.kratosadmin.error.KratosException;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.identity.ListIdentities;
import io.github.kratosadmin.internal.http.RetryAfter;
import io.github.kratosadmin.internal.operation.HttpUrl;
import io.github.kratosadmin.internal.operation.KratosVersion;
import io.github.kratosadmin.internal.operation.Uuids;
import io.github.kratosadmin.internal.response.ErrorReader;
import io.github.kratosadmin.internal.response.ListResponse;
import io.github.kratosadmin.testing.Clients;
import io.github.kratosadmin.testing.Operations;
import io.github.kratosadmin.testing.TestServer;
import io.github.kratosadmin.testing.TestServer.StubResponse;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.StringNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/**
 * Feeds very long texts to all code that reads texts from outside. They repeat the
 * beginnings of its expressions: with time that grows with the square of the length, this
 * takes minutes.
 */
class LinearTimeTests {

	private static final Duration SOON = Duration.ofSeconds(20);

	private static final int MANY = 1_600_000;

	@AutoClose
	private final TestServer server = new TestServer();

	private static String repeat(String part) {
		// U+FDFA becomes 18 characters where texts are normalized.
		return part.repeat(MANY / Normalizer.normalize(part, Normalizer.Form.NFKD).length());
	}

	@ParameterizedTest
	@ValueSource(strings = { "<", "<>", "<>;", "<> ", "<>;rel=", "> ", "?page", "<a>; rel=\"prev\",", " ", ";" })
	void theLinkHeaderIsReadInLinearTime(String part) {
		for (String link : List.of(repeat(part), "<x>" + repeat(part), "<x>; " + repeat(part))) {
			feign.Response response = feign.Response.builder()
				.status(200)
				.request(feign.Request.create(feign.Request.HttpMethod.GET, "http://x/identities", Map.of(),
						feign.Request.Body.empty(), new feign.RequestTemplate()))
				.headers(Map.of("Link", List.of(link)))
				.build();
			ListResponse page = new ListResponse(Operations.invocation("listIdentities"), response, List.of());
			assertTimeoutPreemptively(SOON, () -> {
				assertThat(page.isNumbered()).isFalse();
				assertThat(page.nextServerToken()).isNull();
			});
		}
	}

	@Test
	void aLinkHeaderOfTheMaximumLengthIsReadInLinearTime() {
		String link = "<".repeat(16_000);
		this.server.respond(StubResponse.json("[{\"id\":\"x\"}]").header("Link", link));
		try (KratosAdmin admin = Clients.connect(this.server.url())) {
			assertTimeoutPreemptively(SOON,
					() -> assertThat(admin.identities().listIdentities(ListIdentities.builder().build()).items())
						.hasSize(1));
		}
	}

	@Test
	void aLongerHeaderIsNotAccepted() {
		this.server.respond(StubResponse.json("[]").header("Link", "<".repeat(60_000)));
		try (KratosAdmin admin = Clients.connect(this.server.url())) {
			assertThatExceptionOfType(KratosException.class)
				.isThrownBy(() -> admin.identities().listIdentities(ListIdentities.builder().build()))
				.withMessageContaining("got no response");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/a", "//", "@", "a", "?", "#", "/.", "\n" })
	void urlsAndPathsAreCheckedInLinearTime(String part) {
		for (String text : List.of(repeat(part) + " x", "http://x/" + repeat(part) + "\\",
				"http://x/?" + repeat(part))) {
			assertTimeoutPreemptively(SOON, () -> {
				assertThatIllegalArgumentException().isThrownBy(() -> HttpUrl.parseBase("The base URL", text));
				assertThatIllegalArgumentException().isThrownBy(() -> HttpUrl.checkPath("The path prefix", text));
			});
		}
		assertTimeoutPreemptively(SOON, () -> HttpUrl.checkPath("The path prefix", repeat("/a")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "1", "1.", ".", "v", "-", "\n" })
	void versionsAreReadInLinearTime(String part) {
		Stream.of("", "v1.2", "1.")
			.forEach((start) -> assertTimeoutPreemptively(SOON, () -> KratosVersion.parse(start + repeat(part))));
	}

	@ParameterizedTest
	@ValueSource(strings = { "\n", "\u2028", "a\n", " " })
	void messagesAreFoldedInLinearTime(String part) {
		assertTimeoutPreemptively(SOON, () -> new KratosException("x", 500, ErrorReader.error(repeat(part))));
	}

	@ParameterizedTest
	@ValueSource(strings = { "1", "r=", "r=1", "t=1;", "reset=", ",", " ", "a" })
	void retryDelaysAreReadInLinearTime(String part) {
		for (String name : RetryAfter.HEADERS) {
			assertTimeoutPreemptively(SOON, () -> RetryAfter.of(429, Map.of(name, List.of(repeat(part)))));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "a", "0", "-", "{", "urn:uuid:" })
	void idsAreReadInLinearTime(String part) {
		assertTimeoutPreemptively(SOON, () -> Uuids.canonical(repeat(part)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "a", " ", "\u0301", "\ufdfa" })
	void traitsAreComparedInLinearTime(String part) {
		String traits = repeat(part);
		this.server.respond(StubResponse.json(201, "{\"id\":\"x\",\"traits\":\"X" + traits + "\"}"));
		try (KratosAdmin admin = Clients.connect(this.server.url())) {
			CreateIdentity create = CreateIdentity.builder().traits(StringNode.valueOf("x" + traits)).build();
			assertTimeoutPreemptively(SOON, () -> admin.identities().createIdentity(create));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "a", "_", " ", "-" })
	void errorIdsAreReadInLinearTime(String part) {
		String body = "{\"error\":{\"id\":\"" + repeat(part) + "\",\"code\":400}}";
		this.server.respond(StubResponse.json(400, body));
		try (KratosAdmin admin = Clients.connect(this.server.url())) {
			assertTimeoutPreemptively(SOON, () -> catchThrowable(() -> admin.identities().getIdentity("x")));
		}
	}

}
