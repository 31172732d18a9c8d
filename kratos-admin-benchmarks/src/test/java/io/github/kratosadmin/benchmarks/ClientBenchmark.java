package io.github.kratosadmin.benchmarks;

import java.util.List;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Benchmark of one call with one client. All threads share the client.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 10, time = 5)
@Measurement(iterations = 5, time = 3)
public class ClientBenchmark {

	static final String THIS = "this";

	static final String HAND_WRITTEN = "hand-written";

	static final String OFFICIAL = "official";

	/** The client to measure. */
	@Param({ THIS, HAND_WRITTEN, OFFICIAL })
	public String client = THIS;

	/** The URL of the server. */
	@Param("unknown")
	public String url = "";

	private KratosCalls calls;

	/**
	 * Creates the client.
	 */
	@Setup
	public void connect() {
		this.calls = client(this.client, this.url);
	}

	static KratosCalls client(String name, String url) {
		return switch (name) {
			case THIS -> new ThisClient(url);
			case HAND_WRITTEN -> new HandWrittenClient(url);
			case OFFICIAL -> new OfficialClient(url);
			default -> throw new IllegalArgumentException(name);
		};
	}

	/**
	 * Closes the client.
	 */
	@TearDown
	public void disconnect() throws Exception {
		this.calls.close();
	}

	/**
	 * Reads one identity.
	 */
	@Benchmark
	public Object getIdentity() throws Exception {
		return this.calls.getIdentity();
	}

	/**
	 * Lists a page of identities.
	 */
	@Benchmark
	public List<?> listIdentities() throws Exception {
		return this.calls.listIdentities();
	}

	/**
	 * Creates one identity.
	 */
	@Benchmark
	public Object createIdentity() throws Exception {
		return this.calls.createIdentity();
	}

	/**
	 * Creates ten thousand identities.
	 */
	@Benchmark
	public long importIdentities() throws Exception {
		return this.calls.importIdentities();
	}

}
