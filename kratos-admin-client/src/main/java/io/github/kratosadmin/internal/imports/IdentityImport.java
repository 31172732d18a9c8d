package io.github.kratosadmin.internal.imports;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.Spliterators.AbstractSpliterator;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
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
import io.github.kratosadmin.identity.BatchPatchIdentities.IdentityPatch;
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
import io.github.kratosadmin.internal.operation.CallerContext;
import io.github.kratosadmin.internal.redaction.Redaction;
import io.github.kratosadmin.metadata.Readiness;
import org.jspecify.annotations.Nullable;

/**
 * Creates identities in chunks, several at the same time, and returns the results in the
 * order of the rows. The thread that reads the results controls the import: it cuts the
 * chunks, starts a thread for each call, and pauses. Only the rows of the current chunks
 * are in memory. A row is sent again only if the response proves that nothing was
 * created.
 */
public final class IdentityImport extends AbstractSpliterator<ImportResult> {

	/** Kratos reads 5 MB; some of it is for what is around the rows. */
	private static final int MAX_CHUNK_BYTES = 5 * 1024 * 1024 - 1024;

	/** How soon a stop is seen during a pause. */
	private static final long STOP_INTERVAL = TimeUnit.MILLISECONDS.toNanos(50);

	/** A call that ends says so; looked at all the same in case an Error has kept it. */
	private static final long CALL_INTERVAL = TimeUnit.SECONDS.toNanos(1);

	/** Tells the patch ids of this import from those of others. */
	private final long id = UUID.randomUUID().getMostSignificantBits();

	private final IdentityApi identities;

	private final Supplier<Readiness> readiness;

	private final BooleanSupplier kratosClosed;

	private final CallerContext context;

	private final Stream<CreateIdentity> source;

	private final Iterator<CreateIdentity> rows;

	private final ImportIdentities options;

	private final ImportPace pace;

	private final ThreadFactory threads;

	/** In the order of the rows, until their results are handed out. */
	private final Deque<ImportChunk> chunks = new ArrayDeque<>();

	private final List<Call> calls = new ArrayList<>();

	private final Semaphore ended = new Semaphore(0);

	private final Queue<ImportResult> results = new ArrayDeque<>();

	private @Nullable ImportRow next;

	private long count;

	private boolean allRead;

	private boolean stopped;

	private boolean interrupted;

	private volatile boolean closed;

	/** Why the rows that are left are not sent. */
	private @Nullable RuntimeException givenUp;

	/** Rows that were read before it are sent. */
	private @Nullable Throwable sourceFailure;

	/** Nothing more is sent after it; what was sent has results, which come before it. */
	private @Nullable Throwable failure;

	private ImportProgress progress = new ImportProgress(0, 0, 0);

	private long notSent;

	private IdentityImport(IdentityApi identities, Supplier<Readiness> readiness, BooleanSupplier kratosClosed,
			CallerContext context, Stream<CreateIdentity> source, ImportIdentities options, ThreadFactory threads) {
		super(Long.MAX_VALUE, ORDERED | NONNULL);
		this.identities = identities;
		this.readiness = readiness;
		this.kratosClosed = kratosClosed;
		this.context = context;
		this.source = source;
		this.rows = source.sequential().iterator();
		this.options = options;
		this.pace = new ImportPace(options);
		this.threads = threads;
	}

	public static Stream<ImportResult> stream(IdentityApi identities, Supplier<Readiness> readiness,
			BooleanSupplier kratosClosed, CallerContext context, Stream<CreateIdentity> rows,
			ImportIdentities options) {
		check(rows, options);
		IdentityImport spliterator = new IdentityImport(identities, readiness, kratosClosed, context, rows, options,
				IdentityImport::thread);
		return StreamSupport.stream(spliterator, false).onClose(spliterator::close);
	}

	public static ImportSummary run(IdentityApi identities, Supplier<Readiness> readiness, BooleanSupplier kratosClosed,
			CallerContext context, Stream<CreateIdentity> rows, ImportIdentities options,
			Consumer<ImportResult> results) {
		return run(identities, readiness, kratosClosed, context, rows, options, results, IdentityImport::thread);
	}

