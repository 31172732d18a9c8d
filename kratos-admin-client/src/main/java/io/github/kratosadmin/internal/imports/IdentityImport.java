package io.github.kratosadmin.internal.imports;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.Spliterators.AbstractSpliterator;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import io.github.kratosadmin.error.KratosRateLimitedException;
import io.github.kratosadmin.error.KratosUnavailableException;
import io.github.kratosadmin.error.KratosUnsupportedException;
import io.github.kratosadmin.identity.BatchPatchIdentities;
import io.github.kratosadmin.identity.BatchPatchIdentitiesResult;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.identity.Identity;
import io.github.kratosadmin.identity.IdentityApi;
import io.github.kratosadmin.identity.ImportIdentities;
import io.github.kratosadmin.identity.ImportProgress;
import io.github.kratosadmin.identity.ImportResult;
import io.github.kratosadmin.identity.ImportResult.Outcome;
import io.github.kratosadmin.identity.ImportSummary;
import io.github.kratosadmin.internal.imports.ImportChunk.Part;
import io.github.kratosadmin.internal.json.KratosJson;
import io.github.kratosadmin.internal.json.WrittenJson;
import io.github.kratosadmin.internal.operation.BackgroundTask;
import io.github.kratosadmin.internal.operation.BackgroundTasks;
import io.github.kratosadmin.internal.operation.CallerContext;
import io.github.kratosadmin.internal.operation.ClientCounters;
import io.github.kratosadmin.internal.redaction.Redaction;
import io.github.kratosadmin.metadata.Readiness;
import org.jspecify.annotations.Nullable;

/**
 * Creates identities in chunks, several at the same time, and returns the results in the
 * order of the rows. The thread that reads the results controls the import: it cuts the
 * chunks, starts the requests in other threads, and pauses. If none of these requests has
 * a thread, it sends one itself. Only the rows of the current chunks are in memory. A row
 * is sent again only if it was certainly not created.
 */
public final class IdentityImport extends AbstractSpliterator<ImportResult> {

	/** How often a pause checks for a stop. */
	private static final long STOP_INTERVAL = TimeUnit.MILLISECONDS.toNanos(50);

	/** How often to check for a request that an Error ended without a signal. */
	private static final long REQUEST_INTERVAL = TimeUnit.SECONDS.toNanos(1);

	private final IdentityApi identities;

	private final Supplier<Readiness> readiness;

	private final BooleanSupplier kratosClosed;

	private final CallerContext context;

	private final ClientCounters counters;

	private final RowSource source;

	private final ImportIdentities options;

	private final ImportTime time;

	private final ImportPace pace;

	private final ImportRate rate;

	private final ImportConcurrency concurrency;

	private final BackgroundTasks tasks;

	/** The current chunks, in the order of the rows, until their results are read. */
	private final Deque<ImportChunk> chunks = new ArrayDeque<>();

	private final List<ImportRequest> requests = new ArrayList<>();

	private final Semaphore ended = new Semaphore(0);

	private final Queue<ImportResult> results = new ArrayDeque<>();

	private boolean stopped;

	private boolean interrupted;

	private volatile boolean closed;

	/** The reason why the remaining rows are not sent. */
	private @Nullable RuntimeException givenUp;

	/** Nothing is sent after this failure. Rows that were sent have results before it. */
	private @Nullable Throwable failure;

	private ImportProgress progress = new ImportProgress(0, 0, 0);

	private long notSent;

	IdentityImport(IdentityApi identities, Supplier<Readiness> readiness, BooleanSupplier kratosClosed,
			CallerContext context, ClientCounters counters, Stream<CreateIdentity> rows, ImportIdentities options,
			ImportTime time) {
		super(Long.MAX_VALUE, ORDERED | NONNULL);
		this.identities = identities;
		this.readiness = readiness;
		this.kratosClosed = kratosClosed;
		this.context = context;
		this.counters = counters;
		this.source = new RowSource(rows, options);
		this.options = options;
		this.time = time;
		this.pace = new ImportPace(options, time);
		this.rate = new ImportRate(options, time);
		this.concurrency = new ImportConcurrency(options);
		this.tasks = context.newTasks("kratos-import");
	}

