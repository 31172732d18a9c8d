package io.github.kratosadmin.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.error.KratosBadRequestException;
import io.github.kratosadmin.error.KratosServerException;
import io.github.kratosadmin.identity.Identity;
import io.github.kratosadmin.session.ListSessions;
import io.github.kratosadmin.session.SessionExpand;
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

class KratosSessionItemReaderTests {

	private static final int COUNT = 7;

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = { "V0_6", "V0_7", "V0_10" })
	void aRestartGoesOnAfterTheLastCommittedSession(KratosEra era) {
		try (EmbeddedKratos kratos = start(era); KratosAdmin admin = client(kratos)) {
			createSessions(kratos);
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
	void aRestartReadsThePageAgainIfTheLastSessionWasDeleted() {
		try (EmbeddedKratos kratos = start(KratosEra.V26); KratosAdmin admin = client(kratos)) {
			createSessions(kratos);
			List<String> ids = readAll(reader(admin), new ExecutionContext());
			ExecutionContext context = new ExecutionContext();
			read(reader(admin), context, 5);
			Identity identity = admin.sessions().getSession(ids.get(4), List.of(SessionExpand.IDENTITY)).identity();
			admin.identities().deleteIdentity(identity.id());
			assertThat(readAll(reader(admin), context)).containsExactly(ids.get(3), ids.get(5), ids.get(6));
		}
	}

	@Test
	void onlySessionsOfTheQueryAreRead() {
		try (EmbeddedKratos kratos = start(KratosEra.V26); KratosAdmin admin = client(kratos)) {
			List<String> ids = createSessions(kratos);
			admin.sessions().disableSession(ids.get(2));
			KratosSessionItemReader reader = builder(admin).query(ListSessions.builder().active(false).build()).build();
			assertThat(readAll(reader, new ExecutionContext())).containsExactly(ids.get(2));
		}
	}

	@Test
	void aRefusedPageTokenFailsAfterARestart() {
		try (EmbeddedKratos kratos = start(KratosEra.V26); KratosAdmin admin = client(kratos)) {
			createSessions(kratos);
			KratosSessionItemReader reader = reader(admin);
			reader.open(contextWithAnotherPageToken());
			assertThatExceptionOfType(NonTransientResourceException.class).isThrownBy(reader::read)
				.withMessageStartingWith("sessions cannot continue after the restart")
				.withMessageContaining("startOverIfPageTokenIsRefused(true)")
				.withCauseInstanceOf(KratosBadRequestException.class);
		}
	}

	/**
	 * This version would respond with an empty page.
	 */
	@Test
	void aPageTokenThatTheClientRefusesFailsAfterARestart() {
		try (EmbeddedKratos kratos = start(KratosEra.V1_0); KratosAdmin admin = client(kratos)) {
			createSessions(kratos);
			KratosSessionItemReader reader = reader(admin);
			reader.open(contextWithAnotherPageToken());
			assertThatExceptionOfType(NonTransientResourceException.class).isThrownBy(reader::read)
				.withCauseInstanceOf(IllegalArgumentException.class);
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "V1_0", "V26" })
	void everythingIsReadAgainAfterARefusedPageTokenIfAllowed(KratosEra era) {
		try (EmbeddedKratos kratos = start(era); KratosAdmin admin = client(kratos)) {
			createSessions(kratos);
			List<String> ids = readAll(reader(admin), new ExecutionContext());
			ExecutionContext context = contextWithAnotherPageToken();
			context.putString("sessions.last.id", ids.get(1));
			KratosSessionItemReader reader = builder(admin).query(ListSessions.builder().pageSize(3).build())
				.startOverIfPageTokenIsRefused(true)
				.build();
			assertThat(readAll(reader, context)).isEqualTo(ids);
		}
	}

	@Test
	void everythingIsReadAgainAfterTheTokenOfTheSecondPageIsRefused() {
		try (EmbeddedKratos kratos = start(KratosEra.V26); KratosAdmin admin = client(kratos)) {
			createSessions(kratos);
			List<String> ids = readAll(reader(admin), new ExecutionContext());
			ExecutionContext context = new ExecutionContext();
			read(reader(admin), context, 5);
			KratosSessionItemReader reader = builder(admin).query(ListSessions.builder().pageSize(3).build())
				.startOverIfPageTokenIsRefused(true)
				.build();
			kratos.failNext(1, 400);
			assertThat(read(reader, context, 1)).containsExactly(ids.get(0));
			assertThat(context.toMap()).isEqualTo(Map.of("sessions.last.id", ids.get(0)));
			assertThat(readAll(reader, context)).isEqualTo(ids.subList(1, COUNT));
		}
	}

	@Test
	void anotherFailureDoesNotStartOver() {
		try (EmbeddedKratos kratos = start(KratosEra.V26); KratosAdmin admin = client(kratos)) {
			createSessions(kratos);
			List<String> ids = readAll(reader(admin), new ExecutionContext());
			ExecutionContext context = new ExecutionContext();
			read(reader(admin), context, 5);
			KratosSessionItemReader reader = builder(admin).query(ListSessions.builder().pageSize(3).build())
				.startOverIfPageTokenIsRefused(true)
				.build();
			reader.open(context);
			kratos.failNext(1, 500);
			assertThatExceptionOfType(KratosServerException.class).isThrownBy(reader::read);
			assertThat(reader.read().id()).isEqualTo(ids.get(5));
		}
	}

	@Test
	void aPageTokenThatIsRefusedWithoutARestartFails() {
		try (EmbeddedKratos kratos = start(KratosEra.V26); KratosAdmin admin = client(kratos)) {
			createSessions(kratos);
			KratosSessionItemReader reader = builder(admin).query(ListSessions.builder().pageSize(1).build())
				.startOverIfPageTokenIsRefused(true)
				.build();
			reader.open(new ExecutionContext());
			reader.read();
			kratos.failNext(10, 400);
			assertThatExceptionOfType(KratosBadRequestException.class).isThrownBy(reader::read);
		}
	}

	@Test
	void theQueryMustBeForTheFirstPage() {
		try (EmbeddedKratos kratos = start(KratosEra.V26); KratosAdmin admin = client(kratos)) {
			KratosSessionItemReaderBuilder builder = builder(admin)
				.query(ListSessions.builder().pageToken("page_token=a").build());
			assertThatIllegalStateException().isThrownBy(builder::build).withMessageContaining("pageToken");
		}
	}

	private static ExecutionContext contextWithAnotherPageToken() {
		return new ExecutionContext(Map.of("sessions.page.token", "page_token=another"));
	}

	private static List<String> createSessions(EmbeddedKratos kratos) {
		List<String> ids = new ArrayList<>();
		for (int i = 0; i < COUNT; i++) {
			ids.add(kratos.register("{\"email\":\"person" + i + "@example.org\"}").id());
		}
		return ids;
	}

	private static KratosSessionItemReader reader(KratosAdmin admin) {
		return builder(admin).query(ListSessions.builder().pageSize(3).build()).build();
	}

	private static KratosSessionItemReaderBuilder builder(KratosAdmin admin) {
		return new KratosSessionItemReaderBuilder().name("sessions").kratosAdmin(admin);
	}

}
