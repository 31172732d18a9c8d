package io.github.kratosadmin.batch;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.test.embedded.EmbeddedKratos;
import io.github.kratosadmin.test.embedded.KratosEra;

import org.springframework.batch.core.repository.dao.DefaultExecutionContextSerializer;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.file.FlatFileItemReader;
import org.springframework.batch.infrastructure.item.file.builder.FlatFileItemReaderBuilder;
import org.springframework.core.io.Resource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What tests of readers share, and the client of other tests.
 */
final class ReaderFixture {

	private static final AtomicInteger PEOPLE = new AtomicInteger();

	private ReaderFixture() {
	}

	/**
	 * Starts a stand-in with the same ids in each run.
	 */
	static EmbeddedKratos start(KratosEra era) {
		Random random = new Random(era.ordinal());
		return EmbeddedKratos.builder().era(era).idSource(() -> new UUID(random.nextLong(), random.nextLong())).start();
	}

	static KratosAdmin client(EmbeddedKratos kratos) {
		return KratosAdmin.builder().baseUrl(kratos.adminUrl().toString()).build();
	}

	/**
	 * Creates identities, each with an address of its own.
	 * @return their ids
	 */
	static List<String> createIdentities(KratosAdmin admin, int count) {
		List<String> ids = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			CreateIdentity identity = CreateIdentity.builder()
				.schemaId("default")
				.traits(Map.of("email", "person" + PEOPLE.incrementAndGet() + "@example.org"))
				.build();
			ids.add(admin.identities().createIdentity(identity).id());
		}
		return ids;
	}

	/**
	 * Reads some items and commits, and then reads one more, as before a crash.
	 */
	static <T> List<String> read(PageItemReader<T> reader, ExecutionContext context, int count) {
		reader.open(context);
		List<String> ids = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			ids.add(reader.id(reader.read()));
		}
		reader.update(context);
		reader.read();
		reader.close();
		return ids;
	}

	/**
	 * Reads all items, and commits each of them.
	 */
	static <T> List<String> readAll(PageItemReader<T> reader, ExecutionContext context) {
		reader.open(context);
		reader.update(context);
		List<String> ids = new ArrayList<>();
		for (T item = reader.read(); item != null; item = reader.read()) {
			ids.add(reader.id(item));
			reader.update(context);
		}
		assertThat(reader.read()).isNull();
		reader.update(context);
		reader.close();
		return ids;
	}

	/**
	 * Returns a context as a job repository returns it after a restart.
	 */
	static ExecutionContext stored(ExecutionContext context) {
		DefaultExecutionContextSerializer serializer = new DefaultExecutionContextSerializer();
		ByteArrayOutputStream stored = new ByteArrayOutputStream();
		try {
			serializer.serialize(context.toMap(), stored);
			return new ExecutionContext(serializer.deserialize(new ByteArrayInputStream(stored.toByteArray())));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Reads a file of identities as a job does.
	 */
	static List<IdentityRow> readRows(Resource file) throws Exception {
		FlatFileItemReader<IdentityRow> reader = new FlatFileItemReaderBuilder<IdentityRow>().name("rows")
			.resource(file)
			.encoding("UTF-8")
			.lineMapper(new KratosIdentityLineMapper())
			.build();
		reader.open(new ExecutionContext());
		List<IdentityRow> rows = new ArrayList<>();
		for (IdentityRow row = reader.read(); row != null; row = reader.read()) {
			rows.add(row);
		}
		reader.close();
		return rows;
	}

}