	public static Stream<ImportResult> stream(IdentityApi identities, Supplier<Readiness> readiness,
			BooleanSupplier kratosClosed, CallerContext context, ClientCounters counters, Stream<CreateIdentity> rows,
			ImportIdentities options) {
		check(rows, options);
		IdentityImport spliterator = new IdentityImport(identities, readiness, kratosClosed, context, counters, rows,
				options, new ImportTime());
		return StreamSupport.stream(spliterator, false).onClose(spliterator::close);
	}

	public static ImportSummary run(IdentityApi identities, Supplier<Readiness> readiness, BooleanSupplier kratosClosed,
			CallerContext context, ClientCounters counters, Stream<CreateIdentity> rows, ImportIdentities options,
			Consumer<ImportResult> results) {
		check(rows, options);
		// Check the consumer before anything is created.
		KratosJson.required(results, "results");
		try (rows) {
			return new IdentityImport(identities, readiness, kratosClosed, context, counters, rows, options,
					new ImportTime())
				.run(results);
		}
	}

	private static void check(Stream<CreateIdentity> rows, ImportIdentities options) {
		KratosJson.required(rows, "rows");
		KratosJson.required(options, "options");
	}

	ImportSummary run(Consumer<ImportResult> results) {
		boolean more = true;
		while (more) {
			more = tryAdvance((result) -> {
				try {
					results.accept(result);
				}
				catch (Throwable ex) {
					fail(ex);
				}
			});
		}
		return new ImportSummary(this.progress.created(), this.progress.failed(), this.progress.unknown(),
				this.notSent);
	}

	@Override
	public boolean tryAdvance(Consumer<? super ImportResult> action) {
		if (this.results.isEmpty() || this.ended.tryAcquire() || this.rate.isDue() || isTrialDue()) {
			proceed();
		}
		while (this.results.isEmpty()) {
			ImportChunk first = this.chunks.peek();
			if (first == null) {
				return end();
			}
			if (first.isRunning() || (first.isWaiting() && !isOver())) {
				await();
			}
			else {
				this.chunks.remove();
				handOut(first.results());
			}
			proceed();
		}
		action.accept(this.results.remove());
		return true;
	}

	private boolean end() {
		if (this.interrupted) {
			Thread.currentThread().interrupt();
		}
		Throwable failure = (this.failure != null) ? this.failure : this.source.failure();
		if (failure instanceof Error error) {
			throw error;
		}
		if (failure instanceof RuntimeException ex) {
			throw ex;
		}
		if (failure != null) {
			throw new IllegalStateException(failure);
		}
		return false;
	}

	private void handOut(List<ImportResult> results) {
		if (results.isEmpty()) {
			return;
		}
		this.results.addAll(results);
		results.forEach(this::count);
		try {
			this.options.listener().accept(this.progress);
		}
		catch (Throwable ex) {
			fail(ex);
		}
	}

	private void count(ImportResult result) {
		ImportProgress before = this.progress;
		switch (result.outcome()) {
			case CREATED -> {
				this.progress = new ImportProgress(before.created() + 1, before.failed(), before.unknown());
				this.counters.rowCreated();
			}
			case FAILED -> {
				this.progress = new ImportProgress(before.created(), before.failed() + 1, before.unknown());
				this.counters.rowFailed();
			}
			case UNKNOWN -> {
				this.progress = new ImportProgress(before.created(), before.failed(), before.unknown() + 1);
				this.counters.rowUnknown();
			}
			case NOT_SENT -> {
				this.notSent++;
				this.counters.rowNotSent();
			}
		}
	}

	private void fail(Throwable ex) {
		if (this.failure == null) {
			this.failure = ex;
		}
	}

	/**
	 * Returns whether no more requests are sent. Rows that were not sent have no results.
	 */
	private boolean isOver() {
		return this.closed || this.stopped || this.failure != null;
	}

	/**
	 * Waits until a request has ended, or until another one can be sent, at most until
	 * the next check.
	 */
	private void await() {
		long pause = this.pace.timeLeft();
		boolean waiting = this.rate.isWaiting();
		long rate = this.rate.timeLeft();
		if (waiting && rate == 0) {
			// The next request has become due since it was held back.
			return;
		}
		long time = timeToWait(pause, rate);
		boolean duringPause = pause > 0 || !this.requests.isEmpty();
		long start = this.time.now();
		BackgroundTask<?> task = takeBack();
		if (task != null) {
			task.run();
		}
		else {
			try {
				this.time.await(this.ended, time);
			}
			catch (InterruptedException ex) {
				interrupted(ex);
			}
		}
		if (duringPause) {
			// Not the time until the rate allows the next request.
			this.pace.waited(this.time.now() - start);
		}
	}

