package io.github.kratosadmin.batch;

import java.util.List;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.identity.Identity;
import io.github.kratosadmin.session.ListSessions;
import io.github.kratosadmin.session.SessionExpand;
import io.github.kratosadmin.test.embedded.EmbeddedKratos;
import io.github.kratosadmin.test.embedded.KratosEra;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.NonTransientResourceException;

import static io.github.kratosadmin.batch.ReaderFixture.client;
import static io.github.kratosadmin.batch.ReaderFixture.read;
import static io.github.kratosadmin.batch.ReaderFixture.readAll;
import static io.github.kratosadmin.batch.ReaderFixture.start;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class KratosSessionItemReaderTests extends NewestFirstItemReaderTests {

	@Test
	void aRestartReadsThePageAgainIfTheLastSessionWasDeleted() {
		try (EmbeddedKratos kratos = start(KratosEra.V26); KratosAdmin admin = client(kratos)) {
			createAll(kratos, "person");
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
			createAll(kratos, "person");
			String disabled = readAll(reader(admin), new ExecutionContext()).get(2);
			admin.sessions().disableSession(disabled);
			KratosSessionItemReader reader = builder(admin).query(ListSessions.builder().active(false).build()).build();
			assertThat(readAll(reader, new ExecutionContext())).containsExactly(disabled);
		}
	}

	/**
	 * This version would respond with an empty page.
	 */
	@Test
	void aPageTokenThatTheClientRefusesFailsAfterARestart() {
		try (EmbeddedKratos kratos = start(KratosEra.V1_0); KratosAdmin admin = client(kratos)) {
			createAll(kratos, "person");
			NewestFirstItemReader<?> reader = reader(admin);
			reader.open(contextWithAnotherPageToken());
			assertThatExceptionOfType(NonTransientResourceException.class).isThrownBy(reader::read)
				.withCauseInstanceOf(IllegalArgumentException.class);
		}
	}

	@Test
	void everythingIsReadAgainAfterAPageTokenThatTheClientRefusesIfAllowed() {
		try (EmbeddedKratos kratos = start(KratosEra.V1_0); KratosAdmin admin = client(kratos)) {
			createAll(kratos, "person");
			List<String> ids = readAll(reader(admin), new ExecutionContext());
			ExecutionContext context = contextWithAnotherPageToken();
			context.putString("list.last.id", ids.get(1));
			assertThat(readAll(readerThatStartsOver(admin), context)).isEqualTo(ids);
		}
	}

	@Override
	void create(EmbeddedKratos kratos, String email) {
		kratos.register("{\"email\":\"" + email + "\"}");
	}

	@Override
	NewestFirstItemReader<?> reader(KratosAdmin admin, int pageSize, @Nullable String pageToken, boolean startOver) {
		return builder(admin).query(ListSessions.builder().pageSize(pageSize).pageToken(pageToken).build())
			.startOverIfPageTokenIsRefused(startOver)
			.build();
	}

	private static KratosSessionItemReaderBuilder builder(KratosAdmin admin) {
		return new KratosSessionItemReaderBuilder().name("list").kratosAdmin(admin);
	}

}
