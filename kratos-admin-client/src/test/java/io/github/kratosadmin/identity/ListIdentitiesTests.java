package io.github.kratosadmin.identity;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ListIdentitiesTests {

	@Test
	void theDefaultIsTheFirstPageOf250() {
		assertThat(ListIdentities.builder().build())
			.isEqualTo(new ListIdentities(250, null, List.of(), null, null, List.of(), null, null));
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 500, 1000 })
	void aPageSizeIsFrom1To1000(int pageSize) {
		assertThat(ListIdentities.builder().pageSize(pageSize).build().pageSize()).isEqualTo(pageSize);
	}

	@ParameterizedTest
	@ValueSource(ints = { Integer.MIN_VALUE, -1, 0, 1001, Integer.MAX_VALUE })
	void anotherPageSizeIsRejected(int pageSize) {
		ListIdentities.Builder builder = ListIdentities.builder().pageSize(pageSize);
		assertThatIllegalArgumentException().isThrownBy(builder::build)
			.withMessage("A page size must be 1 to 1000, but was " + pageSize);
	}

	@Test
	void aPageTokenComesFromAPage() {
		assertThat(ListIdentities.builder().pageToken("page=2").build().pageToken()).isEqualTo("page=2");
	}

	@Test
	void anotherPageTokenIsRejected() {
		ListIdentities.Builder builder = ListIdentities.builder().pageToken("2");
		assertThatIllegalArgumentException().isThrownBy(builder::build)
			.withMessage("A page token must be the nextPageToken of a page, or null for the first page, but was '2'");
	}

}
