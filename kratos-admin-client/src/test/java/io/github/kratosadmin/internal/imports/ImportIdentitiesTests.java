package io.github.kratosadmin.internal.imports;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import feign.Response;
import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.KratosAdminBuilders;
import io.github.kratosadmin.error.KratosBadRequestException;
import io.github.kratosadmin.error.KratosConflictException;
import io.github.kratosadmin.error.KratosException;
import io.github.kratosadmin.error.KratosRateLimitedException;
import io.github.kratosadmin.error.KratosUnavailableException;
import io.github.kratosadmin.error.KratosUnreadableResponseException;
import io.github.kratosadmin.error.KratosUnsupportedException;
import io.github.kratosadmin.identity.BatchPatchIdentities;
import io.github.kratosadmin.identity.BatchPatchIdentities.IdentityPatch;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.identity.ImportCredentials;
import io.github.kratosadmin.identity.ImportIdentities;
import io.github.kratosadmin.identity.ImportProgress;
import io.github.kratosadmin.identity.ImportResult;
import io.github.kratosadmin.identity.ImportResult.Outcome;
import io.github.kratosadmin.identity.ImportSummary;
import io.github.kratosadmin.internal.http.ApacheHttpSender;
import io.github.kratosadmin.internal.http.HttpSender;
import io.github.kratosadmin.internal.json.KratosJson;
import io.github.kratosadmin.statistics.ConnectionStatistics;
import io.github.kratosadmin.testing.TestServer;
import io.github.kratosadmin.testing.TestServer.Request;
import io.github.kratosadmin.testing.TestServer.StubResponse;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

class ImportIdentitiesTests {

	private final Set<String> emails = ConcurrentHashMap.newKeySet();

	private final Queue<Integer> chunks = new ConcurrentLinkedQueue<>();

	private volatile String version = "v26.2.0";

	private volatile String versionAfterTheBatch = "";

	private volatile Supplier<StubResponse> readiness = () -> StubResponse.json("{\"status\":\"ok\"}");

	/** Whether a conflict of one row fails the whole batch, as on MySQL. */
	private volatile boolean conflictsFailTheBatch;

	private volatile boolean rollsBack = true;

	private final Set<String> deletedAfterTheBatch = ConcurrentHashMap.newKeySet();

	private volatile Function<String, StubResponse> lookUp = (email) -> this.emails.contains(email)
			? StubResponse.json("{\"id\":\"id-of-" + email + "\"}") : error(404, "Unable to locate the resource");

	@AutoClose
	private final TestServer server = new TestServer().otherwise(this::respond);

	@AutoClose
	private final KratosAdmin admin = KratosAdmin.builder().pathPrefix("").baseUrl(this.server.url()).build();

