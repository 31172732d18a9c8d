package io.github.kratosadmin.internal.imports;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.kratosadmin.identity.BatchPatchIdentities;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.identity.IdentityState;
import io.github.kratosadmin.identity.ImportCredentials;
import io.github.kratosadmin.identity.RecoveryAddress;
import io.github.kratosadmin.identity.VerifiableAddress;
import io.github.kratosadmin.internal.json.KratosJson;
import io.github.kratosadmin.testing.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.JsonNodeFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class BatchJsonTests {

	private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

	static Stream<CreateIdentity> identities() {
		return Stream.of(CreateIdentity.builder().traits(Map.of()).build(),
				CreateIdentity.builder().schemaId("default").traits(Map.of("email", "a@a.test")).build(),
				CreateIdentity.builder().traits(Map.of("name", "Åd\u0001\u2028\uD83D\uDE00\"\\</script>")).build(),
				CreateIdentity.builder().traits(NODES.nullNode()).build(),
				CreateIdentity.builder()
					.traits(NODES.objectNode()
						.putNull("none")
						.put("price", new BigDecimal("1.50"))
						.put("big", 1L << 60))
					.metadataPublic(List.of(1, "two"))
					.metadataAdmin(Map.of("note", "x".repeat(20_000)))
					.state(IdentityState.INACTIVE)
					.credentials(ImportCredentials.builder().password("secret").oidc("google", "1").build())
					.verifiableAddress(VerifiableAddress.email("a@a.test", true))
					.recoveryAddress(RecoveryAddress.email("a@a.test"))
					.externalId("external")
					.organizationId("00000000-0000-0000-0000-000000000001")
					.build(),
				(CreateIdentity) Samples.of(CreateIdentity.class));
	}

	private static List<ImportRow> rows(Stream<CreateIdentity> identities) {
		List<ImportRow> rows = new ArrayList<>();
		try (RowWriter writer = new RowWriter()) {
			identities
				.forEach((identity) -> rows.add(new ImportRow(-1, rows.size(), identity, writer.write(identity))));
		}
		return rows;
	}

	private static String text(byte[] json) {
		return new String(json, StandardCharsets.UTF_8);
	}

	private static String written(List<ImportRow> rows) {
		return KratosJson.mapper()
			.writeValueAsString(new BatchPatchIdentities(rows.stream().map(ImportRow::patch).toList()));
	}

	@ParameterizedTest
	@MethodSource("identities")
	void aRowHasTheJsonThatASingleCreateHas(CreateIdentity identity) {
		assertThat(text(rows(Stream.of(identity)).get(0).json()))
			.isEqualTo(KratosJson.mapper().writeValueAsString(identity));
	}

	@ParameterizedTest
	@MethodSource("identities")
	void aBatchOfOneRowHasTheJsonThatTheMapperWrites(CreateIdentity identity) {
		List<ImportRow> rows = rows(Stream.of(identity));
		assertThat(text(BatchJson.of(rows))).isEqualTo(written(rows));
	}

	@Test
	void aBatchHasTheJsonThatTheMapperWrites() {
		List<ImportRow> rows = rows(identities());
		assertThat(text(BatchJson.of(rows))).isEqualTo(written(rows));
		assertThat(text(BatchJson.of(rows.subList(1, 3)))).isEqualTo(written(rows.subList(1, 3)));
	}

	@Test
	void theLengthsOfTheRowsAddUpToThatOfTheBatch() {
		List<ImportRow> rows = rows(identities());
		int length = BatchJson.length() + rows.stream().mapToInt(BatchJson::length).sum();
		// The last row has no comma.
		assertThat(BatchJson.of(rows)).hasSize(length - 1);
	}

	@Test
	void aRowThatCannotBeWrittenFailsAtOnce() {
		CreateIdentity identity = CreateIdentity.builder().traits(NODES.objectNode().putPOJO("bad", new Object() {

			public String getBad() {
				throw new IllegalStateException("not written");
			}

		})).build();
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> rows(Stream.of(identity)))
			.withMessageContaining("not written");
	}

}
