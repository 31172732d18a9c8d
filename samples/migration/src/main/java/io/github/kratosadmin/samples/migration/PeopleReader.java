package io.github.kratosadmin.samples.migration;

import java.nio.charset.StandardCharsets;

import io.github.kratosadmin.batch.IdentityRow;
import io.github.kratosadmin.batch.KratosIdentityLineMapper;

import org.springframework.batch.infrastructure.item.file.FlatFileItemReader;
import org.springframework.batch.infrastructure.item.file.builder.FlatFileItemReaderBuilder;
import org.springframework.core.io.FileSystemResource;

/**
 * Reads a file of people, each in one line: of a CSV file, or of an NDJSON file as the
 * export writes it.
 */
final class PeopleReader {

	private PeopleReader() {
	}

	/**
	 * Creates a reader.
	 * @param input the path of the file; that of an NDJSON file ends with {@code .ndjson}
	 * @return the reader
	 */
	static FlatFileItemReader<IdentityRow> of(String input) {
		FlatFileItemReaderBuilder<IdentityRow> reader = new FlatFileItemReaderBuilder<IdentityRow>().name("people")
			.resource(new FileSystemResource(input))
			.encoding(StandardCharsets.UTF_8.name())
			.comments(); // Otherwise, lines that begin with # would be left out.
		if (headerLines(input) == 0) {
			return reader.lineMapper(new KratosIdentityLineMapper()).build();
		}
		return reader.linesToSkip(headerLines(input))
			.skippedLinesCallback(PersonLineMapper::checkHeader)
			.lineMapper(new PersonLineMapper())
			.build();
	}

	/**
	 * Returns the number of lines before the first person.
	 */
	static int headerLines(String input) {
		return input.endsWith(".ndjson") ? 0 : 1;
	}

}
