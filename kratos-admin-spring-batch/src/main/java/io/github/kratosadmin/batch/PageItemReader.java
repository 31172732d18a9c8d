package io.github.kratosadmin.batch;

import java.util.Collections;
import java.util.Iterator;

import io.github.kratosadmin.error.KratosUnreadableResponseException;
import io.github.kratosadmin.paging.Page;
import org.jspecify.annotations.Nullable;

import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamReader;
import org.springframework.batch.infrastructure.item.ItemStreamSupport;

/**
 * Reads the items on all pages of a list. The position in the execution context is the
 * token of the page that is being read, and the id of the last item.
 *
 * @param <T> the type of the items
 */
abstract class PageItemReader<T> extends ItemStreamSupport implements ItemStreamReader<T> {

	private static final String PAGE_TOKEN = "page.token";

	private static final String LAST_ID = "last.id";

	private static final String FINISHED = "finished";

	private final String operation;

	private final boolean saveState;

	private final SingleExecution execution = new SingleExecution();

	private Iterator<T> items = Collections.emptyIterator();

	private @Nullable String pageToken;

	private @Nullable String nextPageToken;

	private @Nullable String lastId;

	private boolean finished;

	PageItemReader(String operation, PageItemReaderBuilder<?> builder) {
		setName(builder.name());
		this.operation = operation;
		this.saveState = builder.saveState();
	}

	/**
	 * Requests a page.
	 * @param pageToken the token of the page, or {@code null} for the first page
	 * @param lastId the id of the last item that was read, or {@code null} if none was
	 * @return the page with the items to read: without those that were read before
	 */
	abstract Page<T> request(@Nullable String pageToken, @Nullable String lastId);

	abstract String id(T item);

	@Override
	public void open(ExecutionContext executionContext) {
		this.execution.open(getName(), executionContext);
		this.items = Collections.emptyIterator();
		this.pageToken = saved(executionContext, PAGE_TOKEN);
		this.lastId = saved(executionContext, LAST_ID);
		this.finished = saved(executionContext, FINISHED) != null;
	}

	@Override
	public @Nullable T read() {
		while (!this.items.hasNext()) {
			if (this.finished) {
				return null;
			}
			readPage();
		}
		T item = this.items.next();
		this.lastId = id(item);
		goToNextPageAfterLastItem();
		return item;
	}

	private void readPage() {
		Page<T> page = request(this.pageToken, this.lastId);
		if (page.nextPageToken() != null && page.nextPageToken().equals(this.pageToken)) {
			throw new KratosUnreadableResponseException(this.operation, 200, "the next page is the same page again");
		}
		this.items = page.items().iterator();
		this.nextPageToken = page.nextPageToken();
		goToNextPageAfterLastItem();
	}

	void startOver() {
		this.pageToken = null;
		this.lastId = null;
	}

	private void goToNextPageAfterLastItem() {
		if (!this.items.hasNext()) {
			this.pageToken = this.nextPageToken;
			this.finished = (this.nextPageToken == null);
		}
	}

	@Override
	public void update(ExecutionContext executionContext) {
		save(executionContext, PAGE_TOKEN, this.pageToken);
		save(executionContext, LAST_ID, this.lastId);
		save(executionContext, FINISHED, this.finished ? "true" : null);
	}

	@Override
	public void close() {
		if (this.execution.close()) {
			this.items = Collections.emptyIterator();
		}
	}

	@Nullable String saved(ExecutionContext executionContext, String key) {
		String contextKey = getExecutionContextKey(key);
		return (this.saveState && executionContext.containsKey(contextKey)) ? executionContext.getString(contextKey)
				: null;
	}

	void save(ExecutionContext executionContext, String key, @Nullable String value) {
		if (!this.saveState) {
			return;
		}
		if (value != null) {
			executionContext.putString(getExecutionContextKey(key), value);
		}
		else {
			executionContext.remove(getExecutionContextKey(key));
		}
	}

}
