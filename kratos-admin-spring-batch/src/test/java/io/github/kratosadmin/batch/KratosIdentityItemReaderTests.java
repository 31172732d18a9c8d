package io.github.kratosadmin.batch;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.error.KratosError;
import io.github.kratosadmin.error.KratosServerException;
import io.github.kratosadmin.error.KratosUnreadableResponseException;
import io.github.kratosadmin.identity.Identity;
import io.github.kratosadmin.identity.ListIdentities;
import io.github.kratosadmin.identity.UpdateIdentity;
import io.github.kratosadmin.json.ResponseJson;
import io.github.kratosadmin.paging.Page;
import io.github.kratosadmin.test.embedded.EmbeddedKratos;
import io.github.kratosadmin.test.embedded.EmbeddedKratos.Snapshot;
import io.github.kratosadmin.test.embedded.KratosEra;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.batch.infrastructure.item.ExecutionContext;

import static io.github.kratosadmin.batch.ReaderFixture.client;
import static io.github.kratosadmin.batch.ReaderFixture.createIdentities;
import static io.github.kratosadmin.batch.ReaderFixture.read;
import static io.github.kratosadmin.batch.ReaderFixture.readAll;
import static io.github.kratosadmin.batch.ReaderFixture.start;
import static io.github.kratosadmin.batch.ReaderFixture.stored;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.entry;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.RETURNS_DEEP_STUBS;
import static org.mockito.Mockito.mock;

class KratosIdentityItemReaderTests {

	private static final int PAGE_SIZE = 4;

	private static final int COUNT = 9;

	@ParameterizedTest
	@EnumSource(names = { "V0_6", "V1_0", "V1_3", "V26", "NEXT" })
	void eachIdentityIsReadOnce(KratosEra era) {
		try (EmbeddedKratos kratos = start(era); KratosAdmin admin = client(kratos)) {
			List<String> ids = createIdentities(admin, COUNT);
			assertThat(readAll(reader(admin, PAGE_SIZE), new ExecutionContext()))
				.containsExactlyInAnyOrderElementsOf(ids);
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "V0_6", "V1_0", "V1_3", "V26", "NEXT" })
	void noIdentitiesAreReadFromAnEmptyServer(KratosEra era) {
		try (EmbeddedKratos kratos = start(era); KratosAdmin admin = client(kratos)) {
			assertThat(readAll(reader(admin, PAGE_SIZE), new ExecutionContext())).isEmpty();
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "V0_6", "V1_0", "V1_3", "V26", "NEXT" })
	void aRestartGoesOnAfterTheLastCommittedIdentity(KratosEra era) {
		restartAtEachPosition(era, PAGE_SIZE, PAGE_SIZE, (restart) -> {
		});
	}

	@ParameterizedTest
	@EnumSource(names = { "V0_6", "V1_0", "V26" })
	void aRestartGoesOnIfTheLastIdentityWasDeleted(KratosEra era) {
		restartAtEachPosition(era, PAGE_SIZE, PAGE_SIZE, (restart) -> restart.deleteRead(1));
	}

	@ParameterizedTest
	@EnumSource(names = { "V0_6", "V1_0", "V26" })
	void aRestartGoesOnIfAnIdentityBeforeTheLastWasDeleted(KratosEra era) {
		restartAtEachPosition(era, PAGE_SIZE, PAGE_SIZE, (restart) -> restart.delete(restart.read().size() - 2));
	}

	@ParameterizedTest
	@EnumSource(names = { "V0_6", "V1_0", "V26" })
	void aRestartGoesOnIfAllReadIdentitiesWereDeleted(KratosEra era) {
		restartAtEachPosition(era, PAGE_SIZE, PAGE_SIZE, (restart) -> restart.deleteRead(COUNT));
	}

	@ParameterizedTest
	@EnumSource(names = { "V0_6", "V1_0", "V26" })
	void aRestartGoesOnIfThePageWasDeleted(KratosEra era) {
		restartAtEachPosition(era, PAGE_SIZE, PAGE_SIZE, (restart) -> {
			int first = restart.read().size() / PAGE_SIZE * PAGE_SIZE;
			for (int i = first; i < first + PAGE_SIZE; i++) {
				restart.delete(i);
			}
		});
	}

