package io.github.kratosadmin.samples.migration;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * A Java process with the class path of this one. It ends with this one, also if this one
 * is killed.
 */
class JavaProcess implements AutoCloseable {

	private static final Duration LIMIT = Duration.ofMinutes(10);

	private final Process process;

	private final Duration limit;

	/** The lines that were not awaited yet, and an empty one at the end of the output. */
	private final BlockingQueue<Optional<String>> lines = new LinkedBlockingQueue<>();

	private final StringBuilder text = new StringBuilder();

	JavaProcess(List<String> options, Class<?> main, List<String> arguments) throws IOException {
		this(LIMIT, options, main, arguments);
	}

	/**
	 * Starts a process.
	 * @param limit how long to wait for a line or the end
	 */
	JavaProcess(Duration limit, List<String> options, Class<?> main, List<String> arguments) throws IOException {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
		command.addAll(options);
		command.addAll(
				List.of("-classpath", System.getProperty("java.class.path"), Child.class.getName(), main.getName()));
		command.addAll(arguments);
		this.limit = limit;
		this.process = new ProcessBuilder(command).redirectErrorStream(true).start();
		startDaemon(this::readLines);
	}

	private static void startDaemon(Runnable task) {
		Thread thread = new Thread(task);
		thread.setDaemon(true);
		thread.start();
	}

	private void readLines() {
		try (BufferedReader reader = new BufferedReader(
				new InputStreamReader(this.process.getInputStream(), StandardCharsets.UTF_8))) {
			reader.lines().map(Optional::of).forEach(this.lines::add);
		}
		catch (IOException | UncheckedIOException ex) {
			this.lines.add(Optional.of("The output cannot be read: " + ex));
		}
		finally {
			this.lines.add(Optional.empty());
		}
	}

	/**
	 * Waits for a line of the output.
	 * @return the line, or {@code null} if the process has ended without it
	 * @throws IllegalStateException if the line does not come within the limit; the
	 * process is killed
	 */
	@Nullable String await(Predicate<String> condition) throws InterruptedException {
		long end = System.nanoTime() + this.limit.toNanos();
		while (true) {
			Optional<String> line = this.lines.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
			if (line == null) {
				close();
				throw new IllegalStateException("Waited in vain for " + this.limit + ". The output:\n" + this.text);
			}
			if (line.isEmpty()) {
				this.lines.add(line);
				return null;
			}
			this.text.append(line.get()).append('\n');
			if (condition.test(line.get())) {
				return line.get();
			}
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

	/**
	 * Runs the main class that is the first argument, and ends with the process that has
	 * started it: then the standard input ends.
	 */
	static final class Child {

		private Child() {
		}

		public static void main(String[] args) throws Exception {
			startDaemon(Child::haltAfterInput);
			Class.forName(args[0])
				.getMethod("main", String[].class)
				.invoke(null, (Object) Arrays.copyOfRange(args, 1, args.length));
		}

		private static void haltAfterInput() {
			try {
				while (System.in.read() >= 0) {
					// Nobody writes.
				}
			}
			catch (IOException ex) {
				// The same as the end.
			}
			Runtime.getRuntime().halt(1);
		}

	}

}