	private long timeToWait(long pause, long rate) {
		if (this.requests.isEmpty()) {
			return Math.min((pause > 0) ? pause : rate, STOP_INTERVAL);
		}
		boolean rateDecides = rate > 0 && !this.pace.isPaused() && this.requests.size() < this.concurrency.limit();
		return rateDecides ? Math.min(rate, STOP_INTERVAL) : REQUEST_INTERVAL;
	}

	/**
	 * Takes a request back if none has a thread: all threads of the executor may be
	 * waiting for such requests.
	 * @return the request to send now, or {@code null} to wait
	 */
	private @Nullable BackgroundTask<?> takeBack() {
		if (Thread.currentThread().isInterrupted()
				|| this.requests.stream().map(ImportRequest::task).anyMatch(BackgroundTask::isStarted)) {
			return null;
		}
		BackgroundTask<?> task = this.tasks.takeBack();
		if (task != null && !maySend()) {
			task.cancel(false);
			return null;
		}
		return task;
	}

	private boolean maySend() {
		try {
			return !isOver() && !isStopRequested();
		}
		catch (Throwable ex) {
			fail(ex);
			return false;
		}
	}

	private void interrupted(InterruptedException ex) {
		this.interrupted = true;
		fail(new KratosUnavailableException("importIdentities",
				"the thread was interrupted; no row without a result was created", ex));
		// They end soon, with results for their rows.
		this.requests.forEach((request) -> request.task().interrupt());
	}

	/**
	 * Processes the requests that have ended, and sends those that can be sent.
	 */
	private void proceed() {
		processEnded();
		try {
			boolean more = true;
			while (more && !isOver() && this.requests.size() < this.concurrency.limit()) {
				more = sendNext();
				// An executor may run requests in this thread.
				processEnded();
			}
		}
		catch (Throwable ex) {
			fail(ex);
		}
		cancelWaiting();
	}

	private void processEnded() {
		for (ImportRequest request : List.copyOf(this.requests)) {
			if (request.task().isOver()) {
				this.requests.remove(request);
				ended(request);
			}
		}
		if (Thread.currentThread().isInterrupted()) {
			interrupted(new InterruptedException());
		}
	}

	/**
	 * Cancels requests that wait for a thread if they would not be sent now.
	 */
	private void cancelWaiting() {
		for (ImportRequest request : this.requests) {
			if (isOver() || this.givenUp != null || request.pausesBefore() < this.pace.pauses()) {
				this.tasks.cancelIfWaiting(request.task());
			}
		}
	}

	/**
	 * Sends the next request. If the import has given up, ends the next chunk instead.
	 * @return whether there may be more to do now
	 */
	private boolean sendNext() {
		if (isStopRequested()) {
			return false;
		}
		ImportChunk chunk = nextChunk();
		if (this.givenUp == null && this.kratosClosed.getAsBoolean()) {
			this.givenUp = clientClosed();
		}
		RuntimeException reason = this.givenUp;
		if (chunk == null || (reason == null && (isPaused() || this.rate.timeLeft() > 0))) {
			return false;
		}
		if (reason != null) {
			chunk.end((row) -> row.notCreated(Outcome.NOT_SENT, reason));
		}
		else if (this.pace.checksReadiness()) {
			this.tasks.start(add(null, null, this.readiness::get));
			this.rate.sent(0);
		}
		else {
			send(chunk);
		}
		return true;
	}

	private boolean isStopRequested() {
		this.stopped |= this.options.stop().getAsBoolean();
		return this.stopped;
	}

	/**
	 * Returns whether to send nothing now: during a pause, and after it until the request
	 * that shows whether the server has recovered has ended.
	 */
	private boolean isPaused() {
		return this.pace.isPaused() && (!this.requests.isEmpty() || this.pace.timeLeft() > 0);
	}

	/**
	 * Returns whether a pause is over. Checked even while results are being read.
	 */
	private boolean isTrialDue() {
		return this.givenUp == null && this.pace.isPaused() && !isPaused();
	}

	private static KratosUnavailableException clientClosed() {
		return notSent(new IllegalStateException("this KratosAdmin is closed"));
	}

