package io.github.kratosadmin.samples.migration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Makes files of people who do not exist.
 */
final class People {

	/** A bcrypt hash of "secret", as Kratos imports it. */
	static final String PASSWORD_HASH = "$2a$10$ZsCsoVQ3xfBG/K37z2XpBeVoJjXNsVK/LHKt6hZDOK1TAZbq5RYGG";

	private People() {
	}

	/**
	 * Writes a CSV file.
	 * @param file the file to write
	 * @param count the number of people
	 * @return the file
	 */
	static Path write(Path file, int count) {
		return write(file, IntStream.rangeClosed(1, count).mapToObj(People::line));
	}

	static Path write(Path file, Stream<String> lines) {
		try {
			Files.createDirectories(file.toAbsolutePath().getParent());
			return Files.write(file, Stream.concat(Stream.of(PersonLineMapper.HEADER), lines).toList());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static String line(int number) {
		return "person-%d@example.com,Person,Number %d,customer-%d,%s".formatted(number, number, number, PASSWORD_HASH);
	}

}
