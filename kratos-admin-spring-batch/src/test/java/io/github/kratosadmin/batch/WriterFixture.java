package io.github.kratosadmin.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.batch.RowOutcome.Outcome;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.identity.Identity;
import io.github.kratosadmin.test.embedded.EmbeddedKratos;
import io.github.kratosadmin.test.embedded.KratosEra;

import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/**
 * A stand-in with a client, and what a writer has reported.
 */
final class WriterFixture implements AutoCloseable {

	static final String UNKNOWN_ID = "00000000-0000-4000-8000-000000000000";

	final EmbeddedKratos kratos;

	final KratosAdmin admin;

	final List<RowOutcome> outcomes = new ArrayList<>();

	final List<RowOutcome> deadLetters = new ArrayList<>();

	WriterFixture(KratosEra era) {
		this.kratos = EmbeddedKratos.builder().era(era).start();
		this.admin = ReaderFixture.client(this.kratos);
	}

	<B extends OutcomeItemWriterBuilder<B>> B configure(B builder) {
		return builder.name("people")
			.kratosAdmin(this.admin)
			.listener(this.outcomes::add)
			.deadLetterWriter((chunk) -> this.deadLetters.addAll(chunk.getItems()));
	}

	/**
	 * Writes one chunk.
	 */
	@SafeVarargs
	final <T> List<Outcome> write(OutcomeItemWriter<T> writer, T... items) throws Exception {
		this.outcomes.clear();
		writer.open(new ExecutionContext());
		writer.write(Chunk.of(items));
		writer.close();
		return this.outcomes.stream().map(RowOutcome::outcome).toList();
	}

	String create(String email) {
		return this.admin.identities()
			.createIdentity(CreateIdentity.builder().schemaId("default").traits(Map.of("email", email)).build())
			.id();
	}

	Identity get(String id) {
		return this.admin.identities().getIdentity(id);
	}

	String reason() {
		return String.valueOf(this.outcomes.get(0).reason());
	}

	long requests(String method) {
		return this.kratos.requests().stream().filter((request) -> request.method().equals(method)).count();
	}

	@Override
	public void close() {
		this.admin.close();
		this.kratos.close();
	}

}