	@ParameterizedTest
	@EnumSource(names = { "V0_6", "V1_0", "V26" })
	void aRestartReadsNothingIfTheLastIdentityAndAllAfterItWereDeleted(KratosEra era) {
		restartAtEachPosition(era, PAGE_SIZE, PAGE_SIZE, (restart) -> {
			for (int i = Math.max(0, restart.read().size() - 1); i < COUNT; i++) {
				restart.delete(i);
			}
		});
	}

	@ParameterizedTest
	@EnumSource(names = { "V0_6", "V1_0", "V26" })
	void aRestartGoesOnIfIdentitiesWereCreated(KratosEra era) {
		restartAtEachPosition(era, PAGE_SIZE, PAGE_SIZE, (restart) -> createIdentities(restart.admin(), 5));
	}

	@ParameterizedTest
	@EnumSource(names = { "V0_6", "V1_0", "V26" })
	void aRestartGoesOnIfIdentitiesWereCreatedAndDeleted(KratosEra era) {
		restartAtEachPosition(era, PAGE_SIZE, PAGE_SIZE, (restart) -> {
			restart.deleteRead(1);
			createIdentities(restart.admin(), 4);
		});
	}

	@ParameterizedTest
	@EnumSource(names = { "V0_6", "V1_0", "V26" })
	void aRestartGoesOnWithSmallerPages(KratosEra era) {
		restartAtEachPosition(era, PAGE_SIZE, 2, (restart) -> restart.deleteRead(1));
	}

	@ParameterizedTest
	@EnumSource(names = { "V0_6", "V1_0", "V26" })
	void aRestartGoesOnWithLargerPages(KratosEra era) {
		restartAtEachPosition(era, PAGE_SIZE, 7, (restart) -> restart.deleteRead(1));
	}

	@ParameterizedTest
	@EnumSource(names = { "V0_6", "V1_0", "V26" })
	void aRestartGoesOnWithOneIdentityOnAPage(KratosEra era) {
		restartAtEachPosition(era, 1, 1, (restart) -> restart.deleteRead(1));
	}

	@Test
	void aRestartAfterTheEndReadsNothing() {
		try (EmbeddedKratos kratos = start(KratosEra.V26); KratosAdmin admin = client(kratos)) {
			createIdentities(admin, COUNT);
			ExecutionContext context = new ExecutionContext();
			readAll(reader(admin, PAGE_SIZE), context);
			createIdentities(admin, COUNT);
			int requests = kratos.requests().size();
			assertThat(readAll(reader(admin, PAGE_SIZE), context)).isEmpty();
			assertThat(kratos.requests()).hasSize(requests);
		}
	}

	@Test
	void aReaderIsUsedForOneExecutionAfterAnother() {
		try (EmbeddedKratos kratos = start(KratosEra.V26); KratosAdmin admin = client(kratos)) {
			List<String> ids = createIdentities(admin, COUNT);
			KratosIdentityItemReader reader = reader(admin, PAGE_SIZE);
			read(reader, new ExecutionContext(), 7);
			assertThat(readAll(reader, new ExecutionContext())).containsExactlyInAnyOrderElementsOf(ids);
		}
	}

	@Test
	void theStateHasOnlyIds() {
		try (EmbeddedKratos kratos = start(KratosEra.V26); KratosAdmin admin = client(kratos)) {
			createIdentities(admin, COUNT);
			ExecutionContext context = new ExecutionContext();
			List<String> read = read(reader(admin, PAGE_SIZE), context, 7);
			assertThat(context.toMap()).containsOnly(
					entry("people.page.token", "page_token=" + read.get(PAGE_SIZE - 1)),
					entry("people.last.id", read.get(6)), entry("people.order", "ASCENDING"));
		}
	}

	@Test
	void noStateIsKeptIfItIsOff() {
		try (EmbeddedKratos kratos = start(KratosEra.V26); KratosAdmin admin = client(kratos)) {
			createIdentities(admin, COUNT);
			KratosIdentityItemReader reader = builder(admin).saveState(false).build();
			ExecutionContext context = new ExecutionContext();
			assertThat(read(reader, context, 7)).hasSize(7);
			assertThat(context.isEmpty()).isTrue();
			context.putString("people.finished", "true");
			assertThat(readAll(reader, context)).hasSize(COUNT);
		}
	}

