package io.github.kratosadmin.internal.imports;

import io.github.kratosadmin.internal.imports.ImportChunk.Part;
import io.github.kratosadmin.internal.operation.BackgroundTask;
import org.jspecify.annotations.Nullable;

/**
 * A request of an import that is running or waits for a thread.
 *
 * @param chunk the chunk with the rows, or {@code null} for a readiness check
 * @param part the rows to create, or {@code null} for a readiness check
 * @param task the task that sends the request
 * @param timing the time that the request takes
 * @param pausesBefore the number of pauses before the request was sent
 * @param round the round of {@link ImportConcurrency} in which it was sent
 */
record ImportRequest(@Nullable ImportChunk chunk, @Nullable Part part, BackgroundTask<Object> task,
		RequestTiming timing, int pausesBefore, int round) {

}