	public static ImportSummary run(IdentityApi identities, Supplier<Readiness> readiness, BooleanSupplier kratosClosed,
			CallerContext context, Stream<CreateIdentity> rows, ImportIdentities options,
			Consumer<ImportResult> results, ThreadFactory threads) {
		check(rows, options);
		// Otherwise it would be seen when the first rows are created.
		KratosJson.required(results, "results");
		try (rows) {
			return new IdentityImport(identities, readiness, kratosClosed, context, rows, options, threads)
				.run(results);
		}
	}

	private static void check(Stream<CreateIdentity> rows, ImportIdentities options) {
		KratosJson.required(rows, "rows");
		KratosJson.required(options, "options");
	}

	private static Thread thread(Runnable call) {
		Thread thread = new Thread(call, "kratos-import");
		thread.setDaemon(true);
		return thread;
	}

	private ImportSummary run(Consumer<ImportResult> results) {
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
		if (this.results.isEmpty() || this.ended.tryAcquire() || isTrialDue()) {
			proceed();
		}
		while (this.results.isEmpty()) {
			ImportChunk first = this.chunks.peek();
			if (first == null) {
				return end();
			}
			if (first.isUnderWay() || (first.isWaiting() && !isOver())) {
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
		Throwable failure = (this.failure != null) ? this.failure : this.sourceFailure;
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
			case CREATED -> this.progress = new ImportProgress(before.created() + 1, before.failed(), before.unknown());
			case FAILED -> this.progress = new ImportProgress(before.created(), before.failed() + 1, before.unknown());
			case UNKNOWN -> this.progress = new ImportProgress(before.created(), before.failed(), before.unknown() + 1);
			case NOT_SENT -> this.notSent++;
		}
	}

	private void fail(Throwable ex) {
		if (this.failure == null) {
			this.failure = ex;
		}
	}

	/**
	 * Whether no more calls are made, and rows without a call have no results.
	 */
	private boolean isOver() {
		return this.closed || this.stopped || this.failure != null;
	}

	/**
	 * Waits until a call has ended, or there is something to be done.
	 */
	private void await() {
		long time = this.calls.isEmpty() ? Math.min(this.pace.timeLeft(), STOP_INTERVAL) : CALL_INTERVAL;
		try {
			long start = System.nanoTime();
			this.ended.tryAcquire(time, TimeUnit.NANOSECONDS);
			this.pace.waited(System.nanoTime() - start);
		}
		catch (InterruptedException ex) {
			this.interrupted = true;
			fail(new KratosUnavailableException("importIdentities",
					"the thread was interrupted; no row without a result was created", ex));
			// They end soon, each with what is known of its rows.
			this.calls.forEach((call) -> call.thread().interrupt());
		}
	}

	/**
	 * Looks at the calls that have ended, and makes those that can be made.
	 */
	private void proceed() {
		for (Call call : List.copyOf(this.calls)) {
			if (call.task().isDone() || !call.thread().isAlive()) {
				this.calls.remove(call);
				ended(call);
			}
		}
		try {
			while (!isOver() && this.calls.size() < this.options.concurrency() && makeCall()) {
				// One more.
			}
		}
		catch (Throwable ex) {
			fail(ex);
		}
	}

	/**
	 * Makes a call, if one can be made now.
	 */
	private boolean makeCall() {
		if (this.options.stop().getAsBoolean()) {
			this.stopped = true;
			return false;
		}
		ImportChunk chunk = nextChunk();
		if (this.givenUp == null && this.kratosClosed.getAsBoolean()) {
			this.givenUp = closed();
		}
		RuntimeException reason = this.givenUp;
		if (chunk == null || (reason == null && isPaused())) {
			return false;
		}
		if (reason != null) {
			chunk.end((row) -> row.notCreated(Outcome.NOT_SENT, reason));
		}
		else if (this.pace.asksFirst()) {
			start(null, null, this.readiness::get);
		}
		else {
			send(chunk);
		}
		return true;
	}

	/**
	 * Whether to make no call now: during a pause, and after it while the one call is
	 * under way that shows whether it is over.
	 */
	private boolean isPaused() {
		return this.pace.isPaused() && (!this.calls.isEmpty() || this.pace.timeLeft() > 0);
	}

	/**
	 * Whether a pause is over, which is to be seen though results are being read.
	 */
	private boolean isTrialDue() {
		return this.givenUp == null && this.pace.isPaused() && !isPaused();
	}

	private static KratosUnavailableException closed() {
		IllegalStateException cause = new IllegalStateException("this KratosAdmin is closed");
		KratosUnavailableException failure = new KratosUnavailableException("importIdentities",
				"nothing was sent, as " + cause.getMessage(), cause);
		failure.setRequestSent(false);
		return failure;
	}

	private void send(ImportChunk chunk) {
		Part part = chunk.next();
		List<ImportRow> rows = chunk.rows(part);
		boolean started = false;
		try {
			start(chunk, part, part.isSingle() ? () -> this.identities.createIdentity(rows.get(0).identity())
					: () -> this.identities.batchPatchIdentities(batch(rows)));
			started = true;
		}
		finally {
			if (!started) {
				chunk.putBack(part);
			}
		}
	}

	private static BatchPatchIdentities batch(List<ImportRow> rows) {
		return new BatchPatchIdentities(
				rows.stream().map((row) -> new IdentityPatch(row.identity(), row.patchId())).toList());
	}

	private void start(@Nullable ImportChunk chunk, @Nullable Part part, Callable<Object> call) {
		FutureTask<Object> task = new FutureTask<>(withContext(call)) {

			@Override
			protected void done() {
				IdentityImport.this.ended.release();
			}

		};
		Thread thread = this.threads.newThread(task);
		Call made = new Call(chunk, part, task, thread, this.pace.pauses());
		thread.start();
		this.calls.add(made);
	}

	/**
	 * Hands over what the call needs of this thread. Where that fails, so does the call.
	 */
	private Callable<Object> withContext(Callable<Object> call) {
		try {
			return this.context.handOver(call);
		}
		catch (RuntimeException ex) {
			return () -> {
				throw new NotSentException(ex);
			};
		}
	}

	private void ended(Call call) {
		Object response = null;
		Throwable failure = null;
		try {
			response = call.task().isDone() ? call.task().get() : null;
		}
		catch (ExecutionException ex) {
			failure = ex.getCause();
		}
		catch (InterruptedException ex) {
			failure = ex;
		}
		ImportChunk chunk = call.chunk();
		Part part = call.part();
		if (chunk == null || part == null) {
			asked(response, failure);
		}
		else if (response instanceof BatchPatchIdentitiesResult batch) {
			this.pace.succeeded(call.pausesBefore());
			Redaction.ofBody(batch(chunk.rows(part)), () -> chunk.done(part, ImportOutcome.of(batch)));
		}
		else if (response instanceof Identity identity) {
			this.pace.succeeded(call.pausesBefore());
			chunk.done(part, (row) -> row.created(identity.id()));
		}
		else if (failure instanceof RuntimeException ex) {
			failed(call, chunk, part, ex);
		}
		else {
			IllegalStateException unknown = new IllegalStateException("The call did not end as it should", failure);
			chunk.done(part, (row) -> row.notCreated(Outcome.UNKNOWN, unknown));
			fail((failure != null) ? failure : unknown);
		}
	}

	/**
	 * The server was asked whether it is ready.
	 */
	private void asked(@Nullable Object response, @Nullable Throwable failure) {
		if (response instanceof Readiness readiness) {
			if (readiness.ready()) {
				this.pace.mayBeReady();
			}
			else {
				goOnIf(this.pace.failed(), new IllegalStateException("Kratos was not ready"));
			}
		}
		else if (failure instanceof KratosRateLimitedException ex) {
			goOnIf(this.pace.limited(ex.getRetryAfter()), ex);
		}
		else if (failure instanceof NotSentException ex) {
			goOnIf(this.pace.failed(), ex.reason());
		}
		else if (failure instanceof RuntimeException ex) {
			if (ImportOutcome.isNotReady(ex)) {
				goOnIf(this.pace.failed(), ex);
			}
			else {
				// Not everybody may ask, as with Ory Network, or something else responds.
				this.pace.mayBeReady();
			}
		}
		else {
			fail((failure != null) ? failure : new IllegalStateException("The call did not end as it should"));
		}
	}

	private void failed(Call call, ImportChunk chunk, Part part, RuntimeException ex) {
		if (ex instanceof NotSentException notSent) {
			RuntimeException cause = notSent.reason();
			chunk.done(part, (row) -> row.notCreated(Outcome.FAILED, cause));
			goOnIf(this.pace.failed(), cause);
		}
		else if (ex instanceof KratosRateLimitedException limited && this.givenUp == null
				&& goOnIf(this.pace.limited(limited.getRetryAfter()), ex)) {
			chunk.putBack(part);
		}
		else if (ex instanceof KratosUnsupportedException && !part.isSingle()) {
			chunk.oneByOne(part);
		}
		else {
			refusedOrFailed(call, chunk, part, ex);
		}
	}

	private void refusedOrFailed(Call call, ImportChunk chunk, Part part, RuntimeException ex) {
		Outcome outcome = ImportOutcome.of(ex);
		Function<ImportRow, ImportResult> result = (row) -> row.notCreated(outcome, ex);
		if (ImportOutcome.isFailureOfServer(ex) || ImportOutcome.isRefusedBeforeKratos(ex)) {
			chunk.done(part, result);
			goOnIf(this.pace.failed(), ex);
			return;
		}
		if (!(ex instanceof KratosRateLimitedException)) {
			this.pace.succeeded(call.pausesBefore());
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

	private boolean goOnIf(boolean goOn, RuntimeException reason) {
		if (!goOn && this.givenUp == null) {
			this.givenUp = reason;
		}
		return goOn;
	}

	/**
	 * A chunk that waits, or else the next one of the source, {@code null} if there is
	 * none, or as many are held as may be.
	 */
	private @Nullable ImportChunk nextChunk() {
		for (ImportChunk chunk : this.chunks) {
			if (chunk.isWaiting()) {
				return chunk;
			}
		}
		if (this.allRead || this.chunks.size() >= this.options.concurrency()) {
			return null;
		}
		List<ImportRow> rows = new ArrayList<>();
		try {
			fill(rows);
		}
		catch (Throwable ex) {
			this.allRead = true;
			this.sourceFailure = ex;
		}
		if (rows.isEmpty()) {
			this.allRead = true;
			return null;
		}
		ImportChunk chunk = new ImportChunk(rows);
		this.chunks.add(chunk);
		return chunk;
	}

	private void fill(List<ImportRow> chunk) {
		int bytes = 0;
		int clearPasswords = 0;
		while (chunk.size() < this.options.chunkSize()) {
			ImportRow row = peek();
			if (row == null) {
				break;
			}
			bytes += row.bytes();
			clearPasswords += row.hasClearPassword() ? 1 : 0;
			boolean full = bytes > MAX_CHUNK_BYTES || clearPasswords > this.options.clearPasswordsPerChunk();
			if (full && !chunk.isEmpty()) {
				break;
			}
			chunk.add(row);
			this.next = null;
		}
	}

	private @Nullable ImportRow peek() {
		if (this.next == null && this.rows.hasNext()) {
			long number = this.count++;
			this.next = new ImportRow(this.id, number, KratosJson.required(this.rows.next(), "row " + number));
		}
		return this.next;
	}

	private void close() {
		this.closed = true;
		this.source.close();
	}

	/**
	 * A call that is under way.
	 *
	 * @param chunk whose rows it creates, {@code null} if it asks whether the server is
	 * ready
	 * @param part which of them
	 * @param pausesBefore how many pauses there had been when it began
	 */
	private record Call(@Nullable ImportChunk chunk, @Nullable Part part, FutureTask<Object> task, Thread thread,
			int pausesBefore) {

	}

	/**
	 * The bearer token could not be had.
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
