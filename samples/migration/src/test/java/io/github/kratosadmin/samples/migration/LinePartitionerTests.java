package io.github.kratosadmin.samples.migration;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

import io.github.kratosadmin.batch.IdentityRow;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.file.FlatFileItemReader;

import static org.assertj.core.api.Assertions.assertThat;

class LinePartitionerTests {

	@TempDir
	private Path folder;

	@ParameterizedTest
	@CsvSource({ "0, 1", "0, 3", "1, 3", "2, 3", "10, 1", "10, 3", "10, 10", "10, 16" })
	void theRangesAreTheRowsOfTheFileInItsOrder(int rows, int partitions) throws Exception {
		String input = People.write(this.folder.resolve("people.csv"), rows).toString();
		List<Long> read = new ArrayList<>();
		for (ExecutionContext range : partition(input, partitions)) {
			FlatFileItemReader<IdentityRow> reader = PeopleReader.of(input);
			reader.setCurrentItemCount(range.getInt(LinePartitioner.FIRST));
			reader.setMaxItemCount(range.getInt(LinePartitioner.LAST));
			reader.open(new ExecutionContext());
			for (IdentityRow row = reader.read(); row != null; row = reader.read()) {
				read.add(row.row());
			}
			reader.close();
		}
		assertThat(read).containsExactlyElementsOf(LongStream.rangeClosed(2, rows + 1).boxed().toList());
	}

	@ParameterizedTest
	@CsvSource({ "0, 3, ''", "2, 3, 1 1", "10, 3, 3 3 4", "10, 4, 2 3 2 3" })
	void theRangesHaveTheSameSizeGiveOrTakeOneAndNoneIsEmpty(int rows, int partitions, String sizes) {
		String input = People.write(this.folder.resolve("people.csv"), rows).toString();
		assertThat(partition(input, partitions).stream()
			.map((range) -> range.getInt(LinePartitioner.LAST) - range.getInt(LinePartitioner.FIRST))
			.map(String::valueOf)
			.collect(Collectors.joining(" "))).isEqualTo(sizes);
	}

	private static Collection<ExecutionContext> partition(String input, int partitions) {
		return new LinePartitioner(Path.of(input), PeopleReader.headerLines(input)).partition(partitions).values();
	}

}
