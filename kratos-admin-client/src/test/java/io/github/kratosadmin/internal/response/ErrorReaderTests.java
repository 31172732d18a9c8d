package io.github.kratosadmin.internal.response;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Stream;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.KratosAdminBuilder;
import io.github.kratosadmin.error.KratosBadRequestException;
import io.github.kratosadmin.error.KratosConflictException;
import io.github.kratosadmin.error.KratosException;
import io.github.kratosadmin.error.KratosFlowExpiredException;
import io.github.kratosadmin.error.KratosForbiddenException;
import io.github.kratosadmin.error.KratosNotFoundException;
import io.github.kratosadmin.error.KratosRateLimitedException;
import io.github.kratosadmin.error.KratosServerException;
import io.github.kratosadmin.error.KratosUnauthorizedException;
import io.github.kratosadmin.testing.TestServer;
import io.github.kratosadmin.testing.TestServer.StubResponse;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class ErrorReaderTests {

	private static final String ERROR = """
			{"error":{"id":"some_id","code":%d,"status":"Some Status","request":"some-request",\
			"reason":"some reason","debug":"some debug","details":{"some":"detail"},"message":"some message"}}""";

	@AutoClose
	private final TestServer server = new TestServer();

	@AutoClose
	private final KratosAdmin admin = KratosAdmin.builder().pathPrefix("").baseUrl(this.server.url()).build();

	static Stream<Arguments> statuses() {
		return Stream.of(arguments(304, KratosException.class), arguments(400, KratosBadRequestException.class),
				arguments(401, KratosUnauthorizedException.class), arguments(402, KratosException.class),
				arguments(403, KratosForbiddenException.class), arguments(404, KratosNotFoundException.class),
				arguments(405, KratosException.class), arguments(409, KratosConflictException.class),
				arguments(410, KratosFlowExpiredException.class), arguments(412, KratosException.class),
				arguments(414, KratosException.class), arguments(422, KratosException.class),
				arguments(429, KratosRateLimitedException.class), arguments(451, KratosException.class),
				arguments(500, KratosServerException.class), arguments(501, KratosServerException.class),
				arguments(502, KratosServerException.class), arguments(503, KratosServerException.class),
				arguments(504, KratosServerException.class), arguments(599, KratosServerException.class));
	}

	static Stream<Arguments> statusesWithBody() {
		return statuses().filter((arguments) -> !arguments.get()[0].equals(304));
	}

	@ParameterizedTest
	@MethodSource("statusesWithBody")
	void theStatusDeterminesTheClassAndTheBodyTheDetails(int status, Class<?> type) {
		KratosException ex = failWith(StubResponse.json(status, ERROR.formatted(status)));
		check(ex, status, type);
		assertThat(ex.getError().id()).isEqualTo("some_id");
		assertThat(ex.getError().code()).isEqualTo(status);
		assertThat(ex.getError().status()).isEqualTo("Some Status");
		assertThat(ex.getError().request()).isEqualTo("some-request");
		assertThat(ex.getError().reason()).isEqualTo("some reason");
		assertThat(ex.getError().debug()).isEqualTo("some debug");
		assertThat(ex.getError().details()).hasToString("{\"some\":\"detail\"}");
		assertThat(ex.getError().message()).isEqualTo("some message");
	}

	@ParameterizedTest
	@MethodSource("statusesWithBody")
	void theCodeInTheBodyDoesNotDetermineTheClass(int status, Class<?> type) {
		KratosException ex = failWith(StubResponse.json(status, ERROR.formatted((status != 500) ? 500 : 400)));
		check(ex, status, type);
		assertThat(ex.getError().code()).isNotEqualTo(status);
	}

	@ParameterizedTest
	@MethodSource("statusesWithBody")
	void htmlIsNotShown(int status, Class<?> type) {
		KratosException ex = failWith(StubResponse.html(status, "<html>\n  <h1>Oops</h1>\n</html>"));
		check(ex, status, type);
		assertThat(ex).hasMessage(
				"getIdentity failed with status " + status + ": the response is not from Kratos (text/html, 30 bytes)");
	}

	@ParameterizedTest
	@MethodSource("statusesWithBody")
	void anErrorAboveTheMaximumSizeKeepsItsStatus(int status, Class<?> type) {
		this.server.respond(StubResponse.html(status, "x".repeat(2000)));
		KratosAdminBuilder builder = KratosAdmin.builder().maxResponseSize(DataSize.ofKilobytes(1));
		try (KratosAdmin small = builder.pathPrefix("").baseUrl(this.server.url()).build()) {
			KratosException ex = catchThrowableOfType(KratosException.class, () -> small.identities().getIdentity("x"));
			check(ex, status, type);
		}
	}

	@ParameterizedTest
	@MethodSource("statuses")
	void anEmptyBodyIsReportedAsEmpty(int status, Class<?> type) {
		KratosException ex = failWith(StubResponse.empty(status));
		check(ex, status, type);
		assertThat(ex)
			.hasMessage("getIdentity failed with status " + status + ": the response is not from Kratos (empty)");
	}

	@ParameterizedTest
	@MethodSource("statusesWithBody")
	void theFirstOfTwoJsonDocumentsCounts(int status, Class<?> type) {
		KratosException ex = failWith(
				StubResponse.json(status, ERROR.formatted(status) + "\n{\"error\":{\"reason\":\"other\"}}"));
		check(ex, status, type);
		assertThat(ex.getError().reason()).isEqualTo("some reason");
	}

	@ParameterizedTest
	@ValueSource(strings = { "null", "[]", "7", "{}", "{\"error\":null}", "{\"error\":[]}", "{\"error\":",
			"{\"error\":{\"code\":{}}}" })
	void jsonOtherThanAnErrorIsNotShown(String body) {
		assertThat(failWith(StubResponse.json(500, body)))
			.hasMessage("getIdentity failed with status 500: the response is not from Kratos (application/json, "
					+ body.length() + " bytes)");
	}

	@Test
	void anEmptyErrorIsFromKratos() {
		KratosException ex = failWith(StubResponse.json(500, "{\"error\":{}}"));
		assertThat(ex).hasMessage("getIdentity failed with status 500");
		assertThat(ex.getError().code()).isZero();
		assertThat(ex.getError().message()).isNull();
	}

	@Test
	void theMessageHasTheIdTheReasonAndTheRequest() {
		assertThat(failWith(StubResponse.json(403, """
				{"error":{"id":"security_csrf_violation","code":403,"status":"Forbidden","request":"4711",
				"reason":"The CSRF cookie is missing.","message":"The requested action was forbidden"}}""")))
			.hasMessage("getIdentity failed with status 403 (security_csrf_violation): "
					+ "The requested action was forbidden: The CSRF cookie is missing. [request 4711]");
	}

	@Test
	void theMessageOfAResponseWithAMessageOnlyIsShort() {
		assertThat(failWith(StubResponse.json(404, """
				{"error":{"code":404,"status":"Not Found","message":"Unable to locate the resource"}}""")))
			.hasMessage("getIdentity failed with status 404: Unable to locate the resource");
	}

	@Test
	void theMessageHasNeitherDebugNorDetails() {
		assertThat(failWith(StubResponse.json(500, ERROR.formatted(500))).toString()).doesNotContain("debug", "detail");
	}

	@Test
	void anInvalidContentTypeIsNotShown() {
		assertThat(failWith(StubResponse.of(401, "CANARY").header("Content-Type", "CANARY")))
			.hasMessage("getIdentity failed with status 401: the response is not from Kratos "
					+ "(unreadable content type, 6 bytes)");
	}

	@Test
	void anExceptionCanBeSerialized() throws Exception {
		KratosException ex = failWith(StubResponse.json(410, ERROR.formatted(410)));
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		new ObjectOutputStream(bytes).writeObject(ex);
		Object copy = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
		assertThat(copy).isInstanceOf(KratosFlowExpiredException.class)
			.extracting("error", "operation", "status")
			.containsExactly(ex.getError(), "getIdentity", 410);
	}

	@Test
	void retryAfterMayBeSeconds() {
		assertThat(retryAfter("120")).isEqualTo(Duration.ofSeconds(120));
	}

	@ParameterizedTest
	@CsvSource({ "Retry-After, 1.5", "Retry-After, 2.0", "X-RateLimit-Reset, 1.001", "RateLimit, r=0;t=1.5" })
	void aFractionOfASecondIsRoundedUp(String header, String value) {
		assertThat(retryAfter(429, header, value)).isEqualTo(Duration.ofSeconds(2));
	}

	@Test
	void retryAfterMayBeADate() {
		ZonedDateTime date = ZonedDateTime.now(ZoneOffset.UTC).plusHours(1);
		assertThat(retryAfter(DateTimeFormatter.RFC_1123_DATE_TIME.format(date))).isBetween(Duration.ofMinutes(59),
				Duration.ofMinutes(60));
	}

	@Test
	void retryAfterAPastDateIsZero() {
		assertThat(retryAfter("Fri, 31 Dec 1999 23:59:59 GMT")).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "soon", "", "-1", "1.", ".5", "1,5", "99999999999999999999", "2026-11-23T00:00:00Z" })
	void anInvalidRetryAfterIsIgnored(String value) {
		assertThat(retryAfter(value)).isNull();
	}

	@Test
	void retryAfterMayBeAbsent() {
		KratosException ex = failWith(StubResponse.json(429, "{}"));
		assertThat(((KratosRateLimitedException) ex).getRetryAfter()).isNull();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			{"redirect_to":"https://a.test/login"}                               | https://a.test/login
			{"api":"https://a.test/login/api"}                                   | https://a.test/login/api
			{"redirect_to":"https://a.test/login","api":"https://a.test/login/api"} | https://a.test/login
			{"redirect_to":7,"api":"https://a.test/login/api"}                   | https://a.test/login/api
			{"redirect_to":null}                                                 |
			{}                                                                   |
			[]                                                                   |
			null                                                                 |
			""")
	void anExpiredFlowHasTheUrlOfANewOne(String details, String url) {
		KratosException ex = failWith(StubResponse.json(410, "{\"error\":{\"details\":" + details + "}}"));
		assertThat(((KratosFlowExpiredException) ex).getNewFlowUrl()).isEqualTo(url);
	}

	@Test
	void aMessageOfKratosCannotAddALineToALog() {
		this.server.respond(
				StubResponse.json(400, "{\"error\":{\"message\":\"a\\r\\nINFO b\",\"reason\":\"c\\n\\td\\u2028e\"}}"));
		KratosException ex = catchThrowableOfType(KratosException.class,
				() -> this.admin.identities().getIdentity("x"));
		assertThat(ex).hasMessage("getIdentity failed with status 400: a INFO b: c d e");
		assertThat(ex.getError().reason()).isEqualTo("c\n\td\u2028e");
	}

	@Test
	void aLongMessageIsCutOff() {
		this.server.respond(StubResponse.json(400, "{\"error\":{\"message\":\"" + "m".repeat(100_000) + "\"}}"));
		KratosException ex = catchThrowableOfType(KratosException.class,
				() -> this.admin.identities().getIdentity("x"));
		assertThat(ex.getMessage()).endsWith("mmm...").hasSizeLessThan(5000);
		assertThat(ex.getError().message()).hasSize(100_000);
	}

	@Test
	void possibleSecretsAreNotShown() {
		this.server
			.respond(StubResponse.html(502, "<form action='x?session_token=CANARY'><input value=\"CANARY\" id=CANARY>"
					+ "ory_st_4CANARY0000000000000000</form>"));
		assertThatExceptionOfType(KratosServerException.class)
			.isThrownBy(() -> this.admin.identities().getIdentity("x"))
			.withMessageContaining("the response is not from Kratos (text/html, ")
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("CANARY"));
	}

	@Test
	void anExpiredFlowWithoutDetailsHasNoUrlOfANewOne() {
		KratosException ex = failWith(StubResponse.html(410, "<p>gone</p>"));
		assertThat(((KratosFlowExpiredException) ex).getNewFlowUrl()).isNull();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			x-ratelimit-reset  | 7
			X-RateLimit-Reset  | 7
			X-Rate-Limit-Reset | 7
			RateLimit-Reset    | 7
			RateLimit          | limit=10, remaining=0, reset=7
			RateLimit          | "default";r=0;t=7
			RateLimit          | "second";r=0;t=1, "minute";r=0;t=7, "hour";r=250;t=1800
			""")
	void retryAfterMayBeTheResetOfARateLimit(String header, String value) {
		assertThat(retryAfter(429, header, value)).isEqualTo(Duration.ofSeconds(7));
		assertThat(retryAfter(503, header, value)).isEqualTo(Duration.ofSeconds(7));
	}

	@Test
	void theResetOfARateLimitMayCountFrom1970() {
		long soon = Instant.now().getEpochSecond() + 3600;
		assertThat(List.of(soon, soon * 1000))
			.allSatisfy((reset) -> assertThat(retryAfter(429, "X-RateLimit-Reset", reset.toString()))
				.isBetween(Duration.ofMinutes(59), Duration.ofMinutes(60)));
		assertThat(retryAfter(429, "X-RateLimit-Reset", "1700000000")).isZero();
	}

	@Test
	void aTimeIsComparedWithTheClockOfTheServer() {
		this.server.respond(StubResponse.json(429, "{}")
			.header("Date", "Fri, 31 Dec 1999 23:59:50 GMT")
			.header("Retry-After", "Fri, 31 Dec 1999 23:59:59 GMT"));
		assertThatExceptionOfType(KratosRateLimitedException.class)
			.isThrownBy(() -> this.admin.identities().getIdentity("x"))
			.satisfies((ex) -> assertThat(ex.getRetryAfter()).isEqualTo(Duration.ofSeconds(9)));
	}

	@Test
	void retryAfterTakesPrecedenceOverTheResetOfARateLimit() {
		this.server.respond(StubResponse.json(429, "{}").header("X-RateLimit-Reset", "60").header("Retry-After", "3"));
		assertThatExceptionOfType(KratosRateLimitedException.class)
			.isThrownBy(() -> this.admin.identities().getIdentity("x"))
			.satisfies((ex) -> assertThat(ex.getRetryAfter()).isEqualTo(Duration.ofSeconds(3)));
	}

	@Test
	void aRateLimitThatIsNotReachedHasNoRetryAfter() {
		this.server.respond(
				StubResponse.json(503, "{}").header("X-RateLimit-Remaining", "12").header("X-RateLimit-Reset", "60"),
				StubResponse.json(503, "{}").header("RateLimit", "\"default\";r=12;t=60"));
		for (int i = 0; i < 2; i++) {
			assertThatExceptionOfType(KratosServerException.class)
				.isThrownBy(() -> this.admin.identities().getIdentity("x"))
				.satisfies((ex) -> assertThat(ex.getRetryAfter()).isNull());
		}
	}

	private Duration retryAfter(int status, String header, String value) {
		KratosException ex = failWith(StubResponse.json(status, "{}").header(header, value));
		return (ex instanceof KratosRateLimitedException limited) ? limited.getRetryAfter()
				: ((KratosServerException) ex).getRetryAfter();
	}

	private Duration retryAfter(String value) {
		KratosException ex = failWith(StubResponse.json(429, "{}").header("Retry-After", value));
		return ((KratosRateLimitedException) ex).getRetryAfter();
	}

	private KratosException failWith(StubResponse response) {
		this.server.respond(response);
		return catchThrowableOfType(KratosException.class, () -> this.admin.identities().getIdentity("some-id"));
	}

	private static void check(KratosException ex, int status, Class<?> type) {
		assertThat(ex).isExactlyInstanceOf(type).hasNoCause();
		assertThat(ex.getStatus()).isEqualTo(status);
		assertThat(ex.getOperation()).isEqualTo("getIdentity");
	}

}
