package io.github.kratosadmin.internal.response;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.courier.CourierMessage;
import io.github.kratosadmin.courier.CourierMessageStatus;
import io.github.kratosadmin.courier.ListCourierMessages;
import io.github.kratosadmin.error.KratosException;
import io.github.kratosadmin.error.KratosServerException;
import io.github.kratosadmin.error.KratosUnreadableResponseException;
import io.github.kratosadmin.internal.feign.CourierOperations;
import io.github.kratosadmin.internal.feign.SchemaOperations;
import io.github.kratosadmin.internal.feign.SessionOperations;
import io.github.kratosadmin.paging.Page;
import io.github.kratosadmin.schema.IdentitySchemaContainer;
import io.github.kratosadmin.schema.ListIdentitySchemas;
import io.github.kratosadmin.session.ListIdentitySessions;
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
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests lists other than identities, on a server that pages like Kratos 0.10.1, 1.0.0,
 * 1.3.1 and 26.2.0, as observed with seven sessions of an identity in pages of three.
 */
class OtherListsTests {

	private static final int MAX_PAGE_SIZE = 1000;

	private final List<String> ids = new ArrayList<>();

	private Links links = Links.OF_26;

	/** Whether messages are listed as in 0.11.0. */
	private boolean numberedMessages;

	@AutoClose
	private final TestServer server = new TestServer().version("v26.2.0").otherwise(this::respond);

	@AutoClose
	private final KratosAdmin admin = KratosAdmin.builder().pathPrefix("").baseUrl(this.server.url()).build();

	private StubResponse respond(Request request) {
		return switch (request.path()) {
			case "/identities/x/sessions" -> numbered(request, 1);
			case "/schemas" -> numbered(request, 0);
			case "/courier/messages" -> this.numberedMessages ? numbered(request, 1) : tokens(request, 10);
			case "/sessions" -> tokens(request, 250);
			default -> StubResponse.text(404, "404 page not found");
		};
	}

	/**
	 * Pages by number. The numbers and tokens in the links are those of a list that
	 * starts at 0, even if the list starts at 1.
	 */
	private StubResponse numbered(Request request, int firstPage) {
		Map<String, String> query = query(request);
		boolean byToken = this.links != Links.NONE
				&& (query.containsKey("page_size") || query.containsKey("page_token"));
		int size = Math.min(MAX_PAGE_SIZE,
				Integer.parseInt(query.getOrDefault(byToken ? "page_size" : "per_page", "250")));
		int page = byToken ? offset(query.get("page_token")) / size : Integer.parseInt(query.getOrDefault("page", "0"));
		StubResponse response = page(Math.max(0, page - firstPage) * size, size);
		if (this.links == Links.NONE) {
			return response;
		}
		boolean next = this.ids.isEmpty() || (page + 1) * size < this.ids.size();
		return response.header("X-Total-Count", Integer.toString(this.ids.size()))
			.header("Link", link(page - 1, size, "prev") + (next ? "," + link(page + 1, size, "next") : ""));
	}

	private String link(int page, int size, String rel) {
		String token = (this.links == Links.OF_26)
				? "&page_size=" + size + "&page_token=" + Base64.getUrlEncoder()
					.withoutPadding()
					.encodeToString(("{\"offset\":\"" + page * size + "\",\"v\":2}").getBytes(StandardCharsets.UTF_8))
				: "";
		return "</x?page=" + page + token + "&per_page=" + size + ">; rel=\"" + rel + "\"";
	}

