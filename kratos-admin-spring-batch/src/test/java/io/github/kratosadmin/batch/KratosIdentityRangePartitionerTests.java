package io.github.kratosadmin.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.error.KratosBadRequestException;
import io.github.kratosadmin.error.KratosError;
import io.github.kratosadmin.error.KratosException;
import io.github.kratosadmin.error.KratosServerException;
import io.github.kratosadmin.error.KratosUnreadableResponseException;
import io.github.kratosadmin.error.KratosUnsupportedException;
import io.github.kratosadmin.identity.Identity;
import io.github.kratosadmin.identity.ListIdentities;
import io.github.kratosadmin.json.ResponseJson;
import io.github.kratosadmin.paging.Page;
import io.github.kratosadmin.test.embedded.EmbeddedKratos;
import io.github.kratosadmin.test.embedded.KratosEra;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static io.github.kratosadmin.batch.ReaderFixture.client;
import static io.github.kratosadmin.batch.ReaderFixture.createIdentities;
import static io.github.kratosadmin.batch.ReaderFixture.readAll;
import static io.github.kratosadmin.batch.ReaderFixture.start;
import static io.github.kratosadmin.batch.ReaderFixture.stored;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.RETURNS_DEEP_STUBS;
import static org.mockito.Mockito.mock;

class KratosIdentityRangePartitionerTests {

