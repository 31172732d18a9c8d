package io.github.kratosadmin.internal.imports;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonValue;
import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.identity.BatchPatchIdentities;
import io.github.kratosadmin.identity.BatchPatchIdentities.IdentityPatch;
import io.github.kratosadmin.identity.BatchPatchIdentitiesResult;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.identity.IdentityApi;
import io.github.kratosadmin.identity.ImportIdentities;
import io.github.kratosadmin.identity.ImportResult;
import io.github.kratosadmin.identity.ImportResult.Outcome;
import io.github.kratosadmin.interceptor.KratosAdminInterceptor;
import io.github.kratosadmin.interceptor.OperationCall;
import io.github.kratosadmin.internal.json.KratosJson;
import io.github.kratosadmin.testing.TestServer;
import io.github.kratosadmin.testing.TestServer.Request;
import io.github.kratosadmin.testing.TestServer.StubResponse;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests what an import sends.
 */
class ImportJsonTests {

	private volatile String version = "v26.2.0";

	/** The number of rows of which a batch is refused. */
	private volatile int tooMany = Integer.MAX_VALUE;

	@AutoClose
	private final TestServer server = new TestServer().otherwise(this::respond);

	private final List<Object> bodies = new ArrayList<>();

	@AutoClose
	private final KratosAdmin admin = KratosAdmin.builder().pathPrefix("").baseUrl(this.server.url()).build();

	private StubResponse respond(Request request) {
		if (request.path().equals("/version")) {
			return StubResponse.json("{\"version\":\"" + this.version + "\"}");
		}
		JsonNode body = KratosJson.mapper().readTree(request.body());
		if (request.method().equals("POST")) {
			ObjectNode created = KratosJson.mapper().createObjectNode().put("id", UUID.randomUUID().toString());
			return StubResponse.json(201, created.set("traits", body.get("traits")).toString());
		}
		if (body.path("identities").size() >= this.tooMany) {
			return StubResponse.json(413, "{}");
		}
		ArrayNode results = KratosJson.mapper().createArrayNode();
		for (JsonNode patch : body.path("identities")) {
			results.addObject()
				.put("action", "create")
				.put("identity", UUID.randomUUID().toString())
				.set("patch_id", patch.get("patch_id"));
		}
		return StubResponse.json("{\"identities\":" + results + "}");
	}

	private static CreateIdentity row(CountedValue value) {
		return CreateIdentity.builder().traits(JsonNodeFactory.instance.objectNode().putPOJO("value", value)).build();
	}

	private static List<CountedValue> values(int count) {
		return IntStream.range(0, count).mapToObj((number) -> new CountedValue("value " + number)).toList();
	}

	private List<ImportResult> importAll(List<CountedValue> values, int chunkSize) {
		List<ImportResult> results = new ArrayList<>();
		this.admin.importIdentities(values.stream().map(ImportJsonTests::row),
				ImportIdentities.builder().chunkSize(chunkSize).build(), results::add);
		return results;
	}

	private Stream<JsonNode> sent(String method) {
		return this.server.requests()
			.stream()
			.filter((request) -> request.method().equals(method))
			.map((request) -> KratosJson.mapper().readTree(request.body()));
	}

	@Test
	void eachRowIsWrittenOnce() {
		List<CountedValue> values = values(25);
		assertThat(importAll(values, 10)).hasSize(25).extracting(ImportResult::outcome).containsOnly(Outcome.CREATED);
		assertThat(values).extracting(CountedValue::count).containsOnly(1);
	}

	@Test
	void theRowsOfAChunkThatIsSentInPartsAreSentAsTheyWereWritten() {
		this.tooMany = 2;
		assertThat(importAll(values(4), 10)).hasSize(4).extracting(ImportResult::outcome).containsOnly(Outcome.CREATED);
		assertThat(sent("PATCH").map((batch) -> batch.at("/identities/0/create/traits/value").asString()))
			.containsExactly("value 0, written 1", "value 0, written 1", "value 0, written 1", "value 1, written 1",
					"value 2, written 1", "value 2, written 1", "value 3, written 1");
	}

