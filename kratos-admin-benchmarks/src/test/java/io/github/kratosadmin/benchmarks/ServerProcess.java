package io.github.kratosadmin.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The {@link ConstantServer} in another process, so that its CPU time is not measured.
 */
class ServerProcess implements AutoCloseable {

	private final Process process;

	private final String url;

	ServerProcess() throws IOException {
		this.process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:+UseSerialGC", "-classpath", System.getProperty("java.class.path"), ConstantServer.class.getName())
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start();
		BufferedReader output = new BufferedReader(
				new InputStreamReader(this.process.getInputStream(), StandardCharsets.US_ASCII));
		this.url = "http://127.0.0.1:" + output.readLine();
	}

	String url() {
		return this.url;
	}

	@Override
	public void close() {
		this.process.destroy();
	}

}
