package io.github.kratosadmin.samples.migration;

import io.github.kratosadmin.batch.IdentityRow;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.batch.core.listener.ChunkListener;
import org.springframework.batch.infrastructure.item.Chunk;

/**
 * Shows on the console how far a step is.
 */
class ImportProgress implements ChunkListener<IdentityRow, IdentityRow> {

	private static final Log logger = LogFactory.getLog(ImportProgress.class);

	private final String done;

	/**
	 * Creates an instance.
	 * @param done what was done with the people, such as "Imported"
	 */
	ImportProgress(String done) {
		this.done = done;
	}

	@Override
	public void afterChunk(Chunk<IdentityRow> chunk) {
		long last = chunk.getItems().get(chunk.size() - 1).row();
		logger.info("%s up to line %,d".formatted(this.done, last));
	}

}
