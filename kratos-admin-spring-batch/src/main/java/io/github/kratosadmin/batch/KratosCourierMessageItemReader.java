package io.github.kratosadmin.batch;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.courier.CourierMessage;
import io.github.kratosadmin.courier.ListCourierMessages;
import io.github.kratosadmin.paging.Page;
import org.jspecify.annotations.Nullable;

/**
 * Reads the messages that Kratos sends to identities, one page at a time, the newest
 * first. Works with Kratos 0.11 and later. The subjects and bodies may contain codes and
 * links that sign identities in: the reader keeps them out of the execution context.
 * <p>
 * Kratos makes no promise about a list that changes while it is read: messages that are
 * created meanwhile are missing, and so may be messages that are sent, if the query is
 * for a status. The other messages are read once, as long as the step is not restarted
 * and Kratos is not 0.11.0, whose pages are numbered.
 * <p>
 * After a restart, the reader requests the page that was being read again, and goes on
 * after the last message of the last committed chunk. If that message is no longer on the
 * page, because it was deleted, newer ones have moved it from the first page, or the
 * query has another page size, the whole page is read: some messages are read again, but
 * none is skipped. Since Kratos 25.4, a page token is valid for an hour. If it is refused
 * after a restart, the step fails, unless
 * {@link KratosCourierMessageItemReaderBuilder#startOverIfPageTokenIsRefused(boolean)} is
 * set. The hour also limits the time to process a page: a smaller page size helps.
 * <p>
 * Not thread-safe. A step with a chunk size and a task executor reads in a single thread,
 * so it needs nothing else. If several threads read, wrap the reader in a
 * {@link org.springframework.batch.infrastructure.item.support.SynchronizedItemStreamReader}
 * and set {@link KratosCourierMessageItemReaderBuilder#saveState(boolean)} to
 * {@code false}.
 */
public class KratosCourierMessageItemReader extends NewestFirstItemReader<CourierMessage> {

	private final KratosAdmin kratosAdmin;

	private final ListCourierMessages query;

	KratosCourierMessageItemReader(KratosCourierMessageItemReaderBuilder builder) {
		super("listCourierMessages", builder);
		this.kratosAdmin = builder.kratosAdmin();
		this.query = builder.query();
	}

	@Override
	Page<CourierMessage> list(@Nullable String pageToken) {
		return this.kratosAdmin.courier().listCourierMessages(this.query.at(pageToken));
	}

	@Override
	String id(CourierMessage message) {
		return message.id();
	}

}
