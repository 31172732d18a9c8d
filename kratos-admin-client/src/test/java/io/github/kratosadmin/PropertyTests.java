package io.github.kratosadmin;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.kratosadmin.courier.CourierMessage;
import io.github.kratosadmin.courier.ListCourierMessages;
import io.github.kratosadmin.identity.Identity;
import io.github.kratosadmin.identity.IdentityPath;
import io.github.kratosadmin.identity.ListIdentities;
import io.github.kratosadmin.internal.json.KratosJson;
import io.github.kratosadmin.internal.operation.Operation;
import io.github.kratosadmin.recovery.CreateRecoveryLink;
import io.github.kratosadmin.schema.IdentitySchemaContainer;
import io.github.kratosadmin.schema.ListIdentitySchemas;
import io.github.kratosadmin.session.ListIdentitySessions;
import io.github.kratosadmin.session.ListSessions;
import io.github.kratosadmin.session.Session;
import io.github.kratosadmin.testing.Operations;
import io.github.kratosadmin.testing.TestServer;
import io.github.kratosadmin.testing.TestServer.Request;
import io.github.kratosadmin.testing.TestServer.StubResponse;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

import org.springframework.web.util.UriUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Properties that hold for any value.
 */
class PropertyTests {

	/** Fixed, so that each build tries the same values. */
	private static final String SEED = "4711";

	@Property(tries = 300, seed = SEED)
	void anyIdIsOneEncodedPathSegmentOrRejected(@ForAll @StringLength(max = 200) String id) {
		assertOneEncodedValueOrRejected(id, "deleteIdentity", new Object[] { id }, 0);
	}

	@Property(tries = 300, seed = SEED)
	void anyTextIsOneEncodedQueryValueOrRejected(@ForAll @StringLength(max = 200) String text) {
		assertOneEncodedValueOrRejected(text, "listCourierMessages",
				new Object[] { null, null, null, null, null, text }, 5);
	}

	private static void assertOneEncodedValueOrRejected(String value, String operation, Object[] arguments, int index) {
		Operation operationArguments = Operation.of(method(operation));
		if (value.isBlank() || value.equals(".") || value.equals("..")
				|| !StandardCharsets.UTF_8.newEncoder().canEncode(value)) {
			assertThatIllegalArgumentException().isThrownBy(() -> operationArguments.prepare(arguments))
				.withMessageStartingWith(operation + ": ");
			return;
		}
		String encoded = (String) operationArguments.prepare(arguments)[index];
		assertThat(encoded).matches("[A-Za-z0-9._~%-]+");
		assertThat(UriUtils.decode(encoded, StandardCharsets.UTF_8)).isEqualTo(value);
	}

	private static java.lang.reflect.Method method(String name) {
		return Operations.all().filter((method) -> method.getName().equals(name)).findFirst().orElseThrow();
	}

	@Property(tries = 300, seed = SEED)
	void anyFieldIsOneStepOfAPointer(@ForAll @Size(min = 1, max = 4) List<@StringLength(max = 20) String> fields) {
		String pointer = IdentityPath.metadataAdmin(fields.toArray(String[]::new)).toString();
		List<String> steps = Arrays.stream(pointer.substring("/metadata_admin/".length()).split("/", -1))
			.map((step) -> step.replace("~1", "/").replace("~0", "~"))
			.toList();
		assertThat(steps).isEqualTo(fields);
	}

	@Property(tries = 300, seed = SEED)
	void anyTimestampIsRead(@ForAll @LongRange(min = -62_000_000_000L, max = 250_000_000_000L) long seconds,
			@ForAll @IntRange(max = 999_999_999) int nanos,
			@ForAll @IntRange(min = -17 * 60, max = 17 * 60) int minutes) {
		Instant instant = Instant.ofEpochSecond(seconds, nanos);
		OffsetDateTime local = instant.atOffset(ZoneOffset.ofTotalSeconds(minutes * 60));
		if (local.getYear() < 1 || local.getYear() > 9_999) {
			return;
		}
		String text = DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(local);
		assertThat(KratosJson.mapper().readValue("\"" + text + "\"", Instant.class)).isEqualTo(instant);
	}