	@Test
	void onlyIdentitiesThatChangedSinceATimeAreRead() {
		Instant start = Instant.parse("2026-01-01T00:00:00Z");
		AtomicReference<Instant> now = new AtomicReference<>(start);
		try (EmbeddedKratos kratos = EmbeddedKratos.builder().clock(new SettableClock(now)).start();
				KratosAdmin admin = client(kratos)) {
			List<String> before = createIdentities(admin, 9);
			now.set(start.plusSeconds(60));
			String updated = before.get(4);
			admin.identities().updateIdentity(updated, (identity) -> UpdateIdentity.from(identity).build());
			List<String> expected = new ArrayList<>(createIdentities(admin, 9));
			expected.add(updated);
			KratosIdentityItemReader reader = builder(admin).query(ListIdentities.builder().pageSize(2).build())
				.changedSince(start.plusSeconds(60))
				.build();
			assertThat(readAll(reader, new ExecutionContext())).containsExactlyInAnyOrderElementsOf(expected);
			assertThat(readAll(builder(admin).changedSince(start.plusSeconds(61)).build(), new ExecutionContext()))
				.isEmpty();
		}
	}

	@Test
	void anIdentityWithoutATimeOfChangeIsRead() {
		KratosIdentityItemReader reader = builder(clientOf(page(null, 1, 2))).changedSince(Instant.MAX).build();
		assertThat(readAll(reader, new ExecutionContext())).hasSize(2);
	}

	@Test
	void onlyIdentitiesOfTheQueryAreRead() {
		try (EmbeddedKratos kratos = start(KratosEra.V26); KratosAdmin admin = client(kratos)) {
			List<String> ids = createIdentities(admin, COUNT).subList(3, 8);
			KratosIdentityItemReader reader = builder(admin)
				.query(ListIdentities.builder().ids(ids).pageSize(2).build())
				.build();
			assertThat(readAll(reader, new ExecutionContext())).containsExactlyInAnyOrderElementsOf(ids);
		}
	}

	@Test
	void aRepeatedPageFails() {
		assertFailsAfter(2, page("page_token=2", 1, 2), page("page_token=3", 1, 2));
	}

	@Test
	void anOverlapOfPagesFails() {
		assertFailsAfter(2, page("page_token=2", 1, 2), page(null, 2, 3));
	}

	@Test
	void identitiesThatAreNotInOrderFail() {
		assertFailsAfter(0, page(null, 1, 3, 2));
	}

	@Test
	void identitiesThatAreNotInTheOrderOfThePageBeforeFail() {
		assertFailsAfter(2, page("page_token=2", 5, 4), page(null, 6, 7));
	}

	@Test
	void aNextPageThatIsTheSamePageFails() {
		assertFailsAfter(2, page("page_token=2", 1, 2), page("page_token=2", 3, 4));
	}

	@Test
	void anOrderThatHasChangedSinceTheRestartFails() {
		ExecutionContext context = new ExecutionContext();
		read(readerOf(page(null, 1, 2, 3)), context, 2);
		KratosIdentityItemReader reader = readerOf(page(null, 3, 2, 1));
		reader.open(context);
		assertThatExceptionOfType(KratosUnreadableResponseException.class).isThrownBy(reader::read);
	}

	@Test
	void aPageThatFailedIsRequestedAgain() {
		KratosAdmin admin = mock(KratosAdmin.class, RETURNS_DEEP_STUBS);
		given(admin.identities().listIdentities(any())).willReturn(page("page_token=2", 1, 2))
			.willThrow(new KratosServerException("listIdentities", 503, KratosError.NONE))
			.willReturn(page(null, 3, 4));
		KratosIdentityItemReader reader = builder(admin).build();
		reader.open(new ExecutionContext());
		assertThat(reader.read()).isNotNull();
		assertThat(reader.read()).isNotNull();
		assertThatExceptionOfType(KratosServerException.class).isThrownBy(reader::read);
		assertThat(reader.read()).isNotNull();
		assertThat(reader.read()).isNotNull();
		assertThat(reader.read()).isNull();
	}

	@Test
	void theBuilderNeedsANameAndAClient() {
		KratosAdmin admin = clientOf();
		assertThatIllegalStateException()
			.isThrownBy(() -> new KratosIdentityItemReaderBuilder().kratosAdmin(admin).build())
			.withMessage("name is missing: set a name that is unique within the step");
		assertThatIllegalStateException()
			.isThrownBy(() -> new KratosIdentityItemReaderBuilder().kratosAdmin(admin).name(" ").build());
		assertThatIllegalStateException().isThrownBy(() -> new KratosIdentityItemReaderBuilder().name("people").build())
			.withMessage("kratosAdmin is missing: set the client");
	}