	private static KratosUnavailableException notSent(RuntimeException cause) {
		KratosUnavailableException failure = new KratosUnavailableException("importIdentities",
				"nothing was sent, as " + cause.getMessage(), cause);
		failure.setRequestSent(false);
		return failure;
	}

	private void send(ImportChunk chunk) {
		// A server that is still failing may cost one row, not a chunk.
		Part part = this.pace.isTrial() ? chunk.nextRow() : chunk.next();
		List<ImportRow> rows = chunk.rows(part);
		BackgroundTask<?> task = null;
		try {
			task = add(chunk, part,
					part.isSingle() ? () -> createIdentity(rows.get(0)) : () -> batchPatchIdentities(rows));
		}
		finally {
			if (task == null) {
				chunk.putBack(part);
			}
		}
		this.tasks.start(task);
		this.rate.sent(rows.size());
	}

	private Identity createIdentity(ImportRow row) {
		CreateIdentity identity = row.identity();
		return WrittenJson.during(identity, row.json(), () -> this.identities.createIdentity(identity));
	}

	private BatchPatchIdentitiesResult batchPatchIdentities(List<ImportRow> rows) {
		BatchPatchIdentities batch = batch(rows);
		return WrittenJson.during(batch, BatchJson.of(rows), () -> this.identities.batchPatchIdentities(batch));
	}

	private static BatchPatchIdentities batch(List<ImportRow> rows) {
		return new BatchPatchIdentities(rows.stream().map(ImportRow::patch).toList());
	}

	/**
	 * Adds a request before it starts, as an executor that fails may yet have started it.
	 */
	private BackgroundTask<?> add(@Nullable ImportChunk chunk, @Nullable Part part, Callable<Object> operation) {
		RequestTiming timing = new RequestTiming(this.time);
		BackgroundTask<Object> task = new BackgroundTask<>(withContext(timing.of(operation)), this.ended::release);
		this.requests.add(new ImportRequest(chunk, part, task, timing, this.pace.pauses(), this.concurrency.round()));
		return task;
	}

	/**
	 * Passes the bearer token of this thread to the request. If the provider of the token
	 * fails, so does the request.
	 */
	private Callable<Object> withContext(Callable<Object> operation) {
		try {
			return this.context.handOver(operation);
		}
		catch (RuntimeException ex) {
			return () -> {
				throw new NotSentException(notSent(ex));
			};
		}
	}

	private void ended(ImportRequest request) {
		ImportChunk chunk = request.chunk();
		Part part = request.part();
		if (request.task().isCancelled()) {
			if (chunk != null && part != null) {
				chunk.putBack(part);
			}
			return;
		}
		Object response = null;
		Throwable failure = null;
		try {
			response = request.task().isDone() ? request.task().get() : null;
		}
		catch (ExecutionException ex) {
			failure = ex.getCause();
		}
		catch (InterruptedException ex) {
			failure = ex;
		}
		if (chunk == null || part == null) {
			readinessChecked(response, failure);
		}
		else if (response instanceof BatchPatchIdentitiesResult batch) {
			succeeded(request, chunk, part);
			Instant from = request.timing().from();
			Instant until = request.timing().until();
			Redaction.ofBody(() -> batch(chunk.rows(part)),
					() -> chunk.done(part, ImportOutcome.of(batch, from, until)));
		}
		else if (response instanceof Identity identity) {
			succeeded(request, chunk, part);
			chunk.done(part, (row) -> row.created(identity.id()));
		}
		else if (failure instanceof RuntimeException ex) {
			failed(request, chunk, part, ex);
		}
		else {
			IllegalStateException unknown = new IllegalStateException("The request ended without a result", failure);
			chunk.done(part, (row) -> row.unknown(unknown, request.timing().from(), request.timing().until()));
			fail((failure != null) ? failure : unknown);
		}
	}

	private void succeeded(ImportRequest request, ImportChunk chunk, Part part) {
		this.pace.succeeded(request.pausesBefore());
		if (part.isSingle() || chunk.isWhole(part)) {
			List<ImportRow> rows = chunk.rows(part);
			int kind = (part.isSingle() ? 1 : 0) + (rows.stream().anyMatch(ImportRow::hasClearPassword) ? 2 : 0);
			this.concurrency.succeeded(request.round(), kind, rows.size(), request.timing().nanos());
		}
		else {
			this.concurrency.answered(request.round());
		}
	}

