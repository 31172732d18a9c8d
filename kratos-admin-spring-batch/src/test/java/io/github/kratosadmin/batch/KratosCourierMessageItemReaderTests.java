package io.github.kratosadmin.batch;

import java.util.List;
import java.util.Map;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.courier.ListCourierMessages;
import io.github.kratosadmin.error.KratosBadRequestException;
import io.github.kratosadmin.test.embedded.EmbeddedKratos;
import io.github.kratosadmin.test.embedded.KratosEra;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.NonTransientResourceException;

import static io.github.kratosadmin.batch.ReaderFixture.client;
import static io.github.kratosadmin.batch.ReaderFixture.read;
import static io.github.kratosadmin.batch.ReaderFixture.readAll;
import static io.github.kratosadmin.batch.ReaderFixture.start;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class KratosCourierMessageItemReaderTests {

	private static final int COUNT = 7;

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = { "V0_6", "V0_7", "V0_10" })
	void aRestartGoesOnAfterTheLastCommittedMessage(KratosEra era) {
		try (EmbeddedKratos kratos = start(era); KratosAdmin admin = client(kratos)) {
			createMessages(kratos, "person@example.org");
			List<String> ids = readAll(reader(admin), new ExecutionContext());
			assertThat(ids).hasSize(COUNT).doesNotHaveDuplicates();
			for (int committed = 0; committed <= COUNT; committed++) {
				ExecutionContext context = new ExecutionContext();
				assertThat(read(reader(admin), context, committed)).isEqualTo(ids.subList(0, committed));
				assertThat(readAll(reader(admin), context)).isEqualTo(ids.subList(committed, COUNT));
			}
		}
	}

	@Test
	void messagesThatWereCreatedMeanwhileMoveNoOthers() {
		try (EmbeddedKratos kratos = start(KratosEra.V26); KratosAdmin admin = client(kratos)) {
			createMessages(kratos, "person@example.org");
			List<String> ids = readAll(reader(admin), new ExecutionContext());
			ExecutionContext context = new ExecutionContext();
			read(reader(admin), context, 4);
			createMessages(kratos, "other@example.org");
			assertThat(readAll(reader(admin), context)).isEqualTo(ids.subList(4, COUNT));
		}
	}

	@Test
	void aRestartOnTheFirstPageReadsNewMessagesAndSomeAgainButSkipsNone() {
		try (EmbeddedKratos kratos = start(KratosEra.V26); KratosAdmin admin = client(kratos)) {
			createMessages(kratos, "person@example.org");
			List<String> ids = readAll(reader(admin), new ExecutionContext());
			ExecutionContext context = new ExecutionContext();
			read(reader(admin), context, 2);
			createMessages(kratos, "other@example.org");
			assertThat(readAll(reader(admin), context)).containsAll(ids).hasSize(2 * COUNT);
		}
	}

	@Test
	void aRestartWithAnotherPageSizeReadsSomeAgainButSkipsNone() {
		try (EmbeddedKratos kratos = start(KratosEra.V26); KratosAdmin admin = client(kratos)) {
			createMessages(kratos, "person@example.org");
			List<String> ids = readAll(reader(admin), new ExecutionContext());
			for (int committed = 0; committed <= COUNT; committed++) {
				ExecutionContext context = new ExecutionContext();
				read(reader(admin), context, committed);
				KratosCourierMessageItemReader reader = builder(admin)
					.query(ListCourierMessages.builder().pageSize(1).build())
					.build();
				assertThat(readAll(reader, context)).containsAll(ids.subList(committed, COUNT)).doesNotHaveDuplicates();
			}
		}
	}

	@Test
	void theStateHasNothingOfAMessageButItsId() {
		try (EmbeddedKratos kratos = start(KratosEra.V26); KratosAdmin admin = client(kratos)) {
			createMessages(kratos, "person@example.org");
			KratosCourierMessageItemReader reader = builder(admin)
				.query(ListCourierMessages.builder().pageSize(3).recipient("person@example.org").build())
				.build();
			ExecutionContext context = new ExecutionContext();
			List<String> ids = read(reader, context, 2);
			assertThat(context.toMap()).isEqualTo(Map.of("messages.last.id", ids.get(1)));
			assertThat(reader.toString()).doesNotContain("person");
		}
	}

	@Test
	void aRefusedPageTokenFailsAfterARestart() {
		try (EmbeddedKratos kratos = start(KratosEra.V26); KratosAdmin admin = client(kratos)) {
			createMessages(kratos, "person@example.org");
			KratosCourierMessageItemReader reader = reader(admin);
			reader.open(contextWithAnotherPageToken());
			assertThatExceptionOfType(NonTransientResourceException.class).isThrownBy(reader::read)
				.withMessageStartingWith("messages cannot continue after the restart")
				.withCauseInstanceOf(KratosBadRequestException.class);
		}
	}

	@Test
	void everythingIsReadAgainAfterARefusedPageTokenIfAllowed() {
		try (EmbeddedKratos kratos = start(KratosEra.V26); KratosAdmin admin = client(kratos)) {
			createMessages(kratos, "person@example.org");
			KratosCourierMessageItemReader reader = builder(admin).startOverIfPageTokenIsRefused(true).build();
			assertThat(readAll(reader, contextWithAnotherPageToken())).hasSize(COUNT);
		}
	}

	@Test
	void theQueryMustBeForTheFirstPage() {
		try (EmbeddedKratos kratos = start(KratosEra.V26); KratosAdmin admin = client(kratos)) {
			KratosCourierMessageItemReaderBuilder builder = builder(admin)
				.query(ListCourierMessages.builder().pageToken("page_token=a").build());
			assertThatIllegalStateException().isThrownBy(builder::build).withMessageContaining("pageToken");
		}
	}

	private static ExecutionContext contextWithAnotherPageToken() {
		return new ExecutionContext(Map.of("messages.page.token", "page_token=another"));
	}

	private static void createMessages(EmbeddedKratos kratos, String recipient) {
		for (int i = 0; i < COUNT; i++) {
			kratos.addCourierMessage(recipient, "Subject", "Your code is 123456");
		}
	}

	private static KratosCourierMessageItemReader reader(KratosAdmin admin) {
		return builder(admin).query(ListCourierMessages.builder().pageSize(3).build()).build();
	}

	private static KratosCourierMessageItemReaderBuilder builder(KratosAdmin admin) {
		return new KratosCourierMessageItemReaderBuilder().name("messages").kratosAdmin(admin);
	}

}