	@Test
	void theQueryMustBeForTheFirstPage() {
		assertThatIllegalStateException()
			.isThrownBy(
					() -> builder(clientOf()).query(ListIdentities.builder().pageToken("page_token=a").build()).build())
			.withMessageContaining("pageToken");
		assertThatIllegalStateException()
			.isThrownBy(() -> builder(clientOf()).query(ListIdentities.builder().startAfter(id(1)).build()).build())
			.withMessageContaining("startAfter");
	}

	private static void assertFailsAfter(int read, Page<?>... pages) {
		KratosIdentityItemReader reader = readerOf(pages);
		reader.open(new ExecutionContext());
		for (int i = 0; i < read; i++) {
			assertThat(reader.read()).isNotNull();
		}
		assertThatExceptionOfType(KratosUnreadableResponseException.class).isThrownBy(reader::read);
	}

	private static KratosIdentityItemReader readerOf(Page<?>... pages) {
		return builder(clientOf(pages)).build();
	}

	private static KratosAdmin clientOf(Page<?>... pages) {
		KratosAdmin admin = mock(KratosAdmin.class, RETURNS_DEEP_STUBS);
		Iterator<Page<?>> next = List.of(pages).iterator();
		given(admin.identities().listIdentities(any())).willAnswer((call) -> next.next());
		return admin;
	}

	private static Page<Identity> page(@Nullable String nextPageToken, int... numbers) {
		return new Page<>(Arrays.stream(numbers)
			.mapToObj((number) -> ResponseJson.read("{\"id\":\"" + id(number) + "\"}", Identity.class))
			.toList(), nextPageToken, null);
	}

	private static String id(int number) {
		return new UUID(0, number).toString();
	}

	private void restartAtEachPosition(KratosEra era, int pageSize, int pageSizeAfter, Consumer<Restart> change) {
		try (EmbeddedKratos kratos = start(era); KratosAdmin admin = client(kratos)) {
			createIdentities(admin, COUNT);
			Snapshot snapshot = kratos.snapshot();
			List<String> ids = readAll(reader(admin, pageSize), new ExecutionContext());
			assertThat(ids).hasSize(COUNT);
			for (int committed = 0; committed <= COUNT; committed++) {
				snapshot.restore();
				ExecutionContext context = new ExecutionContext();
				List<String> read = read(reader(admin, pageSize), context, committed);
				assertThat(read).isEqualTo(ids.subList(0, committed));
				Restart restart = new Restart(admin, ids, read, new ArrayList<>());
				change.accept(restart);
				List<String> all = new ArrayList<>(read);
				all.addAll(readAll(reader(admin, pageSizeAfter), stored(context)));
				List<String> expected = new ArrayList<>(ids);
				expected.removeAll(restart.deleted());
				assertThat(all).as("after %s", committed).doesNotHaveDuplicates().containsAll(expected);
			}
		}
	}

	private static KratosIdentityItemReader reader(KratosAdmin admin, int pageSize) {
		return builder(admin).query(ListIdentities.builder().pageSize(pageSize).build()).build();
	}

	private static KratosIdentityItemReaderBuilder builder(KratosAdmin admin) {
		return new KratosIdentityItemReaderBuilder().name("people").kratosAdmin(admin);
	}

	private record Restart(KratosAdmin admin, List<String> ids, List<String> read, List<String> deleted) {

		void deleteRead(int count) {
			for (int i = Math.max(0, this.read.size() - count); i < this.read.size(); i++) {
				delete(i);
			}
		}

		void delete(int index) {
			if (index >= 0 && index < this.ids.size()) {
				this.admin.identities().deleteIdentity(this.ids.get(index));
				this.deleted.add(this.ids.get(index));
			}
		}

	}

	private static final class SettableClock extends Clock {

		private final AtomicReference<Instant> now;

		private SettableClock(AtomicReference<Instant> now) {
			this.now = now;
		}

		@Override
		public ZoneId getZone() {
			return ZoneOffset.UTC;
		}

		@Override
		public Clock withZone(ZoneId zone) {
			return this;
		}

		@Override
		public Instant instant() {
			return this.now.get();
		}

	}

}
