package io.github.kratosadmin.identity;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.error.KratosIdentityChangedException;
import io.github.kratosadmin.error.KratosNotFoundException;
import io.github.kratosadmin.error.KratosServerException;
import io.github.kratosadmin.error.KratosUnavailableException;
import io.github.kratosadmin.error.KratosUnreadableResponseException;
import io.github.kratosadmin.internal.json.KratosJson;
import io.github.kratosadmin.testing.TestServer;
import io.github.kratosadmin.testing.TestServer.Request;
import io.github.kratosadmin.testing.TestServer.StubResponse;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for methods that combine several operations on identities.
 */
class IdentityTasksTests {

	private static final String IDENTITY = """
			{"id":"x","schema_id":"customer","state":"active","traits":{"email":"a@a.test","size":1.10},
			"metadata_public":{"plan":"pro"},"metadata_admin":{"risk":3},"external_id":"crm-1",
			"updated_at":"2026-01-01T00:00:00Z"}""";

	private static final String ID = "6faebfaf-d9c3-4744-82da-dec07d52120e";

	private static final String NEXT = "</admin/identities?page_token=next>; rel=\"next\"";

	@AutoClose
	private final TestServer server = new TestServer().otherwise(
			(request) -> StubResponse.json(request.path().equals("/version") ? "{\"version\":\"v26.2.0\"}" : IDENTITY));

	@AutoClose
	private final KratosAdmin admin = KratosAdmin.builder().pathPrefix("").baseUrl(this.server.url()).build();

	// Change

	@Test
	void aChangeIsReadTwiceAndWrittenOnce() {
		this.admin.identities()
			.updateIdentity("x",
					(identity) -> UpdateIdentity.from(identity).metadataPublic(Map.of("plan", "free")).build());
		assertThat(this.server.requests()).extracting(Request::toString)
			.containsExactly("GET /identities/x", "GET /identities/x", "GET /version", "PUT /identities/x");
	}

	@Test
	void anUpdateSendsEverythingThatAPutWouldDeleteExceptTheState() {
		this.admin.identities()
			.updateIdentity("x",
					(identity) -> UpdateIdentity.from(identity).metadataPublic(Map.of("plan", "free")).build());
		assertThat(KratosJson.mapper().readTree(put().body())).isEqualTo(KratosJson.mapper().readTree("""
				{"schema_id":"customer","traits":{"email":"a@a.test","size":1.10},"metadata_public":{"plan":"free"},
				"metadata_admin":{"risk":3},"external_id":"crm-1"}"""));
	}

	@Test
	void aStateThatIsChangedIsWritten() {
		this.admin.identities()
			.updateIdentity("x", (identity) -> UpdateIdentity.from(identity).state(IdentityState.INACTIVE).build());
		assertThat(KratosJson.mapper().readTree(put().body()).path("state").asString()).isEqualTo("inactive");
	}

	@ParameterizedTest
	@CsvSource({ "pro,free", "2026-01-01,2026-01-02", "active,inactive", "a@a.test,b@a.test" })
	void anIdentityThatWasChangedInTheMeantimeIsNotWritten(String before, String after) {
		this.server.respond(StubResponse.json(IDENTITY), StubResponse.json(IDENTITY.replace(before, after)));
		assertThatExceptionOfType(KratosIdentityChangedException.class).isThrownBy(
				() -> this.admin.identities().updateIdentity("x", (identity) -> UpdateIdentity.from(identity).build()))
			.withMessage("updateIdentity was not sent: identity x has been changed since it was read, and that"
					+ " change would be lost")
			.satisfies((ex) -> assertThat(ex.getStatus()).isZero());
		assertThat(this.server.requests()).allMatch((request) -> request.method().equals("GET"));
	}

