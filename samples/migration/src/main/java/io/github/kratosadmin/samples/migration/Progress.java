package io.github.kratosadmin.samples.migration;

import java.util.function.Function;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.batch.core.listener.ChunkListener;
import org.springframework.batch.infrastructure.item.Chunk;

/**
 * Shows on the console how far a step is.
 *
 * @param <T> the type of the items
 */
class Progress<T> implements ChunkListener<T, T> {

	private static final Log logger = LogFactory.getLog(Progress.class);

	private final String text;

	private final Function<T, ?> position;

	/**
	 * Creates an instance.
	 * @param text the text before the position of the last item
	 * @param position returns the position of an item, which must not be personal
	 */
	Progress(String text, Function<T, ?> position) {
		this.text = text;
		this.position = position;
	}

	@Override
	public void afterChunk(Chunk<T> chunk) {
		T last = chunk.getItems().get(chunk.size() - 1);
		logger.info(this.text + " " + this.position.apply(last));
	}

}
