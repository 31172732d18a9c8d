package io.github.kratosadmin.internal.paging;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class PageTokenTests {

	@Test
	void theFirstPageHasNoToken() {
		assertThat(PageToken.parse(null)).isEqualTo(PageToken.FIRST).isEqualTo(new PageToken(null, null, null));
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 999_999_999 })
	void aTokenMayBeANumber(int page) {
		PageToken token = PageToken.ofPage(page);
		assertThat(PageToken.parse("page=" + page)).isEqualTo(token).hasToString("page=" + page);
	}

	@ParameterizedTest
	@ValueSource(strings = { "00000000-0000-0000-0000-000000000000", "page=2", "a b&c=d/é€😀", "a\nb" })
	void aTokenMayBeThatOfTheServer(String serverToken) {
		PageToken token = PageToken.ofServer(serverToken);
		assertThat(PageToken.parse("page_token=" + serverToken)).isEqualTo(token)
			.hasToString("page_token=" + serverToken);
	}

	@ParameterizedTest
	@CsvSource({ "0, 1, 8cf9e5a6-19cb-4fe4-8a7b-7d4f5f1e0b4a", "1, 999999999, a&seen=1&after=b" })
	void aTokenMayBeAPosition(int firstPage, int seen, String lastId) {
		PageToken token = PageToken.ofPosition(new ListPosition(firstPage, seen, lastId));
		String text = "first=" + firstPage + "&seen=" + seen + "&after=" + lastId;
		assertThat(PageToken.parse(text)).isEqualTo(token).hasToString(text);
	}

	@ParameterizedTest
	@ValueSource(strings = { "first=2&seen=1&after=a", "first=0&seen=-1&after=a", "first=0&seen=1&after=",
			"first=0&seen=0&after=a", "", " ", "2", "page=", "page=-1", "page=1000000000", "page=x", "page=1&page=2",
			"Page=1", "page_token=", "page_token= ", " page=1", "00000000-0000-0000-0000-000000000000" })
	void otherTextsAreRejected(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> PageToken.parse(text))
			.withMessage("A page token must be the nextPageToken of a page, or null for the first page, but was '"
					+ text + "'");
	}

}