	@Property(tries = 300, seed = SEED)
	void anyDurationIsWrittenAsGoReadsIt(@ForAll @LongRange(min = 1) long nanos) {
		String json = KratosJson.mapper().writeValueAsString(new CreateRecoveryLink("x", Duration.ofNanos(nanos)));
		String text = json.replaceAll(".*\"expires_in\":\"([^\"]*)\".*", "$1");
		assertThat(text).matches("[0-9]+(ns|us|ms|s|m|h)");
		long unit = Map
			.of("ns", 1L, "us", 1_000L, "ms", 1_000_000L, "s", 1_000_000_000L, "m", 60_000_000_000L, "h",
					3_600_000_000_000L)
			.get(text.replaceAll("\\d", ""));
		assertThat(Math.multiplyExact(Long.parseLong(text.replaceAll("\\D", "")), unit)).isEqualTo(nanos);
	}

	@Property(tries = 150, seed = SEED)
	void aListThatIsNumberedFrom1HasEachIdentityOnce(@ForAll @IntRange(max = 40) int total,
			@ForAll @IntRange(min = 1, max = 50) int pageSize, @ForAll @IntRange(max = 3) int deleteEvery) {
		list("v0.13.0", total, pageSize, deleteEvery);
	}

	@Property(tries = 150, seed = SEED)
	void aListThatIsNumberedFrom0HasEachIdentityOnce(@ForAll @IntRange(max = 40) int total,
			@ForAll @IntRange(min = 1, max = 50) int pageSize, @ForAll @IntRange(max = 3) int deleteEvery) {
		list("v1.0.0", total, pageSize, deleteEvery);
	}

	@Property(tries = 150, seed = SEED)
	void aListWithTokensHasEachIdentityOnce(@ForAll @IntRange(max = 40) int total,
			@ForAll @IntRange(min = 1, max = 50) int pageSize, @ForAll @IntRange(max = 3) int deleteEvery) {
		list("v26.2.0", total, pageSize, deleteEvery);
	}

	@Property(tries = 100, seed = SEED)
	void identitiesAreListedOnceIfOthersAreDeletedInTheMeantime(@ForAll("versions") String version,
			@ForAll @IntRange(max = 40) int total, @ForAll @IntRange(min = 1, max = 50) int pageSize,
			@ForAll Random random) {
		NavigableSet<String> ids = ids(total);
		Set<String> all = Set.copyOf(ids);
		List<String> listed = new ArrayList<>();
		try (TestServer server = new TestServer().otherwise((request) -> respond(version, ids, request));
				KratosAdmin admin = KratosAdmin.builder().pathPrefix("").baseUrl(server.url()).build();
				Stream<Identity> identities = admin.identities()
					.streamIdentities(ListIdentities.builder().pageSize(pageSize).build())) {
			identities.forEach((identity) -> {
				listed.add(identity.id());
				synchronized (ids) {
					if (random.nextInt(3) == 0 && !ids.isEmpty()) {
						ids.remove(List.copyOf(ids).get(random.nextInt(ids.size())));
					}
				}
			});
		}
		assertThat(listed).doesNotHaveDuplicates().containsAll(ids);
		assertThat(all).containsAll(listed);
	}

	@Provide
	Arbitrary<String> versions() {
		return Arbitraries.of("v0.13.0", "v1.0.0", "v26.2.0");
	}

	@Property(tries = 100, seed = SEED)
	void theOtherListsHaveEachItemOnce(@ForAll("lists") Listing list, @ForAll @IntRange(max = 60) int total,
			@ForAll @IntRange(min = 1, max = 70) int pageSize) {
		NavigableSet<String> ids = ids(total);
		try (TestServer server = new TestServer().otherwise((request) -> respond(list.version(), ids, request));
				KratosAdmin admin = KratosAdmin.builder().pathPrefix("").baseUrl(server.url()).build();
				Stream<String> listed = list.stream().apply(admin, pageSize)) {
			assertThat(listed).containsExactlyInAnyOrderElementsOf(ids);
		}
	}