	/**
	 * Responds as Kratos does: an address that is taken fails its row, an invalid hash
	 * fails the whole batch. After a conflict, 1.3 responds in the same way, but creates
	 * nothing.
	 */
	private StubResponse respond(Request request) {
		if (request.path().equals("/version")) {
			return StubResponse.json("{\"version\":\"" + this.version + "\"}");
		}
		if (request.path().equals("/health/ready")) {
			return this.readiness.get();
		}
		if (request.method().equals("GET")) {
			String id = request.path().substring("/identities/".length());
			return this.lookUp.apply(URLDecoder.decode(id, StandardCharsets.UTF_8).substring("id-of-".length()));
		}
		JsonNode body = KratosJson.mapper().readTree(request.body());
		if (request.method().equals("POST")) {
			return this.emails.add(email(body)) ? StubResponse.json(201, "{\"id\":\"id-of-" + email(body) + "\"}")
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
		if (this.conflictsFailTheBatch && emails(body).anyMatch(this.emails::contains)) {
			return error(409, "taken");
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
		if (this.rollsBack && this.version.startsWith("v1.3")
				&& results.valueStream().anyMatch((result) -> result.has("error"))) {
			this.emails.retainAll(before);
		}
		this.emails.removeAll(this.deletedAfterTheBatch);
		if (!this.versionAfterTheBatch.isEmpty()) {
			this.version = this.versionAfterTheBatch;
		}
		return StubResponse.json("{\"identities\":" + results + "}");
	}

	private static StubResponse error(int status, String message) {
		return StubResponse.json(status, "{\"error\":{\"code\":%d,\"message\":\"%s\"}}".formatted(status, message));
	}

	private static String email(JsonNode create) {
		return create.at("/traits/email").asString();
	}

	private static Stream<String> emails(JsonNode batch) {
		return batch.path("identities").valueStream().map((patch) -> email(patch.get("create")));
	}

	private static CreateIdentity.Builder person(int number) {
		return CreateIdentity.builder().schemaId("default").traits(Map.of("email", "p" + number + "@a.test"));
	}

	private static Stream<CreateIdentity> people(int count) {
		return IntStream.range(0, count).mapToObj((number) -> person(number).build());
	}

	private static Stream<CreateIdentity> peopleWithHash(String hash, int... numbers) {
		ImportCredentials credentials = ImportCredentials.builder().hashedPassword(hash).build();
		return IntStream.range(0, 250)
			.mapToObj((number) -> person(number)
				.credentials(IntStream.of(numbers).anyMatch((other) -> other == number) ? credentials : null)
				.build());
	}

	private List<ImportResult> importAll(Stream<CreateIdentity> identities, ImportIdentities.Builder options) {
		List<ImportResult> results = new ArrayList<>();
		this.admin.importIdentities(identities, options.build(), results::add);
		return results;
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
				.isEqualTo(new ImportResult(row, Outcome.CREATED, "id-of-p" + row + "@a.test", null, null));
		}
		assertThat(this.chunks).hasSize(24);
		assertThat(this.emails).hasSize(2_345);
	}

	@Test
	void nothingIsSentBeforeTheResultsAreRead() {
		try (Stream<ImportResult> results = this.admin.importIdentitiesLazily(people(1), options().build())) {
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
	void aChunkHasNoMoreRowsThanTheChunkSize() {
		importAll(people(251), options());
		importAll(people(1_001), options().chunkSize(1_000));
		assertThat(this.chunks).containsExactlyInAnyOrder(250, 1, 1_000, 1);
	}

	@Test
	void aChunkHasNoMoreClearPasswordsThanKratosHashesInTime() {
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
	void rowsThatKratos13ReportsAsCreatedButRollsBackAreCreated() {
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
	void aBatchThatKratos13RollsBackIsAConflict() {
		this.version = "v1.3.1";
		this.emails.add("p0@a.test");
		BatchPatchIdentities batch = new BatchPatchIdentities(
				people(2).map((person) -> new IdentityPatch(person, null)).toList());
		assertThatExceptionOfType(KratosConflictException.class)
			.isThrownBy(() -> this.admin.identities().batchPatchIdentities(batch))
			.withMessage("batchPatchIdentities failed with status 409: taken");
	}

	@Test
	void rowsAreNotSentAgainAfterAnUpgradeFromKratos13() {
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
	void resultsOfOtherVersionsAreKeptEvenIfIdentitiesWereDeletedSince(String version) {
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
	void rowsThatKratos13CreatedAreNotSentAgainIfSomeAreMissing() {
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
	void resultsOfAnUnknownVersionAreKeptIfTheIdentitiesExist() {
		this.version = "master";
		this.emails.add("p2@a.test");
		assertThat(importAll(people(5), options())).extracting(ImportResult::outcome)
			.containsExactly(Outcome.CREATED, Outcome.CREATED, Outcome.FAILED, Outcome.CREATED, Outcome.CREATED);
		assertThat(patches()).hasSize(1);
	}

	@Test
	void rowsOfAnUnknownVersionAreUnknownAfterAConflictIfOneIsMissing() {
		this.version = "master";
		this.emails.add("p2@a.test");
		this.lookUp = (email) -> email.startsWith("p4") ? error(404, "Unable to locate the resource")
				: StubResponse.json("{\"id\":\"id-of-" + email + "\"}");
		assertThat(importAll(people(5), options())).hasSize(5)
			.allSatisfy((result) -> assertThat(result.outcome()).isEqualTo(Outcome.UNKNOWN));
		assertThat(patches()).hasSize(1);
	}

	@Test
	void a404OfAGatewayDoesNotProveThatNothingWasCreated() {
		this.version = "v1.3.1";
		this.emails.add("p1@a.test");
		this.lookUp = (email) -> StubResponse.text(404, "404 page not found");
		assertThat(importAll(people(3), options())).hasSize(3)
			.allSatisfy((result) -> assertThat(result.outcome()).isEqualTo(Outcome.UNKNOWN));
		assertThat(patches()).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(ints = { 429, 500 })
	void aLookUpThatFailsLeavesTheRowsUnknown(int status) {
		this.version = "v1.3.1";
		this.emails.add("p1@a.test");
		this.lookUp = (email) -> error(status, "no");
		assertThat(importAll(people(3), options())).hasSize(3)
			.allSatisfy((result) -> assertThat(result.outcome()).isEqualTo(Outcome.UNKNOWN));
		assertThat(patches()).hasSize(1);
	}

	@Test
	void aBatchWithAnUnknownOutcomeIsUnreadable() {
		this.lookUp = (email) -> error(404, "Unable to locate the resource");
		this.version = "master";
		this.emails.add("p0@a.test");
		BatchPatchIdentities batch = new BatchPatchIdentities(
				people(2).map((person) -> new IdentityPatch(person, null)).toList());
		assertThatExceptionOfType(KratosUnreadableResponseException.class)
			.isThrownBy(() -> this.admin.identities().batchPatchIdentities(batch))
			.withMessageContaining("it is unknown whether the others were created: the version of the server");
	}

	@Test
	void aConflictIsUnreadableIfIdentitiesMayNotBeRead() {
		this.version = "v1.3.1";
		this.lookUp = (email) -> StubResponse.text(403, "no");
		respondToBatch("""
				{"action":"create","identity":"id-of-a","patch_id":"$0"},
				{"action":"error","error":{"code":409},"patch_id":"$1"}""");
		assertThat(importAll(people(2), options())).allSatisfy((result) -> {
			assertThat(result.outcome()).isEqualTo(Outcome.UNKNOWN);
			assertThat(result.failure()).isExactlyInstanceOf(KratosUnreadableResponseException.class);
		});
		assertThat(patches()).hasSize(1);
	}

	@Test
	void anInvalidIdLeavesTheRowsUnknown() {
		this.version = "v1.3.1";
		respondToBatch("""
				{"action":"create","identity":"\\ud800","patch_id":"$0"},
				{"action":"error","error":{"code":409},"patch_id":"$1"}""");
		assertThat(importAll(people(2), options())).allSatisfy((result) -> {
			assertThat(result.outcome()).isEqualTo(Outcome.UNKNOWN);
			assertThat(result.failure()).isExactlyInstanceOf(KratosUnreadableResponseException.class);
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
		this.server.respond(StubResponse.json("{\"version\":\"v26.2.0\"}"), error(status, "broken"));
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
	void rowsWithoutAConnectionAreNotSent() throws IOException {
		try (Socket taken = new Socket()) {
			// A port that is bound, but has no listener, refuses connections.
			taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
			URI refuses = URI.create("http://127.0.0.1:" + taken.getLocalPort());
			try (KratosAdmin gone = KratosAdminBuilders.build(
					KratosAdmin.builder().pathPrefix("").baseUrl(this.server.url()),
					(settings) -> refusingExcept(new ApacheHttpSender(settings), refuses, "/version"))) {
				ImportIdentities options = options().chunkSize(10)
					.failuresBeforePause(1)
					.maxPause(Duration.ZERO)
					.build();
				assertThat(gone.importIdentitiesLazily(people(20), options)).hasSize(20).allSatisfy((result) -> {
					assertThat(result.outcome()).isEqualTo(Outcome.NOT_SENT);
					assertThat(result.failure()).isExactlyInstanceOf(KratosUnavailableException.class)
						.hasMessageStartingWith("batchPatchIdentities got no response");
				});
			}
		}
	}

	@Test
	void rowsOfAConflictAreUnknownIfTheServerIsGoneAfterIt() throws IOException {
		try (Socket taken = new Socket()) {
			taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
			URI refuses = URI.create("http://127.0.0.1:" + taken.getLocalPort());
			this.version = "v1.3.1";
			this.emails.add("p0@a.test");
			try (KratosAdmin gone = KratosAdminBuilders.build(
					KratosAdmin.builder().pathPrefix("").baseUrl(this.server.url()),
					(settings) -> refusingExcept(new ApacheHttpSender(settings), refuses, "/version", "/identities"))) {
				assertThat(gone.importIdentitiesLazily(people(20), options().build())).hasSize(20)
					.allSatisfy((result) -> assertThat(result.outcome()).isEqualTo(Outcome.UNKNOWN));
			}
		}
	}

	/**
	 * A server that refuses connections, except for some paths.
	 */
	private static HttpSender refusingExcept(HttpSender http, URI refuses, String... paths) {
		return sender(http, (url) -> List.of(paths).contains(url.getPath()) ? url : refuses);
	}

	private static HttpSender sender(HttpSender http, UnaryOperator<URI> urls) {
		return new HttpSender() {

			@Override
			public Response send(URI url, Map<String, Collection<String>> headers, feign.Request request)
					throws IOException {
				return http.send(urls.apply(url), headers, request);
			}

			@Override
			public ConnectionStatistics connections() {
				return http.connections();
			}

			@Override
			public void close() {
				http.close();
			}

		};
	}

	@Test
	void aChunkWithoutAResponseIsNotSentAgainAndItsRowsAreUnknown() {
		this.server.respond(StubResponse.json("{\"version\":\"v26.2.0\"}"), StubResponse.dropped());
		List<ImportResult> results = importAll(people(20), options().chunkSize(10).concurrency(1));
		assertThat(results.subList(0, 10)).allSatisfy((result) -> {
			assertThat(result.outcome()).isEqualTo(Outcome.UNKNOWN);
			assertThat(result.failure()).isExactlyInstanceOf(KratosUnavailableException.class);
		});
		assertThat(results.subList(10, 20)).extracting(ImportResult::outcome).containsOnly(Outcome.CREATED);
		assertThat(patches()).hasSize(2);
	}

	@Test
	void aChunkThatWasNotSentIsSentAgain() {
		this.server.respond(error(503, "no version"));
		List<ImportResult> results = importAll(people(20), options().chunkSize(10).concurrency(1));
		assertThat(results).hasSize(20).extracting(ImportResult::outcome).containsOnly(Outcome.CREATED);
		assertThat(patches()).hasSize(2);
	}

	@Test
	void rowsThatAGatewayRefusesAreNotSentAgain() {
		this.server.respond(StubResponse.json("{\"version\":\"v26.2.0\"}"), StubResponse.text(400, "blocked"));
		List<ImportResult> results = importAll(people(3), options());
		assertThat(results).extracting(ImportResult::outcome).containsOnly(Outcome.FAILED);
		assertThat(patches()).hasSize(1);
	}

	@Test
	void theRowsOfTwoImportsHaveDifferentPatchIds() {
		importAll(people(20), options().chunkSize(10));
		importAll(people(20), options().chunkSize(10));
		assertThat(patches()).flatExtracting(ImportIdentitiesTests::patchIds).hasSize(40).doesNotHaveDuplicates();
	}

	private static List<String> patchIds(Request request) {
		return KratosJson.mapper()
			.readTree(request.body())
			.path("identities")
			.valueStream()
			.map((patch) -> patch.path("patch_id").asString())
			.toList();
	}

	/**
	 * Responds to a batch, in which {@code $n} is the patch id of row n.
	 */
	private void respondToBatch(String results) {
		this.server.otherwise((request) -> {
			if (!request.method().equals("PATCH")) {
				return respond(request);
			}
			List<String> patchIds = patchIds(request);
			String response = results;
			for (int row = 0; row < patchIds.size(); row++) {
				response = response.replace("$" + row, patchIds.get(row));
			}
			return StubResponse.json("{\"identities\":[" + response + "]}");
		});
	}

	@Test
	void rowsWithoutAValidResultInTheResponseAreUnknown() {
		respondToBatch("""
				null,
				{"action":"create","identity":"a","patch_id":"$1"},
				{"action":"create","patch_id":"$2"},
				{"action":"error","patch_id":"$3"},
				{"action":"later","identity":"b","patch_id":"$4"}""");
		List<ImportResult> results = importAll(people(5), options());
		assertThat(results).extracting(ImportResult::outcome)
			.containsExactly(Outcome.UNKNOWN, Outcome.CREATED, Outcome.UNKNOWN, Outcome.FAILED, Outcome.UNKNOWN);
		assertThat(results.get(0).failure()).isExactlyInstanceOf(KratosUnreadableResponseException.class)
			.hasMessageContaining("row 0");
		assertThat(results.get(1).id()).isEqualTo("a");
	}

	@Test
	void rowsAreCreatedOneByOneOnServersWithoutBatches() {
		this.version = "v0.10.1";
		importAll(people(1), options());
		List<ImportResult> results = importAll(people(3), options());
		assertThat(results).extracting(ImportResult::outcome)
			.containsExactly(Outcome.FAILED, Outcome.CREATED, Outcome.CREATED);
		assertThat(results.get(0).failure()).isExactlyInstanceOf(KratosConflictException.class);
		assertThat(patches()).isEmpty();
	}

	@Test
	void aFieldThatTheServerLacksFailsOnlyTheRowsWithThisField() {
		this.version = "v1.3.1";
		List<ImportResult> results = importAll(
				Stream.of(person(0).build(), person(1).externalId("crm-1").build(), person(2).build()), options());
		assertThat(results).extracting(ImportResult::outcome)
			.containsExactly(Outcome.CREATED, Outcome.FAILED, Outcome.CREATED);
		assertThat(results.get(1).failure()).isExactlyInstanceOf(KratosUnsupportedException.class)
			.hasMessageContaining("external_id needs Kratos 25.4");
	}

	@Test
	void noMoreRequestsAreSentAtATimeThanTheConcurrency() throws Exception {
		CyclicBarrier three = new CyclicBarrier(3);
		AtomicInteger now = new AtomicInteger();
		AtomicInteger most = new AtomicInteger();
		this.server.otherwise((request) -> {
			if (!request.path().equals("/version")) {
				most.accumulateAndGet(now.incrementAndGet(), Math::max);
				await(three);
				now.decrementAndGet();
			}
			return respond(request);
		});
		importAll(people(60), options().chunkSize(10).concurrency(3).givingWay(false));
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
	void theListenerIsCalledAfterEachChunk() {
		List<ImportProgress> progress = new ArrayList<>();
		importAll(people(5), options());
		importAll(people(25), options().chunkSize(10).listener(progress::add));
		assertThat(progress).containsExactly(new ImportProgress(5, 5, 0), new ImportProgress(15, 5, 0),
				new ImportProgress(20, 5, 0));
	}

	@Test
	void anImportThatIsStoppedHasAResultForEachRowThatWasSent() {
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
	void anImportOfSingleRowsIsStoppedBetweenThem() {
		this.version = "v0.10.1";
		List<ImportResult> results = importAll(people(1_000),
				options().chunkSize(100).concurrency(1).stop(() -> this.emails.size() >= 7));
		assertThat(results).extracting(ImportResult::row).containsExactlyElementsOf(rows(7));
		assertThat(this.emails).hasSize(7);
	}

	@Test
	void aListenerThatFailsFailsTheImportAfterTheResultsOfSentRows() {
		List<ImportResult> results = new ArrayList<>();
		ImportIdentities options = options().chunkSize(10).concurrency(2).listener((progress) -> {
			throw new IllegalStateException("the disk is full");
		}).build();
		try (Stream<ImportResult> stream = this.admin.importIdentitiesLazily(people(1_000), options)) {
			assertThatIllegalStateException().isThrownBy(() -> stream.forEach(results::add))
				.withMessage("the disk is full");
		}
		assertThat(results).hasSizeLessThanOrEqualTo(40).hasSameSizeAs(this.emails);
	}

	@Test
	void aRowThatIsNullFailsTheImportAfterTheResultsOfSentRows() {
		List<ImportResult> results = new ArrayList<>();
		Stream<CreateIdentity> people = Stream.of(person(0).build(), null, person(2).build());
		try (Stream<ImportResult> stream = this.admin.importIdentitiesLazily(people, options().build())) {
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
		try (Stream<ImportResult> results = this.admin.importIdentitiesLazily(people,
				options().chunkSize(10).build())) {
			assertThat(results.limit(15)).hasSize(15);
		}
		assertThat(closed).isTrue();
		assertThat(this.chunks.size()).isLessThanOrEqualTo(7);
	}

	@Test
	void noMoreRowsAreReadThanAreSent() {
		AtomicInteger read = new AtomicInteger();
		Stream<CreateIdentity> people = people(10_000).peek((identity) -> read.incrementAndGet());
		try (Stream<ImportResult> results = this.admin.importIdentitiesLazily(people,
				options().chunkSize(10).concurrency(2).build())) {
			assertThat(results.findFirst()).isPresent();
		}
		assertThat(read.get()).isLessThanOrEqualTo(31);
	}

	@Test
	void aSourceThatFailsFailsTheImportAfterTheResultsOfSentRows() {
		Stream<CreateIdentity> broken = IntStream.range(0, 100).mapToObj((number) -> {
			if (number == 25) {
				throw new IllegalStateException("line 26 is broken");
			}
			return person(number).build();
		});
		List<ImportResult> results = new ArrayList<>();
		try (Stream<ImportResult> stream = this.admin.importIdentitiesLazily(broken, options().chunkSize(10).build())) {
			assertThatIllegalStateException().isThrownBy(() -> stream.forEach(results::add))
				.withMessage("line 26 is broken");
		}
		assertThat(results).extracting(ImportResult::row).containsExactlyElementsOf(rows(25));
		assertThat(this.emails).hasSize(25);
	}

	@Test
	void aThreadThatIsInterruptedStopsTheImport() {
		try (Stream<ImportResult> results = this.admin.importIdentitiesLazily(people(1_000),
				options().chunkSize(1).concurrency(1).build())) {
			assertThatExceptionOfType(KratosUnavailableException.class).isThrownBy(() -> results.forEach((result) -> {
				if (result.row() == 3) {
					Thread.currentThread().interrupt();
				}
			})).withMessageContaining("interrupted");
			assertThat(Thread.interrupted()).isTrue();
		}
		assertThat(this.chunks.size()).isLessThanOrEqualTo(6);
	}

	// A row that fails the whole batch

	@Test
	void aSuspectThatFailsTheBatchTakesThreeMoreRequests() {
		importAll(peopleWithHash("none", 37), options());
		assertThat(this.chunks).containsExactly(250, 37, 1, 212);
	}

	@Test
	void threeSuspectsTakeSixMoreRequestsIfTheFirstRowIsOneOfThem() {
		List<ImportResult> results = importAll(peopleWithHash("none", 0, 100, 200), options());
		assertThat(this.chunks).containsExactly(250, 1, 99, 1, 99, 1, 49);
		assertThat(results).filteredOn((result) -> result.outcome() == Outcome.FAILED)
			.extracting(ImportResult::row)
			.containsExactly(0L, 100L, 200L);
		assertThat(this.emails).hasSize(247);
	}

	@Test
	void aSuspectThatTheServerAcceptsIsSentWithTheOtherRows() {
		importAll(peopleWithHash("$format-of-a-later-version$x", 37, 100), options());
		assertThat(this.chunks).containsExactly(250);
	}

	@Test
	void aRowThatFailsTheBatchIsFoundAlsoAmongWrongSuspects() {
		this.conflictsFailTheBatch = true;
		this.emails.add("p130@a.test");
		List<ImportResult> results = importAll(peopleWithHash("$format-of-a-later-version$x", 10, 20, 240), options());
		assertThat(results).filteredOn((result) -> result.outcome() == Outcome.FAILED)
			.extracting(ImportResult::row)
			.containsExactly(130L);
		assertThat(patches()).hasSizeLessThanOrEqualTo(24);
		this.emails.remove("p130@a.test");
		assertThat(this.emails).hasSize(249);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 30 })
	void manyRowsThatFailTheBatchTakeAFewMoreRequestsThanRowsAlsoAmongWrongSuspects(int interval) {
		this.conflictsFailTheBatch = true;
		IntStream.range(0, 250).forEach((row) -> this.emails.add("p" + row + "@a.test"));
		int[] suspects = IntStream.range(0, 250).filter((row) -> row % interval == 0).toArray();
		assertThat(importAll(peopleWithHash("$format-of-a-later-version$x", suspects), options())).hasSize(250)
			.allSatisfy((result) -> assertThat(result.outcome()).isEqualTo(Outcome.FAILED));
		assertThat(patches()).hasSizeBetween(250, 300);
	}

	@Test
	void rowsWithoutASuspectAreSentInHalves() {
		this.conflictsFailTheBatch = true;
		this.emails.add("p0@a.test");
		importAll(peopleWithHash("$2a$10$" + "x".repeat(53), 2), options());
		assertThat(this.chunks.stream().limit(4)).containsExactly(250, 125, 62, 31);
	}

	@ParameterizedTest
	@MethodSource
	void aConflictThatFailsTheBatchTakesAFewMoreRequestsThanRows(int rows, IntPredicate existing) {
		this.conflictsFailTheBatch = true;
		IntStream.range(0, rows).filter(existing).forEach((row) -> this.emails.add("p" + row + "@a.test"));
		List<ImportResult> results = importAll(people(rows), options().chunkSize(1_000));
		assertThat(results).hasSize(rows)
			.allSatisfy((result) -> assertThat(result.outcome())
				.isEqualTo(existing.test((int) result.row()) ? Outcome.FAILED : Outcome.CREATED));
		assertThat(results).filteredOn((result) -> result.outcome() == Outcome.FAILED)
			.allSatisfy((result) -> assertThat(result.failure()).isExactlyInstanceOf(KratosConflictException.class));
		assertThat((double) patches().size()).isLessThanOrEqualTo(rows + 2 * Math.log(rows) / Math.log(2) + 3);
	}

	static Stream<Arguments> aConflictThatFailsTheBatchTakesAFewMoreRequestsThanRows() {
		return IntStream.of(1, 2, 3, 7, 10, 100, 250, 1_000)
			.boxed()
			.flatMap((rows) -> Stream
				.<IntPredicate>of((row) -> true, (row) -> row == rows / 3, (row) -> row == 0 || row == rows - 1,
						(row) -> row < rows / 2, (row) -> row % 2 == 0)
				.map((existing) -> Arguments.of(rows, existing)));
	}

	@Test
	void oneConflictThatFailsTheBatchIsFoundInHalves() {
		this.conflictsFailTheBatch = true;
		this.emails.add("p100@a.test");
		importAll(people(250), options());
		assertThat(patches()).hasSizeLessThanOrEqualTo(17);
	}

	// Too large for a proxy

	@Test
	void aChunkThatIsTooLargeForAProxyIsSentInHalves() {
		this.server.otherwise((request) -> request.body().length() > 5_000
				? StubResponse.html(413, "<h1>413 Request Entity Too Large</h1>") : respond(request));
		String large = "x".repeat(6_000);
		List<ImportResult> results = importAll(
				IntStream.range(0, 40)
					.mapToObj((number) -> person(number).metadataAdmin((number == 17) ? large : "x").build()),
				options());
		assertThat(results).extracting(ImportResult::row).containsExactlyElementsOf(rows(40));
		assertThat(results).filteredOn((result) -> result.outcome() != Outcome.CREATED)
			.singleElement()
			.satisfies((result) -> {
				assertThat(result.row()).isEqualTo(17);
				assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
				assertThat(((KratosException) result.failure()).getStatus()).isEqualTo(413);
			});
	}

	@Test
	void aChunkThatIsRefusedBeforeItIsReadIsSentInHalves() {
		this.server.unread((head) -> (head.length() > 1_000_000) ? StubResponse.html(413, "no") : null);
		String large = "x".repeat(100_000);
		List<ImportResult> results = importAll(
				IntStream.range(0, 40).mapToObj((number) -> person(number).metadataAdmin(large).build()), options());
		assertThat(results).hasSize(40).extracting(ImportResult::outcome).containsOnly(Outcome.CREATED);
	}

	// A server that limits the rate

	@Test
	void allRowsAreCreatedByAServerThatAcceptsTwoRequestsASecond() {
		AtomicInteger left = new AtomicInteger();
		AtomicLong second = new AtomicLong();
		this.server.otherwise((request) -> {
			synchronized (left) {
				long now = System.nanoTime();
				if (now - second.get() > TimeUnit.SECONDS.toNanos(1)) {
					second.set(now);
					left.set(2);
				}
				return (left.getAndDecrement() > 0) ? respond(request)
						: StubResponse.text(429, "slower").header("x-ratelimit-reset", "1");
			}
		});
		List<ImportResult> results = importAll(people(1_500), options());
		assertThat(results).hasSize(1_500)
			.allSatisfy((result) -> assertThat(result.outcome()).isEqualTo(Outcome.CREATED));
		assertThat(this.chunks).hasSize(6);
	}

	@Test
	void noRequestIsSentBeforeTheRequestedDelay() {
		AtomicLong limited = new AtomicLong();
		AtomicLong next = new AtomicLong();
		this.server.otherwise((request) -> {
			if (request.path().equals("/version")) {
				return respond(request);
			}
			if (limited.compareAndSet(0, System.nanoTime())) {
				return StubResponse.text(429, "slower").header("Retry-After", "1");
			}
			next.compareAndSet(0, System.nanoTime());
			return respond(request);
		});
		importAll(people(20), options().chunkSize(10).concurrency(1));
		assertThat(next.get() - limited.get()).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(990));
		assertThat(this.emails).hasSize(20);
	}

	@Test
	void oneRequestIsATrialAfterARateLimit() {
		AtomicInteger refused = new AtomicInteger();
		this.server.otherwise((request) -> (request.method().equals("PATCH") && refused.incrementAndGet() <= 6)
				? StubResponse.text(429, "slower") : respond(request));
		importAll(people(100), options().chunkSize(10).concurrency(4));
		// Four at once, one after the first pause, one after the second.
		assertThat(refused.get()).isEqualTo(4 + 2 + 10);
		assertThat(this.emails).hasSize(100);
	}

	@ParameterizedTest
	@ValueSource(ints = { 429, 500 })
	void afterAPauseNoOtherRequestIsSentUntilOneSucceeds(int status) {
		AtomicInteger sent = new AtomicInteger();
		CyclicBarrier allSent = new CyclicBarrier(4);
		CountDownLatch another = new CountDownLatch(6);
		AtomicBoolean alone = new AtomicBoolean();
		this.server.otherwise((request) -> {
			if (!request.method().equals("PATCH")) {
				return respond(request);
			}
			int number = sent.incrementAndGet();
			another.countDown();
			if (number <= 4) {
				// The pause begins with the first response.
				await(allSent);
				return error(status, "not now");
			}
			if (number == 5) {
				alone.set(!await(another));
			}
			return respond(request);
		});
		importAll(people(100), options().chunkSize(10).concurrency(4).failuresBeforePause(1));
		assertThat(alone).isTrue();
		assertThat(this.emails).hasSize((status == 429) ? 100 : 60);
	}

	private static boolean await(CountDownLatch latch) {
		try {
			return latch.await(300, TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			return false;
		}
	}

	@Test
	void theTimeToProcessResultsDoesNotCountAsAPause() {
		AtomicInteger requests = new AtomicInteger();
		this.server.otherwise((request) -> {
			int number = request.method().equals("PATCH") ? requests.incrementAndGet() : 0;
			return (number == 2 || number == 3) ? StubResponse.text(429, "slower").header("Retry-After", "1")
					: respond(request);
		});
		List<ImportResult> results = new ArrayList<>();
		ImportIdentities options = options().chunkSize(10).concurrency(1).maxPause(Duration.ofMillis(1_500)).build();
		AtomicInteger requestsDuringTheFirstChunk = new AtomicInteger();
		this.admin.importIdentities(people(50), options, (result) -> {
			results.add(result);
			if (result.row() < 10) {
				// A slow application.
				Awaitility.await().pollDelay(Duration.ofMillis(250)).until(() -> true);
				requestsDuringTheFirstChunk.set(requests.get());
			}
		});
		assertThat(results).hasSize(50).allMatch((result) -> result.outcome() == Outcome.CREATED);
		assertThat(requestsDuringTheFirstChunk.get()).isGreaterThanOrEqualTo(3);
	}

	@Test
	void theImportGivesUpIfTheRequestedDelayIsTooLong() {
		this.server.otherwise((request) -> request.path().equals("/version") ? respond(request)
				: StubResponse.text(429, "slower").header("Retry-After", "3600"));
		List<ImportResult> results = importAll(people(40), options().chunkSize(10).concurrency(1));
		assertThat(results.subList(0, 10)).allSatisfy((result) -> {
			assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
			assertThat(result.failure()).isExactlyInstanceOf(KratosRateLimitedException.class);
		});
		assertThat(results.subList(10, 40)).allSatisfy((result) -> {
			assertThat(result.outcome()).isEqualTo(Outcome.NOT_SENT);
			assertThat(result.failure()).isExactlyInstanceOf(KratosRateLimitedException.class);
		});
		assertThat(patches()).hasSize(1);
	}

	@Test
	void withoutAPauseNothingIsSentAgain() {
		this.server.respond(StubResponse.json("{\"version\":\"v26.2.0\"}"), error(429, "slower"));
		assertThat(importAll(people(3), options().maxPause(Duration.ZERO))).hasSize(3)
			.allSatisfy((result) -> assertThat(result.outcome()).isEqualTo(Outcome.FAILED));
		assertThat(patches()).hasSize(1);
	}

	@Test
	void aPauseEndsWhenTheImportIsStopped() {
		AtomicBoolean stop = new AtomicBoolean();
		this.server.otherwise((request) -> {
			stop.set(true);
			return request.path().equals("/version") ? respond(request)
					: StubResponse.text(429, "slower").header("Retry-After", "100");
		});
		assertThat(importAll(people(40), options().stop(stop::get))).isEmpty();
	}

	// A server that is failing

	@Test
	void anImportPausesWhileTheServerIsFailing() {
		AtomicInteger checks = new AtomicInteger();
		this.server.otherwise((request) -> {
			if (request.path().equals("/health/ready")) {
				return (checks.incrementAndGet() < 3) ? error(503, "no database") : respond(request);
			}
			boolean failing = this.emails.size() >= 50 && checks.get() < 3;
			return (failing && request.method().equals("PATCH")) ? error(500, "no database") : respond(request);
		});
		List<ImportResult> results = importAll(people(500), options().chunkSize(10).concurrency(1));
		assertThat(results).hasSize(500);
		assertThat(results).extracting(ImportResult::outcome).doesNotContain(Outcome.FAILED, Outcome.NOT_SENT);
		assertThat(results).filteredOn((result) -> result.outcome() == Outcome.UNKNOWN).hasSize(30);
		assertThat(checks).hasValue(3);
	}

	@ParameterizedTest
	@ValueSource(ints = { 401, 403, 404 })
	void anImportPausesWhileAGatewayRefusesItsRequests(int status) {
		AtomicInteger refused = new AtomicInteger();
		this.server.otherwise((request) -> (request.method().equals("PATCH") && refused.incrementAndGet() <= 4)
				? StubResponse.json(status, "{\"message\":\"no Route matched with those values\"}") : respond(request));
		List<ImportResult> results = importAll(people(500), options().chunkSize(10).concurrency(1));
		assertThat(results).filteredOn((result) -> result.outcome() == Outcome.FAILED).hasSize(31);
		assertThat(results).filteredOn((result) -> result.outcome() == Outcome.CREATED).hasSize(469);
		assertThat(this.server.requests()).filteredOn((request) -> request.path().equals("/health/ready")).hasSize(2);
	}

	@ParameterizedTest
	@ValueSource(ints = { 401, 402, 403, 405, 407, 421, 451 })
	void anImportPausesWhileAGatewayRefusesItsRequestsInTheFormatOfKratos(int status) {
		AtomicInteger refused = new AtomicInteger();
		this.server.otherwise((request) -> (request.method().equals("PATCH") && refused.incrementAndGet() <= 4)
				? error(status, "Access credentials are invalid") : respond(request));
		List<ImportResult> results = importAll(people(500), options().chunkSize(10).concurrency(1));
		assertThat(results).filteredOn((result) -> result.outcome() == Outcome.FAILED).hasSize(31);
		assertThat(results).filteredOn((result) -> result.outcome() == Outcome.CREATED).hasSize(469);
		assertThat(this.server.requests()).filteredOn((request) -> request.path().equals("/health/ready")).hasSize(2);
	}

	@Test
	void aRequestThatWasRunningWhenAPauseBeganDoesNotEndIt() {
		ImportPace pace = new ImportPace(options().build(), new ImportTime());
		int before = pace.pauses();
		assertThat(pace.limited(Duration.ofSeconds(30))).isTrue();
		pace.succeeded(before);
		assertThat(pace.isPaused()).isTrue();
		pace.succeeded(pace.pauses());
		assertThat(pace.isPaused()).isFalse();
	}

	@Test
	void onlyTimeSpentWaitingCountsAsAPause() {
		ImportPace pace = new ImportPace(options().maxPause(Duration.ofSeconds(3)).build(), new ImportTime());
		assertThat(pace.limited(Duration.ofSeconds(1))).isTrue();
		pace.waited(TimeUnit.SECONDS.toNanos(1));
		assertThat(pace.limited(Duration.ofSeconds(1))).isTrue();
		pace.waited(TimeUnit.SECONDS.toNanos(2));
		assertThat(pace.limited(Duration.ofSeconds(1))).isFalse();
		pace.succeeded(pace.pauses());
		assertThat(pace.limited(Duration.ofSeconds(1))).isTrue();
	}

	@Test
	void aPauseOfThousandsOfYearsIsTooLong() {
		assertThat(new ImportPace(options().build(), new ImportTime()).limited(Duration.ofSeconds(Long.MAX_VALUE)))
			.isFalse();
	}

	@Test
	void afterAPauseOneRequestIsATrial() {
		AtomicInteger failed = new AtomicInteger();
		this.server.otherwise((request) -> (request.method().equals("PATCH") && failed.incrementAndGet() <= 5)
				? error(500, "broken") : respond(request));
		List<ImportResult> results = importAll(people(200),
				options().chunkSize(10).concurrency(1).failuresBeforePause(2));
		assertThat(results).filteredOn((result) -> result.outcome() == Outcome.UNKNOWN).hasSize(23);
		assertThat(this.server.requests()).filteredOn((request) -> request.path().equals("/health/ready")).hasSize(4);
	}

	@Test
	void aSuccessfulRequestEndsARowOfFailures() {
		AtomicInteger requests = new AtomicInteger();
		this.server.otherwise((request) -> (request.method().equals("PATCH") && requests.incrementAndGet() % 3 != 0)
				? error(500, "broken") : respond(request));
		importAll(people(90), options().chunkSize(10).concurrency(1));
		assertThat(this.server.requests()).noneMatch((request) -> request.path().equals("/health/ready"));
		assertThat(patches()).hasSize(9);
	}

	@Test
	void remainingRowsAreNotSentIfTheServerFailsForTooLong() {
		this.readiness = () -> error(503, "no database");
		this.server.otherwise((request) -> request.method().equals("PATCH") ? error(500, "broken") : respond(request));
		List<ImportResult> results = new ArrayList<>();
		ImportSummary summary = this.admin.importIdentities(people(100),
				options().chunkSize(10).concurrency(1).maxPause(Duration.ofSeconds(1)).build(), results::add);
		assertThat(summary).isEqualTo(new ImportSummary(0, 0, 30, 70));
		assertThat(results).extracting(ImportResult::row).containsExactlyElementsOf(rows(100));
		assertThat(results.subList(30, 100)).allSatisfy((result) -> {
			assertThat(result.outcome()).isEqualTo(Outcome.NOT_SENT);
			assertThat(result.failure()).isNotNull();
		});
		assertThat(patches()).hasSize(3);
	}

	static Stream<StubResponse> aServerWithoutAReadinessCheckGetsATrialRequest() {
		return Stream.of(StubResponse.text(404, "404 page not found"), StubResponse.text(200, "OK"),
				StubResponse.json("{\"status\":\"UP\"}"), StubResponse.redirect(302, "http://login.test/"),
				StubResponse.text(501, "not implemented"));
	}

	@ParameterizedTest
	@MethodSource
	void aServerWithoutAReadinessCheckGetsATrialRequest(StubResponse response) {
		AtomicInteger failed = new AtomicInteger();
		this.readiness = () -> response;
		this.server.otherwise((request) -> (request.method().equals("PATCH") && failed.incrementAndGet() <= 3)
				? error(502, "broken") : respond(request));
		List<ImportResult> results = importAll(people(100),
				options().chunkSize(10).concurrency(1).maxPause(Duration.ofSeconds(5)));
		assertThat(results).filteredOn((result) -> result.outcome() == Outcome.CREATED).hasSize(70);
	}

	// A client that is closed

	@Test
	void remainingRowsAreNotSentAfterTheClientIsClosed() {
		KratosAdmin closing = KratosAdmin.builder()
			.pathPrefix("")
			.baseUrl(this.server.url())
			.readTimeout(Duration.ofMinutes(2))
			.callTimeout(Duration.ofMinutes(2))
			.build();
		this.server.otherwise((request) -> {
			if (this.emails.size() < 10) {
				return respond(request);
			}
			closing.close();
			return StubResponse.held();
		});
		List<ImportResult> results = new ArrayList<>();
		assertTimeoutPreemptively(Duration.ofSeconds(30), () -> closing.importIdentities(people(1_000),
				options().chunkSize(10).concurrency(1).failuresBeforePause(1).build(), results::add));
		assertThat(results).extracting(ImportResult::row).containsExactlyElementsOf(rows(1_000));
		assertThat(results.subList(0, 10)).extracting(ImportResult::outcome).containsOnly(Outcome.CREATED);
		assertThat(results.subList(10, 20)).extracting(ImportResult::outcome).containsOnly(Outcome.UNKNOWN);
		assertThat(results.subList(20, 1_000)).allSatisfy(ImportIdentitiesTests::assertNotSentAsTheClientIsClosed);
		assertThat(patches()).hasSize(2);
	}

	@Test
	void aPauseEndsWhenTheClientIsClosed() {
		KratosAdmin closing = KratosAdmin.builder().pathPrefix("").baseUrl(this.server.url()).build();
		this.server.otherwise((request) -> request.path().equals("/version") ? respond(request)
				: StubResponse.text(429, "slower").header("Retry-After", "100"));
		ImportIdentities options = options().chunkSize(10).concurrency(1).stop(() -> {
			if (!patches().isEmpty()) {
				closing.close();
			}
			return false;
		}).build();
		List<ImportResult> results = new ArrayList<>();
		assertTimeoutPreemptively(Duration.ofSeconds(30),
				() -> closing.importIdentities(people(40), options, results::add));
		assertThat(results).hasSize(40).allSatisfy(ImportIdentitiesTests::assertNotSentAsTheClientIsClosed);
		assertThat(patches()).hasSize(1);
	}

	private static void assertNotSentAsTheClientIsClosed(ImportResult result) {
		assertThat(result.outcome()).isEqualTo(Outcome.NOT_SENT);
		assertThat(result.failure())
			.isInstanceOfSatisfying(KratosUnavailableException.class,
					(failure) -> assertThat(failure.isRequestSent()).isFalse())
			.hasMessage("importIdentities got no response: nothing was sent, as this KratosAdmin is closed");
	}

	// Imports that return a summary

	@Test
	void anImportRunsToItsEndAndReturnsASummary() {
		this.emails.add("p3@a.test");
		List<ImportResult> results = new ArrayList<>();
		assertThat(this.admin.importIdentities(people(10), results::add)).isEqualTo(new ImportSummary(9, 1, 0, 0));
		assertThat(results).extracting(ImportResult::row).containsExactlyElementsOf(rows(10));
	}

	@Test
	void theStreamOfRowsIsClosed() {
		AtomicBoolean closed = new AtomicBoolean();
		this.admin.importIdentities(people(10).onClose(() -> closed.set(true)), (result) -> {
		});
		assertThat(closed).isTrue();
	}

	@Test
	void aConsumerThatFailsStillGetsTheResultsOfSentRows() {
		List<ImportResult> results = new ArrayList<>();
		assertThatIllegalStateException()
			.isThrownBy(() -> this.admin.importIdentities(people(1_000), options().chunkSize(10).build(), (result) -> {
				results.add(result);
				throw new IllegalStateException("row " + result.row());
			}))
			.withMessage("row 0");
		assertThat(results).hasSameSizeAs(this.emails).hasSizeLessThan(200);
	}

	// Errors

	@Test
	void anErrorOfTheConsumerIsThrownAfterTheResultsOfSentRows() {
		List<ImportResult> results = new ArrayList<>();
		assertThatExceptionOfType(StackOverflowError.class)
			.isThrownBy(() -> this.admin.importIdentities(people(1_000), options().chunkSize(10).build(), (result) -> {
				results.add(result);
				throw new StackOverflowError("row " + result.row());
			}))
			.withMessage("row 0");
		assertThat(results).hasSameSizeAs(this.emails).hasSizeLessThan(200);
	}

	@Test
	void anErrorOfTheListenerIsThrownAfterTheResultsOfSentRows() {
		List<ImportResult> results = new ArrayList<>();
		ImportIdentities options = options().chunkSize(10).concurrency(2).listener((progress) -> {
			throw new StackOverflowError("listener");
		}).build();
		assertThatExceptionOfType(StackOverflowError.class)
			.isThrownBy(() -> this.admin.importIdentities(people(1_000), options, results::add));
		assertThat(results).hasSameSizeAs(this.emails).hasSizeLessThan(100);
	}

	@Test
	void anErrorOfTheSourceIsThrownAfterTheResultsOfSentRows() {
		List<ImportResult> results = new ArrayList<>();
		Stream<CreateIdentity> broken = IntStream.range(0, 100).mapToObj((number) -> {
			if (number == 25) {
				throw new NoClassDefFoundError("source");
			}
			return person(number).build();
		});
		assertThatExceptionOfType(NoClassDefFoundError.class)
			.isThrownBy(() -> this.admin.importIdentities(broken, options().chunkSize(10).build(), results::add));
		assertThat(results).extracting(ImportResult::row).containsExactlyElementsOf(rows(25));
		assertThat(this.emails).hasSize(25);
	}

	@Test
	void anErrorOfARequestIsThrownAfterTheResultsOfSentRows() {
		List<ImportResult> results = new ArrayList<>();
		AtomicInteger requests = new AtomicInteger();
		try (KratosAdmin broken = KratosAdminBuilders.build(
				KratosAdmin.builder().pathPrefix("").baseUrl(this.server.url()),
				(settings) -> sender(new ApacheHttpSender(settings), (url) -> {
					if (url.getPath().equals("/identities") && requests.incrementAndGet() == 3) {
						throw new NoClassDefFoundError("request");
					}
					return url;
				}))) {
			assertThatExceptionOfType(NoClassDefFoundError.class).isThrownBy(() -> broken
				.importIdentities(people(1_000), options().chunkSize(10).concurrency(2).build(), results::add));
		}
		assertThat(results).filteredOn((result) -> result.outcome() == Outcome.CREATED).hasSameSizeAs(this.emails);
		assertThat(results).filteredOn((result) -> result.outcome() == Outcome.UNKNOWN).hasSize(10);
	}

	@Test
	void anErrorOfTheStopConditionIsThrownAfterTheResultsOfSentRows() {
		List<ImportResult> results = new ArrayList<>();
		ImportIdentities options = options().chunkSize(10).concurrency(1).stop(() -> {
			if (this.emails.size() >= 20) {
				throw new StackOverflowError("stop");
			}
			return false;
		}).build();
		assertThatExceptionOfType(StackOverflowError.class)
			.isThrownBy(() -> this.admin.importIdentities(people(1_000), options, results::add));
		assertThat(results).hasSize(20).hasSameSizeAs(this.emails);
	}

	@Test
	void anInterruptionIsThrownAfterTheResultsOfSentRows() {
		List<ImportResult> results = new ArrayList<>();
		this.server.otherwise((request) -> {
			if (this.emails.size() >= 30) {
				return StubResponse.held();
			}
			return respond(request);
		});
		assertThatExceptionOfType(KratosUnavailableException.class).isThrownBy(() -> this.admin
			.importIdentities(people(1_000), options().chunkSize(10).concurrency(1).build(), (result) -> {
				results.add(result);
				if (result.row() == 25) {
					Awaitility.await().until(() -> patches().size() == 4);
					Thread.currentThread().interrupt();
				}
			})).withMessageContaining("interrupted");
		assertThat(Thread.interrupted()).isTrue();
		assertThat(results.subList(0, 30)).extracting(ImportResult::outcome).containsOnly(Outcome.CREATED);
		assertThat(results.subList(30, results.size())).extracting(ImportResult::outcome).containsOnly(Outcome.UNKNOWN);
	}

	// The caller's thread

	@Test
	void theTokenIsRequestedInTheCallersThreadForEachRequest() {
		ThreadLocal<Integer> tokens = ThreadLocal.withInitial(() -> null);
		tokens.set(0);
		try (KratosAdmin asCaller = KratosAdmin.builder()
			.baseUrl(this.server.url())
			.pathPrefix("")
			.bearerTokenProvider(() -> {
				tokens.set(tokens.get() + 1);
				return "token-" + tokens.get();
			})
			.build()) {
			List<ImportResult> results = new ArrayList<>();
			asCaller.importIdentities(people(100), options().chunkSize(10).build(), results::add);
			assertThat(results).extracting(ImportResult::outcome).containsOnly(Outcome.CREATED);
			assertThat(asCaller.importIdentitiesLazily(people(100), options().chunkSize(10).build()))
				.extracting(ImportResult::outcome)
				.containsOnly(Outcome.FAILED);
		}
		assertThat(patches()).extracting((request) -> request.header("Authorization")).doesNotHaveDuplicates();
	}

	@Test
	void rowsWithoutATokenHaveFailed() {
		AtomicInteger tokens = new AtomicInteger();
		try (KratosAdmin asCaller = KratosAdmin.builder()
			.baseUrl(this.server.url())
			.pathPrefix("")
			.bearerTokenProvider(() -> {
				if (tokens.incrementAndGet() == 2) {
					throw new IllegalStateException("no token");
				}
				return "token";
			})
			.build()) {
			List<ImportResult> results = new ArrayList<>();
			asCaller.importIdentities(people(30), options().chunkSize(10).concurrency(1).build(), results::add);
			assertThat(results.subList(10, 20)).allSatisfy((result) -> {
				assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
				assertThat(result.failure()).rootCause().hasMessage("no token");
			});
			assertThat(this.emails).hasSize(20);
		}
	}

	@Test
	void missingArgumentsAreRejectedBeforeAnythingIsSent() {
		ImportIdentities options = options().build();
		assertThatIllegalArgumentException().isThrownBy(() -> this.admin.importIdentities(people(10), options, null))
			.withMessage("results is missing");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.admin.importIdentities(people(10), null, (result) -> {
			}))
			.withMessage("options is missing");
		assertThatIllegalArgumentException().isThrownBy(() -> this.admin.importIdentities(null, options, (result) -> {
		})).withMessage("rows is missing");
		assertThatIllegalArgumentException().isThrownBy(() -> this.admin.importIdentitiesLazily(null, options));
		assertThatIllegalArgumentException().isThrownBy(() -> this.admin.importIdentitiesLazily(people(10), null));
		assertThatIllegalArgumentException().isThrownBy(() -> options().listener(null).build())
			.withMessage("listener is missing");
		assertThatIllegalArgumentException().isThrownBy(() -> options().stop(null).build())
			.withMessage("stop is missing");
		assertThatIllegalArgumentException().isThrownBy(() -> options().maxPause(null).build())
			.withMessage("maxPause is missing");
		assertThat(this.server.requests()).isEmpty();
	}

	@Test
	void invalidDurationsAndNumbersAreRejected() {
		assertThatIllegalArgumentException().isThrownBy(() -> options().failuresBeforePause(0).build())
			.withMessage("failuresBeforePause must be 1 or more, but was 0");
		assertThatIllegalArgumentException().isThrownBy(() -> options().maxPause(Duration.ofSeconds(-1)).build())
			.withMessage("maxPause must be 0 to 365 days, but was PT-1S");
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, -1, 1_001 })
	void anInvalidChunkSizeIsRejected(int size) {
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