	@Test
	void rowsThatAreSentOneByOneAreSentAsTheyWereWritten() {
		this.version = "v0.11.1";
		assertThat(importAll(values(3), 10)).hasSize(3).extracting(ImportResult::outcome).containsOnly(Outcome.CREATED);
		assertThat(sent("POST").map((identity) -> identity.at("/traits/value").asString()))
			.containsExactly("value 0, written 1", "value 1, written 1", "value 2, written 1");
	}

	@Test
	void theBodyOfABatchHasALength() {
		importAll(values(2), 10);
		Request batch = this.server.requests().get(this.server.requests().size() - 1);
		assertThat(batch.headers()).containsEntry("Content-Length", String.valueOf(batch.body().length()))
			.doesNotContainKey("Transfer-Encoding");
	}

	@Test
	void anInterceptorSeesTheBatch() {
		try (KratosAdmin intercepted = KratosAdmin.builder()
			.pathPrefix("")
			.baseUrl(this.server.url())
			.interceptor(new KratosAdminInterceptor() {

				@Override
				public void beforeOperation(OperationCall call) {
					ImportJsonTests.this.bodies.add(call.getBody());
				}

			})
			.build()) {
			intercepted.importIdentities(Stream.of(CreateIdentity.builder().traits(Map.of("a", "b")).build()),
					(result) -> {
					});
		}
		assertThat(this.bodies).singleElement()
			.isInstanceOfSatisfying(BatchPatchIdentities.class,
					(batch) -> assertThat(KratosJson.mapper().<JsonNode>valueToTree(batch))
						.isEqualTo(sent("PATCH").findFirst().orElseThrow()));
	}

	@Test
	void aBatchThatTheApplicationReplacesIsSentAsReplaced() {
		List<ImportResult> results = importWith((batch) -> {
			CreateIdentity other = CreateIdentity.builder().traits(Map.of("value", "replaced")).build();
			String patchId = batch.identities().get(0).patchId();
			return this.admin.identities()
				.batchPatchIdentities(new BatchPatchIdentities(List.of(new IdentityPatch(other, patchId))));
		});
		assertThat(results).extracting(ImportResult::outcome).containsExactly(Outcome.CREATED);
		assertThat(sent("PATCH").map((batch) -> batch.at("/identities/0/create/traits/value").asString()))
			.containsExactly("replaced");
	}

	@Test
	void anImplementationOfTheApplicationGetsTheIdentities() {
		List<ImportResult> results = importWith((batch) -> {
			this.bodies.add(batch.identities().get(0).create().traits().get("value").asString());
			return new BatchPatchIdentitiesResult(List.of(), Map.of());
		});
		assertThat(results).extracting(ImportResult::outcome).containsExactly(Outcome.UNKNOWN);
		assertThat(this.bodies).containsExactly("original");
	}

	private static List<ImportResult> importWith(Function<BatchPatchIdentities, BatchPatchIdentitiesResult> batches) {
		IdentityApi identities = (IdentityApi) Proxy.newProxyInstance(IdentityApi.class.getClassLoader(),
				new Class<?>[] { IdentityApi.class },
				(proxy, method, args) -> batches.apply((BatchPatchIdentities) args[0]));
		KratosAdmin other = (KratosAdmin) Proxy.newProxyInstance(KratosAdmin.class.getClassLoader(),
				new Class<?>[] { KratosAdmin.class }, (proxy, method, args) -> method.isDefault()
						? InvocationHandler.invokeDefault(proxy, method, args) : identities);
		List<ImportResult> results = new ArrayList<>();
		other.importIdentities(Stream.of(CreateIdentity.builder().traits(Map.of("value", "original")).build()),
				results::add);
		return results;
	}

	/** Counts how often it is written, and shows it. */
	private static final class CountedValue {

		private final String value;

		private final AtomicInteger count = new AtomicInteger();

		CountedValue(String value) {
			this.value = value;
		}

		@JsonValue
		String value() {
			return this.value + ", written " + this.count.incrementAndGet();
		}

		int count() {
			return this.count.get();
		}

	}

}