	@Test
	void changesToTheJsonTreesOfTheIdentityAreWritten() {
		this.admin.identities().updateIdentity("x", (identity) -> {
			identity.traits().asObject().put("size", 2);
			identity.metadataPublic().asObject().put("plan", "free");
			UpdateIdentity.Builder update = UpdateIdentity.from(identity);
			identity.metadataAdmin().asObject().remove("risk");
			return update.build();
		});
		assertThat(KratosJson.mapper().readTree(put().body())).isEqualTo(KratosJson.mapper().readTree("""
				{"schema_id":"customer","traits":{"email":"a@a.test","size":2},"metadata_public":{"plan":"free"},
				"metadata_admin":{},"external_id":"crm-1"}"""));
	}

	@Test
	void theSameChangeByAnotherClientIsDetected() {
		this.server.respond(StubResponse.json(IDENTITY), StubResponse.json(IDENTITY.replace("1.10", "2")));
		assertThatExceptionOfType(KratosIdentityChangedException.class)
			.isThrownBy(() -> this.admin.identities().updateIdentity("x", (identity) -> {
				identity.traits().asObject().put("size", 2);
				return UpdateIdentity.from(identity).build();
			}));
	}

	@Test
	void aChangeWithoutAnUpdateIsRejected() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.admin.identities().updateIdentity("x", (identity) -> null))
			.withMessage("the update that the change returns is missing");
		assertThat(this.server.requests()).hasSize(1);
	}

	@Test
	void noneOfManyChangesByOneClientIsLost() throws Exception {
		AtomicInteger counter = new AtomicInteger();
		this.server.otherwise((request) -> {
			if (request.method().equals("PUT")) {
				counter.set(KratosJson.mapper().readTree(request.body()).path("traits").path("counter").asInt());
			}
			return StubResponse.json("{\"id\":\"%s\",\"traits\":{\"counter\":%d}}".formatted(ID, counter.get()));
		});
		List<String> ids = List.of(ID, ID.toUpperCase(Locale.ROOT), ID.replace("-", ""));
		this.server.version("v26.2.0");
		inParallel(8, (thread) -> {
			for (int i = 0; i < 20; i++) {
				this.admin.identities().updateIdentity(ids.get(i % ids.size()), (identity) -> {
					identity.traits().asObject().put("counter", identity.traits().path("counter").asInt() + 1);
					return UpdateIdentity.from(identity).build();
				});
			}
		});
		assertThat(counter).hasValue(160);
	}

	@Test
	void otherChangesWaitForAnUpdateOfTheSameIdentity() throws Exception {
		this.server.version("v26.2.0");
		this.server.otherwise(
				(request) -> request.method().equals("DELETE") ? StubResponse.empty(204) : StubResponse.json(IDENTITY));
		IdentityApi identities = this.admin.identities();
		UpdateIdentity update = UpdateIdentity.builder().traits(Map.of("email", "a@a.test", "size", 1.1)).build();
		JsonPatch patch = JsonPatch.builder().replace(IdentityPath.state(), IdentityState.INACTIVE).build();
		List<Runnable> others = List.of(() -> identities.updateIdentity("x", update),
				() -> identities.patchIdentity("x", patch),
				() -> identities.deleteIdentityCredentials("x", CredentialsType.TOTP, null));
		List<Thread> threads = others.stream().map(Thread::new).toList();
		identities.updateIdentity("x", (identity) -> {
			threads.forEach(Thread::start);
			Awaitility.await()
				.until(() -> threads.stream().map(Thread::getState).allMatch(Thread.State.TIMED_WAITING::equals));
			assertThat(this.server.requests()).hasSize(1);
			return UpdateIdentity.from(identity).build();
		});
		for (Thread thread : threads) {
			thread.join(30_000);
		}
		assertThat(this.server.requests()).extracting(Request::method)
			.startsWith("GET", "GET", "PUT")
			.containsExactlyInAnyOrder("GET", "GET", "PUT", "PUT", "PATCH", "DELETE");
	}

	@Test
	void anUpdateMayUpdateAnotherIdentityAndFailsIfItWaitsTooLong() throws Exception {
		this.server.version("v26.2.0")
			.otherwise((request) -> StubResponse
				.json(IDENTITY.replace("\"x\"", request.path().replaceFirst(".*/(.*)", "\"$1\""))));
		try (KratosAdmin admin = KratosAdmin.builder()
			.pathPrefix("")
			.baseUrl(this.server.url())
			.callTimeout(Duration.ofSeconds(3))
			.build()) {
			CyclicBarrier both = new CyclicBarrier(2);
			List<Object> results = new CopyOnWriteArrayList<>();
			inParallel(2, (thread) -> {
				try {
					results.add(admin.identities().updateIdentity("x" + thread, (identity) -> {
						await(both);
						admin.identities()
							.updateIdentity("x" + (1 - thread), (other) -> UpdateIdentity.from(other).build());
						return UpdateIdentity.from(identity).build();
					}).id());
				}
				catch (KratosUnavailableException ex) {
					results.add(ex.getMessage());
				}
			});
			assertThat(results).hasSize(2)
				.contains("updateIdentity got no response: nothing was sent, as another change of this identity had not"
						+ " ended after PT3S");
		}
	}

	private static void await(CyclicBarrier barrier) {
		try {
			barrier.await(30, TimeUnit.SECONDS);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void inParallel(int threads, IntConsumer task) throws Exception {
		ExecutorService executor = Executors.newFixedThreadPool(threads);
		try {
			List<Future<?>> done = IntStream.range(0, threads)
				.<Future<?>>mapToObj((thread) -> executor.submit(() -> task.accept(thread)))
				.toList();
			for (Future<?> future : done) {
				future.get(60, TimeUnit.SECONDS);
			}
		}
		finally {
			executor.shutdownNow();
		}
	}

	private Request put() {
		return this.server.requests()
			.stream()
			.filter((request) -> request.method().equals("PUT"))
			.reduce((first, second) -> {
				throw new AssertionError("written twice");
			})
			.orElseThrow();
	}

	// Find by credentials identifier

	private void list(String... identities) {
		this.server.respond(StubResponse.json("{\"version\":\"v26.2.0\"}"),
				StubResponse.json("[" + String.join(",", identities) + "]")
					.header("Link", "</admin/identities?page_token=0>; rel=\"first\""));
	}

	private static String identity(String id, String type, String identifier) {
		return "{\"id\":\"%s\",\"credentials\":{\"%s\":{\"identifiers\":[\"%s\"]}}}".formatted(id, type, identifier);
	}

	@ParameterizedTest
	@ValueSource(strings = { "a+b@a.test", "A+B@A.test", " a+b@a.test" })
	void anIdentityIsFoundByTheIdentifierItSignsInWith(String identifier) {
		list(identity("x", "password", "a+b@a.test"));
		assertThat(this.admin.identities().findByCredentialsIdentifier(identifier)).map(Identity::id).hasValue("x");
		assertThat(this.server.requests()).hasSize(2);
		assertThat(this.server.requests().get(1).query()).contains("credentials_identifier=" + identifier);
	}

	@Test
	void noIdentityIsFoundIfNoneSignsInWithTheIdentifier() {
		list();
		assertThat(this.admin.identities().findByCredentialsIdentifier("a@a.test")).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "İbrahim@a.test,ibrahim@a.test", "+49 176 12345191,+4917612345191", "ａlice@a.test,alice@a.test",
			"\u200balice@a.test,alice@a.test", "ΣΑΣ@a.test,σασ@a.test", "Ａｌｉｃｅ＠Example.test,alice@example.test",
			"BO\u200bB ﬁ😀X,bob fi😀x" })
	void anIdentityIsFoundIfKratosStoresTheIdentifierInAnotherForm(String identifier, String normalized) {
		this.server.version("v26.2.0").otherwise((request) -> identities(identity("x", "password", normalized)));
		assertThat(this.admin.identities().findByCredentialsIdentifier(identifier)).map(Identity::id).hasValue("x");
		assertThat(this.server.requests()).extracting(Request::path).containsOnlyOnce("/identities");
	}

	@Test
	void anIdentityIsFoundByAPhoneNumberWithATrunkZeroThatKratosDoesNotStore() {
		this.server.version("v26.2.1-next")
			.otherwise((request) -> identities(identity("x", "password", "+4915123456789")));
		assertThat(this.admin.identities().findByCredentialsIdentifier("+49 (0)151 2345 6789")).map(Identity::id)
			.hasValue("x");
		assertThat(this.server.requests()).as("the response was not to another request").hasSize(2);
	}

	@Test
	void aResponseThatIgnoresTheFilterIsRejectedAfterADowngrade() {
		list("{\"id\":\"x\"}");
		this.server.respond(StubResponse.json("{\"version\":\"v0.11.1\"}"));
		assertThatExceptionOfType(KratosUnreadableResponseException.class)
			.isThrownBy(() -> this.admin.identities().findByCredentialsIdentifier("a@a.test"))
			.withMessageContaining("identity x does not match credentials_identifier")
			.withMessageNotContaining("a.test");
	}

	@Test
	void theFilterIsCheckedOnAServerOfUnknownVersion() {
		this.server.version("master").respond(identities(identity("x", "code", "+4917612345191")), identities());
		assertThat(this.admin.identities().findByCredentialsIdentifier("+49 176 12345191")).map(Identity::id)
			.hasValue("x");
		assertThat(this.server.requests()).hasSize(2)
			.last()
			.satisfies((request) -> assertThat(request.query())
				.anyMatch((parameter) -> parameter.startsWith("credentials_identifier=nobody-")));
	}

	@Test
	void aServerOfUnknownVersionThatIgnoresTheFilterIsDetected() {
		StubResponse everybody = identities(identity("x", "password", "b@a.test"));
		this.server.version("master").respond(everybody, everybody);
		assertThatExceptionOfType(KratosUnreadableResponseException.class)
			.isThrownBy(() -> this.admin.identities().findByCredentialsIdentifier("a@a.test"))
			.withMessageContaining(
					"identity x does not match credentials_identifier: the server has ignored the filter");
		assertThat(this.server.requests()).hasSize(2);
	}

	@Test
	void theFilterIsNotCheckedIfTheIdentityHasTheIdentifier() {
		this.server.version("master").respond(identities(identity("x", "password", "a@a.test")));
		assertThat(this.admin.identities().findByCredentialsIdentifier("A@a.test")).isPresent();
		assertThat(this.server.requests()).hasSize(1);
	}

	private static StubResponse identities(String... identities) {
		return StubResponse.json("[" + String.join(",", identities) + "]")
			.header("Link", "</admin/identities?page_token=0>; rel=\"first\"");
	}

	@Test
	void severalIdentitiesWithTheSameIdentifierAreAnError() {
		list(identity("x", "password", "a@a.test"), identity("y", "code", "a@a.test"));
		assertThatIllegalStateException()
			.isThrownBy(() -> this.admin.identities().findByCredentialsIdentifier("a@a.test"))
			.withMessage("Several identities sign in with the same identifier: x, y");
	}

	@Test
	void aBlankIdentifierIsRejected() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.admin.identities().findByCredentialsIdentifier(" "))
			.withMessage("listIdentities: credentials_identifier must not be blank");
		assertThat(this.server.requests()).isEmpty();
	}

	// Other filters

	@Test
	void resultsMustMatchOtherFiltersToo() {
		list("{\"id\":\"x\"}", "{\"id\":\"y\"}");
		assertThatExceptionOfType(KratosUnreadableResponseException.class).isThrownBy(
				() -> this.admin.identities().listIdentities(ListIdentities.builder().ids(List.of("x", "z")).build()))
			.withMessageContaining("identity y does not match ids");
		this.server.respond(StubResponse.json("[{\"id\":\"x\",\"organization_id\":null}]").header("Link", ""));
		assertThatExceptionOfType(KratosUnreadableResponseException.class)
			.isThrownBy(
					() -> this.admin.identities().listIdentities(ListIdentities.builder().organizationId("o").build()))
			.withMessageContaining("identity x does not match organization_id");
	}

	@Test
	void aListOfIdsRepeatsTheParameter() {
		list("{\"id\":\"x\"}", "{\"id\":\"y\"}");
		this.admin.identities().listIdentities(ListIdentities.builder().ids(List.of("x", "y", "a,b&c")).build());
		assertThat(this.server.requests().get(1).query()).contains("ids=x", "ids=y", "ids=a,b&c");
	}

	@ParameterizedTest
	@ValueSource(strings = { ID, "6FAEBFAF-D9C3-4744-82DA-DEC07D52120E", "6faebfafd9c3474482dadec07d52120e",
			"{6faebfaf-d9c3-4744-82da-dec07d52120e}", "urn:uuid:6faebfaf-d9c3-4744-82da-dec07d52120e" })
	void idsAreComparedAsUuids(String id) {
		this.server.version("v26.2.0")
			.otherwise((request) -> identities("{\"id\":\"%s\",\"organization_id\":\"%s\"}".formatted(ID, ID)));
		assertThat(this.admin.identities().listIdentities(ListIdentities.builder().ids(List.of(id)).build()).items())
			.hasSize(1);
		assertThat(this.admin.identities().listIdentities(ListIdentities.builder().organizationId(id).build()).items())
			.hasSize(1);
		// Kratos 1.1 and 1.2 only find this form.
		assertThat(this.server.requests().get(0).query()).contains("ids=" + ID);
	}

	// Find by external id

	@Test
	void anIdentityIsFoundByItsExternalId() {
		this.server.respond(StubResponse.json("{\"version\":\"v26.2.0\"}"),
				StubResponse.json("{\"id\":\"x\",\"external_id\":\"crm/1\"}"));
		assertThat(this.admin.identities().findByExternalId("crm/1")).map(Identity::id).hasValue("x");
		assertThat(this.server.requests()).last().hasToString("GET /identities/by/external/crm%2F1");
	}

	@Test
	void noIdentityIsFoundIfNoneHasTheExternalId() {
		this.server.respond(StubResponse.json("{\"version\":\"v26.2.0\"}"),
				StubResponse.json(404, "{\"error\":{\"code\":404,\"message\":\"Unable to locate the resource\"}}"));
		assertThat(this.admin.identities().findByExternalId("crm-1")).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "abc,AbC", "a,ä", "'abc','abc  '" })
	void anExternalIdThatOnlyTheDatabaseTreatsAsEqualIsNotFound(String requested, String found) {
		this.server.version("v26.2.0")
			.otherwise((request) -> StubResponse.json("{\"id\":\"x\",\"external_id\":\"" + found + "\"}"));
		assertThat(this.admin.identities().findByExternalId(requested)).isEmpty();
		assertThatExceptionOfType(KratosNotFoundException.class)
			.isThrownBy(() -> this.admin.identities().getIdentityByExternalID(requested))
			.withMessageContaining("its database compares them without case, accents and trailing spaces")
			.satisfies((ex) -> assertThat(ex.isAbsent()).isTrue());
		assertThat(this.server.connections()).isEqualTo(1);
	}

	@Test
	void a404OfAnotherServerDoesNotMeanThatNoIdentityExists() {
		this.server.respond(StubResponse.json("{\"version\":\"v26.2.0\"}"),
				StubResponse.text(404, "404 page not found"));
		assertThatExceptionOfType(KratosNotFoundException.class)
			.isThrownBy(() -> this.admin.identities().findByExternalId("crm-1"))
			.withMessageContaining("the response is not from Kratos (text/plain, 18 bytes)");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Requested url does not match any rules", "The requested resource could not be found",
			"not found" })
	void a404OfAGatewayDoesNotMeanThatNoIdentityExists(String message) {
		this.server.respond(StubResponse.json("{\"version\":\"v26.2.0\"}"), StubResponse.json(404,
				"{\"error\":{\"code\":404,\"status\":\"Not Found\",\"message\":\"" + message + "\"}}"));
		assertThatExceptionOfType(KratosNotFoundException.class)
			.isThrownBy(() -> this.admin.identities().findByExternalId("crm-1"))
			.satisfies((ex) -> assertThat(ex.isFromKratos()).isFalse())
			.satisfies((ex) -> assertThat(ex.isAbsent()).isFalse());
	}

	@Test
	void aListThatIsNullDoesNotMeanThatNoIdentityExists() {
		this.server.respond(StubResponse.json("{\"version\":\"v26.2.0\"}"), StubResponse.json("null"));
		assertThatExceptionOfType(KratosUnreadableResponseException.class)
			.isThrownBy(() -> this.admin.identities().findByCredentialsIdentifier("a@example.test"))
			.withMessageContaining("the list is null");
	}

	// Find by trait

	@Test
	void allIdentitiesAreReadToFindATrait() {
		String link = "</admin/identities?page_token=next>; rel=\"next\"";
		this.server.respond(
				StubResponse.json("""
						[{"id":"1","traits":{"name":{"last":"Moe"}}},{"id":"2","traits":{"name":"Moe"}},{"id":"3"}]""")
					.header("Link", link),
				StubResponse.json("[{\"id\":\"4\",\"traits\":{\"name\":{\"last\":\"Moe\"}}}]").header("Link", "<x>"));
		assertThat(this.admin.identities().scanAllIdentitiesByTrait("Moe", "name", "last")).extracting(Identity::id)
			.containsExactly("1", "4");
		assertThat(this.server.requests()).hasSize(2);
	}

	@Test
	void aNumberIsFoundWhateverItsTypeInJava() {
		this.server.otherwise((request) -> StubResponse
			.json("[{\"id\":\"1\",\"traits\":{\"age\":5,\"score\":1.5,\"both\":{\"age\":5,\"score\":1.5}}}]")
			.header("Link", "<x>"));
		assertThat(List.of(5, 5L, new BigInteger("5")))
			.allSatisfy((age) -> assertThat(this.admin.identities().scanAllIdentitiesByTrait(age, "age")).hasSize(1));
		assertThat(List.of(1.5, 1.5f, new BigDecimal("1.5"))).allSatisfy(
				(score) -> assertThat(this.admin.identities().scanAllIdentitiesByTrait(score, "score")).hasSize(1));
		assertThat(this.admin.identities().scanAllIdentitiesByTrait(Map.of("age", 5L, "score", 1.5), "both"))
			.hasSize(1);
		assertThat(this.admin.identities().scanAllIdentitiesByTrait(6L, "age")).isEmpty();
	}

	@Test
	void aTraitNeedsAPath() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.admin.identities().scanAllIdentitiesByTrait("Moe"));
	}

	// Export

	@Test
	void anExportRequestsTheNextPageWhileOneIsRead() throws Exception {
		this.server.respond(StubResponse.json("[{\"id\":\"1\"},{\"id\":\"2\"}]").header("Link", NEXT),
				StubResponse.json("[{\"id\":\"3\"}]").header("Link", "<x>"));
		try (Stream<Identity> export = this.admin.identities()
			.streamIdentitiesAhead(ListIdentities.builder().build())) {
			Iterator<Identity> identities = export.iterator();
			assertThat(identities.next().id()).isEqualTo("1");
			Awaitility.await().until(() -> this.server.requests().size() == 2);
			assertThat(List.of(identities.next().id(), identities.next().id())).containsExactly("2", "3");
			assertThat(identities.hasNext()).isFalse();
		}
	}

	@Test
	void anExportThatIsClosedEndsTheRunningRequest() {
		this.server.respond(StubResponse.json("[{\"id\":\"1\"}]").header("Link", NEXT), StubResponse.held());
		Set<Thread> before = exportThreads();
		try (KratosAdmin patient = KratosAdmin.builder()
			.baseUrl(this.server.url())
			.pathPrefix("")
			.readTimeout(Duration.ofMinutes(2))
			.callTimeout(Duration.ofMinutes(2))
			.build();
				Stream<Identity> export = patient.identities()
					.streamIdentitiesAhead(ListIdentities.builder().build())) {
			assertThat(export.iterator().next().id()).isEqualTo("1");
			Awaitility.await().until(() -> this.server.requests().size() == 2);
			assertThat(before.containsAll(exportThreads())).isFalse();
		}
		Awaitility.await().until(() -> before.containsAll(exportThreads()));
	}

	@Test
	void anExportRequestsTheTokenOfEachPageInTheReadingThread() {
		this.server.respond(StubResponse.json("[{\"id\":\"1\"}]").header("Link", NEXT),
				StubResponse.json("[{\"id\":\"2\"}]")
					.header("Link", "</admin/identities?page_token=last>; rel=\"next\""),
				StubResponse.json("[{\"id\":\"3\"}]").header("Link", "<x>"));
		ThreadLocal<Integer> tokens = ThreadLocal.withInitial(() -> null);
		tokens.set(0);
		try (KratosAdmin asCaller = KratosAdmin.builder()
			.baseUrl(this.server.url())
			.pathPrefix("")
			.bearerTokenProvider(() -> {
				tokens.set(tokens.get() + 1);
				return "token-" + tokens.get();
			})
			.build();
				Stream<Identity> export = asCaller.identities()
					.streamIdentitiesAhead(ListIdentities.builder().build())) {
			assertThat(export).extracting(Identity::id).containsExactly("1", "2", "3");
		}
		assertThat(this.server.requests()).extracting((request) -> request.header("Authorization"))
			.containsExactly("Bearer token-1", "Bearer token-2", "Bearer token-3");
	}

	@Test
	void aPageIsNotLostIfTheTokenForTheNextPageIsNotAvailable() {
		this.server.respond(StubResponse.json("[{\"id\":\"1\"}]").header("Link", NEXT),
				StubResponse.json("[{\"id\":\"2\"}]").header("Link", "<x>"));
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
			.build();
				Stream<Identity> export = asCaller.identities()
					.streamIdentitiesAhead(ListIdentities.builder().build())) {
			assertThat(export).extracting(Identity::id).containsExactly("1", "2");
		}
	}

	private static Set<Thread> exportThreads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().equals("kratos-export"))
			.collect(Collectors.toSet());
	}

	@Test
	void aPageThatFailsFailsTheExport() {
		this.server.respond(StubResponse.json("[{\"id\":\"1\"}]").header("Link", NEXT), StubResponse.empty(500));
		try (Stream<Identity> export = this.admin.identities()
			.streamIdentitiesAhead(ListIdentities.builder().build())) {
			assertThatExceptionOfType(KratosServerException.class).isThrownBy(export::count)
				.withMessageStartingWith("listIdentities failed");
		}
	}

	// Typed metadata

	@Test
	void metadataIsReadAsAClass() {
		Identity identity = this.admin.identities().getIdentity("x");
		assertThat(identity.metadataPublicAs(Plan.class)).isEqualTo(new Plan("pro"));
		assertThatIllegalArgumentException().isThrownBy(() -> identity.metadataAdminAs(Risk.class))
			.withMessageContaining("The admin metadata of identity x")
			.withMessageContaining("/risk");
	}

	@Test
	void missingMetadataIsReadAsNull() {
		this.server.respond(StubResponse.json("{\"id\":\"x\",\"metadata_public\":null}"));
		Identity identity = this.admin.identities().getIdentity("x");
		assertThat(identity.metadataPublicAs(Plan.class)).isNull();
		assertThat(identity.metadataAdminAs(Plan.class)).isNull();
	}

	record Plan(String plan) {

	}

	record Risk(List<String> risk) {

	}

}
