package io.github.kratosadmin.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.test.embedded.EmbeddedKratos;
import io.github.kratosadmin.test.embedded.KratosEra;

import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.file.FlatFileItemReader;
import org.springframework.batch.infrastructure.item.file.builder.FlatFileItemReaderBuilder;
import org.springframework.core.io.Resource;

/**
 * What tests of readers share.
 */
final class ReaderFixture {

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
		return ids;
	}

	static <T> List<String> readAll(PageItemReader<T> reader, ExecutionContext context) {
		reader.open(context);
		List<String> ids = new ArrayList<>();
		for (T item = reader.read(); item != null; item = reader.read()) {
			ids.add(reader.id(item));
		}
		return ids;
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
