package io.github.kratosadmin.internal.response;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.error.KratosUnreadableResponseException;
import io.github.kratosadmin.identity.Identity;
import io.github.kratosadmin.identity.ListIdentities;
import io.github.kratosadmin.paging.Page;
import io.github.kratosadmin.testing.TestServer;
import io.github.kratosadmin.testing.TestServer.Request;
import io.github.kratosadmin.testing.TestServer.StubResponse;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests lists on a server with numbered pages, like Kratos up to 1.0: from 1 up to 0.13,
 * from 0 in 1.0, and in descending order of the ids in both.
 */
class NumberedListTests {

	private final NavigableSet<String> ids = new TreeSet<>(Collections.reverseOrder());

	private final Random random = new Random(42);

	private String version = "v0.13.0";

	@AutoClose
	private final TestServer server = new TestServer().otherwise(this::respond);

	@AutoClose
	private final KratosAdmin admin = KratosAdmin.builder().pathPrefix("").baseUrl(this.server.url()).build();

	private StubResponse respond(Request request) {
		if (request.path().equals("/version")) {
			return StubResponse.json("{\"version\":\"" + this.version + "\"}");
		}
		Map<String, String> query = parameters(request);
		int size = Math.min(1000, Integer.parseInt(query.get("per_page")));
		int page = Integer.parseInt(query.getOrDefault("page", "0"));
		int before = size * Math.max(0, this.version.startsWith("v0.") ? page - 1 : page);
		return StubResponse
			.json(this.ids.stream()
				.skip(before)
				.limit(size)
				.map((id) -> "{\"id\":\"" + id + "\"}")
				.collect(Collectors.joining(",", "[", "]")))
			.header("Link",
					"<http://127.0.0.1/identities?page=" + (page + 1) + "&per_page=" + size + ">; rel=\"next\"");
	}

	@ParameterizedTest
	@CsvSource({ "v0.6.3-alpha.1, 1, 3", "v0.13.0, 2, 9", "v0.13.0, 3, 9", "v0.13.0, 250, 1003", "v0.13.0, 999, 2500",
			"v0.13.0, 1000, 3001", "v1.0.0, 1, 3", "v1.0.0, 2, 9", "v1.0.0, 3, 9", "v1.0.0, 250, 1003",
			"v1.0.0, 1000, 3000", "v1.0.0, 7, 0", "v1.0.0, 7, 7", "v0.13.0, 7, 7", "v0.13.0, 7, 14" })
	void hasEachIdentityOnceAndInOrder(String version, int pageSize, int number) {
		this.version = version;
		create(number);
		assertThat(list(pageSize, () -> {
		})).containsExactlyElementsOf(this.ids);
	}

	@ParameterizedTest
	@CsvSource({ "v0.13.0, 2", "v0.13.0, 3", "v0.13.0, 10", "v0.13.0, 250", "v1.0.0, 2", "v1.0.0, 3", "v1.0.0, 10",
			"v1.0.0, 250" })
	void pagesAreFullAsLongAsNothingChanges(String version, int pageSize) {
		this.version = version;
		create(4 * pageSize + 1);
		List<Integer> sizes = new ArrayList<>();
		String token = null;
		do {
			Page<Identity> page = page(pageSize, token);
			sizes.add(page.items().size());
			token = page.nextPageToken();
		}
		while (token != null);
		assertThat(sizes).containsExactly(pageSize, pageSize, pageSize, pageSize, 1);
	}

