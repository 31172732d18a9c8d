package io.github.kratosadmin.samples.migration;

import java.nio.charset.StandardCharsets;

import io.github.kratosadmin.batch.IdentityRow;

import org.springframework.batch.infrastructure.item.file.FlatFileItemReader;
import org.springframework.batch.infrastructure.item.file.builder.FlatFileItemReaderBuilder;
import org.springframework.core.io.FileSystemResource;

/**
 * Reads a file of people, each in one line.
 */
final class PeopleReader {

	private PeopleReader() {
	}

	/**
	 * Creates a reader.
	 * @param input the path of the file
	 * @return the reader
	 */
	static FlatFileItemReader<IdentityRow> of(String input) {
		return new FlatFileItemReaderBuilder<IdentityRow>().name("people")
			.resource(new FileSystemResource(input))
			.encoding(StandardCharsets.UTF_8.name())
			.comments() // Otherwise, lines that begin with # would be left out.
			.linesToSkip(1)
			.skippedLinesCallback(PersonLineMapper::checkHeader)
			.lineMapper(new PersonLineMapper())
			.build();
	}

}