	private static final int COUNT = 60;

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 4, 7, 16, 1000, 65536 })
	void theRangesHaveAllIdsWithoutAGapOrAnOverlap(int count) {
		List<IdRange> ranges = IdRange.split(count);
		assertThat(ranges).hasSize(count);
		assertThat(ranges.get(0).after()).isEqualTo("00000000-0000-0000-0000-000000000000");
		assertThat(ranges.get(count - 1).through()).isEqualTo("ffffffff-ffff-ffff-ffff-ffffffffffff");
		assertThat(ranges).allMatch((range) -> range.after().compareTo(range.through()) < 0);
		assertThat(ranges.stream().skip(1).map(IdRange::after).toList())
			.isEqualTo(ranges.stream().limit(count - 1).map(IdRange::through).toList());
	}

	@Test
	void theRangesHaveTheSameSize() {
		assertThat(IdRange.split(4)).extracting(IdRange::through)
			.containsExactly("3fffffff-ffff-ffff-ffff-ffffffffffff", "7fffffff-ffff-ffff-ffff-ffffffffffff",
					"bfffffff-ffff-ffff-ffff-ffffffffffff", "ffffffff-ffff-ffff-ffff-ffffffffffff");
	}

	@Test
	void aPartitionHasItsRange() {
		try (EmbeddedKratos kratos = EmbeddedKratos.start(); KratosAdmin admin = client(kratos)) {
			Map<String, ExecutionContext> partitions = KratosIdentityRangePartitioner.craftingPageTokens(admin)
				.partition(2);
			assertThat(partitions).containsOnlyKeys("range0of2", "range1of2");
			assertThat(partitions.get("range1of2").toMap())
				.isEqualTo(Map.of("kratos.identity.range.after", "7fffffff-ffff-ffff-ffff-ffffffffffff",
						"kratos.identity.range.through", "ffffffff-ffff-ffff-ffff-ffffffffffff"));
		}
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = { "V0_6", "V0_7", "V0_10", "V1_0" })
	void theReadersOfAllPartitionsReadEachIdentityOnce(KratosEra era) {
		try (EmbeddedKratos kratos = start(era); KratosAdmin admin = client(kratos)) {
			List<String> ids = createIdentities(admin, COUNT);
			for (int gridSize : new int[] { 1, 2, 4, 16 }) {
				for (int pageSize : new int[] { 5, 250 }) {
					List<String> read = new ArrayList<>();
					KratosIdentityRangePartitioner.craftingPageTokens(admin)
						.partition(gridSize)
						.values()
						.forEach((partition) -> read.addAll(read(admin, partition, pageSize)));
					assertThat(read).as("%s ranges, pages of %s", gridSize, pageSize)
						.containsExactlyInAnyOrderElementsOf(ids);
				}
			}
		}
	}

	@Test
	void aPartitionIsRestartedAfterEachIdentity() {
		try (EmbeddedKratos kratos = start(KratosEra.V26); KratosAdmin admin = client(kratos)) {
			createIdentities(admin, COUNT);
			ExecutionContext partition = KratosIdentityRangePartitioner.craftingPageTokens(admin)
				.partition(2)
				.get("range1of2");
			List<String> ids = read(admin, new ExecutionContext(partition), 4);
			assertThat(ids).hasSizeGreaterThan(8);
			for (int committed = 0; committed <= ids.size(); committed++) {
				ExecutionContext context = new ExecutionContext(partition);
				ReaderFixture.read(reader(admin, 4), context, committed);
				assertThat(read(admin, stored(context), 4)).isEqualTo(ids.subList(committed, ids.size()));
			}
		}
	}

	@Test
	void noPageAfterTheRangeIsRequested() {
		try (EmbeddedKratos kratos = start(KratosEra.V26); KratosAdmin admin = client(kratos)) {
			List<String> ids = createIdentities(admin, COUNT);
			ExecutionContext partition = KratosIdentityRangePartitioner.craftingPageTokens(admin)
				.partition(2)
				.get("range0of2");
			long inRange = ids.stream().filter((id) -> id.compareTo("8") < 0).count();
			int requests = kratos.requests().size();
			assertThat(read(admin, partition, 5)).hasSize((int) inRange);
			assertThat(kratos.requests().size() - requests).isEqualTo((int) (inRange / 5) + 1);
		}
	}

	@Test
	void theFiltersOfTheQueryApplyToARange() {
		try (EmbeddedKratos kratos = start(KratosEra.V26); KratosAdmin admin = client(kratos)) {
			List<String> ids = createIdentities(admin, COUNT).subList(0, 9);
			List<String> read = new ArrayList<>();
			KratosIdentityRangePartitioner.craftingPageTokens(admin).partition(4).values().forEach((partition) -> {
				KratosIdentityItemReader reader = new KratosIdentityItemReaderBuilder().name("people")
					.kratosAdmin(admin)
					.query(ListIdentities.builder().ids(ids).pageSize(2).build())
					.build();
				read.addAll(readAll(reader, partition));
			});
			assertThat(read).containsExactlyInAnyOrderElementsOf(ids);
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "V0_6", "V0_10", "V1_0" })
	void olderServersAreRefused(KratosEra era) {
		try (EmbeddedKratos kratos = start(era); KratosAdmin admin = client(kratos)) {
			KratosIdentityRangePartitioner partitioner = KratosIdentityRangePartitioner.craftingPageTokens(admin);
			assertThatIllegalStateException().isThrownBy(() -> partitioner.partition(4))
				.withMessageContaining("orOneRange()")
				.withCauseInstanceOf(KratosUnsupportedException.class);
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "V0_6", "V0_10", "V1_0" })
	@ExtendWith(OutputCaptureExtension.class)
	void olderServersHaveASingleRangeIfAllowed(KratosEra era, CapturedOutput output) {
		try (EmbeddedKratos kratos = start(era); KratosAdmin admin = client(kratos)) {
			List<String> ids = createIdentities(admin, COUNT);
			Map<String, ExecutionContext> partitions = KratosIdentityRangePartitioner.craftingPageTokens(admin)
				.orOneRange()
				.partition(4);
			assertThat(partitions).containsOnlyKeys("range0of1");
			assertThat(output).contains("A single partition reads all identities")
				.contains("needs Kratos 1.1 or later");
			assertThat(read(admin, partitions.get("range0of1"), 7)).containsExactlyInAnyOrderElementsOf(ids);
		}
	}

	@Test
	void aSingleRangeNeedsNoCheck() {
		try (EmbeddedKratos kratos = start(KratosEra.V0_6); KratosAdmin admin = client(kratos)) {
			assertThat(KratosIdentityRangePartitioner.craftingPageTokens(admin).partition(1))
				.containsOnlyKeys("range0of1");
			assertThat(kratos.requests()).isEmpty();
		}
	}

	@Test
	void idsThatAreNotAfterTheBoundAreRefused() {
		assertRefused("10000000-0000-0000-0000-000000000000");
	}

	@Test
	void idsThatDescendAreRefused() {
		assertRefused("f0000000-0000-0000-0000-000000000000", "e0000000-0000-0000-0000-000000000000");
	}

	private static void assertRefused(String... ids) {
		KratosIdentityRangePartitioner partitioner = KratosIdentityRangePartitioner.craftingPageTokens(clientOf(ids));
		assertThatIllegalStateException().isThrownBy(() -> partitioner.partition(2))
			.withCauseInstanceOf(KratosUnreadableResponseException.class);
		assertThat(partitioner.orOneRange().partition(2)).containsOnlyKeys("range0of1");
	}

	@Test
	void aServerThatIsDownDoesNotCountAsOneThatCannotListRanges() {
		try (EmbeddedKratos kratos = start(KratosEra.V26); KratosAdmin admin = client(kratos)) {
			kratos.failNext(10, 503);
			assertThatExceptionOfType(KratosServerException.class)
				.isThrownBy(() -> KratosIdentityRangePartitioner.craftingPageTokens(admin).orOneRange().partition(4));
		}
	}

	@ParameterizedTest
	@MethodSource
	void aGatewayDoesNotCountAsAServerThatCannotListRanges(KratosException failure) {
		KratosAdmin admin = mock(KratosAdmin.class, RETURNS_DEEP_STUBS);
		given(admin.identities().listIdentities(any(ListIdentities.class))).willThrow(failure);
		KratosIdentityRangePartitioner partitioner = KratosIdentityRangePartitioner.craftingPageTokens(admin);
		assertThatThrownBy(() -> partitioner.partition(4)).isSameAs(failure);
		assertThatThrownBy(() -> partitioner.orOneRange().partition(4)).isSameAs(failure);
	}

	static Stream<KratosException> aGatewayDoesNotCountAsAServerThatCannotListRanges() {
		return Stream.of(new KratosBadRequestException("listIdentities", 400, KratosError.NONE),
				new KratosUnreadableResponseException("listIdentities", 200, "HTML"));
	}

	@Test
	void aPageTokenThatKratosRefusesGivesASingleRangeIfAllowed() {
		try (EmbeddedKratos kratos = start(KratosEra.V26); KratosAdmin admin = client(kratos)) {
			KratosIdentityRangePartitioner partitioner = KratosIdentityRangePartitioner.craftingPageTokens(admin);
			kratos.failNext(1, 400);
			assertThatIllegalStateException().isThrownBy(() -> partitioner.partition(4))
				.withCauseInstanceOf(KratosBadRequestException.class);
			kratos.failNext(1, 400);
			assertThat(partitioner.orOneRange().partition(4)).containsOnlyKeys("range0of1");
		}
	}

	@Test
	void aReaderFailsIfTheIdsOfItsRangeAreNotAfterTheBound() {
		ExecutionContext partition = IdRange.split(2).get(1).toExecutionContext();
		KratosIdentityItemReader reader = reader(clientOf("10000000-0000-0000-0000-000000000000"), 5);
		reader.open(partition);
		assertThatExceptionOfType(KratosUnreadableResponseException.class).isThrownBy(reader::read);
	}

	@Test
	void aReaderFailsIfTheIdsOfItsRangeDescend() {
		ExecutionContext partition = IdRange.split(2).get(1).toExecutionContext();
		KratosIdentityItemReader reader = reader(
				clientOf("f0000000-0000-0000-0000-000000000000", "e0000000-0000-0000-0000-000000000000"), 5);
		reader.open(partition);
		assertThatExceptionOfType(KratosUnreadableResponseException.class).isThrownBy(reader::read);
	}

	@Test
	void aRangeNeedsBothBounds() {
		ExecutionContext partition = IdRange.split(2).get(1).toExecutionContext();
		partition.remove(KratosIdentityRangePartitioner.AFTER_KEY);
		KratosIdentityItemReader reader = reader(clientOf(), 5);
		assertThatIllegalStateException().isThrownBy(() -> reader.open(partition));
	}

	@Test
	void thereMustBeAtLeastOneRange() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> KratosIdentityRangePartitioner.craftingPageTokens(clientOf()).partition(0));
	}

	private static List<String> read(KratosAdmin admin, ExecutionContext context, int pageSize) {
		return readAll(reader(admin, pageSize), context);
	}

	private static KratosIdentityItemReader reader(KratosAdmin admin, int pageSize) {
		return new KratosIdentityItemReaderBuilder().name("people")
			.kratosAdmin(admin)
			.query(ListIdentities.builder().pageSize(pageSize).build())
			.build();
	}

	/**
	 * A client that lists the same identities on any page.
	 */
	private static KratosAdmin clientOf(String... ids) {
		KratosAdmin admin = mock(KratosAdmin.class, RETURNS_DEEP_STUBS);
		List<Identity> identities = List.of(ids)
			.stream()
			.map((id) -> ResponseJson.read("{\"id\":\"" + id + "\"}", Identity.class))
			.toList();
		given(admin.identities().listIdentities(any(ListIdentities.class)))
			.willReturn(new Page<>(identities, null, null));
		return admin;
	}

}
