package io.github.kratosadmin.internal.response;

import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.error.KratosServerException;
import io.github.kratosadmin.error.KratosUnreadableResponseException;
import io.github.kratosadmin.error.KratosUnsupportedException;
import io.github.kratosadmin.identity.Identity;
import io.github.kratosadmin.identity.ListIdentities;
import io.github.kratosadmin.internal.feign.IdentityOperations;
import io.github.kratosadmin.internal.feign.SchemaOperations;
import io.github.kratosadmin.internal.feign.SessionOperations;
import io.github.kratosadmin.paging.Page;
import io.github.kratosadmin.session.ListSessions;
import io.github.kratosadmin.session.Session;
import io.github.kratosadmin.testing.Recording;
import io.github.kratosadmin.testing.TestServer;
import io.github.kratosadmin.testing.TestServer.Request;
import io.github.kratosadmin.testing.TestServer.StubResponse;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class PageReaderTests {

	private static final String ID = "6faebfaf-d9c3-4744-82da-dec07d52120e";

	/** The header of Kratos up to 1.0, the same with every page. */
	private static final String NUMBERED = "<http://127.0.0.1:4434/identities?page=1&per_page=2>; rel=\"next\","
			+ "<http://127.0.0.1:4434/identities?page=2&per_page=2>; rel=\"last\"";

	/** The header of Kratos 26.2 with the last page. */
	private static final String FIRST_TOKEN = "</admin/identities?page_size=2"
			+ "&page_token=00000000-0000-0000-0000-000000000000>; rel=\"first\"";

	@AutoClose
	private final TestServer server = new TestServer();

	@AutoClose
	private final KratosAdmin admin = KratosAdmin.builder().pathPrefix("").baseUrl(this.server.url()).build();

	@Test
	void aStreamWithoutAQueryListsAllIdentities() {
		this.server.otherwise((request) -> StubResponse.json("[{\"id\":\"a\",\"traits\":{}}]"));
		assertThat(this.admin.identities().streamIdentities().map(Identity::id)).containsExactly("a");
		assertThat(this.server.request().target()).isEqualTo("/identities?per_page=250&page_size=250");
	}

	@Test
	void allPagesOfKratos06AreListedAsRecorded() {
		List<Recording> recordings = Recording.of("v0.6.3-alpha.1", "admin");
		this.server.otherwise((request) -> recordings.stream()
			.filter((recording) -> recording.target().equals(request.target()))
			.findFirst()
			.orElseThrow()
			.stubResponse());
		Page<Identity> first = list(3, null);
		Page<Identity> second = ((IdentityOperations) this.admin.identities()).listIdentities(3, null, 2, null, null,
				null, null, null, null, null);
		Page<Identity> third = ((IdentityOperations) this.admin.identities()).listIdentities(3, null, 3, null, null,
				null, null, null, null, null);
		assertThat(Stream.of(first, second, third).flatMap((page) -> page.items().stream()).map(Identity::id))
			.isEqualTo(recordings.stream()
				.filter((recording) -> recording.name().equals("listIdentities ?per_page=100000&page=0"))
				.flatMap((recording) -> recording.body().valueStream())
				.map((identity) -> identity.get("id").stringValue())
				.toList())
			.doesNotHaveDuplicates()
			.hasSize(8);
		assertThat(first.nextPageToken()).isEqualTo("first=1&seen=3&after=" + first.items().get(2).id());
		assertThat(second.nextPageToken()).isEqualTo("page=3");
		assertThat(third.nextPageToken()).isNull();
	}

	@Test
	void theFirstPageOfKratos06IsFollowedByPageTwo() {
		this.server.respond(numbered("a", "b"), version("v0.6.3-alpha.1"));
		assertThat(list(2, null).nextPageToken()).isEqualTo("first=1&seen=2&after=b");
	}

	@Test
	void theFirstPageOfKratos10IsFollowedByPageOne() {
		this.server.respond(numbered("a", "b"), version("v1.0.0"));
		assertThat(list(2, null).nextPageToken()).isEqualTo("first=0&seen=2&after=b");
	}

	@ParameterizedTest
	@ValueSource(strings = { "v0.6.3", "v0.7.6-alpha.1", "v0.10.1", "v0.13.0" })
	void pagesAreNumberedFromOneUpToKratos013(String version) {
		this.server.respond(numbered("a", "b"), version(version));
		assertThat(list(2, null).nextPageToken()).isEqualTo("first=1&seen=2&after=b");
	}

	@ParameterizedTest
	@ValueSource(strings = { "v1.0.0", "1.0.0", "v25.4.0" })
	void pagesAreNumberedFromZeroSinceKratos10(String version) {
		this.server.respond(numbered("a", "b"), version(version));
		assertThat(list(2, null).nextPageToken()).isEqualTo("first=0&seen=2&after=b");
	}

	@Test
	void withoutAVersionPageTwoIsNextIfPageOneIsTheFirst() {
		this.server.respond(numbered("a", "b"), version("master"), numbered("a", "b"));
		assertThat(list(2, null).nextPageToken()).isEqualTo("first=1&seen=2&after=b");
		assertThat(this.server.requests().get(2).target()).isEqualTo("/identities?per_page=2&page=1");
	}

	@Test
	void withoutAVersionPageOneIsNextIfItIsAnotherPage() {
		this.server.respond(numbered("a", "b"), version("master"), numbered("c", "d"));
		assertThat(list(2, null).nextPageToken()).isEqualTo("first=0&seen=2&after=b");
	}

	@Test
	void withoutAVersionPageOneIsNextIfItIsEmpty() {
		this.server.respond(numbered("a", "b"), version("master"), numbered());
		assertThat(list(2, null).nextPageToken()).isEqualTo("first=0&seen=2&after=b");
	}

	@Test
	void afterALaterPageTheVersionDoesNotMatter() {
		this.server.respond(numbered("a", "b"));
		assertThat(list(2, "page=4").nextPageToken()).isEqualTo("page=5");
		assertThat(this.server.request().target()).isEqualTo("/identities?per_page=2&page=4");
	}

	@Test
	void aNumberedPageThatIsNotFullIsTheLast() {
		this.server.respond(numbered("a"));
		assertThat(list(2, null).nextPageToken()).isNull();
		assertThat(this.server.requests()).hasSize(1);
	}

	@Test
	void anEmptyPageIsTheLast() {
		this.server.respond(numbered());
		assertThat(list(2, null)).isEqualTo(new Page<>(List.of(), null, null));
		assertThat(this.server.requests()).hasSize(1);
	}

	@Test
	void anEmptyPageIsTheLastRegardlessOfTheLink() {
		this.server.respond(tokened("t"));
		assertThat(list(2, null).nextPageToken()).isNull();
	}

	@Test
	void aListThatIsNullIsEmpty() {
		this.server.respond(StubResponse.json("null").header("Link", NUMBERED));
		assertThat(list(2, null)).isEqualTo(new Page<>(List.of(), null, null));
	}

	@Test
	void aPageWithMoreThanRequestedIsFull() {
		this.server.respond(numbered("a", "b", "c"), version("v0.6.3"));
		assertThat(list(2, null).nextPageToken()).isEqualTo("first=1&seen=3&after=c");
	}

	@Test
	void aFailureToReadTheVersionFailsTheList() {
		this.server.respond(numbered("a", "b"), StubResponse.json(500, "{\"error\":{\"message\":\"no\"}}"));
		assertThatExceptionOfType(KratosServerException.class).isThrownBy(() -> list(2, null))
			.withMessage("getVersion failed with status 500: no");
	}

	@Test
	void aHiddenVersionIsUnknown() {
		this.server.respond(numbered("a", "b"), StubResponse.text(403, "forbidden"), numbered("a", "b"));
		assertThat(list(2, null).nextPageToken()).isEqualTo("first=1&seen=2&after=b");
	}

	@Test
	void eachListRequestsTheVersionAsTheServerMayHaveBeenReplaced() {
		this.server.respond(numbered("a", "b"), version("v0.13.0"), numbered("a", "b"), version("v1.0.0"));
		assertThat(list(2, null).nextPageToken()).isEqualTo("first=1&seen=2&after=b");
		assertThat(list(2, null).nextPageToken()).isEqualTo("first=0&seen=2&after=b");
	}

	@Test
	void theVersionDeterminesThePageAfterPageZero() {
		this.server.respond(numbered("a", "b"), version("v0.13.0"));
		assertThat(((IdentityOperations) this.admin.identities())
			.listIdentities(2, null, 0, null, null, null, null, null, null, null)
			.nextPageToken()).isEqualTo("page=2");
	}

	@Test
	void aTokenIsFollowed() {
		this.server.respond(tokened("2757fbba", "a", "b"), tokened(null, "c"));
		Page<Identity> first = list(2, null);
		assertThat(first.nextPageToken()).isEqualTo("page_token=2757fbba");
		assertThat(list(2, first.nextPageToken()).nextPageToken()).isNull();
		assertThat(this.server.requests()).extracting(Request::target)
			.containsExactly("/identities?per_page=2&page_size=2",
					"/identities?per_page=2&page_size=2&page_token=2757fbba");
	}

	@Test
	void aTokenIsOpaque() {
		this.server.respond(tokened("a%2Fb%3D%2B%26%3F%25+%E2%82%AC==", "a"), tokened(null, "b"));
		Page<Identity> first = list(2, null);
		list(2, first.nextPageToken());
		assertThat(this.server.requests().get(1).query()).endsWith("page_token=a/b=+&?%+€==");
	}

	@Test
	void aPageWithATokenIsNotTheLastEvenIfItIsNotFull() {
		this.server.respond(tokened("t", "a"));
		assertThat(list(250, null).nextPageToken()).isEqualTo("page_token=t");
	}

	@Test
	void aFullPageWithoutANextTokenIsTheLast() {
		this.server.respond(tokened(null, "a", "b"));
		assertThat(list(2, null).nextPageToken()).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "<https://a.test/admin/identities?page_token=t&page_size=2>; rel=\"next\"",
			"<?page_token=t>; rel=next", "<http://[bad/identities?page_token=t>;rel=\"next\"",
			"<://:4434/admin/identities?page_size=2&page_token=t>  ; rel=\"next\"",
			"</x?page_token=f>; rel=\"first\", </x?page_token=t>; rel=\"next\", </x?page_token=l>; rel=\"last\"" })
	void onlyTheQueryOfALinkIsRead(String link) {
		this.server.respond(page("a", "b").header("Link", link));
		assertThat(list(2, null).nextPageToken()).isEqualTo("page_token=t");
	}

	@ParameterizedTest
	@ValueSource(strings = { "<?page_token=%zz>; rel=\"next\"", "<?page_token=%>; rel=\"next\"" })
	void aTokenThatIsNotEncodedIsUnreadable(String link) {
		this.server.respond(page("a", "b").header("Link", link));
		assertThatExceptionOfType(KratosUnreadableResponseException.class).isThrownBy(() -> list(2, null))
			.withMessage("listIdentities got a response with status 200 that cannot be read: "
					+ "the page token in the Link header is not correctly encoded");
	}

	@Test
	void aTokenThatLeadsToTheSamePageIsUnreadable() {
		this.server.respond(tokened("t", "a", "b"), tokened("t", "c", "d"));
		Stream<Identity> identities = stream(2);
		assertThatExceptionOfType(KratosUnreadableResponseException.class).isThrownBy(identities::toList)
			.withMessageEndingWith("the next page in the Link header is the same page again");
	}

	@ParameterizedTest
	@ValueSource(strings = { "<?page_token=&page_size=2>; rel=\"next\"", "</admin/identities>; rel=\"next\"" })
	void aNextPageWithoutATokenIsUnreadable(String link) {
		this.server.respond(page("a", "b").header("Link", link));
		assertThatExceptionOfType(KratosUnreadableResponseException.class).isThrownBy(() -> list(2, null))
			.withMessageEndingWith("the next page in the Link header has no token");
	}

	@Test
	void aListStartedWithATokenFailsIfTheServerNumbersPages() {
		this.server.respond(numbered("b", "a"));
		assertThatExceptionOfType(KratosUnreadableResponseException.class).isThrownBy(() -> list(2, "page_token=t"))
			.withMessageEndingWith(
					"the pages are numbered now, but this list was started with a token: start it again");
	}

	@Test
	void aLinkOfKratos10WithANumberAndATokenIsNumbered() {
		this.server.respond(page("b", "a").header("Link",
				"<http://127.0.0.1/identities?page=1&page_size=2&page_token=eyJvZmZzZXQiOiIyIiwidiI6Mn0"
						+ "&per_page=2>; rel=\"next\""),
				version("v1.0.0"));
		assertThat(list(2, null).nextPageToken()).isEqualTo("first=0&seen=2&after=a");
	}

	@Test
	void aFullPageWithoutALinkIsUnreadable() {
		this.server.respond(page("a", "b"));
		assertThatExceptionOfType(KratosUnreadableResponseException.class).isThrownBy(() -> list(2, null))
			.withMessage("listIdentities got a response with status 200 that cannot be read: the page is full, "
					+ "but the Link header, which indicates whether there is another one, is missing");
	}

	@Test
	void aPageOf500WithoutALinkIsAlwaysFull() {
		this.server.respond(page(IntStream.range(0, 500).mapToObj(Integer::toString).toArray(String[]::new)));
		assertThatExceptionOfType(KratosUnreadableResponseException.class).isThrownBy(() -> list(1000, null));
	}

	@Test
	void aPageOf1000IsAlwaysFull() {
		StubResponse page = page(IntStream.range(0, 1000).mapToObj(Integer::toString).toArray(String[]::new));
		this.server.respond(page.header("Link", NUMBERED), version("v0.6.3"));
		assertThat(((IdentityOperations) this.admin.identities())
			.listIdentities(100_000, null, null, null, null, null, null, null, null, null)
			.nextPageToken()).isEqualTo("first=1&seen=1000&after=999");
	}

	@Test
	void aPageThatIsNotFullNeedsNoLink() {
		this.server.respond(page("a"));
		assertThat(list(2, null).nextPageToken()).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "8,8", "0,0", "-1,", "many,", "99999999999999999999,", "'',", "1.5," })
	void theTotalIsReadIfItIsANumber(String header, Long total) {
		this.server.respond(page("a").header("X-Total-Count", header));
		assertThat(list(2, null).totalItems()).isEqualTo(total);
	}

	@Test
	void theTotalIsOptional() {
		this.server.respond(page("a"));
		assertThat(list(2, null).totalItems()).isNull();
	}

	@Test
	void aStreamHasTheItemsOfAllPagesOnce() {
		this.server.respond(tokened("t1", "a", "b"), tokened("t2", "c"), tokened(null, "d", "e"));
		assertThat(stream(2).map(Identity::id)).containsExactly("a", "b", "c", "d", "e");
		assertThat(this.server.requests()).extracting((request) -> request.query().get(request.query().size() - 1))
			.containsExactly("page_size=2", "page_token=t1", "page_token=t2");
	}

	@Test
	void aStreamRequestsNothingBeforeItIsUsed() {
		stream(2);
		assertThat(this.server.requests()).isEmpty();
	}

	@Test
	void aStreamRequestsAPageWhenItReachesIt() {
		this.server.respond(tokened("t1", "a", "b"), tokened("t2", "c", "d"));
		Iterator<Identity> identities = stream(2).iterator();
		identities.next();
		identities.next();
		assertThat(this.server.requests()).hasSize(1);
		identities.next();
		assertThat(this.server.requests()).hasSize(2);
	}

	@Test
	void aStreamThatEndsEarlyRequestsNoMorePages() {
		this.server.respond(tokened("t1", "a", "b"), tokened("t2", "c", "d"));
		assertThat(stream(2).limit(3).map(Identity::id)).containsExactly("a", "b", "c");
		assertThat(this.server.requests()).hasSize(2);
	}

	@Test
	void aStreamMayStartAtALaterPage() {
		this.server.respond(tokened(null, "c"));
		ListIdentities query = ListIdentities.builder().pageSize(2).pageToken("page_token=t1").build();
		assertThat(this.admin.identities().streamIdentities(query).map(Identity::id)).containsExactly("c");
		assertThat(this.server.request().query()).endsWith("page_token=t1");
	}

	@Test
	void aStreamMayStartAfterAnId() {
		this.server.respond(version("v26.2.0"), tokened("t1", "b", "c"), tokened(null, "d"));
		ListIdentities query = ListIdentities.builder().pageSize(2).startAfter(ID).build();
		assertThat(this.admin.identities().streamIdentities(query).map(Identity::id)).containsExactly("b", "c", "d");
		assertThat(this.server.requests()).extracting(Request::target)
			.containsExactly("/version", "/identities?page_size=2&page_token=" + ID,
					"/identities?per_page=2&page_size=2&page_token=t1");
	}

	@ParameterizedTest
	@ValueSource(strings = { "v0.6.3-alpha.1", "v0.13.0", "v1.0.0" })
	void startingAfterAnIdIsRejectedWhereItWouldBeIgnored(String version) {
		this.server.version(version).otherwise((request) -> numbered("a", "b"));
		ListIdentities query = ListIdentities.builder().startAfter(ID).build();
		assertThatExceptionOfType(KratosUnsupportedException.class)
			.isThrownBy(() -> this.admin.identities().listIdentities(query))
			.withMessageStartingWith("listIdentities was not sent: page_token needs Kratos 1.1 or later");
		assertThat(this.server.requests()).isEmpty();
	}

	@Test
	void startingAfterAnIdFailsIfAServerOfUnknownVersionIgnoresIt() {
		this.server.respond(version("master"), numbered("a", "b"));
		ListIdentities query = ListIdentities.builder().startAfter(ID).build();
		assertThatExceptionOfType(KratosUnreadableResponseException.class)
			.isThrownBy(() -> this.admin.identities().listIdentities(query))
			.withMessageContaining("the pages are numbered now, but this list was started with a token");
	}

	@ParameterizedTest
	@ValueSource(strings = { "v1.1.0", "v1.2.0" })
	void aTokenNotIssuedByKratos11Or12IsRejected(String version) {
		this.server.version(version).otherwise((request) -> page());
		assertThatIllegalArgumentException().isThrownBy(() -> list(2, "page_token=garbage"))
			.withMessage("listIdentities: page_token must be the nextPageToken of a page of this list or null for the"
					+ " first page, but 'garbage' is not a token of Kratos " + version.substring(1, 4));
		int sent = this.server.requests().size();
		assertThatIllegalArgumentException().isThrownBy(() -> list(2, "page_token=garbage"));
		assertThat(this.server.requests()).as("refused before it is sent where the version is known").hasSize(sent);
		assertThat(list(2, "page_token=" + ID).items()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "v0.11.1", "v0.13.0", "v1.0.0" })
	void aTokenOfSessionsNotIssuedByKratosUpTo10IsRejected(String version) {
		this.server.version(version).otherwise((request) -> page());
		assertThatIllegalArgumentException().isThrownBy(() -> sessions("garbage"))
			.withMessageStartingWith("listSessions: page_token must be")
			.withMessageEndingWith("'garbage' is not a token of Kratos " + version.replaceAll("^v|\\.\\d$", ""));
		assertThat(this.server.requests()).isEmpty();
		assertThat(sessions("6faebfaf-d9c3-4744-82da-dec07d52120e").items()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "v1.1.0", "v26.2.0", "master" })
	void tokensOfSessionsOfLaterVersionsAreNotChecked(String version) {
		this.server.version(version).otherwise((request) -> page());
		assertThat(sessions("opaque").items()).isEmpty();
	}

	private Page<Session> sessions(String token) {
		return this.admin.sessions().listSessions(ListSessions.builder().pageToken("page_token=" + token).build());
	}

	@Test
	void aTokenThatKratos11OnPostgresFailsOnIsRejected() {
		this.server.version("v1.1.0").otherwise((request) -> StubResponse.empty(500));
		assertThatIllegalArgumentException().isThrownBy(() -> list(2, "page_token=garbage"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "v1.3.1", "v26.2.0", "v27.1.0", "master" })
	void tokensOfOtherVersionsAreNotChecked(String version) {
		this.server.version(version).otherwise((request) -> page());
		assertThat(list(2, "page_token=opaque").items()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "[null]", "[null,null]" })
	void aListOfNothingButNullIsNotEmpty(String list) {
		this.server.version("v26.2.0");
		this.server.otherwise((request) -> StubResponse.json(list).header("Link", FIRST_TOKEN));
		for (Supplier<Page<?>> lists : List.<Supplier<Page<?>>>of(() -> list(2, null),
				() -> ((SessionOperations) this.admin.sessions()).listSessions(2, null, null, null),
				() -> ((SchemaOperations) this.admin.schemas()).listIdentitySchemas(2, 0))) {
			assertThatExceptionOfType(KratosUnreadableResponseException.class).isThrownBy(lists::get)
				.withMessageEndingWith("the list contains only null");
		}
	}

	@Test
	void aFailureOfALaterPageFailsTheTerminalOperation() {
		this.server.respond(tokened("t1", "a", "b"), StubResponse.json(500, "{\"error\":{\"message\":\"down\"}}"));
		Stream<Identity> identities = stream(2).filter((identity) -> true);
		assertThatExceptionOfType(KratosServerException.class).isThrownBy(identities::toList)
			.withMessage("listIdentities failed with status 500: down");
	}

	private Page<Identity> list(int pageSize, String pageToken) {
		return this.admin.identities()
			.listIdentities(ListIdentities.builder().pageSize(pageSize).pageToken(pageToken).build());
	}

	private Stream<Identity> stream(int pageSize) {
		return this.admin.identities().streamIdentities(ListIdentities.builder().pageSize(pageSize).build());
	}

	private static StubResponse page(String... ids) {
		return StubResponse
			.json(Stream.of(ids).map((id) -> "{\"id\":\"" + id + "\"}").collect(Collectors.joining(",", "[", "]")));
	}

	private static StubResponse numbered(String... ids) {
		return page(ids).header("Link", NUMBERED);
	}

	private static StubResponse tokened(String next, String... ids) {
		return page(ids).header("Link", (next != null)
				? FIRST_TOKEN + ",</admin/identities?page_size=2&page_token=" + next + ">; rel=\"next\"" : FIRST_TOKEN);
	}

	private static StubResponse version(String version) {
		return StubResponse.json("{\"version\":\"" + version + "\"}");
	}

}
