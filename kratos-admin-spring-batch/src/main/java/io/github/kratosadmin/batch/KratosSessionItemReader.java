package io.github.kratosadmin.batch;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.session.Session;
import io.github.kratosadmin.session.ListSessions;
import io.github.kratosadmin.paging.Page;
import org.jspecify.annotations.Nullable;

/**
 * Reads sessions, one page at a time, the newest first since Kratos 1.1 and in the order
 * of their ids before. Works with Kratos 0.11 and later.
 * <p>
 * Kratos makes no promise about a list that changes while it is read: sessions that begin
 * meanwhile are missing, and so may be sessions that end, if the query is for active
 * ones. The other sessions are read once, as long as the step is not restarted.
 * <p>
 * After a restart, the reader requests the page that was being read again, and goes on
 * after the last session of the last committed chunk. If that session is no longer on the
 * page, because it was deleted, newer ones have moved it from the first page, or the
 * query has another page size, the whole page is read: some sessions are read again, but
 * none is skipped. If Kratos was updated meanwhile, it may refuse the page token; the
 * step then fails, unless
 * {@link KratosSessionItemReaderBuilder#startOverIfPageTokenIsRefused(boolean)} is set.
 * The execution context has ids and the token of a page, no personal data.
 * <p>
 * Not thread-safe. A step with a chunk size and a task executor reads in a single thread,
 * so it needs nothing else. If several threads read, wrap the reader in a
 * {@link org.springframework.batch.infrastructure.item.support.SynchronizedItemStreamReader}
 * and set {@link KratosSessionItemReaderBuilder#saveState(boolean)} to {@code false}.
 */
public class KratosSessionItemReader extends NewestFirstItemReader<Session> {

	private final KratosAdmin kratosAdmin;

	private final ListSessions query;

	KratosSessionItemReader(KratosSessionItemReaderBuilder builder) {
		super("listSessions", builder);
		this.kratosAdmin = builder.kratosAdmin();
		this.query = builder.query();
	}

	@Override
	Page<Session> list(@Nullable String pageToken) {
		return this.kratosAdmin.sessions().listSessions(this.query.at(pageToken));
	}

	@Override
	String id(Session session) {
		return session.id();
	}

}
