package io.github.kratosadmin.samples.migration;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

import org.springframework.batch.core.listener.ChunkListener;
import org.springframework.batch.core.step.item.ChunkOrientedStep;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * A point of a job at which its process ends, without any shutdown, or hangs.
 */
enum KillPoint {

	/** Before a chunk is sent. */
	BEFORE_CHUNK,

	/** After the responses for a chunk, before it is committed. */
	BEFORE_COMMIT,

	/** After a chunk was committed. */
	AFTER_COMMIT;

	static final String PROPERTY = "migration.kill-point";

	/** Set, the process does not end, but hangs until this file exists. */
	static final String HANG_PROPERTY = "migration.hang-until";

	/** What a process that hangs writes. */
	static final String HANGS = "Hangs at the kill point";

	/**
	 * The exit code of a process that SIGKILL has ended, where there are signals (POSIX).
	 */
	static final int KILLED = 137;

	/**
	 * Runs the migration until the point and the chunk in the system property.
	 */
	public static void main(String[] args) {
		SpringApplication.from(MigrationApplication::main).with(Configuration.class).run(args);
	}

	@TestConfiguration(proxyBeanMethods = false)
	static class Configuration {

		@Bean
		static BeanPostProcessor killPointPostProcessor() {
			String[] point = System.getProperty(PROPERTY).split(":");
			return new BeanPostProcessor() {
				@Override
				@SuppressWarnings("unchecked")
				public Object postProcessAfterInitialization(Object bean, String beanName) {
					if (beanName.equals("importStep") || beanName.equals("exportStep")) {
						((ChunkOrientedStep<Object, Object>) bean)
							.registerChunkListener(new Killer(KillPoint.valueOf(point[0]), Integer.parseInt(point[1])));
					}
					return bean;
				}
			};
		}

	}

	private static final class Killer implements ChunkListener<Object, Object> {

		private final KillPoint point;

		private int chunks;

		private Killer(KillPoint point, int chunks) {
			this.point = point;
			this.chunks = chunks;
		}

		@Override
		public void beforeChunk(Chunk<Object> chunk) {
			this.chunks--;
			killAt(BEFORE_CHUNK);
		}

		@Override
		public void afterChunk(Chunk<Object> chunk) {
			killAt(BEFORE_COMMIT);
			TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
				@Override
				public void afterCommit() {
					killAt(AFTER_COMMIT);
				}
			});
		}

		private void killAt(KillPoint reached) {
			if (this.chunks != 0 || reached != this.point) {
				return;
			}
			String file = System.getProperty(HANG_PROPERTY);
			if (file == null) {
				Runtime.getRuntime().halt(KILLED);
			}
			else {
				hangUntilExists(Path.of(file));
			}
		}

		private static void hangUntilExists(Path file) {
			System.out.println(HANGS);
			while (!Files.exists(file)) {
				LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
			}
		}

	}

}