	/**
	 * Up to 0.13, Kratos takes four times as long for a window of twice the size.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "v0.13.0", "v1.0.0" })
	void requestsNoMoreThanItLists(String version) {
		this.version = version;
		create(10_000);
		list(500, () -> {
		});
		List<Integer> sizes = this.server.requests()
			.stream()
			.filter((request) -> request.path().equals("/identities"))
			.map((request) -> Integer.valueOf(parameters(request).get("per_page")))
			.toList();
		assertThat(sizes).allMatch((size) -> size <= 562);
		assertThat(sizes.stream().mapToInt(Integer::intValue).sum()).isLessThan(12_000);
	}

	private static Map<String, String> parameters(Request request) {
		Map<String, String> query = new LinkedHashMap<>();
		request.query().forEach((pair) -> query.put(pair.split("=")[0], pair.split("=")[1]));
		return query;
	}

	@ParameterizedTest
	@CsvSource({ "v0.13.0, 1, 5", "v0.13.0, 10, 95", "v0.13.0, 1000, 2500", "v1.0.0, 1, 5", "v1.0.0, 10, 95",
			"v1.0.0, 250, 1003", "v1.0.0, 1000, 2500" })
	void losesNoneIfEachIsDeletedAfterItWasListed(String version, int pageSize, int number) {
		this.version = version;
		List<String> all = create(number);
		List<String> listed = new ArrayList<>();
		stream(pageSize).forEach((identity) -> {
			listed.add(identity.id());
			this.ids.remove(identity.id());
		});
		assertThat(listed).containsExactlyInAnyOrderElementsOf(all);
		assertThat(this.ids).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "v0.13.0, 10", "v1.0.0, 10", "v0.13.0, 250", "v1.0.0, 999" })
	void listsNoneTwiceIfManyAreCreatedBeforeThem(String version, int pageSize) {
		this.version = version;
		List<String> all = create(2500);
		List<String> listed = list(pageSize, () -> {
			if (this.ids.size() < 6000) {
				for (int i = 0; i < 700; i++) {
					this.ids.add("ffffffff-" + UUID.randomUUID().toString().substring(9));
				}
			}
		});
		assertThat(listed).doesNotHaveDuplicates().containsAll(all);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 7, 20, 100 })
	void concurrentChangesDoNotAffectTheOtherIdentities(int pageSize) {
		for (int round = 0; round < 40; round++) {
			this.version = (round % 2 == 0) ? "v0.13.0" : "v1.0.0";
			this.ids.clear();
			Set<String> remaining = new HashSet<>(create(this.random.nextInt(12 * pageSize)));
			List<String> listed = list(pageSize, () -> {
				create(this.random.nextInt(pageSize));
				new ArrayList<>(this.ids).stream()
					.filter((id) -> this.random.nextInt(8) == 0)
					.forEach((id) -> remaining.remove(delete(id)));
			});
			assertThat(listed).as("round " + round).doesNotHaveDuplicates().containsAll(remaining);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "v0.13.0", "v1.0.0" })
	void endsIfEverythingElseHasBeenDeleted(String version) {
		this.version = version;
		create(30);
		Page<Identity> first = page(10, null);
		this.ids.clear();
		Page<Identity> next = page(10, first.nextPageToken());
		assertThat(next.items()).isEmpty();
		assertThat(next.nextPageToken()).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "v0.13.0, v1.0.0", "v1.0.0, v0.13.0" })
	void losesNoneOrFailsIfTheServerIsReplaced(String before, String after) {
		this.version = before;
		List<String> all = create(100);
		Set<String> listed = new HashSet<>();
		try {
			listed.addAll(list(10, () -> this.version = after));
			assertThat(listed).containsExactlyInAnyOrderElementsOf(all);
		}
		catch (KratosUnreadableResponseException ex) {
			assertThat(ex).hasMessageEndingWith(
					"the numbering of the pages has changed since this list was started: start it again");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "v0.13.0", "v1.0.0" })
	void failsIfEveryPageIsTheFirst(String version) {
		this.version = version;
		create(2000);
		this.server.otherwise((request) -> request.path().equals("/version") ? respond(request)
				: respond(new Request("GET", request.target().replaceAll("&page=\\d+", ""), Map.of(), "")));
		assertThatExceptionOfType(KratosUnreadableResponseException.class).isThrownBy(() -> list(10, () -> {
		})).withMessageEndingWith("the numbering of the pages has changed since this list was started: start it again");
	}

	@ParameterizedTest
	@ValueSource(ints = { 2, 10 })
	void failsIfTheOrderHasChanged(int pageSize) {
		List<String> all = create(30);
		String token = page(pageSize, null).nextPageToken();
		this.server.otherwise((request) -> StubResponse
			.json(Stream.of(all.get(1), all.get(0)).map((id) -> "{\"id\":\"" + id + "\"}").sorted().toList().toString())
			.header("Link", "<?page=1>"));
		assertThatExceptionOfType(KratosUnreadableResponseException.class).isThrownBy(() -> page(pageSize, token))
			.withMessageEndingWith(
					"the identities are no longer in descending order of their ids: start the list again");
	}

	private List<String> create(int number) {
		List<String> created = new ArrayList<>();
		for (int i = 0; i < number; i++) {
			byte[] seed = new byte[16];
			this.random.nextBytes(seed);
			created.add(UUID.nameUUIDFromBytes(seed).toString());
		}
		this.ids.addAll(created);
		return created;
	}

	private String delete(String id) {
		this.ids.remove(id);
		return id;
	}

	/**
	 * Lists all pages, and runs an action before each page except the first.
	 */
	private List<String> list(int pageSize, Runnable meanwhile) {
		List<String> listed = new ArrayList<>();
		Page<Identity> page = page(pageSize, null);
		page.items().forEach((identity) -> listed.add(identity.id()));
		while (page.nextPageToken() != null) {
			meanwhile.run();
			page = page(pageSize, page.nextPageToken());
			assertThat(page.items()).hasSizeLessThanOrEqualTo(pageSize);
			page.items().forEach((identity) -> listed.add(identity.id()));
		}
		return listed;
	}

	private Page<Identity> page(int pageSize, String token) {
		return this.admin.identities()
			.listIdentities(ListIdentities.builder().pageSize(pageSize).pageToken(token).build());
	}

	private Stream<Identity> stream(int pageSize) {
		return this.admin.identities().streamIdentities(ListIdentities.builder().pageSize(pageSize).build());
	}

}
