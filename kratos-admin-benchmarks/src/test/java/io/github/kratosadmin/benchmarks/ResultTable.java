package io.github.kratosadmin.benchmarks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.openjdk.jmh.results.RunResult;

/**
 * Markdown table of the results, with a row for each call, number of threads and client.
 */
class ResultTable {

	private static final String ALLOCATION = "gc.alloc.rate.norm";

	private final Map<String, List<RunResult>> cases = new LinkedHashMap<>();

	ResultTable(Collection<RunResult> results) {
		for (RunResult result : results) {
			String key = "| " + call(result) + " | " + result.getParams().getThreads();
			this.cases.computeIfAbsent(key, (added) -> new ArrayList<>()).add(result);
		}
	}

	private static String call(RunResult result) {
		String name = result.getParams().getBenchmark();
		return name.substring(name.lastIndexOf('.') + 1);
	}

	@Override
	public String toString() {
		StringBuilder table = new StringBuilder("""

				| call | threads | client | CPU | ± | of this | allocation | of this | calls per second | of this |
				|---|---:|---|---:|---:|---:|---:|---:|---:|---:|
				""");
		this.cases.forEach((key, results) -> {
			RunResult ours = results.get(0);
			for (RunResult result : results) {
				table.append(key).append(" | ").append(result.getParams().getParam("client"));
				table.append(
						format(" | %,.1f µs | %.1f %% | %.2f", cpu(result), error(result), cpu(result) / cpu(ours)));
				table.append(
						format(" | %,.1f kB | %.2f", allocation(result) / 1000, allocation(result) / allocation(ours)));
				table.append(format(" | %,.1f | %.2f |%n", throughput(result), throughput(result) / throughput(ours)));
			}
		});
		return table.toString();
	}

	private static String format(String format, Object... arguments) {
		return String.format(Locale.ROOT, format, arguments);
	}

	static double cpu(RunResult result) {
		return result.getSecondaryResults().get(CpuTimeProfiler.LABEL).getScore();
	}

	/** The standard deviation of the iterations, in percent. */
	private static double error(RunResult result) {
		return 100 * result.getSecondaryResults().get(CpuTimeProfiler.LABEL).getStatistics().getStandardDeviation()
				/ cpu(result);
	}

	static double allocation(RunResult result) {
		return result.getSecondaryResults().get(ALLOCATION).getScore();
	}

	static double throughput(RunResult result) {
		return result.getPrimaryResult().getScore();
	}

}
