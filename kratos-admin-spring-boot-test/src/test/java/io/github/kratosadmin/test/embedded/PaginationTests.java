package io.github.kratosadmin.test.embedded;

import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Pagination}.
 */
class PaginationTests {

	@Test
	void pagesListEveryIdentityOnceById() {
		try (EmbeddedKratos kratos = EmbeddedKratos.start()) {
			AdminClient client = new AdminClient(kratos.adminUrl());
			List<String> created = IntStream.range(0, 7)
				.mapToObj((i) -> client.createIdentity("user" + i + "@example.test"))
				.sorted(Comparator.reverseOrder())
				.toList();
			List<String> listed = new ArrayList<>();
			for (int page = 1; page <= 4; page++) {
				for (JsonNode identity : client.get("/identities?per_page=3&page=" + page).json()) {
					listed.add(identity.path("id").asString());
				}
			}
			assertThat(listed).isEqualTo(created);
		}
	}

	@Test
	void followingTheLinksRepeatsTheFirstPage() {
		try (EmbeddedKratos kratos = EmbeddedKratos.start()) {
			AdminClient client = new AdminClient(kratos.adminUrl());
			IntStream.range(0, 7).forEach((i) -> client.createIdentity("user" + i + "@example.test"));
			AdminClient.Answer first = client.get("/identities?per_page=3");
			String next = first.header("Link").orElseThrow().replaceAll(".*<([^>]+)>; rel=\"next\".*", "$1");
			assertThat(client.get(next).json()).isEqualTo(first.json());
		}
	}

	@ParameterizedTest
	@CsvSource({ "'', 0, 250", "page=2&per_page=10, 2, 10", "per_page=1001, 0, 1000", "per_page=0, 0, 1",
			"page=-5&per_page=-5, 0, 1", "page=x&per_page=9999999999999999999, 0, 250", "page=%31&page=2, 1, 250",
			"page=%zz, 0, 250" })
	void clampsWhatItIsAskedFor(String query, long page, int perPage) {
		assertThat(Pagination.of(request(query))).isEqualTo(new Pagination(page, perPage));
	}

	@ParameterizedTest
	@CsvSource({ "0, 0", "1, 0", "2, 10", "3, 20", "9223372036854775807, 9223372036854775807" })
	void pageZeroIsPageOne(long page, long offset) {
		assertThat(new Pagination(page, 10).offset()).isEqualTo(offset);
	}

	private static AdminRequest request(String query) {
		// The constructors of URI refuse what a client may nevertheless send.
		String valid = query.replace("%zz", "%25zz");
		return new AdminRequest("GET", URI.create("/identities?" + valid), null, null, new byte[0]);
	}

}
