package io.github.kratosadmin.batch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.github.kratosadmin.batch.RowOutcome.Outcome;
import io.github.kratosadmin.error.KratosConflictException;
import io.github.kratosadmin.error.KratosError;
import io.github.kratosadmin.error.KratosUnavailableException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamException;
import org.springframework.batch.infrastructure.support.transaction.ResourcelessTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests for {@link KratosDeadLetterFileItemWriter}.
 */
class KratosDeadLetterFileItemWriterTests {

	@TempDir
	private Path folder;

	private Path file;

	private final ExecutionContext context = new ExecutionContext();

	@BeforeEach
	void setFile() {
		this.file = this.folder.resolve("new/failed.ndjson");
	}

	@Test
	void writesALineForEachItem() throws Exception {
		KratosDeadLetterFileItemWriter writer = open();
		KratosError error = JsonMapper.shared()
			.readValue("{\"id\":\"conflict\",\"code\":409,\"request\":\"r-1\",\"reason\":\"alice\"}",
					KratosError.class);
		KratosConflictException conflict = new KratosConflictException("createIdentity", 409, error);
		KratosUnavailableException down = new KratosUnavailableException("createIdentity", "refused",
				new IOException());
		writer.write(Chunk.of(new RowOutcome(7L, null, Outcome.FAILED, "It has no\ne-mail address", null),
				new RowOutcome(null, "id-1", Outcome.UNKNOWN, "It was \"busy\"", conflict),
				new RowOutcome(8L, null, Outcome.FAILED, "down", down)));
		writer.close();
		assertThat(this.file).content()
			.isEqualTo(
					"""
							{"row":7,"outcome":"FAILED","reason":"It has no\\ne-mail address"}
							{"identity_id":"id-1","outcome":"UNKNOWN","reason":"It was \\"busy\\"","operation":"createIdentity","status":409,"error_id":"conflict","request_id":"r-1"}
							{"row":8,"outcome":"FAILED","reason":"down","operation":"createIdentity"}
							""");
	}

	@Test
	void onlyTheOwnerMayReadTheFile() throws Exception {
		Files.createDirectories(this.file.getParent());
		assertThat(Files.createFile(this.file).toFile().setReadable(true, false)).isTrue();
		open().close();
		OwnerOnly.check(this.file);
	}

	@Test
	void onlyTheOwnerMayReadTheFileAfterARestart() throws Exception {
		KratosDeadLetterFileItemWriter first = open();
		first.update(this.context);
		first.close();
		open().close();
		OwnerOnly.check(this.file);
	}

	@Test
	void goesOnAfterTheLastCommit() throws Exception {
		KratosDeadLetterFileItemWriter killed = open();
		killed.write(Chunk.of(row(1)));
		killed.update(this.context);
		killed.write(Chunk.of(row(2)));
		killed.close();
		KratosDeadLetterFileItemWriter restarted = open();
		restarted.write(Chunk.of(row(2)));
		restarted.close();
		assertThat(Files.readAllLines(this.file)).extracting((line) -> line.substring(0, 8))
			.containsExactly("{\"row\":1", "{\"row\":2");
	}

	@Test
	void beginsAgainIfNothingWasCommitted() throws Exception {
		KratosDeadLetterFileItemWriter killed = open();
		killed.write(Chunk.of(row(1)));
		killed.close();
		KratosDeadLetterFileItemWriter restarted = open();
		restarted.write(Chunk.of(row(1)));
		restarted.close();
		assertThat(Files.readAllLines(this.file)).hasSize(1);
	}

	@Test
	void aChunkThatIsRolledBackIsNotWritten() throws Exception {
		KratosDeadLetterFileItemWriter writer = open();
		TransactionTemplate transaction = new TransactionTemplate(new ResourcelessTransactionManager());
		for (long row : new long[] { 1, 2 }) {
			transaction.executeWithoutResult((status) -> {
				assertThatNoException().isThrownBy(() -> writer.write(Chunk.of(row(row))));
				if (row == 1) {
					status.setRollbackOnly();
				}
			});
		}
		writer.close();
		assertThat(Files.readAllLines(this.file)).singleElement().asString().startsWith("{\"row\":2,");
	}

	@Test
	void aFileThatCannotBeCreatedIsNamed() throws Exception {
		Files.writeString(this.folder.resolve("new"), "not a folder");
		assertThatExceptionOfType(ItemStreamException.class).isThrownBy(this::open)
			.withMessage("The file " + this.file + " cannot be created");
	}

	@Test
	void needsANameAndAFile() {
		assertThatIllegalStateException()
			.isThrownBy(() -> new KratosDeadLetterFileItemWriterBuilder().file(this.file).build())
			.withMessage("name is missing: set a name that is unique within the step");
		assertThatIllegalStateException()
			.isThrownBy(() -> new KratosDeadLetterFileItemWriterBuilder().name("failed").build())
			.withMessage("file is missing: set the file to write");
	}

	private KratosDeadLetterFileItemWriter open() {
		KratosDeadLetterFileItemWriter writer = new KratosDeadLetterFileItemWriterBuilder().name("failed")
			.file(this.file)
			.build();
		writer.open(this.context);
		return writer;
	}

	private static RowOutcome row(long row) {
		return new RowOutcome(row, null, Outcome.FAILED, "reason", null);
	}

}
