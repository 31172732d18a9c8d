package io.github.kratosadmin.test.embedded.internal.paging;

import io.github.kratosadmin.test.embedded.internal.http.Query;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Pagination}.
 */
class PaginationTests {

	@ParameterizedTest
	@CsvSource({ "'', 0, 250", "page=2&per_page=10, 2, 10", "per_page=1001, 0, 1000", "per_page=0, 0, 1",
			"page=-5&per_page=-5, 0, 1", "page=x&per_page=9999999999999999999, 0, 250", "page=%31&page=2, 1, 250",
			"page=%zz, 0, 250" })
	void limitsRequestedPageAndSize(String query, long page, int perPage) {
		assertThat(Pagination.of(Query.parse(query), 1000)).isEqualTo(new Pagination(page, perPage));
	}

	@ParameterizedTest
	@CsvSource({ "0, 0", "1, 10", "2, 20", "9223372036854775807, 9223372036854775807" })
	void calculatesOffset(long page, long offset) {
		assertThat(new Pagination(page, 10).offset()).isEqualTo(offset);
	}

}
