package io.github.kratosadmin.identity;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ListIdentitiesTests {

	private static final String ID = "cf66b8df-d5d0-4e77-b71d-0ce06b9b811a";

	@Test
	void theDefaultIsTheFirstPageOf250() {
		assertThat(ListIdentities.builder().build())
			.isEqualTo(new ListIdentities(250, null, null, List.of(), null, null, List.of(), null, null));
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

	@Test
	void anIdToStartAfterIsKeptAsKratosWritesIt() {
		assertThat(ListIdentities.builder().startAfter("{CF66B8DF-D5D0-4E77-B71D-0CE06B9B811A}").build().startAfter())
			.isEqualTo("cf66b8df-d5d0-4e77-b71d-0ce06b9b811a");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "ann@example.org", "page_token=cf66b8df-d5d0-4e77-b71d-0ce06b9b811a",
			"cf66b8df-d5d0-4e77-b71d-0ce06b9b811", "cf66b8df-d5d0-4e77-b71d-0ce06b9b811a " })
	void startingAfterAnythingButAUuidIsRejected(String id) {
		ListIdentities.Builder builder = ListIdentities.builder().startAfter(id);
		assertThatIllegalArgumentException().isThrownBy(builder::build)
			.withMessage("startAfter must be the id of an identity, a UUID");
	}

	@Test
	void startingAfterAnIdAndAtAPageIsRejected() {
		ListIdentities.Builder builder = ListIdentities.builder().startAfter(ID).pageToken("page_token=" + ID);
		assertThatIllegalArgumentException().isThrownBy(builder::build)
			.withMessageStartingWith("Set either startAfter or the page token, not both");
	}

	@Test
	void theNextPageContinuesAtItsToken() {
		ListIdentities query = ListIdentities.builder().startAfter(ID).build();
		assertThat(query.at(null)).isEqualTo(query);
		assertThat(query.at("page_token=" + ID))
			.isEqualTo(ListIdentities.builder().pageToken("page_token=" + ID).build());
	}

}
