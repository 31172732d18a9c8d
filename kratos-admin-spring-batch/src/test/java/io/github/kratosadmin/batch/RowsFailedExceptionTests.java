package io.github.kratosadmin.batch;

import java.util.List;

import io.github.kratosadmin.batch.RowOutcome.Outcome;
import io.github.kratosadmin.error.KratosConflictException;
import io.github.kratosadmin.error.KratosError;
import org.junit.jupiter.api.Test;

import org.springframework.util.SerializationUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link RowsFailedException}.
 */
class RowsFailedExceptionTests {

	@Test
	void hasNoOutcomesAfterSerialization() {
		RowOutcome outcome = new RowOutcome(7L, null, Outcome.FAILED, "It exists",
				new KratosConflictException("createIdentity", 409, KratosError.NONE));
		RowsFailedException failure = new RowsFailedException(2, List.of(outcome));
		assertThat(failure.getOutcomes()).containsExactly(outcome);
		RowsFailedException copy = SerializationUtils.clone(failure);
		assertThat(copy).hasMessage("1 of 2 rows failed, the first is row 7: It exists");
		assertThat(copy.getOutcomes()).isEmpty();
	}

}
