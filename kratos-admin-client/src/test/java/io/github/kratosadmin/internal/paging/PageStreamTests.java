package io.github.kratosadmin.internal.paging;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.kratosadmin.error.KratosUnreadableResponseException;
import io.github.kratosadmin.paging.Page;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNoException;

class PageStreamTests {

	private final List<String> requested = new ArrayList<>();

	private final Map<String, Page<Integer>> pages = Map.of("first", page("2", 1, 2), "2", page("3", 3), "3", page("4"),
			"4", page(null, 4, 5));

	@Test
	void theItemsOfAllPagesAreStreamedOnceAndInOrder() {
		assertThat(stream(null)).containsExactly(1, 2, 3, 4, 5);
		assertThat(this.requested).containsExactly(null, "2", "3", "4");
	}

	@Test
	void nothingIsRequestedBeforeTheStreamIsUsed() {
		stream(null).map((item) -> item + 1);
		assertThat(this.requested).isEmpty();
	}

	@Test
	void aPageIsRequestedWhenItsFirstItemIsRead() {
		Iterator<Integer> items = stream(null).iterator();
		items.next();
		items.next();
		assertThat(this.requested).hasSize(1);
		items.next();
		assertThat(this.requested).hasSize(2);
	}

	@Test
	void aStreamThatIsLeftEarlyRequestsNoMorePages() {
		assertThat(stream(null).anyMatch((item) -> item == 2)).isTrue();
		assertThat(this.requested).hasSize(1);
	}

	@Test
	void aStreamThatIsClosedRequestsNoMorePages() {
		Stream<Integer> stream = stream(null);
		Iterator<Integer> items = stream.iterator();
		items.next();
		stream.close();
		List<Integer> rest = new ArrayList<>();
		items.forEachRemaining(rest::add);
		// An iterator may have fetched one item ahead.
		assertThat(rest).hasSizeLessThan(2);
		assertThat(this.requested).hasSize(1);
	}

	@Test
	void aStreamMayStartAtALaterPage() {
		assertThat(stream("3")).containsExactly(4, 5);
		assertThat(this.requested).containsExactly("3", "4");
	}

	@ParameterizedTest
	@CsvSource({ "0, 1", "0, 2", "1, 1", "5, 3", "2, 7", "17, 40" })
	void pagesInACircleAreAFailure(int before, int circle) {
		List<Integer> seen = new ArrayList<>();
		Stream<Integer> stream = PageStream.of("listIdentities", (token) -> {
			int page = (token != null) ? Integer.parseInt(token) : 0;
			return page(String.valueOf((page < before + circle - 1) ? page + 1 : before), page);
		}, null);
		assertThatExceptionOfType(KratosUnreadableResponseException.class).isThrownBy(() -> stream.forEach(seen::add))
			.withMessageStartingWith("listIdentities got a response with status 200 that cannot be read: the pages form"
					+ " a circle: after ");
		assertThat(seen).hasSizeBetween(before + circle - 1, 3 * (before + circle));
	}

	@Test
	void aStreamOfAnEmptyListIsEmpty() {
		assertThat(PageStream.of("listIdentities", (token) -> page(null), null)).isEmpty();
	}

	@Test
	void theTerminalOperationThrowsTheFailure() {
		List<Integer> seen = new ArrayList<>();
		Stream<Integer> stream = PageStream.<Integer>of("listIdentities", (token) -> {
			if (token != null) {
				throw new IllegalStateException("page " + token);
			}
			return page("2", 1);
		}, null).peek(seen::add);
		assertThatIllegalStateException().isThrownBy(stream::toList).withMessage("page 2");
		assertThat(seen).containsExactly(1);
	}

	@Test
	void aStreamThatIsNotUsedCanBeClosed() {
		assertThatNoException().isThrownBy(() -> stream(null).close());
		assertThat(this.requested).isEmpty();
	}

	@Test
	void aParallelStreamHasTheSameItems() {
		assertThat(stream(null).parallel().toList()).containsExactly(1, 2, 3, 4, 5);
	}

	@Test
	void thePageKeepsItsOwnItems() {
		List<Integer> items = new ArrayList<>(List.of(1));
		Page<Integer> page = new Page<>(items, null, 1L);
		items.add(2);
		assertThat(page.items()).containsExactly(1).isUnmodifiable();
	}

	private Stream<Integer> stream(String firstPageToken) {
		return PageStream.of("listIdentities", this::fetch, firstPageToken);
	}

	private Page<Integer> fetch(String pageToken) {
		this.requested.add(pageToken);
		return this.pages.get((pageToken != null) ? pageToken : "first");
	}

	private static Page<Integer> page(String next, Integer... items) {
		return new Page<>(Arrays.asList(items), next, null);
	}

}
