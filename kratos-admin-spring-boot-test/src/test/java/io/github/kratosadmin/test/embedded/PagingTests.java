package io.github.kratosadmin.test.embedded;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the pages of lists in every era.
 */
class PagingTests {

	private static final Pattern NEXT = Pattern.compile("<([^>]+)>; rel=\"next\"");

	private EmbeddedKratos kratos;

	private AdminClient client;

	/**
	 * The ids of seven identities, in ascending order.
	 */
	private List<String> ids;

	private void start(KratosEra era) {
		this.kratos = EmbeddedKratos.builder().era(era).start();
		this.client = new AdminClient(this.kratos.adminUrl());
		this.ids = IntStream.range(0, 7).mapToObj((i) -> create("user" + i + "@example.test")).sorted().toList();
	}

	private String create(String email) {
		return this.client.post(path(""), "{\"traits\":{\"email\":\"" + email + "\"}}").at("/id").asString();
	}

	private String path(String query) {
		return AdminClient.prefix(this.kratos.era()) + "/identities" + query;
	}

	@AfterEach
	void close() {
		if (this.kratos != null) {
			this.kratos.close();
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "V0_6", "V0_7", "V0_10" })
	void pagesCountFromOneAndIdsDescendBeforeV1_0(KratosEra era) {
		start(era);
		List<String> listed = new ArrayList<>();
		for (int page = 1; page <= 4; page++) {
			listed.addAll(list("?per_page=3&page=" + page));
		}
		assertThat(listed).isEqualTo(descending(this.ids));
		assertThat(list("?per_page=3&page=0")).isEqualTo(list("?per_page=3&page=1"));
	}

	@ParameterizedTest
	@EnumSource(names = { "V0_6", "V0_7", "V0_10" })
	void linksReturnFirstPageTwiceAndNeverTheLastBeforeV1_0(KratosEra era) {
		start(era);
		AdminClient.Response first = this.client.get(path("?per_page=3"));
		String next = next(first).replace("/identities", path(""));
		AdminClient.Response second = this.client.get(next);
		assertThat(second.json()).isEqualTo(first.json());
		assertThat(this.client.get(next(second).replace("/identities", path(""))).header("Link").orElseThrow())
			.doesNotContain("next");
	}

	@ParameterizedTest
	@EnumSource(names = { "V1_0", "V1_3", "V26", "NEXT" })
	void pagesCountFromZeroSinceV1_0(KratosEra era) {
		start(era);
		List<String> listed = new ArrayList<>();
		for (int page = 0; page <= 3; page++) {
			listed.addAll(list("?per_page=3&page=" + page));
		}
		assertThat(listed).isEqualTo((era == KratosEra.V1_0) ? descending(this.ids) : this.ids);
	}

	@ParameterizedTest
	@EnumSource(names = { "V1_0", "V1_3", "V26", "NEXT" })
	void linksReturnEveryIdentityOnceSinceV1_0(KratosEra era) {
		start(era);
		List<String> listed = new ArrayList<>(list("?page_size=3"));
		String next = next(this.client.get(path("?page_size=3")));
		while (next != null) {
			String query = next.substring(next.indexOf('?'));
			listed.addAll(list(query));
			next = next(this.client.get(path(query)));
		}
		assertThat(listed).isEqualTo((era == KratosEra.V1_0) ? descending(this.ids) : this.ids);
	}

	@ParameterizedTest
	@CsvSource({ "V0_6, false, false", "V0_7, false, false", "V0_10, true, true", "V1_0, true, true",
			"V1_3, true, false", "V26, true, false" })
	void returnsTotalOfNumberedPagesSinceV0_10(KratosEra era, boolean byNumber, boolean byDefault) {
		start(era);
		assertThat(this.client.get(path("?page=1")).header("X-Total-Count").isPresent()).isEqualTo(byNumber);
		assertThat(this.client.get(path("")).header("X-Total-Count").isPresent()).isEqualTo(byDefault);
	}

	@ParameterizedTest
	@EnumSource(names = { "V1_3", "V26", "NEXT" })
	void numberedPagesEndAfterThousandIdentitiesSinceV1_3(KratosEra era) {
		start(era);
		assertThat(this.client.get(path("?per_page=500&page=2")).status()).isEqualTo(200);
		AdminClient.Response response = this.client.get(path("?per_page=500&page=3"));
		assertThat(response.status()).isEqualTo(400);
		assertThat(response.at("/error/reason").asString()).startsWith("Legacy pagination is not supported");
		assertThat(this.client.get(path("?per_page=10000&page=3")).status()).isEqualTo(400);
	}

	@ParameterizedTest
	@EnumSource(names = { "V1_3", "V26", "NEXT" })
	void pageSizeTakesPrecedenceOverPageSinceV1_3(KratosEra era) {
		start(era);
		assertThat(list("?page_size=2&page=1")).isEqualTo(this.ids.subList(0, 2));
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = { "V1_0", "V1_3", "V26", "NEXT" })
	void ignoresPageSizeBeforeV1_0(KratosEra era) {
		start(era);
		assertThat(list("?page_size=2")).hasSize(7);
	}

	@ParameterizedTest
	@CsvSource({ "V1_3, ?page_size=100000, page_size=100000", "V26, ?page_size=100000, page_size=500",
			"V26, ?per_page=0, page_size=250", "V26, ?page_size=, page_size=250", "V26, '', page_size=250" })
	void limitsPageSize(KratosEra era, String query, String size) {
		start(era);
		assertThat(this.client.get(path(query)).header("Link").orElseThrow()).contains("?" + size + "&");
	}

	@ParameterizedTest
	@CsvSource({ "V1_0, 1, 1", "V1_3, 0, 0", "V26, 0, 0" })
	void filterByIdentifierHasSinglePage(KratosEra era, int listed, String total) {
		start(era);
		AdminClient.Response response = this.client
			.get(path("?credentials_identifier=user1@example.test&per_page=1&page=1"));
		assertThat(response.json()).hasSize(listed);
		assertThat(response.header("X-Total-Count")).contains(total);
	}

	@ParameterizedTest
	@CsvSource({ "V0_10, false", "V1_0, true", "V26, true" })
	void onlyPageCanBeFullSinceV1_0(KratosEra era, boolean only) {
		start(era);
		String link = this.client.get(path("?per_page=7&page=0")).header("Link").orElseThrow();
		assertThat(link.contains("rel=\"prev\"")).isEqualTo(!only);
		assertThat(link).contains("rel=\"first\"").doesNotContain("rel=\"next\"");
	}

	private List<String> list(String query) {
		List<String> listed = new ArrayList<>();
		for (JsonNode identity : this.client.get(path(query)).json()) {
			listed.add(identity.path("id").asString());
		}
		return listed;
	}

	private static String next(AdminClient.Response response) {
		Matcher next = NEXT.matcher(response.header("Link").orElseThrow());
		return next.find() ? next.group(1) : null;
	}

	private static List<String> descending(List<String> ids) {
		return ids.stream().sorted(Comparator.reverseOrder()).toList();
	}

}
