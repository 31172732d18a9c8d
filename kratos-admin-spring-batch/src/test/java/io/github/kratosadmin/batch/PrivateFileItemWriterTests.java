package io.github.kratosadmin.batch;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamException;
import org.springframework.batch.infrastructure.item.file.MultiResourceItemWriter;
import org.springframework.batch.infrastructure.item.file.builder.MultiResourceItemWriterBuilder;
import org.springframework.core.io.FileSystemResource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link PrivateFileItemWriter}.
 */
class PrivateFileItemWriterTests {

	@TempDir
	private Path folder;

	private final ExecutionContext context = new ExecutionContext();

	@Test
	void eachFileOfSeveralIsPrivate() throws Exception {
		MultiResourceItemWriter<String> writer = new MultiResourceItemWriterBuilder<String>().name("files")
			.resource(new FileSystemResource(this.folder.resolve("split")))
			.itemCountLimitPerResource(1)
			.delegate(writer(this.folder.resolve("unused")))
			.build();
		writer.open(this.context);
		writer.write(Chunk.of("a"));
		writer.write(Chunk.of("b"));
		writer.close();
		for (String name : new String[] { "split.1", "split.2" }) {
			OwnerOnly.check(this.folder.resolve(name));
			assertThat(this.folder.resolve(name)).content().hasSize(2);
		}
		assertThat(this.folder.resolve("unused")).doesNotExist();
	}

	@Test
	void aFileIsNotWrittenByTwoPartitions() throws Exception {
		Path file = this.folder.resolve("failed");
		PrivateFileItemWriter<String> first = writer(file);
		first.open(this.context);
		PrivateFileItemWriter<String> second = writer(
				this.folder.resolve("../" + this.folder.getFileName() + "/failed"));
		assertThatExceptionOfType(ItemStreamException.class).isThrownBy(() -> second.open(new ExecutionContext()))
			.withMessageContaining(file + " is being written by another writer");
		second.close();
		first.write(Chunk.of("a"));
		first.close();
		assertThat(file).content().isEqualTo("a\n");
		second.open(new ExecutionContext());
		second.close();
		assertThat(file).isEmptyFile();
	}

	@Test
	void aFileThatIsMissingIsCreatedIfNothingWasWritten() throws Exception {
		Path file = this.folder.resolve("failed");
		PrivateFileItemWriter<String> onAnotherMachine = writer(file);
		onAnotherMachine.open(this.context);
		onAnotherMachine.update(this.context);
		onAnotherMachine.close();
		Files.delete(file);
		PrivateFileItemWriter<String> restarted = writer(file);
		restarted.open(this.context);
		restarted.write(Chunk.of("a"));
		restarted.close();
		assertThat(file).content().isEqualTo("a\n");
		OwnerOnly.check(file);
	}

	@Test
	void aFileThatIsMissingAfterACommitIsAnError() throws Exception {
		Path file = this.folder.resolve("failed");
		PrivateFileItemWriter<String> onAnotherMachine = writer(file);
		onAnotherMachine.open(this.context);
		onAnotherMachine.write(Chunk.of("a"));
		onAnotherMachine.update(this.context);
		onAnotherMachine.close();
		Files.delete(file);
		PrivateFileItemWriter<String> restarted = writer(file);
		assertThatExceptionOfType(ItemStreamException.class).isThrownBy(() -> restarted.open(this.context))
			.withMessage("The file " + file + ", of which an earlier run has written 2 bytes, is missing:"
					+ " restart the step where the file is");
		restarted.close();
	}

	private static PrivateFileItemWriter<String> writer(Path file) {
		return new PrivateFileItemWriter<>("file", file, (line) -> line);
	}

}
