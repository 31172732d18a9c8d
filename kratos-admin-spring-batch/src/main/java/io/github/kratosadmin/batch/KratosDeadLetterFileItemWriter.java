package io.github.kratosadmin.batch;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes the items that failed, or whose outcome is not known, into a file: a JSON object
 * in each line, with the fields {@code row}, {@code identity_id}, {@code outcome},
 * {@code reason}, and if a call failed its {@code operation} and {@code status}. A field
 * without a value is left out. Only the owner of the file may read and write it, except
 * on Windows, where the permissions of the folder apply.
 * <p>
 * Not thread-safe: use an instance for each step. After a restart of the step, it goes on
 * after the lines of the last committed chunk. When a step starts for the first time, a
 * file that exists is overwritten.
 */
public class KratosDeadLetterFileItemWriter extends PrivateFileItemWriter<RowOutcome> {

	private static final JsonMapper MAPPER = new JsonMapper();

	KratosDeadLetterFileItemWriter(KratosDeadLetterFileItemWriterBuilder builder) {
		super(builder.name(), builder.file(), true, KratosDeadLetterFileItemWriter::line);
	}

	private static String line(RowOutcome outcome) {
		ObjectNode line = MAPPER.createObjectNode();
		if (outcome.row() != null) {
			line.put("row", outcome.row());
		}
		if (outcome.identityId() != null) {
			line.put("identity_id", outcome.identityId());
		}
		line.put("outcome", outcome.outcome().name());
		if (outcome.reason() != null) {
			line.put("reason", outcome.reason());
		}
		if (outcome.failure() != null) {
			line.put("operation", outcome.failure().getOperation());
			line.put("status", outcome.failure().getStatus());
		}
		return MAPPER.writeValueAsString(line);
	}

}
