package io.github.kratosadmin.batch;

import java.util.List;
import java.util.Map;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.courier.ListCourierMessages;
import io.github.kratosadmin.test.embedded.EmbeddedKratos;
import io.github.kratosadmin.test.embedded.KratosEra;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.batch.infrastructure.item.ExecutionContext;

import static io.github.kratosadmin.batch.ReaderFixture.client;
import static io.github.kratosadmin.batch.ReaderFixture.read;
import static io.github.kratosadmin.batch.ReaderFixture.readAll;
import static io.github.kratosadmin.batch.ReaderFixture.start;
import static org.assertj.core.api.Assertions.assertThat;

class KratosCourierMessageItemReaderTests extends NewestFirstItemReaderTests {

	@Test
	void onlyMessagesOfTheQueryAreReadAndItsRecipientIsNotKept() {
		try (EmbeddedKratos kratos = start(KratosEra.V26); KratosAdmin admin = client(kratos)) {
			for (String recipient : List.of("person@example.org", "other@example.org", "person@example.org")) {
				create(kratos, recipient);
			}
			KratosCourierMessageItemReader reader = builder(admin)
				.query(ListCourierMessages.builder().pageSize(3).recipient("person@example.org").build())
				.build();
			List<String> ids = readAll(reader, new ExecutionContext());
			assertThat(ids).hasSize(2);
			ExecutionContext context = new ExecutionContext();
			read(reader, context, 1);
			assertThat(context.toMap()).isEqualTo(Map.of("list.last.id", ids.get(0)));
			assertThat(reader.toString()).doesNotContain("person");
		}
	}

	@Override
	void create(EmbeddedKratos kratos, String email) {
		kratos.addCourierMessage(email, "Subject", "Your code is 123456");
	}

	@Override
	NewestFirstItemReader<?> reader(KratosAdmin admin, int pageSize, @Nullable String pageToken, boolean startOver) {
		return builder(admin).query(ListCourierMessages.builder().pageSize(pageSize).pageToken(pageToken).build())
			.startOverIfPageTokenIsRefused(startOver)
			.build();
	}

	private static KratosCourierMessageItemReaderBuilder builder(KratosAdmin admin) {
		return new KratosCourierMessageItemReaderBuilder().name("list").kratosAdmin(admin);
	}

}
