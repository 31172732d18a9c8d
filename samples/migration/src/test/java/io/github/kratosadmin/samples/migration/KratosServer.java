package io.github.kratosadmin.samples.migration;

import java.time.Duration;
import java.util.List;

import io.github.kratosadmin.test.embedded.EmbeddedKratos;

/**
 * The embedded Kratos in a process of its own, so that a migration can be killed and run
 * again.
 */
final class KratosServer implements AutoCloseable {

	/** How long the server waits before it handles a request: a {@link Duration}. */
	static final String LATENCY_PROPERTY = "migration.latency";

	private static final String BASE_URL = "--kratos.admin.base-url=";

	private final JavaProcess process;

	private final String argument;

	/**
	 * Starts a server.
	 * @param options the options of the JVM
	 */
	KratosServer(String... options) throws Exception {
		this.process = new JavaProcess(List.of(options), KratosServer.class, List.of());
		String line = this.process.await((output) -> output.startsWith(BASE_URL));
		if (line == null) {
			throw new IllegalStateException("The server has not started:\n" + this.process.output());
		}
		this.argument = line;
	}

	/**
	 * Returns the argument of a migration to this server.
	 */
	String argument() {
		return this.argument;
	}

	String url() {
		return this.argument.substring(BASE_URL.length());
	}

	@Override
	public void close() {
		this.process.close();
	}

	/**
	 * Runs a server until its process is ended.
	 */
	public static void main(String[] args) throws InterruptedException {
		EmbeddedKratos.Builder builder = EmbeddedKratos.builder();
		String latency = System.getProperty(LATENCY_PROPERTY);
		if (latency != null) {
			builder.latency(Duration.parse(latency));
		}
		System.out.println(BASE_URL + builder.start().adminUrl());
		Thread.currentThread().join();
	}

}
