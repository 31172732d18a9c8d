package io.github.kratosadmin.batch;

import java.util.List;

import io.github.kratosadmin.error.KratosBadRequestException;
import io.github.kratosadmin.error.KratosException;
import io.github.kratosadmin.paging.Page;
import org.jspecify.annotations.Nullable;

import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.NonTransientResourceException;

/**
 * Reads a list that is not in the order of its ids, so a position in it is known only
 * while its item is there. After a restart, an item may be read again, but none is
 * skipped.
 *
 * @param <T> the type of the items
 */
abstract class NewestFirstItemReader<T> extends PageItemReader<T> {

	private final boolean startOver;

	/** Whether no page was requested since the reader was opened. */
	private boolean opened;

	NewestFirstItemReader(String operation, NewestFirstItemReaderBuilder<?> builder) {
		super(operation, builder);
		this.startOver = builder.startOver();
	}

	abstract Page<T> list(@Nullable String pageToken);

	@Override
	public void open(ExecutionContext executionContext) {
		super.open(executionContext);
		this.opened = true;
	}

	/**
	 * Kratos refuses a page token with 400, and the client refuses one that would give an
	 * empty page. They may refuse other parts of a request in the same way: then the
	 * first page fails as well.
	 */
	@Override
	Page<T> request(@Nullable String pageToken, @Nullable String lastId) {
		Page<T> page;
		try {
			page = withoutItemsThrough(lastId, list(pageToken));
		}
		catch (KratosBadRequestException | IllegalArgumentException ex) {
			if (!this.opened || pageToken == null || isFromGateway(ex)) {
				throw ex;
			}
			page = list(null);
			if (!this.startOver) {
				throw new NonTransientResourceException(getName() + " cannot continue after the restart, as the page"
						+ " token in the execution context is refused: start a new job instance, or build the reader"
						+ " with startOverIfPageTokenIsRefused(true) to read everything again", ex);
			}
			startOver();
		}
		this.opened = false;
		return page;
	}

	private static boolean isFromGateway(RuntimeException refusal) {
		return refusal instanceof KratosException ex && !ex.isFromKratos();
	}

	private Page<T> withoutItemsThrough(@Nullable String lastId, Page<T> page) {
		List<T> items = page.items();
		int read = items.stream().map(this::id).toList().indexOf(lastId) + 1;
		return new Page<>(items.subList(read, items.size()), page.nextPageToken(), page.totalItems());
	}

}
