package io.github.kratosadmin.autoconfigure;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.kratosadmin.metadata.MetadataApi;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the version beside the health check, which must neither fail nor wait because
 * of it: a version that takes its time shows at a later check.
 */
class VersionLookup {

	private static final Log logger = LogFactory.getLog(VersionLookup.class);

	private static final long PATIENCE_MILLIS = 200;

	private final MetadataApi metadata;

	private final AtomicBoolean running = new AtomicBoolean();

	private volatile @Nullable String version;

	VersionLookup(MetadataApi metadata) {
		this.metadata = metadata;
	}

	Optional<String> get() {
		if (this.running.compareAndSet(false, true)) {
			await(start());
		}
		return Optional.ofNullable(this.version);
	}

	private CountDownLatch start() {
		CountDownLatch done = new CountDownLatch(1);
		Thread thread = new Thread(() -> {
			try {
				this.version = this.metadata.getVersion().version();
			}
			catch (RuntimeException ex) {
				logger.debug("The version of Kratos is not known", ex);
				this.version = null;
			}
			finally {
				this.running.set(false);
				done.countDown();
			}
		}, "kratos-version");
		thread.setDaemon(true);
		thread.start();
		return done;
	}

	private static void await(CountDownLatch done) {
		try {
			if (!done.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
				logger.debug("The version of Kratos is not known yet");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
