package io.github.kratosadmin.batch;

import io.github.kratosadmin.error.KratosException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes the items that failed, or whose outcome is not known, into a file: a JSON object
 * in each line, with the fields {@code row}, {@code identity_id}, {@code outcome},
 * {@code reason}, and if a call failed its {@code operation}, {@code status},
 * {@code error_id} and {@code request_id}. A field without a value is left out. Only the
 * owner of the file may read and write it, except on Windows, where the permissions of
 * the folder apply.
 * <p>
 * Not thread-safe: use an instance and a file for each step or partition. A second writer
 * of the same process that opens the file fails. After a restart of the step, it goes on
 * after the lines of the last committed chunk; on another machine, it needs the file
 * there. When a step starts for the first time, a file that exists is overwritten.
 */
public class KratosDeadLetterFileItemWriter extends PrivateFileItemWriter<RowOutcome> {

	private static final JsonMapper MAPPER = new JsonMapper();

	KratosDeadLetterFileItemWriter(KratosDeadLetterFileItemWriterBuilder builder) {
		super(builder.name(), builder.file(), KratosDeadLetterFileItemWriter::line);
	}

	private static String line(RowOutcome outcome) {
		ObjectNode line = MAPPER.createObjectNode();
		line.put("row", outcome.row());
		line.put("identity_id", outcome.identityId());
		line.put("outcome", outcome.outcome().name());
		line.put("reason", outcome.reason());
		KratosException failure = outcome.failure();
		if (failure != null) {
			line.put("operation", failure.getOperation());
			line.put("status", (failure.getStatus() != 0) ? failure.getStatus() : null);
			line.put("error_id", failure.getError().id());
			line.put("request_id", failure.getError().request());
		}
		line.removeIf(JsonNode::isNull);
		return MAPPER.writeValueAsString(line);
	}

}