	/**
	 * The lists other than that of identities: with tokens, and numbered from 1 and from
	 * 0. The server pages them like the list of identities in the given version.
	 */
	@Provide
	Arbitrary<Listing> lists() {
		return Arbitraries.of(
				new Listing("v26.2.0",
						(admin, size) -> admin.sessions()
							.streamSessions(ListSessions.builder().pageSize(size).build())
							.map(Session::id)),
				new Listing("v26.2.0",
						(admin, size) -> admin.courier()
							.streamCourierMessages(ListCourierMessages.builder().pageSize(size).build())
							.map(CourierMessage::id)),
				new Listing("v0.13.0",
						(admin, size) -> admin.sessions()
							.streamIdentitySessions("x", ListIdentitySessions.builder().pageSize(size).build())
							.map(Session::id)),
				new Listing("v1.0.0",
						(admin, size) -> admin.schemas()
							.streamIdentitySchemas(ListIdentitySchemas.builder().pageSize(size).build())
							.map(IdentitySchemaContainer::id)));
	}

	private static NavigableSet<String> ids(int total) {
		NavigableSet<String> ids = new TreeSet<>();
		IntStream.range(0, total).forEach((i) -> ids.add(new UUID(total, i * 7919L).toString()));
		return ids;
	}

	/**
	 * Lists identities, and deletes some of the listed ones in the meantime.
	 */
	private static void list(String version, int total, int pageSize, int deleteEvery) {
		NavigableSet<String> ids = ids(total);
		List<String> all = List.copyOf(ids);
		try (TestServer server = new TestServer().otherwise((request) -> respond(version, ids, request));
				KratosAdmin admin = KratosAdmin.builder().pathPrefix("").baseUrl(server.url()).build();
				Stream<Identity> identities = admin.identities()
					.streamIdentities(ListIdentities.builder().pageSize(pageSize).build())) {
			List<String> listed = new ArrayList<>();
			identities.forEach((identity) -> {
				listed.add(identity.id());
				if (deleteEvery > 0 && listed.size() % deleteEvery == 0) {
					synchronized (ids) {
						ids.remove(identity.id());
					}
				}
			});
			assertThat(listed).containsExactlyInAnyOrderElementsOf(all);
		}
	}

	private static StubResponse respond(String version, NavigableSet<String> ids, Request request) {
		if (request.path().equals("/version")) {
			return StubResponse.json("{\"version\":\"" + version + "\"}");
		}
		Map<String, String> query = new HashMap<>();
		request.query().forEach((pair) -> query.put(pair.split("=")[0], pair.split("=")[1]));
		int size = Integer.parseInt(query.getOrDefault("per_page", query.get("page_size")));
		synchronized (ids) {
			if (version.equals("v26.2.0")) {
				List<String> page = ids.tailSet(query.getOrDefault("page_token", "0"), false)
					.stream()
					.limit(size)
					.toList();
				boolean more = !page.isEmpty() && ids.higher(page.get(page.size() - 1)) != null;
				return respond(page).header("Link", "</identities?page_token=0>; rel=\"first\""
						+ (more ? ",</identities?page_token=" + page.get(page.size() - 1) + ">; rel=\"next\"" : ""));
			}
			int page = Integer.parseInt(query.getOrDefault("page", "0"));
			long before = (long) size * Math.max(0, version.startsWith("v0.") ? page - 1 : page);
			return respond(ids.descendingSet().stream().skip(before).limit(size).toList()).header("Link",
					"</identities?page=1&per_page=" + size + ">; rel=\"next\"");
		}
	}

	private static StubResponse respond(List<String> ids) {
		return StubResponse.json(ids.stream().map((id) -> "{\"id\":\"" + id + "\"}").toList().toString());
	}

	/**
	 * A list, and the version of the server.
	 */
	record Listing(String version, BiFunction<KratosAdmin, Integer, Stream<String>> stream) {

	}

}
