package io.github.kratosadmin.batch;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.batch.FaultyGateway.Fault;
import io.github.kratosadmin.error.KratosBadRequestException;
import io.github.kratosadmin.error.KratosServerException;
import io.github.kratosadmin.interceptor.KratosAdminInterceptor;
import io.github.kratosadmin.interceptor.OperationCall;
import io.github.kratosadmin.test.embedded.EmbeddedKratos;
import io.github.kratosadmin.test.embedded.KratosEra;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.NonTransientResourceException;
import org.springframework.util.Assert;

import static io.github.kratosadmin.batch.ReaderFixture.client;
import static io.github.kratosadmin.batch.ReaderFixture.read;
import static io.github.kratosadmin.batch.ReaderFixture.readAll;
import static io.github.kratosadmin.batch.ReaderFixture.start;
import static io.github.kratosadmin.batch.ReaderFixture.stored;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests of what {@link KratosSessionItemReader} and
 * {@link KratosCourierMessageItemReader} share.
 */
abstract class NewestFirstItemReaderTests {

	static final int COUNT = 7;

	private static final int PAGE_SIZE = 3;

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = { "V0_6", "V0_7", "V0_10" })
	void aRestartGoesOnAfterTheLastCommittedItem(KratosEra era) {
		try (EmbeddedKratos kratos = start(era); KratosAdmin admin = client(kratos)) {
			createAll(kratos, "person");
			List<String> ids = readAll(reader(admin), new ExecutionContext());
			assertThat(ids).hasSize(COUNT).doesNotHaveDuplicates();
			for (int committed = 0; committed <= COUNT; committed++) {
				ExecutionContext context = new ExecutionContext();
				assertThat(read(reader(admin), context, committed)).isEqualTo(ids.subList(0, committed));
				assertThat(readAll(reader(admin), stored(context))).isEqualTo(ids.subList(committed, COUNT));
			}
		}
	}

	@Test
	void itemsThatWereCreatedMeanwhileMoveNoOthers() {
		try (EmbeddedKratos kratos = start(KratosEra.V26); KratosAdmin admin = client(kratos)) {
			createAll(kratos, "person");
			List<String> ids = readAll(reader(admin), new ExecutionContext());
			ExecutionContext context = new ExecutionContext();
			read(reader(admin), context, 4);
			createAll(kratos, "other");
			assertThat(readAll(reader(admin), context)).isEqualTo(ids.subList(4, COUNT));
		}
	}

	@Test
	void aRestartOnTheFirstPageReadsNewItemsAndSomeAgainButSkipsNone() {
		try (EmbeddedKratos kratos = start(KratosEra.V26); KratosAdmin admin = client(kratos)) {
			createAll(kratos, "person");
			List<String> ids = readAll(reader(admin), new ExecutionContext());
			ExecutionContext context = new ExecutionContext();
			read(reader(admin), context, 2);
			createAll(kratos, "other");
			assertThat(readAll(reader(admin), context)).containsAll(ids).hasSize(2 * COUNT);
		}
	}

	@Test
	void aRestartWithAnotherPageSizeReadsSomeAgainButSkipsNone() {
		try (EmbeddedKratos kratos = start(KratosEra.V26); KratosAdmin admin = client(kratos)) {
			createAll(kratos, "person");
			List<String> ids = readAll(reader(admin), new ExecutionContext());
			for (int committed = 0; committed <= COUNT; committed++) {
				ExecutionContext context = new ExecutionContext();
				read(reader(admin), context, committed);
				assertThat(readAll(reader(admin, 1, null, false), context)).containsAll(ids.subList(committed, COUNT))
					.doesNotHaveDuplicates();
			}
		}
	}

	@Test
	void theStateHasNothingButIds() {
		try (EmbeddedKratos kratos = start(KratosEra.V26); KratosAdmin admin = client(kratos)) {
			createAll(kratos, "person");
			ExecutionContext context = new ExecutionContext();
			List<String> ids = read(reader(admin), context, 2);
			assertThat(context.toMap()).isEqualTo(Map.of("list.last.id", ids.get(1)));
		}
	}

	@Test
	void aRefusedPageTokenFailsAfterARestart() {
		try (EmbeddedKratos kratos = start(KratosEra.V26); KratosAdmin admin = client(kratos)) {
			createAll(kratos, "person");
			NewestFirstItemReader<?> reader = reader(admin);
			reader.open(contextWithAnotherPageToken());
			assertThatExceptionOfType(NonTransientResourceException.class).isThrownBy(reader::read)
				.withMessageStartingWith("list cannot continue after the restart")
				.withMessageContaining("startOverIfPageTokenIsRefused(true)")
				.withCauseInstanceOf(KratosBadRequestException.class);
		}
	}

	@Test
	void everythingIsReadAgainAfterARefusedPageTokenIfAllowed() {
		try (EmbeddedKratos kratos = start(KratosEra.V26); KratosAdmin admin = client(kratos)) {
			createAll(kratos, "person");
			List<String> ids = readAll(reader(admin), new ExecutionContext());
			ExecutionContext context = contextWithAnotherPageToken();
			context.putString("list.last.id", ids.get(1));
			assertThat(readAll(readerThatStartsOver(admin), context)).isEqualTo(ids);
		}
	}

	@Test
	void everythingIsReadAgainAfterTheTokenOfTheSecondPageIsRefused() {
		try (EmbeddedKratos kratos = start(KratosEra.V26); KratosAdmin admin = client(kratos)) {
			createAll(kratos, "person");
			List<String> ids = readAll(reader(admin), new ExecutionContext());
			ExecutionContext context = new ExecutionContext();
			read(reader(admin), context, 5);
			NewestFirstItemReader<?> reader = readerThatStartsOver(admin);
			kratos.failNext(1, 400);
			assertThat(read(reader, context, 1)).containsExactly(ids.get(0));
			assertThat(context.toMap()).isEqualTo(Map.of("list.last.id", ids.get(0)));
			assertThat(readAll(reader, context)).isEqualTo(ids.subList(1, COUNT));
		}
	}

	@Test
	void anotherFailureDoesNotStartOver() {
		try (EmbeddedKratos kratos = start(KratosEra.V26); KratosAdmin admin = client(kratos)) {
			createAll(kratos, "person");
			List<String> ids = readAll(reader(admin), new ExecutionContext());
			ExecutionContext context = new ExecutionContext();
			read(reader(admin), context, 5);
			NewestFirstItemReader<?> reader = readerThatStartsOver(admin);
			reader.open(context);
			kratos.failNext(1, 500);
			assertThatExceptionOfType(KratosServerException.class).isThrownBy(reader::read);
			assertThat(reader.read()).extracting("id").isEqualTo(ids.get(5));
		}
	}

	@Test
	void theRefusalOfAGatewayDoesNotStartOver() {
		try (EmbeddedKratos kratos = start(KratosEra.V26);
				FaultyGateway gateway = new FaultyGateway(kratos.adminUrl());
				KratosAdmin admin = KratosAdmin.builder().baseUrl(gateway.url().toString()).build()) {
			createAll(kratos, "person");
			List<String> ids = readAll(reader(admin), new ExecutionContext());
			ExecutionContext context = new ExecutionContext();
			read(reader(admin), context, 5);
			NewestFirstItemReader<?> reader = readerThatStartsOver(admin);
			reader.open(context);
			gateway.faults((request) -> Fault.BAD_REQUEST);
			assertThatExceptionOfType(KratosBadRequestException.class).isThrownBy(reader::read);
			gateway.faults((request) -> Fault.NONE);
			assertThat(reader.read()).extracting("id").isEqualTo(ids.get(5));
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void anIllegalArgumentOfAnInterceptorIsNotTakenForAPageToken(boolean startOver) {
		AtomicBoolean refusing = new AtomicBoolean();
		KratosAdminInterceptor interceptor = new KratosAdminInterceptor() {
			@Override
			public void beforeOperation(OperationCall call) {
				Assert.isTrue(!refusing.get(), "no tenant");
			}
		};
		try (EmbeddedKratos kratos = start(KratosEra.V26);
				KratosAdmin admin = KratosAdmin.builder()
					.baseUrl(kratos.adminUrl().toString())
					.interceptor(interceptor)
					.build()) {
			createAll(kratos, "person");
			List<String> ids = readAll(reader(admin), new ExecutionContext());
			ExecutionContext context = new ExecutionContext();
			read(reader(admin), context, 5);
			NewestFirstItemReader<?> reader = reader(admin, PAGE_SIZE, null, startOver);
			reader.open(context);
			refusing.set(true);
			assertThatIllegalArgumentException().isThrownBy(reader::read).withMessage("no tenant");
			refusing.set(false);
			assertThat(reader.read()).extracting("id").isEqualTo(ids.get(5));
		}
	}

	@Test
	void aPageTokenThatIsRefusedWithoutARestartFails() {
		try (EmbeddedKratos kratos = start(KratosEra.V26); KratosAdmin admin = client(kratos)) {
			createAll(kratos, "person");
			NewestFirstItemReader<?> reader = reader(admin, 1, null, true);
			reader.open(new ExecutionContext());
			reader.read();
			kratos.failNext(10, 400);
			assertThatExceptionOfType(KratosBadRequestException.class).isThrownBy(reader::read);
		}
	}

	@Test
	void theQueryMustBeForTheFirstPage() {
		try (EmbeddedKratos kratos = start(KratosEra.V26); KratosAdmin admin = client(kratos)) {
			assertThatIllegalStateException().isThrownBy(() -> reader(admin, PAGE_SIZE, "page_token=a", false))
				.withMessageContaining("pageToken");
		}
	}

	static ExecutionContext contextWithAnotherPageToken() {
		return new ExecutionContext(Map.of("list.page.token", "page_token=another"));
	}

	void createAll(EmbeddedKratos kratos, String name) {
		for (int i = 0; i < COUNT; i++) {
			create(kratos, name + i + "@example.org");
		}
	}

	NewestFirstItemReader<?> reader(KratosAdmin admin) {
		return reader(admin, PAGE_SIZE, null, false);
	}

	NewestFirstItemReader<?> readerThatStartsOver(KratosAdmin admin) {
		return reader(admin, PAGE_SIZE, null, true);
	}

	/**
	 * Creates an item.
	 */
	abstract void create(EmbeddedKratos kratos, String email);

	/**
	 * Returns a reader with the name {@code list}.
	 */
	abstract NewestFirstItemReader<?> reader(KratosAdmin admin, int pageSize, @Nullable String pageToken,
			boolean startOver);

}