	private void readinessChecked(@Nullable Object response, @Nullable Throwable failure) {
		if (response instanceof Readiness readiness) {
			if (readiness.ready()) {
				this.pace.mayBeReady();
			}
			else {
				continueIf(this.pace.failed(), new IllegalStateException("Kratos was not ready"));
			}
		}
		else if (failure instanceof KratosRateLimitedException ex) {
			continueIf(this.pace.limited(ex.getRetryAfter()), ex);
		}
		else if (failure instanceof NotSentException ex) {
			continueIf(this.pace.failed(), ex.reason());
		}
		else if (failure instanceof RuntimeException ex) {
			if (ImportOutcome.isNotReady(ex)) {
				continueIf(this.pace.failed(), ex);
			}
			else {
				// Ory Network and gateways may not allow the check.
				this.pace.mayBeReady();
			}
		}
		else {
			fail((failure != null) ? failure : new IllegalStateException("The request ended without a result"));
		}
	}

	private void failed(ImportRequest request, ImportChunk chunk, Part part, RuntimeException ex) {
		if (ex instanceof NotSentException notSent) {
			RuntimeException cause = notSent.reason();
			chunk.done(part, (row) -> row.notCreated(Outcome.FAILED, cause));
			continueIf(this.pace.failed(), cause);
		}
		else if (ex instanceof KratosRateLimitedException limited && this.givenUp == null
				&& continueIf(this.pace.limited(limited.getRetryAfter()), ex)) {
			this.concurrency.failed(request.round());
			chunk.putBack(part);
		}
		else if (ImportOutcome.isNotSent(ex)) {
			// If the import gives up, the rows are reported as not sent.
			continueIf(this.pace.notSent(), ex);
			this.concurrency.failed(request.round());
			chunk.putBack(part);
		}
		else if (ex instanceof KratosUnsupportedException && !part.isSingle()) {
			chunk.oneByOne(part);
		}
		else {
			refusedOrFailed(request, chunk, part, ex);
		}
	}

	private void refusedOrFailed(ImportRequest request, ImportChunk chunk, Part part, RuntimeException ex) {
		Outcome outcome = ImportOutcome.of(ex);
		Function<ImportRow, ImportResult> result = (outcome == Outcome.UNKNOWN)
				? (row) -> row.unknown(ex, request.timing().from(), request.timing().until())
				: (row) -> row.notCreated(outcome, ex);
		if (ImportOutcome.isServerFailure(ex) || ImportOutcome.isRefusedByGateway(ex)) {
			chunk.done(part, result);
			this.concurrency.failed(request.round());
			continueIf(this.pace.failed(), ex);
			return;
		}
		if (!(ex instanceof KratosRateLimitedException)) {
			this.pace.succeeded(request.pausesBefore());
			this.concurrency.answered(request.round());
		}
		if (!part.isSingle() && ImportOutcome.isRefusedAsAWhole(ex)) {
			chunk.refused(part, result);
		}
		else if (!part.isSingle() && ImportOutcome.isTooLarge(ex)) {
			chunk.tooLarge(part, result);
		}
		else {
			chunk.done(part, result);
		}
	}

	/**
	 * Gives up unless the import is to continue.
	 */
	private boolean continueIf(boolean condition, RuntimeException reason) {
		if (!condition && this.givenUp == null) {
			this.givenUp = reason;
		}
		return condition;
	}

	/**
	 * Returns the first chunk that is waiting, or else cuts the next one from the source.
	 * @return the chunk, or {@code null} if the source is empty or the maximum number of
	 * chunks is in memory
	 */
	private @Nullable ImportChunk nextChunk() {
		for (ImportChunk chunk : this.chunks) {
			if (chunk.isWaiting()) {
				return chunk;
			}
		}
		if (this.chunks.size() >= this.options.concurrency()) {
			return null;
		}
		ImportChunk chunk = this.source.nextChunk(this.rate.chunkSize());
		if (chunk != null) {
			this.chunks.add(chunk);
		}
		return chunk;
	}

	private void close() {
		this.closed = true;
		this.source.close();
		this.tasks.cancelWaiting();
	}

	/**
	 * Nothing was sent, as the provider of the bearer token failed.
	 */
	private static final class NotSentException extends RuntimeException {

		private final RuntimeException reason;

		NotSentException(RuntimeException reason) {
			super(reason);
			this.reason = reason;
		}

		RuntimeException reason() {
			return this.reason;
		}

	}

}
