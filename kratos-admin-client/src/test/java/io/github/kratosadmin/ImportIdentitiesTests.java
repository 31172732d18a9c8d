package io.github.kratosadmin;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.kratosadmin.TestServer.Answer;
import io.github.kratosadmin.TestServer.Request;
import io.github.kratosadmin.error.KratosBadRequestException;
import io.github.kratosadmin.error.KratosConflictException;
import io.github.kratosadmin.error.KratosException;
import io.github.kratosadmin.error.KratosRateLimitedException;
import io.github.kratosadmin.error.KratosUnavailableException;
import io.github.kratosadmin.error.KratosUnreadableAnswerException;
import io.github.kratosadmin.error.KratosUnsupportedException;
import io.github.kratosadmin.identity.BatchPatchIdentities;
import io.github.kratosadmin.identity.BatchPatchIdentities.IdentityPatch;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.identity.ImportCredentials;
import io.github.kratosadmin.identity.ImportIdentities;
import io.github.kratosadmin.identity.ImportProgress;
import io.github.kratosadmin.identity.ImportResult;
import io.github.kratosadmin.identity.ImportResult.Outcome;
import io.github.kratosadmin.json.KratosJson;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.http.HttpHeaders;
import org.springframework.http.client.ClientHttpResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class ImportIdentitiesTests {

	private final Set<String> emails = ConcurrentHashMap.newKeySet();

	private final Queue<Integer> chunks = new ConcurrentLinkedQueue<>();

	private volatile String version = "v26.2.0";

	private volatile String versionAfterTheBatch = "";

	private volatile boolean rollsBack = true;

	private final Set<String> deletedAfterTheBatch = ConcurrentHashMap.newKeySet();

	private volatile Function<String, Answer> lookUp = (email) -> this.emails.contains(email)
			? Answer.json("{\"id\":\"id-of-" + email + "\"}") : error(404, "no such identity");

	@AutoClose
	private final TestServer server = new TestServer().otherwise(this::answer);

	@AutoClose
	private final KratosAdmin admin = KratosAdmin.builder().pathPrefix("").baseUrl(this.server.url()).build();

	/**
	 * Answers as Kratos does: an identity whose address is taken fails on its own, a hash
	 * that is none fails the whole batch. 1.3 says the same of conflicts, but then
	 * creates nothing.
	 */
	private Answer answer(Request request) {
		if (request.path().equals("/version")) {
			return Answer.json("{\"version\":\"" + this.version + "\"}");
		}
		if (request.method().equals("GET")) {
			String id = request.path().substring("/identities/".length());
			return this.lookUp.apply(URLDecoder.decode(id, StandardCharsets.UTF_8).substring("id-of-".length()));
		}
		JsonNode body = KratosJson.mapper().readTree(request.body());
		if (request.method().equals("POST")) {
			return this.emails.add(email(body)) ? Answer.json(201, "{\"id\":\"id-of-" + email(body) + "\"}")
					: error(409, "taken");
		}
		this.chunks.add(body.path("identities").size());
		ArrayNode results = KratosJson.mapper().createArrayNode();
		Set<String> before = Set.copyOf(this.emails);
		for (JsonNode patch : body.path("identities")) {
			if (patch.at("/create/credentials/password/config/hashed_password").asString("").equals("none")) {
				return error(400, "not a hash");
			}
		}
		for (JsonNode patch : body.path("identities")) {
			ObjectNode result = results.addObject();
			result.set("patch_id", patch.get("patch_id"));
			String email = email(patch.get("create"));
			if (this.emails.add(email)) {
				result.put("action", "create").put("identity", "id-of-" + email);
			}
			else {
				result.put("action", "error").putObject("error").put("code", 409).put("message", "taken");
			}
		}
		if (this.rollsBack && this.version.startsWith("v1.3") && results.toString().contains("409")) {
			this.emails.retainAll(before);
		}
		this.emails.removeAll(this.deletedAfterTheBatch);
		if (!this.versionAfterTheBatch.isEmpty()) {
			this.version = this.versionAfterTheBatch;
		}
		return Answer.json("{\"identities\":" + results + "}");
	}

	private static Answer error(int status, String message) {
		return Answer.json(status, "{\"error\":{\"code\":%d,\"message\":\"%s\"}}".formatted(status, message));
	}

	private static String email(JsonNode create) {
		return create.at("/traits/email").asString();
	}

	private static CreateIdentity.Builder person(int number) {
		return CreateIdentity.builder().schemaId("default").traits(Map.of("email", "p" + number + "@a.test"));
	}

	private static Stream<CreateIdentity> people(int count) {
		return IntStream.range(0, count).mapToObj((number) -> person(number).build());
	}

	private List<ImportResult> importAll(Stream<CreateIdentity> identities, ImportIdentities.Builder options) {
		try (Stream<ImportResult> results = this.admin.identities().importIdentities(identities, options.build())) {
			return results.toList();
		}
	}

	private static ImportIdentities.Builder options() {
		return ImportIdentities.builder();
	}

	@Test
	void everyRowHasAResultInTheOrderOfTheRows() {
		List<ImportResult> results = importAll(people(2_345), options().chunkSize(100));
		assertThat(results).hasSize(2_345);
		for (int row = 0; row < results.size(); row++) {
			assertThat(results.get(row))
				.isEqualTo(new ImportResult(row, Outcome.CREATED, "id-of-p" + row + "@a.test", null));
		}
		assertThat(this.chunks).hasSize(24);
		assertThat(this.emails).hasSize(2_345);
	}

	@Test
	void nothingIsSentBeforeTheResultsAreRead() {
		try (Stream<ImportResult> results = this.admin.identities().importIdentities(people(1))) {
			assertThat(this.server.requests()).isEmpty();
			assertThat(results).hasSize(1);
		}
	}

	@Test
	void anImportOfNothingSendsNothing() {
		assertThat(importAll(Stream.empty(), options())).isEmpty();
		assertThat(this.server.requests()).isEmpty();
	}

	@Test
	void aChunkHasNoMoreRowsThanKratosTakes() {
		importAll(people(251), options());
		importAll(people(1_001), options().chunkSize(1_000));
		assertThat(this.chunks).containsExactlyInAnyOrder(250, 1, 1_000, 1);
	}

	@Test
	void aChunkHasNoMoreClearPasswordsThanAreHashedInTime() {
		ImportCredentials clear = ImportCredentials.builder().password("hunter2-hunter2").build();
		importAll(IntStream.range(0, 50).mapToObj((number) -> person(number).credentials(clear).build()), options());
		assertThat(this.chunks).hasSize(10).containsOnly(5);
	}

	@Test
	void aHashedPasswordDoesNotCountAsAClearOne() {
		ImportCredentials hashed = ImportCredentials.builder().hashedPassword("$2a$04$x").build();
		importAll(IntStream.range(0, 50).mapToObj((number) -> person(number).credentials(hashed).build()), options());
		assertThat(this.chunks).containsExactly(50);
	}

	@Test
	void aChunkIsNoLongerThanKratosReads() {
		String large = "ü".repeat(500_000);
		importAll(IntStream.range(0, 12).mapToObj((number) -> person(number).metadataAdmin(large).build()), options());
		assertThat(this.chunks).containsExactlyInAnyOrder(5, 5, 2);
		assertThat(this.server.requests()).extracting(Request::body)
			.allSatisfy((body) -> assertThat(body.length()).isLessThan(5 * 1024 * 1024));
	}

	@Test
	void aRowThatIsTooLongForKratosIsSentAlone() {
		String large = "x".repeat(6 * 1024 * 1024);
		importAll(Stream.of(person(0).build(), person(1).metadataAdmin(large).build(), person(2).build()), options());
		assertThat(this.chunks).hasSize(3);
	}

	@Test
	void aSecondImportReportsTheDuplicatesAsConflicts() {
		importAll(people(10), options());
		assertThat(importAll(people(12), options())).satisfies((results) -> {
			assertThat(results.subList(0, 10)).allSatisfy((result) -> {
				assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
				assertThat(result.id()).isNull();
				assertThat(result.failure()).isExactlyInstanceOf(KratosConflictException.class)
					.hasMessage("batchPatchIdentities failed with status 409: taken");
			});
			assertThat(results.subList(10, 12)).extracting(ImportResult::outcome).containsOnly(Outcome.CREATED);
		});
	}

	@Test
	void whatKratos13OnlySaysItHasCreatedIsCreated() {
		this.version = "v1.3.1";
		importAll(Stream.of(person(3).build(), person(77).build()), options());
		List<ImportResult> results = importAll(people(100), options().concurrency(1));
		assertThat(results).extracting(ImportResult::row).containsExactlyElementsOf(rows(100));
		assertThat(results).filteredOn((result) -> result.outcome() != Outcome.CREATED)
			.extracting(ImportResult::row)
			.containsExactly(3L, 77L);
		assertThat(this.emails).hasSize(100);
	}

	@Test
	void aBatchThatKratos13HasUndoneIsAConflict() {
		this.version = "v1.3.1";
		this.emails.add("p0@a.test");
		BatchPatchIdentities batch = new BatchPatchIdentities(
				people(2).map((person) -> new IdentityPatch(person, null)).toList());
		assertThatExceptionOfType(KratosConflictException.class)
			.isThrownBy(() -> this.admin.identities().batchPatchIdentities(batch))
			.withMessage("batchPatchIdentities failed with status 409: taken");
	}

	@Test
	void whatANewerServerHasCreatedIsNotSentAgainToOneThatWasKratos13() {
		this.version = "v1.3.1";
		importAll(Stream.of(person(3).build()), options());
		this.version = "v26.2.0";
		this.chunks.clear();
		assertThat(importAll(people(5), options())).extracting(ImportResult::outcome)
			.containsExactly(Outcome.CREATED, Outcome.CREATED, Outcome.CREATED, Outcome.FAILED, Outcome.CREATED);
		assertThat(this.chunks).containsExactly(5);
	}

	@ParameterizedTest
	@ValueSource(strings = { "v1.2.0", "v25.4.0", "v26.2.0" })
	void whatAnotherVersionThanKratos13SaysIsBelievedThoughSomebodyHasDeletedItSince(String version) {
		this.version = version;
		this.emails.add("p5@a.test");
		this.deletedAfterTheBatch.addAll(List.of("p0@a.test", "p7@a.test"));
		assertThat(importAll(people(10), options())).extracting(ImportResult::outcome)
			.containsExactly(Outcome.CREATED, Outcome.CREATED, Outcome.CREATED, Outcome.CREATED, Outcome.CREATED,
					Outcome.FAILED, Outcome.CREATED, Outcome.CREATED, Outcome.CREATED, Outcome.CREATED);
		assertThat(patches()).hasSize(1);
		assertThat(lookUps()).isEmpty();
		assertThat(this.emails).doesNotContain("p0@a.test", "p7@a.test");
	}

	@Test
	void whatKratos13HasCreatedAfterAllIsNotSentAgainWhereSomeOfItIsGone() {
		this.version = "v1.3.1";
		this.rollsBack = false;
		this.emails.add("p5@a.test");
		this.deletedAfterTheBatch.add("p0@a.test");
		assertThat(importAll(people(10), options())).hasSize(10)
			.allSatisfy((result) -> assertThat(result.outcome()).isEqualTo(Outcome.UNKNOWN));
		assertThat(patches()).hasSize(1);
		assertThat(this.emails).doesNotContain("p0@a.test");
	}

	@ParameterizedTest
	@ValueSource(strings = { "v1.2.0", "v26.2.0", "master" })
	void aServerThatWasKratos13OnlyBeforeTheBatchLeavesItsRowsUnknown(String after) {
		this.version = "v1.3.1";
		importAll(people(1), options());
		this.chunks.clear();
		this.versionAfterTheBatch = after;
		assertThat(importAll(people(5), options())).hasSize(5)
			.allSatisfy((result) -> assertThat(result.outcome()).isEqualTo(Outcome.UNKNOWN));
		assertThat(this.chunks).containsExactly(5);
	}

	@ParameterizedTest
	@ValueSource(strings = { "v1.2.0", "master" })
	void aServerThatIsKratos13OnlyAfterTheBatchLeavesItsRowsUnknown(String before) {
		this.version = before;
		importAll(people(1), options());
		this.chunks.clear();
		this.version = "v1.3.1";
		assertThat(importAll(people(5), options())).hasSize(5)
			.allSatisfy((result) -> assertThat(result.outcome()).isEqualTo(Outcome.UNKNOWN));
		assertThat(this.chunks).containsExactly(5);
	}

	@Test
	void aServerWhoseVersionCannotBeReadLeavesTheRowsOfAConflictUnknown() {
		this.version = "master";
		this.emails.add("p2@a.test");
		assertThat(importAll(people(5), options())).hasSize(5)
			.allSatisfy((result) -> assertThat(result.outcome()).isEqualTo(Outcome.UNKNOWN));
		assertThat(patches()).hasSize(1);
	}

	@Test
	void a404OfAGatewayDoesNotSayThatNothingWasCreated() {
		this.version = "v1.3.1";
		this.emails.add("p1@a.test");
		this.lookUp = (email) -> Answer.text(404, "404 page not found");
		assertThat(importAll(people(3), options())).hasSize(3)
			.allSatisfy((result) -> assertThat(result.outcome()).isEqualTo(Outcome.UNKNOWN));
		assertThat(patches()).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(ints = { 429, 500 })
	void aLookUpThatFailsDoesNotMakeTheBatchOneThatWasNotSent(int status) {
		this.version = "v1.3.1";
		this.emails.add("p1@a.test");
		this.lookUp = (email) -> error(status, "no");
		assertThat(importAll(people(3), options())).hasSize(3)
			.allSatisfy((result) -> assertThat(result.outcome()).isEqualTo(Outcome.UNKNOWN));
		assertThat(patches()).hasSize(1);
	}

	@Test
	void aBatchOfWhichItCannotBeKnownWhetherItWasCreatedIsUnreadable() {
		this.version = "master";
		this.emails.add("p0@a.test");
		BatchPatchIdentities batch = new BatchPatchIdentities(
				people(2).map((person) -> new IdentityPatch(person, null)).toList());
		assertThatExceptionOfType(KratosUnreadableAnswerException.class)
			.isThrownBy(() -> this.admin.identities().batchPatchIdentities(batch))
			.withMessageContaining("whether the others were created cannot be known: the version of the server");
	}

	@Test
	void aConflictIsUnreadableWhereNobodyMayBeRead() {
		this.version = "v1.3.1";
		this.server.answer(Answer.json("{\"version\":\"v1.3.1\"}"), Answer.json("""
				{"identities":[
				{"action":"create","identity":"a","patch_id":"00000000-0000-0000-0000-000000000000"},
				{"action":"error","error":{"code":409},"patch_id":"00000000-0000-0000-0000-000000000001"}]}"""),
				Answer.json("{\"version\":\"v1.3.1\"}"), Answer.text(403, "no"));
		assertThat(importAll(people(2), options())).allSatisfy((result) -> {
			assertThat(result.outcome()).isEqualTo(Outcome.UNKNOWN);
			assertThat(result.failure()).isExactlyInstanceOf(KratosUnreadableAnswerException.class);
		});
		assertThat(patches()).hasSize(1);
	}

	@Test
	void anIdThatIsNoneLeavesTheRowsUnknown() {
		this.version = "v1.3.1";
		this.server.answer(Answer.json("{\"version\":\"v1.3.1\"}"), Answer.json("""
				{"identities":[
				{"action":"create","identity":"\\ud800","patch_id":"00000000-0000-0000-0000-000000000000"},
				{"action":"error","error":{"code":409},"patch_id":"00000000-0000-0000-0000-000000000001"}]}"""));
		assertThat(importAll(people(2), options())).allSatisfy((result) -> {
			assertThat(result.outcome()).isEqualTo(Outcome.UNKNOWN);
			assertThat(result.failure()).isExactlyInstanceOf(KratosUnreadableAnswerException.class);
		});
	}

	@Test
	void oneRowThatFailsTheWholeChunkIsFoundAndTheOthersAreCreated() {
		ImportCredentials bad = ImportCredentials.builder().hashedPassword("none").build();
		List<ImportResult> results = importAll(IntStream.range(0, 100)
			.mapToObj((number) -> person(number).credentials((number == 37) ? bad : null).build()), options());
		assertThat(results).extracting(ImportResult::row).containsExactlyElementsOf(rows(100));
		assertThat(results).filteredOn((result) -> result.outcome() != Outcome.CREATED)
			.singleElement()
			.satisfies((result) -> {
				assertThat(result.row()).isEqualTo(37);
				assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
				assertThat(result.failure()).isExactlyInstanceOf(KratosBadRequestException.class);
			});
		assertThat(this.emails).hasSize(99);
	}

	@ParameterizedTest
	@ValueSource(ints = { 500, 502, 503, 408 })
	void aChunkThatFailsIsNotSentAgainAndItsRowsAreUnknown(int status) {
		this.server.answer(Answer.json("{\"version\":\"v26.2.0\"}"), error(status, "broken"));
		List<ImportResult> results = importAll(people(20), options().chunkSize(10).concurrency(1));
		assertThat(results.subList(0, 10)).allSatisfy((result) -> {
			assertThat(result.outcome()).isEqualTo(Outcome.UNKNOWN);
			assertThat(result.failure()).isInstanceOf(KratosException.class)
				.hasMessage("batchPatchIdentities failed with status " + status + ": broken");
		});
		assertThat(results.subList(10, 20)).extracting(ImportResult::outcome).containsOnly(Outcome.CREATED);
		assertThat(patches()).hasSize(2);
	}

	@Test
	void rowsThatNoConnectionTookHaveFailed() throws IOException {
		try (Socket taken = new Socket()) {
			// Whoever connects to a port that is taken, but not listened at, is refused.
			taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
			URI refuses = URI.create("http://127.0.0.1:" + taken.getLocalPort());
			try (KratosAdmin gone = KratosAdmin.builder()
				.pathPrefix("")
				.baseUrl(this.server.url())
				.build((settings) -> goneBut(new HttpComponents(settings), refuses, "/version"))) {
				assertThat(gone.identities().importIdentities(people(20), options().chunkSize(10).build())).hasSize(20)
					.allSatisfy((result) -> {
						assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
						assertThat(result.failure()).isExactlyInstanceOf(KratosUnavailableException.class)
							.hasMessageStartingWith("batchPatchIdentities got no answer");
					});
			}
		}
	}

	@Test
	void rowsWhoseConflictNobodyExplainsAnyMoreAreUnknown() throws IOException {
		try (Socket taken = new Socket()) {
			taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
			URI refuses = URI.create("http://127.0.0.1:" + taken.getLocalPort());
			this.version = "v1.3.1";
			this.emails.add("p0@a.test");
			try (KratosAdmin gone = KratosAdmin.builder()
				.pathPrefix("")
				.baseUrl(this.server.url())
				.build((settings) -> goneBut(new HttpComponents(settings), refuses, "/version", "/identities"))) {
				assertThat(gone.identities().importIdentities(people(20), options().build())).hasSize(20)
					.allSatisfy((result) -> assertThat(result.outcome()).isEqualTo(Outcome.UNKNOWN));
			}
		}
	}

	/**
	 * A server that refuses connections, except for some paths.
	 */
	private static HttpSender goneBut(HttpSender http, URI refuses, String... paths) {
		return new HttpSender() {

			@Override
			public ClientHttpResponse send(String method, URI url, HttpHeaders headers, byte[] body)
					throws IOException {
				return http.send(method, List.of(paths).contains(url.getPath()) ? url : refuses, headers, body);
			}

			@Override
			public void close() {
				http.close();
			}

		};
	}

	@Test
	void aChunkWithoutAnAnswerIsNotSentAgainAndItsRowsAreUnknown() {
		this.server.answer(Answer.json("{\"version\":\"v26.2.0\"}"), Answer.dropped());
		List<ImportResult> results = importAll(people(20), options().chunkSize(10).concurrency(1));
		assertThat(results.subList(0, 10)).allSatisfy((result) -> {
			assertThat(result.outcome()).isEqualTo(Outcome.UNKNOWN);
			assertThat(result.failure()).isExactlyInstanceOf(KratosUnavailableException.class);
		});
		assertThat(results.subList(10, 20)).extracting(ImportResult::outcome).containsOnly(Outcome.CREATED);
		assertThat(patches()).hasSize(2);
	}

	@Test
	void rowsOfAChunkThatWasNotSentAreNotUnknown() {
		this.server.answer(error(503, "no version"));
		List<ImportResult> results = importAll(people(20), options().chunkSize(10).concurrency(1));
		assertThat(results.subList(0, 10)).allSatisfy((result) -> {
			assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
			assertThat(result.failure()).hasMessage("getVersion failed with status 503: no version");
		});
		assertThat(results.subList(10, 20)).extracting(ImportResult::outcome).containsOnly(Outcome.CREATED);
		assertThat(patches()).hasSize(1);
	}

	@Test
	void whatIsRefusedBySomethingInFrontOfKratosIsNotSentAgain() {
		this.server.answer(Answer.json("{\"version\":\"v26.2.0\"}"), Answer.text(400, "blocked"));
		List<ImportResult> results = importAll(people(3), options());
		assertThat(results).extracting(ImportResult::outcome).containsOnly(Outcome.FAILED);
		assertThat(patches()).hasSize(1);
	}

	@Test
	void aServerThatWantsFewerCallsIsNotAskedAgain() {
		this.server.answer(Answer.json("{\"version\":\"v26.2.0\"}"), error(429, "slower"));
		List<ImportResult> results = importAll(people(3), options());
		assertThat(results).allSatisfy((result) -> {
			assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
			assertThat(result.failure()).isExactlyInstanceOf(KratosRateLimitedException.class);
		});
		assertThat(patches()).hasSize(1);
	}

	@Test
	void rowsOfWhichTheAnswerDoesNotTellAreUnknown() {
		this.server.answer(Answer.json("{\"version\":\"v26.2.0\"}"), Answer.json("""
				{"identities":[null,
				{"action":"create","identity":"a","patch_id":"00000000-0000-0000-0000-000000000001"},
				{"action":"create","patch_id":"00000000-0000-0000-0000-000000000002"},
				{"action":"error","patch_id":"00000000-0000-0000-0000-000000000003"},
				{"action":"later","identity":"b","patch_id":"00000000-0000-0000-0000-000000000004"}]}"""));
		List<ImportResult> results = importAll(people(5), options());
		assertThat(results).extracting(ImportResult::outcome)
			.containsExactly(Outcome.UNKNOWN, Outcome.CREATED, Outcome.UNKNOWN, Outcome.FAILED, Outcome.UNKNOWN);
		assertThat(results.get(0).failure()).isExactlyInstanceOf(KratosUnreadableAnswerException.class)
			.hasMessageContaining("row 0");
		assertThat(results.get(1).id()).isEqualTo("a");
	}

	@Test
	void onServersWithoutBatchesEachIsCreatedOnItsOwn() {
		this.version = "v0.10.1";
		importAll(people(1), options());
		List<ImportResult> results = importAll(people(3), options());
		assertThat(results).extracting(ImportResult::outcome)
			.containsExactly(Outcome.FAILED, Outcome.CREATED, Outcome.CREATED);
		assertThat(results.get(0).failure()).isExactlyInstanceOf(KratosConflictException.class);
		assertThat(patches()).isEmpty();
	}

	@Test
	void whatTheServerIsTooOldForFailsOnlyTheRowsThatHaveIt() {
		this.version = "v1.3.1";
		List<ImportResult> results = importAll(
				Stream.of(person(0).build(), person(1).externalId("crm-1").build(), person(2).build()), options());
		assertThat(results).extracting(ImportResult::outcome)
			.containsExactly(Outcome.CREATED, Outcome.FAILED, Outcome.CREATED);
		assertThat(results.get(1).failure()).isExactlyInstanceOf(KratosUnsupportedException.class)
			.hasMessageContaining("external_id needs Kratos 25.4");
	}

	@Test
	void noMoreCallsAreMadeAtATimeThanTheOptionsSay() throws Exception {
		CyclicBarrier three = new CyclicBarrier(3);
		AtomicInteger now = new AtomicInteger();
		AtomicInteger most = new AtomicInteger();
		this.server.otherwise((request) -> {
			if (!request.path().equals("/version")) {
				most.accumulateAndGet(now.incrementAndGet(), Math::max);
				await(three);
				now.decrementAndGet();
			}
			return answer(request);
		});
		importAll(people(60), options().chunkSize(10).concurrency(3));
		assertThat(most).hasValue(3);
	}

	private static void await(CyclicBarrier barrier) {
		try {
			barrier.await(20, TimeUnit.SECONDS);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void theListenerIsToldAfterEachChunk() {
		List<ImportProgress> progress = new ArrayList<>();
		importAll(people(5), options());
		importAll(people(25), options().chunkSize(10).listener(progress::add));
		assertThat(progress).containsExactly(new ImportProgress(5, 5, 0), new ImportProgress(15, 5, 0),
				new ImportProgress(20, 5, 0));
	}

	@Test
	void anImportThatIsStoppedHasAResultForAllThatWasSent() {
		AtomicBoolean stop = new AtomicBoolean();
		List<ImportResult> results = importAll(people(1_000),
				options().chunkSize(10)
					.concurrency(2)
					.stop(stop::get)
					.listener((progress) -> stop.set(progress.created() >= 50)));
		assertThat(results.size()).isBetween(50, 100);
		assertThat(results).extracting(ImportResult::outcome).containsOnly(Outcome.CREATED);
		assertThat(this.emails).hasSize(results.size());
	}

	@Test
	void anImportOfSingleCallsIsStoppedBetweenThem() {
		this.version = "v0.10.1";
		List<ImportResult> results = importAll(people(1_000),
				options().chunkSize(100).concurrency(1).stop(() -> this.emails.size() >= 7));
		assertThat(results).extracting(ImportResult::row).containsExactlyElementsOf(rows(7));
		assertThat(this.emails).hasSize(7);
	}

	@Test
	void aListenerThatFailsFailsTheImportAfterTheResultsOfWhatWasSent() {
		List<ImportResult> results = new ArrayList<>();
		ImportIdentities options = options().chunkSize(10).concurrency(2).listener((progress) -> {
			throw new IllegalStateException("the disk is full");
		}).build();
		try (Stream<ImportResult> stream = this.admin.identities().importIdentities(people(1_000), options)) {
			assertThatIllegalStateException().isThrownBy(() -> stream.forEach(results::add))
				.withMessage("the disk is full");
		}
		assertThat(results).hasSizeLessThanOrEqualTo(40).hasSameSizeAs(this.emails);
	}

	@Test
	void aRowThatIsNullFailsTheImportAfterTheResultsOfWhatWasSent() {
		List<ImportResult> results = new ArrayList<>();
		Stream<CreateIdentity> people = Stream.of(person(0).build(), null, person(2).build());
		try (Stream<ImportResult> stream = this.admin.identities().importIdentities(people)) {
			assertThatIllegalArgumentException().isThrownBy(() -> stream.forEach(results::add))
				.withMessage("row 1 is missing");
		}
		assertThat(results).hasSize(1);
		assertThat(this.emails).containsExactly("p0@a.test");
	}

	@Test
	void aStreamThatIsLeftEarlySendsNoMore() {
		AtomicBoolean closed = new AtomicBoolean();
		Stream<CreateIdentity> people = people(10_000).onClose(() -> closed.set(true));
		try (Stream<ImportResult> results = this.admin.identities()
			.importIdentities(people, options().chunkSize(10).build())) {
			assertThat(results.limit(15)).hasSize(15);
		}
		assertThat(closed).isTrue();
		assertThat(this.chunks.size()).isLessThanOrEqualTo(7);
	}

	@Test
	void noMoreRowsAreReadThanAreSent() {
		AtomicInteger read = new AtomicInteger();
		Stream<CreateIdentity> people = people(10_000).peek((identity) -> read.incrementAndGet());
		try (Stream<ImportResult> results = this.admin.identities()
			.importIdentities(people, options().chunkSize(10).concurrency(2).build())) {
			assertThat(results.findFirst()).isPresent();
		}
		assertThat(read.get()).isLessThanOrEqualTo(31);
	}

	@Test
	void aSourceThatFailsFailsTheImportAfterTheResultsOfWhatWasSent() {
		Stream<CreateIdentity> broken = IntStream.range(0, 100).mapToObj((number) -> {
			if (number == 25) {
				throw new IllegalStateException("line 26 is broken");
			}
			return person(number).build();
		});
		List<ImportResult> results = new ArrayList<>();
		try (Stream<ImportResult> stream = this.admin.identities()
			.importIdentities(broken, options().chunkSize(10).build())) {
			assertThatIllegalStateException().isThrownBy(() -> stream.forEach(results::add))
				.withMessage("line 26 is broken");
		}
		assertThat(results).extracting(ImportResult::row).containsExactlyElementsOf(rows(25));
		assertThat(this.emails).hasSize(25);
	}

	@Test
	void aThreadThatIsInterruptedStopsTheImport() {
		try (Stream<ImportResult> results = this.admin.identities()
			.importIdentities(people(1_000), options().chunkSize(1).concurrency(1).build())) {
			assertThatExceptionOfType(KratosUnavailableException.class).isThrownBy(() -> results.forEach((result) -> {
				if (result.row() == 3) {
					Thread.currentThread().interrupt();
				}
			})).withMessageContaining("interrupted");
			assertThat(Thread.interrupted()).isTrue();
		}
		assertThat(this.chunks.size()).isLessThanOrEqualTo(6);
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, -1, 1_001 })
	void aChunkSizeThatKratosDoesNotTakeIsRefused(int size) {
		assertThatIllegalArgumentException().isThrownBy(() -> options().chunkSize(size).build())
			.withMessage("chunkSize must be 1 to 1000, but was " + size);
	}

	private List<Request> patches() {
		return this.server.requests().stream().filter((request) -> request.method().equals("PATCH")).toList();
	}

	private List<Request> lookUps() {
		return this.server.requests().stream().filter((request) -> request.path().startsWith("/identities/")).toList();
	}

	private static List<Long> rows(int count) {
		return IntStream.range(0, count).mapToObj(Long::valueOf).toList();
	}

}
