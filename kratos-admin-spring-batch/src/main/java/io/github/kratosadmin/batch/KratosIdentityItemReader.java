package io.github.kratosadmin.batch;

import java.time.Instant;
import java.util.List;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.error.KratosUnreadableResponseException;
import io.github.kratosadmin.identity.Identity;
import io.github.kratosadmin.identity.ListIdentities;
import io.github.kratosadmin.paging.Page;
import org.jspecify.annotations.Nullable;

import org.springframework.batch.infrastructure.item.ExecutionContext;

/**
 * Reads identities, one page at a time, in the order of their ids. Works with Kratos 0.6
 * and later.
 * <p>
 * After a restart, it goes on after the last identity of the last committed chunk, also
 * if that identity was deleted, or the query has another page size. The execution context
 * has ids and the token of a page, no personal data. It is kept only if the job
 * repository is: with {@code spring-boot-starter-batch-jdbc}, not with
 * {@code spring-boot-starter-batch} alone. If Kratos was replaced by a version with
 * another order of identities, the step fails: start a new job instance.
 * <p>
 * Each identity that exists all the time is read once. Ids are random: an identity that
 * is created while the step runs is read if its id lies after the current position, and
 * missing otherwise. A second run with
 * {@link KratosIdentityItemReaderBuilder#changedSince(Instant)} reads those.
 * <p>
 * In a partition of a {@link KratosIdentityRangePartitioner}, it reads the range of the
 * partition. It must be a {@code @StepScope} bean there: a reader that several partitions
 * open at the same time fails.
 * <p>
 * Not thread-safe. A step with a chunk size and a task executor reads in a single thread,
 * so it needs nothing else. If several threads read, wrap the reader in a
 * {@link org.springframework.batch.infrastructure.item.support.SynchronizedItemStreamReader}
 * and set {@link KratosIdentityItemReaderBuilder#saveState(boolean)} to {@code false}.
 * <p>
 * If the ids of a list are not in order, or an id is repeated, reading fails with a
 * {@link KratosUnreadableResponseException}: a page may be missing or repeated.
 */
public class KratosIdentityItemReader extends PageItemReader<Identity> {

	private static final String ORDER = "order";

	private final KratosAdmin kratosAdmin;

	private final ListIdentities query;

	private final @Nullable Instant changedSince;

	/** The range of ids, or {@code null} for all. */
	private @Nullable IdRange range;

	private @Nullable IdOrder order;

	/** The id before the next page, or {@code null} if it is not known. */
	private @Nullable String previousId;

	KratosIdentityItemReader(KratosIdentityItemReaderBuilder builder) {
		super("listIdentities", builder);
		this.kratosAdmin = builder.kratosAdmin();
		this.query = builder.query();
		this.changedSince = builder.changedSince();
	}

	@Override
	public void open(ExecutionContext executionContext) {
		super.open(executionContext);
		IdRange range = IdRange.from(executionContext);
		this.range = (range != null && !range.isWhole()) ? range : null;
		String saved = saved(executionContext, ORDER);
		this.order = (saved != null) ? IdOrder.valueOf(saved) : null;
		this.previousId = null;
		if (this.range != null) {
			this.order = IdOrder.ASCENDING;
			this.previousId = this.range.after();
		}
	}

	@Override
	public void update(ExecutionContext executionContext) {
		super.update(executionContext);
		save(executionContext, ORDER, (this.order != null) ? this.order.name() : null);
	}

	@Override
	Page<Identity> request(@Nullable String pageToken, @Nullable String lastId) {
		Page<Identity> page = this.kratosAdmin.identities().listIdentities(query(pageToken));
		checkOrder(page.items());
		List<Identity> items = page.items()
			.stream()
			.filter((identity) -> lastId == null || isAfter(identity.id(), lastId))
			.filter((identity) -> !isAfterRange(identity.id()))
			.filter(this::hasChanged)
			.toList();
		boolean end = this.previousId != null && isAtEndOfRange(this.previousId);
		return new Page<>(items, end ? null : page.nextPageToken(), page.totalItems());
	}

	private ListIdentities query(@Nullable String pageToken) {
		if (pageToken != null || this.range == null || this.range.isFirst()) {
			return this.query.at(pageToken);
		}
		return new ListIdentities(this.query.pageSize(), null, this.range.after(), this.query.ids(),
				this.query.credentialsIdentifier(), this.query.previewCredentialsIdentifierSimilar(),
				this.query.includeCredential(), this.query.organizationId(), this.query.consistency());
	}

	private void checkOrder(List<Identity> identities) {
		IdOrder order = this.order;
		String previous = this.previousId;
		for (Identity identity : identities) {
			if (previous != null) {
				order = (order != null) ? order : IdOrder.of(previous, identity.id());
				order.check(previous, identity.id());
			}
			previous = identity.id();
		}
		this.order = order;
		this.previousId = previous;
	}

	/**
	 * Without an order, at most one identity was read: the last one.
	 */
	private boolean isAfter(String id, String lastId) {
		return (this.order != null) ? this.order.isAfter(id, lastId) : !id.equals(lastId);
	}

	private boolean isAfterRange(String id) {
		return this.range != null && id.compareTo(this.range.through()) > 0;
	}

	private boolean isAtEndOfRange(String id) {
		return this.range != null && id.compareTo(this.range.through()) >= 0;
	}

	private boolean hasChanged(Identity identity) {
		Instant since = this.changedSince;
		return since == null || identity.updatedAt() == null || !identity.updatedAt().isBefore(since)
				|| (identity.createdAt() != null && !identity.createdAt().isBefore(since));
	}

	@Override
	String id(Identity identity) {
		return identity.id();
	}

}
