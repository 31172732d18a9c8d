package io.github.kratosadmin.internal.response;

import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;

import io.github.kratosadmin.courier.CourierMessageStatus;
import io.github.kratosadmin.courier.ListCourierMessages;
import io.github.kratosadmin.schema.ListIdentitySchemas;
import io.github.kratosadmin.session.ListIdentitySessions;
import io.github.kratosadmin.session.ListSessions;
import io.github.kratosadmin.session.SessionExpand;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Tests for the queries of lists other than identities.
 */
class ListQueriesTests {

	private static final Named<BiFunction<Integer, String, Object>> SESSIONS = Named.of("sessions",
			(size, token) -> ListSessions.builder().pageSize(size).pageToken(token).build());

	private static final Named<BiFunction<Integer, String, Object>> IDENTITY_SESSIONS = Named.of("identity sessions",
			(size, token) -> ListIdentitySessions.builder().pageSize(size).pageToken(token).build());

	private static final Named<BiFunction<Integer, String, Object>> SCHEMAS = Named.of("schemas",
			(size, token) -> ListIdentitySchemas.builder().pageSize(size).pageToken(token).build());

	private static final Named<BiFunction<Integer, String, Object>> MESSAGES = Named.of("messages",
			(size, token) -> ListCourierMessages.builder().pageSize(size).pageToken(token).build());

	static final List<Named<BiFunction<Integer, String, Object>>> QUERIES = List.of(SESSIONS, IDENTITY_SESSIONS,
			SCHEMAS, MESSAGES);

	@Test
	void byDefaultAQueryListsEverythingFromTheFirstPage() {
		assertThat(ListSessions.builder().build()).isEqualTo(new ListSessions(250, null, null, List.of()));
		assertThat(ListIdentitySessions.builder().build()).isEqualTo(new ListIdentitySessions(1000, null, null));
		assertThat(ListIdentitySchemas.builder().build()).isEqualTo(new ListIdentitySchemas(250, null));
		assertThat(ListCourierMessages.builder().build()).isEqualTo(new ListCourierMessages(250, null, null, null));
	}

	@Test
	void valuesAreKept() {
		assertThat(ListSessions.builder()
			.pageSize(1)
			.pageToken("page_token=t")
			.active(true)
			.expand(SessionExpand.IDENTITY, SessionExpand.DEVICES)
			.build()).isEqualTo(
					new ListSessions(1, "page_token=t", true, List.of(SessionExpand.IDENTITY, SessionExpand.DEVICES)));
		assertThat(ListIdentitySessions.builder().pageSize(2).pageToken("page=3").active(false).build())
			.isEqualTo(new ListIdentitySessions(2, "page=3", false));
		assertThat(ListIdentitySchemas.builder().pageSize(2).pageToken("page=1").build())
			.isEqualTo(new ListIdentitySchemas(2, "page=1"));
		assertThat(ListCourierMessages.builder()
			.pageSize(2)
			.pageToken("page_token=t")
			.status(CourierMessageStatus.ABANDONED)
			.recipient("a@b.test")
			.build()).isEqualTo(new ListCourierMessages(2, "page_token=t", CourierMessageStatus.ABANDONED, "a@b.test"));
	}

	@ParameterizedTest
	@FieldSource("QUERIES")
	void aPageSizeIsFrom1To1000(BiFunction<Integer, String, Object> query) {
		assertThat(Stream.of(1, 2, 500, 1000).map((size) -> query.apply(size, null))).doesNotContainNull();
	}

	@ParameterizedTest
	@FieldSource("QUERIES")
	void anyOtherPageSizeIsRejected(BiFunction<Integer, String, Object> query) {
		for (int size : List.of(Integer.MIN_VALUE, -1, 0, 1001, Integer.MAX_VALUE)) {
			assertThatIllegalArgumentException().isThrownBy(() -> query.apply(size, null))
				.withMessage("A page size must be 1 to 1000, but was " + size);
		}
	}

	@ParameterizedTest
	@FieldSource("QUERIES")
	void anInvalidPageTokenIsRejected(BiFunction<Integer, String, Object> query) {
		assertThatIllegalArgumentException().isThrownBy(() -> query.apply(1, "2"))
			.withMessage("A page token must be the nextPageToken of a page, or null for the first page, but was '2'");
	}

	static Stream<Arguments> tokensOfOtherLists() {
		String position = "first=1&seen=3&after=x";
		return Stream.of(arguments(SESSIONS, "page=1"), arguments(SESSIONS, position),
				arguments(IDENTITY_SESSIONS, "page_token=t"), arguments(IDENTITY_SESSIONS, position),
				arguments(SCHEMAS, "page_token=t"), arguments(SCHEMAS, position), arguments(MESSAGES, position));
	}

	@ParameterizedTest
	@MethodSource("tokensOfOtherLists")
	void aPageTokenOfAnotherKindOfListIsRejected(BiFunction<Integer, String, Object> query, String token) {
		assertThatIllegalArgumentException().isThrownBy(() -> query.apply(1, token))
			.withMessage("A page token must be the nextPageToken of a page of the same list, but was '" + token + "'");
	}

}
