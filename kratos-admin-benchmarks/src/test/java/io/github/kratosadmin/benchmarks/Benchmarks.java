package io.github.kratosadmin.benchmarks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Runs all benchmarks, each in its own JVM, and prints a table. The arguments are those
 * of JMH: options, and patterns of the benchmarks to run.
 */
final class Benchmarks {

	private static final List<Integer> THREADS = List.of(1, 8);

	private Benchmarks() {
	}

	public static void main(String[] args) throws Exception {
		try (ServerProcess server = new ServerProcess()) {
			System.out.println(new ResultTable(run(server.url(), args)));
		}
	}

	static Collection<RunResult> run(String url, String... args) throws RunnerException, CommandLineOptionException {
		CommandLineOptions given = new CommandLineOptions(args);
		List<Integer> threads = given.getThreads().hasValue() ? List.of(given.getThreads().get()) : THREADS;
		Collection<RunResult> results = new ArrayList<>();
		for (int count : threads) {
			OptionsBuilder options = new OptionsBuilder();
			options.parent(given)
				.threads(count)
				.param("url", url)
				.addProfiler(CpuTimeProfiler.class)
				.addProfiler(GCProfiler.class)
				.shouldFailOnError(true);
			if (given.getIncludes().isEmpty()) {
				options.include(ClientBenchmark.class.getName());
			}
			results.addAll(new Runner(options.build()).run());
		}
		return results;
	}

}