	private static int offset(String token) {
		return (token != null)
				? Integer.parseInt(new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8)
					.replaceAll("\\D*(\\d+)\".*", "$1"))
				: 0;
	}

	private StubResponse tokens(Request request, int defaultSize) {
		Map<String, String> query = query(request);
		int size = Integer.parseInt(query.getOrDefault("page_size", Integer.toString(defaultSize)));
		int start = this.ids.indexOf(query.get("page_token")) + 1;
		String next = (start + size < this.ids.size())
				? ",</x?page_size=" + size + "&page_token=" + this.ids.get(start + size - 1) + ">; rel=\"next\"" : "";
		return page(start, size).header("Link", "</x?page_size=" + size + "&page_token=first>; rel=\"first\"" + next);
	}

	private StubResponse page(int start, int size) {
		String items = this.ids.stream()
			.skip(start)
			.limit(size)
			.map((id) -> "{\"id\":\"" + id + "\",\"recipient\":\"r\",\"status\":\"queued\"}")
			.collect(Collectors.joining(",", "[", "]"));
		return StubResponse.json(items.equals("[]") ? "null" : items);
	}

	private static Map<String, String> query(Request request) {
		Map<String, String> query = new LinkedHashMap<>();
		request.query().forEach((pair) -> query.put(pair.split("=")[0], pair.split("=")[1]));
		return query;
	}

	/** Kratos before 0.11 has no links, and its empty lists may be null. */
	private void use(Links links) {
		this.links = links;
		this.server.version((links == Links.NONE) ? "v0.10.1" : "v26.2.0");
	}

	@ParameterizedTest
	@EnumSource
	void eachSessionOfAnIdentityIsListedOnce(Links links) {
		use(links);
		checkAllSizes((size) -> this.admin.sessions()
			.streamIdentitySessions("x", ListIdentitySessions.builder().pageSize(size).build())
			.map(Session::id));
	}

	@ParameterizedTest
	@EnumSource
	void eachSchemaIsListedOnce(Links links) {
		use(links);
		checkAllSizes((size) -> this.admin.schemas()
			.streamIdentitySchemas(ListIdentitySchemas.builder().pageSize(size).build())
			.map(IdentitySchemaContainer::id));
	}

	@Test
	void eachSessionIsListedOnce() {
		checkAllSizes((size) -> this.admin.sessions()
			.streamSessions(ListSessions.builder().pageSize(size).build())
			.map(Session::id));
	}

	@Test
	void eachMessageIsListedOnce() {
		checkAllSizes(this::messages);
	}

	@Test
	void eachMessageOfKratos0110IsListedOnce() {
		this.numberedMessages = true;
		checkAllSizes(this::messages);
	}

	private Stream<String> messages(int size) {
		return this.admin.courier()
			.streamCourierMessages(ListCourierMessages.builder().pageSize(size).build())
			.map(CourierMessage::id);
	}

	private void checkAllSizes(Function<Integer, Stream<String>> list) {
		for (int number : List.of(0, 1, 2, 3, 6, 7, 8, 9)) {
			create(number);
			for (int size = 1; size <= 10; size++) {
				this.server.requests().clear();
				assertThat(list.apply(size)).as("%s items in pages of %s", number, size)
					.containsExactlyElementsOf(this.ids);
				assertThat(this.server.requests()).hasSizeLessThanOrEqualTo(number / size + 1);
			}
		}
		create(2500);
		assertThat(list.apply(MAX_PAGE_SIZE)).containsExactlyElementsOf(this.ids);
		create(2000);
		assertThat(list.apply(MAX_PAGE_SIZE)).containsExactlyElementsOf(this.ids);
		assertThat(list.apply(250)).containsExactlyElementsOf(this.ids);
	}

	@Test
	void followingKratossLinksWouldLoseSessions() {
		create(7);
		List<String> followed = new ArrayList<>();
		String target = "?page_size=3";
		while (target != null) {
			StubResponse response = numbered(new Request("GET", "/identities/x/sessions" + target, Map.of(), ""), 1);
			Recording.MAPPER.readTree(response.body()).forEach((item) -> followed.add(item.get("id").stringValue()));
			String link = response.headers().get("Link");
			target = link.contains("next") ? link.replaceAll(".*</x(.*)>; rel=\"next\".*", "$1") : null;
		}
		assertThat(followed).as("as measured on 1.3.1 and 26.2.0")
			.containsExactly("0", "1", "2", "0", "1", "2", "3", "4", "5");
	}

	@Test
	void pagesOfAnIdentitysSessionsAreNumberedFromOne() {
		create(7);
		Page<Session> first = this.admin.sessions()
			.listIdentitySessions("x", ListIdentitySessions.builder().pageSize(3).active(true).build());
		assertThat(first.nextPageToken()).isEqualTo("page=2");
		assertThat(first.totalItems()).isEqualTo(7);
		Page<Session> third = this.admin.sessions()
			.listIdentitySessions("x", ListIdentitySessions.builder().pageSize(3).pageToken("page=3").build());
		assertThat(third.nextPageToken()).isNull();
		assertThat(this.server.requests()).extracting(Request::target)
			.containsExactly("/identities/x/sessions?per_page=3&active=true",
					"/identities/x/sessions?per_page=3&page=3");
	}

	@ParameterizedTest
	@CsvSource({ ", page=2", "0, page=2", "1, page=2", "2, page=3", "3," })
	void aPageRequestedByNumberIsFollowedByTheNextNumber(Integer page, String next) {
		create(7);
		assertThat(((SessionOperations) this.admin.sessions()).listIdentitySessions("x", 3, page, null).nextPageToken())
			.isEqualTo(next);
	}

	@ParameterizedTest
	@CsvSource({ ", page=1", "0, page=1", "1, page=2", "2," })
	void pagesOfSchemasAreNumberedFromZero(Integer page, String next) {
		create(7);
		assertThat(((SchemaOperations) this.admin.schemas()).listIdentitySchemas(3, page).nextPageToken())
			.isEqualTo(next);
	}

	@Test
	void anEmptyListThatLinksToANextPageIsTheLastPage() {
		assertThat(numbered(new Request("GET", "/identities/x/sessions", Map.of(), ""), 1).headers().get("Link"))
			.contains("rel=\"next\"");
		assertThat(this.admin.sessions().listIdentitySessions("x", ListIdentitySessions.builder().build()))
			.isEqualTo(new Page<>(List.of(), null, 0L));
		assertThat(this.server.requests()).hasSize(1);
	}

	@Test
	void aPageHas250ItemsByDefault() {
		create(600);
		assertThat(
				((SessionOperations) this.admin.sessions()).listIdentitySessions("x", null, null, null).nextPageToken())
			.isEqualTo("page=2");
		assertThat(((SessionOperations) this.admin.sessions()).listIdentitySessions("x", null, 3, null).nextPageToken())
			.isNull();
		assertThat(((SchemaOperations) this.admin.schemas()).listIdentitySchemas(null, null).nextPageToken())
			.isEqualTo("page=1");
	}

	@Test
	void noSessionIsMissedIfOneEndsWhileAllFitOnOnePage() {
		create(MAX_PAGE_SIZE - 1);
		List<String> all = List.copyOf(this.ids);
		assertThat(this.admin.sessions()
			.streamIdentitySessions("x", ListIdentitySessions.builder().active(true).build())
			.map(Session::id)
			.peek(this.ids::remove)).containsExactlyElementsOf(all);
	}

	@Test
	void messagesOfKratos0110AreRequestedByNumberWithoutPageSize() {
		this.numberedMessages = true;
		create(3);
		ListCourierMessages query = ListCourierMessages.builder()
			.pageSize(2)
			.status(CourierMessageStatus.QUEUED)
			.recipient("r")
			.build();
		assertThat(this.admin.courier().streamCourierMessages(query)).hasSize(3);
		assertThat(this.server.requests()).extracting(Request::target)
			.containsExactly("/courier/messages?per_page=2&page_size=2&status=queued&recipient=r",
					"/courier/messages?per_page=2&page=2&status=queued&recipient=r");
	}

	@Test
	void aStreamWithoutAQueryListsEverything() {
		create(251);
		assertThat(this.admin.sessions().streamSessions()).hasSize(251);
		assertThat(this.admin.sessions().streamIdentitySessions("x")).hasSize(251);
		assertThat(this.admin.schemas().streamIdentitySchemas()).hasSize(251);
		assertThat(this.admin.courier().streamCourierMessages()).hasSize(251);
	}

	@Test
	void filtersAreSentWithEachPage() {
		create(3);
		assertThat(this.admin.sessions().streamSessions(ListSessions.builder().pageSize(2).active(false).build()))
			.hasSize(3);
		assertThat(this.server.requests()).extracting(Request::target)
			.containsExactly("/sessions?page_size=2&active=false", "/sessions?page_size=2&page_token=1&active=false");
	}

	@Test
	void aListOfMessagesStartedWithANumberFailsIfTheServerHasTokens() {
		create(30);
		ListCourierMessages query = ListCourierMessages.builder().pageToken("page=2").build();
		assertThatExceptionOfType(KratosUnreadableResponseException.class)
			.isThrownBy(() -> this.admin.courier().listCourierMessages(query))
			.withMessageEndingWith(
					"the pages have tokens now, but this list was started with a number: start it again");
	}

	@Test
	void aListOfMessagesStartedWithATokenFailsIfTheServerNumbersPages() {
		this.numberedMessages = true;
		create(30);
		ListCourierMessages query = ListCourierMessages.builder()
			.pageToken("page_token=eyJvZmZzZXQiOiIzIiwidiI6Mn0")
			.build();
		assertThatExceptionOfType(KratosUnreadableResponseException.class)
			.isThrownBy(() -> this.admin.courier().listCourierMessages(query))
			.withMessageEndingWith(
					"the pages are numbered now, but this list was started with a token: start it again");
	}

	@ParameterizedTest
	@CsvSource({ "2, 2", "1000, 1000", ", 250" })
	void aFullPageOfSessionsWithoutALinkIsUnreadable(Integer pageSize, int items) {
		create(items);
		this.server.respond(page(0, items));
		assertThatExceptionOfType(KratosUnreadableResponseException.class)
			.isThrownBy(() -> ((SessionOperations) this.admin.sessions()).listSessions(pageSize, null, null, null))
			.withMessage("listSessions got a response with status 200 that cannot be read: the page is full, "
					+ "but the Link header, which indicates whether there is another one, is missing");
	}

	@ParameterizedTest
	@CsvSource({ "2, 2", "1000, 500", ", 10" })
	void aFullPageOfMessagesWithoutALinkIsUnreadable(Integer pageSize, int items) {
		create(items);
		this.server.respond(page(0, items));
		assertThatExceptionOfType(KratosUnreadableResponseException.class)
			.isThrownBy(() -> ((CourierOperations) this.admin.courier()).listCourierMessages(null, pageSize, null, null,
					null, null))
			.withMessageContaining("the Link header");
	}

	@Test
	void aPageThatIsNotFullNeedsNoLink() {
		create(1);
		this.server.respond(page(0, 1), page(0, 1));
		assertThat(((SessionOperations) this.admin.sessions()).listSessions(2, null, null, null).nextPageToken())
			.isNull();
		assertThat(((CourierOperations) this.admin.courier()).listCourierMessages(null, 2, null, null, null, null)
			.nextPageToken()).isNull();
	}

	@Test
	void aTokenThatLeadsToTheSamePageIsUnreadable() {
		this.server.otherwise((request) -> StubResponse.json("[{\"id\":\"a\"}]")
			.header("Link", "</sessions?page_size=1&page_token=t>; rel=\"next\""));
		Stream<Session> sessions = this.admin.sessions().streamSessions(ListSessions.builder().pageSize(1).build());
		assertThatExceptionOfType(KratosUnreadableResponseException.class).isThrownBy(sessions::toList)
			.withMessageEndingWith("the next page in the Link header is the same page again");
	}

	@Test
	void aStreamRequestsAPageWhenItReachesIt() {
		create(7);
		assertThat(this.admin.sessions()
			.streamIdentitySessions("x", ListIdentitySessions.builder().pageSize(3).build())
			.limit(4)).hasSize(4);
		assertThat(this.server.requests()).hasSize(2);
	}

	@Test
	void aFailureOfALaterPageFailsTheTerminalOperation() {
		create(7);
		this.server.respond(page(0, 3), StubResponse.json(500, "{\"error\":{\"message\":\"down\"}}"));
		Stream<Session> sessions = this.admin.sessions()
			.streamIdentitySessions("x", ListIdentitySessions.builder().pageSize(3).build());
		assertThatExceptionOfType(KratosServerException.class).isThrownBy(sessions::toList)
			.extracting(KratosException::getOperation)
			.isEqualTo("listIdentitySessions");
	}

	private void create(int number) {
		this.ids.clear();
		IntStream.range(0, number).mapToObj(Integer::toString).forEach(this.ids::add);
	}

	/**
	 * The content of the links of numbered pages.
	 */
	enum Links {

		/** No links, as for an identity's sessions up to 0.10. */
		NONE,

		/** Numbers, as in 1.0. */
		OF_1_0,

		/** Numbers and tokens, as since 1.3. */
		OF_26

	}

}
