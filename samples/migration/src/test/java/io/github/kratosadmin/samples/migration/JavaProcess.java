package io.github.kratosadmin.samples.migration;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * A Java process with the class path of this one.
 */
class JavaProcess implements AutoCloseable {

	private static final Executor AT_THE_LIMIT = CompletableFuture.delayedExecutor(10, TimeUnit.MINUTES);

	private final Process process;

	private final BufferedReader output;

	private final StringBuilder text = new StringBuilder();

	JavaProcess(List<String> options, Class<?> main, List<String> arguments) throws IOException {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
		command.addAll(options);
		command.addAll(List.of("-classpath", System.getProperty("java.class.path"), main.getName()));
		command.addAll(arguments);
		this.process = new ProcessBuilder(command).redirectErrorStream(true).start();
		this.output = new BufferedReader(new InputStreamReader(this.process.getInputStream(), StandardCharsets.UTF_8));
	}

	/**
	 * Waits for a line of the output, for up to ten minutes. Then the process is killed.
	 * @return the line, or {@code null} if the process has ended without it
	 */
	@Nullable String await(Predicate<String> condition) throws IOException {
		CompletableFuture<Void> limit = CompletableFuture.runAsync(this.process.toHandle()::destroyForcibly,
				AT_THE_LIMIT);
		try {
			for (String line = this.output.readLine(); line != null; line = this.output.readLine()) {
				this.text.append(line).append('\n');
				if (condition.test(line)) {
					return line;
				}
			}
			return null;
		}
		finally {
			limit.cancel(false);
		}
	}

	/**
	 * Waits for the end of the process.
	 * @return the exit code
	 */
	int await() throws Exception {
		await((line) -> false);
		return this.process.waitFor();
	}

	/**
	 * Returns the output that was awaited.
	 */
	String output() {
		return this.text.toString();
	}

	boolean isAlive() {
		return this.process.isAlive();
	}

	/**
	 * Sends SIGKILL, and waits for the end of the process.
	 * @return the exit code
	 */
	int kill() throws Exception {
		// Unlike that of the process, this method leaves the output open.
		this.process.toHandle().destroyForcibly();
		return await();
	}

	/**
	 * Sends SIGKILL at a moment that is not that of an output, unless the process ends
	 * before.
	 * @return the exit code
	 */
	int killAfter(Duration delay) throws Exception {
		this.process.waitFor(delay.toMillis(), TimeUnit.MILLISECONDS);
		return kill();
	}

	@Override
	public void close() {
		this.process.destroyForcibly().onExit().join();
	}

}
