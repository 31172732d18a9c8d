package io.github.kratosadmin.identity;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.Spliterators.AbstractSpliterator;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import io.github.kratosadmin.error.KratosUnavailableException;
import io.github.kratosadmin.json.KratosJson;
import org.jspecify.annotations.Nullable;

/**
 * Creates identities chunk by chunk, several at the same time, and hands out the results
 * in the order of the rows. It is read as a stream: chunks are cut and sent as the
 * results are read, so that no more rows are held than those that are being sent.
 */
final class IdentityImport extends AbstractSpliterator<ImportResult> {

	/** Kratos reads 5 MB; some of it is for what is around the rows. */
	private static final int MAX_CHUNK_BYTES = 5 * 1024 * 1024 - 1024;

	/** What is around a row, its {@code patch_id} above all. */
	private static final int ROW_BYTES = 70;

	private final ImportChunkSender sender;

	private final Stream<CreateIdentity> source;

	private final Iterator<CreateIdentity> rows;

	private final ImportIdentities options;

	private final Queue<FutureTask<List<ImportResult>>> underWay = new ArrayDeque<>();

	private final Queue<ImportResult> results = new ArrayDeque<>();

	private @Nullable Row next;

	private long count;

	/** What was sent has results, which come before it. */
	private @Nullable RuntimeException failure;

	private boolean allSent;

	private volatile boolean closed;

	private ImportProgress progress = new ImportProgress(0, 0, 0);

	private IdentityImport(IdentityApi identities, Stream<CreateIdentity> source, ImportIdentities options) {
		super(Long.MAX_VALUE, ORDERED | NONNULL);
		this.sender = new ImportChunkSender(identities, this::isStopped);
		this.source = source;
		this.rows = source.sequential().iterator();
		this.options = options;
	}

	static Stream<ImportResult> of(IdentityApi identities, Stream<CreateIdentity> rows, ImportIdentities options) {
		IdentityImport spliterator = new IdentityImport(identities, rows, options);
		return StreamSupport.stream(spliterator, false).onClose(spliterator::close);
	}

	@Override
	public boolean tryAdvance(Consumer<? super ImportResult> action) {
		while (this.results.isEmpty()) {
			send();
			FutureTask<List<ImportResult>> first = this.underWay.poll();
			if (first == null) {
				if (this.failure != null) {
					throw this.failure;
				}
				return false;
			}
			List<ImportResult> chunk = await(first);
			chunk.forEach((result) -> this.progress = this.progress.plus(result));
			this.results.addAll(chunk);
			send();
			tellListener();
		}
		action.accept(this.results.remove());
		return true;
	}

	private void tellListener() {
		try {
			this.options.listener().accept(this.progress);
		}
		catch (RuntimeException ex) {
			fail(ex);
		}
	}

	private void fail(RuntimeException ex) {
		this.allSent = true;
		if (this.failure == null) {
			this.failure = ex;
		}
	}

	private boolean isStopped() {
		return this.closed || this.options.stop().getAsBoolean();
	}

	private void send() {
		while (!this.allSent && this.underWay.size() < this.options.concurrency()) {
			List<Row> chunk = chunk();
			if (chunk.isEmpty()) {
				this.allSent = true;
				return;
			}
			FutureTask<List<ImportResult>> task = new FutureTask<>(() -> this.sender.send(chunk));
			this.underWay.add(task);
			Thread thread = new Thread(task, "kratos-import");
			thread.setDaemon(true);
			thread.start();
		}
	}

	/**
	 * Cuts the next chunk.
	 */
	private List<Row> chunk() {
		List<Row> chunk = new ArrayList<>();
		try {
			if (!isStopped()) {
				fill(chunk);
			}
		}
		catch (RuntimeException ex) {
			fail(ex);
		}
		return chunk;
	}

	private void fill(List<Row> chunk) {
		int bytes = 0;
		int clearPasswords = 0;
		while (chunk.size() < this.options.chunkSize()) {
			Row row = peek();
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

	private @Nullable Row peek() {
		if (this.next == null && this.rows.hasNext()) {
			long number = this.count++;
			this.next = new Row(number, KratosJson.required(this.rows.next(), "row " + number));
		}
		return this.next;
	}

	private List<ImportResult> await(FutureTask<List<ImportResult>> chunk) {
		try {
			return chunk.get();
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException(ex.getCause());
		}
		catch (InterruptedException ex) {
			this.closed = true;
			Thread.currentThread().interrupt();
			throw new KratosUnavailableException("importIdentities",
					"the thread was interrupted; what became of the rows without a result is not known", ex);
		}
	}

	private void close() {
		this.closed = true;
		this.source.close();
	}

	/**
	 * An identity to create.
	 *
	 * @param number which one, counted from 0
	 * @param identity the identity
	 * @param bytes how long it is as JSON
	 */
	record Row(long number, CreateIdentity identity, int bytes) {

		Row(long number, CreateIdentity identity) {
			this(number, identity, KratosJson.mapper().writeValueAsBytes(identity).length + ROW_BYTES);
		}

		boolean hasClearPassword() {
			ImportCredentials credentials = this.identity.credentials();
			return credentials != null && credentials.password() != null
					&& credentials.password().config().password() != null;
		}

		/**
		 * What tells this row from the others of the import, as the UUID that Kratos
		 * wants.
		 */
		String patchId() {
			return new UUID(0, this.number).toString();
		}

		ImportResult created(String id) {
			return new ImportResult(this.number, ImportResult.Outcome.CREATED, id, null);
		}

		ImportResult failed(RuntimeException failure) {
			return new ImportResult(this.number, ImportResult.Outcome.FAILED, null, failure);
		}

		ImportResult unknown(RuntimeException failure) {
			return new ImportResult(this.number, ImportResult.Outcome.UNKNOWN, null, failure);
		}

	}

}
